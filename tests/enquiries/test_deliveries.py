"""What Zalo sends is kept once, whatever comes twice, out of order, late or forged (A8.1 to A8.3, RELIABILITY F13, F14, A14)."""

import datetime as dt
import json
import random

import pytest
from django.db import OperationalError
from django.test import Client

from lantoa.enquiries import deliveries, signature, working
from lantoa.enquiries.models import Asker, Delivery, Enquiry, Message, Sending
from lantoa.enquiries.signature import ForgedError
from tests import make
from tests.enquiries import zaloing
from tests.enquiries.asking import answerer, counted, measures
from tests.enquiries.zaloing import Clock, keep, state
from tests.times import times
from tests.zalo.fake import Zalo

pytestmark = pytest.mark.django_db
MINH, LAN = "246845883529197922", "346845883529197923"
A_MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _there(world, settings, tmp_path):
    zaloing.point_at(settings, tmp_path)
    settings.NOW = make.NOON
    answerer(world["P"])


@pytest.fixture
def zalo():
    return Zalo(now=Clock())


def knock(body, mac):
    return Client().post("/nhan/zalo/", body, "application/json", headers={"X-ZEvent-Signature": mac})  # fmt: skip


def test_a_signed_delivery_is_kept_before_it_is_understood(zalo):
    body = zalo.event("user_send_text", MINH, text="Xin hỏi thủ tục tạm trú")

    assert knock(body, zalo.mac(body)).status_code == 200
    assert Delivery.objects.get().worked_at is None
    assert not Enquiry.objects.exists()


def forged(body, zalo):
    told = json.loads(body)
    other = json.dumps({**told, "message": {"text": "khác", "msg_id": "1"}}).encode()
    reordered = zalo.mac(body).replace("mac=", "mac=0")
    oa_first = "mac=" + "0" * 64
    return [
        (body, ""),
        (body, "mac="),
        (body, oa_first),
        (body, reordered),
        (body + b" ", zalo.mac(body)),
        (other, zalo.mac(body)),
        (b"{", zalo.mac(body)),
        (b"[]", zalo.mac(body)),
        (b'{"timestamp": 5}', zalo.mac(body)),
        (b"\xff\xfe", zalo.mac(body)),
        (b"[" * 100_000, zalo.mac(body)),
    ]


def test_what_is_not_signed_is_refused_and_not_kept(zalo):
    body = zalo.event("user_send_text", MINH, text="Xin hỏi thủ tục tạm trú")

    for sent, mac in forged(body, zalo):
        assert knock(sent, mac).status_code == 403, (sent[:40], mac)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize("app", ["", "999"])
def test_another_app_or_none_is_refused(zalo, settings, app):
    told = json.loads(zalo.event("user_send_text", MINH, text="x"))
    body = json.dumps({**told, "app_id": app}).encode()

    with pytest.raises(ForgedError):
        signature.read(body, zalo.mac(body), make.NOON)


def test_without_a_secret_everything_is_refused(zalo, settings):
    settings.ZALO_SECRET = ""
    body = zalo.event("user_send_text", MINH, text="x")

    with pytest.raises(ForgedError):
        signature.read(body, "mac=" + signature.mac(body, json.loads(body)["timestamp"]), make.NOON)


@pytest.mark.parametrize(
    "off", [dt.timedelta(days=-8), dt.timedelta(minutes=11)], ids=["old", "ahead"]
)
def test_a_time_that_cannot_be_is_refused(zalo, off):
    body = zalo.event("user_send_text", MINH, text="x", at=(make.NOON + off).timestamp())

    with pytest.raises(ForgedError):
        keep(zalo, body, make.NOON)


def test_a_body_that_is_too_large_is_refused_by_its_length(zalo):
    body = zalo.event("user_send_text", MINH, text="x" * signature.LARGEST)

    assert knock(body, zalo.mac(body)).status_code == 413
    assert not Delivery.objects.exists()


@pytest.mark.both
def test_a_delivery_repeated_is_one_question(zalo):
    measures()
    body = zalo.event("user_send_text", MINH, text="Xin hỏi thủ tục tạm trú")
    for _ in range(3):
        keep(zalo, body, make.NOON)
        working.work(make.NOON)
        keep(zalo, body, make.NOON + A_MINUTE)

    assert (Delivery.objects.count(), Enquiry.objects.count(), Message.objects.count()) == (1, 1, 1)
    assert counted("cau-hoi") == counted("tin-nhan-cua-dan") == counted("nguoi-nhan-zalo") == 1


def test_a_message_that_comes_under_another_event_is_still_one(zalo):
    body = zalo.event("user_send_text", MINH, text="Xin hỏi thủ tục tạm trú", number="abc")
    again = zalo.event("user_send_text", MINH, text="Xin hỏi thủ tục tạm trú", number="abc")
    keep(zalo, body, make.NOON)
    keep(zalo, again, make.NOON)
    working.work(make.NOON)

    assert Message.objects.count() == 1


def conversations(zalo, chance):
    """Some people, each with some messages, in the order in which they were said."""
    bodies = []
    for minute in range(12):
        who = chance.choice([MINH, LAN])
        at = (make.NOON + minute * A_MINUTE).timestamp()
        bodies.append(zalo.event("user_send_text", who, text=f"Lời {minute}", at=at))
    return bodies


