import runpy
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]


def test_the_page_of_sums_is_what_the_tests_say():
    printed = runpy.run_path(str(HOME / "script/sums"))["page"]()

    assert (HOME / "docs/sums.md").read_text(encoding="utf-8") == printed, "run script/sums"


def test_every_chapter_with_drawn_tables_is_on_the_page():
    chapters = runpy.run_path(str(HOME / "script/sums"))["CHAPTERS"]
    files = list((HOME / "tests/rollup").glob("test_*.py"))

    drawn = {
        path.stem.removeprefix("test_")
        for path in files
        if " / " in path.read_text().split("\n")[0]
    }

    assert drawn == set(chapters)
