"""The figures of a report, read together: one reading of all measures at the scope and at every unit below it."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef

from lantoa.ledger import claims
from lantoa.ledger.models import Entry, Measure
from lantoa.lib import numbers
from lantoa.lib.periods import Period
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Line, Unit, UnitName
from lantoa.reports.paper import Cell, Key
from lantoa.reports.template import YEAR_BEFORE, Asked, TemplateError
from lantoa.rollup.tables import NONE
from lantoa.rollup.tree import Tree
from lantoa.submissions.models import Sheet, Statement, Submission
from lantoa.warehouse import figures
from lantoa.warehouse.figures import Figure, Table
from lantoa.work.models import KindMeasure

PERCENT = "%"


@dataclass(frozen=True, eq=False)
class Frame:
    """What a report reads: at which unit, along which line, when, on which structure, as of which entry."""

    scope: Unit
    line: Line
    period: Period
    structure: dt.date | None
    position: int

    @property
    def day(self) -> dt.date:
        """The day whose structure names the units: the chosen one, else the period's last."""
        return self.structure or self.period.last_day


@dataclass(frozen=True, eq=False)
class Selection:
    """A table of figures and those of its units whose figures are added for an answer."""

    table: Table
    units: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Readings:
    """Everything a report has read.

    Attributes:
        unrecorded: of each measure that no kind of activity takes, the units that said it in a sheet, nil or not.
    """

    frame: Frame
    measures: Mapping[str, Measure]
    selections: Mapping[tuple[str, str, str], Selection]
    sheets: Mapping[str, Sheet]
    sheets_of: Mapping[int, tuple[str, ...]]
    unrecorded: Mapping[int, frozenset[int]]
    counted: dict[tuple[str, str], "Answered"]
    trees: dict[str, Tree] = field(default_factory=dict)

    @property
    def home(self) -> Table:
        """The scope and what stands directly below it."""
        return self.selections["", "", ""].table

    @property
    def below(self) -> tuple[int, ...]:
        return tuple(unit for unit in self.home.units if unit != self.frame.scope.pk)


Answered = dict[int, tuple[int, int]]  # by unit: how many at it and below it answered, of how many


def read(frame: Frame, asked: Sequence[Asked], sheets: Iterable[Sheet]) -> Readings:
    """Read all that is asked for: one pass over the ledger for each way of narrowing, not one a figure.

    Args:
        sheets: those whose answers say how complete the figures are.
    """
    measures = _measures(asked)
    ways = {("", "", ""): set(measures)}
    for each in asked:
        ways.setdefault((each.line, each.kind, each.when), set()).update(each.measures)
    selections = {
        way: _select(frame, way, [measures[code] for code in sorted(codes)])
        for way, codes in ways.items()
    }
    known = {sheet.code: sheet for sheet in sheets}
    sheets_of: dict[int, tuple[str, ...]] = {}
    for sheet in known.values():
        for measure in sheet.measures.all():
            sheets_of[measure.pk] = (*sheets_of.get(measure.pk, ()), sheet.code)
    said = _unrecorded(measures.values(), frame.period)
    return Readings(frame, measures, selections, known, sheets_of, said, {})


def cell(readings: Readings, asked: Asked, unit: int | None = None) -> Cell:
    """The figure that was asked for, at the scope or at one unit below it."""
    chosen = selection(readings, asked)
    units = chosen.units if unit is None else (unit,)
    found = parts(chosen, readings, asked, units)
    key = _key(chosen, asked, units)
    reported, expected = answered(readings, asked, units)
    is_said = _is_said(readings, chosen, asked, units)
    return drawn(found, key=key, reported=reported, expected=expected, is_said=is_said)


def selection(readings: Readings, asked: Asked) -> Selection:
    return readings.selections[asked.line, asked.kind, asked.when]


def parts(
    chosen: Selection, readings: Readings, asked: Asked, units: Iterable[int]
) -> list[Figure]:
    """The figures that an answer is the sum of."""
    return [
        chosen.table.figure(readings.measures[code], unit)
        for code in asked.measures
        for unit in units
    ]


