"""The reading of a figure: value, what stands behind it, how far it is accounted for, and the door to its entries.

`structure` None reads "of its day": every entry under the parents that its unit had on the entry's date. A day
reads everything on the structure of that day. Both are readings of the same entries; neither is kept.
"""

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

import numpy as np
from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from lantoa.ledger.models import Entry, Measure
from lantoa.lib.periods import Period
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Line, Unit
from lantoa.rollup import arrays, completeness, tables, tree
from lantoa.submissions import queries as submissions
from lantoa.submissions.models import Sheet
from lantoa.warehouse import engine, store

EVERYTHING = tables.Period(tables.FIRST, tables.OPEN)


@dataclass(frozen=True)
class Figure:
    """One number, and what it was read from.

    Attributes:
        top: the total in the measure's smallest unit; of a ratio or an average the upper total. None: the unit
            does not stand in this structure.
        bottom: what `top` is divided by, once, when it is shown; None for a plain total.
        own: the part of `top` that no unit below accounts for.
        is_estimated: shares of a split unit are in it.
        position: the ledger position it was read at.
    """

    measure: Measure
    unit_id: int
    line: Line
    period: Period
    structure: dt.date | None
    top: int | None
    bottom: int | None
    own: int | None
    is_estimated: bool
    position: int


@dataclass(frozen=True, eq=False)
class _Cells:
    """One measure's totals: [period, unit], and [period] outside the line."""

    value: tables.Ints
    count: tables.Ints | None
    own: tables.Ints
    is_estimated: tables.Truths
    outside: tables.Ints


@dataclass(frozen=True, eq=False)
class Table:
    """Many figures read at once.

    Attributes:
        units: ids of the units read; of a family the unit itself is among them.
        position: the ledger position.
    """

    line: Line
    structure: dt.date | None
    periods: Sequence[Period]
    units: Sequence[int]
    position: int
    _cells: dict[int, _Cells] = field(repr=False)

    def figure(self, measure: Measure, unit_id: int, period: Period | None = None) -> Figure:
        """One of the figures; without a period, that of the only or first one."""
        asked = period or self.periods[0]
        at = self._place(unit_id, asked)
        if measure.nature == Measure.Nature.RATIO:
            top, bottom = self._value(measure.top_id, at), self._value(measure.bottom_id, at)
            own = None
            parts = [self._cells[pk or 0] for pk in (measure.top_id, measure.bottom_id)]
        else:
            top, bottom = self._value(measure.pk, at), self._count(measure.pk, at)
            own = None if at is None else int(self._cells[measure.pk].own[at])
            parts = [self._cells[measure.pk]]
        is_estimated = at is not None and any(bool(part.is_estimated[at]) for part in parts)
        return Figure(
            measure=measure,
            unit_id=unit_id,
            line=self.line,
            period=asked,
            structure=self.structure,
            top=top,
            bottom=bottom,
            own=own,
            is_estimated=is_estimated,
            position=self.position,
        )

    def outside(self, measure: Measure, period: Period | None = None) -> int:
        """What units without a place in the line have recorded: in no figure of the line."""
        asked = period or self.periods[0]
        return int(self._cells[measure.top_id or measure.pk].outside[self.periods.index(asked)])

    def _place(self, unit_id: int, period: Period) -> tuple[int, int] | None:
        if unit_id not in self.units:
            return None
        return self.periods.index(period), self.units.index(unit_id)

    def _value(self, measure_id: int | None, at: tuple[int, int] | None) -> int | None:
        return None if at is None else int(self._cells[measure_id or 0].value[at])

    def _count(self, measure_id: int, at: tuple[int, int] | None) -> int | None:
        count = self._cells[measure_id].count
        return None if at is None or count is None else int(count[at])


