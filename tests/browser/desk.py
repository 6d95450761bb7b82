"""The work area in a real browser: a served site, somebody who has entered, and what the database holds in the end."""

import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.serve_desk import PASSWORD

ROOT = Path(__file__).parents[2]
FORM, OUTBOX, RECORDS = "/lam-viec/ghi/", "/lam-viec/hop-cho/", "/lam-viec/da-ghi/"
PHONE = {"width": 390, "height": 844}


@dataclass
class Desk:
    address: str
    folder: Path

    def ask(self, statement: str, *values: object) -> list[tuple[object, ...]]:
        """The rows of the served database, read beside the server."""
        with sqlite3.connect(f"file:{self.folder}/lantoa.sqlite3?mode=ro", uri=True) as base:
            return base.execute(statement, values).fetchall()

    def heads(self, title: str) -> list[int]:
        """The head-counts of what was recorded under a title and still counts."""
        found = self.ask(
            "select v.value from work_activity a join work_activityvalue v on v.activity_id = a.id "
            "where a.title = ? and a.withdrawn_at is null order by v.value",
            title,
        )
        return [value for (value,) in found]

    def enter(self, page, username="nguoi-ghi"):
        page.goto(self.address + "/lam-viec/tai-khoan/vao/?next=" + FORM)
        page.fill("#id_login", username)
        page.fill("#id_password", PASSWORD)
        page.locator("#id_password").press("Enter")
        page.wait_for_url("**" + FORM)

    def open(self, page, path=FORM):
        page.goto(self.address + path)
        return page


@contextmanager
def served(folder: Path):
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.browser.serve_desk", str(folder)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        address = process.stdout.readline().strip()
        assert address, f"the site did not start: {process.wait()}"
        yield Desk(address, folder)
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def until(page, expression, *, seconds=60):
    """Asked again and again from here: the pages' own rules forbid a script that waits inside them."""
    ends = time.monotonic() + seconds
    while not _is_so(page, expression):
        assert time.monotonic() < ends, f"never came true: {expression[:80]}"
        page.wait_for_timeout(50)


def _is_so(page, expression):
    from playwright.sync_api import Error  # known only where a browser is

    try:
        return page.evaluate(expression)
    except Error as moved:  # to another page, in the middle of the question
        if "context was destroyed" not in str(moved):
            raise
        return False


def wait_until_ready(page):
    """The service worker has the page, and the pages are kept."""
    until(page, "navigator.serviceWorker.controller !== null")
    until(
        page,
        """async () => (await Promise.all(
          ["/lam-viec/ghi/", "/lam-viec/hop-cho/", "/lam-viec/"].map((path) => caches.match(path)))).every(Boolean)""",
    )


def fill(page, *, number="27", title=""):
    page.fill("#so", number)
    if title:
        page.fill("#ket-qua", title)


def save(page):
    page.evaluate(
        "document.querySelector('.said--done')?.remove()"
    )  # what was said of the one before
    page.locator(".actionbar button").click()
    page.wait_for_selector(".said--done")


def wait_until_sent(page, *, seconds=90):
    """Nothing of this person's waits any more."""
    until(
        page,
        """async () => {
          const base = await new Promise((done) => { const asked = indexedDB.open("lantoa"); asked.onsuccess = () => done(asked.result); });
          const store = base.transaction(["records", "photos"]);
          const all = (name) => new Promise((done) => { const asked = store.objectStore(name).getAll(); asked.onsuccess = () => done(asked.result); });
          const [records, photos] = await Promise.all([all("records"), all("photos")]);
          base.close();
          return records.every((each) => each.state === "received") && photos.every((each) => each.state === "received");
        }""",
        seconds=seconds,
    )


def module(page):
    """The script of the page itself, by the name it is served under."""
    return page.evaluate_handle(
        "() => import(performance.getEntriesByType('resource').map((each) => each.name).find((each) => /desk\\/js\\/desk\\./.test(each)))"
    )
