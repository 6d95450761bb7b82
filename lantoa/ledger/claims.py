"""Typed totals: what the ledger must add to the records so that a unit's own figure is what it stated.

Claims on one measure of one unit are settled in an order that does not depend on when they were sent: a narrower span
before a wider one, an earlier end before a later one, then as they were made. Each gets its total, less the records in
its span, less what the claims before it got on days of its span. So a year's total is not added to its quarters'.

Source:
    docs/decisions/2026-11-23-a-statement-is-a-difference.md
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from lantoa.ledger import locks
from lantoa.ledger.models import Claim, Entry
from lantoa.ledger.postings import Fact, Posting

STATED = "statement"
IDS_A_QUERY = 400

Own = tuple[int, int]
Dated = list[tuple[dt.date, int]]


def settled(touched: Iterable[Own]) -> list[Posting]:
    """What the claims on these (measure, unit) say now. One query, where there are no claims."""
    by_own: dict[Own, list[Claim]] = defaultdict(list)
    for claim in _claims_on(set(touched)):
        by_own[claim.measure_id, claim.unit_id].append(claim)
    locks.hold_for_settling(
        (STATED, claim.source_id) for claims in by_own.values() for claim in claims
    )
    records = _records_of(set(by_own))
    return [posting for own, claims in by_own.items() for posting in _settled(claims, records[own])]


def _settled(claims: Sequence[Claim], records: Dated) -> list[Posting]:
    counted = list(records)
    postings = []
    for claim in sorted(claims, key=_order):
        start = claim.start_date or dt.date.min
        there = sum(value for day, value in counted if start <= day < claim.end_date)
        lacking = claim.total - there
        counted.append((claim.date, lacking))
        fact = Fact(claim.measure_id, claim.unit_id, claim.date, lacking)
        postings.append(Posting(STATED, claim.source_id, [fact], claim.reason))
    return postings


def _order(claim: Claim) -> tuple[dt.timedelta, dt.date, int]:
    return claim.end_date - (claim.start_date or dt.date.min), claim.end_date, claim.source_id


def _claims_on(touched: set[Own]) -> list[Claim]:
    found: list[Claim] = []
    units = sorted({unit for _, unit in touched})
    measures = {measure for measure, _ in touched}
    for start in range(0, len(units), IDS_A_QUERY):
        found += Claim.objects.filter(
            unit__in=units[start : start + IDS_A_QUERY], measure__in=measures
        )
    return [claim for claim in found if (claim.measure_id, claim.unit_id) in touched]


def _records_of(owns: set[Own]) -> dict[Own, Dated]:
    """Everything that is not stated, by day. Added in Python: halfway houses may pass 64 bits."""
    found: dict[Own, Dated] = defaultdict(list)
    units = sorted({unit for _, unit in owns})
    measures = {measure for measure, _ in owns}
    for start in range(0, len(units), IDS_A_QUERY):
        rows = Entry.objects.filter(
            unit__in=units[start : start + IDS_A_QUERY], measure__in=measures
        ).exclude(source_kind=STATED)
        for measure, unit, day, value in rows.values_list("measure_id", "unit_id", "date", "value"):
            found[measure, unit].append((day, value))
    return found
