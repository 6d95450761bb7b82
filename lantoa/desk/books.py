"""A list as a workbook: text stays text and is never a formula, numbers are numbers, the head is repeated on paper (A5.6)."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.http import HttpResponse

from lantoa.desk.csvs import Cell
from lantoa.lib.text import nfc

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FONT, A4, WIDEST = "Times New Roman", 9, 48
# Nothing a person typed becomes a link, a formula or a number.
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def workbook(
    name: str,
    head: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    title: str = "",
    notes: Sequence[str] = (),
) -> HttpResponse:
    """The whole list, whatever page of it was looked at. A title stands above its head, `notes` below it."""
    found, top = [list(row) for row in rows], 2 if title else 0
    saved = io.BytesIO()
    with xlsxwriter.Workbook(saved, PLAIN) as book:
        looks, sheet = _looks(book), book.add_worksheet()
        if title:
            sheet.write_string(0, 0, nfc(title), looks["title"])
        for place, word in enumerate(head):
            sheet.write_string(top, place, nfc(word), looks["head"])
            sheet.set_column(place, place, _width(word, [row[place] for row in found]))
        for at, row in enumerate(found, start=top + 1):
            for place, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(at, place, cell, looks["number"])
                elif cell:
                    sheet.write_string(at, place, nfc(cell), looks["text"])
                else:
                    sheet.write_blank(at, place, None, looks["text"])
        for shift, note in enumerate(notes):
            sheet.write_string(top + len(found) + 2 + shift, 0, nfc(note), looks["note"])
        sheet.autofilter(top, 0, top + max(len(found), 1), max(len(head) - 1, 0))
        _print_setup(sheet, top, len(head))
    response = HttpResponse(saved.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _looks(book: xlsxwriter.Workbook) -> dict[str, Any]:
    text: dict[str, Any] = {
        "text_wrap": True,
        "valign": "top",
        "num_format": "@",
        "quote_prefix": True,
    }
    said: dict[str, dict[str, Any]] = {
        "title": {"font_size": 14, "bold": True},
        "head": {"bold": True, "border": 1, "text_wrap": True, "bg_color": "#EDEBE3"},
        "text": {"border": 1, **text},
        "number": {"border": 1, "num_format": "#,##0"},
        "note": {"italic": True},
    }
    return {name: book.add_format({"font_name": FONT, **look}) for name, look in said.items()}


def _width(head: str, cells: Iterable[Cell]) -> int:
    return min(WIDEST, max(len(head), 8, *(len(str(cell or "")) for cell in cells)) + 2)


def _print_setup(sheet: object, top: int, columns: int) -> None:
    page: xlsxwriter.worksheet.Worksheet = sheet
    page.set_paper(A4)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(top)
    page.freeze_panes(top + 1, 1 if columns > 1 else 0)
    page.set_footer('&C&"Times New Roman"&10&P/&N')
