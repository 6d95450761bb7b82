"""`lantoa serve` in a folder where nothing has been collected: a page comes with its style sheet."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests import migrated

ROOT = Path(__file__).parents[2]
PATIENCE = 60


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    folder = tmp_path_factory.mktemp("var")
    environment = os.environ | {"LANTOA_VAR": str(folder)}
    environment.pop("LANTOA_DATABASE_URL", None)
    command = [sys.executable, "-m", "lantoa.project.cli"]
    migrated.lay(folder / "lantoa.sqlite3")
    subprocess.run([*command, "createcachetable"], cwd=ROOT, env=environment, check=True)
    port = free_port()
    serving = subprocess.Popen([*command, "serve", f"--port={port}"], cwd=ROOT, env=environment)
    yield wait_for(f"http://127.0.0.1:{port}")
    serving.terminate()
    serving.wait(20)


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def wait_for(address):
    for _second in range(PATIENCE):
        try:
            read(f"{address}/healthz")
        except urllib.error.URLError:
            time.sleep(1)
        else:
            return address
    pytest.fail("the server did not answer")


def read(address):
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - our own server
        return answer.read().decode()


@pytest.mark.parametrize("page", ["/", "/lam-viec/tai-khoan/vao/"])
def test_a_page_of_a_new_house_comes_with_its_style_sheets(address, page):
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', read(address + page))

    assert sheets
    assert all(re.search(r"\.[0-9a-f]{12}\.css$", sheet) for sheet in sheets)
    assert all("{" in read(address + sheet) for sheet in sheets)


def test_what_a_server_has_read_at_its_start_is_not_looked_through_for_rubbish_again(tmp_path):
    asks = "import lantoa.project.wsgi, gc, sys; print(gc.get_freeze_count() > 50_000, 'lantoa.desk.urls' in sys.modules)"
    environment = os.environ | {"LANTOA_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "lantoa.project.settings"}  # fmt: skip
    environment.pop("LANTOA_DATABASE_URL", None)

    said = subprocess.run(
        [sys.executable, "-c", asks], cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert said.stdout.split() == ["True", "True"]
