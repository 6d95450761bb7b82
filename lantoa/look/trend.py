"""A trend: one line over the periods of a year, and a dashed one for the year before."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 560, 220
LEFT, RIGHT, TOP, BOTTOM = 60, 500, 26, 186
APART = 16  # two labels closer than this would overlap


@dataclass(frozen=True, slots=True)
class Series:
    """Values in the order of the periods; None: not known, and the line has a gap there."""

    name: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Line:
    path: str
    name: str
    label_x: float
    label_y: float


@dataclass(frozen=True, slots=True)
class Trend:
    ticks: tuple[tuple[float, int], ...]
    labels: tuple[tuple[float, str], ...]
    now: Line
    before: Line | None
    dots: tuple[tuple[float, float], ...]
    peak: tuple[float, float, int] | None = None


def trend(labels: Sequence[str], now: Series, before: Series | None = None) -> Trend:
    """Lay out the lines. Heights are drawn from zero, for a cut axis makes a change look larger than it is."""
    top = scale_top([value for each in (now, before) if each for value in each.values])
    across = [_x(at, len(labels)) for at in range(len(labels))]
    drawn = _line(now, across, top)
    earlier = _line(before, across, top) if before and any(before.values) else None
    if earlier and abs(earlier.label_y - drawn.label_y) < APART:
        is_room_below = drawn.label_y + APART <= BOTTOM
        is_lower = earlier.label_y >= drawn.label_y
        earlier = _moved(earlier, APART if is_lower and is_room_below else -APART, drawn.label_y)
    return Trend(
        ticks=tuple((_y(top * step // 4, top), top * step // 4) for step in range(5)),
        labels=tuple(zip(across, labels, strict=True)),
        now=drawn,
        before=earlier,
        dots=tuple(
            (x, _y(value, top))
            for x, value in zip(across, now.values, strict=True)
            if value is not None
        ),
        peak=_peak(now, across, top),
    )


def _peak(series: Series, across: Sequence[float], top: int) -> tuple[float, float, int] | None:
    """Where the highest value is printed: the one number that a reader asks a line for."""
    known = [(value, -at) for at, value in enumerate(series.values) if value]
    if not known:
        return None
    value, at = max(known)
    return across[-at], round(_y(value, top) - 9, 1), value


def scale_top(values: Sequence[int | None]) -> int:
    """The least of 4, 8, 12, 16, 20, 24, 32, 40, 80 … that is not below any value: four whole steps."""
    highest = max((value for value in values if value is not None), default=0)
    power = 1
    while True:
        for step in (4, 8, 12, 16, 20, 24, 32):
            if step * power >= highest:
                return step * power
        power *= 10


def _x(at: int, count: int) -> float:
    return round(LEFT + (RIGHT - LEFT) * at / max(1, count - 1), 1)


def _y(value: int, top: int) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * value / top, 1)


def _line(series: Series, across: Sequence[float], top: int) -> Line:
    steps, pen = [], "M"
    last = (across[0], float(BOTTOM))
    for x, value in zip(across, series.values, strict=True):
        if value is None:
            pen = "M"
            continue
        last = (x, _y(value, top))
        steps.append(f"{pen}{x} {last[1]}")
        pen = "L"
    return Line("".join(steps), series.name, last[0] + 9, last[1] + 4)


def _moved(line: Line, by: int, away_from: float) -> Line:
    return Line(line.path, line.name, line.label_x, away_from + by)
