"""Issued reports: the list, and a report as a page in which every figure opens."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from lantoa.portal import asking, issued, reporting
from lantoa.portal.doors import door, lang, page
from lantoa.reports import paper as papers
from lantoa.reports import wording
from lantoa.reports.models import Report

SORTS = ("", "ten", "-ten", "ky", "-ky", "ngay", "-ngay")
FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@door
def reports(request: HttpRequest) -> HttpResponse:
    sort = asking.choice(request.GET, "xep", SORTS)
    found = reporting.listed(issued.reports())
    keys: dict[str, Callable[[reporting.Listed], Any]] = {
        "ten": lambda row: row.title,
        "ky": lambda row: row.period_asked.start,
        "ngay": lambda row: row.date,
    }
    if sort:
        found.sort(key=keys[sort.removeprefix("-")], reverse=sort[0] == "-")
    return page(
        request, "portal/reports.html", {"section": "reports", "reports": found, "sort": sort}
    )


@door
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The body; each appendix and the annex of sources have a page of their own, or the page would be too heavy."""
    asked = get_object_or_404(Report, pk=pk)
    paper = papers.from_json(asked.paper)
    tabs = _tabs(paper)
    view = asking.choice(request.GET, "xem", tuple(tabs))
    live = issued.live(asked)
    context = {
        "section": "reports",
        "report": asked,
        "paper": paper,
        "is_english": lang() == "en",
        "tabs": tabs,
        "downloads": reporting.downloads(asked),
        "view": view,
        "changed": sum(
            bool(reporting.changed(each, live)) for each in papers.figures(paper).values()
        ),
        **_shown(paper, view, live),
    }
    return page(request, "portal/report.html", context)


def _tabs(paper: papers.Paper) -> dict[str, str]:
    appendices = {
        f"phu-luc-{table.number}": wording.appendix_name(table, paper) for table in paper.tables
    }
    return {"": _("Toàn văn"), **appendices, "nguon": _("Nguồn các con số")}


def _shown(paper: papers.Paper, view: str, live: reporting.Live) -> dict[str, Any]:
    if view == "nguon":
        return {
            "sources": reporting.sources(paper, issued.door_of, live),
            "intro": wording.shared_by_all(paper),
        }
    if view:
        number = int(view.removeprefix("phu-luc-"))
        return {"table": reporting.table(paper, number, issued.door_of, live)}
    return {
        "blocks": reporting.blocks(paper, issued.door_of, live),
        "contents": reporting.contents(paper),
        "authority": issued.authority(paper),
        "has_stated": any(source.is_stated for source in paper.sources),
        "place_and_date": issued.place_and_date(paper),
        "mottos": issued.mottos(paper),
    }


@door
def download(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    asked = get_object_or_404(Report, pk=pk)
    response = HttpResponse(issued.file(asked, form), content_type=FORMS[form])
    response["Content-Disposition"] = f'attachment; filename="bao-cao-{asked.period}-{pk}.{form}"'
    return response
