"""The scripts of the work area: what came from elsewhere is what its README says, and all of them stay light."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from lantoa.desk.views import outbox
from lantoa.look.storage import bare_script
from lantoa.orgs.models import Post
from tests.desk import recording

KB = 1024
HOME = Path(finders.find("desk/js/outbox.js")).parent
ROWS = re.findall(
    r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$",
    (HOME / "vendor/README.md").read_text("utf-8"),
    re.MULTILINE,
)


def test_what_came_from_elsewhere_is_what_the_readme_says():
    files = {path.name for path in (HOME / "vendor").glob("*.js")}

    assert {name for name, _digest in ROWS} == files
    for name, digest in ROWS:
        assert hashlib.sha256((HOME / "vendor" / name).read_bytes()).hexdigest() == digest
    assert "ISC" in (HOME / "vendor/README.md").read_text("utf-8")
    assert len((HOME / "vendor/LICENSE-idb.txt").read_text("utf-8")) > 500


def test_all_scripts_together_stay_under_twenty_five_kilobytes_packed():
    """As they are served: without the lines that only comment."""
    texts = {path: path.read_text("utf-8") for path in HOME.rglob("*.js")}
    served = [text if "vendor" in path.parts else bare_script(text) for path, text in texts.items()]

    assert sum(len(gzip.compress(text.encode())) for text in served) <= 25 * KB


def test_no_text_of_several_lines_could_hold_what_looks_like_a_comment():
    for path in HOME.glob("*.js"):
        for line in path.read_text("utf-8").splitlines():
            assert line.lstrip().startswith("//") or line.count("`") % 2 == 0, (path.name, line)


@pytest.mark.django_db
def test_the_worker_names_files_and_pages_and_nothing_of_anyone():
    answer = Client().get(reverse("desk:worker"))

    shell = json.loads(answer.content.decode().split("const SHELL = ")[1].split(";\n")[0])
    assert answer["Content-Type"].startswith("text/javascript")
    assert shell["pages"] == [reverse("desk:record"), reverse("desk:outbox"), reverse("desk:mine")]
    assert len(shell["files"]) == len(outbox.kept(with_fonts=True))


@pytest.mark.django_db
def test_who_spares_data_keeps_no_fonts():
    answer = Client(headers={"save-data": "on"}).get(reverse("desk:worker")).content.decode()

    assert "desk/plain.css" in answer
    assert "woff2" not in answer


@pytest.mark.django_db
def test_every_word_that_a_script_says_stands_in_the_page(world, entered):
    recording.kinds()
    page = entered(world["A1.cb"], line=world.party).get(reverse("desk:record")).content.decode()
    said = {
        key
        for path in HOME.glob("*.js")
        if path.name not in ("session.js", "passkey.js", "keys.js")
        for key in re.findall(r'\bsay\("([\w.]+)"', path.read_text("utf-8"))
    }

    assert said
    assert [key for key in sorted(said) if f'data-say="{key}"' not in page] == []


@pytest.mark.django_db
def test_who_does_not_record_gets_no_outbox(world, entered):
    leader = entered(world["A1.cb"], Post.Role.LEADER, line=world.party)

    assert "data-send" not in leader.get(reverse("desk:mine")).content.decode()
    assert leader.get(reverse("desk:outbox")).status_code == 403
