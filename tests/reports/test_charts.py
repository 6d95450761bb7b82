"""Charts: what they show, safely, in shades that can be told apart."""

import dataclasses
import itertools
import xml.etree.ElementTree as ET

import pytest

from lantoa.reports import charts
from lantoa.reports.paper import Chart, Point
from tests.reports import drawn

SVG = "{http://www.w3.org/2000/svg}"


def chart(kind, *values, label="Hà Quảng"):
    points = tuple(Point(label, drawn.cell(value), 0, at) for at, value in enumerate(values))
    return Chart(kind, "Hội nghị", "hội nghị", "Mô tả", points)


def read(drawing):
    return ET.fromstring(drawing)  # noqa: S314 (our own text)


@pytest.mark.parametrize("kind", ["bars", "trend", "tiles"])
def test_every_value_is_printed(kind):
    said = [each.text for each in read(charts.svg(chart(kind, 1103, 7, None))).iter(f"{SVG}text")]

    assert {"1.103", "7", "–"} <= set(said)


@pytest.mark.parametrize("kind", ["bars", "trend", "tiles"])
def test_a_unit_that_sent_nothing_is_dashed_and_not_a_nought(kind):
    rects = list(read(charts.svg(chart(kind, 5, None))).iter(f"{SVG}rect"))

    assert sum("stroke-dasharray" in each.attrib for each in rects) == 1


@pytest.mark.parametrize("kind", ["bars", "trend", "tiles"])
def test_nothing_at_all_can_be_drawn(kind):
    assert read(charts.svg(chart(kind)))
    assert read(charts.svg(chart(kind, 0, 0)))


def test_a_bar_is_as_long_as_its_value():
    rects = list(read(charts.svg(chart("bars", 100, 50))).iter(f"{SVG}rect"))

    long, short = (float(each.get("width")) for each in rects)
    assert short == pytest.approx(long / 2, abs=0.1)


def test_a_name_cannot_bring_markup_in():
    drawing = charts.svg(dataclasses.replace(chart("bars", 1, label="<script>"), title="<b>&"))

    assert "<script>" not in drawing
    assert read(drawing).find(f"{SVG}title").text == "<b>&"


def test_the_picture_says_its_title_and_its_words():
    root = read(charts.svg(chart("tiles", 1)))

    assert (root.get("role"), root.find(f"{SVG}desc").text) == ("img", "Mô tả")


@pytest.mark.parametrize(
    "values", [[1], [5, 5, 5], [0, 3], [73, 89, 91, 92, 98, 98, 100, 109, 117, 135]]
)
def test_every_value_but_nought_is_in_one_class_of_the_legend(values):
    parted = charts.classes(values)

    for value in values:
        held = [shade for shade, first, last in parted if first <= value <= last]
        assert held == ([charts.shade(value, values)] if value else [])


def test_units_are_parted_into_sixths_and_equal_values_stay_together():
    values = [10, 20, 30, 40, 50, 60, 60, 60]

    assert [charts.shade(value, values) for value in values] == [0, 0, 1, 2, 3, 3, 3, 3]


def test_the_largest_of_six_takes_the_darkest_shade_and_the_smallest_the_lightest():
    values = [1, 2, 3, 4, 5, 6]

    assert [charts.shade(value, values) for value in (1, 6)] == [0, 5]


def test_nought_is_a_white_square_with_a_whole_outline():
    rects = list(read(charts.svg(chart("tiles", 0, 5))).iter(f"{SVG}rect"))

    assert rects[0].get("fill") == charts.SURFACE
    assert "stroke-dasharray" not in rects[0].attrib


def test_neighbouring_shades_differ_in_grey_too():
    """Black and white print: each class is darker than the one before, by enough to see."""
    greys = [luminance(shade) for shade in charts.SEQUENCE]

    assert all(light > 1.25 * dark for light, dark in itertools.pairwise(greys))


def test_text_on_a_tile_can_be_read():
    for place, shade in enumerate(charts.SEQUENCE):
        ink = charts.SURFACE if place >= charts.DARK_FROM else charts.INK
        assert contrast(ink, shade) >= 4.5


def test_a_png_is_made_in_our_fonts():
    assert charts.png(charts.svg(chart("tiles", 1))).startswith(b"\x89PNG")


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
