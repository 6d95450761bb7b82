"""Tìm: however it is typed, everything public is found, what bears the very marks first, and nothing else is."""

import datetime as dt
import re
import unicodedata
from html import unescape

import pytest

from tests.articles import writing
from tests.portal.seen import text

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def found(client, words, **more):
    answer = client.get("/tim/", {"tim": words, **more})
    assert answer.status_code == 200
    return [unescape(title) for title in re.findall(r'<li class="told"><h3[^>]*><a [^>]*>([^<]*)</a>', answer.content.decode())]  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    ["học tập", "hoc tap", "HỌC TẬP", unicodedata.normalize("NFD", "HỌC TẬP"), "  Hoc   Tập "],
)
def test_an_article_is_found_however_its_words_are_typed(client, world, typed):
    writing.article("Chi bộ xóm học tập mỗi tuần")
    writing.article("Một bài khác", text="<p>Không có.</p>")

    assert found(client, typed, muc="bai-viet") == ["Chi bộ xóm học tập mỗi tuần"]


@pytest.mark.parametrize("typed", ["dao duc", "đạo đức", "ĐẠO ĐỨC"])
def test_a_letter_with_a_stroke_is_found_without_it(client, world, typed):
    writing.article("Nêu gương đạo đức cách mạng")

    assert found(client, typed, muc="bai-viet") == ["Nêu gương đạo đức cách mạng"]


@pytest.mark.parametrize("typed", ["hoa an", "hoà an", "Hòa An"])
def test_a_tone_may_stand_on_either_letter(client, world, typed):
    writing.article("Hoà An làm đường")
    writing.article("Hòa An trồng cây")

    assert sorted(found(client, typed, muc="bai-viet")) == ["Hoà An làm đường", "Hòa An trồng cây"]


def test_the_very_marks_come_first_and_then_the_newest(client, world):
    day = dt.timedelta(days=1)
    writing.article("Mở đường mới", dated=writing.DAY - 2 * day)
    writing.article("Mổ dương mới", slug="mo-duong-khac", dated=writing.DAY)
    writing.article("Mỡ đường khác", slug="mo-duong-nua", dated=writing.DAY - day)

    assert found(client, "mở đường", muc="bai-viet")[0] == "Mở đường mới"
    assert found(client, "mo duong", muc="bai-viet")[0] == "Mổ dương mới"


def test_words_in_the_text_are_found_after_words_in_the_title(client, world):
    writing.article("Bài thứ nhất", text="<p>Nuôi lợn nhựa tiết kiệm.</p>")
    writing.article("Nuôi lợn nhựa", dated=writing.DAY - dt.timedelta(days=9))

    assert found(client, "lợn nhựa", muc="bai-viet") == ["Nuôi lợn nhựa", "Bài thứ nhất"]


def test_each_part_shows_its_best_few_and_leads_to_all_of_them(client, world):
    for number in range(7):
        writing.article(f"Nêu gương số {number}")

    page = client.get("/tim/", {"tim": "neu guong"}).content.decode()

    assert page.count('class="told"') >= 5
    assert "Xem cả 7 kết quả" in page
    assert len(found(client, "neu guong", muc="bai-viet")) == 7


def test_directives_figures_and_units_are_found_in_the_same_box(client, world):
    assert found(client, "05-CT/TW", muc="van-ban")[0] == "Chỉ thị 05-CT/TW"
    assert "Hội nghị học tập trực tiếp" in found(client, "hoi nghi truc tiep", muc="so-lieu")
    assert "Xã Cần Yên" in found(client, "can yen", muc="don-vi")


def test_a_year_and_a_place_leave_the_others_out(client, world):
    from lantoa.orgs.models import Unit

    commune = Unit.objects.get(pk=world.new["can-yen"].pk)
    code = commune.names.order_by("-start_date").first().code
    writing.article("Chuyện ở Cần Yên", unit=commune)
    writing.article("Chuyện nơi khác")
    writing.article("Chuyện năm trước", dated=writing.DAY - dt.timedelta(days=365))

    assert found(client, "chuyen", muc="bai-viet", noi=code) == ["Chuyện ở Cần Yên"]
    assert "Chuyện năm trước" not in found(client, "chuyen", muc="bai-viet", nam="2024")
    assert found(client, "chuyen", muc="bai-viet", nam="2023") == ["Chuyện năm trước"]


def test_what_is_not_public_is_not_found(client, world):
    article = writing.article("Bài sẽ gỡ")
    article.unpublish()

    assert found(client, "bài sẽ gỡ") == []


def test_nothing_found_says_what_to_do_and_keeps_what_was_typed(client, world):
    answer = client.get("/tim/", {"tim": "không có đâu xyz"})

    assert "Không thấy kết quả nào" in text(answer)
    assert 'value="không có đâu xyz"' in answer.content.decode()


@pytest.mark.parametrize("query", [{"muc": "khac"}, {"nam": "2o24"}, {"noi": "99999"}])
def test_a_choice_that_is_none_is_told(client, world, query):
    assert client.get("/tim/", {"tim": "a", **query}).status_code == 400


def test_what_is_typed_is_shown_as_text(client, world):
    assert "<script>alert" not in client.get("/tim/", {"tim": "<script>alert(1)</script>"}).content.decode()  # fmt: skip


def test_a_search_is_a_fixed_number_of_queries(client, world, django_assert_max_num_queries):
    for number in range(9):
        writing.article(f"Nêu gương số {number}")

    with django_assert_max_num_queries(16):
        found(client, "nêu gương")


def test_every_page_has_the_box(client, world):
    page = client.get("/so-lieu/").content.decode()

    assert re.search(r'<form class="find" role="search" action="/tim/">', page)
