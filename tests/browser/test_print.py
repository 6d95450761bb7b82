"""The work area on paper (UX 14): the overview on one page and its map on another; no ways to other pages."""

import re

import pytest

BOARD = "/lam-viec/dieu-hanh/?ky=2026-Q3"

# As full as the overview gets: a dozen units in each table, five things to look at first, a dozen that have not sent.
FULL = """() => {
  const fill = (box, to) => { while (box && box.children.length && box.children.length < to) box.append(box.children[0].cloneNode(true)); };
  for (const each of document.querySelectorAll(".board__rows tbody")) fill(each, 12);
  for (const each of document.querySelectorAll(".board__col .tl")) fill(each, 5);
  for (const each of document.querySelectorAll(".board .list--columns")) fill(each, 12);
}"""


def paper(page):
    """How many pages of A4 it takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_the_full_overview_is_one_page_and_one_with_the_map(somebody, province):
    page = somebody("leader")
    page.goto(province["address"] + BOARD)
    page.evaluate(FULL)
    assert page.locator(".board__rows tbody tr").count() >= 12

    assert paper(page) == 2


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("leader", BOARD),
        ("recorder", "/lam-viec/"),
        ("recorder", "/lam-viec/bao-cao/hoc-tap/2026-Q3/"),
        ("reviewer", "/lam-viec/duyet/"),
        ("administrator", "submission"),
        ("administrator", "one-record"),
    ],
)
def test_nothing_that_leads_elsewhere_is_printed_but_whose_page_it_is(
    somebody, province, role, path
):
    page = somebody(role)
    known = {name: path for name, path, _has_page in province["pages"]}
    page.goto(province["address"] + known.get(f"desk:{path}", path))
    page.emulate_media(media="print")
    seen = page.evaluate(
        """() => [...document.querySelectorAll("nav, button, .btn, .skip, .bar__me, .bar__back, .bar__mark, .filters")]
             .filter((each) => each.checkVisibility({ visibilityProperty: true })).map((each) => each.outerHTML.slice(0, 80))"""
    )
    where = page.locator(".bar__where b").is_visible()
    page.emulate_media(media="screen")

    assert seen == []
    assert where
