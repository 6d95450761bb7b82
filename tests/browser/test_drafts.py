"""What is typed into a long form of a plan is kept on the device after a pause, and offered again (UX 8.7)."""

import pytest

from tests.browser.desk import PHONE, until

TYPED = "Đổ bê tông 400 m đường xóm trước 31/10"


@pytest.fixture
def open_form(somebody, province):
    """Opens the recorder's form of a route, as on a device that has kept nothing; and opens it again."""
    pages = {name: address for name, address, _has_page in province["pages"]}
    page = somebody("recorder", viewport=PHONE)

    def open_form(name="desk:task-question", *, again=False):
        page.goto(province["address"] + pages[name])
        if not again:
            page.evaluate("localStorage.clear()")
            page.reload()
        return page

    return open_form


def box(page):
    return page.locator("form[data-nhap] textarea").first


def kept(page):
    """How many drafts the device holds, once the pause after the last letter is over."""
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('nhap:')).length")  # fmt: skip


def type_and_wait(page):
    box(page).fill(TYPED)
    until(page, "Object.keys(localStorage).some((key) => key.startsWith('nhap:'))", seconds=10)


@pytest.mark.parametrize("name", ["desk:task-question", "desk:plan-parts"])
def test_what_was_typed_and_not_sent_is_offered_again_and_taken_up(open_form, name):
    page = open_form(name)
    before = box(page).input_value()
    assert page.locator("#nhap-do").is_hidden()
    type_and_wait(page)

    open_form(name, again=True)
    assert box(page).input_value() == before  # offered, not written over what is there
    assert page.locator("#nhap-do").is_visible()
    assert page.locator("#nhap-do time").inner_text().count(":") == 1
    page.locator("[data-tiep]").click()

    assert box(page).input_value() == TYPED
    assert page.locator("#nhap-do").is_hidden()


def test_a_draft_that_is_not_wanted_is_gone_for_good(open_form):
    page = open_form()
    type_and_wait(page)
    open_form(again=True)
    page.locator("[data-bo]").click()

    assert kept(page) == 0
    open_form(again=True)
    assert page.locator("#nhap-do").is_hidden()


def test_a_draft_of_an_earlier_edition_of_the_form_is_not_offered(open_form):
    page = open_form()
    type_and_wait(page)
    # Somebody has saved the form elsewhere since: the page now stands on another edition.
    page.evaluate("""() => {
      const [key] = Object.keys(localStorage).filter((each) => each.startsWith("nhap:"));
      localStorage.setItem(key.replace(/:[^:]*$/, ":0"), localStorage.getItem(key));
      localStorage.removeItem(key);
    }""")

    open_form(again=True)

    assert page.locator("#nhap-do").is_hidden()
    assert kept(page) == 0


def test_a_draft_of_another_task_stays_where_it_is(open_form):
    page = open_form()
    type_and_wait(page)

    open_form("desk:plan-parts", again=True)

    assert page.locator("#nhap-do").is_hidden()
    assert kept(page) == 1


def test_what_stands_there_already_is_not_offered(open_form):
    page = open_form()
    before = box(page).input_value()
    type_and_wait(page)
    box(page).fill(before)
    page.wait_for_timeout(1_200)  # longer than the pause: what stands there now is what is kept

    open_form(again=True)

    assert page.locator("#nhap-do").is_hidden()
