"""How far a practice has spread: months, places and lists that say the same."""

import datetime as dt
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa.practices import queries, reach, whereabouts
from lantoa.practices.reach import How, Wanted
from lantoa.practices.spread import Node
from tests import make
from tests.practices.telling import adopted, ended, recognised, registered, shown, told

START, TODAY = dt.date(2023, 1, 10), dt.date(2024, 12, 20)
DAYS = st.integers(0, 700)


def node(start, end=None, *, source=0):
    """A place in a tree, at work from a day to a day."""
    adoption = SimpleNamespace(
        start_date=START + dt.timedelta(days=start),
        end_date=None if end is None else START + dt.timedelta(days=start + end),
        state="confirmed" if end is None else "ended",
        unit_id=1,
    )
    return Node(adoption, "Đơn vị", source, 0, None, None, None, None, 0, is_proven=False)


LIVES = st.lists(st.tuples(DAYS, st.one_of(st.none(), st.integers(0, 40))), max_size=12)


@given(LIVES)
def test_a_months_numbers_are_the_lengths_of_the_lists_that_they_open(lives):
    nodes = [node(0, source=-1), *(node(start, end) for start, end in lives)]

    for month in reach.months(nodes, TODAY):
        last = min(month.last, TODAY)
        assert month.at_work == reach.count(nodes, Wanted(How.AT_WORK, last))
        assert month.ever == reach.count(nodes, Wanted(How.EVER, last))
        assert month.began == reach.count(nodes, Wanted(How.BEGAN, last, month.start))
        assert month.ended == reach.count(nodes, Wanted(How.ENDED, last, month.start))


@given(LIVES)
def test_who_is_at_work_is_counted_day_by_day(lives):
    nodes = [node(0, source=-1), *(node(start, end) for start, end in lives)]

    for month in reach.months(nodes, TODAY):
        day = min(month.last, TODAY)
        at = (day - START).days
        slowly = [start <= at and (end is None or at < start + end) for start, end in lives]
        assert month.at_work == sum(slowly)


def test_the_months_run_from_the_origins_first_to_todays():
    found = reach.months([node(0, source=-1)], TODAY)

    assert [found[0].start, found[-1].start] == [dt.date(2023, 1, 1), dt.date(2024, 12, 1)]
    assert len(found) == 12 + 12
    assert reach.months([], TODAY) == []


def test_the_end_of_this_year_is_today():
    assert reach.year_ends([node(0, source=-1)], TODAY) == [dt.date(2023, 12, 31), TODAY]


@pytest.mark.django_db
def test_alive_and_silent_together_are_those_at_work(practice, world):
    recognised(practice)
    alive = adopted(practice, world["A2.pn"])
    told(alive, people=10, saved=1_000)
    shown(alive, dt.date(2023, 8, 1))
    told(alive, dt.date(2024, 6, 1), people=12, saved=500)
    ended(adopted(practice, world["A3.pn"], source=alive))
    adopted(practice, world["B1.pn"])
    day = dt.date(2023, 9, 1)

    nodes = queries.spread_of(practice, day)

    def found(how):
        return {each.adoption.unit for each in reach.chosen(nodes, Wanted(how, day))}

    assert found(How.AT_WORK) == {world["A2.pn"], world["A3.pn"], world["B1.pn"]}
    assert found(How.ALIVE) | found(How.SILENT) == found(How.AT_WORK)
    assert found(How.ALIVE) & found(How.SILENT) == set()
    assert found(How.PROVEN) == {world["A2.pn"]}
    [first] = [each for each in nodes if each.adoption == alive]
    assert (first.participants, first.saved) == (12, 1_000 + 500)


@pytest.mark.django_db
def test_a_closed_units_adoption_stands_where_the_unit_landed(world):
    practice = registered(world["A1.du"])
    adopted(practice, world["A2"])
    adopted(practice, world["TU"])
    units = {each.adoption.unit_id for each in queries.spread_of(practice, dt.date(2026, 1, 1))}
    before, after = dt.date(2025, 6, 30), dt.date(2026, 1, 1)

    old = whereabouts.holders(["01273", "01267"], before)
    new = whereabouts.holders(["01273", "01267"], after)

    assert old.keys() == {world["A1"].pk, world["A2"].pk}
    assert new.keys() == {world["N"].pk}
    assert whereabouts.places_of(units, old, before) == {
        world["A1.du"].pk: world["A1"].pk,
        world["A2"].pk: world["A2"].pk,
    }
    assert whereabouts.places_of(units, new, after) == {
        world["A1.du"].pk: world["N"].pk,
        world["A2"].pk: world["N"].pk,
    }


@pytest.mark.django_db
def test_a_unit_that_is_in_no_line_stands_nowhere(world):
    nobody = make.unit(place=False)

    assert whereabouts.places_of([nobody.pk], {world["N"].pk}, dt.date(2026, 1, 1)) == {}