def drawn(
    found: Sequence[Figure],
    *,
    key: Key | None,
    reported: int = 0,
    expected: int = 0,
    is_said: bool = True,
) -> Cell:
    """Figures as one printed cell: added first, divided once.

    Args:
        is_said: whether somebody spoke of them; a nought that nobody said is no nought.

    Raises:
        TemplateError: a ratio in a sum.
    """
    standing = [figure for figure in found if figure.top is not None]
    is_estimated = any(figure.is_estimated for figure in standing)
    value, places, suffix = _value(standing)
    # Nobody has answered and nothing is recorded, or nobody has said it: that is not nought.
    if value == 0 and ((expected and not reported) or not is_said):
        value = None
    text = numbers.NO_VALUE if value is None else numbers.show_decimal(value, places) + suffix
    return Cell(
        value=value,
        text=f"≈ {text}" if is_estimated and value is not None else text,
        key=str(key) if key else "",
        reported=reported,
        expected=expected,
        door=_door(key),
        places=places,
        suffix=suffix,
        is_estimated=is_estimated,
    )


def _value(found: Sequence[Figure]) -> tuple[int | None, int, str]:
    if not found:
        return None, 0, ""
    first = found[0]
    is_divided = first.bottom is not None or first.measure.nature == Measure.Nature.RATIO
    if not is_divided:
        return sum(figure.top or 0 for figure in found), 0, ""
    if len({figure.measure.pk for figure in found}) > 1:
        raise TemplateError(
            vi=f"Không cộng được tỷ lệ “{first.measure.name_vi}” với chỉ tiêu khác. Sửa lại mẫu báo cáo.",
            en=f"The ratio “{first.measure.name_en}” cannot be added to another measure. Mend the template.",
        )
    top = sum(figure.top or 0 for figure in found)
    bottom = sum(figure.bottom or 0 for figure in found)
    is_share = first.measure.unit_vi == PERCENT
    places, times = (2, 100) if is_share else (1, 1)
    value = numbers.divide(times * top, bottom, places) if bottom else None
    return value, places, PERCENT if is_share else ""


def answered(readings: Readings, asked: Asked, units: Iterable[int]) -> tuple[int, int]:
    """How many answers to the sheets that ask for a measure there are, of how many; (0, 0): no sheet asks."""
    line = selection(readings, asked).table.line
    counts = [of_sheet(readings, sheet, line, units) for sheet in sheets_for(readings, asked)]
    return sum(reported for reported, _ in counts), sum(expected for _, expected in counts)


def sheets_for(readings: Readings, asked: Asked) -> list[Sheet]:
    """The sheets that ask for the (first) measure; along a line of its own, those of that line."""
    if asked.when:
        return []
    codes = readings.sheets_of.get(readings.measures[asked.measures[0]].pk, ())
    found = [readings.sheets[code] for code in codes]
    line = selection(readings, asked).table.line
    return [sheet for sheet in found if sheet.line_id == line.pk] if asked.line else found


def of_sheet(readings: Readings, sheet: Sheet, line: Line, units: Iterable[int]) -> tuple[int, int]:
    """How many of the units and those below them answered a sheet, of how many."""
    counts = _counts(readings, sheet, line)
    found = [counts[unit] for unit in units if unit in counts]
    return sum(reported for reported, _ in found), sum(expected for _, expected in found)


def _counts(readings: Readings, sheet: Sheet, line: Line) -> Answered:
    known = (sheet.code, line.code)
    if known not in readings.counted:
        frame = readings.frame
        counts = figures.reported(
            sheet=sheet, line=line, period=frame.period, structure=frame.structure
        )
        of_unit = zip(counts.reported.tolist(), counts.expected.tolist(), strict=True)
        readings.counted[known] = dict(zip(counts.units.tolist(), of_unit, strict=True))
    return readings.counted[known]


def is_recorded(readings: Readings, asked: Asked) -> bool:
    """Whether an activity can say any of the measures; then no record is a nought, else somebody must say it."""
    return any(readings.measures[code].pk not in readings.unrecorded for code in asked.measures)


def _is_said(readings: Readings, chosen: Selection, asked: Asked, units: Iterable[int]) -> bool:
    if is_recorded(readings, asked):
        return True
    said = frozenset[int]().union(
        *(readings.unrecorded[readings.measures[code].pk] for code in asked.measures)
    )
    if not said:
        return False
    line = chosen.table.line
    # Once a line: asking for a tree asks the database whether it has changed.
    if line.code not in readings.trees:
        readings.trees[line.code] = orgs.tree_on(line, readings.frame.day)
    return any(said & _standing(readings.trees[line.code], unit) for unit in units)


def _unrecorded(measures: Iterable[Measure], period: Period) -> dict[int, frozenset[int]]:
    """By measure that no kind takes: the units that stated it, or had nothing to report on a sheet that asks it."""
    plain = {each.pk for each in measures if each.nature != Measure.Nature.RATIO}
    left = plain - set(KindMeasure.objects.values_list("measure", flat=True)) - _recorded(plain)
    stated = Statement.objects.filter(measure__in=left, submission__period=period.code)
    nil = Submission.objects.filter(
        sheet__measures__in=left, period=period.code, is_nil=True
    ).values_list("sheet__measures", "unit")
    found: dict[int, set[int]] = {pk: set() for pk in left}
    for pk, unit in [*stated.values_list("measure", "submission__unit"), *nil]:
        if pk in found:
            found[pk].add(unit)
    return {pk: frozenset(units) for pk, units in found.items()}


