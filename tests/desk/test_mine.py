"""Việc của tôi: what must be done, in order, with why."""

import datetime as dt

import pytest
from django.urls import reverse

from lantoa.desk import places
from lantoa.orgs.models import Post
from lantoa.submissions import reviews
from lantoa.submissions.models import Sheet
from lantoa.submissions.reviews import Shown
from tests import make
from tests.desk import reporting
from tests.desk.test_sheets import entered_above, text

pytestmark = pytest.mark.django_db
MINE = "desk:mine"


@pytest.fixture(autouse=True)
def _at_noon(settings):
    settings.NOW = make.NOON


@pytest.fixture
def sheet(world):
    return reporting.quarterly(world)


@pytest.fixture
def unit(world):
    return world["N.du"]


@pytest.fixture
def client(world, sheet, unit, entered):
    return entered(unit, line=world.party)


def test_what_was_returned_comes_first_with_the_question_word_for_word(client, world, unit):
    Sheet.objects.update(start_date=dt.date(2026, 4, 1))
    submission = reporting.answer(unit, luot_nguoi=37)
    reviews.send_back(
        submission=submission, shown=Shown(1, 10**6), question="27 hay 37 người?",
        by=entered_above(world), at=make.NOON,
    )  # fmt: skip

    page = text(client.get(reverse(MINE)))

    assert "2 việc cần làm, 1 việc đã trễ" in page
    assert page.index("Sửa báo cáo quý III/2026") < page.index("Báo cáo quý II/2026")
    assert "Tỉnh ủy hỏi: “27 hay 37 người?”" in page


def test_what_is_overdue_says_by_how_much_and_what_is_filled(client, world):
    reporting.record(world["A1.cb"], 30)

    page = text(client.get(reverse(MINE)))

    assert "Phải làm ngay" in page
    assert "Trễ 48 ngày" in page
    assert "Máy đã điền sẵn 1/2 ô từ các việc đã ghi" in page


@pytest.mark.parametrize(
    ("day", "group", "tag"),
    [
        (dt.date(2026, 10, 1), "Phải làm ngay", "Còn 5 ngày"),
        (dt.date(2026, 10, 6), "Phải làm ngay", "Hạn hôm nay"),
    ],
)
def test_what_is_due_within_a_week_is_for_now(client, settings, day, group, tag):
    settings.NOW = dt.datetime.combine(day, dt.time(5), dt.UTC)

    page = text(client.get(reverse(MINE)))

    assert group in page
    assert tag in page


def test_what_is_due_this_month_stands_below(client, settings):
    Sheet.objects.update(days={"party_commune": 15})  # due on 21 October
    settings.NOW = dt.datetime(2026, 10, 2, 5, tzinfo=dt.UTC)

    page = text(client.get(reverse(MINE)))

    assert "Trong tháng này" in page
    assert "Phải làm ngay" not in page
    assert "21/10/2026" in page


def test_when_all_is_done_it_says_what_comes_next(client, unit):
    reporting.answer(unit, luot_nguoi=3)

    page = text(client.get(reverse(MINE)))

    assert "Hết việc rồi" in page
    assert "Việc tiếp theo: Báo cáo quý IV/2026 , hạn 07/01/2027" in page


def test_a_reviewer_is_told_how_many_wait(world, sheet, unit, entered):
    reporting.answer(unit, luot_nguoi=3)
    reporting.answer(world["M.du"], luot_nguoi=3)
    client = entered(world["TU"], Post.Role.APPROVER, line=world.party)

    page = client.get(reverse(MINE))

    assert "Duyệt 2 báo cáo" in text(page)
    assert reverse("desk:review") in page.content.decode()
    assert "Ghi việc đã làm" not in text(page)


def test_a_change_after_approval_is_seen_by_everyone_above(world, sheet, unit, entered):
    submission = reporting.answer(unit, luot_nguoi=37)
    reviews.approve(
        submission=submission, shown=Shown(1, 10**6), by=entered_above(world), at=make.NOON
    )
    reporting.answer(unit, luot_nguoi=38, seen=1, reason="sót một buổi")

    for role in (Post.Role.LEADER, Post.Role.INSPECTOR):
        page = text(entered(world["TU"], role, line=world.party).get(reverse(MINE)))
        assert "Báo cáo quý III/2026, bản 2: sót một buổi" in page


def test_a_cell_that_is_asked_for_nothing_may_still_record(world, sheet, entered):
    client = entered(world["A1.cb"], line=world.party)

    page = client.get(reverse(MINE))

    assert "Hết việc rồi" in text(page)
    assert reverse("desk:record") in page.content.decode()


@pytest.mark.parametrize(
    ("role", "first"),
    [
        (Post.Role.RECORDER, ["Việc của tôi", "Báo cáo"]),
        (Post.Role.REVIEWER, ["Duyệt", "Việc của tôi", "Bảng điều hành"]),
        (Post.Role.LEADER, ["Bảng điều hành", "Việc của tôi", "Việc đã ghi"]),
        (Post.Role.ANSWERER, ["Hộp thư dân hỏi", "Việc của tôi"]),
    ],
)
def test_a_thumb_reaches_what_its_role_wants_most_and_never_more_than_four(role, first):
    bar = [place.name for place in places.for_roles(frozenset({role}), "/").bar]

    assert [name for name in bar if name in first] == first
    assert len(bar) <= 4
    assert bar[-1] == "Mục khác"


def test_every_place_of_a_role_stands_in_one_group_and_empty_groups_stand_nowhere():
    found = places.for_roles(frozenset({Post.Role.ADMINISTRATOR, Post.Role.EDITOR}), "/").groups
    names = [place.name for _group, inside in found for place in inside]

    assert sorted(names) == sorted(str(each[1]) for each in places.PLACES)
    assert [group for group, inside in found if not inside] == []
