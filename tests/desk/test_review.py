"""Duyệt: the doubtful first, with the reason; approve what was shown, return with a question, undo."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from lantoa.orgs.models import Post
from lantoa.submissions.models import Review, Submission
from tests import make
from tests.desk import reporting
from tests.desk.test_sheets import text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon(settings):
    settings.NOW = make.NOON


@pytest.fixture
def sheet(world):
    return reporting.quarterly(world)


@pytest.fixture
def client(world, sheet, entered):
    return entered(world["TU"], Post.Role.REVIEWER, line=world.party)


@pytest.fixture
def doubtful(world, sheet):
    return reporting.answer(world["M.du"], luot_nguoi=1240)


@pytest.fixture
def normal(world, sheet):
    reporting.record(world["A1.cb"], 30)
    return reporting.answer(world["N.du"], at=make.NOON - dt.timedelta(days=1))


def hidden(page, name) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]+)"', page.content.decode())


def decide(client, submission, choice="duyet", **changes):
    page = client.get(reverse("desk:review") + f"?xem={submission.pk}")
    told = {"ban": str(submission.version), "so-cai": hidden(page, "so-cai")[0], "viec": choice}
    return client.post(reverse("desk:decide", args=[submission.pk]), told | changes)


def test_the_doubtful_comes_first_though_it_came_last_and_says_why(client, doubtful, normal):
    page = text(client.get(reverse("desk:review")))

    assert page.index("Đảng ủy Xã M") < page.index("Đảng ủy Xã N")
    assert "gửi 1.240, hồ sơ chưa có. Lý do: “đếm lại”" in page
    assert "Cần hỏi 1" in page
    assert "Bình thường 1" in page


def test_approving_is_one_press_and_says_how_many_are_left(client, doubtful, normal):
    decide(client, normal)

    page = client.get(reverse("desk:review"))

    normal.refresh_from_db()
    assert normal.state == "approved"
    assert "Đã duyệt Đảng ủy Xã N. Còn 1." in text(page)
    assert Review.objects.get().position >= Review.objects.get().version.position


def test_a_return_without_a_question_is_asked_for_one(client, doubtful):
    page = decide(client, doubtful, "tra-lai")

    assert page.status_code == 400
    assert "Trả lại thì phải hỏi" in text(page)
    doubtful.refresh_from_db()
    assert doubtful.state == "sent"


def test_a_return_carries_its_question(client, doubtful):
    decide(client, doubtful, "tra-lai", **{"cau-hoi": "27 hay 37 người?"})

    assert Review.objects.get().question == "27 hay 37 người?"
    assert "Đã trả lại Đảng ủy Xã M kèm câu hỏi." in text(client.get(reverse("desk:review")))


def test_what_has_changed_since_it_was_shown_is_not_approved(client, world, normal):
    page = client.get(reverse("desk:review"))
    position = hidden(page, "so-cai")[0]
    reporting.record(world["A1.cb"], 5)
    reporting.answer(world["N.du"], seen=1)

    told = {"ban": "1", "so-cai": position, "viec": "duyet"}
    again = client.post(reverse("desk:decide", args=[normal.pk]), told)

    assert again.status_code == 400
    assert "nay là bản 2" in text(again)
    assert not Review.objects.exists()


def test_all_normal_ones_are_approved_at_once_and_undone_at_once(client, doubtful, normal):
    page = client.get(reverse("desk:review"))
    shown = {"ban": hidden(page, "ban")[0], "so-cai": hidden(page, "so-cai")[0]}
    assert shown["ban"] == f"{normal.pk}:1"

    client.post(reverse("desk:approve-normal"), shown)
    after = client.get(reverse("desk:review"))
    assert set(Submission.objects.values_list("unit", "state")) == {
        (normal.unit_id, "approved"),
        (doubtful.unit_id, "sent"),
    }
    client.post(reverse("desk:undo-review"), {"quyet-dinh": hidden(after, "quyet-dinh")})

    assert set(Submission.objects.values_list("state", flat=True)) == {"sent"}


def test_after_its_seconds_there_is_nothing_to_undo(client, normal, settings):
    decide(client, normal)
    review = Review.objects.get()
    settings.NOW = make.NOON + dt.timedelta(seconds=16)

    page = client.get(reverse("desk:review"))
    late = client.post(reverse("desk:undo-review"), {"quyet-dinh": [review.pk]}, follow=True)

    assert "Hoàn tác trong" not in text(page)
    assert "Chỉ hoàn tác được trong 10 giây" in text(late)
    assert Submission.objects.get().state == "approved"


def test_an_empty_queue_is_good_news(client):
    assert "Đã duyệt hết" in text(client.get(reverse("desk:review")))


def test_who_only_records_has_no_queue(world, sheet, entered):
    assert entered(world["TU"], line=world.party).get(reverse("desk:review")).status_code == 403


def test_the_reviewer_of_another_unit_decides_nothing_here(world, normal, entered):
    stranger = entered(world["M.du"], Post.Role.REVIEWER, line=world.party)
    told = {"ban": "1", "so-cai": "1", "viec": "duyet"}

    assert stranger.post(reverse("desk:decide", args=[normal.pk]), told).status_code == 404
    assert "Đã duyệt hết" in text(stranger.get(reverse("desk:review")))


def test_a_late_one_that_a_phone_kept_is_excused_by_a_person(client, world, sheet):
    from lantoa.submissions import actions
    from lantoa.submissions.versions import Typed

    sender = make.recorder(world["N.du"], on=world.party)
    kept = actions.answer(
        sheet=sheet, unit=world["N.du"], period="2026-Q3", typed=Typed({}, {}, is_empty_meant=True),
        seen=0, saved_at=make.NOON - dt.timedelta(days=60), by=sender, at=make.NOON,
    )  # fmt: skip
    assert "Trễ do mất mạng" in text(client.get(reverse("desk:review")))

    decide(client, kept, "mien")

    assert "Được miễn do mất mạng" in text(client.get(reverse("desk:review")))
    assert Submission.objects.get().state == "sent"


def test_the_queue_takes_as_many_queries_for_two_as_for_one(
    client, world, normal, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(reverse("desk:review"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("desk:review"))
    reporting.answer(world["M.du"], luot_nguoi=3)

    with django_assert_num_queries(len(one)):
        client.get(reverse("desk:review"))


def test_a_page_without_its_numbers_is_refused_in_a_sentence(client, normal):
    page = client.post(reverse("desk:decide", args=[normal.pk]), {"viec": "duyet", "ban": "x"})

    assert page.status_code == 400
    assert "Hãy tải lại trang" in text(page)
