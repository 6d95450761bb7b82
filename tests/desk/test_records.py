"""What was recorded: found, opened, corrected, withdrawn; what it said before; and nothing of another unit's."""

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lantoa.ledger.models import Entry
from lantoa.work import evidence
from lantoa.work.evidence import Sent
from lantoa.work.models import Activity
from tests import make
from tests.desk import recording
from tests.desk.recording import TODAY
from tests.work.photos import photo

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _place_and_time(settings, tmp_path):
    settings.MEDIA, settings.NOW = tmp_path / "media", make.NOON


@pytest.fixture
def kinds():
    return recording.kinds()


@pytest.fixture
def unit(world):
    return world["A1.cb"]


@pytest.fixture
def client(entered, unit, world):
    return entered(unit, line=world.party)


@pytest.fixture
def held(kinds, unit):
    return lambda heads=27, **more: recording.held(kinds["lao-dong"], unit, heads, **more)


@pytest.fixture
def mend(client):
    def mend(activity, **boxes):
        typed = {"ban": activity.version, "ngay": "khac", "ngay-khac": "23/11/2026", "so": "37"}
        typed |= {name.replace("_", "-"): value for name, value in boxes.items()}
        return client.post(reverse("desk:correct-record", args=[activity.pk]), typed)

    return mend


def text(answer):
    return answer.content.decode()


def heads_of(activity):
    return Activity.objects.get(pk=activity.pk).values.get().value


def test_records_are_found_without_marks_and_by_kind(client, held, kinds, unit):
    held(27, title="Đổ bê tông đường xóm")
    held(12, title="Dọn kênh mương")
    recording.held(kinds["sinh-hoat-chuyen-de"], unit, 9, title="Đổ bê tông là gì")

    def lines(**asked):
        page = text(client.get(reverse("desk:records"), asked))
        return [heads for heads in ("27 người", "12 người", "9 người") if heads in page]

    assert lines() == ["27 người", "12 người", "9 người"]
    assert lines(tim="be tong") == ["27 người", "9 người"]
    assert lines(tim="be tong", viec="lao-dong") == ["27 người"]
    assert "Không thấy việc nào" in text(client.get(reverse("desk:records"), {"tim": "khong co"}))


def test_the_list_turns_pages_and_asks_a_fixed_number_of_questions(
    client, held, django_assert_max_num_queries
):
    for days in range(25):
        held(100 + days, date=TODAY - dt.timedelta(days=days))

    with django_assert_max_num_queries(18):
        first = text(client.get(reverse("desk:records")))

    assert "25 việc" in first
    assert ("100 người" in first, "124 người" in first) == (True, False)
    assert "124 người" in text(client.get(reverse("desk:records"), {"trang": "2"}))
    assert "Trang 2/2" in text(client.get(reverse("desk:records"), {"trang": "99"}))


def test_only_my_units_records_are_listed(client, held, kinds, world):
    held(27)
    recording.held(kinds["lao-dong"], world["B1.cb"], 99, date=dt.date(2024, 3, 1))

    assert "99 người" not in text(client.get(reverse("desk:records")))


@pytest.mark.parametrize("page", ["one-record", "correct-record", "withdraw-record"])
def test_a_foreign_record_answers_like_one_that_is_not_there(client, kinds, world, page):
    foreign = recording.held(kinds["lao-dong"], world["B1.cb"], 99, date=dt.date(2024, 3, 1))

    missing = 10**9
    answers = [client.get(reverse(f"desk:{page}", args=[pk])) for pk in (foreign.pk, missing)]

    assert [answer.status_code for answer in answers] == [404, 404]
    said = [
        text(answer).replace(f"/{pk}/", "/…/")
        for answer, pk in zip(answers, (foreign.pk, missing), strict=True)
    ]
    assert said[0] == said[1]


def test_a_correction_keeps_what_was_said_before_and_why(client, held, mend):
    activity = held(27)

    mend(activity, so="37", ly_do="đếm lại")

    page = text(client.get(reverse("desk:one-record", args=[activity.pk])))
    assert heads_of(activity) == 37
    assert "Bản 2" in page
    assert "đếm lại" in page
    assert "27 người" in page


def test_a_wrong_correction_keeps_what_was_typed(held, mend):
    activity = held(27)

    answer = mend(activity, so="37 người", noi_dung="Giữ câu này", ly_do="đếm lại")

    assert answer.status_code == 400
    for typed in ("37 người", "Giữ câu này", "đếm lại", "<title>Lỗi:", 'href="#so"'):
        assert typed in text(answer)
    assert heads_of(activity) == 27


