"""The work area by keyboard: the keys of the review, the window with all kinds, a sheet's boxes (UX 10, S6, S8)."""

import pytest

DESK = {"width": 1280, "height": 844}
REVIEW, FORM, SHEET = "/lam-viec/duyet/", "/lam-viec/ghi/", "/lam-viec/bao-cao/hoc-tap/2026-Q3/"


@pytest.fixture
def review(somebody, province):
    """The queue with its two reports, decisions lasting. Whatever a test decides it takes back."""
    page = somebody("reviewer", viewport=DESK, extra_http_headers={"X-Lasting": "1"})
    page.goto(province["address"] + REVIEW)
    page.evaluate("localStorage.clear()")
    page.reload()
    assert waiting(page) == 2
    yield page
    page.goto(province["address"] + REVIEW)
    assert waiting(page) == 2


def waiting(page):
    return page.locator(".queue__list .tl li").count()


def shown(page):
    return page.locator(".queue__one h2").inner_text()


def press(page, key):
    """A key whose page answers with another page."""
    with page.expect_navigation():
        page.keyboard.press(key)


def focused(page):
    return page.evaluate("document.activeElement.id")


def test_a_question_mark_lists_the_keys_and_each_of_them_is_there(review):
    review.keyboard.press("?")

    assert review.locator("#phim").get_attribute("open") is not None
    assert set(review.locator("#phim kbd").all_inner_texts()) == {"J", "K", "D", "T", "O", "Z"}


def test_j_and_k_walk_through_the_reports(review):
    first = shown(review)
    press(review, "j")
    second = shown(review)
    press(review, "k")

    assert first != second
    assert shown(review) == first
    assert focused(review) == "bao-cao"  # read out first


def test_d_approves_what_is_shown_and_z_takes_it_back(review):
    approved = shown(review)
    press(review, "d")
    assert waiting(review) == 1
    assert shown(review) != approved
    assert "Đã duyệt" in review.locator("#hoan-tac").inner_text()
    press(review, "z")

    assert waiting(review) == 2


def test_a_key_held_down_does_not_decide_about_the_next_report(review):
    with review.expect_navigation():
        review.keyboard.down("d")
    review.keyboard.down("d")  # the keyboard repeats it
    review.wait_for_timeout(300)
    review.keyboard.up("d")

    assert waiting(review) == 1
    press(review, "z")


def test_t_asks_back_its_letters_are_only_letters_and_tab_leads_on(review):
    review.keyboard.press("t")
    assert focused(review) == "cau-hoi"
    review.keyboard.type("dk jz 27 hay 37 người")
    assert review.input_value("#cau-hoi") == "dk jz 27 hay 37 người"
    review.keyboard.press("Tab")
    assert focused(review) == "duyet"
    review.keyboard.press("Tab")
    assert focused(review) == "tra-lai"
    press(review, "Enter")
    assert waiting(review) == 1
    assert "trả lại" in review.locator("#hoan-tac").inner_text().lower()
    press(review, "z")

    assert waiting(review) == 2


def test_a_return_without_a_question_says_so_at_the_box(review):
    review.keyboard.press("t")
    review.keyboard.press("Tab")
    review.keyboard.press("Tab")
    press(review, "Enter")

    assert review.title().startswith("Lỗi:")
    assert focused(review) == "cau-hoi"
    assert review.locator("#cau-hoi-loi").inner_text() != ""


def test_o_opens_what_was_sent_before(review):
    press(review, "o")

    assert "/lan-nop/" in review.url


def test_the_keys_can_be_switched_off_on_this_machine(review):
    review.keyboard.press("?")
    review.locator("#tat-phim").focus()
    review.keyboard.press("Space")
    review.reload()
    for key in ("d", "j", "o", "t"):
        review.keyboard.press(key)
    review.wait_for_timeout(300)

    assert waiting(review) == 2
    assert focused(review) == ""
    assert REVIEW in review.url


def test_the_window_with_all_kinds_takes_the_focus_and_gives_it_back(somebody, province):
    page = somebody("recorder", viewport=DESK)
    page.goto(province["address"] + FORM)
    page.locator("#viec-khac").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    assert page.evaluate("document.querySelector('dialog[open]').contains(document.activeElement)")
    for _ in range(30):
        page.keyboard.press("Tab")
        inside = page.evaluate(
            "document.activeElement === document.body || document.querySelector('dialog[open]').contains(document.activeElement)"
        )
        assert inside
    page.keyboard.press("Escape")

    assert page.locator("dialog[open]").count() == 0
    assert focused(page) == "viec-khac"


def test_enter_in_a_box_of_a_sheet_keeps_it_and_does_not_send_it(somebody, province):
    page = somebody("recorder", viewport=DESK)
    page.goto(province["address"] + SHEET + "?sua=1")
    page.locator(".box input").first.focus()
    page.keyboard.type("7")
    with page.expect_request(lambda request: request.method == "POST") as sent:
        press(page, "Enter")

    assert "viec=nhap" in sent.value.post_data


def test_the_first_tab_leads_past_the_places(somebody, province):
    page = somebody("recorder", viewport=DESK)
    page.goto(province["address"] + "/lam-viec/")
    page.keyboard.press("Tab")
    assert "noi-dung" in page.evaluate("document.activeElement.hash")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.getElementById('noi-dung').contains(document.activeElement)")


def test_on_my_work_j_and_k_move_through_the_tasks_and_g_begins_a_record(somebody, province):
    page = somebody("recorder", viewport=DESK)
    page.goto(province["address"] + "/lam-viec/")
    tasks = page.locator("[data-rows] a").evaluate_all("(all) => all.map((each) => each.href)")
    stops = []
    for key in "jjk":
        page.keyboard.press(key)
        stops.append(page.evaluate("document.activeElement.href"))
    assert len(tasks) >= 2
    assert stops == [tasks[0], tasks[1], tasks[0]]

    press(page, "g")

    assert page.url.endswith(FORM)
