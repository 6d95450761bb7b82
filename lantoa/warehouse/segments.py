"""Seal the ledger: entries not yet sealed become one Parquet file, and one row of the manifest.

The file is written, forced to the disk and renamed before the row exists, so a crash leaves at most a file that no
row names; the next seal writes over it. Each row carries the hash of its file and of the row before it.
"""

import datetime as dt
import hashlib
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.db import transaction

from lantoa.ledger import locks
from lantoa.warehouse import feed
from lantoa.warehouse.models import Segment

# A segment is read whole when it is verified: five million rows are some 400 MB.
ROWS_A_SEGMENT = 5_000_000
_WORDS = ["source_kind", "reason"]
_NUMBERS = [name for name in feed.ENTRIES.names if name not in _WORDS]
# A period of a measure is then one stretch of the file; the entry number is kept beside it.
_CLUSTERED = ["measure", "day", "unit", "entry"]


def folder() -> Path:
    return Path(settings.SEGMENTS)


def path_of(number: int) -> Path:
    return folder() / f"segment-{number:06d}.parquet"


def newest() -> Segment | None:
    """The last row of the manifest: its `chain` is the hash that reports print."""
    return Segment.objects.order_by("number").last()


def seal(*, at: dt.datetime) -> list[Segment]:
    """Seal what has not been sealed.

    Returns:
        The new rows of the manifest, one a segment of at most `ROWS_A_SEGMENT` entries; none if there was nothing.
    """
    sealed = []
    while (segment := _seal_one(at=at)) is not None:
        sealed.append(segment)
    return sealed


@transaction.atomic
def _seal_one(*, at: dt.datetime) -> Segment | None:
    # No posting is in flight: a lower number may else commit later, and would fall between two segments.
    locks.hold_for_sealing()
    last = newest()
    entries = _unsealed(after=last.last_entry if last else 0)
    if not entries.num_rows:
        return None
    segment = Segment(
        number=last.number + 1 if last else 1,
        first_entry=entries["entry"][0].as_py(),
        last_entry=entries["entry"][-1].as_py(),
        rows=entries.num_rows,
        previous=last.chain if last else "",
        sealed_at=at,
    )
    segment.sha256 = write(entries, path_of(segment.number))
    segment.chain = chain_of(segment)
    segment.save(force_insert=True)
    return segment


def _unsealed(*, after: int) -> pa.Table:
    pages, rows = [], 0
    for page in feed.pages(after=after):
        pages.append(feed.table(page))
        rows += len(page)
        if rows >= ROWS_A_SEGMENT:
            break
    return pa.concat_tables(pages) if pages else feed.ENTRIES.empty_table()


def write(entries: pa.Table, path: Path) -> str:
    """Write a segment so that it is whole or not there at all.

    Returns:
        The SHA-256 of the file.

    Raises:
        ValueError: a null. Arrow does not look at `nullable=False`, so it is counted here.
    """
    refuse_nulls(entries)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".writing")
    pq.write_table(
        entries.sort_by([(name, "ascending") for name in _CLUSTERED]),
        unfinished,
        compression="zstd",
        use_dictionary=_WORDS,
        column_encoding=dict.fromkeys(_NUMBERS, "DELTA_BINARY_PACKED"),
        write_page_checksum=True,
        store_schema=False,
    )
    digest = hashed(unfinished)
    _force(unfinished)
    unfinished.replace(path)
    _force(path.parent)
    return digest


def refuse_nulls(entries: pa.Table) -> None:
    empty = [name for name in entries.column_names if entries[name].null_count]
    if empty:
        raise ValueError(f"a segment with nothing in {', '.join(empty)}")


def hashed(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def chain_of(segment: Segment) -> str:
    """SHA-256 of the previous chain and of every field of the row."""
    said = [
        segment.previous,
        segment.number,
        segment.first_entry,
        segment.last_entry,
        segment.rows,
        segment.sha256,
        segment.sealed_at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
    ]
    return hashlib.sha256("\n".join(map(str, said)).encode()).hexdigest()


def read(path: Path, columns: list[str] | None = None) -> pa.Table:
    """A segment's rows, in the order of the file; the checksum of every page is looked at.

    Raises:
        ValueError: other columns than `feed.ENTRIES`, or a null.
        OSError, pa.ArrowException: no Parquet file.
    """
    with pq.ParquetFile(path, page_checksum_verification=True) as file:
        found: pa.Schema = file.schema_arrow
        if not found.remove_metadata().equals(feed.ENTRIES):
            raise ValueError(f"other columns than a segment's: {', '.join(found.names)}")
        entries: pa.Table = file.read(columns=columns)
    refuse_nulls(entries)
    return entries


def _force(path: Path) -> None:
    handle: Any = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
