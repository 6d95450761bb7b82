"""What search engines are shown: a map of all public pages in parts, with true days, and what they are asked to leave."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps import views as drawn
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from lantoa.articles import queries as articles
from lantoa.articles.models import ArticlePage, SectionPage
from lantoa.articles.models.pages import NEWS
from lantoa.awards import honours
from lantoa.awards.honours import Asked, Listed
from lantoa.enquiries import publishing
from lantoa.enquiries.models import PublicAnswer
from lantoa.lib import dates
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import UnitName
from lantoa.plans.models import Directive
from lantoa.plans.queries import directives
from lantoa.portal import asking, issued
from lantoa.portal.doors import door
from lantoa.portal.views import practices
from lantoa.practices import published
from lantoa.practices.models import Practice
from lantoa.reports.models import Report

STANDING = (
    "home", "about", "news", "practices", "measures", "units", "honours", "directives", "reports", "questions", "ask",
    "access", "privacy", "contents",
)  # fmt: skip


class _Part(Sitemap[Any]):
    """Pages in both languages, each naming the other."""

    i18n = True
    alternates = True
    x_default = True


class _Standing(_Part):
    def items(self) -> Sequence[str]:
        return STANDING

    def location(self, item: str) -> str:
        return reverse(f"portal:{item}")


class _Sections(_Part):
    def items(self) -> list[SectionPage]:
        return [each for each in articles.sections() if each.slug != NEWS]

    def location(self, item: SectionPage) -> str:
        return reverse("portal:section", args=[item.slug])


class _Articles(Sitemap[Any]):
    """Written in one language, so they stand once."""

    def items(self) -> Any:
        return articles.articles()

    def location(self, item: ArticlePage) -> str:
        return item.address()

    def lastmod(self, item: ArticlePage) -> dt.datetime | None:
        return item.updated or item.dated


class _Figures(_Part):
    def items(self) -> list[str]:
        return [each.code for each in asking.measures()]

    def location(self, item: str) -> str:
        return reverse("portal:figure", args=[item])


class _Units(_Part):
    """The units that stand today."""

    def items(self) -> list[UnitName]:
        named = orgs.names_on(dates.day_of(clock.now()))
        return [named[number] for number in sorted(named)]

    def location(self, item: UnitName) -> str:
        return asking.unit_address(item.unit_id, item)


class _Reports(_Part):
    def items(self) -> list[Report]:
        return issued.reports()

    def location(self, item: Report) -> str:
        return reverse("portal:report", args=[item.pk])

    def lastmod(self, item: Report) -> dt.datetime:
        return item.issued_at


class _Honours(_Part):
    def items(self) -> list[Listed]:
        return honours.listed(Asked())

    def location(self, item: Listed) -> str:
        return reverse("portal:honour-decision", args=[item.decision.pk])

    def lastmod(self, item: Listed) -> dt.date:
        return item.decision.date


class _Practices(_Part):
    def items(self) -> Any:
        return published.changed()

    def location(self, item: Practice) -> str:
        return practices.address(item)

    def lastmod(self, item: Any) -> dt.datetime | None:
        return max((each for each in (item.stepped, item.amended) if each), default=None)


class _Directives(_Part):
    def items(self) -> Any:
        return directives.changed(directives.public()).order_by("-date", "-pk")

    def location(self, item: Directive) -> str:
        return reverse("portal:directive", args=[item.pk])

    def lastmod(self, item: Any) -> dt.datetime:
        moment: dt.datetime = item.corrected or item.recorded_at
        return moment


class _Answers(Sitemap[Any]):
    """Answered in one language, so they stand once."""

    def items(self) -> Any:
        return publishing.search("")

    def location(self, item: PublicAnswer) -> str:
        return reverse("portal:answer", args=[item.pk])

    def lastmod(self, item: PublicAnswer) -> dt.datetime:
        return item.published_at


PARTS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
    "trang": _Standing,
    "chuyen-muc": _Sections,
    "bai-viet": _Articles,
    "so-lieu": _Figures,
    "don-vi": _Units,
    "bao-cao": _Reports,
    "vinh-danh": _Honours,
    "mo-hinh": _Practices,
    "van-ban": _Directives,
    "hoi-dap": _Answers,
}


@door
def index(request: HttpRequest) -> HttpResponseBase:
    answer: HttpResponseBase = drawn.index(request, PARTS, sitemap_url_name="portal:map-part")
    return answer


@door
def part(request: HttpRequest, section: str) -> HttpResponseBase:
    answer: HttpResponseBase = drawn.sitemap(request, PARTS, section=section)
    return answer


@door
def robots(request: HttpRequest) -> HttpResponse:
    """Nobody's work area is to be found by a search engine; everything public is."""
    there = request.build_absolute_uri(reverse("portal:map"))
    said = f"User-agent: *\nDisallow: /lam-viec/\nDisallow: /bien-tap/\n\nSitemap: {there}\n"
    return HttpResponse(said, content_type="text/plain; charset=utf-8")
