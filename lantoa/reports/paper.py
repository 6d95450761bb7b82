"""A paper: everything a document says, as plain values. Word, Excel, PDF and the page draw the same one.

No Django, no database, no clock. An issued report keeps its paper as JSON, so that it can be drawn again
to the digit, whatever has changed since.
"""

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, TypeAlias

PARTY = "party"
STATE = "state"
FAMILIES = (PARTY, STATE)


class Key(NamedTuple):
    """What a figure is a figure of, so that it can be read again: `str` and `key_of` are each other's inverse.

    Attributes:
        measures: codes; more than one are added.
        units: ids; more than one are added.
        structure: a day as text, or "" for "of its day".
    """

    measures: tuple[str, ...]
    units: tuple[int, ...]
    line: str
    period: str
    rule: str
    structure: str

    def __str__(self) -> str:
        units = "+".join(map(str, self.units))
        parts = ("+".join(self.measures), units, self.line, self.period, self.rule, self.structure)
        return "|".join(parts)


def key_of(kept: str) -> Key:
    """Read a kept key back.

    Raises:
        ValueError: it is none.
    """
    measures, units, line, period, rule, structure = kept.split("|")
    ids = tuple(int(unit) for unit in units.split("+"))
    return Key(tuple(measures.split("+")), ids, line, period, rule, structure)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure as it is printed, with its pedigree.

    Attributes:
        value: in the measure's smallest unit, times ten to the power of `places`; None: nobody has said.
        key: a `Key` as text, "" if it cannot be read again alone; two cells with one key are one figure.
        number: its place in the annex of sources, from 1; 0: not numbered.
        reported, expected: how many units answered of how many should have.
        door: what opens it, as `measure?query` of the public site; "" for a sum of several figures.
    """

    value: int | None
    text: str
    key: str = ""
    number: int = 0
    reported: int = 0
    expected: int = 0
    door: str = ""
    places: int = 0
    suffix: str = ""
    is_estimated: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; `style` is "", "bold" or "italic"."""

    text: str
    style: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """The small numbers that lead to the annex, set after the clause whose figures they explain.

    Attributes:
        stated: those of figures that units said themselves, without a record.
    """

    numbers: tuple[int, ...]
    stated: tuple[int, ...] = ()


Piece: TypeAlias = Run | Cell | Marks


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body. `kind`: part (I-), heading (1.), body, item (-), note (small, italic), resolve (centred)."""

    kind: str
    pieces: tuple[Piece, ...]
    what: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Point:
    """One mark of a chart; `row` and `column` place it on a tile map, from 0."""

    label: str
    cell: Cell
    row: int = -1
    column: int = -1


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of figures. `kind`: bars, trend or tiles. `alt` says the same in words."""

    kind: str
    title: str
    unit: str
    alt: str
    points: tuple[Point, ...]
    note: str = ""
    what: Literal["chart"] = "chart"


Block: TypeAlias = Paragraph | Chart


