"""What was made elsewhere is what its README says, and weighs what a weak network can carry."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

HOME = Path(finders.find("look/README.md")).parent
ROWS = re.findall(
    r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$",
    (HOME / "README.md").read_text("utf-8"),
    re.MULTILINE,
)
KB = 1024


@pytest.mark.parametrize(("name", "digest"), ROWS)
def test_a_file_from_elsewhere_is_the_one_in_the_readme(name, digest):
    assert hashlib.sha256((HOME / name).read_bytes()).hexdigest() == digest


def test_every_font_and_the_sprite_stand_in_the_readme():
    files = {f"fonts/{path.name}" for path in (HOME / "fonts").glob("*.woff2")}
    files |= {"icons.svg", "work-icons.svg"}

    assert {name for name, _digest in ROWS} == files


def test_every_licence_lies_beside_its_files():
    readme = (HOME / "README.md").read_text("utf-8")

    for licence in re.findall(r"\((\S+\.txt)\)", readme):
        assert len((HOME / licence).read_text("utf-8")) > 500


def test_the_fonts_together_stay_under_fifty_two_kilobytes():
    assert sum(path.stat().st_size for path in (HOME / "fonts").glob("*.woff2")) <= 52 * KB


def test_the_icons_stay_under_five_kilobytes():
    assert (HOME / "icons.svg").stat().st_size <= 5 * KB


def test_the_style_sheets_together_stay_under_fourteen_kilobytes_packed():
    sheets = "".join(path.read_text("utf-8") for path in sorted((HOME / "css").rglob("*.css")))

    assert len(gzip.compress(sheets.encode())) <= 14 * KB


def test_no_script_is_needed_and_all_together_stay_under_eight_kilobytes():
    assert sum(path.stat().st_size for path in (HOME / "js").glob("*.js")) <= 8 * KB
