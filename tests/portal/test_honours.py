"""Vinh danh: public decisions listed and opened, who has not agreed counted, what was revoked gone (A6.5)."""

import datetime as dt
import re

import pytest

from lantoa.awards import deciding
from tests.awards import world as worlds
from tests.portal.seen import figures, text

pytestmark = pytest.mark.django_db
WHY = "Thành tích khai chưa đúng với hồ sơ gốc của đơn vị"


@pytest.fixture
def made(settings, tmp_path):
    settings.SEGMENTS = tmp_path
    return worlds.awarding()


def published(made):
    """A collective, one who has agreed, one who has not: a decision made public."""
    nominations = (
        worlds.nominated(made),
        worlds.nominated(
            made, name="Cá nhân số 1", post="Trưởng bản", consent_date=dt.date(2026, 9, 1)
        ),
        worlds.nominated(made, name="Cá nhân số 2"),
    )
    decision = worlds.decided(made, *nominations)
    deciding.publish(decision=decision, by=made.by, at=worlds.NOW)
    return decision


def revoke(made, decision, name):
    award = next(each for each in decision.awards.all() if each.nomination.name == name)
    return deciding.revoke(award=award, reason=WHY, by=made.by, at=worlds.NOW)


def test_a_house_without_decisions_says_so(client, made):
    assert "Chưa có quyết định nào được công khai" in text(client.get("/vinh-danh/"))


def test_what_a_council_agreed_to_is_on_notice_until_it_is_decided(client, made, settings):
    settings.NOW = worlds.NOW
    nominations = (
        worlds.nominated(made),
        worlds.nominated(made, name="Cá nhân số 1", consent_date=dt.date(2026, 9, 1)),
        worlds.nominated(made, name="Cá nhân số 2"),
    )
    there = "/vinh-danh/lay-y-kien/"
    assert "Hiện không có đề nghị nào đang lấy ý kiến" in text(client.get(there))
    worlds.passed(made, *nominations)
    settings.NOW = dt.datetime(2026, 10, 14, 9, tzinfo=dt.UTC)

    [(count, href)] = [each for each in figures(client.get("/vinh-danh/")) if each[1] == there]
    got = client.get(href)

    assert count == "3"
    assert "Cá nhân số 1" in text(got)
    assert "Chi bộ 1, Xã A1" in text(got)
    # Seven days after the vote was counted (8 October).
    assert text(got).count("15/10/2026") == 2
    assert 'href="/hoi-dap/gui/"' in got.content.decode()
    assert "Cá nhân số 2" not in got.content.decode()
    assert "Và 1 người chưa ghi đồng ý nêu tên: chỉ đếm." in text(got)
    assert worlds.ACHIEVEMENT not in text(got)

    assert "đã hết hạn" not in text(got)
    settings.NOW = dt.datetime(2026, 10, 15, 9, tzinfo=dt.UTC)
    late = client.get(there)
    assert text(late).count("đã hết hạn, chờ quyết định") == 2
    assert "Gửi góp ý" not in text(late)

    deciding.decide(nominations=nominations, text=worlds.text(), by=made.by, at=worlds.NOW)
    assert "Hiện không có đề nghị nào đang lấy ý kiến" in text(client.get(there))


def test_a_decision_that_was_not_made_public_is_nowhere(client, made):
    decision = worlds.decided(made, worlds.nominated(made))

    assert "Chưa có quyết định nào được công khai" in text(client.get("/vinh-danh/"))
    assert client.get(f"/vinh-danh/{decision.pk}/").status_code == 404
    assert client.get(f"/vinh-danh/{decision.pk}/1/").status_code == 404


def test_every_count_of_the_list_opens_the_decision_that_shows_so_many(client, made):
    decision = published(made)

    got = client.get("/vinh-danh/")
    opened = dict(zip(("tap-the", "ca-nhan"), figures(got), strict=True))
    page = client.get(f"/vinh-danh/{decision.pk}/")

    assert opened == {
        "tap-the": ("1", f"/vinh-danh/{decision.pk}/#tap-the"),
        "ca-nhan": ("2", f"/vinh-danh/{decision.pk}/#ca-nhan"),
    }
    assert "Tổng của 1 quyết định 1 2" in text(got)
    assert "Tập thể 1" in text(page)
    assert "Cá nhân 2" in text(page)
    assert "Và 1 người chưa ghi đồng ý nêu tên: chỉ đếm." in text(page)


