"""The ledger as columns in memory: sealed segments read once a process, and after that only the entries that are new.

A saved record is so in every figure above it at the next reading, and nothing is ever rebuilt. What is kept in common
is committed: inside a transaction the entries that may yet be taken back are added to a copy that the transaction
alone sees.
"""

import logging
import threading
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from django.db import connection
from django.db.models import Max

from lantoa.ledger import locks
from lantoa.rollup import arrays
from lantoa.warehouse import feed, segments
from lantoa.warehouse.models import Segment

log = logging.getLogger(__name__)

Span = tuple[int, int]
_MARK = (*feed.FACTS, "recorded_at")
_COLUMNS = ["measure", "unit", "day", "value"]
_PASTS_KEPT = 4


@dataclass(frozen=True, eq=False)
class Reading:
    """All entries up to a position, laid out for adding up.

    Attributes:
        position: the highest entry number in it; 0 for an empty ledger.
        mark: the row of that entry: if it is another one now, this is another ledger.
        gaps: entry numbers below the position that were not there, first and last, both included. On PostgreSQL
            they may still commit; they are looked for at every reading until nobody can be writing them.
    """

    layout: arrays.Layout
    position: int
    mark: tuple[Any, ...]
    gaps: tuple[Span, ...]


_guard = threading.RLock()
_common: dict[str, Reading] = {}
_pasts: OrderedDict[tuple[str, int], Reading] = OrderedDict()
_own = threading.local()


def now() -> Reading:
    """The ledger as it stands; one small query if nothing is new."""
    with _guard:
        before = _common.get(_database())
        if not connection.in_atomic_block:
            reading = _common[_database()] = _refreshed(before)
            return reading
    return _now_in_transaction(before)


def as_of(position: int) -> Reading:
    """The ledger as it stood at a `ledger.queries.position()`."""
    current = now()
    if position >= current.position and not current.gaps:
        return current
    key = (_database(), position)
    with _guard:
        found = _pasts.get(key)
        if found is None or found.mark != _mark(found.position):
            found = _from_start(upto=position)
            if not connection.in_atomic_block:
                _pasts[key] = found
        if key in _pasts:
            _pasts.move_to_end(key)
        while len(_pasts) > _PASTS_KEPT:
            _pasts.popitem(last=False)
    return found


def facts() -> pa.Table:
    """Every entry of the ledger as it stands: rows (measure, unit, day, value), the days as whole numbers."""
    sealed = [_sealed(segment) for segment in Segment.objects.order_by("number")]
    return pa.concat_tables([*(part.select(_COLUMNS) for part in sealed), unsealed()])


def unsealed() -> pa.Table:
    """The same of the entries that no segment holds yet."""
    done = Segment.objects.aggregate(last=Max("last_entry"))["last"] or 0
    return _table(feed.pages(after=done, columns=feed.FACTS)).select(_COLUMNS)


def is_settled() -> bool:
    """Whether every entry number given out so far is committed or never will be: nothing can still come in below the newest."""
    return _nobody_is_posting()


def forget() -> None:
    """Start over at the next reading."""
    with _guard:
        _common.clear()
        _pasts.clear()
        vars(_own).clear()


def _database() -> str:
    said = connection.settings_dict
    return "|".join(str(said.get(name, "")) for name in ("ENGINE", "HOST", "PORT", "NAME"))


def _now_in_transaction(committed: Reading | None) -> Reading:
    """With what this transaction has posted itself. A rollback of a block takes back what was read within it."""
    blocks = tuple(connection.atomic_blocks)
    kept_blocks, kept = getattr(_own, "kept", ((), None))
    if not kept_blocks or kept_blocks != blocks[: len(kept_blocks)]:
        kept = committed
    reading = _refreshed(kept)
    _own.kept = (blocks, reading)
    return reading


def _refreshed(before: Reading | None) -> Reading:
    if before is None:
        return _from_start()
    newest = feed.newest()
    if newest < before.position or _mark(before.position) != before.mark:
        return _from_start()
    if newest == before.position and not before.gaps:
        return before
    is_settled = _nobody_is_posting()
    pages = list(feed.pages(after=before.position, columns=feed.FACTS))
    late = _late(before.gaps)
    facts = _table([*pages, late])
    gaps = _gaps(before, facts["entry"].to_numpy())
    if is_settled:
        gaps = [gap for gap in gaps if gap[1] > newest]
    return _reading(_with(before.layout, facts), max(newest, _last(pages)), gaps)


