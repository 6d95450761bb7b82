"""What one may ask the ledger."""

import datetime as dt
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db import connection
from django.db.models import Max, QuerySet

from lantoa.ledger import locks
from lantoa.ledger.models import Entry

Source = tuple[str, int]
Fact4 = tuple[int, int, int, int]

# Below SQLite's 999 parameters a statement.
IDS_A_QUERY = 500

DAY_NUMBER = {
    # Both are whole and exact: midnight is half a Julian day.
    "sqlite": "CAST(julianday(date) - 2440587.5 AS INTEGER)",
    "postgresql": "date - DATE '1970-01-01'",
}


class Cell(NamedTuple):
    """Where a value lies: one measure, one unit, one day."""

    measure_id: int
    unit_id: int
    date: dt.date


class SourceRow(NamedTuple):
    """A record behind a figure, as a door shows it. Each room gives its own: `rows_for(source_ids)`."""

    source_id: int
    date: dt.date
    unit_id: int
    unit: str
    kind_vi: str
    kind_en: str
    title: str
    is_withdrawn: bool


def position() -> int:
    """Where the ledger stands: no entry with this number or a lower one can still appear.

    It waits for postings in flight. Ask before you post in the same transaction: two that have posted and then both ask
    would wait for each other.

    Returns:
        The highest entry number, 0 for an empty ledger.
    """
    with locks.nothing_in_flight():
        return Entry.objects.aggregate(last=Max("pk"))["last"] or 0


def entries_as_of(position: int) -> QuerySet[Entry]:
    """The ledger as it read when it stood at `position`."""
    return Entry.objects.filter(pk__lte=position)


def said_by(source_kind: str, source_id: int) -> dict[Cell, int]:
    """What a source's entries add up to; cells that add up to nothing are left out."""
    return said_by_many([(source_kind, source_id)])[source_kind, source_id]


def said_by_many(sources: Iterable[Source]) -> dict[Source, dict[Cell, int]]:
    """What each source's entries add up to, in one query for every 500 sources of a kind.

    Added in Python: SQLite refuses a sum whose halfway house does not fit in 64 bits, even if the sum does.
    """
    by_kind: dict[str, list[int]] = defaultdict(list)
    sums: dict[Source, dict[Cell, int]] = {}
    for kind, number in sources:
        by_kind[kind].append(number)
        sums[kind, number] = defaultdict(int)
    for kind, numbers in by_kind.items():
        for start in range(0, len(numbers), IDS_A_QUERY):
            rows = Entry.objects.filter(
                source_kind=kind, source_id__in=numbers[start : start + IDS_A_QUERY]
            ).values_list("source_id", "measure_id", "unit_id", "date", "value")
            for number, measure, unit, date, value in rows.iterator():
                sums[kind, number][Cell(measure, unit, date)] += value
    return {
        source: {cell: value for cell, value in cells.items() if value}
        for source, cells in sums.items()
    }


def facts_after(
    entry_id: int, *, up_to: int | None = None, batch: int = 50_000
) -> Iterator[list[Fact4]]:
    """The entries numbered above `entry_id`, as plain rows, for the columnar store.

    Args:
        up_to: the last entry number wanted (a `position()`); all of them if not given.
        batch: rows in each list.

    Returns:
        Lists of (measure id, unit id, day, value), by entry number. Days count from 1970-01-01.
    """
    day = DAY_NUMBER[connection.vendor]
    statement = f"SELECT measure_id, unit_id, {day}, value FROM ledger_entry WHERE id > %s"  # noqa: S608 a constant
    parameters = [entry_id]
    if up_to is not None:
        statement += " AND id <= %s"
        parameters.append(up_to)
    # Django's cursor on the server's side, so that a country does not come in one piece.
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement + " ORDER BY id", parameters)
        while rows := cursor.fetchmany(batch):
            yield rows


def sources_of(entries: QuerySet[Entry]) -> dict[str, list[int]]:
    """The sources behind some entries: source ids by source kind, for the rooms' `rows_for`."""
    pairs = entries.order_by("source_kind", "source_id").values_list("source_kind", "source_id")
    by_kind = itertools.groupby(pairs.distinct(), key=lambda pair: pair[0])
    return {kind: [number for _, number in pairs] for kind, pairs in by_kind}
