"""What readers follow: the newest articles as Atom and RSS, of all news, a section, a unit or a theme."""

import datetime as dt
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed

from lantoa.articles import queries
from lantoa.articles.models import ArticlePage
from lantoa.lib import dates
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.portal import asking
from lantoa.portal.doors import door
from lantoa.portal.remembering import remembered

NEWEST = 30


class Channel(NamedTuple):
    """What is followed: its name, what it is about, its page, and the articles, the newest first."""

    title: str
    about: str
    link: str
    articles: QuerySet[ArticlePage]


class _Rss(Feed[Any, Any]):
    feed_type: type[SyndicationFeed] = Rss201rev2Feed
    language = "vi"

    def __init__(self, channel: Channel) -> None:
        self.channel = channel
        self.shown = list(channel.articles[:NEWEST])
        self.tags = queries.tags_of(self.shown)

    def title(self) -> str:
        return f"{self.channel.title} – {settings.SITE_TITLE}"

    def description(self) -> str:
        return self.channel.about

    subtitle = description

    def link(self) -> str:
        return self.channel.link

    def items(self) -> list[ArticlePage]:
        return self.shown

    def item_title(self, item: ArticlePage) -> str:
        return str(item.title)

    def item_description(self, item: ArticlePage) -> str:
        return item.lead

    def item_link(self, item: ArticlePage) -> str:
        return item.address()

    def item_pubdate(self, item: ArticlePage) -> dt.datetime | None:
        return _zoned(item.dated)

    def item_updateddate(self, item: ArticlePage) -> dt.datetime | None:
        return _zoned(item.updated or item.dated)

    def item_author_name(self, item: ArticlePage) -> str:
        return item.author or settings.SITE_TITLE

    def item_categories(self, item: ArticlePage) -> list[str]:
        return self.tags.get(item.pk, [])


class _Atom(_Rss):
    feed_type = Atom1Feed


FORMS = {"atom": _Atom, "rss": _Rss}


@door
@remembered
def news(request: HttpRequest, form: str, slug: str = "") -> HttpResponseBase:
    found = queries.section(slug)
    if found is None:
        raise Http404
    about = found.intro or f"Bài mới trong mục {found.title}"
    channel = Channel(found.title, about, found.address(), queries.articles_in(found))
    return _fed(request, form, channel)


@door
@remembered
def unit(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    found = asking.unit(pk)
    name = orgs.name_near(found.pk, dates.day_of(clock.now()))
    channel = Channel(
        name, f"Bài mới về {name}", asking.unit_address(pk, name), queries.articles_about(found)
    )
    return _fed(request, form, channel)


@door
@remembered
def theme(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    found = queries.theme(pk)
    if found is None:
        raise Http404
    about = f"Bài mới theo chuyên đề năm {found.year}: {found.title}"
    channel = Channel(
        f"Chuyên đề năm {found.year}", about, reverse("portal:news"), queries.articles_on(found)
    )
    return _fed(request, form, channel)


def _fed(request: HttpRequest, form: str, channel: Channel) -> HttpResponseBase:
    if form not in FORMS:
        raise Http404
    fed: HttpResponseBase = FORMS[form](channel)(request)
    return fed


def _zoned(moment: dt.datetime | None) -> dt.datetime | None:
    return moment.astimezone(dates.VIETNAM) if moment else None
