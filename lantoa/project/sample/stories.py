"""The articles of the sample: read from a file in our own words, their figures filled in from the sample's books."""

import csv
import datetime as dt
import io
import re
import tomllib
from html import escape
from typing import Any

from django.db.models import F

from lantoa.articles import actions, figures
from lantoa.articles.actions import Paper, Story
from lantoa.lib import dates
from lantoa.orgs.models import Person
from lantoa.plans.models import Theme
from lantoa.practices import published
from lantoa.practices.models import Practice
from lantoa.practices.queries import Wanted
from lantoa.project.sample import pictures
from lantoa.project.sample.places import DATA

FIGURE = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
FILLED = "#"
DRAWN = "hình vẽ minh họa"


def load(by: Person, *, at: dt.datetime) -> int:
    """Lay out the site and publish the articles, each since its own day. How many there are."""
    actions.lay_out(by=by, at=at)
    told = [_story(row, number, by, at) for number, row in enumerate(_rows())]
    return len(actions.publish_all(stories=told, by=by, at=at))


def _rows() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((DATA / "articles.toml").read_text("utf-8"))[
        "article"
    ]
    return found


def _story(row: dict[str, Any], number: int, by: Person, at: dt.datetime) -> Story:
    themes = Theme.objects.filter(year=row.get("theme", 0), unit__kind="party_province")
    return Story(
        section=row["section"],
        slug=row["slug"],
        title=row["title"],
        lead=row["lead"],
        body=body(row["body"]),
        dated=row["dated"],
        tags=row.get("tags", []),
        more={
            "source": row.get("source", "Bài minh họa của tỉnh mẫu"),
            "author": row.get("author", ""),
            "is_headline": row.get("headline", False),
            "theme": themes.order_by(F("pk")).first(),
            "practice": _practice(row.get("practice", ""), at),
            **_picture(row, number, by, at),
        },
        papers=_papers(row),
    )


def _practice(title: str, at: dt.datetime) -> Practice | None:
    """The practice of that name that most units follow, among those the public may read."""
    if not title:
        return None
    return published.library(Wanted(words=title), dates.day_of(at)).first()


def _picture(row: dict[str, Any], number: int, by: Person, at: dt.datetime) -> dict[str, Any]:
    """A drawn scene above the text, which says that it is drawn; nothing where the file names none."""
    if "picture" not in row:
        return {}
    kept = actions.keep_photo(
        title=f"{row['title']} ({DRAWN})",
        name=f"minh-hoa-{row['picture']}.png",
        content=pictures.picture(row["picture"], number),
        by=by,
        at=at,
    )
    return {
        "photo": kept,
        "photo_alt": row["shows"],
        "photo_caption": row["caption"],
        "photo_credit": DRAWN,
    }


def _papers(row: dict[str, Any]) -> list[Paper]:
    """The figures of a story as a file of their own, where the story asks for one: a row a figure, its words and what it asks."""
    if "paper" not in row:
        return []
    asked = [found for line in row["body"] for found in FIGURE.finditer(line)]
    said = figures.read({found[2] for found in asked})
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(["Con số trong bài", "Chỉ tiêu, kỳ, hệ thống", "Nguồn"])
    rows.writerows([_filled(found, said), found[2], row["source"]] for found in asked)
    return [Paper(row["paper"], f"{row['slug']}.csv", table.getvalue().encode("utf-8-sig"))]


def body(lines: list[str]) -> list[dict[str, Any]]:
    """Blocks as an article keeps them: quotations apart, everything else as one run of prose."""
    said = figures.read({found[2] for line in lines for found in FIGURE.finditer(line)})
    blocks: list[dict[str, Any]] = []
    for line in lines:
        if line.startswith("> "):
            blocks.append({"type": "quote", "value": {"text": line[2:], "who": ""}})
        elif blocks and blocks[-1]["type"] == "text":
            blocks[-1]["value"] = _joined(blocks[-1]["value"], _drawn(line, said))
        else:
            blocks.append({"type": "text", "value": _drawn(line, said)})
    return blocks


def _filled(found: re.Match[str], said: dict[str, figures.Reading]) -> str:
    """The words of a figure, with what the books say in the place of the sign."""
    reading = said.get(found[2], figures.Reading(None))
    return found[1].replace(FILLED, figures.show(found[2], reading, "vi"))


def _drawn(line: str, said: dict[str, figures.Reading]) -> str:
    def chip(found: re.Match[str]) -> str:
        words = escape(_filled(found, said))
        return f'<a linktype="figure" question="{escape(found[2])}">{words}</a>'

    if line.startswith("## "):
        return f"<h2>{escape(line[3:])}</h2>"
    if line.startswith("- "):
        return f"<ul><li>{FIGURE.sub(chip, line[2:])}</li></ul>"
    return f"<p>{FIGURE.sub(chip, line)}</p>"


def _joined(one: str, other: str) -> str:
    """Items of a list that follow one another make one list."""
    if one.endswith("</ul>") and other.startswith("<ul>"):
        return one.removesuffix("</ul>") + other.removeprefix("<ul>")
    return one + other
