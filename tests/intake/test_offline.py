"""The outbox of a phone: sent once, twice or six times at once, a record counts once, and nothing is overwritten."""

import json
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from lantoa.intake import offline
from lantoa.plans.actions import movements
from lantoa.work import actions
from lantoa.work.models import Activity, Evidence
from tests import make
from tests.intake.conftest import enter
from tests.work.conftest import told
from tests.work.photos import photo

pytestmark = pytest.mark.django_db


def heads():
    return sorted(each.values.get().value for each in Activity.objects.all())


def test_a_record_is_received_with_a_receipt(send, saved, unit):
    item = saved(title="Đổ thêm 80 m")

    answer = send(item)

    made = Activity.objects.get()
    assert answer.status_code == 200
    assert answer.json() == {
        "state": "received",
        "uuid": item["uuid"],
        "at": make.NOON.isoformat(),
        "href": reverse("desk:one-record", args=[made.pk]),
    }
    assert (made.unit, made.title, made.claimed_at.isoformat()) == (
        unit,
        "Đổ thêm 80 m",
        item["saved_at"],
    )


@pytest.mark.both
def test_the_same_bytes_again_get_the_same_receipt_though_it_was_corrected_since(send, saved):
    item = saved()
    first = send(item)
    made = Activity.objects.get()
    actions.correct(
        activity=made, seen=1, values={"luot-nguoi-lao-dong": 30}, by=make.clerk(), at=make.NOON
    )

    again = send(item)

    assert again.content == first.content
    assert heads() == [30]


@pytest.mark.both
def test_other_bytes_under_the_same_number_overwrite_nothing_and_show_what_is_here(send, saved):
    item = saved()
    send(item)

    answer = send(item | {"values": {"so": "37"}})

    assert answer.status_code == 409
    there = answer.json()["there"]
    assert (there["version"], there["values"]) == (1, {"luot-nguoi-lao-dong": "27"})
    assert heads() == [27]


def test_who_has_seen_the_version_that_is_here_may_put_theirs_in_its_place(send, saved):
    item = saved()
    send(item)
    mine = item | {"values": {"so": "37"}, "base": 1}

    first, again = send(mine), send(mine)

    assert (first.status_code, again.status_code) == (200, 200)
    assert heads() == [37]
    assert Activity.objects.get().version == 2


def test_a_correction_gets_its_receipt_again_though_somebody_has_seen_it_and_gone_on(send, saved):
    """Its first receipt was lost on the way; asked to choose once more, its writer would undo what a colleague did knowingly."""
    item = saved()
    send(item)
    mine = item | {"values": {"so": "37"}, "base": 1}
    send(mine)
    send(item | {"values": {"so": "31"}, "base": 2})

    again, other = send(mine), send(mine | {"title": "Việc khác"})

    assert (again.status_code, other.status_code) == (200, 409)
    assert heads() == [31]
    assert Activity.objects.get().version == 3


def test_who_has_seen_an_older_version_overwrites_nothing(send, saved):
    item = saved()
    send(item)
    send(item | {"values": {"so": "31"}, "base": 1})

    answer = send(item | {"values": {"so": "37"}, "base": 1})

    assert answer.status_code == 409
    assert answer.json()["there"]["version"] == 2
    assert heads() == [31]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"values": {"so": "27 người"}}, "luot-nguoi-lao-dong"),
        ({"values": {"so": None}}, "luot-nguoi-lao-dong"),
        ({"values": {"so": "1.10"}}, "luot-nguoi-lao-dong"),
        ({"date": "2026-11-24"}, "date"),
        ({"date": "2019-12-31"}, "date"),
        ({"kind": "khong-co"}, "kind"),
        ({"title": "x" * 301}, "title"),
    ],
)
def test_what_is_wrong_is_said_at_its_box(send, saved, change, where):
    answer = send(saved(**change))

    assert answer.status_code == 422
    assert [each["where"] for each in answer.json()["wrong"]] == [where]
    assert all(each["sentence"].endswith(".") for each in answer.json()["wrong"])
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        "27",
        '{"v": 2}',
        '{"v": 1, "unit": "1"}',
        '{"v": 1, "unit": true}',
        '"\\ud800"',
    ],
)
def test_what_is_no_record_is_refused_in_words(phone, body):
    answer = phone.post(reverse("intake:record"), body, content_type="application/json")

    assert answer.status_code == 400
    assert "vẫn còn trong máy" in answer.json()["sentence"]


@pytest.mark.parametrize(
    "field", ["uuid", "unit", "kind", "date", "values", "title", "base", "saved_at"]
)
@pytest.mark.parametrize("value", [None, 7, -1, 2**70, "x", [], {}, "\x00", "\ud800"])
def test_no_value_in_any_field_breaks_the_server(send, saved, field, value):
    answer = send(saved(**{field: value}))

    assert answer.status_code in (200, 400, 403, 422)
    assert answer.json()["state"]


def test_a_record_that_is_too_long_is_refused_before_it_is_read(send, saved):
    assert send(saved(title="x" * offline.LARGEST)).status_code == 413


