"""How something spread: a tree from left to right along the years, a row a unit. Decoration: the list beside it says the same.

A unit stands at the day it began, hangs on the one it learned from, and has a line for as long as it has gone on: whole as far
as something shows it, dashed since then, crossed out where it ended. Who learned stands below and to the right of who taught, so
that no two lines cross.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LEFT, TOP = 760, 12, 32
NAMES = 250  # pixels at the right for the names, where rows are high enough to be read
ROOMY, TIGHT, FEW = 19, 5, 60  # pixels a row; more units than FEW stand closer, without their names
LONGEST = 38  # letters of a name
BEND = 6


@dataclass(frozen=True, slots=True)
class Point:
    """A unit: the day it began, the place of the one it learned from (-1: the origin), how it stands.

    Attributes:
        how: origin, alive, silent, ended or asked.
        seen: the last day on which something showed it; None where it has not begun.
        end: the day it ended; None where it goes on.
        name, note: written at the end of its row.
    """

    day: dt.date
    source: int
    how: str
    seen: dt.date | None = None
    end: dt.date | None = None
    name: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """`shown` and `unshown` are the two parts of its line, each from x to x."""

    x: int
    y: int
    r: int
    how: str
    shown: tuple[int, int]
    unshown: tuple[int, int]
    name: str
    note: str
    base: int


@dataclass(frozen=True, slots=True)
class Spread:
    width: int
    height: int
    lines: tuple[str, ...]
    rows: tuple[Row, ...]
    years: tuple[tuple[int, int], ...]
    names_at: int
    has_names: bool


def spread(points: Sequence[Point], last: dt.date) -> Spread:
    """Lay the points out, in the order given: a source stands before those that learned from it."""
    first = min(point.day for point in points)
    has_names = len(points) <= FEW
    step = ROOMY if has_names else TIGHT
    right = WIDTH - LEFT - (NAMES if has_names else 0)
    scale = _Scale(first, max((last - first).days, 1), right)
    rows = tuple(_row(point, TOP + step * at, scale, last, step) for at, point in enumerate(points))
    return Spread(
        width=WIDTH,
        height=TOP + step * len(points),
        lines=tuple(
            _elbow(rows[point.source], rows[at])
            for at, point in enumerate(points)
            if point.source >= 0
        ),
        rows=rows,
        years=tuple(_years(scale, first, last)),
        names_at=right + LEFT,
        has_names=has_names,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: dt.date
    days: int
    right: int

    def x(self, day: dt.date) -> int:
        return LEFT + (self.right - LEFT) * (day - self.first).days // self.days


def _row(point: Point, y: int, scale: _Scale, last: dt.date, step: int) -> Row:
    x, end = scale.x(point.day), scale.x(point.end or last)
    seen = end if point.how in ("origin", "alive") else scale.x(point.seen or point.day)
    seen = max(x, min(seen, end))
    return Row(
        x=x,
        y=y,
        r=_size(point, step),
        how=point.how,
        shown=(x, seen),
        unshown=(seen, end) if point.how != "asked" else (x, x),
        name=_short(point.name),
        note=point.note,
        base=y + 4,
    )


def _elbow(source: Row, row: Row) -> str:
    """Down from who taught, round a corner, and along to who learned."""
    bend = min(BEND, max(row.x - source.x, 0), row.y - source.y)
    return f"M{source.x} {source.y}V{row.y - bend}Q{source.x} {row.y} {source.x + bend} {row.y}H{row.x}"


def _years(scale: _Scale, first: dt.date, last: dt.date) -> list[tuple[int, int]]:
    """Where each year begins; so many years that their numbers would touch leave some out."""
    found = [(scale.x(dt.date(year, 1, 1)), year) for year in range(first.year + 1, last.year + 1)]
    return found[:: max(1, len(found) // 12 + 1)] if len(found) > 12 else found


def _size(point: Point, step: int) -> int:
    if point.source < 0:
        return 7
    return 5 if step == ROOMY else 2


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + "…"
