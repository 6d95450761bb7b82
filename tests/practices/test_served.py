"""The practices that serve an objective: which count, in which year, for whom."""

import datetime as dt

import pytest

from lantoa.plans.actions import programmes
from lantoa.practices import queries, served
from tests import make
from tests.practices.telling import proposed, registered, step

pytestmark = pytest.mark.django_db
BY = {"at": make.NOON}


@pytest.fixture
def objective(world):
    by = {"by": make.clerk(), **BY}
    term = programmes.open_term(
        level="province", name="2020-2025", ordinal="", start_date=make.START, end_date=None, **by
    )
    return programmes.set_objective(
        unit=world["P"], term=term, kind="advantage", position=1, title="Cửa khẩu", **by
    )


def in_year(objective, year):
    """What serves it, as a list; its count must say the same."""
    found = list(served.for_objective(objective.pk, year))
    count, units = served.by_objective(year).get(objective.pk, (0, frozenset()))

    assert (count, units) == (len(found), {each.unit_id for each in found})
    return found


def test_a_practice_serves_from_the_year_it_is_registered_in_to_the_year_it_stops_in(
    world, objective
):
    pig = registered(world["A1.pn"], date=dt.date(2023, 1, 31), objectives=[objective])
    registered(world["A1.pn"], title="Tổ tự quản")
    step("stop", pig, dt.date(2025, 3, 1), reason="không còn ai giữ sổ")

    assert [bool(in_year(objective, year)) for year in range(2022, 2027)] == [False, True, True, True, False]  # fmt: skip


def test_a_proposal_serves_nothing_yet(world, objective):
    proposed(world["A1.pn"], objectives=[objective])

    assert in_year(objective, 2026) == []


def test_wherever_it_began_it_serves_and_opens_to_everybody(world, objective):
    for key in ("A1.pn", "B1.pn"):
        registered(world[key], objectives=[objective])
    stranger, wanted = make.recorder(world["B1.pn"]), queries.Wanted(objective=objective.pk)

    assert len(in_year(objective, 2026)) == 2
    assert queries.library(stranger, wanted, make.NOON).count() == 2


def test_the_library_is_narrowed_to_what_serves_an_objective(world, objective):
    registered(world["A1.pn"])
    second = registered(world["A2.pn"], title="Tổ tự quản", objectives=[objective])

    def found(**wanted):
        return list(queries.library(make.clerk(), queries.Wanted(objective=objective.pk, **wanted), make.NOON))  # fmt: skip

    assert found(year=2026) == found() == [second]
    assert found(year=2022) == []
    assert found(words="khong co") == []
