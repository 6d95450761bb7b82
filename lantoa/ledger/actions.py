"""What one may do to the ledger: say what a source means now. The difference is posted."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.db import transaction

from lantoa.ledger import claims, define, locks, queries
from lantoa.ledger.models import Claim, Entry, Measure
from lantoa.ledger.postings import Fact, Posting
from lantoa.ledger.queries import Cell
from lantoa.lib.errors import LantoaError
from lantoa.orgs import rights
from lantoa.orgs.models import Person

__all__ = [
    "Fact",
    "NotPostedError",
    "Posting",
    "TooLargeError",
    "load_measures",
    "post",
    "post_many",
    "state",
]

MOST, LEAST = 2**63 - 1, -(2**63)
REASON_LENGTH = 300


class TooLargeError(LantoaError):
    """A value, or a difference, does not fit in 64 bits."""


class NotPostedError(LantoaError):
    """A fact that no entry may say."""


def post(
    *,
    source_kind: str,
    source_id: int,
    facts: Iterable[Fact],
    by: Person,
    at: dt.datetime,
    reason: str = "",
) -> list[Entry]:
    """Post the difference between what a source says now and what it has posted so far.

    Raises:
        TooLargeError, NotPostedError: nothing is posted then.
    """
    posting = Posting(source_kind, source_id, tuple(facts), reason)
    return post_many(postings=[posting], by=by, at=at)


@transaction.atomic
def post_many(*, postings: Sequence[Posting], by: Person, at: dt.datetime) -> list[Entry]:
    """`post` for many sources at once, all or none. Typed totals over what was posted shrink or grow with it."""
    sources = [(posting.source_kind, posting.source_id) for posting in postings]
    if len(set(sources)) != len(sources):
        raise ValueError("a source speaks once in a posting")
    _refuse_ratios({fact.measure_id for posting in postings for fact in posting.facts})
    locks.hold_for_posting(sources)
    entries = _post_differences(postings, by=by, at=at)
    touched = {(entry.measure_id, entry.unit_id) for entry in entries}
    return entries + _post_differences(claims.settled(touched), by=by, at=at)


@transaction.atomic
def state(
    *, said: Sequence[Claim], unsaid: Iterable[int] = (), by: Person, at: dt.datetime
) -> list[Entry]:
    """Say that a unit's own totals are so; the ledger gets what the records lack, now and after every later record.

    Args:
        said: not saved; one a source. One for the same source replaces what it said before.
        unsaid: source ids that say nothing any more.

    Source:
        docs/decisions/2026-11-23-a-statement-is-a-difference.md
    """
    _refuse_ratios({claim.measure_id for claim in said})
    # A record in flight does not see this claim yet, nor this claim it: wait for it, and keep others waiting.
    locks.hold_for_sealing()
    gone = [*unsaid, *(claim.source_id for claim in said)]
    before = Claim.objects.filter(source_id__in=gone)
    touched = set(before.values_list("measure_id", "unit_id"))
    silenced = set(before.values_list("source_id", flat=True))
    before.delete()
    Claim.objects.bulk_create(said)
    silenced -= {claim.source_id for claim in said}
    silences = [Posting(claims.STATED, each, [], "") for each in sorted(silenced)]
    entries = _post_differences(silences, by=by, at=at)
    touched |= {(claim.measure_id, claim.unit_id) for claim in said}
    return entries + _post_differences(claims.settled(touched), by=by, at=at)


def _post_differences(postings: Sequence[Posting], *, by: Person, at: dt.datetime) -> list[Entry]:
    wanted = [_cells(posting.facts) for posting in postings]
    sources = [(posting.source_kind, posting.source_id) for posting in postings]
    posted = queries.said_by_many(sources)
    entries: list[Entry] = []
    for posting, source, cells in zip(postings, sources, wanted, strict=True):
        if len(posting.reason) > REASON_LENGTH:
            raise NotPostedError(
                vi=f"Lý do dài quá {REASON_LENGTH} ký tự. Hãy viết ngắn lại.",
                en=f"The reason is longer than {REASON_LENGTH} characters. Please shorten it.",
            )
        entries += _entries(posting, _difference(cells, posted[source]), by=by, at=at)
    return Entry.objects.bulk_create(entries)


@transaction.atomic
def load_measures(*, path: Path, by: Person, at: dt.datetime) -> None:
    """Bring the measures in line with a file (`measures.toml`). Loading twice is loading once.

    Raises:
        tomls.DefinitionError: a definition is wrong, or would change what existing entries mean.
    """
    rights.require(by, "ledger.define", None, at)
    define.load(path)


def _cells(facts: Iterable[Fact]) -> dict[Cell, int]:
    cells: dict[Cell, int] = defaultdict(int)
    for fact in facts:
        if type(fact.value) is not int:
            raise TypeError(f"a value is a whole number, not {fact.value!r}")
        cells[Cell(fact.measure_id, fact.unit_id, fact.date)] += fact.value
    for value in cells.values():
        _refuse_too_large(value)
    return cells


def _difference(wanted: dict[Cell, int], posted: dict[Cell, int]) -> dict[Cell, int]:
    """In a fixed order, so that the same history gives the same entry numbers."""
    cells = sorted(wanted.keys() | posted.keys())
    differences = {cell: wanted.get(cell, 0) - posted.get(cell, 0) for cell in cells}
    return {cell: value for cell, value in differences.items() if value}


def _entries(
    posting: Posting, differences: dict[Cell, int], *, by: Person, at: dt.datetime
) -> list[Entry]:
    for value in differences.values():
        _refuse_too_large(value)
    return [
        Entry(
            measure_id=cell.measure_id,
            unit_id=cell.unit_id,
            date=cell.date,
            value=value,
            source_kind=posting.source_kind,
            source_id=posting.source_id,
            recorded_at=at,
            recorded_by=by,
            reason=posting.reason,
        )
        for cell, value in differences.items()
    ]


def _refuse_too_large(value: int) -> None:
    if not LEAST <= value <= MOST:
        raise TooLargeError(
            vi=f"Số {value} quá lớn, hệ thống không ghi được. Hãy xem lại con số này.",
            en=f"The number {value} is too large to be kept. Please check it.",
        )


def _refuse_ratios(measure_ids: set[int]) -> None:
    ratio = Measure.objects.filter(pk__in=measure_ids, nature=Measure.Nature.RATIO).first()
    if ratio:
        raise NotPostedError(
            vi=f"“{ratio.name_vi}” là tỷ lệ, được tính từ hai tổng, không ghi trực tiếp.",
            en=f"“{ratio.name_en}” is a ratio, worked out from two totals; it is not recorded itself.",
        )
