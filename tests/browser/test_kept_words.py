"""Words that somebody writes to the office, or the office to them, stay in the tab until they have gone (UX S13, 9)."""

import pytest

from tests.browser.desk import until

ASK = "/hoi-dap/gui/"
KEPT = "Object.keys(sessionStorage).filter((each) => each.startsWith('nhap:')).length + 10 * Object.keys(localStorage).length"


@pytest.fixture
def citizen(browser, province):
    context = browser.new_context(extra_http_headers={"X-Lasting": "1"})
    yield context.new_page()
    context.close()


def type_and_wait(page, box, words):
    page.fill(box, words)
    until(page, "sessionStorage.length > 0")


def test_a_citizens_words_are_offered_again_after_the_page_was_lost(citizen, province):
    citizen.goto(province["address"] + ASK)
    type_and_wait(citizen, "#cau-hoi", "Đèn đường trước nhà văn hóa xóm tắt đã hai tuần.")
    citizen.reload()
    assert citizen.input_value("#cau-hoi") == ""
    citizen.click("[data-tiep]")

    assert citizen.input_value("#cau-hoi") == "Đèn đường trước nhà văn hóa xóm tắt đã hai tuần."
    assert citizen.is_hidden("#nhap-do")


def test_words_that_were_given_up_are_gone(citizen, province):
    citizen.goto(province["address"] + ASK)
    type_and_wait(citizen, "#cau-hoi", "Đèn đường tắt.")
    citizen.reload()
    citizen.click("[data-bo]")

    assert citizen.evaluate(KEPT) == 0


def test_what_has_arrived_is_kept_no_longer(citizen, province):
    citizen.goto(province["address"] + ASK)
    type_and_wait(citizen, "#cau-hoi", "Đèn đường trước trạm y tế tắt đã ba tuần.")
    citizen.select_option("#noi", index=1)
    citizen.check("input[name='cach'][value='web']")
    citizen.click("main form button[type=submit]")
    citizen.wait_for_selector("[data-nhap-xong]")

    assert citizen.evaluate(KEPT) == 0


def test_an_answer_half_written_is_offered_again_to_whoever_writes_it(somebody, province):
    page = somebody("answerer")
    page.goto(province["address"] + "/lam-viec/hoi-dap/")
    page.click("main .tl a")
    type_and_wait(page, "#tra-loi", "Đội sửa chữa đến vào thứ Năm.")
    page.reload()
    page.click("[data-tiep]")

    assert page.input_value("#tra-loi") == "Đội sửa chữa đến vào thứ Năm."
    assert (
        page.evaluate("Object.keys(localStorage).filter((each) => each.startsWith('nhap:')).length")
        == 0
    )
