"""Readers' stars: once a day each, without a trace, and a script moves nothing."""

import datetime as dt
import random

import pytest
from django.test import Client

from lantoa.articles import rating
from lantoa.articles.models import RatingKey, RatingSalt
from lantoa.articles.rating import Outcome
from lantoa.lib.errors import RefusedError
from lantoa.orgs.rights import NotAllowedError
from tests import make
from tests.articles import writing
from tests.portal.seen import text

pytestmark = pytest.mark.django_db
PATH = "/tin-tuc/2024/01/bai/"


@pytest.fixture
def article(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.NOW = make.NOON
    return writing.article("Bài")


def vote(article, stars=5, *, address="10.0.0.1", browser="Firefox", at=make.NOON):
    return rating.rate(article=article, stars=stars, address=address, browser=browser, at=at)


def test_a_vote_counts_once_a_day_for_a_browser_at_an_address(article):
    assert vote(article) is Outcome.COUNTED
    assert vote(article, 1) is Outcome.AGAIN
    assert vote(article, at=make.NOON + dt.timedelta(days=1)) is Outcome.COUNTED

    got = rating.score(article)
    assert (got.votes, got.points) == (2, 10)


def test_another_browser_or_another_article_is_another_vote(article):
    other = writing.article("Bài khác")

    assert vote(article, browser="Chromium") is Outcome.COUNTED
    assert vote(article, browser="Firefox") is Outcome.COUNTED
    assert vote(other, browser="Firefox") is Outcome.COUNTED


@pytest.mark.both
def test_at_midnight_nothing_is_left_by_which_a_vote_could_be_traced(article):
    late = dt.datetime(2026, 11, 23, 16, 59, tzinfo=dt.UTC)  # 23:59 in Vietnam
    vote(article, at=late)
    before = set(RatingSalt.objects.values_list("day", flat=True))

    vote(article, browser="Chromium", at=late + dt.timedelta(minutes=2))

    assert before == {dt.date(2026, 11, 23)}
    assert set(RatingSalt.objects.values_list("day", flat=True)) == {dt.date(2026, 11, 24)}
    assert RatingKey.objects.count() == 1


def test_no_address_and_no_browser_is_kept_anywhere(article):
    vote(article, address="203.0.113.77", browser="Trinh duyet rat la")

    kept = repr([*RatingKey.objects.values(), *RatingSalt.objects.values()])

    assert "203.0.113.77" not in kept
    assert "Trinh duyet" not in kept


@pytest.mark.parametrize("stars", [None, 0, 6, -1])
def test_only_one_to_five_stars_are_taken(article, stars):
    with pytest.raises(RefusedError, match="Chọn số sao"):
        vote(article, stars)


def test_ten_thousand_votes_of_a_script_move_the_mean_by_less_than_a_twentieth(article):
    chance = random.Random(5)
    honest = [chance.choice([4, 5, 5, 4, 3]) for _each in range(500)]
    for number, stars in enumerate(honest):
        assert (
            vote(article, stars, address=f"10.{number // 250}.{number % 250}.9") is Outcome.COUNTED
        )
    before = rating.score(article)

    # The key is of address and browser; more than enough browsers to pass every limit there is.
    script = [vote(article, 1, address="198.51.100.7", browser=f"robot {n}") for n in range(200)]

    after = rating.score(article)
    assert (before.votes, before.points) == (500, sum(honest))
    assert abs(before.points / before.votes - after.points / after.votes) <= 0.05
    assert set(script[10:]) == {Outcome.HELD}


def test_the_newer_addresses_of_one_network_are_one_place(article, settings):
    settings.RATING_FROM_ADDRESS = 2
    votes = [vote(article, address=f"2001:db8:1:2::{n}", browser=f"b{n}") for n in range(4)]

    assert votes == [Outcome.COUNTED, Outcome.COUNTED, Outcome.HELD, Outcome.HELD]


def test_what_was_held_counts_when_an_editor_says_so(article, settings):
    top = make.unit()
    make.unit(under=top)
    settings.RATING_FROM_ADDRESS = 1
    for number in range(4):
        vote(article, 4, browser=f"máy {number} của trường")

    with pytest.raises(NotAllowedError):
        rating.decide_held(
            article=article, counts=True, by=writing.somebody("leader"), at=make.NOON
        )
    assert (
        rating.decide_held(
            article=article, counts=True, by=writing.somebody("editor"), at=make.NOON
        )
        == 3
    )
    assert rating.score(article).votes == 4


def test_what_an_article_brought_along_is_in_its_sum(article, settings):
    settings.RATING_FEWEST = 1
    article.points_before, article.votes_before = 1, 1
    article.save()

    seen = text(Client().get(PATH))

    assert "Tổng số điểm của bài viết là: 1 trong 1 đánh giá" in seen
    assert "1,0/5" in seen


def test_below_the_fewest_no_score_is_shown(article, settings):
    settings.RATING_FEWEST = 3
    vote(article, address="10.0.0.1")
    vote(article, address="10.0.0.2")
    few = text(Client().get(PATH))
    vote(article, 4, address="10.0.0.3")
    enough = text(Client().get(PATH))

    assert "Chưa đủ phiếu để hiện điểm." in few
    assert "Tổng số điểm của bài viết là: 14 trong 3 đánh giá" in enough
    assert "4,7/5" in enough


def test_three_fresh_browsers_on_one_computer_give_one_vote(article):
    said = [Client().post(f"{PATH}danh-gia/", {"sao": "5"}, headers={"User-Agent": "F"}) for _each in range(3)]  # fmt: skip

    assert [answer.status_code for answer in said] == [303] * 3
    assert [answer["Location"] for answer in said] == [
        f"{PATH}?da-danh-gia=5#danh-gia",
        *[f"{PATH}?da-danh-gia=lan-nua#danh-gia"] * 2,
    ]
    assert not any(answer.cookies for answer in said)
    assert rating.score(article).votes == 1


def test_the_page_says_what_became_of_the_vote_and_is_not_kept(article):
    page = Client().get(f"{PATH}?da-danh-gia=5")

    assert "Đã nhận 5 sao. Cảm ơn." in text(page)
    assert page["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "sent",
    [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://other.example"}, {"Origin": "null"}],
)
def test_a_vote_from_another_site_is_not_taken(article, sent):
    answer = Client().post(f"{PATH}danh-gia/", {"sao": "5"}, headers=sent)

    assert answer.status_code == 403
    assert rating.score(article).votes == 0


def test_a_form_without_stars_is_answered_with_a_sentence(article):
    answer = Client().post(f"{PATH}danh-gia/", {})

    assert answer.status_code == 400
    assert "Chọn số sao trước khi gửi." in text(answer)
