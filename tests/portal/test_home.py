"""The front page: the newest report's period in a sentence, in pairs, in key figures, on the map and over the year."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from lantoa.portal.views import practices
from lantoa.reports.models import Report
from tests import make
from tests.articles import writing
from tests.portal import practising
from tests.portal import world as worlds
from tests.portal.seen import figures, text, total
from tests.portal.test_enquiries import published

CONFERENCES = 1 + 2 + 3 + 4 + 5 + 6
PEOPLE = CONFERENCES * 30 + 5
MEMBERS = 100 + 101 + 102 + 103 + 104

pytestmark = pytest.mark.django_db


def test_the_sentence_says_the_period_of_the_newest_report_and_its_figures(client, world):
    got = text(client.get("/"))

    assert "Năm 2023, tỉnh Cao Bằng đã làm được gì" in got
    assert f"Đã tổ chức {CONFERENCES} hội nghị học tập trực tiếp với {PEOPLE} lượt người." in got


def test_a_clause_of_which_a_figure_is_unknown_is_left_out(client, world):
    assert "buổi chào cờ" not in text(client.get("/"))


def test_every_figure_opens_records_that_add_up_to_it(client, world):
    found = [(said, href) for said, href in figures(client.get("/")) if "/ho-so/" in href]
    plain = {href: said for said, href in found if said.isdecimal()}

    assert len(plain) >= 3
    assert {href: str(total(client.get(href))) for href in plain} == plain


def test_the_pair_of_reports_sent_is_that_of_the_report(client, world):
    sent = world.report.paper["completeness"]
    got = text(client.get("/"))

    assert f"{sent['reported']} trên {sent['expected']} đơn vị phải gửi" in got


def test_the_pair_of_a_share_names_its_part_and_its_whole(client, world):
    got = client.get("/").content.decode()

    assert f"{CONFERENCES * 20} lượt đảng viên trên {MEMBERS} đảng viên" in got
    assert f'aria-label="Tỷ lệ đảng viên dự học tập: Phải làm {MEMBERS}' in got


def test_the_map_shows_the_communes_of_today_with_what_their_old_ones_did(client, world):
    got = client.get("/")

    assert f'aria-label="Xã Cần Yên: {4 + 5 + 6}"' in got.content.decode()
    assert f"1 đơn vị khác không có ô, cộng lại {1 + 2 + 3}." in text(
        got
    )  # its code has no place on the map


def test_a_measure_of_which_nobody_said_anything_is_not_among_the_key_figures(client, world):
    got = text(client.get("/")).split("Các con số năm 2023")[1]

    assert "Hội nghị học tập trực tiếp" in got
    assert "Cuộc kiểm tra" not in got


def test_the_page_links_to_the_report_and_to_the_day_the_structure_changed(client, world):
    got = client.get("/").content.decode()

    assert f'href="{reverse("portal:report", args=[world.report.pk])}"' in got
    assert 'href="/don-vi/?ngay=2025-07-01"' in got


def test_without_a_report_the_page_stands_and_invents_nothing(client, world):
    Report.objects.all().delete()
    got = text(client.get("/"))

    assert "Chưa có báo cáo nào được ban hành" in got
    assert not re.search(r"\b0(,00%| hội nghị| lượt)", got)


def test_before_the_first_record_the_page_says_that_there_is_none(client, world, settings):
    settings.NOW = dt.datetime(2021, 5, 1, 5, tzinfo=dt.UTC)
    Report.objects.all().delete()
    got = text(client.get("/"))

    assert "Kỳ này chưa có số liệu" in got
    assert "Các con số" not in got


def test_what_spreads_what_was_answered_and_who_was_commended_stand_on_it(client, world, settings):
    settings.NOW = make.NOON
    practice = practising.spread(world)
    known = published(world.new["thanh-long"], make.clerk())
    decision = worlds.honour(world)
    page = client.get("/")
    got = text(page)

    assert "Vào thư viện 1 mô hình" in got
    assert f'href="{practices.address(practice)}"' in page.content.decode()
    assert "2 nơi đang làm theo" in got
    assert f'href="/hoi-dap/{known.pk}/"' in page.content.decode()
    assert f'href="/vinh-danh/{decision.pk}/1/">Đảng ủy xã thanh long' in page.content.decode()
    assert "Cá nhân số 1" not in got


def test_without_practices_and_answers_it_says_where_to_ask_and_invents_nothing(client, world):
    got = text(client.get("/"))

    assert "Mô hình đang lan tỏa" not in got
    assert "Gửi câu hỏi" in got


def test_the_page_asks_the_database_a_fixed_number_of_times(
    client, world, settings, django_assert_max_num_queries
):
    settings.NOW = make.NOON
    practising.spread(world)
    for number in range(4):
        writing.article(f"Bài {number}")
    client.get("/")

    with django_assert_max_num_queries(31):
        client.get("/")


def test_nothing_is_written_and_no_cookie_is_set(client, world):
    response = client.get("/")

    assert response.cookies == {}
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert client.get("/", headers={"if-none-match": response["ETag"]}).status_code == 304


def test_whoever_works_here_finds_the_way_in_from_every_page(client, world):
    for page in ("/", "/so-lieu/", "/en/"):
        assert '<a href="/lam-viec/" rel="nofollow">' in client.get(page).content.decode()


@pytest.mark.parametrize("address", ["/", "/so-lieu/", "/don-vi/", "/en/"])
@pytest.mark.django_db
def test_a_new_house_says_what_will_stand_here(client, address):
    page = client.get(address)

    assert page.status_code == 200
    sentence = "There are no units yet" if address == "/en/" else "Chưa có đơn vị nào"
    assert sentence in page.content.decode()
