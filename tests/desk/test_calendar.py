"""The calendar of what recurs, its feed for telephones, and how regular the units below are."""

import datetime as dt
import re

import pytest
from django.conf import settings as real_settings
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from lantoa.orgs.models import Post
from lantoa.work import actions
from lantoa.work.models import Duty
from tests import make

pytestmark = pytest.mark.django_db
MORNING = dt.datetime(2026, 11, 23, 8, tzinfo=dt.timezone(dt.timedelta(hours=7)))


@pytest.fixture(autouse=True)
def _a_monday_in_november(settings):
    settings.NOW = MORNING


@pytest.fixture
def meetings(world):
    kind = make.kind("sinh-hoat", needed=[make.measure("luot-nguoi")])
    Duty.objects.create(
        code="sinh-hoat", kind=kind, name_vi="Sinh hoạt chi bộ", name_en="Branch meeting",
        line=world.party, unit_kinds=["party_cell"], rule="FREQ=MONTHLY;BYMONTHDAY=5",
        early_days=4, grace_days=20, start_date=dt.date(2026, 1, 1),
    )  # fmt: skip
    return kind


def hold(kind, unit, date):
    actions.record(
        kind=kind, unit=unit, date=date, values={"luot-nguoi": 12}, by=make.clerk(), at=make.NOON
    )


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_branch_sees_its_month_and_is_led_to_record_what_is_due(world, meetings, entered):
    client = entered(world["A1.cb"], line=world.party)

    due = client.get(reverse("desk:calendar"))
    hold(meetings, world["A1.cb"], dt.date(2026, 11, 4))
    kept = client.get(reverse("desk:calendar"))

    assert "Sinh hoạt chi bộ Thứ Năm, 05/11/2026 · chậm nhất 25/11/2026 Đến hạn" in text(due)
    assert f"{reverse('desk:record')}?viec=sinh-hoat" in due.content.decode()
    assert "Đã giữ đúng ngày" in text(kept)


def test_another_month_is_a_page_of_its_own(world, meetings, entered):
    client = entered(world["A1.cb"], line=world.party)

    page = client.get(reverse("desk:calendar"), {"thang": "2026-10"})

    assert "Đã bỏ lỡ" in text(page)
    assert "?thang=2026-09" in page.content.decode()


@pytest.mark.parametrize(("typed", "said"), [("2026", "không phải tháng"), ("tháng 10", "2023-01")])
def test_what_is_no_month_gets_a_sentence(world, entered, typed, said):
    page = entered(world["A1.cb"], line=world.party).get(reverse("desk:calendar"), {"thang": typed})

    assert page.status_code == 400
    assert said in text(page)


def test_a_unit_without_duties_is_told_so(world, entered):
    page = entered(world["A1.pn"], line=world.women).get(reverse("desk:calendar"))

    assert "Tháng này không có việc định kỳ" in text(page)


def test_the_province_sees_how_regular_each_committee_below_is(world, meetings, entered):
    hold(meetings, world["A1.cb"], dt.date(2026, 11, 4))
    hold(meetings, world["B1.cb"], dt.date(2026, 11, 9))
    client = entered(world["TU"], Post.Role.LEADER, line=world.party)

    page = text(client.get(reverse("desk:regularity")))

    # N.du took A1, A2 and B1: one kept, one late, one not yet; M.du took A3 and B2.
    assert "Đảng ủy Xã N 3 1 1 0 1" in page
    assert "Đảng ủy Xã M 2 0 0 0 2" in page
    assert f"Cộng {0 + 1} {0 + 1} 0 {2 + 1}" in page


def test_a_recorder_does_not_see_how_others_do(world, entered):
    page = entered(world["A1.cb"], line=world.party).get(reverse("desk:regularity"))

    assert page.status_code == 403


def test_the_page_of_the_province_asks_no_question_per_unit(
    world, meetings, entered, django_assert_max_num_queries
):
    client = entered(world["TU"], Post.Role.LEADER, line=world.party)

    with django_assert_max_num_queries(20):
        client.get(reverse("desk:regularity"))


def test_a_telephone_reads_the_calendar_by_its_secret_address(world, meetings, entered):
    client = entered(world["A1.cb"], line=world.party)
    address = re.search(r'value="http://testserver(/lam-viec/lich/[^"]+)"', client.get(
        reverse("desk:calendar")).content.decode())[1]  # fmt: skip

    answer = Client().get(address)

    [event] = Calendar.from_ical(answer.content).walk("VEVENT")
    assert answer["Content-Type"].startswith("text/calendar")
    assert str(event["SUMMARY"]) == "Sinh hoạt chi bộ"
    assert event["RRULE"].to_ical() == b"FREQ=MONTHLY;BYMONTHDAY=5"


def test_a_new_password_makes_the_old_address_useless(world, meetings, entered):
    client = entered(world["A1.cb"], line=world.party)
    account = client.person.account
    from lantoa.desk.views.calendar import secret

    old = reverse("desk:feed", args=[secret(account)])
    account.set_password("mot-cau-khac-han")
    account.save()

    assert Client().get(old).status_code == 404
    assert Client().get(reverse("desk:feed", args=["1.bia-dat"])).status_code == 404


def test_the_english_of_an_account_is_kept_on_the_page(world, meetings, entered):
    client = entered(world["A1.cb"], line=world.party, language="en")

    page = text(client.get(reverse("desk:calendar")))

    assert "Branch meeting" in page
    assert real_settings.LANGUAGE_CODE == "vi"


def test_what_is_due_stands_in_my_work_until_it_is_held(world, meetings, entered):
    client = entered(world["A1.cb"], line=world.party)

    before = text(client.get(reverse("desk:mine")))
    hold(meetings, world["A1.cb"], dt.date(2026, 11, 20))
    after = text(client.get(reverse("desk:mine")))

    assert "Sinh hoạt chi bộ Ngày 05/11/2026 Còn 2 ngày" in before
    assert "Ngày 05/11/2026" not in after