def test_a6_5_who_has_not_agreed_is_counted_and_never_named(client, made):
    decision = published(made)
    position = decision.awards.get(nomination__name="Cá nhân số 2").position

    assert "Cá nhân số 1" in text(client.get(f"/vinh-danh/{decision.pk}/"))
    assert "Cá nhân số 2" not in text(client.get(f"/vinh-danh/{decision.pk}/"))
    assert client.get(f"/vinh-danh/{decision.pk}/{position}/").status_code == 404


def test_a6_5_the_page_of_an_award_says_name_unit_form_number_and_date_and_no_more(client, made):
    decision = published(made)
    position = decision.awards.get(nomination__name="Cá nhân số 1").position

    got = client.get(f"/vinh-danh/{decision.pk}/{position}/")

    said = text(got).split("Cá nhân số 1", 1)[1]
    for each in (
        "Chi bộ 1, Xã A1",
        "Giấy khen",
        f"Quyết định {decision.number:02}-QĐ/",
        "20/10/2026",
    ):
        assert each in said
    for each in ("Trưởng bản", worlds.ACHIEVEMENT, "640"):
        assert each not in text(got)
    assert 'content="noindex"' in got.content.decode()


def test_a6_5_a_revoked_award_is_gone_at_once_and_its_page_says_so_without_a_name(client, made):
    decision = published(made)
    award = revoke(made, decision, "Cá nhân số 1")

    page = client.get(f"/vinh-danh/{decision.pk}/")
    gone = client.get(f"/vinh-danh/{decision.pk}/{award.position}/")

    assert "Cá nhân số 1" not in text(page)
    assert "1 khen thưởng của quyết định này đã thu hồi." in text(page)
    assert gone.status_code == 410
    assert "đã thu hồi khen thưởng này, theo Quyết định" in text(gone)
    assert "Cá nhân số 1" not in gone.content.decode()
    assert WHY not in gone.content.decode()
    assert [said for said, _ in figures(client.get("/vinh-danh/"))] == ["1", "1"]


def test_a_decision_of_which_nothing_stands_is_gone(client, made):
    decision = worlds.decided(made, worlds.nominated(made))
    deciding.publish(decision=decision, by=made.by, at=worlds.NOW)
    revoke(made, decision, "")

    got = client.get(f"/vinh-danh/{decision.pk}/")

    assert got.status_code == 410
    assert "đã thu hồi mọi khen thưởng của Quyết định" in text(got)
    assert "Không có quyết định nào như vậy" in text(client.get("/vinh-danh/"))


@pytest.mark.parametrize(
    ("asked", "counts"),
    [
        ("", ["1", "2"]),
        ("?nam=2026", ["1", "2"]),
        ("?ai=collective", ["1"]),
        ("?ai=individual", ["2"]),
        ("?hinh-thuc=giay-khen", ["1", "2"]),
        ("?hinh-thuc=bang-khen", []),
        ("?he=dang", ["1", "2"]),
        ("?he=dia-ban", []),
    ],
)
def test_the_list_is_asked_by_year_form_kind_and_line(client, made, asked, counts):
    published(made)

    assert [said for said, _ in figures(client.get(f"/vinh-danh/{asked}"))] == counts


@pytest.mark.parametrize("asked", ["nam=1999", "nam=abc", "ai=ai-do", "he=khac", "hinh-thuc=x", "trang=7", "trang=-1"])  # fmt: skip
def test_what_cannot_be_asked_is_refused_in_both_languages(client, made, asked):
    published(made)

    for path, words in (("/", "Không có |Chỉ có "), ("/en/", "There is no |There are only ")):
        got = client.get(f"{path}vinh-danh/?{asked}")
        assert got.status_code == 400, asked
        assert re.search(words, text(got))


def test_the_list_takes_as_many_questions_for_many_decisions_as_for_one(
    client, made, django_assert_max_num_queries
):
    published(made)
    client.get("/vinh-danh/")
    with django_assert_max_num_queries(12):
        client.get("/vinh-danh/")
    published_again = worlds.decided(made, worlds.nominated(made, achievement="Việc khác, lần sau"))
    deciding.publish(decision=published_again, by=made.by, at=worlds.NOW)
    with django_assert_max_num_queries(12):
        client.get("/vinh-danh/")
