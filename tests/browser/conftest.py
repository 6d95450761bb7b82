"""A browser, and the site it opens. Skips say how to get the browser; LANTOA_NO_SKIPS=1 turns a skip into a failure."""

import json
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


@pytest.fixture(scope="session")
def province(chromium, tmp_path_factory):
    """The whole work area: its address, the keys of the logins by role, and its pages (serve_all)."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.browser.serve_all", str(tmp_path_factory.mktemp("all"))],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    line = process.stdout.readline()
    if not line:
        pytest.fail(f"the site did not start: {process.wait()}")
    yield json.loads(line)
    process.terminate()
    process.wait()
    process.stdout.close()


@pytest.fixture(scope="module")
def somebody(browser, province):
    """A browser of somebody who has entered: `somebody("reviewer", **options)` gives its page, kept for the same options."""
    pages = {}

    def page_of(role, **options):
        key = role, str(options)
        if key not in pages:
            options = {"reduced_motion": "reduce", "service_workers": "block"} | options
            context = browser.new_context(**options)
            key_of_login = {"name": "phien", "value": province["keys"][role]}
            context.add_cookies([key_of_login | {"domain": "127.0.0.1", "path": "/lam-viec/"}])
            pages[key] = context.new_page()
            pages[key].set_default_timeout(10_000)
        return pages[key]

    yield page_of
    for page in pages.values():
        page.context.close()
