"""Take over the news of another site: its sections, its articles with their photos and stars, and its old addresses."""

import datetime as dt
import io
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Comment
from bs4.element import NavigableString, Tag
from django.core.files.images import ImageFile
from django.db import transaction
from PIL import Image as Pillow
from PIL import UnidentifiedImageError
from wagtail.images.models import Image

from lantoa.articles import actions, markup, queries, words
from lantoa.articles.actions import Story
from lantoa.articles.models import ArticlePage, OldAddress, SectionPage
from lantoa.articles.models.pages import NEWS
from lantoa.articles.nukeviet import LONGEST_LEAD, Category, Draft, Export
from lantoa.orgs import rights
from lantoa.orgs.models import Person

# What holds no words for a reader, whatever stands in it.
MUTE = ("script", "style", "iframe", "object", "embed", "svg", "form", "noscript", "template")
BLOCKS = {"p", "h2", "h3", "ul", "ol", "li", "table", "div", "blockquote", "figure", "img"}
STRAY = re.compile(r"\s*-->\s*")
LARGEST = 15 * 1024 * 1024


class Taken(NamedTuple):
    """What was taken over: the articles, and each old address with the one it leads to now."""

    articles: list[ArticlePage]
    redirects: list[tuple[str, str]]


def new_in(export: Export) -> list[Draft]:
    """Those not taken over before: the same export may be brought again."""
    known = set(OldAddress.objects.filter(path__startswith="-").values_list("path", flat=True))
    return [draft for draft in export.drafts if ending(draft.number) not in known]


def ending(number: int) -> str:
    """What every old address of an article ends with, in whatever section and language it was read."""
    return f"-{number}.html"


@transaction.atomic
def take_over(*, export: Export, folder: Path, by: Person, at: dt.datetime) -> Taken:
    """Load what an export holds. Sections of the same name are one; what is here already stays as it is.

    Raises:
        NotAllowedError: `by` is not a founder.
    """
    rights.require_everywhere(by, queries.LAY_OUT, at)
    actions.lay_out(by=by, at=at)
    sections = _sections(export.categories)
    slugs, photos = _Slugs(), _Photos(folder)
    drafts = new_in(export)
    stories = [_story(draft, sections[draft.category].slug, slugs, photos) for draft in drafts]
    articles = actions.publish_all(stories=stories, by=by, at=at)
    redirects = _redirects(export.categories, sections)
    for draft, article in zip(drafts, articles, strict=True):
        OldAddress.objects.create(path=ending(draft.number), article=article)
        redirects.append((f"…{ending(draft.number)}", article.address()))
    return Taken(articles, redirects)


def _sections(categories: list[Category]) -> dict[int, SectionPage]:
    """The section for each number, made where there is none of its name: first those above."""
    news = SectionPage.objects.get(slug=NEWS)
    known = {section.slug: section for section in SectionPage.objects.all()}
    by_number = {each.number: each for each in categories}
    made: dict[int, SectionPage] = {}

    def make(one: Category, way: tuple[int, ...] = ()) -> SectionPage:
        if one.number in made:
            return made[one.number]
        above = by_number.get(one.parent)
        is_top = above is None or one.parent in way
        parent = news if above is None or is_top else make(above, (*way, one.number))
        if one.slug not in known:
            page = SectionPage(title=one.title, slug=one.slug, intro=one.intro, locale=news.locale)
            parent = SectionPage.objects.get(
                pk=parent.pk
            )  # a sibling made before has moved its end
            known[one.slug] = parent.add_child(instance=page)
        made[one.number] = known[one.slug]
        return made[one.number]

    return {each.number: make(each) for each in categories}


def _redirects(
    categories: list[Category], sections: dict[int, SectionPage]
) -> list[tuple[str, str]]:
    rows = []
    for each in categories:
        path, target = f"/news/{each.slug}/", sections[each.number].address()
        OldAddress.objects.get_or_create(path=path, defaults={"target": target})
        rows.append((path, target))
    return rows


def _story(draft: Draft, section: str, slugs: "_Slugs", photos: "_Photos") -> Story:
    lead, body = _lead(draft.lead), list(_body(draft.markup, photos))
    photo = photos.at(draft.photo, draft.photo_alt or draft.title)
    return Story(
        section=section,
        slug=slugs.free(draft.slug, draft.number),
        title=draft.title,
        lead=lead,
        body=body,
        dated=draft.dated,
        tags=draft.tags,
        more={
            "author": draft.author,
            "source": draft.source,
            "source_url": draft.source_url,
            "photo": photo,
            "photo_alt": draft.photo_alt if photo else "",
            "points_before": draft.points,
            "votes_before": draft.votes,
        },
    )


def _lead(said: str) -> str:
    plain = words.stripped(said)
    if len(plain) <= LONGEST_LEAD:
        return plain
    return plain[: LONGEST_LEAD - 1].rsplit(" ", 1)[0] + "…"


