"""What machines read of an article: dates with their zone, the way to it, nothing that could end its element."""

import json
import re

import pytest

from tests import make
from tests.articles import writing
from tests.portal.test_enquiries import published

pytestmark = pytest.mark.django_db
PATH = "/tin-tuc/2024/01/bai/"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def graph(client):
    page = client.get(PATH).content.decode()
    [found] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(found)["@graph"]


def test_it_says_when_in_vietnams_time_and_where_it_stands(client, world):
    writing.article("Bài", source="Theo Báo Cao Bằng, 18/01/2024")

    told, crumbs = graph(client)

    assert told["@type"] == "NewsArticle"
    assert told["datePublished"] == "2024-01-18T09:36:00+07:00"
    assert told["url"] == f"http://testserver{PATH}"
    assert [each["name"] for each in crumbs["itemListElement"]] == [
        "Trang chủ", "Tin tức", "Học tập chuyên đề", "Bài",
    ]  # fmt: skip
    assert "aggregateRating" not in told


def test_open_graph_says_the_same_and_the_address_is_one_in_both_languages(client, world):
    writing.article("Bài")
    for path in (PATH, f"/en{PATH}"):
        page = client.get(path).content.decode()
        said = dict(re.findall(r'<meta property="([^"]+)" content="([^"]*)">', page))

        assert said["og:type"] == "article"
        assert said["article:published_time"] == "2024-01-18T09:36:00+07:00"
        assert f'<link rel="canonical" href="http://testserver{PATH}">' in page


def test_a_title_cannot_end_the_element_it_stands_in(client, world):
    writing.article("Bài", lead="</script><script>alert(1)</script>")

    assert graph(client)[0]["description"] == "</script><script>alert(1)</script>"
    assert "<script>alert" not in client.get(PATH).content.decode()


def test_the_stars_are_told_only_when_they_are_shown(client, world, settings):
    settings.RATING_FEWEST = 2
    writing.article("Bài", points_before=9, votes_before=2)

    assert graph(client)[0]["aggregateRating"]["ratingValue"] == 4.5


def test_an_answer_is_told_as_a_question_with_its_answer(client, world, settings):
    settings.NOW = make.NOON
    known = published(
        world.new["thanh-long"], make.clerk(), question="Nhà tạm </script> thì xóa ở đâu?"
    )

    page = client.get(f"/hoi-dap/{known.pk}/").content.decode()
    [said] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    told = json.loads(said)

    assert told["@type"] == "QAPage"
    assert told["mainEntity"]["text"] == known.question
    assert told["mainEntity"]["acceptedAnswer"]["text"] == known.answer
    assert told["mainEntity"]["acceptedAnswer"]["dateCreated"].endswith("+07:00")
    assert f'rel="canonical" href="http://testserver/hoi-dap/{known.pk}/"' in page
