"""Movements and campaigns: launched for a subtree and a span, joined and left, counted."""

import datetime as dt

import pytest

from lantoa.ledger.models import Entry
from lantoa.orgs.rights import NotAllowedError
from lantoa.plans.actions import movements as actions
from lantoa.plans.queries import movements as queries
from lantoa.plans.refusals import RefusedError
from tests import make
from tests.orgs import world as worlds

pytestmark = pytest.mark.django_db
START, JOINED, LEFT = dt.date(2026, 1, 1), dt.date(2026, 2, 1), dt.date(2026, 6, 1)


@pytest.fixture
def world():
    make.measure("don-vi-trong-phong-trao", nature="balance")
    return worlds.small_province()


def launched(world, unit="TU", **changes):
    told = {"kind": "movement", "name": "Dân vận khéo", "line": world.party, "start_date": START}
    return actions.launch(unit=world[unit], by=make.clerk(), at=make.NOON, **(told | changes))


def joined(movement, unit, date=JOINED):
    return actions.join(movement=movement, unit=unit, date=date, by=make.clerk(), at=make.NOON)


def left(joining, date=LEFT, reason="giải thể tổ"):
    return actions.leave(joining=joining, date=date, reason=reason, by=make.clerk(), at=make.NOON)


def balance(day):
    return sum(Entry.objects.filter(date__lte=day).values_list("value", flat=True))


@pytest.mark.both
def test_a_unit_counts_from_the_day_it_joins_to_the_day_it_leaves(world):
    movement = launched(world)
    first = joined(movement, world["N.du"])
    joined(movement, world["M.du"])
    left(first)

    assert balance(START) == 0
    assert balance(JOINED) == 1 + 1
    assert balance(LEFT) == 1
    [counted] = queries.with_counts(queries.seen_by(make.clerk(), make.NOON), JOINED)
    assert counted.taking_part == 1 + 1


@pytest.mark.both
def test_a_unit_is_in_a_movement_once_and_may_come_back(world):
    movement = launched(world)
    first = joined(movement, world["N.du"])
    with pytest.raises(RefusedError, match="tham gia phong trào này rồi"):
        joined(movement, world["N.du"])

    left(first)

    joined(movement, world["N.du"], dt.date(2026, 7, 1))
    assert balance(make.NOON.date()) == 1


def test_only_units_below_the_launcher_in_its_line_join(world):
    movement = launched(world, "N.du")

    for outside in ("M.du", "W", "TU"):
        with pytest.raises(RefusedError, match="phạm vi phát động"):
            joined(movement, world[outside])
    joined(movement, world["N.du"])


@pytest.mark.parametrize("day", [dt.date(2025, 12, 31), LEFT, dt.date(2027, 1, 1)])
def test_one_joins_only_while_it_runs_and_not_ahead(world, day):
    movement = launched(world, end_date=LEFT)

    with pytest.raises(RefusedError, match="phong trào từ 01/01/2026 đến trước 01/06/2026"):
        joined(movement, world["N.du"], day)


def test_whoever_takes_part_is_out_when_the_movement_ends(world):
    movement = launched(world)
    joined(movement, world["N.du"])

    actions.end(movement=movement, date=LEFT, by=make.clerk(), at=make.NOON)

    assert balance(JOINED) == 1
    assert balance(LEFT) == 0
    with pytest.raises(RefusedError, match="không sau ngày bắt đầu"):
        actions.end(movement=movement, date=START, by=make.clerk(), at=make.NOON)


def test_to_leave_needs_a_reason_and_a_day_after_joining(world):
    joining = joined(launched(world), world["N.du"])

    with pytest.raises(RefusedError, match="phải ghi lý do"):
        left(joining, reason=" ")
    with pytest.raises(RefusedError, match="không sau ngày bắt đầu"):
        left(joining, JOINED)
    left(joining)
    with pytest.raises(RefusedError, match="đã thôi tham gia"):
        left(joining, dt.date(2026, 7, 1))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " "}, "Ghi tên phong trào"),
        ({"kind": "lạ"}, "Chọn phong trào thi đua"),
        ({"end_date": START}, "không sau ngày bắt đầu"),
    ],
)
def test_a_movement_that_makes_no_sense_is_refused(world, changes, said):
    with pytest.raises(RefusedError, match=said):
        launched(world, **changes)


def test_a_movement_is_launched_once_and_along_a_line_of_its_unit(world):
    launched(world)

    with pytest.raises(RefusedError, match="đã phát động"):
        launched(world)
    with pytest.raises(RefusedError, match="không thuộc hệ thống"):
        launched(world, line=world.women, name="Khác")


def test_who_may_not_do_so_neither_launches_nor_joins(world):
    movement, clerk = launched(world), make.recorder(world["M"])

    with pytest.raises(NotAllowedError):
        actions.launch(
            unit=world["M"], kind="movement", name="X", line=world.territory, start_date=START,
            by=clerk, at=make.NOON,
        )  # fmt: skip
    with pytest.raises(NotAllowedError):
        actions.join(movement=movement, unit=world["N.du"], date=JOINED, by=clerk, at=make.NOON)


def test_movements_are_searched_without_marks(world):
    movement = launched(world, aim="Tổ dân vận ở xóm")
    launched(world, kind="campaign", name="Vì người nghèo", end_date=LEFT)
    seen = queries.seen_by(make.clerk(), make.NOON)

    assert list(queries.search(seen, words="dan van xom")) == [movement]
    assert list(queries.search(seen, kind="movement")) == [movement]
    assert list(queries.search(seen, running=make.NOON.date())) == [movement]
