"""Who may do what, where: a slow, obvious twin of `rights`, and the days on which rights begin and end."""

import datetime as dt

import pytest

from lantoa.orgs import rights
from lantoa.orgs.models import Placement, Post, Unit
from tests import make
from tests.orgs import world as worlds

pytestmark = pytest.mark.django_db
NOON = make.NOON
Role = Post.Role


@pytest.fixture
def world():
    return worlds.small_province()


def at(day):
    return dt.datetime.combine(day, dt.time(5), dt.UTC)


def post(unit, line, role=Role.ADMINISTRATOR, *, start=make.START, end=None):
    person = make.person()
    Post.objects.create(
        person=person, unit=unit, line=line, role=role, start_date=start, end_date=end
    )
    return person


def may(person, act, unit, moment=NOON):
    try:
        rights.require(person, act, unit, moment)
    except rights.NotAllowedError:
        return False
    return True


def climbs_to(unit, top, line, day):
    """The twin: walk up, a placement at a time, as it stands on the day that judges the unit."""
    if unit.closed_date and unit.closed_date <= day:
        day = unit.closed_date - dt.timedelta(days=1)
    day = max(day, unit.opened_date)
    here = unit.pk
    while here is not None:
        if here == top.pk:
            return True
        stays = Placement.objects.filter(line=line, unit=here, start_date__lte=day)
        found = next((s for s in stays if s.end_date is None or s.end_date > day), None)
        if found is None:
            return False
        here = found.parent_id
    return False


def stands_in(unit, line):
    return Placement.objects.filter(unit=unit, line=line).exists()


@pytest.mark.both
@pytest.mark.parametrize("day", [dt.date(2024, 6, 1), dt.date(2025, 7, 1), dt.date(2026, 11, 23)])
def test_a_post_counts_for_the_subtree_of_its_line_on_the_day_and_for_nothing_else(world, day):
    units = list(Unit.objects.order_by("pk"))
    wrong = []
    for line in (world.territory, world.party, world.women):
        for number, top in enumerate(units):
            if not stands_in(top, line):
                continue
            person = post(top, line)
            found = set(rights.allowed(person, "orgs.change", at(day)).values_list("pk", flat=True))
            expected = {
                unit.pk
                for unit in units
                if stands_in(unit, line) and climbs_to(unit, top, line, day)
            }
            # One by one as actions ask, a fifth of the units with each post.
            some = units[number % 5 :: 5]
            asked = [unit.pk for unit in some if may(person, "orgs.change", unit, at(day))]
            if found != expected or asked != [unit.pk for unit in some if unit.pk in expected]:
                wrong.append((str(line), top.pk, found ^ expected, asked))

    assert wrong == []


@pytest.mark.both
@pytest.mark.parametrize("many", [1, 2, 4, 5, 9])
def test_of_several_units_one_beyond_reach_is_enough_to_refuse_all(world, many):
    person, below = post(world["P"], world.territory), list(Unit.objects.order_by("pk"))[:many]
    elsewhere = Unit(pk=10**9)

    rights.require_all(person, "orgs.change", [unit.pk for unit in below], NOON)
    for units in ([*below, elsewhere], [*below[:-1], elsewhere]):
        with pytest.raises(rights.NotAllowedError):
            rights.require_all(person, "orgs.change", [unit.pk for unit in units], NOON)


def test_a_role_gives_the_acts_of_the_table_at_its_unit_and_no_act_elsewhere(world):
    holders = {role: post(world["N"], world.territory, role) for role in Role}
    here = {(a, r) for a in rights.ACTS for r in Role if may(holders[r], a, world["N"])}
    elsewhere = {(a, r) for a in rights.ACTS for r in Role if may(holders[r], a, world["M"])}

    assert here == {(act, role) for act, each in rights.ACTS.items() for role in each.roles}
    assert elsewhere == set()


def test_an_administrator_may_do_every_act_but_speak_to_the_public():
    """The rule that an administrator may give every role rests on this; the editors' desk is the editors' alone."""
    closed = [act for act, each in rights.ACTS.items() if Role.ADMINISTRATOR not in each.roles]

    assert closed == ["articles.write"]


def test_every_role_is_described_in_plain_words():
    assert set(rights.ROLES) == set(Role)


def test_a_right_begins_in_the_first_minute_of_its_day_and_ends_before_the_first_of_another(world):
    start, end = dt.date(2026, 3, 2), dt.date(2026, 5, 4)
    person = post(world["N"], world.territory, start=start, end=end)
    hanoi = dt.timezone(dt.timedelta(hours=7))
    first = dt.datetime.combine(start, dt.time.min, hanoi)
    after = dt.datetime.combine(end, dt.time.min, hanoi)
    a_second = dt.timedelta(seconds=1)

    assert [
        may(person, "orgs.change", world["N"], moment)
        for moment in (first - a_second, first, after - a_second, after)
    ] == [False, True, True, False]


def test_the_dissolved_unit_is_still_mended_by_whoever_stood_above_it(world):
    district = post(world["A"], world.territory)
    province = post(world["P"], world.territory)

    assert may(district, "orgs.change", world["A1"])
    assert may(province, "orgs.change", world["A1"])
    assert not may(post(world["B"], world.territory), "orgs.change", world["A1"])


def test_a_unit_that_is_not_there_answers_like_a_foreign_one(world):
    person = post(world["N"], world.territory)
    missing = Unit(pk=10**9)
    said = []
    for unit in (world["M"], missing):
        with pytest.raises(rights.NotAllowedError) as refused:
            rights.require(person, "orgs.change", unit, NOON)
        said.append((refused.value.vi, refused.value.en))

    assert said[0] == said[1]


def test_all_or_nothing_where_several_units_are_asked_for(world):
    person = post(world["N"], world.territory)

    rights.require_all(person, "orgs.change", [world["N"].pk, world["N.du"].pk], NOON)
    with pytest.raises(rights.NotAllowedError):
        rights.require_all(person, "orgs.change", [world["N"].pk, world["M"].pk], NOON)


@pytest.mark.both
def test_to_ask_for_many_units_takes_two_queries(world, django_assert_num_queries):
    person = post(world["P"], world.territory)

    with django_assert_num_queries(2):
        rights.require_all(person, "orgs.change", [u.pk for u in world.units.values()], NOON)


@pytest.mark.both
def test_the_subtree_of_another_line_may_reach_further_than_that_of_ones_own(world):
    """The provincial committee stands alone under the province, and above all committees in the Party's line."""
    only_it = post(world["TU"], world.territory)

    rights.require_subtree(only_it, "orgs.appoint", world.territory, world["TU"], NOON)
    with pytest.raises(rights.NotAllowedError):
        rights.require_subtree(only_it, "orgs.appoint", world.party, world["TU"], NOON)


def test_a_unit_that_does_not_stand_in_a_line_has_no_subtree_there(world):
    with pytest.raises(rights.NotAllowedError):
        rights.require_subtree(make.clerk(), "orgs.appoint", world.party, world["N"], NOON)
