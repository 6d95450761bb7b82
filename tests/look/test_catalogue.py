"""The English catalogue: complete, nothing doubtful, compiled, and with every sentence of the code in it."""

import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(settings.LOCALE_PATHS[0]) / "en/LC_MESSAGES"
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd]")
NO_XGETTEXT = "the catalogue against the code; to run it: apt-get install gettext"


def entries(path):
    """(msgid, plural, [msgstr …], flags) of a .po file; obsolete entries left out."""
    found = []
    for block in re.split(r"\n\s*\n", path.read_text("utf-8")):
        lines = [line for line in block.splitlines() if not line.startswith("#~")]
        flags = " ".join(line for line in lines if line.startswith("#,"))
        fields, name = {}, None
        for line in lines:
            if line.startswith("#"):
                continue
            if named := re.match(r'(msg\w+(?:\[\d\])?) (".*")$', line):
                name = named[1]
                fields[name] = ""
                line = named[2]
            if name:
                fields[name] += line.strip()[1:-1]
        if fields.get("msgid"):
            texts = [text for key, text in fields.items() if key.startswith("msgstr")]
            found.append((fields["msgid"], fields.get("msgid_plural", ""), texts, flags))
    return found


ENTRIES = entries(FOLDER / "django.po")


def test_every_sentence_has_its_english():
    assert [msgid for msgid, _plural, texts, _flags in ENTRIES if not all(texts)] == []


def test_no_translation_is_doubtful():
    assert [msgid for msgid, _plural, _texts, flags in ENTRIES if "fuzzy" in flags] == []


def test_every_place_of_a_value_is_kept():
    wrong = [
        msgid
        for msgid, _plural, texts, _flags in ENTRIES
        for text in texts
        if set(PLACE.findall(text)) != set(PLACE.findall(msgid))
    ]

    assert wrong == []


def test_the_compiled_catalogue_is_the_one_that_is_read():
    with (FOLDER / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    simple = [
        (msgid, texts[0])
        for msgid, plural, texts, _flags in ENTRIES
        if not plural and "\\" not in msgid
    ]

    assert [msgid for msgid, text in simple if compiled.gettext(msgid) != text] == []
    assert len(simple) > 300


def test_every_sentence_of_the_code_is_in_the_catalogue(tmp_path):
    if not shutil.which("xgettext"):
        pytest.skip(NO_XGETTEXT)
    package = Path(settings.LOCALE_PATHS[0]).parent
    shutil.copytree(
        package,
        tmp_path / "lantoa",
        ignore=shutil.ignore_patterns("*.woff2", "*.mo", "__pycache__"),
    )
    (tmp_path / "lantoa/locale/en/LC_MESSAGES/django.po").unlink()
    subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "-l", "en", "--no-wrap", "--no-location"],
        cwd=tmp_path / "lantoa", check=True, capture_output=True,
        env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    said = {msgid for msgid, *_rest in entries(tmp_path / "lantoa/locale/en/LC_MESSAGES/django.po")}

    assert said - {msgid for msgid, *_rest in ENTRIES} == set()
