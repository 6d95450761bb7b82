"""What the issued reports settle for the other pages: the period they open with, the places on the map, the files."""

import datetime as dt
from collections.abc import Mapping

from django.http import Http404, HttpRequest
from django.shortcuts import get_list_or_404
from django.urls import reverse

from lantoa.lib.periods import CALENDAR, Period, period_on
from lantoa.lib.periods import period as period_of
from lantoa.portal import asking
from lantoa.reports import corrections, layout, queries, tiles
from lantoa.reports import paper as papers
from lantoa.reports.models import Report
from lantoa.reports.paper import Cell, Key, Paper
from lantoa.warehouse import store


def reports() -> list[Report]:
    """All issued reports, the newest first."""
    try:
        found = get_list_or_404(Report)
    except Http404:
        return []
    return sorted(found, key=lambda report: (report.date, report.pk), reverse=True)


def period_of_report(report: Report) -> Period:
    """The period by the rule that its figures were read by."""
    keys = (source["key"] for source in report.paper["sources"] if source["key"])
    first = next(keys, "")
    return period_of(report.period, papers.key_of(first).rule if first else CALENDAR)


def last_year(today: dt.date) -> Period:
    return period_on(today, "year").year_before()


def asked_period(request: HttpRequest, today: dt.date) -> Period:
    """The period in the address; without one, that of the newest report; without a report, the last whole year."""
    if request.GET.get("ky"):
        return asking.period(request.GET, default=last_year(today))
    newest = next(iter(reports()), None)
    default = period_of_report(newest) if newest else last_year(today)
    return asking.period(request.GET, default=default)


def places(day: dt.date) -> Mapping[str, tuple[int, int]]:
    """Column and row, from 1, by official code of the day."""
    return {code: (column + 1, row + 1) for code, (row, column) in tiles.positions(day).items()}


def live(report: Report) -> dict[str, int | None]:
    """What the records of every figure say now; nothing when the ledger has not moved since."""
    if store.now().position == report.ledger_position:
        return {}
    return {key: cell.value for key, cell in corrections.live(report).items()}


def door_of(cell: Cell) -> str:
    """Where a figure opens: its records; a sum of several figures opens its line of the annex."""
    if cell.door:
        code, query = cell.door.split("?", 1)
        return f"{reverse('portal:records', args=[code])}?{query}"
    return f"?xem=nguon#nguon-{cell.number}" if cell.number else ""


def parts_of(cell: Cell) -> list[str]:
    """The doors of the figures that a sum is of; none for a figure that opens itself."""
    if cell.door or not cell.key:
        return []
    key = papers.key_of(cell.key)
    return [_door(key, measure, unit) for measure in key.measures for unit in key.units]


def _door(key: Key, measure: str, unit: int) -> str:
    said = {
        "ky": key.period,
        "chot": "" if key.rule == CALENDAR else key.rule,
        "he": key.line,
        "moc": key.structure,
        "don-vi": unit,
    }
    return reverse("portal:records", args=[measure]) + asking.query_of(said)


def mottos(paper: Paper) -> list[str]:
    return [motto.text for motto in layout.layout_of(paper).mottos]


def authority(paper: Paper) -> str:
    return layout.show_authority(paper.signature, layout.layout_of(paper))


def place_and_date(paper: Paper) -> str:
    return layout.show_place_and_date(paper.head)


def file(report: Report, form: str) -> bytes:
    """The report as a file, drawn again from the kept paper."""
    return queries.DRAW[form](papers.from_json(report.paper))
