"""The questions stand on the record's own page, for those who could mend it; two records of one event are joined there."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from lantoa.orgs.models import Post
from lantoa.work import actions
from lantoa.work.models import Activity
from tests import make

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)


@pytest.fixture
def kind():
    return make.kind("chao-co", one=make.measure("buoi"), needed=[make.measure("luot-nguoi")])


def held(world, kind, key):
    return actions.record(
        kind=kind, unit=world[key], date=DAY, values={"luot-nguoi": 27}, title="Lễ chào cờ",
        by=make.clerk(), at=make.NOON,
    )  # fmt: skip


def text(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_a_unit_is_asked_about_its_own_record_and_told_that_nothing_must_be_done(
    world, kind, entered
):
    own = held(world, kind, "A1.cb")
    held(world, kind, "A2.cb")
    client = entered(world["A1.cb"], line=world.party)

    page = text(client.get(reverse("desk:one-record", args=[own.pk])))

    assert "Chi bộ 1, Xã A2 cũng ghi một việc như vậy" in page
    assert "Nếu số đã đúng thì không cần làm gì" in page
    assert "chủ trì" not in page.split("Đề nghị xem lại")[1].split("Máy tự nêu")[0].replace(
        "một đơn vị chủ trì", ""
    )


def test_a_superior_of_both_joins_them_with_one_press(world, kind, entered):
    host, guest = held(world, kind, "A1.cb"), held(world, kind, "A2.cb")
    client = entered(world["N.du"], Post.Role.REVIEWER, line=world.party)

    page = client.get(reverse("desk:one-record", args=[host.pk]))
    joined = client.post(reverse("desk:join-records", args=[host.pk, guest.pk]), follow=True)

    assert "Gộp, đơn vị này chủ trì" in text(page)
    assert "Đã gộp thành một việc" in text(joined)
    assert Activity.objects.get(pk=guest.pk).withdrawn_at is not None
    assert list(Activity.objects.get(pk=host.pk).co_organisers.all()) == [world["A2.cb"]]


def test_nobody_joins_what_is_not_below_them(world, kind, entered):
    host, guest = held(world, kind, "A1.cb"), held(world, kind, "A2.cb")
    client = entered(world["A1.cb"], line=world.party)

    answer = client.post(reverse("desk:join-records", args=[host.pk, guest.pk]))

    assert answer.status_code in (403, 404)
    assert Activity.objects.get(pk=guest.pk).withdrawn_at is None
