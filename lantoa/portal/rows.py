"""A scene's figures as the rows of a table, the tiles of a map, the months of a trend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from lantoa.ledger.models import Measure
from lantoa.lib import numbers
from lantoa.lib.periods import Period
from lantoa.look.tilemap import Tile, TileMap, tile_map
from lantoa.look.trend import Series, trend
from lantoa.orgs.models import UnitName
from lantoa.portal import asking, reading
from lantoa.portal.asking import Question
from lantoa.portal.doors import lang
from lantoa.portal.reading import Scene

FEW = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A unit below, with its figure and its doors. `unit` 0: what no unit below accounts for."""

    unit: int
    name: str
    code: str
    sort_key: str
    value: int | None
    text: str
    door: Question | None = None
    page: str = ""
    known: UnitName | None = None
    shown_in: Mapping[str, str] = field(default_factory=dict)
    reported: int = 0
    expected: int = 0
    is_estimated: bool = False
    short: str = ""

    # Addresses are made where they are shown: a province has hundreds of rows that show none.

    @property
    def href(self) -> str:
        """The door of the figure."""
        return self.door.address(self.page) if self.door else ""

    @property
    def unit_href(self) -> str:
        """The unit's own page."""
        return asking.unit_address(self.unit, self.known, **self.shown_in) if self.unit else ""


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure with the figure of the page's unit."""

    code: str
    name: str
    unit: str
    nature: str
    value: int | None
    text: str
    href: str
    page: str
    top: int | None
    bottom: int | None
    measure: Measure


def below(scene: Scene, measure: Measure, *, page: str = "records") -> list[Row]:
    """The units directly below, by official code and then by name."""
    rows = [_row(scene, measure, unit, page) for unit in scene.below]
    return sorted(rows, key=lambda row: (row.code or "~", row.sort_key))


def _row(scene: Scene, measure: Measure, unit: int, page: str) -> Row:
    found = reading.value_of(scene, measure, unit)
    name, sent = scene.names.get(unit), scene.answers.of(unit)
    return Row(
        unit=unit,
        name=scene.named(unit),
        code=name.code if name else "",
        sort_key=name.sort_key if name else "",
        value=found.value,
        text=found.text,
        door=scene.question(measure, unit),
        page=page,
        known=name,
        shown_in={"ngay": scene.day.isoformat(), "he": scene.line.code},
        reported=sent.reported,
        expected=sent.expected,
        is_estimated=found.is_estimated,
        short=name.short_name if name else "",
    )


@dataclass(frozen=True, slots=True)
class Folded:
    """Rows that a table shows together, with their sum; `total` is a dash where they do not add up."""

    rows: list[Row]
    total: str


def with_something(rows: Sequence[Row]) -> list[Row]:
    """Without the units that have no code, nothing recorded and nothing to send: hundreds of cells, most years."""
    return [row for row in rows if row.value or row.code or row.expected]


def fold(rows: Sequence[Row], measure: Measure) -> tuple[list[Row], Folded | None]:
    """Hundreds of cells stand directly under a province: beside units with a code they fold into one row."""
    main = [row for row in rows if row.code or row.expected]
    others = [row for row in rows if not (row.code or row.expected)]
    if not main or len(others) < FEW:
        return list(rows), None
    adds_up = measure.nature in (Measure.Nature.FLOW, Measure.Nature.BALANCE)
    total = numbers.show(sum(row.value or 0 for row in others), lang()) if adds_up else ""
    return main, Folded(others, total)


def rest(found: reading.Value) -> list[Row]:
    """What no unit below accounts for: printed, never hidden."""
    said = [(_("Của chính cấp này"), found.own)]
    return [
        Row(0, words, "", "", value, numbers.show(value, lang())) for words, value in said if value
    ]


def sort(rows: Sequence[Row], by: str) -> list[Row]:
    """By a column; "-" before it turns the order. Unknown values stand last either way."""
    keys = {"ten": lambda row: row.sort_key, "so": lambda row: row.value,
            "gui": lambda row: row.reported * 1_000_000 // max(row.expected, 1)}  # fmt: skip
    key = keys.get(by.removeprefix("-"))
    if key is None:
        return list(rows)
    known = sorted((row for row in rows if row.value is not None), key=key, reverse=by[0] == "-")
    return [*known, *(row for row in rows if row.value is None)]


def tiles(rows: Sequence[Row], places: Mapping[str, tuple[int, int]]) -> TileMap | None:
    """The rows as squares at their codes' places (column, row); where no row has one, all stand in rows."""
    placed = [row for row in rows if row.code in places] or rows
    if not placed:
        return None
    return tile_map(
        [
            Tile(
                row.name,
                row.value,
                row.text,
                row.unit_href,
                *places.get(row.code, (0, 0)),
                row.short,
            )
            for row in placed
        ]
    )


@dataclass(frozen=True, slots=True)
class Rest:
    """Units that have something and no square, where others have one: counted and added beside the map."""

    count: int
    total: str


def off_the_map(rows: Sequence[Row], places: Mapping[str, tuple[int, int]]) -> Rest | None:
    if not any(row.code in places for row in rows):
        return None
    found = [row.value for row in rows if row.value and row.code not in places]
    return Rest(len(found), numbers.show(sum(found), lang())) if found else None


def measure_rows(scene: Scene, measures: Sequence[Measure]) -> list[MeasureRow]:
    rows = []
    for measure in measures:
        found = reading.value_of(scene, measure, scene.unit)
        question = scene.question(measure)
        rows.append(
            MeasureRow(
                code=measure.code,
                name=asking.measure_name(measure),
                unit=asking.measure_unit(measure),
                nature=measure.nature,
                value=found.value,
                text=found.text,
                href=question.address("records"),
                page=question.address(),
                top=found.top,
                bottom=found.bottom,
                measure=measure,
            )
        )
    return rows


def months_beside(period: Period) -> list[Period]:
    """The months of the period's year and of the year before: what a trend needs read along."""
    year = reading.year_of(period)
    return [*year.months(), *year.year_before().months()]


def trend_of(scene: Scene, measure: Measure, today: Any) -> dict[str, Any]:
    """The trend, and the same as a table. Months to come are unknown, not nothing."""
    year = reading.year_of(scene.period)
    now = [_month(scene, measure, month, today) for month in year.months()]
    before = [_month(scene, measure, month, today) for month in year.year_before().months()]
    title = _("%(name)s theo tháng, năm %(year)s và %(before)s") % {
        "name": asking.measure_name(measure), "year": year.year, "before": year.year - 1,
    }  # fmt: skip
    if not any(row["value"] for row in [*now, *before]):
        return {"trend": None, "trend_title": title}
    drawn = trend(
        [str(number) for number in range(1, 13)],
        Series(str(year.year), tuple(row["value"] for row in now)),
        Series(str(year.year - 1), tuple(row["value"] for row in before)),
    )
    return {
        "trend": drawn,
        "trend_title": title,
        "year_before": year.year - 1,
        "months": [{**row, "before": other} for row, other in zip(now, before, strict=True)],
    }


def _month(scene: Scene, measure: Measure, month: Period, today: Any) -> dict[str, Any]:
    found = reading.value_of(scene, measure, scene.unit, month)
    is_known = month.start <= today
    return {
        "name": month.name(lang()),
        "value": found.value if is_known else None,
        "text": found.text if is_known else numbers.NO_VALUE,
        "href": scene.question(measure, period=month).address("records")
        if is_known and found.value
        else "",
    }
