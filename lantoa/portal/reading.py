"""What the warehouse says, read once for a page. The only module of the portal that asks for figures."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from lantoa.ledger.models import Entry, Measure
from lantoa.lib import numbers
from lantoa.lib.periods import Period, period_on
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Line, UnitName
from lantoa.portal import asking, structure
from lantoa.portal.asking import Question
from lantoa.portal.doors import AskError, lang
from lantoa.rollup.completeness import completeness
from lantoa.rollup.tree import Tree
from lantoa.submissions import queries as submissions
from lantoa.submissions.models import Sheet
from lantoa.warehouse import figures

HUNDRED = 100
PERCENT = "%"


@dataclass(frozen=True, slots=True)
class Sent:
    """How many units answered, of how many that should have."""

    reported: int = 0
    expected: int = 0


@dataclass(frozen=True, slots=True)
class Value:
    """A figure as it is shown. `value` is times ten to the power of `places`; None: nobody has said."""

    value: int | None
    text: str
    detail: str = ""
    places: int = 0
    top: int | None = None
    bottom: int | None = None
    own: int | None = None
    outside: int | None = None
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Answers:
    """Who answered the sheet that asks for the measure, at every unit of the tree."""

    at: Mapping[int, Sent] = field(default_factory=dict)
    missing: frozenset[int] = frozenset()

    def of(self, unit: int) -> Sent:
        return self.at.get(unit, Sent())


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a page shows of one unit and the units below it, read at one ledger position."""

    line: Line
    unit: int
    period: Period
    structure: dt.date | None
    tree: Tree
    table: figures.Table
    answers: Answers
    names: Mapping[int, UnitName]
    years: Mapping[int, Answers] = field(default_factory=dict)
    position: int | None = None

    @property
    def day(self) -> dt.date:
        return self.structure or self.period.last_day

    @property
    def below(self) -> list[int]:
        """The units directly below, in the order of the structure."""
        return [unit for unit in self.table.units if unit != self.unit]

    def named(self, unit: int) -> str:
        return self.names[unit].name if unit in self.names else str(unit)

    def sent(self, unit: int, period: Period | None = None) -> Sent:
        """Who answered for the page's period; for another one, for the year it lies in."""
        if period is None or period == self.period:
            return self.answers.of(unit)
        return self.years.get(period.year, Answers()).of(unit)

    def question(
        self, measure: Measure, unit: int | None = None, period: Period | None = None
    ) -> Question:
        at = self.unit if unit is None else unit
        return Question(
            measure, period or self.period, self.line, at, self.structure, self.position
        )


def root(line: Line, day: dt.date) -> int:
    """The top of the line on a day.

    Raises:
        AskError: nothing stood in it.
    """
    found = structure.roots(orgs.tree_on(line, day))
    if not found:
        raise AskError(
            field="he",
            vi="Ngày này hệ thống chưa có đơn vị nào. Chọn kỳ hoặc mốc đơn vị muộn hơn.",
            en="Nothing stood in this line on that day. Choose a later period or structure day.",
        )
    return found[0]


def scene(
    *,
    line: Line,
    unit: int | None,
    period: Period,
    structure_day: dt.date | None,
    measures: Sequence[Measure],
    sheet: Sheet | None = None,
    others: Sequence[Period] = (),
    position: int | None = None,
) -> Scene:
    """Read the measures for a unit (the root when none is named) and those below; `others` are periods beside."""
    day = structure_day or period.last_day
    tree = orgs.tree_on(line, day)
    at = unit if unit is not None else _only_root(tree)
    table = figures.family(
        measures=measures,
        unit=at,
        line=line,
        periods=[period, *others],
        structure=structure_day,
        position=position,
    )
    answers = _answers(tree, sheet, period) if sheet else Answers()
    shown = [*structure.path(tree, at), *table.units, at]
    if len(answers.missing) < HUNDRED:
        shown += answers.missing
    names = names_near(line, day, shown)
    return Scene(
        line=line,
        unit=at,
        period=period,
        structure=structure_day,
        tree=tree,
        table=table,
        answers=answers,
        names=names,
        years=_of_years(tree, sheet, period, answers, others),
        position=position,
    )


def _of_years(
    tree: Tree, sheet: Sheet | None, period: Period, answers: Answers, others: Sequence[Period]
) -> dict[int, Answers]:
    """Who answered in each year that other periods lie in. At most two are shown side by side: two questions each."""
    years = {each.year: year_of(each) for each in others}
    return {
        year: answers if whole == period else _answers(tree, sheet, whole)
        for year, whole in years.items()
        if sheet
    }