def test_a_full_record_fits_into_three_kilobytes(saved):
    item = saved(title="ữ" * 300, values={f"doan-vien-tham-gia-{n}": "1.103" for n in range(8)})

    assert len(json.dumps(item, ensure_ascii=False).encode()) <= 3 * 1024


@pytest.mark.parametrize("clock", ["2016-01-01T00:00:00Z", "2036-01-01T00:00:00Z", "hôm nay", ""])
def test_a_phone_whose_clock_is_wrong_by_years_records_all_the_same(send, saved, clock):
    assert send(saved(saved_at=clock)).status_code == 200
    assert Activity.objects.get().recorded_at == make.NOON


def test_whoever_has_not_entered_is_told_so_and_not_sent_to_a_page(send, saved):
    answer = send(saved(), client=Client())

    assert answer.status_code == 401
    assert answer.json()["state"] == "enter"


def test_a_foreign_unit_answers_like_one_that_is_not_there(send, saved):
    foreign, missing = (send(saved(unit=pk)) for pk in (make.unit().pk, 10**9))

    assert foreign.status_code == missing.status_code == 403
    assert foreign.content == missing.content
    assert not Activity.objects.exists()


def test_the_number_of_a_foreign_record_tells_nothing_of_it(send, saved):
    item = saved()
    send(item)
    other = make.unit()

    answer = send(item | {"unit": other.pk}, client=enter(make.recorder(other)))

    assert answer.status_code == 403
    assert heads() == [27]


def test_without_the_token_nothing_is_received(phone, saved):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = phone.cookies

    answer = strict.post(
        reverse("intake:record"),
        saved(),
        content_type="application/json",
        headers={"accept": "application/json"},
    )

    assert answer.status_code == 403
    assert not Activity.objects.exists()


def test_taking_back_is_done_once_and_what_is_not_here_is_taken_back(send, saved, phone):
    item = saved()
    send(item)
    made = Activity.objects.get()

    answers = [
        phone.post(reverse("intake:undo"), {"uuid": number}, content_type="application/json")
        for number in (item["uuid"], item["uuid"], str(uuid.uuid4()))
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    made.refresh_from_db()
    assert (made.version, made.withdrawn_at) == (2, make.NOON)
    assert told() == {}


@pytest.fixture
def send_photo(phone):
    def send_photo(record, own=None, content=None):
        address = reverse("intake:photo", args=[record, own or uuid.uuid4()]) + "?ten=IMG_1.jpg"
        return phone.post(address, content or photo(), content_type="image/jpeg")

    return send_photo


def test_a_photo_follows_its_record_and_is_kept_once(send, saved, send_photo):
    item, own = saved(), uuid.uuid4()
    assert send_photo(item["uuid"], own).json()["state"] == "no_record"
    send(item)

    answers = [send_photo(item["uuid"], own) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert Evidence.objects.get().name == "IMG_1.jpg"


def test_what_is_no_photo_or_too_heavy_is_refused(send, saved, send_photo):
    item = saved()
    send(item)

    assert send_photo(item["uuid"], content=b"chu").status_code == 422
    assert send_photo(item["uuid"], content=photo() + bytes(3_000_000)).status_code == 413
    assert not Evidence.objects.exists()


def test_a_busy_database_answers_busy_and_when_to_try_again(send, saved, monkeypatch):
    def busy(**_named):
        raise OperationalError("database is locked")

    monkeypatch.setattr(actions, "record_many", busy)

    answer = send(saved())

    assert answer.status_code == 503
    assert 20 <= int(answer["Retry-After"]) <= 60


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_no_receipt_is_given_before_the_database_has_committed(send, saved, monkeypatch):
    def fails():
        raise OperationalError("the disk is full")

    item = saved()
    monkeypatch.setattr(connection, "_commit", fails)
    answer = send(item)
    monkeypatch.undo()

    assert answer.status_code == 503
    assert not Activity.objects.exists()
    assert send(item).status_code == 200


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_sent_six_times_at_once_it_counts_once(saved, unit, kinds):
    item, person = saved(), make.recorder(unit)
    client, gate = enter(person), threading.Barrier(6)

    def send(_number):
        one = Client()
        one.cookies = client.cookies
        gate.wait()
        try:
            return one.post(reverse("intake:record"), item, content_type="application/json").json()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(send, range(6)))

    assert {answer["state"] for answer in answers} == {"received"}
    assert Activity.objects.count() == 1
    assert told()["luot-nguoi-lao-dong", unit.pk, Activity.objects.get().date] == 27


def test_a_correction_from_a_form_that_asks_less_leaves_the_rest_of_what_a_record_serves(
    send, saved, unit
):
    movement = movements.launch(
        kind="movement", name="Dân vận khéo", unit=unit, line=make.line(), start_date=make.START,
        by=make.clerk(), at=make.NOON,
    )  # fmt: skip
    item = saved(serves={"task": "", "movement": str(movement.pk)})
    assert send(item).json()["state"] == "received"

    again = send(item | {"base": 1, "values": {"so": "28"}, "serves": {"task": ""}})

    assert again.json()["state"] == "received"
    kept = Activity.objects.get()
    assert (kept.version, kept.movement) == (2, movement)
