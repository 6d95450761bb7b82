"""Báo cáo: filled from records, sent up, looked at. Every page with scripts off."""

import re

import pytest
from django.urls import reverse

from lantoa.orgs.models import Post
from lantoa.submissions import reviews
from lantoa.submissions.models import Submission
from lantoa.submissions.reviews import Shown
from tests import make
from tests.desk import reporting

pytestmark = pytest.mark.django_db
THIRD = {"code": "hoc-tap", "period": "2026-Q3"}


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


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def fields(answer) -> dict[str, str]:
    """What the form would send as it stands."""
    page = answer.content.decode()
    found = {}
    for tag in re.findall(r"<input[^>]+>", page):
        at = dict(re.findall(r'(\w+)="([^"]*)"', tag))
        if at.get("type") != "checkbox" or " checked" in tag:
            found[at.get("name", "")] = at.get("value", "")
    return {name: value for name, value in found.items() if name != "csrfmiddlewaretoken"}


def send(client, *, choice="gui", **changes):
    opened = client.get(reverse("desk:sheet", kwargs=THIRD) + "?sua=1")
    told = fields(opened) | {"viec": choice} | changes
    return client.post(reverse("desk:sheet", kwargs=THIRD), told)


def test_the_list_says_what_is_due_and_how_much_is_filled(client, world):
    reporting.record(world["A1.cb"], 30)

    page = text(client.get(reverse("desk:sheets")))

    assert "Báo cáo quý III/2026" in page
    assert "Máy đã điền sẵn 1/2 ô từ các việc đã ghi" in page
    assert "Trễ 48 ngày" in page  # due on 6 October


def test_the_form_comes_filled_from_what_the_cells_recorded(client, world):
    reporting.record(world["A1.cb"], 1240)

    page = client.get(reverse("desk:sheet", kwargs=THIRD))

    assert fields(page)["so-luot-nguoi"] == "1.240"
    assert fields(page)["so-hoi-nghi"] == ""
    assert "Hồ sơ ghi 1.240" in text(page)
    assert reverse("portal:records", args=["luot-nguoi"]) in page.content.decode()


def test_what_is_missing_is_asked_and_what_was_typed_is_still_there(client, world):
    reporting.record(world["A1.cb"], 30)

    page = send(client, **{"so-luot-nguoi": "37", "ly-do-luot-nguoi": "sổ của chi bộ"})

    assert page.status_code == 400
    assert "Lỗi:" in page.content.decode()
    assert "Còn trống: hoi-nghi" in text(page)
    assert fields(page)["so-luot-nguoi"] == "37"
    assert fields(page)["ly-do-luot-nguoi"] == "sổ của chi bộ"
    assert not Submission.objects.filter(version__gt=0).exists()


def test_sending_up_keeps_the_numbers_and_says_so(client, world, unit):
    reporting.record(world["A1.cb"], 30)

    answered = send(client, **{"so-hoi-nghi": "2", "ly-do-hoi-nghi": "chưa ghi hồ sơ"})
    page = client.get(answered["Location"], follow=True)

    sent = Submission.objects.get()
    assert (sent.state, sent.unit) == ("sent", unit)
    assert "Đã gửi cấp trên." in text(page)
    assert "chưa ghi hồ sơ" in text(page)


@pytest.mark.parametrize(
    ("typed", "says"),
    [("1.10", "1.10"), ("ba mươi", "ba mươi"), ("-3", "-3"), ("27😀", "27")],
)
def test_a_number_that_is_none_comes_back_in_its_box_with_a_sentence(client, typed, says):
    page = send(client, **{"so-luot-nguoi": typed, "so-hoi-nghi": "1"})

    assert page.status_code == 400
    assert fields(page)["so-luot-nguoi"] == typed
    assert 'aria-invalid="true"' in page.content.decode()
    assert says in text(page)


def test_nothing_to_report_is_one_press(client):
    send(client, choice="khong")

    assert Submission.objects.get().is_nil


def test_nothing_to_report_is_refused_where_there_are_records(client, world):
    reporting.record(world["A1.cb"], 30)

    page = send(client, choice="khong")

    assert page.status_code == 400
    assert "đã có hồ sơ" in text(page)


