"""A figure read on either structure, and the entries it opens to."""

import datetime as dt

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lantoa.ledger import actions as ledger
from lantoa.ledger import queries as ledger_queries
from lantoa.ledger.actions import Fact
from lantoa.lib.periods import period
from lantoa.orgs.models import Placement
from lantoa.warehouse import figures, store
from tests import make
from tests.orgs import world as worlds
from tests.times import times

pytestmark = [pytest.mark.django_db, pytest.mark.both]
Y2024, Y2025 = period("2024"), period("2025")
MARCH = dt.date(2024, 3, 4)
AUGUST = dt.date(2025, 8, 4)
NEW_MAP = dt.date(2025, 7, 1)
OLD_MAP = dt.date(2024, 12, 31)


@pytest.fixture(autouse=True)
def _start_over():
    store.forget()


def post(source, *facts):
    ledger.post(source_kind="test", source_id=source, facts=facts, by=make.clerk(), at=make.NOON)


def value(world, measure, unit, when, structure=None, line=None):
    found = figures.figure(
        measure=measure,
        unit=world[unit],
        line=line or world.territory,
        period=when,
        structure=structure,
    )
    return found.top


def test_a_saved_record_is_in_every_figure_above_it_at_once():
    world, heads = worlds.small_province(), make.measure("heads")

    post(1, Fact(heads.pk, world["A1.cb"].pk, MARCH, 30))
    post(2, Fact(heads.pk, world["B2.cb"].pk, MARCH, 8))

    assert value(world, heads, "A1", Y2024) == 30
    assert value(world, heads, "A", Y2024) == 30
    assert value(world, heads, "P", Y2024) == 30 + 8
    assert value(world, heads, "TU", Y2024, line=world.party) == 30 + 8


def test_a_merger_loses_nothing_on_either_map():
    world, heads = worlds.small_province(), make.measure("heads")

    post(1, Fact(heads.pk, world["A1"].pk, MARCH, 30))
    post(2, Fact(heads.pk, world["B1.cb"].pk, MARCH, 8))
    post(3, Fact(heads.pk, world["A"].pk, MARCH, 4))

    assert value(world, heads, "A", Y2024, OLD_MAP) == 30 + 4
    assert value(world, heads, "N", Y2024, NEW_MAP) == 30 + 8
    assert value(world, heads, "P", Y2024, NEW_MAP) == 30 + 8 + 4
    assert value(world, heads, "N", Y2024, OLD_MAP) is None


def test_a_record_of_another_line_is_outside_and_said_so():
    world, heads = worlds.small_province(), make.measure("heads")
    post(1, Fact(heads.pk, world["A1.pn"].pk, MARCH, 12))

    read = figures.family(measures=[heads], unit=world["TU"], line=world.party, periods=[Y2024])

    assert read.figure(heads, world["TU"].pk).top == 0
    assert read.outside(heads) == 12


def test_own_part_and_the_parts_below_add_up():
    world, heads = worlds.small_province(), make.measure("heads")
    post(1, Fact(heads.pk, world["P"].pk, MARCH, 5))
    post(2, Fact(heads.pk, world["A1.cb"].pk, MARCH, 30))

    read = figures.family(measures=[heads], unit=world["P"], line=world.territory, periods=[Y2024])
    whole = read.figure(heads, world["P"].pk)
    below = [read.figure(heads, pk).top for pk in read.units if pk != world["P"].pk]

    assert whole.own == 5
    assert whole.top == 5 + sum(below) == 5 + 30


def test_a_balance_counts_what_came_before_the_period():
    world, kept = worlds.small_province(), make.measure("kept", nature="balance")
    post(1, Fact(kept.pk, world["A1"].pk, MARCH, 3))

    assert value(world, kept, "P", Y2025) == 3
    assert value(world, kept, "N", Y2025, NEW_MAP) == 3