def _from_start(upto: int | None = None) -> Reading:
    newest, is_settled = feed.newest(), _nobody_is_posting()
    sealed = Segment.objects.order_by("number")
    if upto is not None:
        sealed = sealed.filter(last_entry__lte=upto)
    parts = [_sealed(segment) for segment in sealed]
    done = max((segment.last_entry for segment in sealed), default=0)
    pages = list(feed.pages(after=done, upto=upto, columns=feed.FACTS))
    tail = _table(pages)
    facts = pa.concat_tables([*parts, tail])
    laid = arrays.layout(*(facts[name] for name in _COLUMNS))
    # What is sealed is complete: nobody was posting then.
    gaps = _missing(done, tail["entry"].to_numpy())
    if is_settled or upto is not None:
        gaps = [gap for gap in gaps if gap[1] > newest]
    return _reading(laid, max(done, _last(pages)), gaps)


def _reading(layout: arrays.Layout, position: int, gaps: Iterable[Span]) -> Reading:
    kept = tuple(gaps) if connection.vendor == "postgresql" else ()
    return Reading(layout, position, _mark(position), kept)


def _with(layout: arrays.Layout, facts: pa.Table) -> arrays.Layout:
    if not facts.num_rows:
        return layout
    return arrays.appended(layout, *(facts[name] for name in _COLUMNS))


def _sealed(segment: Segment) -> pa.Table:
    """The facts of a segment. If its file is not what was sealed, the ledger itself is read, and `verify` will say more."""
    path = segments.path_of(segment.number)
    try:
        if segments.hashed(path) == segment.sha256:
            return _whole(segments.read(path, columns=list(feed.FACTS)))
        log.error("%s is not what was sealed: reading the ledger instead", path.name)
    except OSError:
        log.exception("%s is not there: reading the ledger instead", path.name)
    pages = feed.pages(after=segment.first_entry - 1, upto=segment.last_entry, columns=feed.FACTS)
    return _table(pages)


def _table(pages: Iterable[Sequence[tuple[Any, ...]]]) -> pa.Table:
    empty = feed.table([], feed.FACTS)
    return pa.concat_tables(
        [_whole(empty), *(_whole(feed.table(rows, feed.FACTS)) for rows in pages)]
    )


def _whole(facts: pa.Table) -> pa.Table:
    """Days as whole numbers, as the arithmetic counts them."""
    place = facts.column_names.index("day")
    days = facts["day"].cast(pa.int32())
    return facts.set_column(place, "day", days)


def _mark(position: int) -> tuple[Any, ...]:
    for rows in feed.pages(after=position - 1, upto=position, columns=_MARK):
        return rows[0]
    return ()


def _last(pages: Sequence[Sequence[tuple[Any, ...]]]) -> int:
    return int(pages[-1][-1][0]) if pages else 0


def _gaps(before: Reading, entries: Any) -> list[Span]:
    """What was missing and has not come, and what is missing among the new."""
    found = np.sort(entries)
    still = [
        gap
        for first, last in before.gaps
        for gap in _missing(first - 1, found[(first <= found) & (found <= last)], upto=last)
    ]
    return still + _missing(before.position, found[found > before.position])


def _missing(after: int, entries: Any, *, upto: int | None = None) -> list[Span]:
    """Stretches of numbers above `after` that are not among the entries; `upto` is looked at too."""
    ends = np.concatenate([[after], np.sort(entries), [] if upto is None else [upto + 1]])
    ends = ends.astype(np.int64)
    wide = np.flatnonzero(np.diff(ends) > 1)
    return list(zip((ends[wide] + 1).tolist(), (ends[wide + 1] - 1).tolist(), strict=True))


def _late(gaps: Sequence[Span]) -> list[tuple[Any, ...]]:
    """Rows of the gaps that have come since."""
    return [
        row
        for first, last in gaps
        for rows in feed.pages(after=first - 1, upto=last, columns=feed.FACTS)
        for row in rows
    ]


def _nobody_is_posting() -> bool:
    """Whether no posting was in flight just now, on PostgreSQL; asked, never waited for."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [locks.SEAL])
        is_free = bool(cursor.fetchone()[0])
        if is_free:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [locks.SEAL])
    return is_free