@pytest.mark.both
@pytest.mark.parametrize("seed", range(times(3)))
def test_shuffled_and_repeated_deliveries_come_to_what_was_said_in_order(zalo, seed):
    measures()
    chance = random.Random(seed)
    bodies = conversations(zalo, chance)
    sent = [*bodies, *chance.sample(bodies, 4)]
    chance.shuffle(sent)
    for number, body in enumerate(sent):
        keep(zalo, body, make.NOON + 20 * A_MINUTE)
        if number % 5 == 0:
            working.work(make.NOON + 20 * A_MINUTE)
    working.work(make.NOON + 20 * A_MINUTE)

    wanted = {who: [] for who in (MINH, LAN)}
    for body in bodies:
        told = json.loads(body)
        wanted[told["sender"]["id"]].append(told["message"]["text"])
    assert state() == {who: [said] for who, said in wanted.items() if said}
    assert counted("tin-nhan-cua-dan") == len(bodies)
    assert counted("nguoi-nhan-zalo") == len([said for said in wanted.values() if said])


def test_with_the_database_away_it_is_kept_on_disk_and_brought_in_later(zalo, monkeypatch):
    body = zalo.event("user_send_text", MINH, text="Lời zqx riêng")

    def away(*_args, **_named):
        raise OperationalError("database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(deliveries, "_store", away)
        first = knock(body, zalo.mac(body))
        again = knock(body, zalo.mac(body))
    [path] = deliveries.folder().glob("*.event")

    assert (first.status_code, again.status_code) == (200, 200)
    assert b"zqx" not in path.read_bytes()
    working.work(make.NOON)
    assert Message.objects.get().text == "Lời zqx riêng"
    assert not list(deliveries.folder().iterdir())


def test_once_understood_the_words_are_only_in_the_message(zalo):
    keep(zalo, zalo.event("user_send_text", MINH, text="Lời riêng"), make.NOON)
    working.work(make.NOON)

    assert Delivery.objects.get().body == ""
    assert Message.objects.get().text == "Lời riêng"


def test_what_cannot_be_understood_is_tried_five_times_and_shown_to_a_person(zalo):
    broken = json.loads(zalo.event("user_send_text", MINH, text="x"))
    del broken["sender"]
    body = json.dumps(broken).encode()
    keep(zalo, body, make.NOON)
    at = make.NOON
    for _ in range(7):
        working.work(at)
        at += dt.timedelta(hours=1)
    kept = Delivery.objects.get()

    assert (kept.tries, kept.fault, kept.worked_at) == (5, "KeyError", None)
    assert kept.body
    assert working.stuck(at) == 1


def test_a_worker_that_died_leaves_its_work_to_the_next(zalo, monkeypatch):
    keep(zalo, zalo.event("user_send_text", MINH, text="Lời"), make.NOON)

    class Killed(BaseException):
        pass

    def dies(*_args, **_named):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(deliveries.conversing, "take", dies)
        with pytest.raises(Killed):
            working.work(make.NOON)
    soon = working.work(make.NOON + A_MINUTE)
    later = working.work(make.NOON + 3 * A_MINUTE)

    assert (soon.understood, later.understood) == (0, 1)
    assert Message.objects.count() == 1


def test_a_message_of_twenty_thousand_letters_is_kept_whole(zalo):
    long = "Đường hỏng. " * 1_700
    keep(zalo, zalo.event("user_send_text", MINH, text=long), make.NOON)
    working.work(make.NOON)

    assert len(long) > 20_000
    assert Message.objects.get().text == long.strip()


def test_a_receipt_says_the_code_the_due_time_and_the_link_once(zalo):
    keep(zalo, zalo.event("user_send_text", MINH, text="Xin hỏi thủ tục tạm trú"), make.NOON)
    keep(zalo, zalo.event("user_send_text", MINH, text="Ở Xã N"), make.NOON)
    working.deliveries.work(make.NOON)
    [receipt] = Sending.objects.all()

    assert Enquiry.objects.get().code in receipt.text
    assert "https://hoi.example/hoi-dap/theo-doi/DH-" in receipt.text
    assert "Hạn trả lời" in receipt.text


def test_out_of_hours_the_receipt_says_when_the_office_opens(zalo):
    night = make.NOON + dt.timedelta(hours=10)
    keep(zalo, zalo.event("user_send_text", MINH, text="Xin hỏi", at=night.timestamp()), night)
    working.deliveries.work(night)

    # The day after is the Day of Vietnamese Culture, off since 2026.
    assert "cơ quan làm việc lại từ 07:30 ngày 25/11/2026" in Sending.objects.get().text


def test_a_place_that_is_named_is_the_place(zalo, world):
    keep(zalo, zalo.event("user_send_text", MINH, text="Đèn đường ở xã N hỏng đã lâu"), make.NOON)
    working.work(make.NOON)

    assert Enquiry.objects.get().place == world["N"]


@pytest.mark.parametrize(
    ("name", "kind", "payload", "text"),
    [
        ("user_send_sticker", "sticker", {"id": "1"}, "[hình dán]"),
        ("user_send_image", "image", {"url": "https://f1.zadn.vn/a.jpg"}, "[hình ảnh]"),
        (
            "user_send_location",
            "location",
            {"coordinates": {"latitude": "22.6", "longitude": "106.2"}},
            "[vị trí] 22.6, 106.2",
        ),
    ],
)
def test_what_has_no_words_is_told_in_words(zalo, name, kind, payload, text):
    sent = [{"type": kind, "payload": payload}]
    keep(zalo, zalo.event(name, MINH, attachments=sent), make.NOON)
    working.deliveries.work(make.NOON)

    assert Message.objects.get().text == text


def test_events_that_say_nothing_are_let_pass(zalo):
    for name in ("user_seen_message", "user_received_message", "oa_send_text", "user_submit_info"):
        keep(zalo, zalo.event(name, MINH, text="x"), make.NOON)
    done = working.work(make.NOON)

    assert done.understood == 4
    assert not Asker.objects.exists()
