"""A list as a CSV file that a spreadsheet may open without running anything."""

import csv
import io
from collections.abc import Iterable, Sequence

from django.http import HttpResponse

BOM = "\ufeff"  # so that Excel reads Vietnamese letters
# What a spreadsheet takes for a formula when a cell begins with it; also in full width.
DANGEROUS = tuple("=+-@\t\r\n＝＋－＠|%")

Cell = str | int | None


def csv_file(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """The whole list, whatever page of it was looked at."""
    out = io.StringIO()
    out.write(BOM)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _safe(cell: Cell) -> str | int:
    if cell is None or isinstance(cell, int):
        return "" if cell is None else cell
    return f"'{cell}" if cell.lstrip(" \u00a0\u3000").startswith(DANGEROUS) else cell
