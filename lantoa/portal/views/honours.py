"""Vinh danh: decisions of commendation that were made public, and who may be named on their lists."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse

from lantoa.awards import honours, queries
from lantoa.awards.honours import Asked, Listed
from lantoa.awards.models import Award, Decision, Form, Kind
from lantoa.awards.queries import TERRITORY_ALONE, Published
from lantoa.lib import dates
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Line
from lantoa.portal import asking
from lantoa.portal.doors import AskError, door, lang, page
from lantoa.reports import commending

A_PAGE = 60


@door
def decisions(request: HttpRequest) -> HttpResponse:
    """By year, form of award, collectives or individuals, and line; without a year the newest."""
    known = honours.years()
    asked = _asked(request, known)
    found = honours.listed(asked)
    number = asking.page_number(request.GET)
    pages = Paginator(found, A_PAGE)
    if number > pages.num_pages:
        raise _no_such_page(pages.num_pages)
    part = pages.page(number)
    context = {
        "section": "honours",
        "asked": asked,
        "years": known,
        "forms": [(each.value, each.label) for each in honours.forms(asked.year)],
        "kinds": [(each.value, each.label) for each in Kind],
        "lines": [(each.code, asking.line_name(each)) for each in _lines()],
        "part": part,
        "waiting": honours.waiting(),
        "rows": [_row(each) for each in part],
        "collectives": sum(each.collectives for each in found),
        "individuals": sum(each.individuals for each in found),
        "moment": dates.show_moment(clock.now(), lang()),
        "alone": TERRITORY_ALONE,
    }
    return page(request, "portal/honours.html", context)


@door
def notice(request: HttpRequest) -> HttpResponse:
    """Who is to be commended: on notice, so that anybody may say what speaks against it before it is decided."""
    rows, held = honours.noticed(dates.day_of(clock.now()))
    context = {
        "section": "honours",
        "rows": rows,
        "may_speak": any(not row.is_over for row in rows),
        "collective": Kind.COLLECTIVE,
        "held": held,
        "moment": dates.show_moment(clock.now(), lang()),
    }
    return page(request, "portal/honours_notice.html", context)


@door
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision with its list; gone when nothing of it stands."""
    found = honours.decision(pk) if pk < 2**63 else None
    if found is None:
        raise Http404
    seen = honours.honoured(found)
    told = _told(found)
    if not (seen.collectives or seen.individuals or seen.held):
        return _gone(request, told, "")
    context = {
        **told,
        "collectives": seen.collectives,
        "individuals": seen.individuals,
        "people": len(seen.individuals) + seen.held,
        "held": seen.held,
        "revoked": seen.revoked,
        "standing": len(seen.collectives) + len(seen.individuals) + seen.held,
        "moment": dates.show_moment(clock.now(), lang()),
    }
    return page(request, "portal/honour_decision.html", context)


@door
def award(request: HttpRequest, pk: int, position: int) -> HttpResponse:
    """One award: name, unit, form, number and date, and nothing else (DOMAIN.md, A6.5)."""
    found = honours.award(pk, position) if max(pk, position) < 2**31 else None
    if found is None:
        raise Http404
    told = _told(found.decision)
    if found.revoked_at is not None:
        return _gone(request, told, dates.show_day(dates.day_of(found.revoked_at)))
    return page(request, "portal/honour.html", {**told, "row": _published(found), "award": found})


def _gone(request: HttpRequest, told: dict[str, Any], day: str) -> HttpResponse:
    """What was revoked is no longer shown, nor whom it honoured; that it was, is said."""
    response = page(request, "portal/honour_gone.html", {**told, "revoked_day": day})
    response.status_code = 410
    response["Cache-Control"] = "no-store"
    return response


def _told(found: Decision) -> dict[str, Any]:
    name = orgs.name_near(found.unit_id, found.date)
    here = asking.unit_address(found.unit_id, name, ngay=found.date.isoformat())
    return {
        "section": "honours",
        "it": found,
        "number": commending.number_of(found, name),
        "unit": found.authority or name,
        "unit_href": "" if found.authority else here,
        "form": found.get_form_display(),
    }


def _row(each: Listed) -> dict[str, Any]:
    found = each.decision
    return {
        "pk": found.pk,
        "number": commending.number_of(found, each.unit),
        "date": found.date,
        "unit": each.unit,
        "level": each.level.label if each.level else "",
        "form": found.get_form_display(),
        "collectives": each.collectives,
        "individuals": each.individuals,
    }


def _published(found: Award) -> Published:
    [row] = queries.public_rows([found])
    return row


def _lines() -> list[Line]:
    return [each for each in orgs.lines() if each.kind == Line.Kind.SECTOR]


def _asked(request: HttpRequest, known: list[int]) -> Asked:
    years = tuple(str(each) for each in known)
    year = asking.choice(request.GET, "nam", years) if years else ""
    codes = [each.code for each in _lines()]
    return Asked(
        year=int(year) if year else None,
        form=asking.choice(request.GET, "hinh-thuc", ("", *Form.values)),
        kind=asking.choice(request.GET, "ai", ("", *Kind.values)),
        line=asking.choice(request.GET, "he", ("", TERRITORY_ALONE, *codes)),
    )


def _no_such_page(pages: int) -> AskError:
    return AskError(
        field="trang",
        vi=f"Chỉ có {pages} trang. Chọn từ 1 đến {pages}.",
        en=f"There are only {pages} pages. Choose from 1 to {pages}.",
    )
