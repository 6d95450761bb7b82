"""The idle end of a login and the keys to enter, in a real browser; and how the pages of people and entering look."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.serve_people import PASSWORD
from tests.browser.test_pages import RULES, SCHEMES, WIDTHS, Watch

ROOT = Path(__file__).parents[2]
IDLE, WARNING = 20, 12  # seconds, in place of half an hour and a minute
SECOND = 1000  # milliseconds
LOGIN, NEW = "/lam-viec/tai-khoan/vao/", "/lam-viec/nguoi/them/"
KEEP = "Bấm vào đây để duy trì trạng thái đăng nhập"


def served(folder, idle, warning):
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.browser.serve_people", str(folder), str(idle), str(warning)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    lines = []
    for line in process.stdout:
        if not line.strip():
            break
        lines.append(line.strip())
    if not lines:
        pytest.fail(f"the site did not start: {process.wait()}")
    yield lines[0], lines[1:]
    process.terminate()
    process.wait()
    process.stdout.close()


@pytest.fixture(scope="module")
def short(chromium, tmp_path_factory):
    """The address of a work area whose logins end soon."""
    for address, _paths in served(tmp_path_factory.mktemp("short"), IDLE, WARNING):
        yield address


@pytest.fixture(scope="module")
def calm(chromium, tmp_path_factory):
    """The address of a work area as in life, and its pages about people."""
    yield from served(tmp_path_factory.mktemp("calm"), 1800, 60)


@pytest.fixture
def visit(browser):
    """A browser of somebody's own: `visit(**options)` gives its context."""
    contexts = []

    def open_one(**options):
        options = {"viewport": {"width": 390, "height": 844}, "reduced_motion": "reduce"} | options
        contexts.append(browser.new_context(**options))
        return contexts[-1]

    yield open_one
    for context in contexts:
        context.close()


def enter(context, address, username="quan-tri", then="/lam-viec/"):
    page = context.new_page()
    page.watch = Watch(page, address)
    page.goto(f"{address}{LOGIN}?next={then}")
    say_who(page, username)
    page.wait_for_url(lambda url: LOGIN not in url)
    return page


def say_who(page, username, password=PASSWORD):
    page.fill("#id_login", username)
    page.fill("#id_password", password)
    page.click("main form.field button[type=submit]")


def complaints(page):
    """What the browser complains of, besides that a page was refused, as it should be."""
    refusals = ("status of 401", "status of 403")
    return [said for said in page.watch.complaints if not any(each in said for each in refusals)]


def a_form(context, address, username="quan-tri"):
    """A page with a form in it, in which something was typed."""
    page = enter(context, address, username, then=NEW)
    page.goto(f"{address}{NEW}?tim=xa+n")
    page.get_by_role("link", name="Xã N", exact=False).first.click()
    page.fill("#ten", "Nguyễn Văn Đang Gõ")
    return page


def bar(page):
    return page.locator(".stay")


def again(page):
    return page.locator("dialog.again")


def wait_for_the_end(page):
    again(page).wait_for(timeout=(IDLE + 20) * SECOND)


def test_the_countdown_comes_when_the_server_says_so_and_one_press_keeps_the_login(visit, short):
    asked = []
    page = enter(visit(), short)
    page.on("request", lambda request: asked.append(request.url))
    assert bar(page).count() == 0

    bar(page).wait_for(timeout=IDLE * SECOND)

    assert any(url.endswith("/lam-viec/phien/") for url in asked)
    assert KEEP in bar(page).inner_text()
    said = re.search(r"Thời gian chờ: (\d+) giây", bar(page).inner_text())
    assert 1 <= int(said[1]) <= WARNING
    assert bar(page).locator("[role=alert]").inner_text() != ""
    assert page.evaluate("document.activeElement === document.body")
    page.get_by_role("button", name=KEEP).click()
    bar(page).wait_for(state="detached")
    assert (
        page.evaluate("fetch('/lam-viec/phien/').then((r) => r.json()).then((j) => j.left)")
        > WARNING
    )
    assert complaints(page) == []


def test_the_countdown_speaks_at_its_beginning_and_at_the_last_call_only(visit, short):
    page = enter(visit(), short)
    bar(page).wait_for(timeout=IDLE * SECOND)
    said = page.evaluate(
        """(last) => new Promise((done) => {
             const said = [document.querySelector('.stay [data-alert]').textContent];
             const watch = new MutationObserver(() => said.push(document.querySelector('.stay [data-alert]').textContent));
             watch.observe(document.querySelector('.stay [data-alert]'), { childList: true, characterData: true, subtree: true });
             setTimeout(() => done(said), last);
           })""",
        (WARNING - 2) * SECOND,
    )

    assert len(said) == 2
    assert f"Còn {WARNING // 3} giây" in said[1]


def test_activity_in_another_tab_takes_the_countdown_away(visit, short):
    context = visit()
    page = enter(context, short)
    other = context.new_page()
    other.goto(f"{short}/lam-viec/toi/")
    page.bring_to_front()
    bar(page).wait_for(timeout=(IDLE + 5) * SECOND)

    other.keyboard.press("Tab")
    other.evaluate("document.querySelector('.stay button')?.click()")

    bar(page).wait_for(state="detached", timeout=5 * SECOND)