def test_of_two_tabs_the_second_sees_both_versions_and_chooses(client, held, mend):
    activity = held(27)
    mend(activity, so="31")

    late = mend(activity, so="37")

    assert late.status_code == 400
    assert heads_of(activity) == 31
    page = text(late)
    assert page.index("31 người") < page.index("37 người")
    assert "Giữ bản vừa gõ" in page
    assert 'name="ban" value="2"' in page
    mend(activity, so="37", ban="2")
    assert heads_of(activity) == 37


def test_who_does_not_say_what_they_saw_overwrites_nothing(held, mend):
    activity = held(27)

    assert mend(activity, ban="").status_code == 400
    assert heads_of(activity) == 27


def test_withdrawing_asks_why_and_leaves_the_record_to_be_read(client, held):
    activity = held(27)
    address = reverse("desk:withdraw-record", args=[activity.pk])

    assert "Chưa ghi lý do rút" in text(client.post(address, {"ban": 1, "ly-do": " "}))
    client.post(address, {"ban": 1, "ly-do": "ghi trùng"})

    page = text(client.get(reverse("desk:one-record", args=[activity.pk])))
    assert "Không còn tính vào số liệu nào" in page
    assert "ghi trùng" in page
    assert "27 người" not in text(client.get(reverse("desk:records")))
    assert "27 người" in text(client.get(reverse("desk:records"), {"xem": "rut"}))


def test_a_leader_reads_and_changes_nothing(entered, unit, world, held):
    activity = held(27)
    leader = entered(world["A1.cb"], "leader", line=world.party)

    page = text(leader.get(reverse("desk:one-record", args=[activity.pk])))

    assert "27 người" in page
    assert reverse("desk:correct-record", args=[activity.pk]) not in page
    assert leader.get(reverse("desk:correct-record", args=[activity.pk])).status_code == 403


def test_a_photo_is_added_shown_to_those_who_may_see_the_record_and_taken_off(
    client, held, entered, world
):
    activity = held(27)
    client.post(
        reverse("desk:add-evidence", args=[activity.pk]),
        {"anh": SimpleUploadedFile("a.jpg", photo(), "image/jpeg")},
    )
    kept = activity.evidence.get()
    address = reverse("desk:evidence", args=[kept.uuid])

    shown = client.get(address)

    assert shown["Content-Type"] == "image/jpeg"
    assert "no-store" in shown["Cache-Control"]
    assert shown.content[:3] == b"\xff\xd8\xff"
    stranger = entered(world["B1.cb"], line=world.party)
    assert stranger.get(address).status_code == 404
    assert stranger.get(reverse("desk:evidence", args=[uuid.uuid4()])).status_code == 404
    client.post(reverse("desk:remove-evidence", args=[kept.uuid]))
    assert client.get(address).status_code == 404


def test_a_paper_comes_as_a_file_and_opens_nothing_in_our_pages(client, held):
    activity = held(27)
    sent = [Sent("nghi-quyet.pdf", b"%PDF-1.7", uuid.uuid4())]
    paper = evidence.attach(activity=activity, sent=sent, by=make.clerk(), at=make.NOON)[0]

    answer = client.get(reverse("desk:evidence", args=[paper.uuid]))

    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_record_of_a_kind_that_is_no_longer_offered_is_still_mended(held, mend, kinds):
    activity = held(27)
    kinds["lao-dong"].is_open = False
    kinds["lao-dong"].save()

    mend(activity, so="37")

    assert heads_of(activity) == 37


def test_what_was_typed_when_the_login_ended_comes_back_after_it(client, unit, kinds, settings):
    client.get(reverse("desk:record"))
    settings.LOGIN_IDLE = dt.timedelta(0)
    typed = {
        "ma": uuid.uuid4(),
        "don-vi": unit.pk,
        "viec": "lao-dong",
        "ngay": "2026-11-23",
        "so": "27",
    }
    asked = client.post(reverse("desk:record"), typed | {"noi-dung": "Câu đang viết dở"})
    settings.LOGIN_IDLE = dt.timedelta(minutes=30)

    assert asked.status_code == 302
    client.force_login(client.person.account)
    page = text(client.get(reverse("desk:typed")))

    assert "Câu đang viết dở" in page
    assert 'name="so" value="27"' in page
    client.post(reverse("desk:record"), typed | {"noi-dung": "Câu đang viết dở"})
    assert Activity.objects.get().title == "Câu đang viết dở"


def test_correcting_posts_the_difference_alone(held, mend):
    activity = held(27)
    mend(activity, so="30")

    assert list(Entry.objects.order_by("pk").values_list("value", flat=True))[-1] == 30 - 27
