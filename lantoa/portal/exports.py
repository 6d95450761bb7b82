"""Files of rows: Parquet with its types, and CSV that a spreadsheet may open without running anything, and that holds exactly the rows that were asked for."""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.parquet as pq
from django.http import HttpResponse, StreamingHttpResponse

# What a spreadsheet takes for a formula when a cell begins with it; also in full width, and after blanks.
DANGEROUS = tuple("=+-@\t\r\n＝＋－＠|%")
Row = Sequence[str | int | None]
BOM = "\ufeff"  # so that Excel reads Vietnamese letters


class RowsLostError(RuntimeError):
    """The export does not hold what was asked for: better no file than a wrong one."""


def safe(cell: str | int | None) -> str | int:
    """A number stays a number; a text that could start a formula gets an apostrophe before it."""
    if cell is None:
        return ""
    if isinstance(cell, int):
        return cell
    starts_dangerously = cell.lstrip(" \u00a0\u3000").startswith(DANGEROUS) or cell[:1] in "\t\r\n"
    return f"'{cell}" if cell and starts_dangerously else cell


def csv_file(
    name: str, head: Sequence[str], rows: Iterable[Row], *, count: int
) -> StreamingHttpResponse:
    """A CSV answer of exactly `count` rows under a heading.

    Raises:
        RowsLostError: while sending, when there are more or fewer rows: the transfer breaks off.
    """
    response = StreamingHttpResponse(
        _lines(head, rows, count), content_type="text/csv; charset=utf-8"
    )
    return named(response, name)


def parquet_file(
    name: str,
    head: Sequence[str],
    rows: Sequence[Row],
    *,
    texts: Collection[str],
    notes: Mapping[str, str],
) -> HttpResponse:
    """A Parquet answer: columns of text or of whole numbers, an unknown value null; `notes` go into the file itself."""
    columns = {
        word: pa.array(
            [_typed(row[at], is_text=word in texts) for row in rows],
            pa.string() if word in texts else pa.int64(),
        )
        for at, word in enumerate(head)
    }
    kept = {each: said for each, said in notes.items() if said}
    out = io.BytesIO()
    pq.write_table(pa.table(columns, metadata=kept), out, compression="zstd")
    response = HttpResponse(out.getvalue(), content_type="application/vnd.apache.parquet")
    named(response, name)
    return response


def _typed(cell: str | int | None, *, is_text: bool) -> str | int | None:
    """A blank box of numbers is nothing; a text stays as it is: no program reads a formula out of this file."""
    if is_text:
        return "" if cell is None else str(cell)
    return None if cell in (None, "") else int(cell)


def named(response: HttpResponse | StreamingHttpResponse, name: str) -> StreamingHttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]


def _lines(head: Sequence[str], rows: Iterable[Row], count: int) -> Iterator[str]:
    yield BOM + line(head)
    sent = 0
    for row in rows:
        sent += 1
        yield line([safe(cell) for cell in row])
    if sent != count:
        raise RowsLostError(f"{sent} rows instead of {count}")


def line(cells: Sequence[str | int]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()
