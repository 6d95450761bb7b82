"""A typed total is no second truth: the ledger gets what the records lack, now and after every later record."""

import datetime as dt
import threading
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lantoa.ledger import actions, claims, locks, queries
from lantoa.ledger.actions import Fact, Posting
from lantoa.ledger.models import Claim, Entry
from tests import make
from tests.times import times

JANUARY, MARCH, YEAR_END = dt.date(2023, 1, 10), dt.date(2023, 3, 31), dt.date(2023, 12, 31)
QUARTER = (dt.date(2023, 1, 1), dt.date(2023, 4, 1))
YEAR = (dt.date(2023, 1, 1), dt.date(2024, 1, 1))
pytestmark = pytest.mark.django_db


@pytest.fixture
def own():
    return make.measure().pk, make.unit().pk


def claim(own, source, total, span=YEAR, day=None):
    start, end = span
    return Claim(
        source_id=source,
        measure_id=own[0],
        unit_id=own[1],
        start_date=start,
        end_date=end,
        date=day or end - dt.timedelta(days=1),
        total=total,
        reason="sổ tay",
    )


def state(*said, unsaid=()):
    return actions.state(said=said, unsaid=unsaid, by=make.clerk(), at=make.NOON)


def record(own, value, day=JANUARY, source=1):
    facts = [Fact(*own, day, value)] if value else []
    actions.post(
        source_kind="activity", source_id=source, facts=facts, by=make.clerk(), at=make.NOON
    )


def reading(own, span=YEAR):
    rows = Entry.objects.filter(measure=own[0], unit=own[1])
    start = span[0] or dt.date.min
    return sum(entry.value for entry in rows if start <= entry.date < span[1])


def test_a_total_posts_what_the_records_lack_and_says_why(own):
    record(own, 30)

    (entry,) = state(claim(own, 7, 100))

    assert entry.value == 100 - 30
    assert (entry.source_kind, entry.source_id) == ("statement", 7)
    assert (entry.date, entry.reason) == (YEAR_END, "sổ tay")


def test_a_total_below_the_records_posts_a_negative_difference(own):
    record(own, 30)

    assert [entry.value for entry in state(claim(own, 7, 25))] == [25 - 30]


def test_a_total_that_the_records_reach_posts_nothing(own):
    record(own, 30)

    assert state(claim(own, 7, 30)) == []


def test_typed_and_recorded_never_add_up_twice_when_records_come_later(own):
    state(claim(own, 7, 100))

    record(own, 30)
    record(own, 45, source=2)

    assert reading(own) == 100
    assert sum(queries.said_by("statement", 7).values()) == 100 - 30 - 45


def test_a_record_outside_the_span_is_not_the_claims(own):
    state(claim(own, 7, 100, QUARTER))

    record(own, 30, dt.date(2023, 4, 1))

    assert reading(own, QUARTER) == 100
    assert reading(own) == 100 + 30


def test_saying_again_replaces_what_was_said(own):
    state(claim(own, 7, 100))

    (entry,) = state(claim(own, 7, 120))

    assert entry.value == 120 - 100
    assert state(claim(own, 7, 120)) == []


def test_unsaying_leaves_the_records(own):
    record(own, 30)
    state(claim(own, 7, 100))

    state(unsaid=[7])

    assert reading(own) == 30
    assert queries.said_by("statement", 7) == {}


def test_a_years_total_is_not_added_to_its_quarters(own):
    state(claim(own, 8, 100))

    state(claim(own, 7, 40, QUARTER))

    assert reading(own) == 100
    assert reading(own, QUARTER) == 40


def test_a_balance_says_what_there_is_and_the_next_one_what_has_changed(own):
    state(claim(own, 7, 57, (None, YEAR[1])))
    state(claim(own, 8, 63, (None, dt.date(2025, 1, 1))))

    assert reading(own, (None, YEAR[1])) == 57
    assert reading(own, (None, dt.date(2025, 1, 1))) == 63

    state(claim(own, 7, 60, (None, YEAR[1])))

    assert reading(own, (None, YEAR[1])) == 60
    assert reading(own, (None, dt.date(2025, 1, 1))) == 63


