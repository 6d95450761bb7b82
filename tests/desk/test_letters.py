"""`lantoa remind`: one letter a person a day, with what must be done and why; none when all is well; never lost, never twice."""

import datetime as dt
from io import StringIO

import pytest
from django.core.mail import EmailMultiAlternatives
from django.core.management import CommandError, call_command
from django.urls import reverse

from lantoa.desk.letters import of
from lantoa.lib.periods import period
from lantoa.orgs import accounts
from lantoa.orgs.models import Account
from lantoa.submissions import reminders
from lantoa.submissions.letters import STOPPED, send
from lantoa.submissions.models import Letter
from tests import make
from tests.desk import reporting
from tests.desk.test_sheets import text

pytestmark = [pytest.mark.django_db]
ADDRESS = "https://lan-toa.example"
A_DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon(settings):
    settings.NOW = make.NOON


@pytest.fixture
def world(world):
    reporting.quarterly(world)
    return world


@pytest.fixture
def secretary(world, entered):
    """Somebody who sends for a unit, and has an address."""

    def made(unit, *, language="vi"):
        account = entered(world[unit], line=world.party, language=language).person.account
        accounts.be_written_to(account=account, address=f"{unit.lower()}@vi-du.vn", wants=True)
        return Account.objects.get(pk=account.pk)

    return made


def run(address=ADDRESS):
    said = StringIO()
    call_command("remind", address=address, stdout=said)
    return said.getvalue().strip()


def to(mails):
    return [address for mail in mails for address in mail.to]


def test_a_letter_says_what_must_be_done_why_and_where(secretary, mailoutbox):
    secretary("N.du")

    assert run() == "Đã gửi 1 thư; 0 người hôm nay đã có thư."

    [mail] = mailoutbox
    sheet = f"{ADDRESS}{reverse('desk:sheet', args=['hoc-tap', '2026-Q3'])}"
    assert mail.to == ["n.du@vi-du.vn"]
    assert mail.subject == "1 việc cần làm, 1 việc đã trễ"
    for part in ("Kính gửi Người dùng,", "Báo cáo quý III/2026 (Học tập chuyên đề): Trễ", sheet, "0/2 ô", reverse("desk:me")):  # fmt: skip
        assert part in mail.body
    [(html, kind)] = mail.alternatives
    assert kind == "text/html"
    assert f'<a href="{sheet}"><b>Báo cáo quý III/2026</b></a>' in html


def test_a_letter_speaks_the_language_of_its_account(secretary, mailoutbox):
    secretary("N.du", language="en")

    run()

    assert mailoutbox[0].subject == "1 thing to do, 1 of them late"
    assert "Dear Người dùng," in mailoutbox[0].body
    assert "Study of the theme" in mailoutbox[0].body


def test_who_has_nothing_to_do_now_gets_no_letter(world, secretary, mailoutbox):
    secretary("N.du")
    reporting.answer(world["N.du"], luot_nguoi=7, why="đếm ở hội trường")

    assert run() == "Đã gửi 0 thư; 0 người hôm nay đã có thư."
    assert mailoutbox == []


def test_running_twice_sends_once_and_the_next_day_again(secretary, mailoutbox, settings):
    secretary("N.du")

    run()
    assert run() == "Đã gửi 0 thư; 1 người hôm nay đã có thư."
    assert len(mailoutbox) == 1

    settings.NOW = make.NOON + A_DAY
    run()
    assert len(mailoutbox) == 2
    assert len({mail.extra_headers["Message-ID"] for mail in mailoutbox}) == 2


@pytest.mark.parametrize("wish", [{"wants": False}, {"address": ""}])
def test_who_wants_no_letter_or_has_no_address_gets_none(secretary, mailoutbox, wish):
    account = secretary("N.du")
    accounts.be_written_to(account=account, **{"address": "n.du@vi-du.vn", "wants": True} | wish)

    run()

    assert mailoutbox == []


class StoppedError(BaseException):
    """The machine is switched off."""


@pytest.fixture
def stopping(monkeypatch):
    """The programme is stopped at the second letter: before it has gone out, or after."""
    is_sent, gone = EmailMultiAlternatives.send, []

    def stop(*, after):
        def sent(mail, *named, **more):
            gone.append(mail)
            if len(gone) == 2 and not after:
                raise StoppedError
            is_sent(mail, *named, **more)
            if len(gone) == 2:
                raise StoppedError
            return 1

        monkeypatch.setattr(EmailMultiAlternatives, "send", sent)

    return stop


