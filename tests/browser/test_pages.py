"""Every page in a real browser: no barrier, no overflow, nothing from elsewhere, no cookie, and all of it without scripts."""

import gzip
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe

WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")
RULES = {
    # All of what is wrong, and of what is well only the names: to carry all of it here takes longer than to find it.
    "resultTypes": ["violations"],
    # Of these rules only the one about sound that plays by itself needs something fetched; axe would fetch every style sheet.
    "preload": {"assets": ["media"]},
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
}
KB = 1024


class Watch:
    """A page that remembers what it asked for and what it complained about."""

    def __init__(self, page, address):
        self.start_over()
        self.address = address
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))

    def start_over(self):
        self.requests, self.complaints = [], []

    def _heard(self, message):
        expected = any(f"status of {code}" in message.text for code in (400, 404, 410))
        if message.type in ("error", "warning") and not expected:
            self.complaints.append(message.text)

    def strangers(self):
        return [url for url in self.requests if not url.startswith((self.address, "data:"))]


@pytest.fixture
def opened(browser, site):
    """Open a page: `opened(path, width=…, scheme=…, **options)`. One at a time for the same options."""
    address, _paths = site
    pages = {}

    def open_page(path, *, width=390, scheme="light", **options):
        key = (width, scheme, str(options))
        if key not in pages:
            context = browser.new_context(
                viewport={"width": width, "height": 844},
                color_scheme=scheme,
                reduced_motion="reduce",
                **options,
            )
            page = context.new_page()
            pages[key] = page, Watch(page, address)
        page, watch = pages[key]
        watch.start_over()
        page.goto(address + path)
        return page, watch

    yield open_page
    for page, _watch in pages.values():
        page.context.close()


def vietnamese(paths):
    """The pages in one language: they differ from their twins in words alone."""
    return [path for path in paths if not path.startswith("/en/")]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_has_a_barrier(opened, site, width, scheme):
    assert barriers(opened, vietnamese(site[1]), width=width, scheme=scheme) == []


def test_no_english_page_has_a_barrier(opened, site):
    assert barriers(opened, [path for path in site[1] if path.startswith("/en/")]) == []


def barriers(opened, paths, **options):
    axe, found = Axe(), []
    for path in paths:
        page, _watch = opened(path, **options)
        for each in axe.run(page, options=RULES).response["violations"]:
            found += [(path, each["id"], node["html"][:120]) for node in each["nodes"]]
    return found


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
        assert watch.complaints == [], path
        assert page.context.cookies() == []


def test_a_recording_plays(opened):
    page, watch = opened("/tin-tuc/2024/01/bai-cu-hon/")

    heard = page.evaluate(
        """async () => {
            const audio = document.querySelector("audio");
            const end = new Promise((done) => audio.addEventListener("ended", done));
            await audio.play();
            await end;
            return audio.currentTime;
        }"""
    )

    assert heard > 0
    assert watch.complaints == []


def said(page):
    """The words of a page, without the buttons that only a script can serve and that are there only with one."""
    text = page.locator("main").inner_text()
    for words in page.locator("[data-copy], [data-print]").all_inner_texts():
        text = text.replace(f"{words}\n", "", 1)
    return " ".join(text.split())


def test_every_page_says_the_same_without_scripts(opened, site):
    for path in vietnamese(site[1]):
        with_scripts, _watch = opened(path)
        without, _other = opened(path, java_script_enabled=False)

        assert said(without) == said(with_scripts), path


def sent(page, kinds):
    """Bytes that the page's resources of the given kinds weigh packed: what a weak network carries."""
    total = 0
    for url in page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)"):
        if url.split("?")[0].endswith(kinds):
            body = page.request.get(url).body()
            total += len(body) if url.endswith("woff2") else len(gzip.compress(body))
    return total


def html_of(address, path):
    try:
        return urllib.request.urlopen(address + path).read()  # noqa: S310 our own site
    except urllib.error.HTTPError as refused:
        return refused.read()


def test_no_page_is_heavier_than_a_weak_network_carries(site):
    address, paths = site
    packed = {path: len(gzip.compress(html_of(address, path))) for path in paths}

    assert {path: size for path, size in packed.items() if size > 20 * KB} == {}


def test_the_home_page_stays_within_its_weights(opened, site):
    """UX, section 16 B: HTML 20, sheets 14, fonts 52, scripts 8, all of it 90 kilobytes, in twelve requests."""
    page, watch = opened("/")
    page.wait_for_load_state("networkidle")
    body = len(gzip.compress(html_of(site[0], "/")))
    sheets, fonts = sent(page, (".css",)), sent(page, (".woff2",))
    scripts, drawings = sent(page, (".js",)), sent(page, (".svg",))

    assert fonts > 10 * KB  # they did come
    assert (body <= 20 * KB, sheets <= 14 * KB, fonts <= 52 * KB, scripts <= 8 * KB) == (True,) * 4
    assert body + sheets + fonts + scripts + drawings <= 90 * KB
    assert len(watch.requests) <= 12