@dataclass(frozen=True, slots=True)
class Column:
    """A column of figures; columns with one `group` side by side stand under one heading."""

    title: str
    group: str = ""
    number: int = 0
    is_stated: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table. `kind`: unit, total (of all lines above), or rest (not accounted for by them)."""

    label: str
    cells: tuple[Cell, ...]
    kind: str = "unit"
    code: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """An appendix table: a row per unit, then what the units do not account for, then the total.

    `row_head`, `note_head`: what the first and the last column hold, where it is not units and remarks.
    """

    number: int
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    row_head: str = ""
    note_head: str = ""

    @property
    def is_wide(self) -> bool:
        return len(self.columns) > 4

    @property
    def has_notes(self) -> bool:
        return any(row.note for row in self.rows)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that goes with a document: names and words, no figures.

    Attributes:
        under: what stands in italics below the title, such as the decision that it belongs to.
        shares: how wide the columns stand, in parts; the first holds the ordinal.
    """

    title: str
    under: str
    heads: tuple[str, ...]
    shares: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from: one line of the annex "Nguồn của các con số".

    Attributes:
        counted: units that answered, of those that should have.
        records: what was summed, in words.
        is_stated: units said the number themselves; no record stands behind it yet.
    """

    number: int
    key: str
    cell: Cell
    name: str
    definition: str
    scope: str
    period: str
    counted: str
    records: str
    structure: str
    is_stated: bool = False
    door: str = ""


@dataclass(frozen=True, slots=True)
class Completeness:
    """Who answered. `nil` said that nothing happened; `missing` said nothing."""

    reported: int
    expected: int
    nil: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The block at the top. `number` is 0 until the paper is issued; then the blank becomes a number."""

    family: str
    parent: str
    issuer: tuple[str, ...]
    suffix: str
    place: str
    date: dt.date
    kind: str
    symbol: str
    abstract: str
    number: int = 0
    addressee: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs. `authority`: "collective" (on behalf of a committee), "deputy", or "head"."""

    authority: str
    body: str
    position: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Seal:
    """Where the ledger stood, and the newest hash of the sealed chain."""

    position: int
    chain: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document."""

    title: str
    head: Head
    period: str
    period_name: str
    blocks: tuple[Block, ...]
    tables: tuple[Table, ...]
    sources: tuple[Source, ...]
    signature: Signature
    recipients: tuple[str, ...]
    archive: str
    completeness: Completeness
    structure: str
    seal: Seal | None = None
    notice: str = ""
    flags: tuple[str, ...] = field(default=())
    lists: tuple[Listing, ...] = ()
    # A report shows where its figures come from; a decision has none.
    has_annex: bool = True


def figures(paper: Paper) -> dict[str, Cell]:
    """Every figure of the body, the charts and the tables by its key."""
    found: dict[str, Cell] = {}
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            cells = [piece for piece in block.pieces if isinstance(piece, Cell)]
        else:
            cells = [point.cell for point in block.points]
        found.update((cell.key, cell) for cell in cells if cell.key)
    for table in paper.tables:
        found.update((cell.key, cell) for row in table.rows for cell in row.cells if cell.key)
    return found


def plain(paragraph: Paragraph) -> str:
    """A paragraph's words and numbers, without the small numbers."""
    return "".join(piece.text for piece in paragraph.pieces if not isinstance(piece, Marks))


def as_json(paper: Paper) -> dict[str, Any]:
    """A paper as JSON has it: objects, lists, text, whole numbers; dates as `2024-01-18`."""
    written: dict[str, Any] = _written(dataclasses.asdict(paper))
    return written


def from_json(kept: dict[str, Any]) -> Paper:
    """Read back what `as_json` wrote."""
    paper: Paper = _read(Paper, kept)
    return paper


def _written(value: Any) -> Any:
    match value:
        case dict():
            return {name: _written(each) for name, each in value.items()}
        case list() | tuple():
            return [_written(each) for each in value]
        case dt.date():
            return value.isoformat()
        case _:
            return value


def _read(kind: Any, kept: Any) -> Any:
    """Build what the annotation `kind` says from what JSON kept."""
    origin, inside = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        return tuple(_read(inside[0], each) for each in kept)
    if origin in (typing.Union, types.UnionType):
        return None if kept is None else _read(_which(inside, kept), kept)
    if dataclasses.is_dataclass(kind):
        hints, build = _hints(kind), typing.cast(Callable[..., Any], kind)
        return build(**{name: _read(hints[name], each) for name, each in kept.items()})
    return dt.date.fromisoformat(kept) if kind is dt.date else kept


def _which(kinds: tuple[Any, ...], kept: Any) -> Any:
    """The member of a union that has the kept names; names that it learned later may be missing."""
    for kind in kinds:
        if dataclasses.is_dataclass(kind):
            if isinstance(kept, dict) and _needed(kind) <= set(kept) <= set(_hints(kind)):
                return kind
        elif kind is not types.NoneType:
            return kind
    raise TypeError(f"{kept!r} is none of {kinds}")


def _needed(kind: Any) -> set[str]:
    return {
        each.name
        for each in dataclasses.fields(kind)
        if each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING
    }


_known_hints: dict[Any, dict[str, Any]] = {}


def _hints(kind: Any) -> dict[str, Any]:
    if kind not in _known_hints:
        _known_hints[kind] = typing.get_type_hints(kind)
    return _known_hints[kind]
