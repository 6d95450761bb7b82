"""Every page in a real browser: no barrier, no overflow, nothing from elsewhere, no cookie, and all of it without scripts."""

import gzip
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe

WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
KB = 1024


class Watch:
    """A page that remembers what it asked for and what it complained about."""

    def __init__(self, page, address):
        self.requests, self.complaints = [], []
        self.address = address
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))

    def _heard(self, message):
        expected = "status of 404" in message.text or "status of 400" in message.text
        if message.type in ("error", "warning") and not expected:
            self.complaints.append(message.text)

    def strangers(self):
        return [url for url in self.requests if not url.startswith((self.address, "data:"))]


@pytest.fixture
def opened(browser, site):
    """Open a page: `opened(path, width=…, scheme=…, **options)`."""
    address, _paths = site
    contexts = []

    def open_page(path, *, width=390, scheme="light", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            color_scheme=scheme,
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        watch = Watch(page, address)
        page.goto(address + path)
        return page, watch

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_has_a_barrier(opened, site, width, scheme):
    axe, found = Axe(), []
    for path in site[1]:
        page, _watch = opened(path, width=width, scheme=scheme)
        for each in axe.run(page, options=RULES).response["violations"]:
            found += [(path, each["id"], node["html"][:120]) for node in each["nodes"]]

    assert found == []


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_no_page_scrolls_sideways(opened, site, width):
    too_wide = []
    for path in site[1]:
        page, _watch = opened(path, width=width)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            too_wide.append((path, wide))

    assert too_wide == []


def test_no_page_asks_elsewhere_complains_or_sets_a_cookie(opened, site):
    for path in site[1]:
        page, watch = opened(path)
        page.wait_for_load_state("load")

        assert watch.strangers() == []
        assert watch.complaints == []
        assert page.context.cookies() == []


def test_every_page_says_the_same_without_scripts(opened, site):
    for path in site[1]:
        with_scripts, _watch = opened(path)
        without, _other = opened(path, java_script_enabled=False)

        assert without.locator("main").inner_text() == with_scripts.locator("main").inner_text(), (
            path
        )


def test_no_page_is_heavier_than_a_weak_network_carries(site):
    address, paths = site
    heavy = {}
    for path in paths:
        try:
            body = urllib.request.urlopen(address + path).read()  # noqa: S310 our own site
        except urllib.error.HTTPError as refused:
            body = refused.read()
        if len(gzip.compress(body)) > 20 * KB:
            heavy[path] = len(gzip.compress(body))

    assert heavy == {}


def test_the_home_page_needs_at_most_twelve_requests(opened):
    page, watch = opened("/")
    page.wait_for_load_state("load")

    assert len(watch.requests) <= 12


def test_the_letters_with_two_marks_are_not_cut_off(opened):
    page, _watch = opened("/thanh-phan/")

    assert page.evaluate("document.fonts.check('16px BVP', 'Ễ Ỗ Ặ Ữ ỵ')")
    line = page.locator(".lead-text").bounding_box()
    assert line["height"] >= 1.4 * 20


def test_digits_in_tables_are_of_one_width(opened):
    page, _watch = opened("/thanh-phan/")
    widths = page.evaluate(
        """() => { const ink = document.createElement('canvas').getContext('2d');
                   ink.font = '16px SoBang';
                   return [...'0123456789'].map((digit) => ink.measureText(digit).width) }"""
    )

    assert max(widths) - min(widths) < 0.01


def test_the_keyboard_reaches_the_content_past_the_menu(opened):
    page, _watch = opened("/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("location.hash") == "#noi-dung"


def test_those_who_spare_data_get_no_fonts(opened):
    page, watch = opened("/", extra_http_headers={"Save-Data": "on"})
    page.wait_for_load_state("load")

    assert [url for url in watch.requests if "woff2" in url] == []


def test_the_date_slider_says_its_day_while_it_moves(opened):
    page, _watch = opened("/don-vi/", width=1280)
    page.locator("#so").focus()
    before = page.locator("output").inner_text()
    page.keyboard.press("ArrowLeft")

    assert page.locator("output").inner_text() != before
