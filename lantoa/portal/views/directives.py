"""Văn bản: the directives that were made public, searched; one of them with what it rests on, what carries it out, its file."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from lantoa.keeping import files, papers
from lantoa.look import documents
from lantoa.look.documents import Addresses
from lantoa.orgs import queries as orgs
from lantoa.plans.models import Directive
from lantoa.plans.queries import directives as queries
from lantoa.plans.queries import trees
from lantoa.plans.queries.directives import Wanted
from lantoa.plans.queries.trees import Group
from lantoa.portal import asking
from lantoa.portal.doors import AskError, door, page

A_PAGE, TYPED = 40, 200
# Of which directive, and which of its groups, a list holds what rests on it.
BELOW, GROUP = "duoi", "nhom"


@door
def directives(request: HttpRequest) -> HttpResponse:
    """By words, number, kind, issuer, signer, year and line; the newest first."""
    seen = queries.public()
    known, wanted = _known(), _wanted(request)
    found = queries.search(seen, wanted).order_by("-date", "-pk")
    above = _above(request)
    if above is not None:
        found = found.filter(pk__in=_members(above, asking.said(request.GET, GROUP)))
    number = asking.page_number(request.GET)
    pages = Paginator(found, A_PAGE)
    if number > pages.num_pages:
        raise _no_such_page(pages.num_pages)
    part = pages.page(number)
    context = {
        "section": "directives",
        "wanted": wanted,
        "above": above,
        "part": part,
        "rows": documents.rows(list(part)),
        "is_asked": bool(request.GET),
        **known,
    }
    return page(request, "portal/directives.html", context)


@door
def directive(request: HttpRequest, pk: int) -> HttpResponse:
    """One directive among those that are public: what it says of itself, the tree around it, its file."""
    found, seen = _found(pk), queries.public()
    around = trees.around(seen, found.pk)
    context = {
        "section": "directives",
        "it": found,
        "row": documents.rows([found])[0],
        "line": documents.line_name(found.line),
        "roots": documents.nodes([around], LEAD, here=found.pk) if around else [],
    }
    return page(request, "portal/directive.html", context)


@door
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """The document itself, as a file to keep: nothing of a sender's is opened in our pages."""
    found = _found(pk)
    if not found.file:
        raise Http404
    path = files.path_of(found.file)
    answer = HttpResponse(path.read_bytes(), content_type=papers.MEDIA_TYPES[path.suffix])
    answer["Content-Disposition"] = f'attachment; filename="van-ban-{found.pk}{path.suffix}"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def _found(pk: int) -> Directive:
    """One that is not public answers like one that is not there."""
    found = queries.public().filter(pk=pk).first() if pk < 2**63 else None
    if found is None:
        raise Http404
    return found


def _known() -> dict[str, Any]:
    """What the boxes offer: of those that are public."""
    seen = queries.public()
    outside, units = queries.issuing(seen)
    years = queries.years(seen)
    names = orgs.names_near((unit, dt.date(years[0], 12, 31)) for unit in units) if years else {}
    issuers = [(each, each) for each in outside] + [
        (str(unit), name) for (unit, _day), name in sorted(names.items(), key=lambda row: row[1])
    ]
    return {
        "issuers": issuers,
        "years": years,
        "kinds": [(str(value), str(label)) for value, label in Directive.Kind.choices],
        "lines": [(each.code, asking.line_name(each)) for each in orgs.lines()],
    }


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    codes = [each.code for each in orgs.lines()]
    year = asking.said(asked, "nam")
    if year and (asking.whole(year) is None or not 1900 < int(year) < 2200):
        raise AskError(
            field="nam",
            vi=f"“{year}” không phải năm. Ghi bốn chữ số, ví dụ 2023.",
            en=f"“{year}” is not a year. Write four digits, for example 2023.",
        )
    return Wanted(
        words=asking.said(asked, "tim")[:TYPED],
        kind=asking.choice(asked, "loai", ("", *Directive.Kind.values)),
        issuer=asking.said(asked, "co-quan")[:TYPED],
        signer=asking.said(asked, "nguoi-ky")[:TYPED],
        line=asking.choice(asked, "he", ("", *codes)),
        year=int(year) if year else None,
    )


def _above(request: HttpRequest) -> Directive | None:
    number = asking.unit_number(request.GET, BELOW)
    return None if number is None else _found(number)


def _members(above: Directive, key: str) -> list[int]:
    """Those for which one card of its tree stands: as many as it says."""
    around = trees.around(queries.public(), above.pk)
    held = [] if around is None else list(trees.walked([around]))
    here = next((each for each in held if each.directive.pk == above.pk), None)
    if here is None:
        return []
    if not key:
        return [each.directive.pk for each in trees.walked([here]) if each is not here]
    groups = [each for each in trees.gathered(here) if isinstance(each, Group) and each.key == key]
    return [each.directive.pk for group in groups for each in group.members]


def _no_such_page(pages: int) -> AskError:
    return AskError(
        field="trang",
        vi=f"Chỉ có {pages} trang. Chọn từ 1 đến {pages}.",
        en=f"There are only {pages} pages. Choose from 1 to {pages}.",
    )


def _one(number: int) -> str:
    return reverse("portal:directive", args=[number])


def _group(above: int, key: str) -> str:
    return f"{reverse('portal:directives')}?{urlencode({BELOW: above, GROUP: key})}"


LEAD = Addresses(_one, _group)
