"""Answers go out by Zalo: within its windows, in order, once, with errors that hide in HTTP 200 (A8.4 to A8.6)."""

import datetime as dt
import threading
import unicodedata

import pytest
import zalo_sdk
import zalo_sdk.oa
from django.db import connection

from lantoa.enquiries import actions, outbox, tokens, working
from lantoa.enquiries.models import Asker, Enquiry, Sending, ZaloAccount
from tests import make
from tests.enquiries import zaloing
from tests.enquiries.asking import answerer, now
from tests.enquiries.zaloing import Clock, connected, keep
from tests.zalo import fake

MINH = "246845883529197922"
State = Sending.State


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def zalo(settings, tmp_path, clock):
    double = fake.Zalo(now=clock)
    double.access_tokens["access-0"] = clock() + 20 * 3600
    server = fake.serve(double)
    zaloing.point_at(settings, tmp_path, server.server_port)
    yield double
    server.shutdown()
    server.server_close()


@pytest.fixture
def asked(zalo, world):
    """Minh has asked by Zalo, and has the receipt."""
    by = answerer(world["P"])
    connected()
    keep(zalo, zalo.event("user_send_text", MINH, text="Xin hỏi thủ tục tạm trú"), make.NOON)
    working.work(make.NOON)
    return Enquiry.objects.select_related("unit", "asker").get(), by


def answer(asked, text="Nộp ở bộ phận một cửa.", at=make.NOON):
    enquiry, by = now(asked[0]), asked[1]
    return actions.answer(enquiry=enquiry, text=text, seen=enquiry.version, by=by, at=at)


pytestmark = pytest.mark.django_db


def test_an_answer_reaches_the_one_who_asked(zalo, asked):
    answer(asked)
    working.work(make.NOON)

    assert [who for who, _text in zalo.messages] == [MINH, MINH]
    assert "Nộp ở bộ phận một cửa." in zalo.messages[1][1]
    assert set(Sending.objects.values_list("state", flat=True)) == {State.SENT}


def test_a_note_never_goes_out(zalo, asked):
    actions.note(enquiry=asked[0], text="Hỏi chị Mai", by=asked[1], at=make.NOON)
    working.work(make.NOON)

    assert len(zalo.messages) == 1


@pytest.mark.parametrize(
    ("hours", "window"), [(1, "free"), (47, "free"), (49, "billed"), (24 * 7 + 1, "web")]
)
def test_what_zalo_allows_depends_on_when_the_person_last_wrote(zalo, asked, clock, hours, window):
    clock.go(hours=hours)
    zalo.access_tokens["access-0"] = clock() + 3600
    ZaloAccount.objects.update(expires_at=clock.at + dt.timedelta(hours=1))
    answer(asked, at=clock.at)
    working.work(clock.at)
    sending = Sending.objects.get(reply__isnull=False)

    assert outbox.window(Asker.objects.get(), clock.at) == window
    assert sending.state == (State.ON_THE_WEB if window == "web" else State.SENT)
    assert sending.is_billed is (window == "billed")
    assert len(zalo.messages) == (1 if window == "web" else 2)


def test_composed_text_of_nearly_two_thousand_letters_is_accepted(zalo, asked):
    text = "ệ" * 1_900
    apart = unicodedata.normalize("NFD", text)
    answer(asked, apart)
    working.work(make.NOON)

    assert len(apart) > 2 * len(text)
    assert text in zalo.messages[1][1]


def test_a_long_answer_goes_in_pieces_and_in_order(zalo, asked):
    said = " ".join(f"câu{number}" for number in range(500))
    answer(asked, said)
    for minute in range(6):
        working.work(make.NOON + dt.timedelta(minutes=minute))
    pieces = [text for _who, text in zalo.messages[1:]]

    assert all(len(piece) <= 2000 for piece in pieces)
    assert len(pieces) > 1
    assert said in " ".join(pieces)


@pytest.mark.parametrize(
    ("error", "state"),
    [(-230, State.ON_THE_WEB), (-213, State.FAILED), (-201, State.FAILED), (-32, State.WAITING)],
)
def test_an_error_inside_http_200_is_understood(zalo, asked, error, state):
    zalo.fails.append(error)
    answer(asked)
    working.work(make.NOON)
    sending = Sending.objects.get(reply__isnull=False)

    assert (sending.state, sending.fault) == (state, f"Zalo {error}")
    working.work(make.NOON + dt.timedelta(minutes=10))
    assert len(zalo.messages) == (2 if state == State.WAITING else 1)


def test_what_fails_five_times_is_shown_to_a_person(zalo, asked):
    zalo.fails += [-100] * 9
    answer(asked)
    at = make.NOON
    for _ in range(8):
        working.work(at)
        at += dt.timedelta(hours=1)

    assert Sending.objects.get(reply__isnull=False).tries == 5
    assert working.stuck(at) == 1


