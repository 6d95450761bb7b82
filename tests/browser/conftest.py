"""A browser, and the site it opens. Skips say how to get the browser; LANTOA_NO_SKIPS=1 turns a skip into a failure."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MISSING = "browser tests; to run them: apt-get install chromium"
QUIET = [
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-default-apps", "--no-first-run", "--no-default-browser-check",
]  # fmt: skip


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser" in str(item.fspath):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found and os.environ.get("LANTOA_NO_SKIPS") == "1":
        pytest.fail(MISSING)
    if not found:
        pytest.skip(MISSING)
    return found


@pytest.fixture(scope="module")
def browser(chromium):
    """Closed with each file: while it is open an event loop runs, and Django refuses the database beside one."""
    from playwright.sync_api import sync_playwright

    flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def site(chromium, tmp_path_factory):
    """The address of the site and the addresses of its pages, each of a kind at least once."""
    folder = tmp_path_factory.mktemp("site")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.browser.serve", str(folder)],
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
