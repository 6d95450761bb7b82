"""An article as its page shows it: blocks of prose with figures that open, photos in their sizes, what came before."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from lantoa.articles import figures, markup, publishing, queries, words
from lantoa.articles.figures import Reading
from lantoa.articles.models import ArticlePage, FrozenFigure
from lantoa.lib import dates
from lantoa.portal import asking
from lantoa.portal.doors import lang

Sizes = dict[tuple[int, str], Any]
Read = Callable[[set[str]], dict[str, Reading]]


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo in two widths. What it shows, what is said of it and who took it stay apart."""

    alt: str
    caption: str
    credit: str
    src: str
    srcset: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Chip:
    """A figure in the text: the words of the day it came out, and what the books say since, where that differs."""

    words: str
    href: str
    now: str
    since: str
    is_known: bool


@dataclass(frozen=True, slots=True)
class Block:
    kind: str
    html: SafeString | str = ""
    photo: Photo | None = None
    who: str = ""


def address(article: ArticlePage) -> str:
    """Its path in the language of the reader."""
    if article.dated is None:
        return article.address()
    day = dates.day_of(article.dated)
    return reverse("portal:article", args=[day.year, f"{day.month:02}", article.slug])


def blocks(article: ArticlePage, sizes: Sizes, read: Read) -> list[Block]:
    """The body; `sizes` of its photos, `read` what the books say to its questions now."""
    chips = _chips(article, read)

    def chip(question: str, said: str) -> str:
        found = chips.get(question) or Chip(words.stripped(said), "", "", "", is_known=False)
        return render_to_string("portal/parts/chip.html", {"chip": found, "said": words.stripped(said)})  # fmt: skip

    drawn = []
    for block in article.body:
        if block.block_type == "text":
            drawn.append(Block("text", markup.draw(block.value.source, chip)))
        elif block.block_type == "photo":
            drawn.append(Block("photo", photo=_inside(block.value, sizes)))
        else:
            drawn.append(Block("quote", block.value["text"], who=block.value["who"] or ""))
    return drawn


def lead_photo(article: ArticlePage, found: Sizes) -> Photo | None:
    """The photo above the text; None where there is none, or where its sizes were not cut yet."""
    if article.photo_id is None:
        return None
    wide = found.get((article.photo_id, publishing.WIDE))
    narrow = found.get((article.photo_id, publishing.NARROW))
    return _photo(wide, narrow, article.photo_alt, article.photo_caption, article.photo_credit)


def _inside(value: Any, sizes: Sizes) -> Photo | None:
    image = value["image"].pk if value["image"] else 0
    wide, narrow = (sizes.get((image, size)) for size in publishing.SIZES_INSIDE)
    return _photo(wide, narrow, value["alt"], value["caption"] or "", value["credit"])


def _photo(wide: Any, narrow: Any, alt: str, caption: str, credit: str) -> Photo | None:
    if wide is None:
        return None
    few = f"{narrow.url} {narrow.width}w, " if narrow else ""
    return Photo(alt, caption, credit, wide.url, f"{few}{wide.url} {wide.width}w", wide.width, wide.height)  # fmt: skip


def sizes(article: ArticlePage) -> Sizes:
    """The photos of an article as they were cut, by photo and size. One query, none where it has no photo."""
    images = [image.pk for image, _sizes in publishing.photos(article)]
    return publishing.renditions(images) if images else {}


def _chips(article: ArticlePage, read: Read) -> dict[str, Chip]:
    asked = {each for text in words.prose(article.body) for each, _said in figures.quoted(text)}
    if not asked:
        return {}
    then = queries.frozen(article)
    now = read(asked)
    return {each: _chip(each, then.get(each), now.get(each)) for each in asked}


def _chip(question: str, then: FrozenFigure | None, now: Reading | None) -> Chip:
    if now is None:
        return Chip("", "", "", "", is_known=False)
    has_changed = then is not None and now != Reading(then.value, then.bottom)
    return Chip(
        words="",
        href=_door(question),
        now=figures.show(question, now, lang()) if has_changed else "",
        since=dates.show_day(dates.day_of(then.at)) if then and has_changed else "",
        is_known=True,
    )


def _door(question: str) -> str:
    """The records of a figure; of a sum, the figures it is the sum of, side by side."""
    query = question.partition("?")[2]
    codes = figures.codes(question)
    if len(codes) == 1:
        return f"{reverse('portal:records', args=codes)}?{query}"
    names = [asking.measure_name(each).split() for each in asking.measures() if each.code in codes]
    return f"{reverse('portal:measures')}?{query}&{urlencode({'chi-tieu': _end(names)})}"


def _end(names: list[list[str]]) -> str:
    """The words that several names end with."""
    same: list[str] = []
    for words_there in zip(*map(reversed, names), strict=False):
        if len(set(words_there)) > 1:
            break
        same.insert(0, words_there[0])
    return " ".join(same)


def moment(at: dt.datetime) -> str:
    """`09:36 Thứ Năm, 18/01/2024`."""
    day = dates.day_of(at)
    return (
        f"{at.astimezone(dates.VIETNAM):%H:%M} {dates.weekday(day, lang())}, {dates.show_day(day)}"
    )
