"""Whoever changes the structure changes what stands in their own subtree, and reaches for nothing beyond."""

import datetime as dt

import pytest

from lantoa.lib.dates import VIETNAM
from lantoa.orgs import actions, rights
from lantoa.orgs.changes import Dissolution, Merger, Move, NewPlace, NewUnit, Renaming, Split
from lantoa.orgs.models import Person, Placement, Post, Unit, UnitName
from tests import make
from tests.orgs import world as worlds

pytestmark = [pytest.mark.django_db, pytest.mark.both]
REFORM, DAY = worlds.REFORM, dt.timedelta(days=1)
MAY = dt.date(2024, 5, 1)
ADMINISTRATOR, RECORDER = Post.Role.ADMINISTRATOR, Post.Role.RECORDER


@pytest.fixture
def world():
    return worlds.small_province(reformed=False)


def holder(unit, line, role=ADMINISTRATOR, *, start=worlds.OPENING, end=None) -> Person:
    person = make.person()
    Post.objects.create(
        person=person, unit=unit, line=line, role=role, start_date=start, end_date=end
    )
    return person


def noon(day):
    return dt.datetime.combine(day, dt.time(12), VIETNAM)


def may(person, unit, day=MAY, act="orgs.change"):
    return rights.units_among(person, act, [unit.pk], noon(day)).exists()


def test_a_unit_that_moves_is_the_business_of_whoever_it_stands_under_on_the_day(world):
    here, there = (holder(world[key], world.territory) for key in ("A", "B"))

    actions.move(
        unit=world["A1"], line=world.territory, parent=world["B"], date=MAY, by=make.clerk(), at=make.NOON
    )  # fmt: skip

    assert [may(person, world["A1.cb"], MAY - DAY) for person in (here, there)] == [True, False]
    assert [may(person, world["A1.cb"], MAY) for person in (here, there)] == [False, True]


def test_a_unit_that_is_not_open_yet_is_judged_where_it_will_stand_first(world):
    worlds.reform(world)
    person = holder(world["N"], world.territory)

    assert may(person, world["N.du"], REFORM - DAY)
    assert not may(holder(world["A"], world.territory), world["N.du"], REFORM - DAY)


def test_only_an_administrator_changes_the_structure(world):
    for role in set(Post.Role) - {ADMINISTRATOR}:
        assert not may(holder(world["A"], world.territory, role), world["A1"])
    assert may(holder(world["A"], world.territory, RECORDER), world["A1"], act="work.record")


REACHING_OUT = {
    "a move of a stranger": lambda w: {"moved": [Move(w["B1"], w.territory, w["A"])]},
    "a move under a stranger": lambda w: {"moved": [Move(w["A1"], w.territory, w["B"])]},
    "a move to the very top": lambda w: {"moved": [Move(w["A1"], w.territory, None)]},
    "a new name for a stranger": lambda w: {"renamed": [Renaming(w["B1"], "Xã khác")]},
    "a merger of a stranger": lambda w: {"ended": [Merger([w["A1"], w["B1"]], w["A2"])]},
    "a merger into a stranger": lambda w: {"ended": [Merger([w["A1"]], w["B1"])]},
    "a split into a stranger": lambda w: {
        "ended": [Split(w["A1"], [(w["A2"], None), (w["B1"], None)], w["A2"])]
    },
    "an end with a strange heir": lambda w: {"ended": [Dissolution(w["A1"], w["B1"])]},
    "a home with a stranger": lambda w: {"ended": [Dissolution(w["A1"], None, w["B1"])]},
    "homes with a stranger": lambda w: {
        "ended": [Merger([w["A1"]], w["A2"], {w["A1.cb"]: w["B1"]})]
    },
    "an opening under a stranger": lambda w: {"opened": [new(w.territory, w["B"])]},
    "an opening at the very top": lambda w: {"opened": [new(w.territory, None)]},
}


def new(line, parent):
    return NewUnit("new", "other", "Đơn vị mới", places=[NewPlace(line, parent)])


@pytest.mark.parametrize("change", REACHING_OUT.values(), ids=REACHING_OUT)
def test_nobody_changes_what_stands_beyond_their_own_subtree(world, change):
    person, before = holder(world["A"], world.territory), counts()

    with pytest.raises(rights.NotAllowedError) as refused:
        actions.reorganise(date=MAY, by=person, at=noon(MAY), **change(world))

    assert "Bạn không có quyền sửa cơ cấu tổ chức" in refused.value.vi
    assert "Hãy nhờ người quản trị của đơn vị cấp trên" in refused.value.vi
    assert "You may not change the structure" in refused.value.en
    assert counts() == before
    actions.reorganise(date=MAY, by=make.clerk(), at=make.NOON, **change(world))


def counts():
    return [model.objects.count() for model in (Unit, UnitName, Placement)]


def test_whoever_looks_after_a_subtree_changes_it_by_every_action(world):
    what = {"date": MAY, "by": holder(world["A"], world.territory), "at": noon(MAY)}
    unit = actions.open_unit(kind="commune", name="Xã mới", short_name="", code="", **what)

    actions.place(unit=unit, line=world.territory, parent=world["A"], **what)
    actions.move(unit=world["A1.cb"], line=world.territory, parent=world["A2"], **what)
    actions.rename(unit=world["A1"], name="Xã Một", **what)
    actions.merge(units=[world["A2"]], into=world["A1"], **what)
    actions.dissolve(unit=world["A3.cb"], **what)
    parts = [(world["A1"], None), (unit, None)]
    actions.split(unit=world["A3"], into=parts, children=unit, **what)

    assert Unit.objects.filter(closed_date=MAY).count() == 3


def test_nobody_pulls_a_stranger_into_their_own_line(world):
    person = holder(world["W"], world.women)

    with pytest.raises(rights.NotAllowedError):
        actions.place(
            unit=world["B1"], line=world.women, parent=world["W"], date=MAY, by=person, at=noon(MAY)
        )


def test_a_root_is_placed_by_a_founder_only(world):
    person = holder(world["A"], world.territory)
    unit = actions.open_unit(
        kind="other", name="Gốc", short_name="", code="", date=MAY, by=person, at=noon(MAY)
    )
    what = {"unit": unit, "line": world.territory, "parent": None, "date": MAY}

    with pytest.raises(rights.NotAllowedError):
        actions.place(by=person, at=noon(MAY), **what)
    actions.place(by=make.clerk(), at=make.NOON, **what)


def test_a_line_is_opened_by_a_founder_only(world):
    what = {"code": "mat-tran", "kind": "sector", "name_vi": "Mặt trận", "name_en": "Front"}

    with pytest.raises(rights.NotAllowedError):
        actions.open_line(by=holder(world["P"], world.territory), at=noon(MAY), **what)
    actions.open_line(by=make.clerk(), at=make.NOON, **what)
