"""What commendation refuses, through the pages where it is done, in both languages, and nothing changes by it."""

import datetime as dt

import pytest
from django.urls import reverse

from lantoa.awards.models import Award, Ballot, Decision, Turnout
from lantoa.orgs.models import Post
from tests import make
from tests.awards import world as worlds
from tests.desk.test_awards import act, enter, open_now, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(settings):
    settings.NOW = worlds.NOW
    return worlds.awarding()


@pytest.fixture(params=["vi", "en"])
def speak(request):
    """A client of somebody who reads in one language, and the one of two sentences that is theirs."""

    def enter_as(person):
        client = enter(person)
        person.account.language = request.param
        person.account.save()
        return client

    return enter_as, lambda vi, en: vi if request.param == "vi" else en


def reviewer(made):
    """A member who may nominate for the committee too."""
    person = made.members[0]
    Post.objects.create(
        person=person,
        unit=made["N.du"],
        line=made.world.party,
        role=Post.Role.REVIEWER,
        start_date=make.START,
    )
    return person


def test_an_achievement_awarded_before_is_refused_with_the_decision(made, speak):
    enter_as, one_of = speak
    worlds.decided(made, worlds.nominated(made))
    again = worlds.nominated(made, unit="N.du", recipient="A1.cb")
    client = enter_as(reviewer(made))
    meeting = {"ngay-hop": "20/11/2026", "thanh-vien": 7, "co-mat": 6, "dong-y": 6}
    act(client, again, "giay-to", **meeting)
    act(client, again, "xac-nhan")

    refused = act(client, again, "gui")

    assert refused.status_code == 400
    assert one_of("đã được khen về thành tích này: Quyết định số 1", "commended for this achievement already: decision 1") in text(refused)  # fmt: skip
    again.refresh_from_db()
    assert again.state == "draft"


def test_a_vote_after_the_end_is_refused_with_the_time(made, speak):
    enter_as, one_of = speak
    ballot = worlds.opened(made, worlds.nominated(made))

    refused = enter_as(made.members[0]).post(reverse("desk:ballot", args=[ballot.pk]), {"cau-0": "co"})  # fmt: skip

    assert refused.status_code == 400
    assert one_of("Đã hết hạn bỏ phiếu lúc", "Voting ended at") in text(refused)
    assert not Turnout.objects.filter(has_voted=True).exists()


def test_a_second_vote_from_another_device_is_refused(made, speak):
    enter_as, one_of = speak
    ballot = open_now(made, worlds.nominated(made))
    client, address = enter_as(made.members[0]), reverse("desk:ballot", args=[ballot.pk])
    client.post(address, {"cau-0": "co"})
    box = bytes(Ballot.objects.get().box)
    del client.cookies[f"phieu-{ballot.pk}"]

    refused = client.post(address, {"cau-0": "khong"})

    assert refused.status_code == 400
    assert one_of("Phiếu của đồng chí đã ở trong hòm", "Your sheet is in the box already") in text(refused)  # fmt: skip
    assert bytes(Ballot.objects.get().box) == box


def test_a_ballot_below_the_quorum_is_not_counted(made, speak):
    enter_as, one_of = speak
    ballot = worlds.opened(made, worlds.nominated(made))
    worlds.vote(ballot, made.members[1], True)

    refused = enter_as(made.members[0]).post(reverse("desk:count-ballot", args=[ballot.pk]), {"viec": "kiem"})  # fmt: skip

    assert refused.status_code == 400
    assert one_of("Mới có 1/5 thành viên bỏ phiếu", "Only 1 of 5 members have voted") in text(refused)  # fmt: skip
    assert Ballot.objects.get().closed_at is None


@pytest.mark.parametrize(
    ("changed", "vi", "en"),
    [
        ({"can-cu": ["nd-98-2023"]}, "Ngày 20/10/2026 không viện dẫn được", "On 20/10/2026 one cannot cite"),
        ({"can-cu": []}, "Chọn ít nhất một căn cứ", "Choose at least one legal basis"),
        ({"ngay": "24/11/2026"}, "Ngày 24/11/2026 chưa tới", "24/11/2026 is in the future"),
        ({"ngay": "09/10/2026"}, "Phải công khai 7 ngày", "A decision comes 7 days after the notice"),
        ({"ngay": "30/02/2026"}, "30/02/2026", "30/02/2026"),
        ({"ho-so": []}, "Một quyết định chỉ gồm hồ sơ gửi một cấp", "One decision holds dossiers sent to one level"),
    ],
)  # fmt: skip
def test_a_decision_that_cannot_be_is_refused_and_what_was_typed_stays(
    made, speak, changed, vi, en
):
    enter_as, one_of = speak
    nomination = worlds.nominated(made)
    worlds.passed(made, nomination)
    sent = {
        "ho-so": nomination.pk,
        "ngay": "20/10/2026",
        "can-cu": list(worlds.BASES),
        "noi-dung": worlds.ACHIEVEMENT,
        "chuc-vu": "Bí thư",
    }

    refused = enter_as(made.members[0]).post(
        reverse("desk:decide-awards", args=[made["N.du"].pk]), sent | changed
    )

    assert refused.status_code == 400
    assert one_of(vi, en) in text(refused)
    assert f'value="{changed.get("ngay", "20/10/2026")}"' in text(refused)
    assert not Decision.objects.exists()


def test_a_number_that_was_given_is_refused_with_its_decision(made, speak):
    enter_as, one_of = speak
    worlds.decided(made, worlds.nominated(made))
    second = worlds.nominated(made, achievement="Một việc khác hẳn")
    worlds.passed(made, second)
    sent = {
        "ho-so": second.pk,
        "so": "1",
        "ngay": "20/10/2026",
        "can-cu": list(worlds.BASES),
        "noi-dung": "Một việc khác hẳn",
        "chuc-vu": "Bí thư",
    }

    refused = enter_as(made.members[0]).post(
        reverse("desk:decide-awards", args=[made["N.du"].pk]), sent
    )

    assert refused.status_code == 400
    assert one_of("Số 1 đã dùng cho quyết định", "The number 1 belongs to the decision") in text(refused)  # fmt: skip
    assert Award.objects.count() == 1


def test_a_consent_of_a_day_to_come_is_refused(made, speak):
    enter_as, one_of = speak
    nomination = worlds.nominated(made, unit="N.du", recipient="A1.cb", name="Cá nhân số 1")
    worlds.decided(made, nomination)
    tomorrow = worlds.TODAY + dt.timedelta(days=1)

    refused = act(enter_as(reviewer(made)), nomination, "dong-y", **{"dong-y": f"{tomorrow:%d/%m/%Y}"})  # fmt: skip

    assert refused.status_code == 400
    assert one_of("chưa tới", "is in the future") in text(refused)