def test_a_ratio_is_a_sum_over_a_sum():
    world = worlds.small_province()
    came, members = make.measure("came"), make.measure("members")
    share = make.measure("share", nature="ratio", top=came, bottom=members)
    post(1, Fact(came.pk, world["A1"].pk, MARCH, 9), Fact(members.pk, world["A1"].pk, MARCH, 10))
    post(2, Fact(came.pk, world["B1"].pk, MARCH, 1), Fact(members.pk, world["B1"].pk, MARCH, 90))

    found = figures.figure(measure=share, unit=world["P"], line=world.territory, period=Y2024)

    assert (found.top, found.bottom) == (9 + 1, 10 + 90)


def test_a_figure_is_read_as_the_ledger_stood():
    world, heads = worlds.small_province(), make.measure("heads")
    post(1, Fact(heads.pk, world["A1"].pk, MARCH, 30))
    then = ledger_queries.position()
    post(1, Fact(heads.pk, world["A1"].pk, MARCH, 35))

    def read(**at):
        return figures.figure(
            measure=heads, unit=world["P"], line=world.territory, period=Y2024, **at
        )

    assert read(position=then).top == 30
    assert read().top == 30 + 5
    assert sum(row.value for row in figures.entries_behind(read(position=then))) == 30


def test_a_figure_asks_the_database_few_questions(django_assert_max_num_queries):
    world, heads = worlds.small_province(), make.measure("heads")
    post(1, Fact(heads.pk, world["A1"].pk, MARCH, 30))
    value(world, heads, "P", Y2024)

    with django_assert_max_num_queries(4):
        value(world, heads, "P", Y2024)


KEYS = ["P", "A", "A1", "A1.cb", "A2.pn", "A3.du", "B1.cb", "B2", "B2.pn", "TU"]
FACTS = st.lists(
    st.tuples(st.sampled_from(KEYS), st.integers(0, 540), st.integers(-50, 50)), max_size=12
)


@settings(
    max_examples=times(25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(posted=FACTS, structure=st.sampled_from([None, OLD_MAP, NEW_MAP]))
def test_every_figure_equals_the_slow_twin_and_opens_to_entries_that_add_up(posted, structure):
    store.forget()
    world, heads = a_world()
    for number, (key, day, amount) in enumerate(posted):
        date = dt.date(2024, 1, 1) + dt.timedelta(days=day)
        post(1000 + number, Fact(heads.pk, world[key].pk, date, amount))
    # The next example begins with an empty ledger again: every source now says nothing.
    try:
        for line in (world.territory, world.party):
            for unit in world.units.values():
                found = figures.figure(
                    measure=heads, unit=unit, line=line, period=Y2024, structure=structure
                )
                if structure is None:
                    twin = slowly(world, unit, line, posted)
                    assert (found.top or 0) == twin
                behind = figures.entries_behind(found).aggregate(sum=Sum("value"))["sum"] or 0
                assert (found.top or 0) == behind
    finally:
        for number in range(len(posted)):
            post(1000 + number)


_world = {}


def a_world():
    """One world for all examples of a test: it lives in the test's own transaction."""
    from lantoa.orgs.models import Line

    if not Line.objects.exists():
        _world["made"] = (worlds.small_province(), make.measure("heads"))
    return _world["made"]


def slowly(world, unit, line, posted):
    """Walk up from every fact, parent by parent, on its day."""
    total = 0
    for key, day, amount in posted:
        date = dt.date(2024, 1, 1) + dt.timedelta(days=day)
        here = world[key].pk
        while here is not None and Y2024.contains(date):
            if here == unit.pk and stay(here, line, date):
                total += amount
            found = stay(here, line, date)
            here = found.parent_id if found else None
    return total


def stay(unit_id, line, date):
    rows = Placement.objects.filter(unit_id=unit_id, line=line, start_date__lte=date)
    return next((row for row in rows if row.end_date is None or row.end_date > date), None)
