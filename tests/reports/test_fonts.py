"""The fonts that documents are set in are those we say they are, and their licences come along."""

import hashlib

from lantoa.reports import charts


def test_every_font_is_the_file_that_its_line_names():
    said = (charts.FONTS / "README.md").read_text("utf-8")

    for font in sorted(charts.FONTS.glob("*.ttf")):
        assert f"| {font.name} |" in said
        assert hashlib.sha256(font.read_bytes()).hexdigest() in said


def test_the_licence_of_each_family_lies_beside_it():
    for family in {font.name.split("_")[0] for font in charts.FONTS.glob("*.ttf")}:
        licence = (charts.FONTS / f"{family}-OFL.txt").read_text("utf-8")
        assert "SIL Open Font License, Version 1.1" in licence
