"""How a practice spread: on the map year by year, as a curve, and the adoptions behind every number."""

import datetime as dt
from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lantoa.desk import books, csvs
from lantoa.desk.doors import door, page
from lantoa.desk.http import DeskRequest
from lantoa.lib.dates import day_of, read_day, show_day
from lantoa.look import clock, spreading
from lantoa.look.spreading import Follower
from lantoa.practices import queries
from lantoa.practices.models import Practice
from lantoa.practices.reach import How, Wanted
from lantoa.practices.spread import Node


@require_safe
@door("practices.read")
def spread(request: DeskRequest, pk: int) -> HttpResponse:
    """The map of a day (`den`), small ones of every year's end beside it, and the curve."""
    practice, today = found(request, pk), day_of(clock.now())
    nodes = queries.spread_of(practice, today)
    asked = request.GET.get("den", "")[:20]
    day = min(read_day(asked), today) if asked else today
    opens = door_of(practice)
    context = {
        "practice": practice,
        "numbers": spreading.numbers_of(nodes, today, opens),
        "atlas": spreading.atlas(nodes, day, today, opens),
        "curve": spreading.curve_of(nodes, today),
        "month_rows": spreading.month_rows(nodes, today, opens),
    }
    return page(request, "desk/practices/spread.html", context)


@require_safe
@door("practices.read")
def followers(request: DeskRequest, pk: int) -> HttpResponse:
    """The adoptions that a number counted: as a table, as CSV, as a workbook."""
    practice, today = found(request, pk), day_of(clock.now())
    nodes = queries.spread_of(practice, today)
    listed = spreading.listed(request.GET, nodes, today)
    if request.GET.get("tai") in ("csv", "xlsx"):
        return _file(request.GET["tai"], practice, listed.rows)
    context = {
        "practice": practice,
        "caption": listed.caption,
        "rows": listed.rows,
        "total": listed.total,
        "ways": _ways(nodes, practice, listed.wanted, today),
    }
    return page(request, "desk/practices/followers.html", context)


def _ways(
    nodes: Sequence[Node], practice: Practice, wanted: Wanted, today: dt.date
) -> list[tuple[spreading.Number, bool]]:
    """The lists of today, to change between them."""
    opens = door_of(practice)
    here = opens(wanted.how) if wanted.day == today and wanted.units is None else ""
    numbers = spreading.numbers_of(nodes, today, opens)
    return [(each, each.href == here and not wanted.since) for each in numbers]


def _file(form: str, practice: Practice, rows: Sequence[Follower]) -> HttpResponse:
    head = [
        _("Đơn vị"),
        _("Học từ"),
        _("Từ ngày"),
        _("Đến ngày"),
        _("Trạng thái"),
        _("Lý do dừng"),
        _("Người tham gia"),
        _("Tiết kiệm (đồng)"),
        _("Dấu hiệu gần nhất"),
    ]
    cells: list[list[csvs.Cell]] = [
        [
            row.unit, row.learned_from, _day(row.start), _day(row.end), row.tag.words, row.reason,
            row.participants, row.saved, _day(row.sign),
        ]
        for row in rows
    ]  # fmt: skip
    name = f"noi-lam-theo-{practice.pk}.{form}"
    make = csvs.csv_file if form == "csv" else books.workbook
    return make(name, head, cells)


def _day(day: dt.date | None) -> str:
    return show_day(day) if day else ""


def door_of(practice: Practice) -> spreading.Door:
    """The list of a practice's adoptions that a number opens."""
    there = reverse("desk:practice-followers", args=[practice.pk])

    def opens(how: How, **said: object) -> str:
        return there + spreading.query_of(how, **said)

    return opens


def found(request: DeskRequest, pk: int) -> Practice:
    """One that may not be seen answers like one that is not there."""
    practice = queries.practice_for(request.person, pk, clock.now())
    if practice is None:
        raise Http404
    return practice
