"""Rows of a file that people made, and what is wrong with them: everything at once, each with its line and column.

CSV as spreadsheets write it: UTF-8 or UTF-16, with or without a byte order mark, parted by commas, semicolons or tabs.
"""

import codecs
import csv
import io
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import NamedTuple

from lantoa.lib import text
from lantoa.lib.errors import LantoaError

DELIMITERS = ",;\t"
_BOMS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


class Problem(NamedTuple):
    """What is wrong in one cell: the line of the file (its first is 1), the column as the file calls it, and why."""

    line: int
    column: str
    vi: str
    en: str


class UnreadableFileError(LantoaError):
    """The file as a whole cannot be read, so that no row of it was looked at."""


class Row(NamedTuple):
    """A row by the names of the columns, in NFC; an empty cell is an empty text."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """What a file holds. `headings` gives back what the file itself calls a column.

    `notes` are told too, but keep nothing from being loaded.
    """

    rows: list[Row]
    delimiter: str
    headings: dict[str, str]
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


def read_csv(
    content: bytes, *, name_of: Callable[[str], str | None], needed: Collection[str]
) -> Table:
    """Read a file's rows.

    Args:
        name_of: the name of the column that a heading means; None when it means none.
        needed: names of columns that must be there.

    Raises:
        UnreadableFileError: not text, no heading, a needed column is missing.
    """
    typed = _decoded(content)
    decoded = text.nfc(typed)
    delimiter = _delimiter(decoded)
    lines = _lines(decoded, delimiter)
    if not lines:
        raise UnreadableFileError(
            vi="Tệp không có dòng nào. Dòng đầu phải ghi tên các cột.",
            en="The file has no rows. Its first row must name the columns.",
        )
    (first, headings), *rest = lines
    problems: list[Problem] = []
    names = _names(first, headings, name_of, problems)
    _refuse_missing(needed, names)
    rows = [_row(line, cells, names, problems) for line, cells in rest if any(cells)]
    named = {name: heading for name, heading in zip(names, headings, strict=True) if name}
    return Table(rows, delimiter, named, problems, _notes(typed))


def _decoded(content: bytes) -> str:
    encoding = next((each for bom, each in _BOMS.items() if content.startswith(bom)), "utf-8")
    try:
        decoded = content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableFileError(
            vi=f"Dòng {line} không phải chữ Unicode (có thể là TCVN3, VNI hoặc mã cũ). "
            "Hãy mở bằng bảng tính rồi lưu thành “CSV UTF-8”.",
            en=f"Line {line} is not Unicode (perhaps TCVN3, VNI or another old code). "
            "Open it in a spreadsheet and save it as “CSV UTF-8”.",
        ) from error
    if "\0" in decoded:
        raise UnreadableFileError(
            vi="Tệp này không phải tệp chữ. Hãy lưu bảng tính thành “CSV UTF-8”.",
            en="This is not a text file. Save the spreadsheet as “CSV UTF-8”.",
        )
    return decoded


def _notes(typed: str) -> list[Problem]:
    """Letters whose marks stand apart look the same and are mended; whoever made the file is told once."""
    apart = [n for n, line in enumerate(typed.splitlines(), 1) if line != text.nfc(line)]
    if not apart:
        return []
    return [
        Problem(
            apart[0],
            "",
            f"Từ đây có {len(apart)} dòng gõ dấu rời khỏi chữ (Unicode tổ hợp, NFD). Đã đổi sang chữ dựng sẵn; "
            "không phải sửa gì.",
            f"From here on {len(apart)} lines have marks apart from their letters (NFD). They were composed; "
            "nothing needs mending.",
        )
    ]


def _delimiter(decoded: str) -> str:
    heading = next((line for line in decoded.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=heading.count)


def _lines(decoded: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """Rows with the line on which each begins: a quoted cell may run over several."""
    reader = csv.reader(io.StringIO(decoded, newline=""), delimiter=delimiter, strict=True)
    lines, begins = [], 1
    try:
        for cells in reader:
            if any(each.strip() for each in cells):
                lines.append((begins, [_trimmed(each) for each in cells]))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFileError(
            vi=f"Dòng {begins}: dấu nháy kép không đóng, hoặc một ô quá dài. Hãy sửa dòng này.",
            en=f"Line {begins}: a quotation mark is left open, or a cell is too long. Mend this line.",
        ) from error
    return lines


def _trimmed(cell: str) -> str:
    return cell.replace("\u00a0", " ").replace("\u202f", " ").strip()


def _names(
    line: int, headings: list[str], name_of: Callable[[str], str | None], problems: list[Problem]
) -> list[str | None]:
    """A column that means nothing is told, not passed over: a slip in a heading would lose its numbers."""
    names: list[str | None] = []
    for heading in headings:
        name = name_of(heading)
        if name is None and heading:
            problems.append(
                Problem(
                    line,
                    heading,
                    f"Không có cột nào tên “{heading}”. Hãy sửa tên cột, hoặc bỏ cột này.",
                    f"There is no column “{heading}”. Mend its name, or take the column out.",
                )
            )
        elif name is not None and name in names:
            raise UnreadableFileError(
                vi=f"Cột “{heading}” có hai lần. Hãy bỏ một cột.",
                en=f"The column “{heading}” is there twice. Take one out.",
            )
        names.append(name)
    return names


def _refuse_missing(needed: Collection[str], names: list[str | None]) -> None:
    missing = ", ".join(f"“{name}”" for name in needed if name not in names)
    if missing:
        raise UnreadableFileError(
            vi=f"Thiếu cột {missing}. Dòng đầu phải ghi tên các cột.",
            en=f"The column {missing} is missing. The first row must name the columns.",
        )


def _row(line: int, cells: list[str], names: list[str | None], problems: list[Problem]) -> Row:
    if any(cells[len(names) :]):
        problems.append(
            Problem(
                line,
                "",
                f"Dòng có {len(cells)} ô mà chỉ có {len(names)} cột. Ô có dấu phân cách phải đặt trong "
                "dấu nháy kép.",
                f"The row has {len(cells)} cells for {len(names)} columns. A cell that holds the "
                "delimiter must stand in quotation marks.",
            )
        )
    padded = cells + [""] * (len(names) - len(cells))
    return Row(line, {name: cell for name, cell in zip(names, padded, strict=False) if name})
