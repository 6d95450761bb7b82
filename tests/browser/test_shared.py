"""A machine that others use too: nothing is kept on it but what was not sent, and that only as long as somebody wants it."""

import pytest

from tests.browser import desk as desks
from tests.browser.desk import FORM, PHONE, fill, save, wait_until_ready, wait_until_sent
from tests.browser.serve_desk import PASSWORD

LOGOUT = "/lam-viec/tai-khoan/ra/"
LEFT = """async () => {
  const base = await new Promise((done) => { const asked = indexedDB.open("lantoa"); asked.onsuccess = () => done(asked.result); });
  const all = (name) => new Promise((done) => { const asked = base.transaction(name).objectStore(name).getAll(); asked.onsuccess = () => done(asked.result); });
  const records = await all("records"), photos = await all("photos"), facts = await all("facts");
  base.close();
  return {
    titles: records.map((each) => each.title), photos: photos.length, facts: facts.length,
    caches: (await caches.keys()).length, local: Object.keys(localStorage).filter((each) => each !== "offset"),
    workers: (await navigator.serviceWorker.getRegistrations()).length,
  };
}"""
NOTHING = {"titles": [], "photos": 0, "facts": 0, "caches": 0, "local": [], "workers": 0}


@pytest.fixture(scope="module")
def desk(chromium, tmp_path_factory):
    with desks.served(tmp_path_factory.mktemp("desk")) as served:
        yield served


@pytest.fixture
def page(browser, desk):
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    page.complaints = []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


def enter_shared(page, desk):
    page.goto(f"{desk.address}/lam-viec/tai-khoan/vao/?next={FORM}")
    page.fill("#id_login", "nguoi-ghi")
    page.fill("#id_password", PASSWORD)
    page.locator("label", has_text="Đây là máy dùng chung").click()
    page.locator("#id_password").press("Enter")
    page.wait_for_url("**" + FORM)


def leave(page, desk):
    page.locator("main form button[type=submit]").click()
    desks.until(page, "!location.pathname.endsWith('/ra/') && document.readyState === 'complete'")


def test_what_was_sent_from_a_shared_machine_leaves_nothing_on_it(page, desk):
    enter_shared(page, desk)
    fill(page, number="31", title="Máy dùng chung")
    save(page)
    wait_until_sent(page)
    desk.open(page, LOGOUT)
    leave(page, desk)

    assert page.evaluate(LEFT) == NOTHING
    assert desk.heads("Máy dùng chung") == [31]
    assert page.complaints == []


def test_what_another_kept_for_work_without_a_network_goes_when_somebody_shares_the_machine(
    page, desk
):
    desk.enter(page)
    wait_until_ready(page)
    desk.open(page, LOGOUT)
    leave(page, desk)
    assert page.evaluate(LEFT)["caches"] == 1  # the shell: files that are the same for everybody

    enter_shared(page, desk)
    desks.until(page, "async () => (await caches.keys()).length === 0")
    desks.until(page, "async () => (await navigator.serviceWorker.getRegistrations()).length === 0")


def test_what_was_not_sent_stays_unless_they_drop_it(page, desk):
    enter_shared(page, desk)
    page.route("**/lam-viec/nhan/", lambda route: route.abort())
    fill(page, number="32", title="Chưa gửi ở máy chung")
    save(page)
    desk.open(page, LOGOUT)
    page.wait_for_selector(
        "text=Máy dùng chung: đăng xuất là dọn sạch máy này. Còn 1 việc chưa gửi"
    )
    leave(page, desk)
    assert page.evaluate(LEFT) == NOTHING | {"titles": ["Chưa gửi ở máy chung"]}

    enter_shared(page, desk)
    desk.open(page, LOGOUT)
    page.locator("label", has_text="Bỏ cả 1 việc chưa gửi").click()
    leave(page, desk)

    assert page.evaluate(LEFT) == NOTHING
    assert desk.heads("Chưa gửi ở máy chung") == []


def test_what_was_just_saved_is_still_taken_back_there(page, desk):
    enter_shared(page, desk)
    fill(page, number="33", title="Hoàn tác ở máy chung")
    save(page)
    wait_until_sent(page)
    page.locator(".said--done button").click()
    page.wait_for_selector("text=Đã bỏ việc vừa ghi.")
    wait_until_sent(page)

    assert desk.heads("Hoàn tác ở máy chung") == []