@pytest.mark.parametrize(
    "path",
    [
        "/so-lieu/hoi-nghi-truc-tiep/?ky=2023",
        "/so-lieu/hoi-nghi-truc-tiep/ho-so/?ky=2023",
        "/don-vi/",
        "/mo-hinh/",
    ],
)
def test_an_inner_page_stays_within_eighty_kilobytes(opened, site, path):
    page, watch = opened(path)
    page.wait_for_load_state("networkidle")
    body = len(gzip.compress(html_of(site[0], path)))

    assert body + sent(page, (".css", ".woff2", ".js", ".svg")) <= 80 * KB
    assert len(watch.requests) <= 12


def test_nothing_jumps_while_a_page_comes(opened):
    page, _watch = opened("/", width=1280)
    page.wait_for_load_state("networkidle")
    moved = page.evaluate(
        """() => new Promise((done) => { let sum = 0;
              new PerformanceObserver((list) => { for (const each of list.getEntries()) sum += each.value })
                .observe({ type: 'layout-shift', buffered: true });
              setTimeout(() => done(sum), 300) })"""
    )

    assert moved <= 0.05


def test_a_page_that_has_not_changed_is_not_sent_again(site):
    with urllib.request.urlopen(site[0] + "/") as first:  # noqa: S310 our own site
        mark = first.headers["ETag"]
    again = urllib.request.Request(site[0] + "/", headers={"If-None-Match": mark})  # noqa: S310

    with pytest.raises(urllib.error.HTTPError, match="304"):
        urllib.request.urlopen(again)  # noqa: S310 our own site


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


def walked(page, most=120):
    """What the keyboard stops at, in order: (its words, what marks it)."""
    stops = []
    for _step in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => { const at = document.activeElement;
                       if (at === document.body) return null;
                       const style = getComputedStyle(at);
                       const ring = at.closest('.tilemap')
                         ? getComputedStyle(at.querySelector('rect')).strokeWidth
                         : style.outlineStyle === 'none' ? '' : style.outlineWidth;
                       return [at.getAttribute('aria-label') || at.innerText || at.id, ring] }"""
        )
        if here is None:
            break
        stops.append(tuple(here))
    return stops


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_keyboard_walks_home_in_order_and_every_stop_is_marked(opened, scheme):
    page, _watch = opened("/", width=1280, scheme=scheme)
    stops = walked(page)
    words = [said for said, _ring in stops]

    assert words[0].startswith("Bỏ qua")
    assert [said for said, ring in stops if ring != "3px"] == []
    assert any(said.startswith("Xã Cần Yên: ") for said in words)  # a square of the map
    (all_measures,) = [at for at, said in enumerate(words) if said.startswith("Xem cả")]
    assert words.index("Số liệu mở") < all_measures


def test_a_figure_is_opened_to_its_records_with_the_keyboard_alone(opened):
    page, _watch = opened("/so-lieu/hoi-nghi-truc-tiep/?ky=2023")
    page.locator("#noi-dung a.fig").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/ho-so/**")

    assert "tổng các dòng (21 dòng) = 21" in page.locator("tfoot").inner_text()


def test_a_reader_chooses_another_structure_without_a_script(opened):
    page, _watch = opened(
        "/so-lieu/hoi-nghi-truc-tiep/?ky=2023&xem=bang", java_script_enabled=False
    )
    page.locator("#moc").select_option(label="như hôm nay")
    page.get_by_role("button", name="Xem", exact=True).click()

    assert "moc=23%2F11%2F2026" in page.url
    assert "Xã Cần Yên" in page.locator("main table").inner_text()


@pytest.mark.parametrize("path", ["/", "/so-lieu/hoi-nghi-truc-tiep/?ky=2023&moc=01/07/2025"])
def test_no_letter_of_a_drawing_is_smaller_than_eight_pixels_on_a_phone(opened, path):
    page, _watch = opened(path)
    heights = page.evaluate(
        """() => [...document.querySelectorAll('main svg text')]
             .filter((each) => getComputedStyle(each).display !== 'none')
             .map((each) => parseFloat(getComputedStyle(each).fontSize)
                  * each.ownerSVGElement.getScreenCTM().a)"""
    )

    assert heights
    assert min(heights) >= 8


def test_a_page_at_twice_the_letter_size_does_not_scroll_sideways(opened, site):
    too_wide = []
    for path in vietnamese(site[1]):
        page, _watch = opened(path, width=1280)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if page.evaluate("document.documentElement.scrollWidth") > 1280:
            too_wide.append(path)

    assert too_wide == []


def test_with_forced_colours_the_pair_and_the_map_can_be_told_apart(opened):
    page, _watch = opened("/", forced_colors="active")
    said, done = (
        page.locator(f".pair .pair__{part}").first.evaluate("(each) => getComputedStyle(each).fill")
        for part in ("said", "done")
    )

    assert said != done


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
