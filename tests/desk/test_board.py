"""The overview: what arrived, what is kept, what to look at first; every number opens."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from lantoa.orgs.models import Post, UnitName
from lantoa.plans.actions import tasks
from lantoa.submissions import actions as submissions
from lantoa.submissions.models import Sheet
from lantoa.warehouse import segments, store
from lantoa.work import actions as work
from lantoa.work.models import Duty
from tests import make
from tests.plans import planning

pytestmark = pytest.mark.django_db
HANOI = dt.timezone(dt.timedelta(hours=7))
MORNING = dt.datetime(2026, 11, 23, 8, tzinfo=HANOI)


@pytest.fixture(autouse=True)
def _a_monday_in_november(settings):
    settings.NOW = MORNING
    store.forget()


@pytest.fixture
def heads():
    return make.measure("luot-nguoi")


@pytest.fixture
def sheet(world, heads):
    made = Sheet.objects.create(
        code="hoc-tap", name_vi="Học tập", name_en="Study", line=world.party,
        unit_kinds=["party_commune"], period_rule="calendar", frequency="quarter",
        start_date=dt.date(2026, 7, 1), days={"party_commune": 4},
    )  # fmt: skip
    made.measures.set([heads])
    return made


@pytest.fixture
def meetings(world, heads):
    kind = make.kind("sinh-hoat", needed=[heads])
    Duty.objects.create(
        code="sinh-hoat", kind=kind, name_vi="Sinh hoạt", name_en="Meeting", line=world.party,
        unit_kinds=["party_cell"], rule="FREQ=MONTHLY;BYMONTHDAY=5", early_days=4, grace_days=10,
        start_date=dt.date(2026, 8, 1),
    )  # fmt: skip
    return kind


def hold(kind, unit, date, heads=12):
    work.record(
        kind=kind, unit=unit, date=date, values={"luot-nguoi": heads}, by=make.clerk(), at=make.NOON
    )


def send(sheet, unit, *, at):
    submissions.send(sheet=sheet, unit=unit, period="2026-Q3", is_nil=True, by=make.clerk(), at=at)


def text(answer):
    """What is seen: not what is only read aloud."""
    seen = re.sub(r'<span class="hide">.*?</span>', "", answer.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", seen).split())


def leader(world, entered, **more):
    return entered(world["TU"], Post.Role.LEADER, line=world.party, **more)


def test_completeness_is_said_before_anything_else(world, sheet, entered):
    send(sheet, world["N.du"], at=dt.datetime(2026, 10, 2, 9, tzinfo=HANOI))

    page = text(leader(world, entered).get(reverse("desk:board")))

    assert "1 trên 2 đơn vị đã gửi. Còn 1 đơn vị chưa gửi. Hạn gửi là 06/10/2026." in page
    assert "1 đơn vị quá hạn chưa gửi" in page
    assert "1 đơn vị chưa gửi Đảng ủy Xã M" in page


def test_who_sent_late_does_not_count_as_in_time(world, sheet, entered):
    send(sheet, world["N.du"], at=dt.datetime(2026, 10, 2, 9, tzinfo=HANOI))
    send(sheet, world["M.du"], at=dt.datetime(2026, 10, 20, 9, tzinfo=HANOI))

    page = text(leader(world, entered).get(reverse("desk:board")))

    assert "50% tính trên 2 đơn vị đã gửi 1 đơn vị trễ" in page


def test_said_and_done_stand_side_by_side_for_each_subordinate(world, sheet, meetings, entered):
    hold(meetings, world["A1.cb"], dt.date(2026, 8, 4))
    hold(meetings, world["A2.cb"], dt.date(2026, 9, 9))

    page = text(leader(world, entered).get(reverse("desk:board")))

    # In the quarter, August and September: N has three branches, M two.
    assert f"Đảng ủy Xã N {1 + 1}/{3 * 2} chưa gửi" in page
    assert f"Đảng ủy Xã M 0/{2 * 2} chưa gửi" in page
    assert page.index("Đảng ủy Xã M 0/4") < page.index("Đảng ủy Xã N 2/6")
    assert "20% 2/10 lần đến hạn 8 lần bỏ lỡ" in page
    assert "2 đơn vị giữ chưa tới một nửa số lần Ít nhất là Đảng ủy Xã M, Đảng ủy Xã N." in page


def test_the_figure_of_the_measure_is_what_its_door_adds_up_to(world, sheet, meetings, entered):
    hold(meetings, world["A1.cb"], dt.date(2026, 8, 4), heads=12)
    hold(meetings, world["B2.cb"], dt.date(2026, 9, 4), heads=30)
    segments.seal(at=make.NOON)
    client = leader(world, entered)

    page = client.get(reverse("desk:board"))
    door = re.search(r'href="([^"]*/so-lieu/luot-nguoi/ho-so/[^"]*)"', page.content.decode())[1]

    assert f"{12 + 30} lượt" in text(page)
    assert f"{12 + 30}" in text(client.get(door.replace("&amp;", "&")))


def test_a_map_of_the_communes_is_for_who_oversees_the_whole(world, sheet, meetings, entered):
    UnitName.objects.filter(unit=world["N"], end_date=None).update(code="01273")
    hold(meetings, world["A1.cb"], dt.date(2026, 8, 4))

    whole = leader(world, entered).get(reverse("desk:board")).content.decode()
    part = entered(world["N.du"], Post.Role.LEADER, line=world.party).get(reverse("desk:board"))

    assert "tilemap" in whole
    assert "tilemap" not in part.content.decode()


@pytest.mark.parametrize("word", ["bieu", "ky", "chi-tieu"])
def test_a_choice_that_is_not_there_gets_a_sentence(world, sheet, entered, word):
    page = leader(world, entered).get(reverse("desk:board"), {word: "bia-dat"})

    assert page.status_code == 400
    assert "Không có “bia-dat” để chọn" in text(page)


def test_without_a_sheet_it_says_what_to_do(world, entered):
    page = leader(world, entered).get(reverse("desk:board"))

    assert "Hãy đặt ngày bắt đầu cho một biểu" in text(page)


def test_the_page_asks_no_question_per_unit(
    world, sheet, meetings, entered, django_assert_max_num_queries
):
    client = leader(world, entered)
    client.get(reverse("desk:board"))

    with django_assert_max_num_queries(47):
        client.get(reverse("desk:board"))


def test_it_is_all_there_in_english(world, sheet, meetings, entered):
    page = text(leader(world, entered, language="en").get(reverse("desk:board")))

    assert "units have reported" in page
    assert "đơn vị" not in page.replace("Đơn vị", "đơn vị").lower().split("overview")[-1]


def test_a_reminder_stands_in_the_work_list_of_the_unit(world, sheet, entered):
    superior = leader(world, entered)
    unit = entered(world["M.du"], Post.Role.RECORDER, line=world.party)

    said = superior.post(reverse("desk:remind", args=["hoc-tap", "2026-Q3"]), follow=True)
    again = superior.post(reverse("desk:remind", args=["hoc-tap", "2026-Q3"]), follow=True)

    assert "Đã nhắc 2 đơn vị." in text(said)
    assert "Hôm nay đã nhắc rồi" in text(again)
    assert "Cấp trên nhắc ngày 23/11/2026" in text(unit.get(reverse("desk:mine")))


def test_what_was_promised_stands_beside_what_was_done_and_opens(world, sheet, entered):
    _plan, [task] = planning.approved(world["N.du"], world["TU"], on=world.party)
    planning.approved(world["M.du"], world["TU"], on=world.party)
    tasks.report_done(task=task, outcome="Xong", by=make.clerk(), at=make.NOON)
    client = leader(world, entered)

    page = client.get(reverse("desk:board"))
    doors = re.findall(r'<a class="fig num" href="([^"]+tinh=\w+)">(\d+)', page.content.decode())

    assert "Đảng ủy Xã M 0/1 Đã duyệt" in text(page)
    assert [int(number) for _door, number in doors] == [0, 1, 1, 0]
    for door, number in doors:
        assert f"{number} nhiệm vụ" in text(client.get(door.replace("&amp;", "&")))
