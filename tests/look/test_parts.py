"""Each part of a page, rendered: what stands in it, in both languages, and that a name cannot break out of it."""

import datetime as dt

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import formats, translation

from lantoa.look.icons import icon
from lantoa.look.tilemap import Tile, tile_map
from lantoa.look.trend import Series, trend

HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture(autouse=True)
def _plain_static(settings):
    settings.STORAGES = {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def drawn(text, path="/so-lieu/?ky=2023&trang=3", **context):
    request = RequestFactory().get(path)
    return Template("{% load look %}" + text).render(Context({"request": request, **context}))


def test_a_figure_is_a_link_that_says_it_opens_records():
    got = drawn('{% fig 1103 "/x/" name="hội nghị" %}')

    assert got.startswith('<a class="fig" href="/x/">1.103')
    assert "hội nghị, mở danh sách hồ sơ" in got


def test_an_unknown_figure_is_a_dash_and_no_link():
    assert drawn("{% fig None %}") == '<span class="num">–</span>'


def test_an_english_page_groups_by_commas():
    with translation.override("en"):
        assert "35,992" in drawn('{% fig 35992 "/x/" %}')


def test_a_pair_says_in_words_what_it_draws():
    got = drawn("{% pair 56 54 %}")

    assert "Phải làm 56, đã làm 54, đạt 96%" in got
    assert 'width="96%"' in got
    assert 'width="100%"' in got


def test_more_done_than_said_makes_the_said_bar_the_shorter_one():
    assert 'width="50%"' in drawn("{% pair 10 20 %}")


def test_a_pair_of_nothing_divides_by_nothing():
    assert "<rect" not in drawn("{% pair 0 0 %}")


def test_a_sorting_link_turns_the_order_and_starts_at_the_first_page():
    got = drawn('{% sort_link "Số" "so" %}', sort="so")

    assert 'href="?ky=2023&amp;xep=-so"' in got
    assert icon("arrow-up") in got


@pytest.mark.parametrize(
    "text", ['{% fig n "/x/" name=n %}', "{% tag n n %}", "{% empty n n %}", "{% pair 1 1 n %}"]
)
def test_a_hostile_name_stays_text(text):
    assert "<script>" not in drawn(text, n=HOSTILE)


def test_a_hostile_unit_stays_text_on_the_map():
    hostile = Tile(HOSTILE, 1, HOSTILE, HOSTILE)

    assert "<script>" not in drawn("{% tilemap m n %}", m=tile_map([hostile]), n=HOSTILE)


def test_a_drawing_has_points_and_no_commas_in_its_coordinates():
    shape = trend(("1", "2", "3"), Series("2023", (1, 2, 3)))

    got = drawn('{% trend t "x" %}', t=shape)

    assert 'cx="280.0"' in got


def test_django_reads_a_vietnamese_date_day_first():
    with translation.override("vi"):
        first = formats.get_format("DATE_INPUT_FORMATS")[0]

    assert dt.datetime.strptime("03/04/2024", first).date() == dt.date(2024, 4, 3)  # noqa: DTZ007