def test_of_two_claims_on_one_span_the_later_one_counts(own):
    state(claim(own, 7, 100))
    state(claim(own, 8, 90))

    assert reading(own) == 90


def test_another_unit_and_another_measure_are_not_the_claims(own):
    state(claim(own, 7, 100))

    record((own[0], make.unit().pk), 30)
    record((make.measure().pk, own[1]), 30, source=2)

    assert sum(queries.said_by("statement", 7).values()) == 100


def test_a_claim_counts_on_a_day_of_its_span(own):
    for day in (YEAR[1], dt.date(2022, 12, 31)):
        with pytest.raises(IntegrityError, match="a_claim_counts"), transaction.atomic():
            claim(own, 7, 100, day=day).save()


SPANS = st.sampled_from(
    [(None, YEAR[1]), (None, QUARTER[1]), YEAR, QUARTER, (dt.date(2023, 1, 1), dt.date(2023, 2, 1))]
)
STEPS = st.lists(
    st.tuples(st.just("record"), st.integers(1, 4), st.integers(0, 50), st.dates(*YEAR))
    | st.tuples(st.just("state"), st.integers(11, 14), st.integers(0, 200), SPANS)
    | st.tuples(st.just("unsay"), st.integers(11, 14)),
    max_size=14,
)


def twin(records, said) -> dict[dt.date, int]:
    """Slowly: what stands on each day, from the records and the claims that stand at the end."""
    days: dict[dt.date, int] = defaultdict(int)
    for value, day in records.values():
        days[day] += value
    for _, (total, (start, end)) in sorted(
        said.items(),
        key=lambda each: (each[1][1][1] - (each[1][1][0] or dt.date.min), each[1][1][1], each[0]),
    ):
        there = sum(value for day, value in days.items() if (start or dt.date.min) <= day < end)
        days[end - dt.timedelta(days=1)] += total - there
    return {day: value for day, value in days.items() if value}


@settings(
    max_examples=times(60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(STEPS)
def test_whatever_the_order_the_ledger_is_what_records_and_claims_say_at_the_end(own, steps):
    records, said = {}, {}
    with transaction.atomic():
        for what, source, *told in steps:
            if what == "record":
                records[source] = told
                record(own, *told, source=source)
            elif what == "state":
                said[source] = told
                state(claim(own, source, *told))
            else:
                said.pop(source, None)
                state(unsaid=[source])
        got: dict[dt.date, int] = defaultdict(int)
        for entry in Entry.objects.all():
            got[entry.date] += entry.value

        assert {day: value for day, value in got.items() if value} == twin(records, said)
        transaction.set_rollback(True)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_records_and_claims_at_once_never_add_up_twice(own):
    make.clerk()
    many = locks.MOST_SOURCES + 1
    jobs = [
        *[lambda n=n: record(own, 5, source=n) for n in range(1, 7)],
        lambda: state(claim(own, 7, 100)),
        lambda: state(claim(own, 8, 40, QUARTER)),
        lambda: actions.post_many(
            postings=[Posting("bulk", n, [Fact(*own, JANUARY, 1)]) for n in range(many)],
            by=make.clerk(),
            at=make.NOON,
        ),
    ]
    gate = threading.Barrier(len(jobs))

    def run(job):
        gate.wait()
        try:
            job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        list(pool.map(run, jobs))

    assert reading(own) == 100
    assert reading(own, QUARTER) == 40
    stated = Entry.objects.filter(source_kind=claims.STATED)
    assert sum(entry.value for entry in stated) == 100 - 6 * 5 - many


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("comes_first", ["the record", "the claim"])
def test_a_record_and_a_claim_wait_for_each_other(own, comes_first):
    """Neither sees the other before it is committed: both would post as if they were alone."""
    make.clerk()
    jobs = [lambda: record(own, 30), lambda: state(claim(own, 7, 100))]
    first, second = jobs if comes_first == "the record" else jobs[::-1]
    has_posted = threading.Event()

    def begin():
        with transaction.atomic():
            first()
            has_posted.set()
            time.sleep(0.3)
        connection.close()

    def follow():
        has_posted.wait(20)
        second()
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(begin), pool.submit(follow)]:
            done.result()

    assert reading(own) == 100
