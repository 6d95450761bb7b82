"""The old kind of workbook, .xls: cells and their fonts. Read by xlrd, for calamine does not tell fonts, and these are the
files in which TCVN3 and VNI live on.
"""

import io
from typing import Any

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.compdoc import CompDocError

from lantoa.intake.parts import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    Run,
    address_of,
)
from lantoa.intake.refused import Refused

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_EMPTY = (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK)


def read(content: bytes) -> dict[str, dict[str, tuple[Any, list[Run]]]]:
    """By sheet and address: the value, and the pieces of a text with their fonts.

    Raises:
        Refused: encrypted, with macros, damaged, or too much in it.
    """
    if _ENCRYPTED_PACKAGE in content:
        raise Refused("encrypted")
    if _MACROS in content:
        raise Refused("macros")
    try:
        # xlrd tells its doubts to a file; to one in memory, for no other can be opened here.
        book = xlrd.open_workbook(
            file_contents=content, logfile=io.StringIO(), formatting_info=True, ragged_rows=True
        )
    except xlrd.XLRDError as error:
        raise Refused("encrypted" if "encrypt" in str(error).lower() else "damaged") from error
    except CompDocError as error:
        raise Refused("damaged") from error
    if book.nsheets > MOST_SHEETS:
        raise Refused("cells")
    return {sheet.name: _cells(book, sheet) for sheet in book.sheets()}


def _cells(book: Any, sheet: Any) -> dict[str, tuple[Any, list[Run]]]:
    found: dict[str, tuple[Any, list[Run]]] = {}
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            if cell.ctype in _EMPTY or cell.value == "":
                continue
            address = address_of(row + 1, column + 1)
            if row >= MOST_ROWS or column >= MOST_COLUMNS:
                raise Refused("far", address)
            if len(found) >= MOST_CELLS:
                raise Refused("cells")
            found[address] = _value(book, cell), _runs(book, sheet, row, column, cell)
    return found


def _value(book: Any, cell: Any) -> Any:
    match cell.ctype:
        case xlrd.XL_CELL_DATE:
            try:
                return xlrd.xldate_as_datetime(cell.value, book.datemode)
            except (ValueError, OverflowError):
                return str(cell.value)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_ERROR:
            return error_text_from_code.get(cell.value, "#")
    return cell.value


def _runs(book: Any, sheet: Any, row: int, column: int, cell: Any) -> list[Run]:
    if cell.ctype != xlrd.XL_CELL_TEXT:
        return []
    own = book.xf_list[cell.xf_index].font_index
    marks = [(0, own), *sheet.rich_text_runlist_map.get((row, column), [])]
    ends = [start for start, _font in marks[1:]] + [len(cell.value)]
    pieces = [
        Run(book.font_list[font].name, cell.value[start:end])
        for (start, font), end in zip(marks, ends, strict=True)
    ]
    return [piece for piece in pieces if piece.text]
