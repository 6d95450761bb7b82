"""Programmes, their milestones and themes, and the objectives of a term."""

import datetime as dt
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import lantoa.plans
from lantoa.orgs.rights import NotAllowedError
from lantoa.plans.actions import programmes as actions
from lantoa.plans.models import Objective, StudyTopic, Term
from lantoa.plans.queries import programmes as queries
from lantoa.plans.refusals import RefusedError
from tests import make
from tests.orgs import world as worlds
from tests.plans import planning

pytestmark = pytest.mark.django_db
BY_AT = {"at": make.NOON}
TOPICS = Path(lantoa.plans.__path__[0]) / "topics.toml"


@pytest.fixture
def world():
    return worlds.small_province()


def founded(world, **changes):
    told = {"name": "Học và làm theo Bác", "start_date": dt.date(2021, 5, 18)} | changes
    return actions.found(unit=world["TU"], by=make.clerk(), **told, **BY_AT)


def theme(world, programme, year=2023, unit="TU", **more):
    return actions.set_theme(
        programme=programme, unit=world[unit], year=year, title=f"Chuyên đề năm {year}",
        by=make.clerk(), **more, **BY_AT,
    )  # fmt: skip


def term():
    return actions.open_term(
        level="province", name="2020-2025", ordinal="XIX", start_date=dt.date(2020, 10, 1),
        end_date=dt.date(2025, 9, 1), by=make.clerk(), **BY_AT,
    )  # fmt: skip


def objective(world, position=1, kind="advantage", title="Cửa khẩu"):
    return actions.set_objective(
        unit=world["TU"], term=term(), kind=kind, position=position, title=title,
        by=make.clerk(), **BY_AT,
    )  # fmt: skip


@pytest.mark.both
def test_a_year_has_one_theme_for_each_unit_that_issues_one(world):
    programme = founded(world)
    theme(world, programme)

    with pytest.raises(RefusedError, match="Mỗi năm một chuyên đề"):
        theme(world, programme)

    theme(world, programme, 2024)
    theme(world, programme, unit="W")


def test_the_seven_styles_come_from_a_file_and_stand_with_a_theme(world):
    actions.load_topics(path=TOPICS, by=make.clerk(), **BY_AT)
    actions.load_topics(path=TOPICS, by=make.clerk(), **BY_AT)
    theme(world, founded(world), topics=queries.topics())

    [programme] = queries.seen_by(make.clerk(), make.NOON)
    assert StudyTopic.objects.count() == 7
    assert len(programme.themes.all()[0].topics.all()) == 7


@pytest.mark.parametrize("year", [2020, 1999, 2101])
def test_a_theme_outside_its_programme_is_refused(world, year):
    with pytest.raises(RefusedError, match="ngoài thời gian"):
        theme(world, founded(world), year)


def test_a_milestone_lies_in_its_programme_and_is_set_once(world):
    programme = founded(world, end_date=dt.date(2026, 1, 1))
    told = {"programme": programme, "kind": "two_years", "name": "Sơ kết 2 năm", "by": make.clerk()}
    actions.set_milestone(**told, date=dt.date(2023, 5, 18), **BY_AT)

    with pytest.raises(RefusedError, match="đã có"):
        actions.set_milestone(**told, date=dt.date(2023, 5, 18), **BY_AT)
    with pytest.raises(RefusedError, match="ngoài thời gian"):
        actions.set_milestone(**told, date=dt.date(2027, 5, 18), **BY_AT)


def test_a_programme_ends_after_it_starts_and_has_a_name_of_its_own(world):
    founded(world)

    with pytest.raises(RefusedError, match="đã có chương trình tên này"):
        founded(world)
    with pytest.raises(RefusedError, match="không sau ngày bắt đầu"):
        founded(world, name="Khác", end_date=dt.date(2020, 1, 1))
    with pytest.raises(RefusedError, match="chưa ghi"):
        founded(world, name=" ")


def test_an_objective_said_in_other_words_keeps_its_place(world):
    first = objective(world)
    again = objective(world, title="Cửa khẩu và du lịch")

    assert again.pk == first.pk
    assert Objective.objects.get().title == "Cửa khẩu và du lịch"
    assert Term.objects.count() == 1


def test_objectives_come_in_their_order(world):
    objective(world, 1, "bottleneck")
    objective(world, 2, "key_programme")
    objective(world, 1, "key_programme")

    told = [(each.kind, each.position) for each in queries.objectives(make.clerk(), make.NOON)]

    assert told == [("key_programme", 1), ("key_programme", 2), ("bottleneck", 1)]


def test_coverage_counts_the_tasks_of_sent_plans_and_their_units(world):
    planning.measures()
    served, bare = objective(world), objective(world, 2)
    for unit in ("N.du", "M.du"):
        plan = planning.plan(world[unit], on=world.party)
        planning.task(plan, objectives=(served,))
        planning.send(plan)
    draft = planning.plan(world["A1.du"], on=world.party, year=2024)
    planning.task(draft, objectives=(bare,))

    covered = queries.served_by_tasks(2026, make.clerk(), make.NOON)

    assert covered == {served.pk: (1 + 1, frozenset({world["N.du"].pk, world["M.du"].pk}))}


def test_who_may_not_do_so_defines_nothing(world):
    with pytest.raises(NotAllowedError):
        actions.found(
            unit=world["N"], name="X", start_date=make.START, by=make.recorder(world["N"]), **BY_AT
        )


def test_more_programmes_take_no_more_queries(world):
    def count():
        with CaptureQueriesContext(connection) as asked:
            list(queries.seen_by(make.clerk(), make.NOON))
        return len(asked)

    theme(world, founded(world))
    few = count()
    for number in range(5):
        theme(world, founded(world, name=f"Chương trình {number}"), 2024 + number)

    assert count() == few