def bare_scene(table: figures.Table, unit: int, period: Period, line: Line, tree: Tree) -> Scene:
    """A scene of what was read already, without who answered and without names."""
    return Scene(line, unit, period, table.structure, tree, table, Answers(), {})


def _only_root(tree: Tree) -> int:
    found = structure.roots(tree)
    if not found:
        raise AskError(
            field="ky",
            vi="Cuối kỳ này hệ thống chưa có đơn vị nào. Chọn kỳ hoặc mốc đơn vị muộn hơn.",
            en="Nothing stood in this line at the period's end. Choose a later period or structure day.",
        )
    return found[0]


def names_near(line: Line, day: dt.date, units: Sequence[int]) -> Mapping[int, UnitName]:
    """The names of the day; of units that had closed by then, their last ones."""
    found: dict[int, UnitName] = orgs.names_on(day, units)
    wanted = set(units) - found.keys()
    if wanted:
        eves = {
            change.day - dt.timedelta(days=1)
            for change in structure.changes(structure.history(line))
        }
        for eve in sorted((each for each in eves if each < day), reverse=True):
            found |= orgs.names_on(eve, wanted)
            wanted -= found.keys()
            if not wanted:
                break
    return found


def _answers(tree: Tree, sheet: Sheet, period: Period) -> Answers:
    said = submissions.answers(sheet, period)
    counted = completeness(tree, expected=said.expected, reported=said.reported, nil=said.nil)
    rows = zip(
        counted.units.tolist(), counted.reported.tolist(), counted.expected.tolist(), strict=True
    )
    return Answers({unit: Sent(sent, asked) for unit, sent, asked in rows}, said.missing)


def sheet_of(measure: Measure) -> Sheet | None:
    """The sheet that asks for the measure; of a ratio, for its top."""
    asked = measure.top if measure.nature == Measure.Nature.RATIO else measure
    return asked.sheet_set.order_by("code").first() if asked else None


def value_of(scene: Scene, measure: Measure, unit: int, period: Period | None = None) -> Value:
    """A figure, or a dash where nobody has said anything: a total of nothing is a zero only where somebody answered."""
    found = scene.table.figure(measure, unit, period)
    is_main = period is None or period == scene.period
    is_silent = not found.top and scene.sent(unit, period).reported == 0
    if is_silent or found.top is None or found.bottom == 0:
        return Value(None, numbers.NO_VALUE)
    shown = _shown(measure, found.top, found.bottom)
    outside = scene.table.outside(measure, period) if is_main and unit == scene.unit else None
    return dataclasses.replace(
        shown, own=found.own, outside=outside, is_estimated=found.is_estimated
    )


def _shown(measure: Measure, top: int, bottom: int | None) -> Value:
    if bottom is None:
        return Value(top, numbers.show(top, lang()), top=top)
    detail = f"{numbers.show(top, lang())}/{numbers.show(bottom, lang())}"
    if measure.unit_vi == PERCENT:
        text = numbers.show_percent(top, bottom, 2, lang())
        return Value(numbers.divide(HUNDRED * top, bottom, 2), text, detail, 2, top, bottom)
    text = numbers.show_ratio(top, bottom, 1, lang())
    return Value(numbers.divide(top, bottom, 1), text, detail, 1, top, bottom)


def year_of(period: Period) -> Period:
    return period_on(period.last_day, "year", period.rule)


def entries(scene: Scene, measure: Measure) -> QuerySet[Entry]:
    """The entries that the scene's own figure was summed from."""
    return figures.entries_behind(scene.table.figure(measure, scene.unit))


def whereabouts(scene: Scene, units: Iterable[int]) -> dict[int, str]:
    """What tells units of one short name apart: the rest of the full name, or the name of the unit above."""
    parents = {
        unit: way[0]
        for unit in set(units)
        for way in [structure.path(scene.tree, unit)[-2:-1]]
        if way
    }
    names = names_near(scene.line, scene.day, [*parents, *parents.values()])
    found = {}
    for unit, parent in parents.items():
        own, above = names.get(unit), names.get(parent)
        rest = own.name.removeprefix(f"{own.short_name}, ") if own else ""
        if own and rest not in (own.name, ""):
            found[unit] = rest
        elif above and parent != scene.unit:
            found[unit] = above.short_name
    return found


def crumbs(
    scene: Scene, measure: Measure | None, page: str = "figure"
) -> list[tuple[str, str, str]]:
    """The way from the root down to the unit above this one."""
    way = structure.path(scene.tree, scene.unit)[:-1]
    if measure is None:
        return [
            (scene.named(each), asking.unit_address(each, scene.names.get(each)), "")
            for each in way
        ]
    return [(scene.named(each), scene.question(measure, each).address(page), "") for each in way]
