"""Two changes of structure at once: one waits for the other and sees what it did (RELIABILITY D4)."""

import datetime as dt
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from lantoa.lib.errors import LantoaError
from lantoa.orgs import actions, queries
from lantoa.orgs.checks import CycleError, OverlapError
from lantoa.orgs.models import Closure, Line, Placement, Unit
from lantoa.orgs.names import AlikeError, CodeTakenError
from lantoa.orgs.refusals import EndedError, EndsAlreadyError, HeirError, TooSoonError
from tests import make
from tests.orgs import world as worlds

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
MAY = dt.date(2024, 5, 1)
ROUNDS = 5


@pytest.fixture
def world():
    return worlds.small_province(reformed=False)


def at_once(*jobs):
    """Let all jobs go at one moment, each on a connection of its own: what each returns or refuses."""
    gate = threading.Barrier(len(jobs))

    def run(job):
        gate.wait()
        try:
            return job()
        except LantoaError as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(run, jobs))


def do(action, **what):
    return lambda: action(**{"date": MAY, "by": make.clerk(), "at": make.NOON, **what})


def refusals(found):
    return [type(each) for each in found if isinstance(each, LantoaError)]


def closure_is_what_the_placements_say():
    """Row by row on every day on which anything begins or ends."""
    starts = Placement.objects.values_list("start_date", flat=True).distinct()
    for line in Line.objects.all():
        for day in starts:
            parents = dict(
                Placement.objects.filter(queries.valid_on(day), line=line).values_list(
                    "unit", "parent"
                )
            )
            said = Closure.objects.filter(queries.valid_on(day), line=line)
            assert Counter(said.values_list("unit", "ancestor")) == Counter(
                (unit, above) for unit in parents for above in way_up(unit, parents)
            )


def way_up(unit, parents):
    while unit is not None:
        yield unit
        unit = parents[unit]


def test_two_moves_that_together_make_a_ring_do_not_both_happen(world):
    for number in range(ROUNDS):
        day = MAY + dt.timedelta(days=number)
        found = at_once(
            do(actions.move, unit=world["A"], line=world.territory, parent=world["B"], date=day),
            do(actions.move, unit=world["B"], line=world.territory, parent=world["A"], date=day),
        )

        assert refusals(found) == [CycleError]
        closure_is_what_the_placements_say()
        for key in ("A", "B"):
            do(actions.move, unit=world[key], line=world.territory, parent=world["P"], date=day)()


def test_two_places_of_one_unit_in_a_line_do_not_both_happen(world):
    found = at_once(
        *[
            do(actions.place, unit=world["A1"], line=world.party, parent=world[key])
            for key in ("TU", "A2.du", "A3.du")
        ]
    )

    assert refusals(found) == [OverlapError, OverlapError]
    assert Placement.objects.filter(unit=world["A1"], line=world.party).count() == 1


def test_two_units_do_not_take_one_code_or_one_name(world):
    def opening(code):
        return do(actions.open_unit, kind="commune", name="Xã mới", short_name="", code=code)

    assert refusals(at_once(*[opening("09999")] * 3)) == [CodeTakenError, CodeTakenError]
    units = [opening("")() for _ in range(3)]
    found = at_once(
        *[do(actions.place, unit=unit, line=world.territory, parent=world["A"]) for unit in units]
    )

    assert refusals(found) == [AlikeError, AlikeError]


def test_a_unit_does_not_end_twice_nor_go_where_another_just_ended(world):
    found = at_once(
        do(actions.merge, units=[world["A1"]], into=world["A2"]),
        do(actions.merge, units=[world["A1"]], into=world["A3"]),
        do(actions.merge, units=[world["A2"]], into=world["A1"]),
    )

    assert set(refusals(found)) <= {EndedError, EndsAlreadyError, HeirError, TooSoonError}
    assert Unit.objects.filter(closed_date=MAY).count() == len(found) - len(refusals(found)) == 1
    closure_is_what_the_placements_say()


def test_changes_far_apart_all_happen_and_none_is_lost(world):
    moves = [
        do(actions.move, unit=world[f"{key}.cb"], line=world.territory, parent=world["P"])
        for key in worlds.COMMUNES
    ]

    assert refusals(at_once(*moves)) == []

    below = Placement.objects.filter(
        queries.valid_on(MAY), parent=world["P"], unit__kind="party_cell"
    )
    assert below.count() == len(worlds.COMMUNES)
    closure_is_what_the_placements_say()


def test_whoever_reads_meanwhile_sees_the_structure_before_or_after_and_nothing_between(world):
    line, stop = world.territory, threading.Event()
    before = queries.tree_on(line, worlds.REFORM).unit.tolist()
    seen = set()

    def read():
        while not stop.is_set():
            seen.add(tuple(sorted(queries.tree_on(line, worlds.REFORM).unit.tolist())))

    def write():
        try:
            worlds.reform(world)
        finally:
            stop.set()

    at_once(read, read, write)

    after = queries.tree_on(line, worlds.REFORM).unit.tolist()
    assert seen <= {tuple(sorted(before)), tuple(sorted(after))}
