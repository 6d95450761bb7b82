"""What readers and search engines follow: feeds with true moments, a map of everything public and of nothing else."""

import datetime as dt
import re
import xml.etree.ElementTree as ET

import pytest
from django.conf import settings as site

from lantoa.plans.actions import directives
from lantoa.plans.models import Directive
from lantoa.portal.views import practices
from tests import make
from tests.articles import writing
from tests.plans.directing import draft, filed
from tests.portal import practising
from tests.portal.test_enquiries import published

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def feed(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return ET.fromstring(answer.content)  # noqa: S314 - our own


def entries(client, path):
    return [
        (each.findtext(f"{ATOM}title"), each.findtext(f"{ATOM}published"))
        for each in feed(client, path).iter(f"{ATOM}entry")
    ]


def test_a_feed_has_the_newest_first_with_vietnamese_moments(client, world):
    writing.article("Bài cũ", dated=writing.DAY - dt.timedelta(days=1))
    writing.article("Bài mới")

    assert entries(client, "/tin-tuc/nguon.atom") == [
        ("Bài mới", "2024-01-18T09:36:00+07:00"),
        ("Bài cũ", "2024-01-17T09:36:00+07:00"),
    ]


def test_rss_tells_the_same_as_atom(client, world):
    article = writing.article("Một bài", tags=("nêu gương",), lead="Đã học & làm")

    [item] = feed(client, "/tin-tuc/nguon.rss").iter("item")

    assert item.findtext("title") == "Một bài"
    assert item.findtext("link") == f"http://testserver{article.address()}"
    assert item.findtext("description") == "Đã học & làm"
    assert item.findtext("category") == "nêu gương"
    assert item.findtext("pubDate") == "Thu, 18 Jan 2024 09:36:00 +0700"


def test_a_section_a_unit_and_a_theme_have_feeds_of_their_own(client, world):
    from lantoa.orgs.models import Unit

    unit = Unit.objects.order_by("pk").last()
    writing.article("Trong mục", section="guong")
    writing.article("Của đơn vị", unit=unit)

    assert [title for title, _at in entries(client, "/tin-tuc/guong/nguon.atom")] == ["Trong mục"]
    assert [title for title, _at in entries(client, f"/don-vi/{unit.pk}/nguon.atom")] == ["Của đơn vị"]  # fmt: skip


def test_an_article_taken_back_leaves_its_feed(client, world):
    article = writing.article("Một bài")
    article.unpublish()

    assert entries(client, "/tin-tuc/nguon.atom") == []


@pytest.mark.parametrize(
    "path",
    ["/tin-tuc/nguon.exe", "/tin-tuc/khong-co/nguon.atom", "/chuyen-de/99/nguon.atom"],
)
def test_what_is_not_there_has_no_feed(client, world, path):
    writing.article()

    assert client.get(path).status_code == 404


def test_a_feed_is_a_fixed_number_of_queries(client, world, django_assert_max_num_queries):
    for number in range(6):
        writing.article(f"Bài số {number}", tags=("một", f"thẻ {number}"))

    with django_assert_max_num_queries(11):
        feed(client, "/tin-tuc/nguon.rss")


def test_a_section_says_where_its_feeds_are(client, world):
    writing.article(section="guong")

    page = client.get("/tin-tuc/guong/").content.decode()

    feeds = re.findall(r'type="application/(?:atom|rss)\+xml"[^>]*href="([^"]+)"', page)
    assert feeds == ["/tin-tuc/guong/nguon.atom", "/tin-tuc/guong/nguon.rss"]
    assert all(client.get(each).status_code == 200 for each in feeds)


def locations(client, path):
    return [each.text for each in feed(client, path).iter(f"{MAP}loc")]


def test_the_map_names_parts_and_the_first_and_last_pages_of_each_open(client, world):
    writing.article(section="guong")
    parts = locations(client, "/sitemap.xml")

    assert "http://testserver/sitemap-bai-viet.xml" in parts
    for part in parts:
        pages = locations(client, part.removeprefix("http://testserver"))
        for page in {*pages[:2], *pages[-2:]}:
            path = page.removeprefix("http://testserver")
            assert not path.startswith(site.WORK_PATH)
            assert client.get(path).status_code == 200, path


def test_an_article_stands_in_the_map_with_the_day_it_was_last_changed(client, world):
    article = writing.article()

    part = feed(client, "/sitemap-bai-viet.xml")

    [loc] = [each.text for each in part.iter(f"{MAP}loc")]
    [day] = [each.text for each in part.iter(f"{MAP}lastmod")]
    assert loc == f"http://testserver{article.address()}"
    assert day == "2024-01-18"


def stands(client, part, path):
    """The day that a part of the map gives for a page; None where the page does not stand there."""
    for each in feed(client, f"/sitemap-{part}.xml").iter(f"{MAP}url"):
        if each.findtext(f"{MAP}loc") == f"http://testserver{path}":
            return each.findtext(f"{MAP}lastmod")
    return None


def test_practices_directives_and_answers_stand_in_it_with_their_days(client, world, settings):
    settings.NOW = make.NOON
    by, later = make.clerk(), make.NOON + dt.timedelta(days=2)
    practice = practising.spread(world)
    place = {"on": Directive.objects.get(code="01-KL/TW").line, "date": dt.date(2024, 2, 1)}
    plan = filed(world.province, "15/KH-UBND", is_public=True, **place)
    hidden = filed(world.province, "16/KH-UBND", **place)
    said = draft(world.province, "15/KH-UBND", is_public=True, extract="Về việc khác", **place)
    known = published(world.new["thanh-long"], by)
    before = stands(client, "van-ban", f"/van-ban/{plan.pk}/")
    directives.correct(directive=plan, seen=1, draft=said, reason="Gõ nhầm.", by=by, at=later)

    assert stands(client, "mo-hinh", practices.address(practice))
    assert before == plan.recorded_at.date().isoformat()
    assert stands(client, "van-ban", f"/van-ban/{plan.pk}/") == later.date().isoformat()
    assert stands(client, "van-ban", f"/van-ban/{hidden.pk}/") is None
    assert stands(client, "hoi-dap", f"/hoi-dap/{known.pk}/") == make.NOON.date().isoformat()


def test_each_page_of_the_map_names_its_english_twin(client, world):
    content = client.get("/sitemap-trang.xml").content.decode()

    assert 'hreflang="en" href="http://testserver/en/so-lieu/"' in content
    assert 'hreflang="vi" href="http://testserver/so-lieu/"' in content


def test_an_unknown_part_of_the_map_is_not_there(client, world):
    assert client.get("/sitemap-khac.xml").status_code == 404


def test_search_engines_are_asked_to_leave_the_work_area(client, world):
    said = client.get("/robots.txt").content.decode()

    assert "Disallow: /lam-viec/" in said
    assert "Sitemap: http://testserver/sitemap.xml" in said
