"""The XML parts of a workbook, by a parser that resolves nothing: what acts or links is refused, cells and fonts are told.

Values themselves are read by calamine; what it does not tell is told here: how many cells there are before they are laid
out in memory, in which font each is written, and which formula has no value.

Source:
    ECMA-376, part 1, 18 (SpreadsheetML); RELIABILITY.md, D7, E13.
"""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from lantoa.intake.refused import Refused

MOST_ELEMENTS = 300_000
MOST_CELLS = 10_000
MOST_ROWS, MOST_COLUMNS = 2_000, 100
MOST_SHEETS = 20
MOST_STRINGS = 20_000

Attributes = dict[str, str]
Start = Callable[[str, Attributes], None]
End = Callable[[str], None]

_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_MACROS = ("vbaProject", "macroEnabled", "macrosheet", "Macrosheet", "activeX", "/control")
_LINKS = ("externalLink", "connections", "queryTable", "externalReference")
_EMBEDDED = ("oleObject", "/package")


class Run(NamedTuple):
    """A piece of a text and the name of its font, "" where the cell's own counts."""

    font: str
    text: str


@dataclass
class Told:
    """Of a worksheet, by address: the number of its style, the number of its shared text, or the pieces of its own.

    Attributes:
        unworked: formulas without a value.
    """

    styles: dict[str, int] = field(default_factory=dict)
    texts: dict[str, int] = field(default_factory=dict)
    pieces: dict[str, list[Run]] = field(default_factory=dict)
    unworked: list[str] = field(default_factory=list)


def refuse_what_acts(found: dict[str, bytes]) -> None:
    """Look into every part that is XML.

    Raises:
        Refused: one declares a document type, a macro, a link to elsewhere, or an embedded file.
        expat.ExpatError: one is not well formed.
    """
    for name, part in found.items():
        if name == "[Content_Types].xml":
            walk(part, _kinds)
        elif name.endswith(".rels"):
            walk(part, _relations)
        elif name.endswith(".xml"):
            walk(part)


