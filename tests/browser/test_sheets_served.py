"""What is served of a style sheet, beside what is written: a browser reads the same rules in both.

Inside a layer rcssmin takes the space before a colon away: `.told :is(h2)` would be another rule, so it is written `*:is(h2)`.
"""

from pathlib import Path

import pytest
import rcssmin

from lantoa.look.storage import sheet_in_one

ROOT = Path(__file__).parents[2] / "lantoa"
SHEETS = sorted(
    path.relative_to(folder).as_posix()
    for folder in ROOT.glob("*/static")
    for path in folder.rglob("*.css")
    if "vendor" not in path.parts
)
# What stands behind a name of our own is kept as it is written: there a space after a comma is no other value.
RULES = """text => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return [...sheet.cssRules].map(rule => rule.cssText.replace(/, +/g, ","));
}"""


def written(name):
    (path,) = ROOT.glob(f"*/static/{name}")
    return path.read_text("utf-8")


@pytest.fixture(scope="module")
def page(browser):
    return browser.new_page()


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_without_what_only_we_read_has_the_same_rules(page, name):
    whole = sheet_in_one(name, written)
    served = rcssmin.cssmin(whole)

    rules = page.evaluate(RULES, whole)

    assert rules == page.evaluate(RULES, served)
    assert rules
    assert len(served) < len(whole)
