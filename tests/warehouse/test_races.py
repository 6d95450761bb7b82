"""Sealing while others post: on both databases, because SQLite hides what PostgreSQL shows (RELIABILITY D3, D4)."""

import datetime as dt
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from lantoa.ledger import actions
from lantoa.ledger.actions import Fact
from lantoa.ledger.models import Entry
from lantoa.warehouse import segments, store, verification
from lantoa.warehouse.models import Segment
from tests import make

DAY = dt.date(2023, 3, 1)
pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


def at_once(*jobs):
    gate = threading.Barrier(len(jobs))

    def run(job):
        gate.wait()
        try:
            return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


@pytest.fixture
def say():
    measure, unit, clerk = make.measure().pk, make.unit().pk, make.clerk()

    def say(source, value=1):
        facts = [Fact(measure, unit, DAY, value)]
        actions.post(source_kind="test", source_id=source, facts=facts, by=clerk, at=make.NOON)

    return say


def test_no_entry_falls_between_two_segments_however_many_post_and_seal_at_once(say, noon):
    def post(start):
        for source in range(start, start + 15):
            say(source)

    def seal():
        for _ in range(8):
            segments.seal(at=noon)

    at_once(lambda: post(100), lambda: post(200), lambda: post(300), seal, seal)
    segments.seal(at=noon)

    assert list(verification.faults()) == []
    assert sum(segment.rows for segment in Segment.objects.all()) == 3 * 15
    assert store.now().layout.value.sum() == 3 * 15


@pytest.mark.skipif(connection.vendor == "sqlite", reason="on SQLite every transaction is alone")
def test_a_seal_waits_for_a_lower_number_that_commits_later(say, noon):
    drawn, overtaken = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            say(1)
            drawn.set()
            overtaken.wait(5)
            time.sleep(0.2)

    def quick():
        drawn.wait(5)
        say(2)
        overtaken.set()

    def seal():
        overtaken.wait(5)
        return segments.seal(at=noon)

    *_, sealed = at_once(slow, quick, seal)

    assert [segment.rows for segment in sealed] == [2]
    assert list(verification.faults()) == []


def test_what_is_posted_while_others_read_is_in_the_next_reading(say):
    """A lower number may come after a higher one: the reading looks for what was missing."""

    def post(start):
        for source in range(start, start + 15):
            say(source)

    def read():
        return [store.now().position for _ in range(30)]

    at_once(lambda: post(100), lambda: post(200), read, read)

    assert store.now().layout.value.sum() == Entry.objects.count() == 2 * 15
