"""What one may ask of articles. Everyone may read what is out; what is not out is for editors alone."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.db.models import Count, Max, Q, QuerySet, Sum
from wagtail.images.models import Rendition
from wagtail.models import Page

from lantoa.articles.models import (
    ArticlePage,
    ArticleTag,
    FrozenFigure,
    HomePage,
    OldAddress,
    Rating,
    SectionPage,
)
from lantoa.articles.models.pages import NEWS
from lantoa.lib import text
from lantoa.orgs import rights
from lantoa.orgs.models import Line, Person, Placement, Post, Unit
from lantoa.orgs.queries import valid_on
from lantoa.plans.models import Theme
from lantoa.warehouse import store

NUMBERED = re.compile(r"-\d+\.html$")
WRITE, LAY_OUT = "articles.write", "articles.lay_out"
NEAR = 4
MOST_WORDS = 12
TOLD_OF = (
    "province",
    "party_province",
    "commune",
    "party_commune",
    "party_direct",
    "police",
    "military",
)


class Neighbours(NamedTuple):
    """What came out after an article in its section, the next one first, and what came out before it."""

    newer: list[ArticlePage]
    older: list[ArticlePage]


def may_edit(person: Person, day: dt.date) -> bool:
    """Whether a post lets them write for the public: an editor at the head of a line, or at no unit in particular."""
    posts = Post.objects.filter(
        Q(end_date=None) | Q(end_date__gt=day),
        person=person,
        role__in=rights.ACTS[WRITE].roles,
        start_date__lte=day,
    )
    heads = Placement.objects.filter(valid_on(day), parent=None)
    return any(
        post.unit_id is None or heads.filter(unit=post.unit_id, line=post.line_id).exists()
        for post in posts
    )


def home() -> HomePage | None:
    found: HomePage | None = HomePage.objects.first()
    return found


def sections() -> list[SectionPage]:
    """All that are out, in the order of the tree; the first is the news as a whole."""
    return list(SectionPage.objects.live().order_by("path"))


def section(slug: str) -> SectionPage | None:
    found: SectionPage | None = SectionPage.objects.live().filter(slug=slug or NEWS).first()
    return found


def articles() -> QuerySet[ArticlePage]:
    """What is out, the newest first."""
    found: QuerySet[ArticlePage] = ArticlePage.objects.live().filter(dated__isnull=False)
    return found.order_by("-dated", "-pk")


def headline() -> ArticlePage | None:
    """The newest of those that editors put at the head of the front page."""
    return articles().filter(is_headline=True).select_related("photo").first()


def articles_in(where: SectionPage) -> QuerySet[ArticlePage]:
    return articles().filter(path__startswith=where.path)


def articles_about(unit: Unit) -> QuerySet[ArticlePage]:
    return articles().filter(unit=unit)


def articles_on(theme: Theme) -> QuerySet[ArticlePage]:
    return articles().filter(theme=theme)


def search(
    words: str, *, units: Collection[int] | None = None, year: int | None = None
) -> QuerySet[ArticlePage]:
    """What is out with all the words in title, lead or text, marks aside; about some units, of a year; the newest first."""
    found = articles()
    for word in text.fold(words).split()[:MOST_WORDS]:
        found = found.filter(folded__contains=word)
    if units is not None:
        found = found.filter(unit__in=units)
    return found.filter(dated__year=year) if year else found


def theme(pk: int) -> Theme | None:
    return Theme.objects.filter(pk=pk).first()


def tags_of(shown: Iterable[ArticlePage]) -> dict[int, list[str]]:
    """The tags of some articles, by article id. One query."""
    rows = ArticleTag.objects.filter(content_object__in=[each.pk for each in shown])
    found: dict[int, list[str]] = defaultdict(list)
    for article, name in rows.order_by("tag__name").values_list("content_object", "tag__name"):
        found[article].append(name)
    return found


def by_slug(slug: str) -> ArticlePage | None:
    """The article of that name, out or withdrawn; never one that was not out yet."""
    found: ArticlePage | None = (
        ArticlePage.objects.filter(slug=slug, first_published_at__isnull=False)
        .select_related("photo", "audio", "theme", "practice", "unit")
        .first()
    )
    return found


def moved_to(path: str) -> str:
    """Where an old address leads now: a path of ours; "" when it is not known.

    An article that came from a NukeViet site is known by its number, whatever stood before it: `…/ten-bai-1234.html`.
    """
    numbered = NUMBERED.search(path)
    paths = [path, numbered[0]] if numbered else [path]
    found = OldAddress.objects.select_related("article").filter(path__in=paths).first()
    if found is None:
        return ""
    return str(found.article.address() if found.article else found.target)


def neighbours(article: ArticlePage, where: SectionPage) -> Neighbours:
    later = Q(dated__gt=article.dated) | Q(dated=article.dated, pk__gt=article.pk)
    among = articles_in(where).exclude(pk=article.pk)
    newer = list(among.filter(later).order_by("dated", "pk")[:NEAR])
    return Neighbours(newer, list(among.exclude(later)[:NEAR]))


def beside(article: ArticlePage) -> list[ArticlePage]:
    """Of the same practice or of the same unit."""
    same = Q()
    if article.practice_id:
        same |= Q(practice=article.practice_id)
    if article.unit_id:
        same |= Q(unit=article.unit_id)
    return list(articles().filter(same).exclude(pk=article.pk)[:NEAR]) if same else []


def frozen(article: ArticlePage) -> dict[str, FrozenFigure]:
    return {each.question: each for each in article.figures.all()}


def choosable_units(day: dt.date) -> QuerySet[Unit]:
    """The units an article may be said to be about, as they stand on a day: heads, communes, their committees."""
    open_now = Q(closed_date=None) | Q(closed_date__gt=day)
    return Unit.objects.filter(open_now, kind__in=TOLD_OF, opened_date__lte=day).order_by(
        "kind", "pk"
    )


def with_held_votes() -> QuerySet[ArticlePage]:
    found: QuerySet[ArticlePage] = ArticlePage.objects.filter(ratings__is_held=True).distinct()
    return found


def edition() -> tuple[object, ...]:
    """What changes whenever a page of an article would: what is out, how it was rated, the books, the structure."""
    out = Page.objects.filter(live=True).aggregate(n=Count("pk"), last=Max("last_published_at"))
    votes = Rating.objects.filter(is_held=False).aggregate(n=Sum("votes"))
    lines = tuple(Line.objects.order_by("pk").values_list("version", flat=True))
    cut = Rendition.objects.aggregate(n=Max("pk"))
    return (out["n"], out["last"], votes["n"], cut["n"], store.now().position, lines)
