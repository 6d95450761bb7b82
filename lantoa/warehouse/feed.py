"""The ledger as Arrow tables, a stretch of entry numbers at a time.

Pages are cut by entry number and not by a cursor held open, so a reader never keeps a transaction, and a page is
the same on both databases.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
from django.db import connection

ROWS_A_PAGE = 50_000

ENTRIES = pa.schema(
    [
        pa.field("entry", pa.int64(), nullable=False),
        pa.field("measure", pa.int64(), nullable=False),
        pa.field("unit", pa.int64(), nullable=False),
        pa.field("day", pa.date32(), nullable=False),
        # Whole, so that a sum is the same in any order and on any engine.
        pa.field("value", pa.int64(), nullable=False),
        pa.field("source_kind", pa.string(), nullable=False),
        pa.field("source_id", pa.int64(), nullable=False),
        pa.field("recorded_at", pa.timestamp("us", tz="UTC"), nullable=False),
        pa.field("recorded_by", pa.int64(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
    ]
)
FACTS = ("entry", "measure", "unit", "day", "value")

_SAME = {
    "entry": "id",
    "measure": "measure_id",
    "unit": "unit_id",
    "value": "value",
    "source_kind": "source_kind",
    "source_id": "source_id",
    "recorded_by": "recorded_by_id",
    "reason": "reason",
}
# Days and moments leave the database as bytes (SQLite keeps them as text) or as numbers, and Arrow reads them:
# a million of them through Python's dates would cost more than everything else together. Bytes, because a text
# with a broken letter would stop the whole page, and here only its own row is to be named.
_COLUMNS = {
    "sqlite": {
        **_SAME,
        "source_kind": "CAST(source_kind AS BLOB)",
        "reason": "CAST(reason AS BLOB)",
        "day": 'CAST("date" AS BLOB)',
        "recorded_at": "CAST(recorded_at AS BLOB)",
    },
    "postgresql": {
        **_SAME,
        "day": "(\"date\" - DATE '1970-01-01')",
        "recorded_at": "CAST(EXTRACT(EPOCH FROM recorded_at) * 1000000 AS bigint)",
    },
}
_RAW = {
    "sqlite": dict.fromkeys(("source_kind", "reason", "day", "recorded_at"), pa.binary()),
    "postgresql": {"day": pa.int32(), "recorded_at": pa.int64()},
}


class UnreadableEntryError(ValueError):
    """The database holds something that is no entry: a text for a number, no day at all."""

    def __init__(self, entry: int) -> None:
        super().__init__(f"entry {entry} is not readable")
        self.entry = entry


def pages(
    *, after: int, upto: int | None = None, columns: Sequence[str] = ENTRIES.names
) -> Iterator[list[tuple[Any, ...]]]:
    """Rows of the ledger as the database gives them, in the order of their entry numbers.

    Args:
        after: the entry number before the first one wanted.
        upto: the last one wanted; without it, all there are.
        columns: names of `ENTRIES`; the first must be `entry`.

    Returns:
        Lists of at most `ROWS_A_PAGE` rows, one value a column.
    """
    # The names come from the fixed list above; every value is a parameter.
    chosen = ", ".join(_COLUMNS[connection.vendor][name] for name in columns)
    limit = "" if upto is None else " AND id <= %s"
    asked = (
        f"SELECT {chosen} FROM ledger_entry WHERE id > %s{limit} "  # noqa: S608
        f"ORDER BY id LIMIT {ROWS_A_PAGE}"
    )
    while True:
        with connection.cursor() as cursor:
            cursor.execute(asked, [after] if upto is None else [after, upto])
            rows = cursor.fetchall()
        if not rows:
            return
        yield rows
        after = rows[-1][0]


def table(rows: Sequence[tuple[Any, ...]], columns: Sequence[str] = ENTRIES.names) -> pa.Table:
    """Rows of `pages` as an Arrow table of `ENTRIES`' types, without a null.

    Raises:
        UnreadableEntryError: the first row that is no entry.
    """
    try:
        made = _table(rows, columns)
    except (pa.ArrowException, TypeError, ValueError, OverflowError) as fault:
        raise UnreadableEntryError(_first_unreadable(rows, columns)) from fault
    return made


def _first_unreadable(rows: Sequence[tuple[Any, ...]], columns: Sequence[str]) -> int:
    for row in rows:
        try:
            _table([row], columns)
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            return int(row[0])
    return int(rows[0][0])


def _table(rows: Sequence[tuple[Any, ...]], columns: Sequence[str]) -> pa.Table:
    raw = _RAW[connection.vendor]
    kept = zip(*rows, strict=True) if rows else [[] for _ in columns]
    arrays = []
    for name, values in zip(columns, kept, strict=True):
        wanted = ENTRIES.field(name).type
        array = pa.array(values, type=raw.get(name, wanted))
        if array.null_count:
            raise ValueError(name)
        arrays.append(_cast(array, wanted))
    return pa.table(arrays, schema=pa.schema([ENTRIES.field(name) for name in columns]))


def _cast(array: pa.Array, wanted: pa.DataType) -> pa.Array:
    if array.type == wanted:
        return array
    if pa.types.is_binary(array.type):
        array = array.cast(pa.string())
        if pa.types.is_timestamp(wanted):
            # SQLite keeps moments in UTC without saying so.
            array = array.cast(pa.timestamp("us"))
    return array.cast(wanted)


def newest() -> int:
    """The highest entry number there is; 0 in an empty ledger."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(id) FROM ledger_entry")
        return int(cursor.fetchone()[0] or 0)
