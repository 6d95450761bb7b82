"""What is mended and what is reported without a network: kept with its moment, sent later, overwriting nothing in silence."""

import datetime as dt
import re

import pytest

from tests.browser import desk as desks
from tests.browser.desk import OUTBOX, PHONE, fill, save, wait_until_ready, wait_until_sent

SHEET = "/lam-viec/bao-cao/hoi-nhanh/2026-10/"
BOX, WHY = "#so-luot-nguoi-lao-dong", "#ly-do-luot-nguoi-lao-dong"


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
    desk.enter(page)
    yield page
    context.close()


def mend(page, desk, number):
    """Open the record that was sent, on the device, and say something else."""
    desk.open(page, OUTBOX)
    page.locator("[data-pile=received]").get_by_role("link", name="Sửa", exact=True).first.click()
    desks.until(page, "document.getElementById('so')?.value !== ''")
    page.fill("#so", number)
    save(page)


def test_a_record_that_has_arrived_is_mended_without_a_network(page, desk):
    fill(page, number="50", title="Sửa khi mất mạng")
    save(page)
    wait_until_sent(page)
    wait_until_ready(page)
    page.context.set_offline(True)
    mend(page, desk, "52")
    assert (
        page.locator(".said--done button").count() == 0
    )  # a correction is not taken back with all it corrects
    page.context.set_offline(False)
    wait_until_sent(page)

    assert desk.heads("Sửa khi mất mạng") == [52]
    versions = "select count(*) from work_activityversion v join work_activity a on a.id = v.activity_id where a.title = ?"
    assert desk.ask(versions, "Sửa khi mất mạng") == [(2,)]
    assert page.complaints == []


def test_when_somebody_else_was_faster_both_stand_side_by_side(page, desk):
    fill(page, number="60", title="Hai người cùng sửa")
    save(page)
    wait_until_sent(page)
    wait_until_ready(page)
    [(number,)] = desk.ask("select id from work_activity where title = 'Hai người cùng sửa'")
    desk.open(page, f"/lam-viec/da-ghi/{number}/sua/")
    page.fill("#so", "61")
    page.fill("[name=ly-do]", "đếm lại")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(rf"/da-ghi/{number}/$"))
    page.context.set_offline(True)
    mend(page, desk, "66")
    page.context.set_offline(False)
    desk.open(page, OUTBOX)
    page.wait_for_selector("text=Chọn bản giữ lại")

    both = page.locator(".versions").inner_text()
    assert "61" in both
    assert "66" in both
    assert desk.heads("Hai người cùng sửa") == [61]
    page.locator("text=Giữ bản đang có").click()
    wait_until_sent(page)
    assert desk.heads("Hai người cùng sửa") == [61]


def versions(desk):
    return desk.ask(
        "select v.number, v.saved_at, v.received_at, x.value from submissions_version v "
        "join submissions_versionvalue x on x.version_id = v.id "
        "join submissions_submission s on s.id = v.submission_id "
        "where s.period = ? order by v.number",
        SHEET.split("/")[-2],
    )


def until_versions(page, desk, count):
    for _ in range(100):
        if len(versions(desk)) == count:
            return
        page.wait_for_timeout(100)
    assert len(versions(desk)) == count


def answer(page, number):
    page.fill(BOX, number)
    page.locator("summary").first.click() if not page.locator(WHY).is_visible() else None
    page.fill(WHY, "đếm ở hội trường")
    page.click("#gui")


def test_a_report_that_cannot_be_sent_waits_with_its_moment_and_goes_by_itself(page, desk):
    desk.open(page, SHEET)
    page.context.set_offline(True)
    answer(page, "37")
    page.wait_for_selector("text=Báo cáo này đã lưu trong máy lúc")
    page.wait_for_selector("#mang >> text=1 việc chờ gửi")
    assert versions(desk) == []
    page.context.set_offline(False)
    until_versions(page, desk, 1)

    [(_number, saved, received, value)] = versions(desk)
    assert value == 37
    assert dt.datetime.fromisoformat(saved) <= dt.datetime.fromisoformat(received)

    desk.open(page, SHEET + "?sua=1")
    page.context.set_offline(True)
    answer(page, "3 bảy")
    page.wait_for_selector("text=Báo cáo này đã lưu trong máy lúc")
    page.context.set_offline(False)
    page.wait_for_selector("#mang >> text=1 việc máy chủ hỏi lại")
    desk.open(page, OUTBOX)
    page.locator("li", has_text="Máy chủ chưa nhận báo cáo").get_by_role("link").click()
    page.wait_for_selector("text=Máy chủ chưa nhận báo cáo")
    assert page.input_value(BOX) == "3 bảy"
    answer(page, "38")
    until_versions(page, desk, 2)
    assert versions(desk)[1][3] == 38
    assert page.complaints == []


def test_what_is_typed_into_a_report_is_kept_after_a_pause(page, desk):
    there = SHEET.replace("2026-10", "2026-09")
    desk.open(page, there)
    page.fill(BOX, "41")
    page.wait_for_timeout(1200)
    page.close()
    page = page.context.new_page()
    desk.open(page, there)

    page.wait_for_selector("text=Đang ghi dở lúc")
    assert page.input_value(BOX) == "41"
    page.locator("#may-giu button").click()
    desks.until(
        page, "document.getElementById('may-giu') === null && document.readyState === 'complete'"
    )
    assert page.input_value(BOX) == ""


def test_a_mistake_that_the_server_finds_is_said_in_its_own_page(page, desk):
    desk.open(page, SHEET.replace("2026-10", "2026-08"))
    answer(page, "ba")

    page.wait_for_selector(".notice--err >> text=không phải số")
    assert page.input_value(BOX) == "ba"