def figure(
    *,
    measure: Measure,
    unit: Unit | int,
    line: Line,
    period: Period,
    structure: dt.date | None = None,
    position: int | None = None,
) -> Figure:
    """One figure.

    Args:
        structure: the day whose structure it is read on; None reads of its day.
        position: the ledger as it stood there; None reads it as it stands now.

    Raises:
        rollup.tables.TotalTooLargeError: the total does not fit 64 bits.
    """
    unit_id = _id(unit)
    read = family(
        measures=[measure],
        unit=unit_id,
        line=line,
        periods=[period],
        structure=structure,
        position=position,
    )
    return read.figure(measure, unit_id)


def family(
    *,
    measures: Sequence[Measure],
    unit: Unit | int,
    line: Line,
    periods: Sequence[Period],
    structure: dt.date | None = None,
    position: int | None = None,
) -> Table:
    """A unit and the units directly below it, each for as long as it stood there: own part and parts add up."""
    narrow = lambda whole: tree.below(whole, _id(unit))  # noqa: E731
    return _read(measures, line, periods, structure, position, narrow)


def among(
    *,
    measures: Sequence[Measure],
    units: Iterable[Unit | int],
    line: Line,
    periods: Sequence[Period],
    structure: dt.date | None = None,
    position: int | None = None,
) -> Table:
    """Any units side by side: all communes on a map, a row of districts.

    Units of one list should not stand below one another: each total would then hold the part of the other.
    """
    wanted = {_id(unit) for unit in units}
    narrow = lambda whole: tree.only(whole, wanted)  # noqa: E731
    return _read(measures, line, periods, structure, position, narrow)


def entries_behind(found: Figure) -> QuerySet[Entry]:
    """The entries a figure was summed from, oldest first. Of a plain total, their sum is the figure.

    A share of a split unit shows all entries of that unit; the figure says that it is estimated.
    """
    measures = [found.measure.top_id, found.measure.bottom_id]
    if found.measure.nature != Measure.Nature.RATIO:
        measures = [found.measure.pk]
    is_balance = _reaches_back(found.measure)
    here = Q()
    for span in _whole(found.line, [found.period], found.structure, with_past=is_balance).spans:
        here |= _lands_on(found.unit_id, span)
    dated = Q(date__lt=found.period.end)
    if not is_balance:
        dated &= Q(date__gte=found.period.start)
    rows = Entry.objects.filter(here, dated, measure__in=measures, pk__lte=found.position)
    return rows.order_by("date", "pk")


def reported(
    *,
    sheet: Sheet,
    line: Line,
    period: Period,
    structure: dt.date | None = None,
) -> completeness.Completeness:
    """Who has answered the sheet, of how many, at every unit of the line on the period's last day."""
    answers = submissions.answers(sheet, period)
    day = structure or period.last_day
    return completeness.completeness(
        orgs.tree_on(line, day),
        expected=answers.expected,
        reported=answers.reported,
        nil=answers.nil,
    )


def _id(unit: Unit | int) -> int:
    return unit if isinstance(unit, int) else unit.pk


def _read(
    measures: Sequence[Measure],
    line: Line,
    periods: Sequence[Period],
    structure: dt.date | None,
    position: int | None,
    narrow: Callable[[tree.Structure], tree.Structure],
) -> Table:
    reading = store.now() if position is None else store.as_of(position)
    plain = _plain(measures)
    with_past = any(_reaches_back(measure) for measure in plain)
    narrowed = narrow(_whole(line, periods, structure, with_past=with_past))
    windows = [tables.period_of(period.start, period.end) for period in periods]
    cells: dict[int, _Cells] = {}
    for rule in {_rule(measure) for measure in plain}:
        ids = sorted(measure.pk for measure in plain if _rule(measure) == rule)
        cells |= _cells_of(reading.layout, narrowed, ids, windows, rule)
    read_at = reading.position if position is None else position
    units = narrowed.units.tolist()
    return Table(line, structure, list(periods), units, read_at, cells)


