"""Recording without a network, in a real browser: nothing lost, nothing doubled, nothing overwritten in silence."""

import json
import uuid
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import desk as desks
from tests.browser.desk import (
    FORM,
    OUTBOX,
    PHONE,
    RECORDS,
    fill,
    save,
    wait_until_ready,
    wait_until_sent,
)
from tests.browser.test_pages import RULES
from tests.work.photos import photo

KB = 1024
VECTORS = json.loads((Path(__file__).parents[1] / "lib/vectors.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def desk(chromium, tmp_path_factory):
    with desks.served(tmp_path_factory.mktemp("desk")) as served:
        yield served


@pytest.fixture
def entered(browser, desk):
    """A phone of the recorder: `entered(scheme=…, width=…)` gives a page that stands at the form."""
    contexts = []

    def enter(username="nguoi-ghi", **options):
        options = {"viewport": PHONE, "reduced_motion": "reduce"} | options
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        desk.enter(page, username)
        return page

    yield enter
    for context in contexts:
        context.close()


def test_twenty_flights_without_a_network_lose_nothing_and_double_nothing(entered, desk):
    page = entered()
    wait_until_ready(page)
    for flight in range(20):
        page.context.set_offline(True)
        desk.open(page)
        page.wait_for_selector("#mang >> text=Đang mất mạng")
        fill(page, number=str(100 + flight), title="Chuyến bay")
        save(page)
        assert "Đã lưu. Chờ gửi." in page.locator(".said--done").inner_text()
        page.context.set_offline(False)
        wait_until_sent(page)

    assert desk.heads("Chuyến bay") == [100 + flight for flight in range(20)]
    assert page.complaints == []


def test_when_every_reply_is_lost_once_each_record_still_counts_once(entered, desk):
    # Without the worker: what goes through it is out of the page's sight, and its reply cannot be lost here.
    page = entered(service_workers="block")
    lost = set()

    def lose(route):
        number = route.request.post_data_json["uuid"]
        if number in lost:
            route.continue_()
        else:
            lost.add(number)
            route.fetch()  # the server has it
            route.abort()  # and the phone never hears of it

    page.route("**/lam-viec/nhan/", lose)
    for heads in range(5):
        fill(page, number=str(heads), title="Mất trả lời")
        save(page)
    desk.open(page, OUTBOX)
    page.wait_for_selector("#hop:not([hidden])")
    for _ in range(20):
        page.wait_for_timeout(300)
        if page.locator("#gui-ngay").is_visible():
            page.evaluate("document.getElementById('gui-ngay').click()")
    wait_until_sent(page)

    assert len(lost) == 5
    assert desk.heads("Mất trả lời") == [0, 1, 2, 3, 4]


PUT_MANY = """async ([outbox, who, unit, day, title, many, pictured]) => {
  const canvas = document.createElement("canvas");
  for (let n = 0; n < many; n++) {
    const ink = canvas.getContext("2d");
    ink.fillStyle = `rgb(${n}, ${2 * n}, ${3 * n % 255})`;
    ink.fillRect(0, 0, 300 + n, 150);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg"));
    const photos = n < pictured ? [{ uuid: crypto.randomUUID(), name: "anh.jpg", state: "waiting", blob }] : [];
    await outbox.put({
      uuid: crypto.randomUUID(), who, unit, kind: "lao-dong", date: day, values: { so: String(n) }, title, base: 0,
      savedAt: new Date().toISOString(), state: "waiting", tries: 0, line: `Lao động, ${n} người`, photoCount: photos.length,
    }, photos);
  }
}"""


def put_many(page, title, many, pictured=0):
    """Save many records as the form does, without a finger for each."""
    who = int(page.locator("#may").get_attribute("data-who"))
    unit = int(page.locator("[name=don-vi]").input_value())
    day = page.locator("[data-ngay='0']").get_attribute("value")
    page.evaluate(PUT_MANY, [desks.module(page), who, unit, day, title, many, pictured])


def test_a_hundred_records_and_twenty_photos_outlive_the_browser(browser, chromium, desk, tmp_path):
    def start():
        return browser.browser_type.launch_persistent_context(
            tmp_path, executable_path=chromium, args=["--no-sandbox"], viewport=PHONE
        )

    context = start()
    page = context.new_page()
    desk.enter(page)
    wait_until_ready(page)
    context.set_offline(True)
    put_many(page, "Qua đêm", 100, pictured=20)
    context.close()

    assert desk.heads("Qua đêm") == []
    context = start()
    page = context.new_page()
    context.set_offline(True)
    desk.open(page, OUTBOX)
    page.wait_for_selector("[data-pile=waiting] li")
    assert page.locator("[data-pile=waiting] li").count() == 100
    context.set_offline(False)
    if page.goto(desk.address + FORM) and page.url.endswith("/vao/?next=" + FORM):
        desk.enter(page)
    wait_until_sent(page, seconds=300)
    context.close()

    assert desk.heads("Qua đêm") == list(range(100))
    photos = "select count(*) from work_evidence e join work_activity a on a.id = e.activity_id where a.title = ?"
    assert desk.ask(photos, "Qua đêm") == [(20,)]


def test_a_login_that_ends_keeps_everything_and_another_person_never_sees_it(entered, desk):
    page = entered()
    wait_until_ready(page)
    page.context.clear_cookies()
    fill(page, number="41", title="Phiên đã hết")
    save(page)
    page.wait_for_selector("#mang >> text=Đăng nhập lại để gửi")

    desk.enter(page, "nguoi-khac")
    desk.open(page, OUTBOX)
    page.wait_for_selector("text=Máy này còn 1 việc của người khác chưa gửi")
    assert page.locator("[data-pile=waiting] li").count() == 0
    assert desk.heads("Phiên đã hết") == []

    wait_until_ready(page)
    page.context.clear_cookies()
    desk.enter(page)
    wait_until_sent(page)
    assert desk.heads("Phiên đã hết") == [41]


def test_what_the_server_asks_back_opens_the_form_at_the_box(entered, desk):
    page = entered()
    page.locator(".chip", has_text="Ngày khác").click()
    page.fill("#ngay-khac", "31/12/2019")
    fill(page, number="42", title="Hỏi lại")
    save(page)
    desk.open(page, OUTBOX)
    page.wait_for_selector("text=Máy chủ hỏi lại")
    assert "chưa thành lập" in page.locator("[data-pile=waiting]").inner_text()

    page.locator("[data-pile=waiting] >> text=Sửa").click()
    page.wait_for_selector(".notice--err >> text=chưa thành lập")
    assert page.evaluate("document.activeElement.classList.contains('notice--err')")
    assert page.title().startswith("Lỗi:")
    assert page.locator("#so").input_value() == "42"
    page.locator(".chip", has_text="Hôm nay").click()
    save(page)
    wait_until_sent(page)
    assert desk.heads("Hỏi lại") == [42]


def test_of_two_contents_under_one_number_both_are_shown_and_the_person_chooses(entered, desk):
    page = entered()
    fill(page, number="50", title="Hai bản")
    save(page)
    wait_until_sent(page)
    page.evaluate(
        """async (outbox) => {
          const [sent] = (await outbox.all()).filter((each) => each.title === "Hai bản");
          await outbox.put({ ...sent, state: "waiting", values: { so: "55" }, nextTry: 0 });
        }""",
        desks.module(page),
    )
    desk.open(page, OUTBOX)
    page.wait_for_selector("text=Chọn bản giữ lại")
    assert desk.heads("Hai bản") == [50]
    both = page.locator(".versions").inner_text()
    assert "50" in both
    assert "55" in both

    page.locator("text=Giữ bản trong máy này").click()
    wait_until_sent(page)
    assert desk.heads("Hai bản") == [55]


def test_taking_back_reaches_the_server_too_and_what_never_left_leaves_no_trace(entered, desk):
    page = entered()
    fill(page, number="60", title="Hoàn tác")
    save(page)
    wait_until_sent(page)
    page.locator(".said--done button").click()
    page.wait_for_selector("text=Đã bỏ việc vừa ghi.")
    wait_until_sent(page)
    assert desk.heads("Hoàn tác") == []

    wait_until_ready(page)
    page.context.set_offline(True)
    fill(page, number="61", title="Chưa đi")
    save(page)
    page.locator(".said--done button").click()
    page.wait_for_selector("text=Đã bỏ việc vừa ghi.")
    page.context.set_offline(False)
    desk.open(page)
    wait_until_sent(page)
    assert desk.ask("select count(*) from work_activity where title = 'Chưa đi'") == [(0,)]


def test_a_double_click_is_one_record(entered, desk):
    page = entered()
    fill(page, number="70", title="Hai lần bấm")
    page.locator(".actionbar button").dblclick()
    page.wait_for_selector(".said--done")
    wait_until_sent(page)

    assert desk.heads("Hai lần bấm") == [70]


def test_a_draft_is_kept_after_a_pause_and_offered_again(entered, desk):
    page = entered()
    fill(page, number="80", title="Viết dở")
    page.wait_for_timeout(1200)
    page.close()
    page = page.context.new_page()
    desk.open(page)

    page.locator("text=Ghi tiếp").click()
    desks.until(page, "document.getElementById('so').value === '80'", seconds=5)
    assert page.locator("#ket-qua").input_value() == "Viết dở"
    save(page)
    wait_until_sent(page)
    assert desk.heads("Viết dở") == [80]


def test_a_file_carries_what_waits_to_another_device_and_counts_once(entered, desk, tmp_path):
    page = entered()
    wait_until_ready(page)
    page.context.set_offline(True)
    put_many(page, "Qua tệp", 3, pictured=1)
    desk.open(page, OUTBOX)
    with page.expect_download() as download:
        page.locator("#xuat").click()
    download.value.save_as(tmp_path / "cho-gui.json")

    other = entered()
    desk.open(other, OUTBOX)
    for _ in range(2):
        other.set_input_files("#nhan-tep", tmp_path / "cho-gui.json")
        other.wait_for_selector("#tep-noi >> text=Đã nhận lại")
    wait_until_sent(other)
    page.context.set_offline(False)
    wait_until_sent(page)

    assert desk.heads("Qua tệp") == [0, 1, 2]
    photos = "select count(*) from work_evidence e join work_activity a on a.id = e.activity_id where a.title = ?"
    assert desk.ask(photos, "Qua tệp") == [(1,)]


def test_leaving_warns_of_what_waits_keeps_it_and_takes_the_pages_away(entered, desk):
    page = entered()
    wait_until_ready(page)
    page.route("**/lam-viec/nhan/", lambda route: route.abort())
    fill(page, number="90", title="Trước khi ra")
    save(page)
    desk.open(page, "/lam-viec/tai-khoan/ra/")
    page.wait_for_selector("text=Còn 1 việc chưa gửi")
    page.locator("main form button[type=submit]").click()
    desks.until(page, "!location.pathname.endsWith('/ra/') && document.readyState === 'complete'")
    assert page.evaluate("async () => (await caches.match('/lam-viec/ghi/')) === undefined")

    page.unroute("**/lam-viec/nhan/")
    desk.enter(page)
    wait_until_sent(page)
    assert desk.heads("Trước khi ra") == [90]


def test_a_photo_is_made_small_here_and_follows_its_record(entered, desk, tmp_path):
    (tmp_path / "lon.jpg").write_bytes(photo(size=(4000, 3000)))
    (tmp_path / "chu.jpg").write_text("Day la chu")
    page = entered()
    page.set_input_files("#anh", [tmp_path / "chu.jpg", tmp_path / "lon.jpg"])
    page.wait_for_selector("#anh-da-chon li")
    assert "chưa thu nhỏ được" in page.locator(".error").inner_text()
    wait_until_ready(page)
    page.context.set_offline(True)
    fill(page, number="95", title="Có ảnh")
    save(page)
    sizes = page.evaluate(
        """async (outbox) => {
          const [record] = (await outbox.all()).filter((each) => each.title === "Có ảnh");
          const photos = await outbox.photosOf(record.uuid);
          return Promise.all(photos.map(async ({ blob }) => [blob.size, (await blob.text()).includes("MAY-BI-MAT")]));
        }""",
        desks.module(page),
    )
    page.context.set_offline(False)
    wait_until_sent(page)

    assert [(size <= 200 * KB, tells) for size, tells in sizes] == [(True, False)]
    assert desk.ask(
        "select count(*) from work_evidence e join work_activity a on a.id = e.activity_id where a.title = 'Có ảnh'"
    ) == [(1,)]


# What a person does, counted: a finger that goes down, whatever it sets off; a letter or digit typed; a page waited for.
COUNT = """
  const more = (what) => sessionStorage.setItem(what, Number(sessionStorage.getItem(what) ?? 0) + 1);
  addEventListener("pointerdown", () => more("taps"), true);
  addEventListener("keydown", () => more("letters"), true);
  more("pages");
"""
# Seconds, from the keystroke-level model (Card, Moran and Newell, Communications of the ACM 23, 1980): a tap is thought
# of (1.35), aimed (1.10) and pressed (0.28), each single one; a letter is looked for by somebody new to the keyboard.
# A page is waited for as long as the slowest network of our promise takes.
TAP, LETTER, PAGE = 1.35 + 1.10 + 0.28, 1.20, 2.2
CAMERA = 2 * TAP  # outside of our pages: the shot, and "use this one"


def counted(page):
    """A page of recording in which everything is counted from here on."""
    page.add_init_script(COUNT)
    page.goto(page.url.replace(FORM, "/lam-viec/"))
    page.evaluate("sessionStorage.clear()")
    return page


def taps(page):
    return int(page.evaluate("sessionStorage.taps ?? 0"))


def seconds(page):
    """What all that was counted takes somebody who is not quick."""
    did = [int(page.evaluate(f"sessionStorage.{what} ?? 0")) for what in ("letters", "pages")]
    return taps(page) * TAP + did[0] * LETTER + did[1] * PAGE


def test_the_same_again_takes_three_taps_the_number_and_fifteen_seconds(entered, desk):
    page = counted(entered())
    page.locator("a[href='/lam-viec/ghi/']:visible").first.click()
    page.wait_for_selector("#so")
    page.locator("#so").click()
    page.keyboard.type("27")
    page.locator(".actionbar button").click()
    page.wait_for_selector(".said--done")
    wait_until_sent(page)

    assert taps(page) == 3
    assert seconds(page) == pytest.approx(3 * TAP + 2 * LETTER + 1 * PAGE)
    assert seconds(page) <= 15


def test_a_new_kind_with_a_photo_takes_six_taps_and_thirty_seconds_at_most(entered, desk, tmp_path):
    (tmp_path / "anh.jpg").write_bytes(photo())
    page = counted(entered())
    page.locator("a[href='/lam-viec/ghi/']:visible").first.click()
    page.locator(".chip", has_text="Sinh hoạt chuyên đề").click()
    page.locator("#so").click()
    page.keyboard.type("31")
    with page.expect_file_chooser() as chooser:
        page.locator("#anh").click()
    chooser.value.set_files(tmp_path / "anh.jpg")
    page.wait_for_selector("#anh-da-chon li")
    page.locator(".actionbar button").click()
    page.wait_for_selector(".said--done")
    wait_until_sent(page)

    assert taps(page) == 5
    assert seconds(page) == pytest.approx(5 * TAP + 2 * LETTER + 1 * PAGE)
    assert seconds(page) + CAMERA <= 30


def test_a_kind_from_the_whole_list_is_recorded_without_a_network(entered, desk):
    page = entered()
    wait_until_ready(page)
    page.context.set_offline(True)
    desk.open(page)
    page.locator("#viec-khac").click()
    page.locator("#chon-viec-cac-viec >> text=Hội nghị học tập trực tuyến").click()
    page.fill("#so-diem-cau", "21")
    page.fill("#so-luot-nguoi-truc-tuyen", "1.103")
    page.fill("#ket-qua", "Danh mục")
    save(page)
    page.context.set_offline(False)
    wait_until_sent(page)

    assert desk.heads("Danh mục") == [21, 1103]


def test_what_a_record_sends_fits_into_three_kilobytes(entered, desk):
    page = entered()
    with page.expect_request("**/lam-viec/nhan/") as sent:
        fill(page, number="27", title="ữ" * 300)
        save(page)

    assert len(sent.value.post_data_buffer) <= 3 * KB
    wait_until_sent(page)


def test_without_scripts_everything_is_recorded_too(entered, desk):
    page = entered(java_script_enabled=False)
    fill(page, number="27", title="Không mã lệnh")
    page.locator(".actionbar button").click()
    assert "Đã lưu." in page.locator(".said--done").inner_text()
    assert desk.heads("Không mã lệnh") == [27]
    page.locator(".said--done button").click()
    assert "Đã bỏ việc vừa ghi." in page.locator("main").inner_text()
    assert desk.heads("Không mã lệnh") == []


def test_by_keyboard_alone_a_record_is_saved(entered, desk):
    page = entered(viewport={"width": 1280, "height": 844})
    page.focus("#so")
    page.keyboard.type("28")
    page.keyboard.press("Enter")
    page.wait_for_selector(".said--done")

    assert page.evaluate("document.activeElement.classList.contains('said--done')")
    wait_until_sent(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_and_no_state_of_recording_has_a_barrier(entered, desk, width, scheme):
    axe, found = Axe(), []

    def look(page, state):
        for each in axe.run(page, options=RULES).response["violations"]:
            found.extend((state, each["id"], node["html"][:160]) for node in each["nodes"])
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append((state, "too wide", wide))

    page = entered(viewport={"width": width, "height": 844}, color_scheme=scheme)
    walk_the_form(page, desk, look)
    walk_one_record(page, desk, look)
    walk_without_a_network(page, desk, look)

    assert found == []


def walk_the_form(page, desk, look):
    look(page, "form")
    page.locator("#viec-khac").click()
    look(page, "all kinds")
    page.keyboard.press("Escape")
    save_badly(page)
    look(page, "mistakes")
    fill(page, number="7", title="Rào cản")
    save(page)
    look(page, "saved")
    wait_until_sent(page)
    for path in (
        OUTBOX,
        RECORDS,
        FORM + "?viec=khac",
        FORM + "?viec=kiem-tra",
        RECORDS + "?tim=khong-co-dau",
    ):
        look(desk.open(page, path), path)


def walk_one_record(page, desk, look):
    newest = desk.ask("select max(id) from work_activity")[0][0]
    one = f"{RECORDS}{newest}/"
    for path in (one, one + "sua/", one + "rut/"):
        look(desk.open(page, path), path)
    page.fill("#ly-do", " ")
    page.locator("main form button[type=submit]").click()
    look(page, "withdrawing without a reason")
    desk.open(page, one + "sua/")
    page.evaluate("document.querySelector('[name=ban]').value = '0'")
    page.locator(".actionbar button").click()
    page.wait_for_selector(".versions")
    look(page, "two versions")


def walk_without_a_network(page, desk, look):
    wait_until_ready(desk.open(page))
    page.context.set_offline(True)
    put_many(page, f"Rào cản {uuid.uuid4()}", 2)
    look(desk.open(page), "form without a network")
    look(desk.open(page, OUTBOX), "outbox without a network")
    page.context.set_offline(False)


def save_badly(page):
    page.fill("#so", "27 người")
    page.locator(".actionbar button").click()
    page.wait_for_selector(".notice--err")


def test_numbers_and_days_are_read_as_the_server_reads_them(entered):
    page = entered()

    def of(name, texts):
        read = "([desk, name, texts]) => texts.map((text) => desk[name](text))"
        return page.evaluate(read, [desks.module(page), name, texts])

    plain, unclear = VECTORS["read"], VECTORS["read_unclear"]
    assert of("count", [text for text, _ in plain]) == [{"digits": value} for _, value in plain]
    assert of("count", [text for text, _ in unclear]) == [
        {"unclear": value} for _, value in unclear
    ]
    refused = list(VECTORS["read_refused"])
    assert of("count", refused) == [None] * len(refused)
    days = VECTORS["read_day"]
    assert of("day", [text for text, _ in days]) == [day for _, day in days]
    wrong = VECTORS["read_day_refused"]
    assert of("day", wrong) == [None] * len(wrong)


def test_the_form_is_light_cold_and_lighter_warm(browser, desk):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    desk.enter(page)
    wait_until_ready(page)
    cold = weigh(context, desk, clear=True)
    warm = weigh(context, desk, clear=False)
    context.close()

    assert sum(cold) <= 90 * KB, cold
    assert len(cold) <= 10, cold
    assert sum(warm) <= 12 * KB, warm


WATCH_PAINT = """
  window.painted = "";
  window.shifted = 0;
  new PerformanceObserver((list) => { for (const each of list.getEntries()) window.painted = each.element?.outerHTML ?? "gone"; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => { for (const each of list.getEntries()) if (!each.hadRecentInput) window.shifted += each.value; })
    .observe({ type: "layout-shift", buffered: true });
"""
JOURNEY, PER_SECOND = (
    0.4,
    400 * 1000 / 8,
)  # the slow network of UX.md: seconds there and back, bytes
DRAWN = 0.4  # seconds that an old phone takes to lay out such a page


@pytest.mark.parametrize("path", [FORM, "/lam-viec/"])
def test_on_a_slow_network_the_page_stands_with_its_text_and_its_one_sheet(browser, desk, path):
    """Counted, not clocked (`script/bench paint` clocks it): two journeys and their bytes within 2,2 s.

    The largest thing painted is the same, and nothing moves, when fonts, scripts and pictures never come.
    """
    context = browser.new_context(viewport=PHONE, service_workers="block")
    page = context.new_page()
    desk.enter(page)
    whole = painted(
        context, desk, path, needed={"document", "stylesheet", "font", "script", "image"}
    )
    bare = painted(context, desk, path, needed={"document", "stylesheet"})
    context.close()

    assert bare["painted"]
    assert bare["painted"] == whole["painted"]
    assert max(bare["shifted"], whole["shifted"]) <= 0.05
    assert len(bare["weights"]) == 2, "the page and one sheet"
    assert 2 * JOURNEY + sum(bare["weights"]) / PER_SECOND + DRAWN <= 2.2, bare["weights"]


def painted(context, desk, path, *, needed):
    """What is painted largest, how much moves, and the bytes on the wire of one cold opening with only these kinds."""
    page = context.new_page()
    page.route(
        "**/*",
        lambda route: route.continue_() if route.request.resource_type in needed else route.abort(),
    )
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Network.clearBrowserCache")
    weights = []
    wire.on("Network.loadingFinished", lambda told: weights.append(told["encodedDataLength"]))
    page.add_init_script(WATCH_PAINT)
    desk.open(page, path)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
    found = page.evaluate("({ painted: window.painted, shifted: window.shifted })")
    page.close()
    return found | {"weights": weights}


def weigh(context, desk, *, clear):
    """The bytes of each request of one opening of the form, as they come over the wire."""
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    if clear:
        wire.send("Network.clearBrowserCache")
        wire.send("Network.setBypassServiceWorker", {"bypass": True})
    total = []
    wire.on("Network.loadingFinished", lambda told: total.append(told["encodedDataLength"]))
    desk.open(page)
    page.wait_for_load_state("networkidle")
    page.close()
    return total


@pytest.mark.parametrize("year", [2016, 2036])
def test_a_phone_whose_clock_is_years_off_records_on_the_servers_day(entered, desk, year):
    title = f"Đồng hồ {year}"
    page = entered()
    today = page.locator("[data-ngay='0']").get_attribute("value")
    page.clock.set_fixed_time(f"{year}-05-05T08:00:00+07:00")
    desk.open(page)
    desks.until(page, "localStorage.offset !== undefined && localStorage.offset !== '0'")
    fill(page, number="27", title=title)
    save(page)
    wait_until_sent(page)

    dates = desk.ask("select date from work_activity where title = ?", title)
    assert dates == [(today,)]
