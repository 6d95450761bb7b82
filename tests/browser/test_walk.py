"""Every page of the work area, opened once by somebody who may, and every form of it, sent without scripts (UX 10, 16 C, D).

The pages come from the list of routes and from what the permission matrix knows of them: a new route is on the walk
as soon as it is in the matrix. What they look like when there is nothing, or something wrong, is added here.
"""

import re
from dataclasses import dataclass, field

import pytest

from tests.browser import walking
from tests.browser.desk import PHONE

# Pages that another role or another question shows otherwise.
MORE = [
    *((role, "/lam-viec/") for role in ("recorder", "reviewer", "leader", "board", "inspector", "answerer", "editor")),
    ("recorder", "/lam-viec/toi/"),
    ("recorder", "/lam-viec/ghi/"),
    ("recorder", "/lam-viec/ghi/?viec=khac"),
    ("recorder", "/lam-viec/bao-cao/"),
    ("recorder", "/lam-viec/bao-cao/hoc-tap/2026-Q3/"),
    ("recorder", "/lam-viec/lich/"),
    ("recorder", "/lam-viec/ke-hoach/"),
    ("recorder", "/lam-viec/nhiem-vu/"),
    ("recorder", "/lam-viec/da-ghi/?tim=khong-co-viec-nao"),
    ("recorder", "/lam-viec/bao-cao/hoc-tap/2026-Q3/nop-bang/"),
    ("reviewer", "/lam-viec/duyet/"),
    ("reviewer", "/lam-viec/ke-hoach/duyet/"),
    ("administrator", "/lam-viec/mo-hinh/?tim=khong-co-mo-hinh-nao"),
    ("administrator", "/lam-viec/nguoi/?tim=khong-co-ai"),
    ("administrator", "/lam-viec/dieu-hanh/?ky=2019"),
    *(("administrator", f"/lam-viec/chuong-trinh/them/{code}/") for code in ("chuong-trinh", "moc", "chuyen-de", "muc-tieu")),
    ("administrator", "/lam-viec/khong-co-trang-nay/"),
    ("editor", "/lam-viec/nguoi/"),  # refused
]  # fmt: skip
# Opened by a secret that the served province does not hand out: tests/browser/test_session.py opens them.
SENDS = "button:not([type=button]):not(.hide):visible, input[type=submit]:visible"
# Said by the browser of what the walk itself wants: refusals, and no worker between.
EXPECTED = "status of 40[0-9]|Service Worker registration blocked"
BY_SECRET = {"desk:accept", "desk:feed"}


@dataclass
class Found:
    """What is wrong, by what was asked; and what was walked."""

    barriers: list = field(default_factory=list)
    wide: list = field(default_factory=list)
    heavy: list = field(default_factory=list)
    unnamed: list = field(default_factory=list)
    keyboard: list = field(default_factory=list)
    complaints: list = field(default_factory=list)
    forms: list = field(default_factory=list)
    sent: set = field(default_factory=set)
    answers: dict = field(default_factory=dict)  # of a route or a path: status, kind of content

    def pages(self):
        return {
            at
            for at, (status, kind) in self.answers.items()
            if "html" in kind and status not in (301, 302, 405)
        }


@pytest.fixture(scope="module")
def walked(province, somebody):
    """Everything, walked once; the tests below read what was found."""
    found = Found()
    found.answers = {name: (405, "") for name, _path, has_page in province["pages"] if not has_page}
    steps = [
        ("administrator", name, path) for name, path, has_page in province["pages"] if has_page
    ]
    steps += [(role, f"{role} {path}", path) for role, path in MORE]
    for role, at, path in steps:
        page = somebody(role, viewport=PHONE)
        if not hasattr(page, "found"):
            walking.prepare(page.context)
            listen(page, found)
        page.at = at
        if opened(page, province["address"] + path, found, at):
            walking.weigh(page, found, at=at)
            forms = page.evaluate(walking.FORMS)
            walking.look(page, found, at=at)
            walking.walk(page, found, at=at)
            plain = somebody(role, viewport=PHONE, java_script_enabled=False)
            for form, answer in send_empty(plain, page.url, forms, found, at):
                look_at_refusal(page, answer, found, (at, form))
    return found


