"""What the records say for a sheet's boxes.

A unit answers for itself and for everything below it that does not answer the same sheet itself: its *part*. The parts of
all who must answer do not overlap, so official figures add up, and a commune's sheet is filled by what its cells recorded.

A typed total of a wider period is not a record of a narrower one: a year's total is dated in its last quarter, and would
otherwise fill the quarter's box.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

import numpy as np
from django.db.models import Q, QuerySet, Sum

from lantoa.ledger.claims import STATED
from lantoa.ledger.models import Claim, Entry, Measure
from lantoa.lib.periods import Period
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Line
from lantoa.rollup.tables import NONE
from lantoa.submissions.models import Sheet, Statement

IDS_A_QUERY = 400

Own = tuple[int, int]  # unit, measure


class Filled(NamedTuple):
    """What a box reads. None where nothing was ever recorded, which is not zero.

    Attributes:
        recorded: all that stands in the ledger for the part, but for what this very answer states.
        below: of it, what other units of the part recorded.
        total: with what this very answer states.
    """

    recorded: int | None
    below: int
    total: int | None


NOTHING = Filled(None, 0, None)


def filled(
    sheet: Sheet,
    measures: Iterable[Measure],
    span: Period,
    units: Collection[int],
    must: Collection[int],
) -> dict[int, dict[int, Filled]]:
    """What the boxes of these units read, by unit and measure id. A box that nothing fills is not there.

    Args:
        measures: those of the sheet.
        must: all who must answer the sheet for the period.
    """
    wanted = set(units)
    members = {member: unit for member, unit in parts(sheet, span, must).items() if unit in wanted}
    read = [each for each in measures if is_filled(each)]
    if not members or not read:
        return {}
    states = set(_statements(sheet, span, wanted))
    sums = _Sums(members, states, _wider(wanted, read, span) - states)
    sums.add(_entries(read, sorted(members), span))
    return sums.boxes()


def is_filled(measure: Measure) -> bool:
    """Plain sums are filled; a level or an average is read off by a person."""
    is_sum = measure.along_units == Measure.Rule.SUM
    return is_sum and measure.nature in (Measure.Nature.FLOW, Measure.Nature.BALANCE)


def parts(sheet: Sheet, span: Period, must: Collection[int]) -> Mapping[int, int]:
    """By unit id: the unit that answers for it. Who closed counts where it lands on the period's last day."""
    version = orgs.structure_version(sheet.line)
    return _parts(version, sheet.line_id, span.last_day, frozenset(must))


@lru_cache(maxsize=64)
def _parts(version: UUID, line_id: int, day: dt.date, must: frozenset[int]) -> Mapping[int, int]:
    tree = orgs.tree_on(Line.objects.get(pk=line_id), day)
    speaks: list[int] = []
    for unit, parent in zip(tree.unit.tolist(), tree.parent.tolist(), strict=True):
        speaks.append(unit if unit in must else NONE if parent == NONE else speaks[parent])
    speaks += [NONE] * (tree.width - len(speaks))  # split with shares, or outside: nobody's
    spoken_for = np.array(speaks, np.int64)[tree.column[:-1]]
    return {unit: int(spoken_for[unit]) for unit in np.flatnonzero(spoken_for != NONE).tolist()}


class _Sums:
    """Entries gathered into boxes: records and narrower statements apart from what the answer itself states."""

    def __init__(
        self, members: Mapping[int, int], states: Collection[int], wider: Collection[int]
    ) -> None:
        self.members = members
        self.states = states
        self.wider = wider
        self.own: dict[Own, int] = defaultdict(int)
        self.below: dict[Own, int] = defaultdict(int)
        self.stated: dict[Own, int] = defaultdict(int)

    def add(self, rows: Iterable[tuple[int, int, str, int, int]]) -> None:
        for unit, measure, kind, source, value in rows:
            box = self.members[unit], measure
            if kind == STATED and source in self.wider:
                continue
            if kind == STATED and source in self.states:
                self.stated[box] += value
            elif unit == box[0]:
                self.own[box] += value
            else:
                self.below[box] += value

    def boxes(self) -> dict[int, dict[int, Filled]]:
        found: dict[int, dict[int, Filled]] = defaultdict(dict)
        for box in self.own.keys() | self.below.keys() | self.stated.keys():
            is_recorded = box in self.own or box in self.below
            below = self.below.get(box, 0)
            recorded = self.own.get(box, 0) + below
            total = recorded + self.stated.get(box, 0)
            found[box[0]][box[1]] = Filled(recorded if is_recorded else None, below, total)
        return found


def _entries(
    measures: Collection[Measure], units: list[int], span: Period
) -> Iterable[tuple[int, int, str, int, int]]:
    """Sums of entries by unit, measure and source. Records count as one source: only statements are told apart."""
    flows = [each.pk for each in measures if each.nature == Measure.Nature.FLOW]
    balances = [each.pk for each in measures if each.nature == Measure.Nature.BALANCE]
    dated = Q(date__lt=span.end) & (
        Q(measure__in=flows, date__gte=span.start) | Q(measure__in=balances)
    )
    for first in range(0, len(units), IDS_A_QUERY):
        here = Entry.objects.filter(dated, unit__in=units[first : first + IDS_A_QUERY])
        records = here.exclude(source_kind=STATED).values_list("unit", "measure")
        for unit, measure, value in records.annotate(sum=Sum("value")):
            yield unit, measure, "", 0, value
        stated = here.filter(source_kind=STATED).values_list("unit", "measure", "source_id")
        for unit, measure, source, value in stated.annotate(sum=Sum("value")):
            yield unit, measure, STATED, source, value


def _statements(sheet: Sheet, span: Period, units: Collection[int]) -> Iterable[int]:
    sent = Statement.objects.filter(submission__sheet=sheet, submission__period=span.code)
    return sent.filter(submission__unit__in=units).values_list("pk", flat=True)


def _wider(units: Collection[int], measures: Collection[Measure], span: Period) -> set[int]:
    """Statements of these units over this span or a wider one: the answer itself among them."""
    natures = {each.pk: each.nature for each in measures}
    found = _claims(sorted(units), natures.keys())
    return {
        claim.source_id
        for claim in found
        if _reach(claim) >= _reach_of(span, natures[claim.measure_id])
    }


def _claims(units: list[int], measures: Collection[int]) -> list[Claim]:
    claims: list[Claim] = []
    for first in range(0, len(units), IDS_A_QUERY):
        some: QuerySet[Claim] = Claim.objects.filter(
            unit__in=units[first : first + IDS_A_QUERY], measure__in=measures
        )
        claims += some
    return claims


def _reach(claim: Claim) -> tuple[dt.timedelta, dt.date]:
    """The order in which the ledger settles claims (`ledger.claims`): narrower before wider, then by their end."""
    return claim.end_date - (claim.start_date or dt.date.min), claim.end_date


def _reach_of(span: Period, nature: str) -> tuple[dt.timedelta, dt.date]:
    if nature == Measure.Nature.BALANCE:
        # A balance is stated on a day of the period: any of its days is this period's.
        first = span.start + dt.timedelta(days=1)
        return first - dt.date.min, first
    return span.end - span.start, span.end
