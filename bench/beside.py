"""script/bench beside: an article of ours beside one of another system, both served on this machine, in one run.

Views a second as a server gives them (wrk, four connections), turn by turn: kept (the same address again and again) and
drawn anew (another query at every view, so that nothing kept can be used). What a phone fetches for one view, nothing
cached: bytes over the wire and requests, in Chromium. The other system must be served already, with the same words and the
same picture in its article; `--kept` names its address behind a page cache, where it has one.
"""

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from bench import page, paint

ROUND = 5  # seconds
CONNECTIONS = 4
OURS = "/tin-tuc/2024/01/cao-bang-mot-nam-hoc-di-doi-voi-lam/"
ANEW = """
local n = math.random(1, 1000000)
request = function()
  n = n + 1
  return wrk.format("GET", wrk.path .. "?n=" .. n)
end
"""


class Seen(NamedTuple):
    """One side: views a second of each round, and what one view fetches."""

    kept: list[float]
    drawn: list[float]
    requests: int
    kilobytes: float


def main(words: list[str] | None = None) -> int:
    asks = argparse.ArgumentParser(prog="script/bench beside", description=__doc__)
    asks.add_argument("--at", default="http://127.0.0.1:8000", help="where the sample is served")
    asks.add_argument("--other", required=True, help="the address of the other system's article")
    asks.add_argument(
        "--kept", default="", help="the same behind its page cache; left out, it has none"
    )
    asks.add_argument("--name", default="the other", help="what the other system is called")
    asks.add_argument("--times", type=int, default=5)
    asks.add_argument("--page", action="store_true", help="put the table into docs/bench.md")
    asked = asks.parse_args(words)
    busy = page.load()
    ours, other = measured(asked.at + OURS, asked.other, asked.kept, asked.times)
    said = [
        f"Load of the machine before and after: {busy}, {page.load()}.",
        "",
        page.table(["", "ours", asked.name, "ratio", "goal"], rows(ours, other)),
    ]
    print("\n".join(said))
    if asked.page:
        page.put("beside", "\n".join([page.machine("django", "granian"), *said]))
    return 0


def measured(ours: str, other: str, kept: str, times: int) -> tuple[Seen, Seen]:
    """Both sides, a round of each by turns."""
    speeds: dict[str, list[float]] = {}
    for _ in range(times):
        for name, address, is_anew in (
            ("ours kept", ours, False),
            ("other kept", kept or other, False),
            ("ours drawn", ours, True),
            ("other drawn", other, True),
        ):
            speeds.setdefault(name, []).append(views(address, is_anew=is_anew))
    weights = [fetched(address) for address in (ours, other)]
    mine, theirs = (Seen(speeds[f"{who} kept"], speeds[f"{who} drawn"], *weight) for who, weight in zip(("ours", "other"), weights, strict=True))  # fmt: skip
    return mine, theirs


def rows(ours: Seen, other: Seen) -> list[list[str]]:
    def more(name: str, mine: list[float], theirs: list[float], goal: str) -> list[str]:
        ratio = statistics.median(a / b for a, b in zip(mine, theirs, strict=True))
        both = [page.number(statistics.median(each)) for each in (mine, theirs)]
        return [name, *both, f"{ratio:.2f}", goal]

    def less(name: str, mine: float, theirs: float) -> list[str]:
        return [name, page.number(mine), page.number(theirs), f"{mine / theirs:.2f}", "≤ 0.33"]

    return [
        more("views a second, kept (its page cache, if named)", ours.kept, other.kept, "≥ 5"),
        more("views a second, ours kept and the other's drawn", ours.kept, other.drawn, "≥ 5"),
        more("views a second, drawn anew", ours.drawn, other.drawn, "≥ 1"),
        less("KB over the wire", ours.kilobytes, other.kilobytes),
        less("requests", ours.requests, other.requests),
    ]


def views(address: str, *, is_anew: bool) -> float:
    """Views a second in one round.

    Raises:
        RuntimeError: some were not answered with 2xx or 3xx.
    """
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder, "anew.lua")
        script.write_text(ANEW, "utf-8")
        more = ["-s", str(script)] if is_anew else []
        asks = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{ROUND}s", "-H", "Accept-Encoding: gzip", *more, address]  # fmt: skip
        said = subprocess.run(asks, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in said:
        raise RuntimeError(f"{address}: some views were refused.\n{said}")
    found = re.search(r"Requests/sec:\s+([\d.]+)", said)
    assert found is not None  # noqa: S101 - wrk always says it
    return float(found[1])


def fetched(address: str) -> tuple[int, float]:
    """Requests and kilobytes of one view on a phone."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=paint.flags())  # fmt: skip
        context = browser.new_context(viewport=paint.PHONE, service_workers="block")
        seen = paint.opened(context, address)
        browser.close()
    return seen.requests, seen.kilobytes


if __name__ == "__main__":
    sys.exit(main())
