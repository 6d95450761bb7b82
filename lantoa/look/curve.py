"""A curve of what has gathered: how many by the end of each month, in all and still at it. The table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from lantoa.look.trend import scale_top

WIDTH, HEIGHT = 560, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 430, 20, 186
APART = 16  # two labels closer than this would overlap
MOST_YEARS = 8


@dataclass(frozen=True, slots=True)
class Curve:
    """`area` and `line`: those still at it; `ever`: all that ever began. Labels stand at the right end."""

    ticks: tuple[tuple[float, int], ...]
    years: tuple[tuple[float, int], ...]
    area: str
    line: str
    ever: str
    line_at: float
    ever_at: float
    end: float
    now: int
    all: int


def curve(months: Sequence[tuple[int, int, int, int]]) -> Curve:
    """Lay the months out.

    Args:
        months: one a month, in order: year, month, still at it at its end, ever begun by then.
    """
    top = scale_top([ever for *_rest, ever in months])
    across = [_x(at, len(months)) for at in range(len(months))]
    now, ever = ([_y(row[at], top) for row in months] for at in (2, 3))
    line_at, ever_at = now[-1] + 4, ever[-1] + 4
    if line_at - ever_at < APART:
        ever_at, line_at = _apart(ever_at, line_at)
    line = _steps(across, now)
    return Curve(
        ticks=tuple(
            (_y(value, top), value) for value in sorted({top * step // 4 for step in range(5)})
        ),
        years=_years(months, across),
        area=f"{line}V{BOTTOM}H{across[0]}Z",
        line=line,
        ever=_steps(across, ever),
        line_at=line_at,
        ever_at=ever_at,
        end=across[-1],
        now=months[-1][2],
        all=months[-1][3],
    )


def _apart(upper: float, lower: float) -> tuple[float, float]:
    """Both moved by half of what is missing between them, and not below the axis."""
    middle = min((upper + lower) / 2, BOTTOM - APART / 2)
    return round(middle - APART / 2, 1), round(middle + APART / 2, 1)


def _years(
    months: Sequence[tuple[int, int, int, int]], across: Sequence[float]
) -> tuple[tuple[float, int], ...]:
    """Where each January stands; so many years that their numbers would touch leave some out."""
    found = [(x, row[0]) for x, row in zip(across, months, strict=True) if row[1] == 1]
    return tuple(found[:: len(found) // MOST_YEARS + 1])


def _x(at: int, count: int) -> float:
    return round(LEFT + (RIGHT - LEFT) * at / max(1, count - 1), 1)


def _y(value: int, top: int) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * value / top, 1)


def _steps(across: Sequence[float], heights: Sequence[float]) -> str:
    """A step up or down at the month in which something changed; level in between."""
    path, last = f"M{across[0]} {heights[0]}", heights[0]
    for x, y in zip(across, heights, strict=True):
        if y != last:
            path += f"H{x}V{y}"
            last = y
    return f"{path}H{across[-1]}"