def test_whoever_types_stays(visit, short):
    page = a_form(visit(), short)
    for _ in range(IDLE // 2 + 4):
        page.locator("#ten").press("End")
        page.keyboard.type("x")
        page.wait_for_timeout(2 * SECOND)

    assert again(page).count() == 0
    page.reload()
    assert page.locator("#ten").count() == 1


def test_at_the_end_nothing_is_lost_and_the_same_person_goes_on(visit, short):
    page = a_form(visit(), short)
    page.evaluate("window.stillHere = true")
    wait_for_the_end(page)

    assert page.evaluate("window.stillHere")
    assert page.input_value("#ten") == "Nguyễn Văn Đang Gõ"
    assert "Phần đang viết vẫn còn nguyên" in again(page).inner_text()
    assert page.evaluate("document.activeElement.name") == "password"
    page.keyboard.press("Escape")
    assert again(page).is_visible()
    again(page).locator("#again-password").fill("sai")
    again(page).get_by_role("button").click()
    again(page).locator("[data-wrong]:not(:empty)").wait_for()
    again(page).locator("#again-password").fill(PASSWORD)
    again(page).get_by_role("button").click()
    again(page).wait_for(state="hidden")

    page.locator("main form.stack button[type=submit]").click()
    page.wait_for_url(re.compile(r"/nguoi/\d+/$"))
    assert page.locator("h1").inner_text() == "Nguyễn Văn Đang Gõ"
    assert page.watch.strangers() == []


def test_another_person_does_not_go_on_with_it(visit, short):
    context = visit()
    page = a_form(context, short)
    wait_for_the_end(page)
    other = context.new_page()
    other.goto(f"{short}{LOGIN}")
    say_who(other, "nguoi-khac")
    other.wait_for_url(lambda url: LOGIN not in url)

    page.bring_to_front()
    said = again(page).locator("[data-alert]").filter(has_text="tài khoản khác")
    said.wait_for(timeout=10 * SECOND)
    assert again(page).is_visible()


def test_without_scripts_what_was_typed_comes_back_after_the_login(visit, short):
    page = a_form(visit(java_script_enabled=False), short)
    page.wait_for_timeout((IDLE + 2) * SECOND)
    page.locator("main form.stack button[type=submit]").click()
    assert LOGIN in page.url
    say_who(page, "quan-tri")

    assert page.locator("main textarea").input_value() == "Nguyễn Văn Đang Gõ"
    page.get_by_role("button", name="Gửi tiếp").click()
    assert page.locator("h1").inner_text() == "Nguyễn Văn Đang Gõ"


# Keys


def a_machine_with_a_key(context, page):
    """Chromium's own virtual authenticator: a machine that unlocks with a finger, without asking anybody."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def barriers(page):
    found = Axe().run(page, options=RULES).response["violations"]
    return [(page.url, each["id"], node["html"][:120]) for each in found for node in each["nodes"]]


def confirm(page):
    page.fill("#id_password", PASSWORD)
    page.get_by_role("button", name="Xác nhận", exact=True).click()


def test_a_key_in_the_machine_is_added_opens_the_work_area_and_confirms(visit, calm):
    address, _paths = calm
    context = visit()
    page = enter(context, address, "nguoi-ghi")
    a_machine_with_a_key(context, page)
    page.goto(f"{address}/lam-viec/tai-khoan/hai-lop/khoa/them/")
    confirm(page)
    assert barriers(page) == []
    page.get_by_role("button", name="Thêm", exact=True).click()
    page.wait_for_url(re.compile("ma-du-phong"))
    assert page.locator("#recovery_codes").input_value().count("\n") == 9
    seen = barriers(page)
    for path in ("hai-lop/", "hai-lop/khoa/", "hai-lop/ma-du-phong/moi/", "xac-nhan-lai/khoa/"):
        page.goto(f"{address}/lam-viec/tai-khoan/{path}")
        seen += barriers(page)
    page.get_by_role("button", name="Dùng khóa trong máy").click()
    page.wait_for_url(re.compile(r"/lam-viec/$"))

    page.goto(f"{address}/lam-viec/tai-khoan/ra/")
    page.get_by_role("button", name="Đăng xuất").click()
    page.get_by_role("button", name="Đăng nhập bằng khóa trong máy").click()
    page.wait_for_url(re.compile(r"/lam-viec/$"))
    page.goto(f"{address}/lam-viec/tai-khoan/ra/")
    page.get_by_role("button", name="Đăng xuất").click()
    say_who(page, "nguoi-ghi")
    page.wait_for_url(re.compile("vao/hai-lop"))
    seen += barriers(page)
    page.get_by_role("button", name="Dùng khóa trong máy").click()
    page.wait_for_url(re.compile(r"/lam-viec/$"))

    assert seen == []
    assert complaints(page) == []
    assert page.watch.strangers() == []


# The pages


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_about_people_or_entering_has_a_barrier(visit, calm, width, scheme):
    address, paths = calm
    context = visit(viewport={"width": width, "height": 844}, color_scheme=scheme)
    page = context.new_page()
    page.watch = Watch(page, address)
    page.goto(address + LOGIN)
    found = barriers(page)
    say_who(page, "quan-tri", "sai")
    found += barriers(page)
    page.close()
    page = enter(context, address)
    inside = ["mat-khau/", "hai-lop/", "hai-lop/khoa/", "xac-nhan-lai/", "ra/", "mot-cua/", "mot-cua/thoi/", "mot-cua/loi/", "khong-hoat-dong/"]  # fmt: skip
    for path in [*paths, *(f"/lam-viec/tai-khoan/{each}" for each in inside)]:
        page.goto(address + path)
        found += barriers(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append((path, "scrolls sideways", wide))

    assert found == []
    assert page.watch.strangers() == []
    assert complaints(page) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_countdown_and_the_dialog_have_no_barrier(visit, short, scheme):
    page = a_form(visit(color_scheme=scheme), short)
    bar(page).wait_for(timeout=IDLE * SECOND)
    found = barriers(page)
    wait_for_the_end(page)
    found += barriers(page)

    assert found == []
