"""How something spread: a tree from left to right along the years, a row a unit. Decoration: the list beside it says the same."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LEFT, RIGHT, TOP = 720, 14, 706, 30
ROOMY, TIGHT, FEW = 16, 5, 60  # pixels a row; more units than FEW stand closer


@dataclass(frozen=True, slots=True)
class Point:
    """A unit: the day it began, the place of the one it learned from (-1: the origin), how it stands.

    `how`: origin, alive, silent, ended or asked.
    """

    day: dt.date
    source: int
    how: str


@dataclass(frozen=True, slots=True)
class Dot:
    x: int
    y: int
    r: int
    how: str


@dataclass(frozen=True, slots=True)
class Spread:
    width: int
    height: int
    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    years: tuple[tuple[int, int], ...]


def spread(points: Sequence[Point], last: dt.date) -> Spread:
    """Lay the points out, in the order given: a source stands before those that learned from it."""
    first = min(point.day for point in points)
    span = max((last - first).days, 1)
    step = ROOMY if len(points) <= FEW else TIGHT
    across = [LEFT + (RIGHT - LEFT) * (point.day - first).days // span for point in points]
    down = [TOP + step * at for at in range(len(points))]
    return Spread(
        width=WIDTH,
        height=TOP + step * len(points),
        lines=tuple(
            f"M{across[point.source]} {down[point.source]}V{down[at] - 2}Q{across[point.source]} {down[at]} "
            f"{min(across[point.source] + 4, across[at])} {down[at]}H{across[at]}"
            for at, point in enumerate(points)
            if point.source >= 0
        ),
        dots=tuple(
            Dot(across[at], down[at], _size(point, step), point.how)
            for at, point in enumerate(points)
        ),
        years=tuple(
            (LEFT + (RIGHT - LEFT) * (dt.date(year, 1, 1) - first).days // span, year)
            for year in range(first.year + 1, last.year + 1)
        ),
    )


def _size(point: Point, step: int) -> int:
    if point.source < 0:
        return 8
    return 5 if step == ROOMY else 3
