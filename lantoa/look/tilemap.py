"""A tile map: one square a unit, six classes of one colour, the number printed, dashes where nothing was sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

SIZE, GAP = 44, 4
SHOWN, WIDEST = 104, 760  # pixels: a tile is never larger, nor a map wider
SHORT = 3  # so few digits can be written larger on a phone
FEW = 6  # so few columns leave room for names on a phone too
CLASSES = 6
NARROW = 9  # letters that fit beside one another in a square
DEEP = 4  # from this class on the text is light on deep


@dataclass(frozen=True, slots=True)
class Tile:
    """One unit of the map. `value` None: it has not said anything. `column`, `row` from 1; 0: no place known.

    `short` is written in the square where there is room, a word or two a line.
    """

    name: str
    value: int | None
    text: str
    href: str
    column: int = 0
    row: int = 0
    short: str = ""


@dataclass(frozen=True, slots=True)
class Square:
    """A tile as it is drawn."""

    tile: Tile
    x: int
    y: int
    shade: str
    ink: str

    @property
    def middle(self) -> int:
        return self.x + SIZE // 2

    @property
    def base(self) -> int:
        return self.y + SIZE // 2 + 5

    @property
    def lines(self) -> list[tuple[int, str]]:
        """The short name in at most two lines, each with its height."""
        words = self.tile.short.split()
        half = len(words) - len(words) // 2
        parts = [" ".join(words)] if len(self.tile.short) <= NARROW else [
            " ".join(words[:half]), " ".join(words[half:])]  # fmt: skip
        first = self.y + (33 if len(parts) == 1 else 30)
        return [(first + 9 * at, part) for at, part in enumerate(parts) if part]


@dataclass(frozen=True, slots=True)
class TileMap:
    """The squares, and the size of the drawing; `shown_width` is how wide it is where there is room."""

    width: int
    height: int
    shown_width: int
    squares: tuple[Square, ...]
    lowest: int | None
    highest: int | None
    has_missing: bool
    has_few: bool
    is_short: bool


def tile_map(tiles: Sequence[Tile], *, scale: Sequence[int] | None = None) -> TileMap:
    """Lay the tiles out; when any has no place, all stand in rows in the order given.

    Args:
        scale: the values that the classes are taken from, where several maps are to be compared; else the map's own.
    """
    placed = list(tiles) if all(tile.column for tile in tiles) else _in_rows(tiles)
    own = [tile.value for tile in placed if tile.value is not None]
    known = sorted(own if scale is None else scale)
    squares = tuple(_square(tile, known) for tile in placed)
    step = SIZE + GAP
    across = max((tile.column for tile in placed), default=1)
    return TileMap(
        width=across * step - GAP,
        height=max((tile.row for tile in placed), default=1) * step - GAP,
        shown_width=min(across * SHOWN, WIDEST),
        squares=squares,
        lowest=known[0] if known else None,
        highest=known[-1] if known else None,
        has_missing=any(tile.value is None for tile in placed),
        has_few=across <= FEW,
        is_short=all(len(tile.text) <= SHORT for tile in placed),
    )


def shade(value: int, known: Sequence[int]) -> int:
    """The class of a value among all (sorted): a sixth of the units each, equal values always together."""
    below = sum(each < value for each in known)
    return min(CLASSES, below * CLASSES // len(known) + 1)


def _in_rows(tiles: Sequence[Tile]) -> list[Tile]:
    across = max(1, round((len(tiles) * 1.3) ** 0.5))
    return [
        replace(tile, column=at % across + 1, row=at // across + 1) for at, tile in enumerate(tiles)
    ]


def _square(tile: Tile, known: Sequence[int]) -> Square:
    step = SIZE + GAP
    x, y = (tile.column - 1) * step, (tile.row - 1) * step
    if tile.value is None:
        return Square(tile, x, y, "qx", "on-missing")
    if tile.value == 0:
        return Square(tile, x, y, "q0", "on-none")
    number = shade(tile.value, known)
    return Square(tile, x, y, f"q{number}", "on-deep" if number >= DEEP else "on-pale")