@pytest.mark.both
def test_stopped_between_two_letters_the_next_run_sends_the_rest(
    secretary, stopping, mailoutbox, settings
):
    for unit in ("N.du", "M.du", "A1.cb"):
        secretary(unit)
    stopping(after=False)

    with pytest.raises(StoppedError):
        run()
    assert to(mailoutbox) == ["n.du@vi-du.vn"]
    settings.NOW = make.NOON + STOPPED + dt.timedelta(seconds=1)
    run()

    assert sorted(to(mailoutbox)) == sorted({*to(mailoutbox)})
    assert {*to(mailoutbox)} >= {"n.du@vi-du.vn", "m.du@vi-du.vn"}
    assert not Letter.objects.filter(sent_at=None).exists()


@pytest.mark.both
def test_stopped_after_a_letter_had_gone_its_repetition_carries_the_same_number(
    secretary, stopping, mailoutbox, settings
):
    secretary("N.du")
    secretary("M.du")
    stopping(after=True)

    with pytest.raises(StoppedError):
        run()
    settings.NOW = make.NOON + STOPPED / 2
    run()
    assert to(mailoutbox) == ["n.du@vi-du.vn", "m.du@vi-du.vn"]

    settings.NOW = make.NOON + STOPPED + dt.timedelta(seconds=1)
    run()

    assert to(mailoutbox) == ["n.du@vi-du.vn", "m.du@vi-du.vn", "m.du@vi-du.vn"]
    assert mailoutbox[1].extra_headers["Message-ID"] == mailoutbox[2].extra_headers["Message-ID"]


def test_what_the_mail_server_did_not_take_is_said_and_sent_by_the_next_run(
    secretary, mailoutbox, monkeypatch
):
    secretary("N.du")
    with monkeypatch.context() as patch:

        def refuse(mail, *named, **more):
            raise ConnectionRefusedError

        patch.setattr(EmailMultiAlternatives, "send", refuse)
        with pytest.raises(CommandError, match="1 thư máy chủ thư chưa nhận"):
            run()

    run()

    assert to(mailoutbox) == ["n.du@vi-du.vn"]


@pytest.mark.both
def test_two_programmes_at_once_write_once(secretary, mailoutbox):
    """The second comes while the first is at it: the day is taken."""
    account = secretary("N.du")
    letter = of(account, ADDRESS, make.NOON)
    told = {"account": account, "subject": letter.subject, "body": letter.body, "host": "x.vn"}
    came = []

    class Slow(EmailMultiAlternatives):
        def send(self, *named, **more):
            came.append(send(**told, at=make.NOON))
            return super().send(*named, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lantoa.submissions.letters.EmailMultiAlternatives", Slow)
        came.append(send(**told, at=make.NOON))

    assert came == [None, True]
    assert len(mailoutbox) == 1


def test_who_was_reminded_by_letter_today_gets_no_second_one(
    world, secretary, mailoutbox, django_capture_on_commit_callbacks
):
    account = secretary("N.du")
    sheet = reporting.Sheet.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        reminders.remind(
            sheet=sheet, span=period("2026-Q3"), units=[world["N.du"].pk], link=ADDRESS,
            by=make.clerk(), at=make.NOON,
        )  # fmt: skip

    run()

    assert [mail.subject for mail in mailoutbox] == ["Nhắc gửi: Học tập chuyên đề, quý III/2026"]
    assert Letter.objects.get().person == account.person


@pytest.fixture
def client(world, entered):
    return entered(world["N.du"], line=world.party)


def test_one_says_on_ones_own_page_where_letters_go(client):
    answer = client.post(reverse("desk:mail"), {"thu": " toi@vi-du.vn ", "nhan": "1"}, follow=True)
    account = Account.objects.get(person=client.person)

    assert "Đã lưu cách nhận thư." in text(answer)
    assert (account.email, account.wants_mail) == ("toi@vi-du.vn", True)

    client.post(reverse("desk:mail"), {"thu": "toi@vi-du.vn"})
    assert not Account.objects.get(person=client.person).wants_mail


def test_an_address_that_is_none_comes_back_as_it_was_typed(client):
    answer = client.post(reverse("desk:mail"), {"thu": "toi@", "nhan": "1"})

    assert answer.status_code == 400
    assert "Địa chỉ thư chưa đúng. Viết như ten@vi-du.vn, hoặc để trống." in text(answer)
    assert 'value="toi@"' in answer.content.decode()
    assert Account.objects.get(person=client.person).email == ""
