"""A paper's tables as a workbook: a sheet a table, then every figure with its source.

Text is always a string and never a formula; numbers are numbers; rows in are rows out, or it fails.

Source:
    DOMAIN.md, A5.6; RELIABILITY.md, D8 and F19; DEPENDENCIES.md, 7 "Documents".
"""

import datetime as dt
import io
from collections.abc import Sequence
from itertools import groupby
from textwrap import wrap
from typing import Any

import xlsxwriter

from lantoa.lib.errors import LantoaError
from lantoa.lib.text import nfc
from lantoa.reports.paper import Cell, Paper, Table
from lantoa.reports.wording import (
    ORDINAL,
    SOURCE_HEADS,
    SOURCES_TITLE,
    answers_lines,
    appendix_name,
    note_head,
    row_head,
    seal_lines,
    source_texts,
    sources_intro,
)

CODE = "Mã"
FONT = "Times New Roman"
# A workbook keeps numbers as doubles and shows fifteen digits: a longer one goes in as text, whole.
LONGEST_NUMBER = 10**15
LAST_ROW = 1_048_575
_SHADE = "#EDEBE3"
_A4 = 9
_LINE = 16  # points
# So many rows still read well on one page, with their notes.
_ONE_PAGE = 30
_LABEL_WIDTH, _FIGURE_WIDTH = 36, 11  # letters
_SOURCE_WIDTHS = (5, 11, 36, 44, 15, 20, 26)
# Letters of prose are narrower than the digits by which a workbook measures its columns.
_PROSE = 1.15


class LostRowsError(LantoaError):
    """Fewer rows would come out than went in."""


