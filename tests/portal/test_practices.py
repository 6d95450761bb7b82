"""Mô hình hay in public: what is recognised, how it spread, and nothing that is not for everybody."""

import datetime as dt

import pytest

from tests import make
from tests.desk import walking
from tests.portal import practising
from tests.portal.seen import rows, text
from tests.practices.telling import adopted, proposed, recognised, registered, step

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings):
    settings.NOW = make.NOON


@pytest.fixture
def practice(world):
    return practising.spread(world)


@pytest.fixture
def page(practice):
    return f"/mo-hinh/{practice.pk}-nuoi-lon-nhua-tiet-kiem/"


def test_the_list_holds_what_is_recognised_and_nothing_before_it(client, world, practice):
    unit = world.parties["01358"]
    proposed(unit, title="Mới đề xuất")
    registered(unit, title="Mới đăng ký")
    step("appraise", registered(unit, title="Mới thẩm định"), dt.date(2023, 3, 1))

    got = text(client.get("/mo-hinh/"))

    assert "Nuôi lợn nhựa tiết kiệm" in got
    assert "1 mô hình, phần việc, cách làm" in got
    assert "2 nơi đang làm theo · 42 người" in got
    assert "Mới " not in got.replace("Mới Ít tốn kém", "")


def test_what_is_of_one_person_or_not_recognised_answers_like_what_is_not_there(client, world):
    unit = world.parties["01358"]
    hidden = [
        registered(unit, title="Mới đăng ký").pk,
        recognised(registered(unit, title="Của một người", holder="ca-nhan")).pk,
        10**9,
        2**70,
    ]

    assert {client.get(f"/mo-hinh/{pk}/").status_code for pk in hidden} == {404}
    assert {client.get(f"/mo-hinh/{pk}-ten/lan-toa/").status_code for pk in hidden} == {404}


def test_a_page_says_how_what_it_costs_and_which_post_to_ask_never_whom(client, practice, page):
    got = text(client.get(page))

    assert "Cách làm: 3 bước" in got
    assert "không tốn tiền" in got
    assert "Hỏi người ghi, Đảng ủy xã thanh long" in got
    names = practice.events.values_list("by__name", flat=True)
    assert [name for name in names if name in got] == []


def test_an_old_or_bare_address_leads_to_the_page(client, practice, page):
    for there in (f"/mo-hinh/{practice.pk}/", f"/mo-hinh/{practice.pk}-ten-cu/"):
        answer = client.get(there)

        assert (answer.status_code, answer["Location"]) == (301, page)


@pytest.mark.parametrize("more", ["", "lan-toa/", "lan-toa/?den=2023-12-31", "noi-lam-theo/"])
def test_every_number_opens_to_as_many_units(client, page, more):
    faults, opened = walking.walk(client, page + more)

    assert faults == []
    assert opened >= 5


def test_the_numbers_of_the_list_open_too(client, practice):
    faults, opened = walking.walk(client, "/mo-hinh/")

    assert (faults, opened) == ([], 2)


def test_the_list_is_filtered_by_words_place_reach_and_cost(client, practice):
    found = {
        query: practice.title in text(client.get(f"/mo-hinh/?{query}"))
        for query in (
            "tim=LON+nhua", "tim=camera", "noi=01360", "lan-toa=1", "lan-toa=3", "chi-phi=0", "linh-vuc=kinh-te", "loai=cach-lam",
        )
    }  # fmt: skip

    assert [query for query, is_there in found.items() if not is_there] == [
        "tim=camera",
        "lan-toa=3",
        "loai=cach-lam",
    ]


def test_of_a_practice_that_nobody_follows_the_spread_is_a_sentence_and_no_map_of_zeros(
    client, world
):
    alone = recognised(registered(world.parties["01358"], title="Đường hoa thay rác"))

    got = text(client.get(f"/mo-hinh/{alone.pk}-duong-hoa-thay-rac/lan-toa/"))

    assert "Chưa có nơi nào làm theo" in got
    assert "Lan tỏa trên bản đồ" not in got
    assert "Xem cách làm từng bước" in got


def test_what_cannot_be_is_answered_with_a_sentence(client, page):
    for there in (
        "/mo-hinh/?linh-vuc=khac",
        page + "lan-toa/?den=32/13",
        page + "noi-lam-theo/?ngay=x",
    ):
        assert client.get(there).status_code == 400


def test_a_practice_that_stopped_leaves_the_list_and_keeps_its_address(client, practice, page):
    step("stop", practice, dt.date(2026, 3, 1), reason="thay bằng mô hình khác")

    assert practice.title not in text(client.get("/mo-hinh/"))
    got = text(client.get(page))
    assert "Nơi khởi đầu đã dừng mô hình này" in got
    assert "Đăng ký làm theo" not in got


def test_the_units_behind_a_number_are_taken_along_as_csv(client, page):
    got = rows(client.get(page + "noi-lam-theo/?xem=da-dung&tai=csv"))

    assert [row["ly_do_dung"] for row in got] == ["thiếu người theo dõi"]


def test_a_page_is_not_more_questions_for_more_followers(
    client, world, practice, page, django_assert_max_num_queries
):
    for number in range(20):
        adopted(
            practice,
            make.unit(f"Chi hội {number}", under=world.province, start=dt.date(2021, 1, 1)),
        )

    for there, most in (("/mo-hinh/", 12), (page, 20), (page + "lan-toa/", 20)):
        with django_assert_max_num_queries(most):
            client.get(there)