def _recorded(measure_ids: set[int]) -> set[int]:
    """Those in which some room has posted from its records: a practice, an award."""
    records = Entry.objects.filter(measure=OuterRef("pk")).exclude(source_kind=claims.STATED)
    posted = Measure.objects.filter(Exists(records), pk__in=measure_ids)
    return set(posted.values_list("pk", flat=True))


def by_month(frame: Frame, measures: Sequence[Measure]) -> tuple[Table, list[Period]]:
    """The scope's figures month by month."""
    months = frame.period.months()
    table = figures.among(
        measures=measures,
        units=[frame.scope],
        line=frame.line,
        periods=months,
        structure=frame.structure,
        position=frame.position,
    )
    return table, months


def names(unit_ids: Iterable[int], day: dt.date) -> dict[int, UnitName]:
    """What units are called on a day; before the first name the first, after the last the last."""
    found: dict[int, UnitName] = {}
    rows = UnitName.objects.filter(unit__in=set(unit_ids)).select_related("unit")
    for row in rows.order_by("unit_id", "start_date"):
        if row.unit_id not in found or row.start_date <= day:
            found[row.unit_id] = row
    return found


def within(line: Line, unit: int, day: dt.date) -> set[int]:
    """The unit and all that stands below it on a day."""
    return _standing(orgs.tree_on(line, day), unit)


def _standing(tree: Tree, unit: int) -> set[int]:
    at = tree.position(unit)
    return set() if at == NONE else set(tree.unit[at : int(tree.end[at])].tolist())


def _measures(asked: Sequence[Asked]) -> dict[str, Measure]:
    codes = {code for each in asked for code in each.measures}
    found = Measure.objects.filter(code__in=codes).select_related("top", "bottom")
    return {measure.code: measure for measure in found}


def _select(frame: Frame, way: tuple[str, str, str], measures: Sequence[Measure]) -> Selection:
    line_code, kind, when = way
    period = frame.period.year_before() if when == YEAR_BEFORE else frame.period
    if not (line_code or kind):
        whole = figures.family(
            measures=measures,
            unit=frame.scope,
            line=frame.line,
            periods=[period],
            structure=frame.structure,
            position=frame.position,
        )
        return Selection(whole, (frame.scope.pk,))
    line = Line.objects.get(code=line_code) if line_code else frame.line
    units = _tops(frame, line, kind, frame.structure or period.last_day)
    some = figures.among(
        measures=measures,
        units=units,
        line=line,
        periods=[period],
        structure=frame.structure,
        position=frame.position,
    )
    return Selection(some, units)


def _tops(frame: Frame, line: Line, kind: str, day: dt.date) -> tuple[int, ...]:
    """The highest units of a line, of a kind if one is asked for, that stand within the scope."""
    inside = within(frame.line, frame.scope.pk, day)
    tree = orgs.tree_on(line, day)
    units = tree.unit.tolist()
    wanted = inside.intersection(units)
    if kind:
        wanted &= set(Unit.objects.filter(pk__in=wanted, kind=kind).values_list("pk", flat=True))
    taken: set[int] = set()
    tops = []
    # Preorder: a parent comes before its children.
    for place, unit in enumerate(units):
        parent = int(tree.parent[place])
        if parent != NONE and units[parent] in taken:
            taken.add(unit)
        elif unit in wanted:
            taken.add(unit)
            tops.append(unit)
    return tuple(tops)


def _key(chosen: Selection, asked: Asked, units: Iterable[int]) -> Key | None:
    ids = tuple(units)
    if not ids:
        return None
    table = chosen.table
    day = table.structure.isoformat() if table.structure else ""
    period = table.periods[0]
    return Key(asked.measures, ids, table.line.code, period.code, period.rule, day)


def _door(key: Key | None) -> str:
    if key is None or len(key.measures) > 1 or len(key.units) > 1:
        return ""
    said = {
        "ky": key.period,
        "chot": "" if key.rule == "calendar" else key.rule,
        "he": key.line,
        "moc": key.structure,
        "don-vi": str(key.units[0]),
    }
    return f"{key.measures[0]}?" + urlencode({name: value for name, value in said.items() if value})
