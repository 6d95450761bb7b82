"""Pages kept ready: drawn once, and forgotten the moment anything in them could have changed."""

import datetime as dt
import gzip

import pytest

from lantoa.articles import queries, rating
from lantoa.portal.views import news
from lantoa.warehouse import store
from tests import make
from tests.articles import writing
from tests.portal.seen import text
from tests.portal.world import hold

pytestmark = pytest.mark.django_db
PATH = "/tin-tuc/2024/01/bai/"


@pytest.fixture
def article(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.RATING_FEWEST = 1
    return writing.article("Bài", text=f"<p>{writing.figure('21 hội nghị')}</p>")


@pytest.fixture
def drawn(monkeypatch):
    """How often an article was drawn."""
    times = []
    draw = news.drawn
    monkeypatch.setattr(news, "drawn", lambda *args: (times.append(1), draw(*args))[1])
    return times


def test_a_page_is_drawn_once_and_answered_with_the_same_mark(client, article, drawn):
    first, second = client.get(PATH), client.get(PATH)

    assert len(drawn) == 1
    assert first.content == second.content
    assert first["ETag"] == second["ETag"]
    assert client.get(PATH, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_a_page_is_packed_once_and_says_the_same(client, article, monkeypatch):
    asks = {"Accept-Encoding": "gzip, deflate, br"}
    first, second, plain = (
        client.get(PATH, headers=asks),
        client.get(PATH, headers=asks),
        client.get(PATH),
    )

    assert gzip.decompress(second.content) == plain.content
    assert (second["Content-Encoding"], plain.get("Content-Encoding")) == ("gzip", None)
    assert first.content == second.content
    assert first["ETag"] == second["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in second["Vary"]
    assert client.get(PATH, headers=asks | {"If-None-Match": first["ETag"]}).status_code == 304


def test_it_is_forgotten_when_a_figure_in_it_changes(client, article, world):
    client.get(PATH)
    hold(world.parties["01357"], dt.date(2023, 12, 30))

    assert "nay là 22" in text(client.get(PATH))


def test_it_is_forgotten_when_it_is_published_again_or_taken_down(client, article):
    client.get(PATH)
    article.title = "Tên khác"
    article.save_revision().publish()
    again = text(client.get(PATH))
    article.unpublish()

    assert "Tên khác" in again
    assert client.get(PATH).status_code == 410


def test_it_is_forgotten_when_another_article_comes_out_or_a_star_is_given(client, article):
    client.get(PATH)
    writing.article("Bài sau", dated=writing.DAY + dt.timedelta(days=1))
    beside = text(client.get(PATH))
    rating.rate(article=article, stars=4, address="10.0.0.1", browser="F", at=make.NOON)

    assert "Bài sau" in beside
    assert "4,0/5" in text(client.get(PATH))


def test_a_reader_who_spares_data_gets_a_page_of_their_own(client, article):
    plain = client.get(PATH).content
    spared = client.get(PATH, headers={"Save-Data": "on"}).content

    assert b"css/site" in plain
    assert b"css/site" not in spared
    assert b"css/app" in spared


def test_a_kept_page_is_one_question_and_writes_nothing(client, article, django_assert_num_queries):
    client.get(PATH)

    with django_assert_num_queries(1) as asked:
        client.get(PATH)

    assert asked.captured_queries[0]["sql"].startswith("SELECT")


def test_a_page_drawn_while_an_entry_may_still_come_in_below_is_drawn_again(
    client, article, drawn, monkeypatch
):
    monkeypatch.setattr(store, "is_settled", lambda: False)
    client.get(PATH)
    client.get(PATH)

    assert len(drawn) == 1 + 1


def test_without_a_structure_nothing_is_kept(client, db, drawn, settings, tmp_path):
    """The edition says nothing then, so nothing could be told by it."""
    settings.MEDIA_ROOT = tmp_path
    assert queries.edition() == ()
