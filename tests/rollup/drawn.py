"""Tables drawn in text, read into what the engines take. Units go by name, days by date."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lantoa.rollup.reference import Line, Place
from lantoa.rollup.tables import NONE, OPEN, Fact, Period, Rule, Succession, day_of
from tests.rollup.engines import Answer, Question

Row = dict[str, str]


def rows(drawing: str) -> list[Row]:
    """The rows of a drawn table by the names of its columns; the line below the names is skipped."""
    lines = [line for line in drawing.strip().splitlines() if set(line.strip()) - set("-+")]
    head, *body = [[cell.strip() for cell in line.split("|")] for line in lines]
    return [dict(zip(head, cells, strict=True)) for cells in body]


@dataclass(frozen=True)
class World:
    """A line, what became of its units, and facts, with the numbers of the named units."""

    units: Mapping[str, int]
    line: Line
    facts: Sequence[Fact]

    def ask(self, period: str, rule: Rule, *, on: str = "its day", climb: bool = True) -> Question:
        day = None if on == "its day" else _day(on)
        return Question(self.line, self.facts, [span(period)], rule, (1,), day, climb)


class Reading:
    """An answer for one measure and one period, asked by the names of the units."""

    def __init__(self, world: World, answer: Answer) -> None:
        self._world, self._answer = world, answer

    def cell(self, name: str) -> tuple[int, int, bool]:
        unit = NONE if name == "ngoài hệ thống" else self._world.units[name]
        return self._answer.get((1, 0, unit), (0, 0, False))

    def __getitem__(self, name: str) -> int:
        return self.cell(name)[0]

    def top_and_bottom(self, name: str) -> tuple[int, int]:
        return self.cell(name)[:2]

    def has_value(self, name: str) -> bool:
        return self.cell(name)[1] > 0

    def is_estimated(self, name: str) -> bool:
        return self.cell(name)[2]

    def total_of_all(self, *roots: str) -> int:
        return sum(self[name] for name in (*roots, "ngoài hệ thống"))


def world(line: str, facts: str, became: str = "") -> World:
    """The drawn tables as rows of numbers.

    Args:
        line: unit | under | from | until; the last may be missing or empty.
        facts: unit | date | value.
        became: unit | date | what | into | share: successions; the last two may be empty.
    """
    drawn = rows(line), rows(became) if became else [], rows(facts)
    names = [
        row[key]
        for table in drawn
        for row in table
        for key in ("unit", "under", "into")
        if row.get(key)
    ]
    units = {name: number for number, name in enumerate(dict.fromkeys(names), start=1)}
    places = [
        Place(
            units[row["unit"]],
            units[row["under"]] if row["under"] else NONE,
            _day(row["from"]),
            _day(row["until"]) if row.get("until") else OPEN,
        )
        for row in drawn[0]
    ]
    successions = [
        Succession(
            row["what"],
            _day(row["date"]),
            units[row["unit"]],
            units[row["into"]] if row.get("into") else NONE,
            int(row.get("share") or 0),
        )
        for row in drawn[1]
    ]
    entries = [
        Fact(1, units[row["unit"]], _day(row["date"]), int(row["value"])) for row in drawn[2]
    ]
    return World(units, Line(places, successions), entries)


def span(period: str) -> Period:
    """ "2024", "2024-02" or "2024-Q1"; or two dates, "2024-01-15 2024-02-15", the second left out."""
    if " " in period:
        first, last = period.split()
        return Period(_day(first), _day(last))
    year, _, part = period.partition("-")
    if part.startswith("Q"):
        first, months = 3 * int(part[1:]) - 2, 3
    else:
        first, months = (int(part), 1) if part else (1, 12)
    after = int(year) * 12 + first - 1 + months
    return Period(
        day_of(dt.date(int(year), first, 1)), day_of(dt.date(after // 12, after % 12 + 1, 1))
    )


def _day(date: str) -> int:
    return day_of(dt.date.fromisoformat(date))
