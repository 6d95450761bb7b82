"""Asking those below to send what they have not sent: calm, once a day, and by mail where there is an address."""

import datetime as dt

import pytest

from lantoa.orgs.models import Account, Person, Post
from lantoa.orgs.rights import NotAllowedError
from lantoa.submissions import actions, reminders
from lantoa.submissions.models import Reminder, Sheet
from tests import make
from tests.orgs import world as worlds

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LINK = "https://lan-toa.example/lam-viec/"
A_DAY = dt.timedelta(days=1)


@pytest.fixture
def world():
    return worlds.small_province()


@pytest.fixture
def sheet(world):
    made = Sheet.objects.create(
        code="hoc-tap", name_vi="Học tập", name_en="Study", line=world.party,
        unit_kinds=["party_commune"], period_rule="calendar", frequency="quarter",
        start_date=dt.date(2026, 7, 1), days={"party_commune": 4},
    )  # fmt: skip
    made.measures.set([make.measure("luot-nguoi")])
    return made


def remind(sheet, *units, by=None, at=make.NOON):
    return reminders.remind(
        sheet=sheet, span=third_quarter(), units=[unit.pk for unit in units], link=LINK,
        by=by or make.clerk(), at=at,
    )  # fmt: skip


def third_quarter():
    from lantoa.lib.periods import period

    return period("2026-Q3")


def secretary(unit, line, email, *, language="vi"):
    person = Person.objects.create(name="Người ghi")
    Post.objects.create(person=person, unit=unit, line=line, role="recorder", start_date=make.START)
    Account.objects.create_user(
        username=email, email=email, person=person, language=language, password="x" * 12
    )


def test_only_those_who_have_not_sent_are_reminded(world, sheet):
    actions.send(
        sheet=sheet, unit=world["N.du"], period="2026-Q3", is_nil=True, by=make.clerk(),
        at=make.NOON,
    )  # fmt: skip

    told = remind(sheet, world["N.du"], world["M.du"], world["A1.cb"])

    assert told == [world["M.du"].pk]
    assert Reminder.objects.count() == 1


def test_nobody_is_reminded_twice_on_one_day_but_again_on_the_next(world, sheet):
    first = remind(sheet, world["M.du"])
    again = remind(sheet, world["M.du"])
    tomorrow = remind(sheet, world["M.du"], at=make.NOON + A_DAY)

    assert [len(each) for each in (first, again, tomorrow)] == [1, 0, 1]
    assert reminders.reminders_of(world["M.du"].pk, dt.date(2026, 1, 1)) == {
        (sheet.pk, "2026-Q3"): (make.NOON + A_DAY).date()
    }


def test_only_somebody_above_reminds(world, sheet):
    with pytest.raises(NotAllowedError):
        remind(sheet, world["M.du"], by=make.recorder(world["N.du"], on=world.party))

    assert Reminder.objects.count() == 0


def test_who_sends_gets_a_mail_in_their_language_after_the_commit(
    world, sheet, mailoutbox, django_capture_on_commit_callbacks
):
    secretary(world["M.du"], world.party, "m@example.vn")
    secretary(world["N.du"], world.party, "n@example.vn", language="en")

    with django_capture_on_commit_callbacks(execute=True):
        remind(sheet, world["M.du"], world["N.du"])

    said = {mail.to[0]: mail for mail in mailoutbox}
    assert said["m@example.vn"].subject == "Nhắc gửi: Học tập, quý III/2026"
    assert said["n@example.vn"].subject.startswith("Please send: Study")
    assert all(LINK in mail.body for mail in mailoutbox)
    assert len(mailoutbox) == 2