def test_a_draft_is_kept_as_it_was_typed(client):
    send(client, choice="nhap", **{"so-luot-nguoi": "1.1O"})

    page = client.get(reverse("desk:sheet", kwargs=THIRD))

    assert fields(page)["so-luot-nguoi"] == "1.1O"
    assert Submission.objects.get().state == "draft"


def test_two_tabs_do_not_overwrite_each_other(client):
    opened = fields(client.get(reverse("desk:sheet", kwargs=THIRD)))
    send(client, **{"so-luot-nguoi": "5", "ly-do-luot-nguoi": "sổ", "co-y": "1"})

    told = opened | {"viec": "gui", "so-luot-nguoi": "6", "ly-do-luot-nguoi": "sổ", "co-y": "1"}
    page = client.post(reverse("desk:sheet", kwargs=THIRD), told)

    assert page.status_code == 400
    assert "vừa đổi: nay là bản 1" in text(page)
    assert fields(page)["so-luot-nguoi"] == "6"
    assert Submission.objects.get().version == 1


def test_a_returned_report_shows_the_question_where_it_is_mended(client, world, unit):
    submission = reporting.answer(unit, luot_nguoi=37)
    above = entered_above(world)
    reviews.send_back(
        submission=submission, shown=Shown(1, 10**6), question="27 hay 37 người?", by=above,
        at=make.NOON,
    )  # fmt: skip

    page = client.get(reverse("desk:sheet", kwargs=THIRD))

    assert "Tỉnh ủy hỏi: “27 hay 37 người?”" in text(page)
    assert fields(page)["so-luot-nguoi"] == "37"


def entered_above(world):
    person = make.person()
    Post.objects.create(
        person=person, unit=world["TU"], line=world.party, role=reporting.REVIEWER,
        start_date=make.START,
    )  # fmt: skip
    return person


def test_after_approval_the_page_is_locked_and_an_adjustment_asks_why(client, world, unit):
    submission = reporting.answer(unit, luot_nguoi=37)
    reviews.approve(
        submission=submission, shown=Shown(1, 10**6), by=entered_above(world), at=make.NOON
    )

    looked = client.get(reverse("desk:sheet", kwargs=THIRD), follow=True)
    refused = send(client, **{"so-luot-nguoi": "38", "ly-do-luot-nguoi": "sổ", "co-y": "1"})
    made = send(
        client,
        **{
            "so-luot-nguoi": "38",
            "ly-do-luot-nguoi": "sổ",
            "co-y": "1",
            "dieu-chinh": "sót một buổi",
        },
    )

    assert "Số chính thức" in text(looked)
    assert "đã khóa" in text(refused)
    assert made.status_code == 302
    submission.refresh_from_db()
    assert (submission.version, submission.approved_version, submission.state) == (2, 1, "sent")
    assert "Điều chỉnh: sót một buổi" in text(
        client.get(reverse("desk:submission", args=[submission.pk]))
    )


def test_the_official_figure_stays_and_says_what_the_records_have_become(client, world, unit):
    activity = reporting.record(world["A1.cb"], 431)
    submission = reporting.answer(unit)
    reviews.approve(
        submission=submission, shown=Shown(1, 10**6), by=entered_above(world), at=make.NOON
    )
    from lantoa.work import actions as work

    work.correct(
        activity=activity, seen=1, values={"luot-nguoi": 433}, by=make.clerk(), at=make.NOON
    )

    page = text(client.get(reverse("desk:submission", args=[submission.pk])))

    assert "431 lượt, mở hồ sơ hồ sơ nay là 433 (+2)" in page.replace(" ,", ",")


def test_a_strangers_report_answers_like_a_missing_one(world, sheet, unit, entered):
    submission = reporting.answer(unit, luot_nguoi=3)
    stranger = entered(world["M.du"], line=world.party)

    foreign = stranger.get(reverse("desk:submission", args=[submission.pk]))
    missing = stranger.get(reverse("desk:submission", args=[submission.pk + 1]))

    assert foreign.status_code == missing.status_code == 404
    assert stranger.get(reverse("desk:sheet", args=["la", "2026-Q3"])).status_code == 404
    assert stranger.get(reverse("desk:sheet", args=["hoc-tap", "2026-Q9"])).status_code == 404