def walk(
    part: bytes,
    start: Start | None = None,
    end: End | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Parse a part, with the plain names of its elements. Nothing outside it is ever fetched."""
    # Told before it is parsed: an element is one tag or two, and parsing a million takes longer than the reader may.
    if part.count(b"<") > 2 * MOST_ELEMENTS:
        raise Refused("cells")
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _doctype
    left = MOST_ELEMENTS
    if start:

        def started(name: str, attributes: Attributes) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise Refused("cells")
            start(name.rpartition(":")[2], attributes)

        parser.StartElementHandler = started
    if end:
        parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    if text:
        parser.CharacterDataHandler = text
    parser.Parse(part, True)  # noqa: FBT003 - expat takes it by place: this is all of it


def sheets(found: dict[str, bytes]) -> dict[str, str]:
    """The names of the worksheets and the parts that hold them, in order."""
    targets: dict[str, str] = {}
    names: dict[str, str] = {}

    def related(name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            targets[attributes.get("Id", "")] = _path(attributes.get("Target", ""))

    def listed(name: str, attributes: Attributes) -> None:
        if name == "sheet":
            ids = [value for key, value in attributes.items() if key.rpartition(":")[2] == "id"]
            names[attributes.get("name", "")] = targets.get(ids[0] if ids else "", "")

    walk(found.get("xl/_rels/workbook.xml.rels", b"<none/>"), related)
    walk(found["xl/workbook.xml"], listed)
    if len(names) > MOST_SHEETS:
        raise Refused("cells")
    return {name: path for name, path in names.items() if path in found}


def fonts(found: dict[str, bytes]) -> list[str]:
    """The names of the fonts, by the number of a cell's style."""
    names: list[str] = []
    styles: list[int] = []
    inside: list[str] = []

    def started(name: str, attributes: Attributes) -> None:
        if name == "font" and inside[-1:] == ["fonts"]:
            names.append("")
        elif name == "name" and inside[-2:] == ["fonts", "font"]:
            names[-1] = attributes.get("val", "")
        elif name == "xf" and inside[-1:] == ["cellXfs"]:
            styles.append(_number(attributes.get("fontId")))
        inside.append(name)

    def ended(_name: str) -> None:
        inside.pop()

    walk(found.get("xl/styles.xml", b"<none/>"), started, ended)
    return [names[each] if 0 <= each < len(names) else "" for each in styles]


def runs(found: dict[str, bytes]) -> dict[int, list[Run]]:
    """The pieces of the shared texts that are written in several fonts, by their number."""
    texts = _Texts()
    walk(found.get("xl/sharedStrings.xml", b"<none/>"), texts.started, texts.ended, texts.text)
    return texts.kept


def cells(part: bytes) -> Told:
    """What calamine does not tell of a worksheet.

    Raises:
        Refused: too many cells, or one too far away.
    """
    scan = _Scan()
    walk(part, scan.started, scan.ended, scan.text)
    return scan.told


class _Texts:
    """Walks the shared texts. What stands above a text to tell how it is spoken (`rPh`) is no part of it."""

    def __init__(self) -> None:
        self.kept: dict[int, list[Run]] = {}
        self.count, self.font = 0, ""
        self.is_text = self.is_spoken = False

    def started(self, name: str, attributes: Attributes) -> None:
        self.is_spoken = self.is_spoken or name == "rPh"
        self.is_text = name == "t" and not self.is_spoken
        if name == "r":
            self.font = ""
            self.kept.setdefault(self.count, [])
        elif name == "rFont":
            self.font = attributes.get("val", "")

    def ended(self, name: str) -> None:
        self.is_text = False
        if name == "rPh":
            self.is_spoken = False
        elif name == "si":
            self.count += 1
        if self.count > MOST_STRINGS:
            raise Refused("cells")

    def text(self, piece: str) -> None:
        if self.is_text and self.count in self.kept:
            self.kept[self.count].append(Run(self.font, piece))


class _Scan:
    """Walks the cells of a worksheet. A cell without an address stands right of the one before."""

    def __init__(self) -> None:
        self.told = Told()
        self.row = self.column = self.count = 0
        self.style, self.kind, self.value, self.font = 0, "", "", ""
        self.pieces: list[Run] = []
        self.is_value = self.is_formula = False

    def started(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            self.row = _number(attributes.get("r")) or self.row + 1
            self.column = 0
        elif name == "c":
            place = _ADDRESS.fullmatch(attributes.get("r", ""))
            self.column = column_of(place[1]) if place else self.column + 1
            self.row = int(place[2]) if place else self.row
            self.style, self.kind = _number(attributes.get("s")), attributes.get("t", "")
            self.value, self.font, self.pieces, self.is_formula = "", "", [], False
        elif name == "f":
            self.is_formula = True
        elif name == "r":  # a piece of a text that stands in the cell itself
            self.font = ""
        elif name == "rFont":
            self.font = attributes.get("val", "")
        self.is_value = name in ("v", "t")

    def text(self, piece: str) -> None:
        if (
            self.is_value and len(self.value) < 20
        ):  # enough to know that there is one, and its number
            self.value += piece
        if self.is_value and self.kind == "inlineStr":
            self.pieces.append(Run(self.font, piece))

    def ended(self, name: str) -> None:
        self.is_value = False
        if name != "c" or not (self.value.strip() or self.is_formula):
            return
        self.count += 1
        address = address_of(self.row, self.column)
        if self.row > MOST_ROWS or self.column > MOST_COLUMNS:
            raise Refused("far", address)
        if self.count > MOST_CELLS:
            raise Refused("cells")
        self.told.styles[address] = self.style
        if self.kind == "s":
            self.told.texts[address] = _number(self.value)
        elif any(piece.font for piece in self.pieces):
            self.told.pieces[address] = self.pieces
        if not self.value.strip():
            self.told.unworked.append(address)


def column_of(letters: str) -> int:
    """`A` is 1, `AA` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def address_of(row: int, column: int) -> str:
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def _doctype(*_said: object) -> None:
    raise Refused("dtd")


def _kinds(_name: str, attributes: Attributes) -> None:
    kind = attributes.get("ContentType", "")
    if any(each in kind for each in _MACROS):
        raise Refused("macros")
    if any(each in kind for each in _LINKS):
        raise Refused("links")


def _relations(_name: str, attributes: Attributes) -> None:
    kind = attributes.get("Type", "")
    if any(each in kind for each in _MACROS):
        raise Refused("macros")
    if any(kind.endswith(each) for each in _EMBEDDED):
        raise Refused("nested")
    # An address that somebody typed becomes a link of its own; it leads nowhere here.
    is_elsewhere = attributes.get("TargetMode") == "External" and not kind.endswith("/hyperlink")
    if is_elsewhere or any(each in kind for each in _LINKS):
        raise Refused("links")


def _path(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def _number(said: str | None) -> int:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 8 else 0
