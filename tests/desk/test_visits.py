"""Trao đổi kinh nghiệm: counted once at the host; what guests learned; from there an adoption can begin."""

import datetime as dt
from pathlib import Path

import pytest
from django.urls import reverse

from lantoa import ledger
from lantoa.ledger import actions as measures
from lantoa.ledger.models import Entry
from lantoa.practices import visits
from lantoa.practices.models import Lesson
from lantoa.work.models import Activity
from tests import make
from tests.practices.telling import origin, registered

pytestmark = pytest.mark.django_db
LIST = "/lam-viec/trao-doi/"


@pytest.fixture(autouse=True)
def _counted(settings, world):
    settings.NOW = make.NOON
    path = Path(ledger.__file__).parent / "measures.toml"
    measures.load_measures(path=path, by=make.clerk(), at=make.NOON)
    by_code = {each.code: each for each in measures.Measure.objects.all()}
    make.kind("trao-doi", one=by_code["trao-doi"], needed=[by_code["luot-nguoi-trao-doi"]])


@pytest.fixture
def host(world, entered):
    return entered(world["N.du"])


@pytest.fixture
def guest(world, entered):
    return entered(world["M.du"])


def text(answer):
    return answer.content.decode()


def told(world, **more):
    return {
        "ngay": "20/11/2026", "noi-dung": "Xem cách nuôi lợn nhựa", "nguoi": "18", "khach": [world["M.du"].pk],
    } | more  # fmt: skip


def received(world, host):
    host.post(reverse("desk:receive-visit"), told(world))
    return Activity.objects.get(kind__code="trao-doi")


def test_a_visit_counts_once_and_at_its_host(world, host):
    received(world, host)

    sums = {(each.measure.code, each.unit_id): each.value for each in Entry.objects.all()}
    assert sums == {
        ("trao-doi", world["N.du"].pk): 1,
        ("luot-nguoi-trao-doi", world["N.du"].pk): 18,
    }


def test_host_and_guest_find_it_and_a_stranger_does_not(world, host, guest, entered):
    made = received(world, host)
    there = reverse("desk:visit", args=[made.pk])

    for client in (host, guest):
        assert "Xem cách nuôi lợn nhựa" in text(client.get(LIST, {"tim": "nuoi lon"}))
        assert client.get(there).status_code == 200
    stranger = entered(world["A1.pn"])
    assert "Chưa có cuộc trao đổi nào" in text(stranger.get(LIST))
    assert stranger.get(there).status_code == 404
    assert "Không thấy cuộc nào" in text(host.get(LIST, {"nam": "2025"}))
    assert "Đảng ủy Xã M" in text(guest.get(LIST, {"tai": "csv"}))


def test_guests_are_found_by_name_and_what_was_typed_stays(world, host):
    sent = told(world, khach=[]) | {"tim-don-vi": "dang uy xa m", "viec": "tim"}
    page = text(host.post(reverse("desk:receive-visit"), sent))

    assert f'name="khach" value="{world["M.du"].pk}"' in page
    assert 'value="Xem cách nuôi lợn nhựa"' in page
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"khach": []}, "Chưa chọn đơn vị khách"),
        ({"nguoi": "mười tám"}, "mười tám"),
        ({"ngay": "24/11/2026"}, "chưa tới"),
    ],
)
def test_what_is_wrong_is_said_at_its_box_and_nothing_is_lost(world, host, more, said):
    answer = host.post(reverse("desk:receive-visit"), told(world, **more))

    assert answer.status_code == 400
    assert said in text(answer)
    assert "Xem cách nuôi lợn nhựa" in text(answer)
    assert not Activity.objects.exists()


def test_an_adoption_begins_from_what_was_seen_at_the_host(world, host, guest):
    practice = registered(world["N.du"], start=dt.date(2025, 8, 1), date=dt.date(2025, 9, 1))
    made = received(world, host)
    there = f"{reverse('desk:practice', args=[practice.pk])}?tu={origin(practice).pk}#lam-theo"
    page = text(guest.get(reverse("desk:visit", args=[made.pk])))
    assert f'href="{there}"' in page
    assert "Đăng ký làm theo" in page
    assert f'value="{origin(practice).pk}" selected' in text(guest.get(there.partition("#")[0]))

    sent = {"hoc": "Mổ lợn mỗi quý một lần", "mo-hinh": practice.pk}
    guest.post(reverse("desk:learn-on-visit", args=[made.pk]), sent)

    lesson = Lesson.objects.get()
    assert (lesson.unit, lesson.practice) == (world["M.du"], practice)
    for address in (reverse("desk:visit", args=[made.pk]), reverse("desk:practice", args=[practice.pk])):  # fmt: skip
        assert "Mổ lợn mỗi quý một lần" in text(host.get(address))


def test_an_empty_lesson_is_refused_at_its_box(world, host, guest):
    made = received(world, host)
    answer = guest.post(reverse("desk:learn-on-visit", args=[made.pk]), {"hoc": " "})

    assert answer.status_code == 400
    assert "học được gì, sẽ làm gì" in text(answer)


def test_who_did_not_take_part_learned_nothing_there(world, host, entered):
    made = received(world, host)
    above = entered(world["P"])

    answer = above.post(reverse("desk:learn-on-visit", args=[made.pk]), {"hoc": "Học được nhiều"})

    assert answer.status_code == 400
    assert "không dự cuộc trao đổi" in text(answer)
    assert not Lesson.objects.exists()


def test_the_list_asks_no_question_per_visit(world, host, django_assert_max_num_queries):
    for _ in range(12):
        visit = visits.Visit(world["N.du"], [world["M.du"]], dt.date(2026, 11, 20), 9)
        visits.receive(visit=visit, by=host.person, at=make.NOON)

    with django_assert_max_num_queries(20):
        host.get(LIST)


def test_the_record_of_a_visit_leads_to_it_and_its_units_to_their_visits(world, host):
    made = received(world, host)
    there = reverse("desk:visit", args=[made.pk])

    assert there in text(host.get(reverse("desk:one-record", args=[made.pk])))
    page = text(host.get(there))
    assert f"{LIST}?don-vi={world['M.du'].pk}" in page
    assert "Xem cách nuôi lợn nhựa" in text(host.get(LIST, {"don-vi": world["M.du"].pk}))
    assert "Không thấy cuộc nào" in text(host.get(LIST, {"don-vi": world["P"].pk}))