def render(paper: Paper) -> bytes:
    """Draw a paper's tables and sources as .xlsx.

    Raises:
        LostRowsError: a table does not fit in a sheet.
    """
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(
        saved, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    moment = dt.datetime.combine(paper.head.date, dt.time())
    book.set_properties(
        {
            "title": paper.title,
            "author": " ".join(paper.head.issuer),
            "created": moment,
            "comments": paper.notice,
        }
    )
    looks = _looks(book)
    for table in paper.tables:
        _table_sheet(book, paper, table, looks)
    _source_sheet(book, paper, looks)
    book.close()
    return saved.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    plain = {"font_name": FONT, "font_size": 12, "valign": "vcenter"}
    boxed = {**plain, "border": 1}
    text = {**boxed, "quote_prefix": True, "num_format": "@", "text_wrap": True}
    made = {
        "title": {**plain, "bold": True, "font_size": 14, "align": "center", "quote_prefix": True},
        "subtitle": {
            **plain,
            "align": "center",
            "italic": True,
            "quote_prefix": True,
            "text_wrap": True,
        },
        "note": {**plain, "italic": True, "quote_prefix": True, "text_wrap": True},
        "head": {**text, "bold": True, "align": "center", "bg_color": _SHADE},
        "text": {**text, "indent": 1},
        "text-total": {**text, "bold": True, "indent": 1},
        "centre": {**text, "align": "center"},
    }
    for places in range(3):
        zeros = "." + "0" * places if places else ""
        for suffix in ("", "%"):
            number = {
                **boxed,
                "indent": 1,
                "align": "right",
                "num_format": ("0" if suffix else "#,##0") + zeros + suffix,
            }
            made[f"{places}{suffix}"] = number
            made[f"{places}{suffix}-total"] = {**number, "bold": True}
    return {name: book.add_format(look) for name, look in made.items()}


def _table_sheet(book: Any, paper: Paper, table: Table, looks: dict[str, Any]) -> None:
    sheet = book.add_worksheet(appendix_name(table, paper))
    last = 2 + len(table.columns) + table.has_notes
    heading = f"{appendix_name(table, paper)}. {table.title}"
    first = _titles(sheet, (heading, paper.head.abstract), last, looks)
    depth = _heads(sheet, table, first, looks)
    top = first + depth
    _check_room(table.title, top + len(table.rows))
    ordinal = 0
    for place, line in enumerate(table.rows):
        ordinal += line.kind == "unit"
        total = "-total" if line.kind == "total" else ""
        at = top + place
        _set_height(sheet, at, [line.label, line.note], [_LABEL_WIDTH, _FIGURE_WIDTH])
        sheet.write_string(at, 0, str(ordinal) if line.kind == "unit" else "", looks["centre"])
        sheet.write_string(at, 1, nfc(line.code), looks["centre"])
        sheet.write_string(at, 2, nfc(line.label), looks[f"text{total}"])
        for shift, cell in enumerate(line.cells):
            _write(sheet, at, 3 + shift, cell, total, looks)
        if table.has_notes:
            sheet.write_string(at, last, nfc(line.note), looks["text"])
    sheet.set_column(0, 0, 5)
    sheet.set_column(1, 1, 8)
    sheet.set_column(2, 2, _LABEL_WIDTH)
    sheet.set_column(3, last, _FIGURE_WIDTH)
    note_width = _LABEL_WIDTH if table.note_head else _FIGURE_WIDTH
    if table.has_notes:
        sheet.set_column(last, last, note_width)
    is_short = len(table.rows) <= _ONE_PAGE
    _print_setup(sheet, first, top, frozen_columns=3, pages=1 if is_short else 0)
    notes = [note for note in (table.note, paper.notice) if note]
    _notes(sheet, top + len(table.rows) + 1, notes, last, looks)


def _titles(sheet: Any, lines: Sequence[str], last: int, looks: dict[str, Any]) -> int:
    for place, line in enumerate(lines):
        sheet.merge_range(place, 0, place, last, "", looks["title"])
        sheet.write_string(place, 0, nfc(line), looks["title" if place == 0 else "subtitle"])
    return len(lines) + 1


def _heads(sheet: Any, table: Table, first: int, looks: dict[str, Any]) -> int:
    """Write one head row, or two where columns have groups; tell how many."""
    depth = 2 if any(column.group for column in table.columns) else 1
    titles = [column.title for column in table.columns]
    _set_height(sheet, first + depth - 1, titles, [_FIGURE_WIDTH] * len(titles))
    fixed = [(0, ORDINAL), (1, CODE), (2, row_head(table))]
    if table.has_notes:
        fixed.append((3 + len(table.columns), note_head(table)))
    fixed += [
        (3 + place, column.title) for place, column in enumerate(table.columns) if not column.group
    ]
    for at, words in fixed:
        _spread(sheet, (first, at, first + depth - 1, at), words, looks)
    at = 3
    for group, within in groupby(table.columns, key=lambda column: column.group):
        columns = list(within)
        if group:
            _spread(sheet, (first, at, first, at + len(columns) - 1), group, looks)
            for place, column in enumerate(columns):
                _spread(sheet, (first + 1, at + place, first + 1, at + place), column.title, looks)
        at += len(columns)
    return depth


def _spread(sheet: Any, area: tuple[int, int, int, int], words: str, looks: dict[str, Any]) -> None:
    top, left, bottom, right = area
    if (top, left) != (bottom, right):
        sheet.merge_range(top, left, bottom, right, "", looks["head"])
    sheet.write_string(top, left, nfc(words), looks["head"])


def _write(sheet: Any, at: int, column: int, cell: Cell, total: str, looks: dict[str, Any]) -> None:
    """A number as a number; nothing as the dash it is printed as; too long a number as text, whole."""
    if cell.value is None or abs(cell.value) >= LONGEST_NUMBER:
        sheet.write_string(at, column, cell.text, looks["centre"])
        return
    scale = 10 ** (cell.places + (2 if cell.suffix == "%" else 0))
    shown = cell.value / scale if scale > 1 else cell.value
    sheet.write_number(at, column, shown, looks[f"{cell.places}{cell.suffix}{total}"])


def _source_sheet(book: Any, paper: Paper, looks: dict[str, Any]) -> None:
    sheet = book.add_worksheet("Nguồn")
    last = len(SOURCE_HEADS) - 1
    # The seal above the table: below it, it would now and then stand on a page alone.
    said = (sources_intro(paper), *answers_lines(paper), *seal_lines(paper))
    lines = [SOURCES_TITLE.upper(), *(line for line in said if line)]
    first = _titles(sheet, lines, last, looks)
    for place, line in enumerate(lines[1:], start=1):
        _set_height(sheet, place, [line], [sum(_SOURCE_WIDTHS)])
    for place, head in enumerate(SOURCE_HEADS):
        sheet.write_string(first, place, head, looks["head"])
    top = first + 1
    _check_room(SOURCES_TITLE, top + len(paper.sources))
    for shift, source in enumerate(paper.sources):
        _set_height(sheet, top + shift, source_texts(source, paper), _SOURCE_WIDTHS)
        for place, text in enumerate(source_texts(source, paper)):
            if place == 1:
                _write(sheet, top + shift, place, source.cell, "", looks)
            else:
                sheet.write_string(top + shift, place, nfc(text), looks["text"])
    for place, width in enumerate(_SOURCE_WIDTHS):
        sheet.set_column(place, place, width)
    _print_setup(sheet, first, top, frozen_columns=2, pages=0)
    counts = [f"{appendix_name(table, paper)}: {len(table.rows)} dòng" for table in paper.tables]
    notes = (
        f"{'; '.join(counts)}.",
        *([paper.notice] if paper.notice else []),
    )
    _notes(sheet, top + len(paper.sources) + 1, notes, last, looks)


def _set_height(sheet: Any, at: int, texts: Sequence[str], widths: Sequence[int]) -> None:
    """As high as the longest text needs: not every program does that by itself."""
    lines = max(
        len(wrap(text, int(width * _PROSE))) for text, width in zip(texts, widths, strict=True)
    )
    sheet.set_row(at, _LINE * max(1, lines))


def _notes(sheet: Any, at: int, notes: Any, last: int, looks: dict[str, Any]) -> None:
    for shift, note in enumerate(notes):
        sheet.merge_range(at + shift, 0, at + shift, last, "", looks["note"])
        _set_height(sheet, at + shift, [note], [_LABEL_WIDTH + _FIGURE_WIDTH * last])
        sheet.write_string(at + shift, 0, nfc(note), looks["note"])


def _print_setup(sheet: Any, first: int, top: int, *, frozen_columns: int, pages: int) -> None:
    """A4, as wide as the page and on so many of them (0: as many as it takes), head rows repeated and frozen."""
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, pages)
    sheet.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
    sheet.repeat_rows(first, top - 1)
    sheet.freeze_panes(top, frozen_columns)
    sheet.set_footer('&C&"Times New Roman"&10&P/&N')


def _check_room(title: str, last: int) -> None:
    if last > LAST_ROW:
        raise LostRowsError(
            vi=f"Bảng “{title}” có nhiều dòng hơn một trang tính chứa được. Chọn phạm vi hẹp hơn.",
            en=f"The table “{title}” has more rows than a sheet holds. Choose a narrower scope.",
        )
