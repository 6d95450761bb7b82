"""The two locks of the ledger.

*The seal*: postings hold its shared side until they commit, sealing and `queries.position()` hold the exclusive one. So
whoever holds the exclusive side knows that every entry number given out so far is committed or never will be: on
PostgreSQL a lower number may otherwise commit after a higher one, and fall between two segments.

*The source*: posting reads what a source has posted and adds the difference. Two postings of one source at once would
both add the whole difference.

On SQLite there is nothing to take: every transaction begins IMMEDIATE (RELIABILITY D1, checked at start-up), so there is
one writer at a time, and its numbers are given out in the order in which they commit.

Source: RELIABILITY.md D3.
"""

import contextlib
import hashlib
from collections.abc import Iterable, Iterator

from django.db import connection

# "lantoa", as a number: advisory locks are one space for all who use the database.
SEAL = int.from_bytes(b"lantoa", "big")
# PostgreSQL's lock table has some 6.400 places for everybody.
MOST_SOURCES = 200

Source = tuple[str, int]


def hold_for_posting(sources: Iterable[Source]) -> None:
    """Hold the seal's shared side and every source, until the transaction ends.

    Many sources at once take the seal's exclusive side instead: then nobody else posts at all.
    """
    if connection.vendor != "postgresql":
        return
    keys = sorted({key(source) for source in sources})
    with connection.cursor() as cursor:
        if len(keys) > MOST_SOURCES:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL])
            return
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [SEAL])
        # Always in the same order, or two postings that share two sources wait for each other.
        cursor.execute("SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key", [keys])


def hold_for_settling(sources: Iterable[Source]) -> None:
    """Hold the claims that a posting touches, besides what it holds already, until the transaction ends."""
    keys = sorted({key(source) for source in sources})
    # Above that the posting already holds the seal alone.
    if connection.vendor == "postgresql" and len(keys) <= MOST_SOURCES:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key", [keys]
            )


def hold_for_sealing() -> None:
    """Wait for postings in flight and keep new ones waiting, until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL])


@contextlib.contextmanager
def nothing_in_flight() -> Iterator[None]:
    """Wait for postings in flight and keep new ones waiting, for the length of the block only."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [SEAL])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [SEAL])


def key(source: Source) -> int:
    """A signed 64-bit number for a source. Two sources that share one only wait for each other."""
    kind, number = source
    digest = hashlib.blake2b(f"{kind}:{number}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
