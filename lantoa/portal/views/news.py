"""What editors wrote: the sections of the news, an article, and the files that come with it."""

import dataclasses
import functools
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.http.response import HttpResponseBase
from django.urls import reverse, translate_url
from django.utils.translation import gettext as _
from django.views.static import serve as serve_file
from wagtail.documents.views.serve import serve as serve_paper
from whitenoise.responders import StaticFile

from lantoa.articles import queries, rating
from lantoa.articles.models import ArticlePage, SectionPage
from lantoa.articles.models.pages import NEWS
from lantoa.lib import dates, numbers
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.portal import asking, describing, telling
from lantoa.portal.doors import door, lang, page
from lantoa.portal.remembering import readings, remembered
from lantoa.portal.views import practices, ratings
from lantoa.practices import published

A_PAGE = 20
FOR_EVER = "public, max-age=31536000, immutable"
CUT = "images/"  # where the sizes of photos lie; what was uploaded lies elsewhere, and is served to nobody
OK, GONE = 200, 410


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """An article in a list."""

    pk: int
    title: str
    lead: str
    href: str
    section: str
    when: str
    iso: str
    minutes: int


@door
@remembered
def section(request: HttpRequest, slug: str = "") -> HttpResponse:
    found = queries.section(slug)
    if found is None or (slug == NEWS):
        raise Http404
    number = asking.page_number(request.GET)
    pages = Paginator(queries.articles_in(found), A_PAGE)
    if number > pages.num_pages:
        raise Http404
    shown = pages.page(number)
    everything = queries.sections()
    context = {
        "section": "news",
        "here": found,
        "all": everything,
        "rows": rows(list(shown), everything),
        "page": shown,
    }
    return page(request, "portal/section.html", context)


@door
@remembered
def article(request: HttpRequest, year: int, month: str, slug: str) -> HttpResponseBase:
    """An article at its address. At another day's address, or an older name, it leads to where it stands now."""
    found = queries.by_slug(slug)
    if found is None:
        return moved(request)
    if not found.live:
        context = {"section": "news", "article": found, "why": found.withdrawn_why}
        response = page(request, "portal/withdrawn.html", context)
        response.status_code = GONE
        return response
    there = telling.address(found)
    if there != request.path:
        return HttpResponsePermanentRedirect(there)
    response = drawn(request, found)
    if ratings.ASKED in request.GET:
        response["Cache-Control"] = "no-store"
    return response


def drawn(request: HttpRequest, found: ArticlePage) -> HttpResponse:
    """The page of an article: also what an editor sees before it is out."""
    everything = queries.sections()
    where = section_of(found, everything)
    near = queries.neighbours(found, where)
    sizes = telling.sizes(found)
    photo, score = telling.lead_photo(found, sizes), rating.score(found)
    context: dict[str, Any] = {
        "section": "news",
        "article": found,
        "crumbs": _crumbs(where),
        "photo": photo,
        "blocks": telling.blocks(found, sizes, functools.partial(readings, request)),
        "when": telling.moment(found.dated) if found.dated else "",
        "updated": telling.moment(found.updated) if found.updated else "",
        "changes": list(found.changes.all()) if found.updated else [],
        # An article read by its address says whether it has any; a draft is asked.
        "attachments": list(found.attachments.select_related("document"))
        if getattr(found, "has_attachments", True)
        else [],
        "tags": list(found.tags.all()) if getattr(found, "has_tags", True) else [],
        "newer": rows(near.newer, everything),
        "older": rows(near.older, everything),
        "beside": rows(near.beside, everything),
        "link": request.build_absolute_uri(found.address()),
        **_unit(found),
        **_practice(found),
        **_rated(request, found, score),
        "graph": describing.graph(request, found, where=where, photo=photo, score=score),
        "open_graph": describing.open_graph(request, found, where=where, photo=photo),
    }
    return page(request, "portal/article.html", context)


