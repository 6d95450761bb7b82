"""A list as an Excel workbook: numbers are numbers, texts are texts, and nothing in it is a formula."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.http import HttpResponse

from lantoa.desk.csvs import Cell

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NARROWEST, WIDEST = 8, 60  # letters a column


def workbook(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """One sheet, its first row the heading, which stays in sight and can be filtered by."""
    out, told = io.BytesIO(), [list(row) for row in rows]
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {"in_memory": True, **plain}) as book:
        sheet = book.add_worksheet()
        bold, whole = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
        for column, words in enumerate(head):
            sheet.write_string(0, column, words, bold)
            longest = max((len(str(row[column] or "")) for row in told), default=0)
            width = min(max(len(words), longest, NARROWEST), WIDEST)
            sheet.set_column(column, column, width)
        for down, row in enumerate(told, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(down, column, cell, whole)
                elif cell:
                    sheet.write_string(down, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(told), 1), max(len(head) - 1, 0))
    response = HttpResponse(out.getvalue(), content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
