"""Small charts as SVG, and as PNG for Word: bars by unit, a trend by month, a tile map.

Drawn by hand, so that the same picture stands on paper, in a page under a strict content policy (no styles,
no scripts), and in a PDF. Colours are marks only, never text.

Source:
    UX.md, 12.3 (palette: six sequential classes, ink on the first three, white on the last three), S4 (tile
    map: equal squares, the value printed, a dashed warm outline where nothing was sent).
"""

from pathlib import Path
from xml.sax.saxutils import escape

import vl_convert

from lantoa.lib import numbers
from lantoa.reports.paper import Chart, Point

FONTS = Path(__file__).with_name("fonts")

INK, INK_2, LINE, SURFACE, WARN = "#1B1A17", "#4F4B44", "#DDD9CD", "#FFFFFF", "#8F4700"
MARK = "#24407A"
SEQUENCE = ("#E4EAF6", "#BFCCE8", "#8FA5D3", "#5873B0", "#2F4C8C", "#172C59")
DARK_FROM = 3  # the class from which text on a tile is white

_WIDTH = 640
_BAR, _GAP, _LABEL = 16, 8, 190
_TREND_HEIGHT = 150
_TILE, _TILE_GAP = 92, 6
_LEGEND_ROOM, _LEGEND_LINE = 110, 20
_PPI = 200
_SCALE = 3
# Be Vietnam Pro's letters are about this wide, in parts of the size.
_LETTER = 0.56


def svg(chart: Chart) -> str:
    """Draw a chart. The picture says its title and its words to whoever cannot see it."""
    draw = {"bars": _bars, "trend": _trend, "tiles": _tiles}[chart.kind]
    width, height, marks = draw(chart.points)
    named = f"<title>{escape(chart.title)}</title><desc>{escape(chart.alt)}</desc>"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" font-family="Be Vietnam Pro">{named}{"".join(marks)}</svg>'
    )


_registered: list[Path] = []


def png(drawn: str) -> bytes:
    """Turn our SVG into a PNG, fine enough for paper, in our own fonts."""
    if not _registered:
        vl_convert.register_font_directory(str(FONTS))
        _registered.append(FONTS)
    picture: bytes = vl_convert.svg_to_png(drawn, scale=_SCALE, ppi=_PPI)
    return picture


def width_of(chart: Chart) -> int:
    """How wide a chart stands on paper, mm."""
    if chart.kind != "tiles":
        return 150
    columns = 1 + max((point.column for point in chart.points), default=0)
    return min(160, 20 * columns)