def listen(page, found):
    """What the browser complains of: a rule of the page broken, a script that failed."""
    page.found = found

    def heard(message):
        if message.type in ("error", "warning") and not re.search(EXPECTED, message.text):
            found.complaints.append((page.at, message.text[:200]))

    page.on("console", heard)
    page.on("pageerror", lambda error: found.complaints.append((page.at, str(error)[:200])))


def opened(page, address, found, at):
    """Whether there is a page at this address: some only take a form, others give a file."""
    from playwright.sync_api import Error  # known only where a browser is

    try:
        answer = page.goto(address)
    except Error as refused:
        if not re.search("Download|RESPONSE_CODE_FAILURE", str(refused)):
            raise
        found.answers[at] = 200, "no page"
        settle(page)
        return False
    found.answers[at] = answer.status, answer.headers.get("content-type", "")
    return at in found.pages()


def settle(page):
    """Until the browser's own page about an answer without content has come, and gone."""
    from playwright.sync_api import Error

    for _ in range(5):
        page.wait_for_timeout(100)
        try:
            page.goto("about:blank")
        except Error:
            continue
        return


def send_empty(page, address, forms, found, at):
    """Each form of the page that was not sent before, as somebody sends it who has filled in nothing, without scripts."""
    for form in forms:
        kind = re.sub(r"[0-9a-f-]{36}|\d+", "#", form["action"]) + " " + form["boxes"]
        if kind in found.sent:
            continue
        found.sent.add(kind)
        page.goto(address)
        page.evaluate(walking.EMPTY, form["at"])
        buttons = page.locator("main form[method=post]").nth(form["at"]).locator(SENDS)
        if not buttons.count() and form["boxes"] == "csrfmiddlewaretoken":
            continue  # for others there are boxes in it, and a button
        if not buttons.count() or not form["hasToken"]:
            found.forms.append((at, kind, "no button, or no token"))
            continue
        with page.expect_response(lambda response: response.request.method == "POST") as answer:
            buttons.first.click()
        if answer.value.status not in (200, 302, 400):
            found.forms.append((at, kind, answer.value.status))
        if answer.value.status == 400:
            yield kind, answer.value.text()


def look_at_refusal(page, html, found, at):
    """The page that said what is wrong, where; shown again where scripts run, as axe needs them."""
    shown = page.url.split("?")[0] + "?sai"
    page.set_viewport_size(PHONE)
    page.route(
        shown,
        lambda route: route.fulfill(status=400, body=html, content_type="text/html; charset=utf-8"),
    )
    page.goto(shown)
    page.unroute(shown)
    walking.look_once(page, found, at=at)
    if not page.title().startswith("Lỗi:"):
        found.forms.append((*at, "refused, and does not say what is wrong"))


def test_no_page_has_a_barrier(walked):
    assert walked.barriers == []


def test_no_page_scrolls_sideways(walked):
    assert walked.wide == []


def test_every_page_comes_over_a_weak_network(walked):
    """UX 16 A: 90 KB when nothing is there yet, 12 KB when all but the page is."""
    assert walked.heavy == []


def test_every_page_has_a_title_and_one_heading_above_all(walked):
    assert walked.unnamed == []


def test_the_tab_key_reaches_everything_in_order_and_the_ring_is_seen(walked):
    assert walked.keyboard == []


def test_no_page_breaks_a_rule_or_a_script(walked):
    pages = walked.pages()
    assert [each for each in walked.complaints if each[0] in pages] == []


def test_every_form_is_answered_without_scripts(walked):
    assert walked.forms == []
    assert len(walked.sent) > 30


def test_every_route_of_the_work_area_was_walked(walked):
    """A new page must be told to the permission matrix, or here."""
    from lantoa.project.routes import routes

    work = {route.name for route in routes() if route.name.startswith("desk:")}
    assert work - set(walked.answers) == BY_SECRET
    assert {at for at, (status, _kind) in walked.answers.items() if status >= 500} == set()