def _cells_of(
    layout: arrays.Layout,
    narrowed: tree.Structure,
    ids: list[int],
    windows: Sequence[tables.Period],
    rule: tables.Rule,
) -> dict[int, _Cells]:
    found, own = (
        arrays.totals(layout, narrowed, measures=ids, periods=windows, rule=rule, climb=climb)
        for climb in (True, False)
    )
    return {
        pk: _Cells(
            value=found.value[row],
            count=None if found.count is None else found.count[row],
            own=own.value[row],
            is_estimated=found.is_estimated[row],
            outside=found.outside[row],
        )
        for row, pk in enumerate(ids)
    }


def _plain(measures: Iterable[Measure]) -> list[Measure]:
    """The measures that have entries: of a ratio, its two totals."""
    found: dict[int, Measure] = {}
    for measure in measures:
        is_ratio = measure.nature == Measure.Nature.RATIO
        parts = (measure.top, measure.bottom) if is_ratio else (measure,)
        found |= {part.pk: part for part in parts if part is not None}
    return list(found.values())


def _rule(measure: Measure) -> tables.Rule:
    return tables.Rule(measure.nature, measure.along_time, measure.along_units)


def _reaches_back(measure: Measure) -> bool:
    """Whether entries before the period count."""
    natures = {each.nature for each in (measure, measure.top, measure.bottom) if each is not None}
    return Measure.Nature.BALANCE in natures


def _whole(
    line: Line, periods: Sequence[Period], structure: dt.date | None, *, with_past: bool
) -> tree.Structure:
    if structure is not None:
        return tree.chosen(orgs.tree_on(line, structure))
    first = min(period.start for period in periods)
    last = max(period.end for period in periods)
    return _of_its_day(orgs.structure_version(line), line.pk, first, last, with_past)


@lru_cache(maxsize=64)
def _of_its_day(
    version: UUID,
    line_id: int,
    first: dt.date,
    last: dt.date,
    with_past: bool,  # noqa: FBT001
) -> tree.Structure:
    line = Line(pk=line_id)
    return tree.of_its_day(
        orgs.placements_in(line),
        orgs.succession_rows(line),
        window=tables.period_of(first, last),
        with_past=with_past,
    )


def _lands_on(unit_id: int, span: tree.Span) -> Q:
    """Entries dated in the span whose unit lands on the unit or below it."""
    at = span.tree.position(unit_id)
    if at == tables.NONE:
        return Q(pk__in=[])
    first, last = at, int(span.tree.end[at])
    columns = set(range(first, last))
    count = len(span.tree.unit)
    columns |= {
        count + shared for shared, node, *_ in span.tree.piece.tolist() if first <= node < last
    }
    ids = np.flatnonzero(np.isin(span.tree.column[:-1], sorted(columns))).tolist()
    dated = Q(unit__in=_many(ids))
    if span.start != tables.FIRST:
        dated &= Q(date__gte=tables.date_of(span.start))
    if span.end != tables.OPEN:
        dated &= Q(date__lt=tables.date_of(span.end))
    return dated


def _many(ids: Collection[int]) -> RawSQL:
    """Any number of ids as one parameter."""
    if connection.vendor == "sqlite":
        return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(ids))])
    return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])


def questions(
    *,
    measures: Iterable[Measure],
    line: Line,
    period: Period,
    structure: dt.date | None = None,
) -> list[engine.Question]:
    """A whole line's totals in words that every engine understands: one question for each rule."""
    plain = _plain(measures)
    with_past = any(_reaches_back(measure) for measure in plain)
    whole = _whole(line, [period], structure, with_past=with_past)
    windows = [tables.period_of(period.start, period.end)]
    by_rule: dict[tables.Rule, list[int]] = {}
    for measure in plain:
        by_rule.setdefault(_rule(measure), []).append(measure.pk)
    return [engine.Question(whole, windows, sorted(ids), rule) for rule, ids in by_rule.items()]