def test_with_zalo_away_the_answer_waits(zalo, asked, settings):
    there, settings.ZALO_API = settings.ZALO_API, "http://127.0.0.1:9"
    answer(asked)
    working.work(make.NOON)
    settings.ZALO_API = there
    working.work(make.NOON + dt.timedelta(minutes=1))

    assert len(zalo.messages) == 2


def test_a_token_that_zalo_no_longer_knows_is_refreshed_and_it_is_tried_once_more(zalo, asked):
    zalo.access_tokens.clear()
    answer(asked)
    working.work(make.NOON)

    assert zalo.token_calls == 1
    assert len(zalo.messages) == 2
    assert ZaloAccount.objects.get().version == 1


def test_a_token_near_its_end_is_refreshed_before_it_is_used(zalo, db):
    connected(lasts=dt.timedelta(minutes=1))
    first = tokens.access(make.NOON)
    again = tokens.access(make.NOON)

    assert first.access_token == again.access_token
    assert zalo.token_calls == 1


def test_a_refresh_that_is_refused_says_to_connect_again(zalo, db):
    connected(lasts=dt.timedelta(minutes=1))
    zalo.refresh_tokens.clear()

    with pytest.raises(tokens.NotConnectedError):
        tokens.access(make.NOON)
    assert ZaloAccount.objects.get().held_until is None


def test_a_consent_gives_the_first_pair(zalo, db):
    account = tokens.connect(code="consent-code", verifier="v", at=make.NOON)

    assert account.access_token in zalo.access_tokens
    with pytest.raises(tokens.NotConnectedError):
        tokens.connect(code="wrong", verifier="v", at=make.NOON)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_workers_refreshing_at_once_ask_once(zalo):
    connected(lasts=dt.timedelta(minutes=1))
    zalo.is_slow = 0.3
    got, barrier = [], threading.Barrier(2)

    def refresh():
        barrier.wait()
        try:
            got.append(tokens.access(make.NOON).access_token)
        except tokens.HeldError:
            got.append("held")
        finally:
            connection.close()

    both = [threading.Thread(target=refresh) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert zalo.token_calls == 1
    kept = ZaloAccount.objects.get()
    assert kept.access_token in got
    assert set(got) <= {"held", kept.access_token}
    assert kept.refresh_token in zalo.refresh_tokens


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_an_answer_once(zalo, asked):
    answer(asked)
    barrier = threading.Barrier(2)

    def send():
        barrier.wait()
        try:
            outbox.work(make.NOON)
        finally:
            connection.close()

    both = [threading.Thread(target=send) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    assert len(zalo.messages) == 1 + 1


def test_the_answer_can_be_judged_by_zalo(zalo, asked, clock):
    answer(asked)
    clock.go(minutes=5)
    keep(zalo, zalo.event("user_send_text", MINH, text="Chưa ạ"), clock.at)
    working.work(clock.at)
    opened = now(asked[0])
    clock.go(minutes=5)
    answer(asked, "Ở xã.", clock.at)
    clock.go(minutes=5)
    keep(zalo, zalo.event("user_send_text", MINH, text="Cảm ơn"), clock.at)
    working.work(clock.at)

    assert opened.reopened_at is not None
    assert now(asked[0]).is_solved is True
    assert Enquiry.objects.count() == 1


def test_words_said_before_an_answer_that_had_not_seen_them_open_it_again(zalo, asked, clock):
    late = zalo.event("user_send_text", MINH, text="Và cả giấy tạm trú của con", at=clock() + 60)
    clock.go(minutes=5)
    answer(asked, at=clock.at)
    keep(zalo, late, clock.at)
    working.work(clock.at)

    assert now(asked[0]).state == "working"
    assert Enquiry.objects.count() == 1


def test_a_foreign_client_is_understood_by_the_double(zalo, settings, db, monkeypatch):
    """The double is as true as what others have written against the real one."""
    port = settings.ZALO_API.rpartition(":")[2]
    client = zalo_sdk.oa.Client(
        fake.APP, fake.APP_SECRET, "access-0", "refresh-0", endpoint_prefix=settings.ZALO_API
    )
    zalo.event("user_send_text", MINH, text="x")
    body = zalo_sdk.oa.ZaloMessageBody(text="Chào")
    person = type("Person", (), {"toDict": lambda self: {"user_id": MINH}})()

    sent = client.send_message(person, body)
    quota = client.get_zalo_user_quotas(MINH)
    zalo.fails.append(-230)
    with pytest.raises(zalo_sdk.ZaloOAException):
        client.send_message(person, body)

    posted = zalo_sdk.BaseClient.refresh_acccess_token.__globals__["requests"].post
    monkeypatch.setattr(
        zalo_sdk.BaseClient.refresh_acccess_token.__globals__["requests"],
        "post",
        lambda url, **more: posted(
            url.replace("https://oauth.zaloapp.com", f"http://127.0.0.1:{port}"), **more
        ),
    )
    access, refresh, _until = client.refresh_acccess_token()

    assert sent["error"] == 0
    assert quota["data"]["last_interaction"]
    assert access in zalo.access_tokens
    assert zalo.refresh_tokens == {refresh}