def _body(html: str, photos: "_Photos") -> Iterator[dict[str, Any]]:
    """Prose and photos in turn. A photo that was not brought along is left out; its words stay."""
    soup = _plain(html)
    prose: list[str] = []
    for node in list(soup.children):
        for part in _parted(node):
            if isinstance(part, Tag) and part.name == "img":
                image = photos.at(str(part.get("src", "")), str(part.get("alt", "")))
                if image is None:
                    continue
                yield from _text(prose)
                prose = []
                alt = str(part.get("alt", ""))[:300]
                value = {"image": image.pk, "alt": alt, "caption": "", "credit": ""}
                yield {"type": "photo", "value": value}
            else:
                prose.append(str(part))
    yield from _text(prose)


def _text(prose: list[str]) -> Iterator[dict[str, Any]]:
    cleaned = markup.clean("".join(prose))
    if words.stripped(cleaned):
        yield {"type": "text", "value": cleaned}


def _plain(html: str) -> BeautifulSoup:
    """The old markup with what nobody reads taken out, rows of tables as lines, and boxes as paragraphs."""
    soup = BeautifulSoup(html, "html.parser")
    for node in soup.find_all(string=True):
        if isinstance(node, Comment):
            node.extract()
        elif "-->" in node:
            node.replace_with(STRAY.sub(" ", node))
    for tag in soup.find_all(MUTE):
        tag.decompose()
    for row in soup.find_all("tr"):
        cells = [cell.get_text(" ", strip=True) for cell in row.find_all(["td", "th"])]
        line = soup.new_tag("p")
        line.string = " · ".join(filter(None, cells))
        for image in row.find_all("img"):
            row.insert_after(image.extract())
        row.replace_with(line)
    for tag in soup.find_all(["h1", "h4", "h5", "h6"]):
        tag.name = "h2" if tag.name == "h1" else "h3"
    _open_boxes(soup)
    return soup


def _open_boxes(soup: BeautifulSoup) -> None:
    """A box that holds blocks gives way to them; one that holds only words is a paragraph."""
    for tag in reversed(soup.find_all(["div", "section", "article", "figure", "blockquote", "center", "table", "tbody", "thead", "figcaption"])):  # fmt: skip
        if tag.find(list(BLOCKS)):
            tag.unwrap()
        else:
            tag.name = "p"


def _parted(node: Any) -> Iterator[Any]:
    """A paragraph with photos in it, as the photos and what stands between them."""
    if not isinstance(node, Tag) or node.name == "img" or not node.find("img"):
        yield node if isinstance(node, Tag) else _escaped(node)
        return
    images = [image.extract() for image in node.find_all("img")]
    yield node
    yield from images


def _escaped(node: NavigableString) -> str:
    return f"<p>{node.output_ready(formatter='minimal')}</p>" if node.strip() else ""


class _Slugs:
    """Names in addresses: one an article, on the whole site."""

    def __init__(self) -> None:
        self.taken = set(ArticlePage.objects.values_list("slug", flat=True))

    def free(self, wanted: str, number: int) -> str:
        tried = (f"{wanted or 'bai'}{end}" for end in ("", f"-{number}", *(f"-{number}-{n}" for n in range(2, 99))))  # fmt: skip
        found = next(each for each in tried if each not in self.taken)
        self.taken.add(found)
        return found


class _Photos:
    """The photos brought along, each taken over once."""

    def __init__(self, folder: Path) -> None:
        self.root = folder.resolve()
        self.known: dict[Path, Image | None] = {}
        self.numbers = count(1)

    def at(self, said: str, title: str) -> Image | None:
        """The photo at an old address, or None: not there, not ours, or no picture."""
        path = self._path(said)
        if path is None:
            return None
        if path not in self.known:
            self.known[path] = _picture(path, title)
        return self.known[path]

    def _path(self, said: str) -> Path | None:
        place = unquote(urlsplit(said).path).lstrip("/")
        if not place:
            return None
        for tried in (self.root / place, self.root / "uploads/news" / place):
            found = tried.resolve()
            if found.is_relative_to(self.root) and found.is_file():
                return found
        return None


def _picture(path: Path, title: str) -> Image | None:
    """What Pillow cannot read, or is larger than any photo need be, is no photo of ours."""
    if path.stat().st_size > LARGEST:
        return None
    content = path.read_bytes()
    try:
        with Pillow.open(io.BytesIO(content)) as shown:
            shown.verify()
    except (UnidentifiedImageError, OSError, SyntaxError, Pillow.DecompressionBombError):
        return None
    image: Image = Image.objects.create(
        title=(title or path.stem)[:255], file=ImageFile(io.BytesIO(content), name=path.name)
    )
    return image