def shade(value: int, known: list[int]) -> int:
    """The class of a value among all: a sixth of the units each, equal values always together, as in the page's map."""
    below = sum(each < value for each in known)
    return min(len(SEQUENCE) - 1, below * len(SEQUENCE) // len(known))


def classes(known: list[int]) -> list[tuple[int, int, int]]:
    """The classes that have units: shade, smallest and largest value. Nought is in none: it has no colour."""
    held: dict[int, list[int]] = {}
    for value in sorted(known):
        if value:
            held.setdefault(shade(value, known), []).append(value)
    return [(place, values[0], values[-1]) for place, values in held.items()]


def _text(
    x: float,
    y: float,
    words: str,
    *,
    size: int = 13,
    fill: str = INK,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    weight = ' font-weight="600"' if bold else ""
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" fill="{fill}" text-anchor="{anchor}"{weight}>'
        f"{escape(words)}</text>"
    )


def _bars(points: tuple[Point, ...]) -> tuple[int, int, list[str]]:
    largest = max((point.cell.value or 0 for point in points), default=0)
    room = _WIDTH - _LABEL - 70
    marks = []
    for place, point in enumerate(points):
        top = place * (_BAR + _GAP) + 4
        base = top + _BAR - 3
        marks.append(_text(_LABEL - 8, base, point.label, anchor="end"))
        length = room * (point.cell.value or 0) / largest if largest else 0
        if point.cell.value is None:
            marks.append(_dashed(_LABEL, top, 40, _BAR))
            length = 40
        else:
            marks.append(
                f'<rect x="{_LABEL}" y="{top}" width="{length:.1f}" height="{_BAR}" fill="{MARK}"/>'
            )
        marks.append(_text(_LABEL + length + 6, base, point.cell.text, bold=True))
    height = len(points) * (_BAR + _GAP) + 8
    marks.append(f'<path d="M{_LABEL} 0V{height}" stroke="{INK_2}" stroke-width="1"/>')
    return _WIDTH, height, marks


def _trend(points: tuple[Point, ...]) -> tuple[int, int, list[str]]:
    """A column a month, each with its number: nothing to read off an axis."""
    largest = max((point.cell.value or 0 for point in points), default=0)
    step = _WIDTH / max(1, len(points))
    floor, room = _TREND_HEIGHT - 30, _TREND_HEIGHT - 60
    marks = [f'<path d="M0 {floor}H{_WIDTH}" stroke="{INK_2}" stroke-width="1"/>']
    for place, point in enumerate(points):
        left, wide = place * step + step * 0.16, step * 0.68
        middle = left + wide / 2
        tall = room * (point.cell.value or 0) / largest if largest else 0
        if point.cell.value is None:
            tall = 24
            marks.append(_dashed(left, floor - tall, wide, tall))
        else:
            marks.append(
                f'<rect x="{left:.1f}" y="{floor - tall:.1f}" width="{wide:.1f}" height="{tall:.1f}" fill="{MARK}"/>'
            )
        marks.append(_text(middle, floor - tall - 6, point.cell.text, anchor="middle", bold=True))
        marks.append(_text(middle, floor + 20, point.label, fill=INK_2, anchor="middle"))
    return _WIDTH, _TREND_HEIGHT, marks


def _tiles(points: tuple[Point, ...]) -> tuple[int, int, list[str]]:
    pitch = _TILE + _TILE_GAP
    width = (1 + max((point.column for point in points), default=0)) * pitch
    depth = (1 + max((point.row for point in points), default=0)) * pitch
    known = [point.cell.value for point in points if point.cell.value is not None]
    marks = [mark for point in points for mark in _tile(point, pitch, known)]
    legend, rows = _legend(classes(known), depth + 18, width)
    return width, depth + 18 + rows * _LEGEND_LINE, [*marks, *legend]


def _tile(point: Point, pitch: int, known: list[int]) -> list[str]:
    left, top = point.column * pitch + _TILE_GAP / 2, point.row * pitch + _TILE_GAP / 2
    middle = left + _TILE / 2
    if point.cell.value is None:
        square, ink = _dashed(left, top, _TILE, _TILE), INK
    else:
        place = shade(point.cell.value, known)
        is_none = point.cell.value == 0
        ink = SURFACE if place >= DARK_FROM and not is_none else INK
        square = (
            f'<rect x="{left:g}" y="{top:g}" width="{_TILE}" height="{_TILE}" rx="4" '
            f'fill="{SURFACE if is_none else SEQUENCE[place]}" stroke="{INK_2}"/>'
        )
    lines = _wrapped(point.label, _TILE - 8, 13)
    start = top + (30 if len(lines) == 1 else 24)
    names = [
        _text(middle, start + place * 16, line, fill=ink, anchor="middle")
        for place, line in enumerate(lines)
    ]
    return [
        square,
        *names,
        _text(middle, top + 72, point.cell.text, size=18, fill=ink, anchor="middle", bold=True),
    ]


def _legend(parted: list[tuple[int, int, int]], top: float, width: int) -> tuple[list[str], int]:
    """Each class with its bounds, in as many rows as the map's width asks for."""
    across = max(1, min(len(parted), width // _LEGEND_ROOM))
    marks = []
    for place, (colour, first, last) in enumerate(parted):
        row, column = divmod(place, across)
        left, base = column * width / across + _TILE_GAP / 2, top + row * _LEGEND_LINE
        words = (
            f"{numbers.show(first)}–{numbers.show(last)}" if first < last else numbers.show(last)
        )
        marks.append(
            f'<rect x="{left:.1f}" y="{base - 11:g}" width="13" height="13" '
            f'fill="{SEQUENCE[colour]}" stroke="{INK_2}"/>'
        )
        marks.append(_text(left + 18, base, words, size=12, fill=INK_2))
    return marks, -(-len(parted) // across)


def _dashed(left: float, top: float, width: float, height: float) -> str:
    return (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{SURFACE}" '
        f'stroke="{WARN}" stroke-width="1.5" stroke-dasharray="4 3"/>'
    )


def _wrapped(words: str, width: float, size: int) -> list[str]:
    """Part a name into at most two lines that fit."""
    if len(words) * size * _LETTER <= width:
        return [words]
    parts = words.split()
    middle = min(
        range(1, len(parts)),
        key=lambda at: abs(len(" ".join(parts[:at])) - len(" ".join(parts[at:]))),
        default=0,
    )
    return [" ".join(parts[:middle]), " ".join(parts[middle:])] if middle else [words]
