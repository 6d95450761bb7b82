"""What one may ask of articles. Everyone may read what is out; what is not out is for editors alone."""

import datetime as dt
import functools
import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import TruncDate
from wagtail.images.models import Rendition
from wagtail.models import Page

from lantoa.articles.models import (
    ArticlePage,
    ArticleTag,
    Attachment,
    FrozenFigure,
    HomePage,
    OldAddress,
    Rating,
    SectionPage,
)
from lantoa.articles.models.pages import NEWS
from lantoa.ledger.models import Entry
from lantoa.lib import dates, text
from lantoa.orgs import rights
from lantoa.orgs.models import Line, Person, Placement, Post, Unit
from lantoa.orgs.queries import name_on_the_day, valid_on
from lantoa.plans.models import Theme
from lantoa.practices import published

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
    """What came out after an article in its section, the next one first; what came out before it; what tells of the same."""

    newer: list[ArticlePage]
    older: list[ArticlePage]
    beside: list[ArticlePage]


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
    """The article of that name, out or withdrawn; never one that was not out yet.

    With it, in the same query, what its page would otherwise ask for one by one: `told_of`, the name of its unit on its
    day; `is_practice_public`; whether it `has_attachments` and `has_tags`.
    """
    found: ArticlePage | None = (
        ArticlePage.objects.filter(slug=slug, first_published_at__isnull=False)
        .select_related("photo", "audio", "theme", "practice", "unit")
        .annotate(day=TruncDate("dated", tzinfo=dates.VIETNAM))
        .annotate(
            told_of=name_on_the_day(date="day", word="name"),
            is_practice_public=Exists(published.readable().filter(pk=OuterRef("practice"))),
            has_attachments=Exists(Attachment.objects.filter(article=OuterRef("pk"))),
            has_tags=Exists(ArticleTag.objects.filter(content_object=OuterRef("pk"))),
        )
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


def neighbours(article: ArticlePage, where: SectionPage | None) -> Neighbours:
    """What stands around an article, of its section by day, and what tells of the same practice or unit. One query."""
    among = articles_in(where).exclude(pk=article.pk) if where and article.dated else None
    later = Q(dated__gt=article.dated) | Q(dated=article.dated, pk__gt=article.pk)
    same = _same(article)
    wanted = Q()
    if among is not None:
        wanted |= Q(pk__in=among.filter(later).order_by("dated", "pk").values("pk")[:NEAR])
        wanted |= Q(pk__in=among.exclude(later).values("pk")[:NEAR])
    if same:
        alike = articles().filter(same).exclude(pk=article.pk)
        wanted |= Q(pk__in=alike.values("pk")[:NEAR])
    found = list(articles().filter(wanted)) if wanted else []
    return _sorted_out(article, found, where if among is not None else None)


def _same(article: ArticlePage) -> Q:
    """Of the same practice or of the same unit."""
    same = Q()
    if article.practice_id:
        same |= Q(practice=article.practice_id)
    if article.unit_id:
        same |= Q(unit=article.unit_id)
    return same


def _sorted_out(
    article: ArticlePage, found: list[ArticlePage], where: SectionPage | None
) -> Neighbours:
    """Each of what was found, the newest first, under what it was looked for."""
    here = [each for each in found if where and each.path.startswith(where.path)]
    place: Any = (article.dated, article.pk)
    newer = [each for each in here if (each.dated, each.pk) > place]
    beside = [
        each
        for each in found
        if (article.practice_id and each.practice_id == article.practice_id)
        or (article.unit_id and each.unit_id == article.unit_id)
    ]
    older = [each for each in here if (each.dated, each.pk) < place]
    return Neighbours(newer[::-1][:NEAR], older[:NEAR], beside[:NEAR])


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


class Standing(NamedTuple):
    """A line's structure, and beside it what is out, how it was rated, which photos are cut, and the newest entry."""

    version: int
    out: int
    last: object
    votes: int
    cut: int
    entry: int
    entered: object


def edition() -> tuple[Standing, ...]:
    """What changes whenever a page of an article would: what is out, how it was rated, the books, the structure. One query.

    Moments are as the database writes them: they are only held against one another.
    """
    with connection.cursor() as cursor:
        cursor.execute(*_edition_asked(connection.vendor))
        return tuple(Standing(*row) for row in cursor.fetchall())


@functools.cache
def _edition_asked(_vendor: str) -> tuple[str, tuple[Any, ...]]:
    """The question as SQL, worded once: wording it takes three times as long as its answer, and every page asks it."""
    live = Page.objects.order_by().filter(live=True).values("live")
    counted = Rating.objects.order_by().filter(is_held=False).values("is_held")
    newest = Entry.objects.order_by("-pk")
    lines = Line.objects.order_by("pk").annotate(
        out=Subquery(live.annotate(n=Count("pk")).values("n")),
        last=Subquery(live.annotate(n=Max("last_published_at")).values("n")),
        votes=Subquery(counted.annotate(n=Sum("votes")).values("n")),
        cut=Subquery(Rendition.objects.order_by("-pk").values("pk")[:1]),
        entry=Subquery(newest.values("pk")[:1]),
        entered=Subquery(newest.values("recorded_at")[:1]),
    )
    said: tuple[str, tuple[Any, ...]] = lines.values_list(*Standing._fields).query.sql_with_params()
    return said
