"""Two at once: on both databases, because SQLite hides what PostgreSQL shows (RELIABILITY D4)."""

import datetime as dt
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from lantoa.ledger import actions, locks, queries
from lantoa.ledger.actions import Fact, Posting
from lantoa.ledger.models import Entry
from lantoa.ledger.queries import Cell
from tests import make

DAY = dt.date(2023, 3, 1)
pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cell() -> Cell:
    return Cell(make.measure().pk, make.unit().pk, DAY)


def say(cell: Cell, value: int, *, source: int = 1) -> list[Entry]:
    return actions.post(
        source_kind="activity",
        source_id=source,
        facts=[Fact(*cell, value)],
        by=make.clerk(),
        at=make.NOON,
    )


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Run each job in a thread, with a database connection of its own, all let go at one moment."""
    gate = threading.Barrier(len(jobs))

    def run(job: Callable[[], object]) -> object:
        gate.wait()
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def test_two_postings_of_one_source_at_once_post_the_difference_once(cell):
    make.clerk()
    for value in range(1, 11):
        at_once(*[lambda value=value: say(cell, value)] * 4)

        assert queries.said_by("activity", 1) == {cell: value}
    assert Entry.objects.count() == 10


def test_two_postings_of_two_sources_do_not_wait_for_each_other_for_ever(cell):
    make.clerk()
    both = [Posting("activity", each, [Fact(*cell, each)]) for each in (1, 2)]

    def post(postings):
        return actions.post_many(postings=postings, by=make.clerk(), at=make.NOON)

    for _ in range(10):
        at_once(lambda: post(both), lambda: post(both[::-1]))

    assert Entry.objects.count() == 2


def test_a_position_taken_while_a_posting_is_in_flight_never_misses_an_entry(cell):
    """A posting draws its number and waits; another commits a higher one meanwhile."""
    make.clerk()
    drawn, overtaken = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            say(cell, 1, source=1)
            drawn.set()
            time.sleep(0.3)

    def quick():
        drawn.wait()
        say(cell, 2, source=2)
        overtaken.set()

    def ask():
        overtaken.wait()
        position = queries.position()
        return position, set(queries.entries_as_of(position).values_list("pk", flat=True))

    _, _, (position, seen) = at_once(slow, quick, ask)

    assert len(seen) == 2
    assert set(queries.entries_as_of(position).values_list("pk", flat=True)) == seen


def test_positions_taken_all_through_a_crowd_of_postings_stay_complete(cell):
    make.clerk()

    def post(start):
        return [say(cell, 1, source=start + each) for each in range(25)]

    def ask():
        seen = {}
        for _ in range(25):
            position = queries.position()
            seen[position] = Entry.objects.filter(pk__lte=position).count()
        return seen

    *_, seen, more = at_once(lambda: post(100), lambda: post(200), lambda: post(300), ask, ask)

    for position, count in (seen | more).items():
        assert Entry.objects.filter(pk__lte=position).count() == count


@pytest.mark.skipif(connection.vendor == "sqlite", reason="on SQLite every transaction is alone")
def test_sealing_waits_for_postings_in_flight_and_a_bulk_for_everybody(cell):
    make.clerk()
    order: list[str] = []
    drawn = threading.Event()

    def slow():
        with transaction.atomic():
            say(cell, 1)
            drawn.set()
            time.sleep(0.2)
            order.append("posting")

    def seal():
        drawn.wait()
        with transaction.atomic():
            locks.hold_for_sealing()
            order.append("seal")
            time.sleep(0.2)

    def bulk():
        drawn.wait()
        time.sleep(0.1)
        many = range(1000, 1001 + locks.MOST_SOURCES)
        postings = [Posting("activity", each, [Fact(*cell, 1)]) for each in many]
        actions.post_many(postings=postings, by=make.clerk(), at=make.NOON)
        order.append("bulk")

    at_once(slow, seal, bulk)

    assert order == ["posting", "seal", "bulk"]


def test_a_position_lets_the_ledger_go_at_once(cell):
    make.clerk()
    with transaction.atomic():
        queries.position()
        if connection.vendor == "postgresql":
            assert at_once(lambda: len(say(cell, 1))) == [1]