def test_who_has_sent_in_figures_and_by_unit(world, sheet, unit, entered):
    reporting.record(world["A1.cb"], 431)
    submission = reporting.answer(unit)
    reviews.approve(
        submission=submission, shown=Shown(1, 10**6), by=entered_above(world), at=make.NOON
    )
    client = entered(world["TU"], Post.Role.LEADER, line=world.party)

    page = text(client.get(reverse("desk:sheet-units", kwargs=THIRD)))

    assert "Đã gửi 1/2" in page
    assert "1/2 đã duyệt" in page
    assert "Trễ 1" in page
    assert "Đảng ủy Xã M Chưa gửi" in page


def test_in_english_the_same_page_is_english(world, sheet, unit, entered):
    client = entered(unit, line=world.party, language="en")

    page = client.get(reverse("desk:sheet", kwargs=THIRD))

    assert '<html lang="en">' in page.content.decode()
    assert "Study of the theme" in text(page)


def test_the_list_takes_as_many_queries_for_one_cell_as_for_fifty_records(
    client, world, django_assert_max_num_queries
):
    client.get(reverse("desk:sheets"))
    for _ in range(5):
        reporting.record(world["A1.cb"], 3)

    with django_assert_max_num_queries(40):
        client.get(reverse("desk:sheets"))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("2026-11-22T03:00:00.000Z", "2026-11-22T03:00:00+00:00"),
        ("2026-11-22T10:00:00+07:00", "2026-11-22T03:00:00+00:00"),
        ("hôm qua", None),
        ("2026-11-22T03:00:00", None),
        ("9999-12-31T23:59:59-23:59", None),
        ("", None),
    ],
)
def test_when_a_device_had_saved_it_stands_beside_when_it_came(client, said, kept):
    send(client, **{"so-luot-nguoi": "5", "ly-do-luot-nguoi": "sổ", "co-y": "1", "luu-luc": said})

    version = Submission.objects.get().versions.get()
    assert version.received_at == make.NOON
    assert (version.saved_at and version.saved_at.isoformat()) == kept


def test_saved_in_time_and_come_late_it_waits_for_a_person(client):
    """Due on 6 October; the phone had no network until today."""
    told = {"so-luot-nguoi": "5", "ly-do-luot-nguoi": "sổ", "co-y": "1"}
    send(client, **told, **{"luu-luc": "2026-10-06T09:00:00+07:00"})

    page = text(client.get(reverse("desk:sheet", kwargs=THIRD), follow=True))
    assert "mất mạng" in page
    assert "Lưu trong máy" in page or "lưu trong máy" in page


def test_a_form_is_taken_for_the_unit_it_was_opened_for(client, world, unit):
    """One sends for two units, and another tab has moved to the second meanwhile."""
    Post.objects.create(
        person=client.person, unit=world["M.du"], line=world.party, role=Post.Role.RECORDER,
        start_date=make.START,
    )  # fmt: skip
    opened = fields(client.get(reverse("desk:sheet", kwargs=THIRD)))
    client.post(reverse("desk:me"), {"noi": f"{world.party.pk}-{world['M.du'].pk}"})

    told = opened | {"viec": "gui", "so-luot-nguoi": "5", "ly-do-luot-nguoi": "sổ", "co-y": "1"}
    client.post(reverse("desk:sheet", kwargs=THIRD), told)

    assert opened["don-vi"] == str(unit.pk)
    assert Submission.objects.get(version=1).unit == unit


@pytest.mark.parametrize("other", ["M.du", ""])
def test_a_form_of_a_unit_where_one_does_not_stand_is_not_taken(client, world, other):
    said = str(world[other].pk) if other else "99999999"

    page = send(client, **{"so-luot-nguoi": "5", "co-y": "1", "don-vi": said})

    assert page.status_code == 403
    assert not Submission.objects.exists()
