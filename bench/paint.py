"""script/bench paint: when a page stands on a weak phone, in a real browser, on a served sample province.

A phone's window, 400 Kb/s, 400 ms, a processor four times slower, nothing cached, no service worker: the largest paint
(LCP), how much moved meanwhile (CLS), requests and bytes over the wire. The middle of several openings of each page.
Needs Chromium, and `script/demo` running (or any province whose sample people have the password of the sample).
"""

import argparse
import os
import shutil
import statistics
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from bench import page

WORK, PUBLIC = 2200, 1800  # milliseconds
MOVED = 0.05
PHONE = {"width": 390, "height": 844}
SLOW = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400 * 1000 / 8,
    "uploadThroughput": 400 * 1000 / 8,
}
SLOWER = 4
SETTLED = 2500  # milliseconds without anything more to come, after the page has loaded

WATCH = """
  window.painted = 0;
  window.moved = 0;
  new PerformanceObserver((list) => { for (const each of list.getEntries()) window.painted = each.startTime; })
    .observe({ type: "largest-contentful-paint", buffered: true });
  new PerformanceObserver((list) => { for (const each of list.getEntries()) if (!each.hadRecentInput) window.moved += each.value; })
    .observe({ type: "layout-shift", buffered: true });
"""


class Place(NamedTuple):
    """A page: its name, who opens it ("" for a reader), its path, and a link on it to follow first, if any."""

    name: str
    who: str
    path: str
    link: str = ""


PLACES = [
    Place("Ghi việc: the record form", "nguoi-ghi", "/lam-viec/ghi/"),
    Place("Việc của tôi", "nguoi-ghi", "/lam-viec/"),
    Place("Duyệt: the review", "nguoi-duyet", "/lam-viec/duyet/"),
    Place("Bảng điều hành: the overview", "lanh-dao", "/lam-viec/dieu-hanh/"),
    Place("Báo cáo: a sheet", "nguoi-duyet", "/lam-viec/bao-cao/hoc-tap-chuyen-de/2026-Q4/"),
    Place("home", "", "/"),
    Place("a figure, with its map", "", "/so-lieu/hoi-nghi-truc-tiep/?ky=2023"),
    Place("a unit", "", "/don-vi/", "main a[href^='/don-vi/']"),
    Place("the issued report", "", "/bao-cao/1/"),
    Place("an article, with its picture", "", "/tin-tuc/", "main .told a"),
    Place("a citizen's question", "", "/hoi-dap/gui/"),
]


class Opening(NamedTuple):
    paint: float
    moved: float
    requests: int
    kilobytes: float


def main(words: list[str] | None = None) -> int:
    asks = argparse.ArgumentParser(prog="script/bench paint", description=__doc__)
    asks.add_argument("--at", default="http://127.0.0.1:8000", help="where the sample is served")
    asks.add_argument("--times", type=int, default=3)
    asks.add_argument("--page", action="store_true", help="put the table into docs/bench.md")
    asked = asks.parse_args(words)
    busy = page.load()
    rows = [row(place, seen) for place, seen in openings(asked.at, asked.times)]
    heads = ["", "largest paint, ms", "slowest", "at most", "moved", "requests", "KB"]
    said = [
        f"Load of the machine before and after: {busy}, {page.load()}.",
        "",
        page.table(heads, rows),
    ]
    print("\n".join(said))
    if asked.page:
        page.put("paint", "\n".join([page.machine("django", "playwright"), *said]))
    return int(any(row[1].endswith("!") for row in rows))


def row(place: Place, seen: list[Opening]) -> list[str]:
    goal = WORK if place.who else PUBLIC
    paints = [each.paint for each in seen]
    middle, moved = statistics.median(paints), max(each.moved for each in seen)
    is_over = middle > goal or moved > MOVED
    return [
        place.name,
        page.number(middle) + ("!" if is_over else ""),
        page.number(max(paints)),
        page.number(goal),
        f"{moved:.3f}",
        str(max(each.requests for each in seen)),
        page.number(max(each.kilobytes for each in seen)),
    ]


def openings(address: str, times: int) -> Iterator[tuple[Place, list[Opening]]]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=flags())
        contexts: dict[str, Any] = {}
        for place in PLACES:
            if place.who not in contexts:
                contexts[place.who] = browser.new_context(viewport=PHONE, service_workers="block")
                if place.who:
                    enter(contexts[place.who].new_page(), address, place.who)
            context = contexts[place.who]
            path = followed(context, address, place)
            yield place, [opened(context, path) for _ in range(times)]
        browser.close()


def flags() -> list[str]:
    return ["--no-sandbox"] if os.geteuid() == 0 else []


def enter(tab: Any, address: str, who: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lantoa.project.settings")
    import django

    django.setup()
    from lantoa.project.sample.people import PASSWORD

    tab.goto(f"{address}/lam-viec/tai-khoan/vao/")
    tab.fill("#id_login", who)
    tab.fill("#id_password", PASSWORD)
    tab.locator("#id_password").press("Enter")
    tab.wait_for_url(lambda url: "/vao/" not in url)
    tab.close()


def followed(context: Any, address: str, place: Place) -> str:
    if not place.link:
        return address + place.path
    tab = context.new_page()
    tab.goto(address + place.path)
    there = tab.locator(place.link).first.evaluate("(each) => each.href")
    tab.close()
    return str(there)


def opened(context: Any, address: str) -> Opening:
    """One opening, as if nothing had ever been fetched."""
    tab = context.new_page()
    wire = context.new_cdp_session(tab)
    wire.send("Network.enable")
    wire.send("Network.clearBrowserCache")
    wire.send("Network.emulateNetworkConditions", SLOW)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    weights: list[float] = []
    wire.on("Network.loadingFinished", lambda told: weights.append(told["encodedDataLength"]))
    tab.add_init_script(WATCH)
    tab.goto(address)
    tab.wait_for_timeout(SETTLED)
    paint, moved = tab.evaluate("[window.painted, window.moved]")
    tab.close()
    return Opening(paint, moved, len(weights), sum(weights) / 1000)


if __name__ == "__main__":
    sys.exit(main())