def _crumbs(where: SectionPage | None) -> list[tuple[str, str, str]]:
    way = [(_("Trang chủ"), reverse("portal:home"), ""), (_("Tin tức"), reverse("portal:news"), "")]
    if where and where.slug != NEWS:
        way.append((where.title, reverse("portal:section", args=[where.slug]), ""))
    return way


def _rated(request: HttpRequest, found: ArticlePage, got: rating.Score) -> dict[str, Any]:
    return {
        "score": got,
        "average": numbers.show_ratio(got.points, got.votes, 1, lang()) if got.votes else "",
        "rate_href": f"{telling.address(found)}danh-gia/",
        "rated": ratings.said_after(request),
        "star_words": list(
            enumerate([_("Kém"), _("Yếu"), _("Được"), _("Tốt"), _("Rất tốt")], start=1)
        ),
    }


def _unit(found: ArticlePage) -> dict[str, str]:
    """What the unit of an article was called on its day, and its page."""
    if found.unit_id is None:
        return {}
    day = dates.day_of(found.dated or clock.now())
    name = getattr(found, "told_of", "") or orgs.name_near(found.unit_id, day)
    return {"unit_name": name, "unit_href": asking.unit_address(found.unit_id, name)}


def _practice(found: ArticlePage) -> dict[str, Any]:
    """The page of the practice it tells of, where the public may read it."""
    practice = found.practice
    if practice is None:
        return {}
    is_public = getattr(found, "is_practice_public", None)
    if is_public is None:  # a draft
        is_public = published.practice(practice.pk) is not None
    return {"practice_href": practices.address(practice)} if is_public else {}


def moved(request: HttpRequest) -> HttpResponseBase:
    """Where something once stood at this address: what stands there now, for good."""
    path = translate_url(request.path, "vi")
    target = queries.moved_to(path)
    if not target or target == path:
        raise Http404
    return HttpResponsePermanentRedirect(translate_url(target, lang()))


@door
def old(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """An address of the site that was here before."""
    return moved(request)


def section_of(found: ArticlePage, among: list[SectionPage]) -> SectionPage | None:
    """The innermost section an article stands in."""
    above = [each for each in among if found.path.startswith(each.path)]
    return max(above, key=lambda each: len(each.path), default=None)


def rows(found: list[ArticlePage], among: list[SectionPage]) -> list[Row]:
    return [_row(each, section_of(each, among)) for each in found]


def _row(found: ArticlePage, where: SectionPage | None) -> Row:
    dated = found.dated or clock.now()
    return Row(
        pk=found.pk,
        title=found.title,
        lead=found.lead,
        href=telling.address(found),
        section=where.title if where else "",
        when=telling.moment(dated),
        iso=dated.isoformat(),
        minutes=found.minutes,
    )


@door
def picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """A photo in one of its sizes, under a name that never holds anything else."""
    if not path.startswith(CUT):
        raise Http404
    response = serve_file(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = FOR_EVER
    return response


@door
def paper(request: HttpRequest, number: str, name: str) -> HttpResponseBase:
    """A file that comes with an article, to be kept, never shown inside the site; a recording can be heard there."""
    whole: HttpResponseBase = serve_paper(request, number, name)
    if whole.status_code != OK or not isinstance(whole, FileResponse):
        return whole
    whole["Accept-Ranges"] = "bytes"
    return _part(request, whole) if "Range" in request.headers else whole


def _part(request: HttpRequest, whole: FileResponse) -> HttpResponseBase:
    """What is asked of a file. A player jumps in a recording by asking for a part; an iPhone plays none without."""
    file: Any = whole.file_to_stream
    kept = StaticFile(file.name, [(n, v) for n, v in whole.items() if n != "Content-Length"])  # fmt: skip
    part = kept.get_response(request.method, request.META)
    file.close()
    answer = FileResponse(part.file, status=part.status) if part.file else HttpResponse(status=part.status)  # fmt: skip
    for header, value in part.headers:
        answer[header] = value
    return answer


@door
def to_editing(request: HttpRequest) -> HttpResponseBase:
    """The short address that editors remember."""
    return HttpResponseRedirect(settings.EDITING_PATH)
