"""The door behind a figure: the records summed, with the proof that they add up to it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.ledger.models import Measure
from lantoa.lib import dates, numbers
from lantoa.portal import asking, behind, checked, exports, reading, rows
from lantoa.portal.doors import door, lang, page
from lantoa.portal.views import figures
from lantoa.portal.views.figures import Asked

VIEWS = ("", "don-vi", "thang", "cach-dem", "sua")
SORTS = ("", "ngay", "-ngay", "so", "-so")
UNIT_SORTS = ("", "ten", "-ten", "so", "-so", "gui", "-gui")
HEAD = ["so_but_toan", "ngay", "don_vi_id", "don_vi", "viec", "so_tu_khai", "gia_tri", "ghi_luc"]


@door
def records(request: HttpRequest, code: str) -> HttpResponse:
    view = asking.choice(request.GET, "xem", VIEWS)
    sort = asking.choice(request.GET, "xep", UNIT_SORTS if view == "don-vi" else SORTS)
    asked = figures.ask(request, code, with_months=view == "thang")
    question, scene = asked.question, asked.scene
    context = {
        **figures.about(asked),
        "tabs": _tabs(),
        "view": view,
        "sort": sort,
        "csv": question.address("records-csv"),
        "crumbs": reading.crumbs(scene, question.measure, "records"),
        "figure_page": question.address(),
        "wrong": reverse("portal:ask")
        + asking.query_of({"ve": question.address("records"), "noi": question.unit}),
    }
    if question.measure.nature == Measure.Nature.RATIO and view in ("", "sua"):
        context["parts"] = _parts(asked)
    elif view == "thang":
        context |= rows.trend_of(scene, question.measure, dates.day_of(asked.moment))
    elif view == "don-vi":
        context |= figures.table(asked, sort)
    elif view != "cach-dem":
        context |= _entries(request, asked, sort=sort, only_corrections=view == "sua")
        context["checked"] = checked.rows(question)
        below = [row for row in rows.below(scene, question.measure) if row.value]
        context["down"], context["down_folded"] = rows.fold(below, question.measure)
    return page(request, "portal/records.html", context)


def _tabs() -> list[tuple[str, str]]:
    words = (_("Hồ sơ"), _("Theo đơn vị"), _("Theo tháng"), _("Cách đếm"), _("Lịch sử sửa"))
    return list(zip(VIEWS, words, strict=True))


def _parts(asked: Asked) -> list[dict[str, str]]:
    """The two totals of a ratio, each with its own door."""
    measure = asked.question.measure
    both = ((measure.top, asked.value.top), (measure.bottom, asked.value.bottom))
    return [
        {
            "href": asked.scene.question(part).address("records"),
            "text": numbers.show(value, lang()) if value is not None else numbers.NO_VALUE,
            "unit": asking.measure_unit(part),
            "name": asking.measure_name(part),
        }
        for part, value in both
        if part is not None
    ]


def _entries(
    request: HttpRequest, asked: Asked, *, sort: str, only_corrections: bool
) -> dict[str, Any]:
    number = asking.page_number(request.GET)
    since = asking.position(request.GET, "sau")
    entries = reading.entries(asked.scene, asked.question.measure)
    if since:
        entries = entries.filter(pk__gt=since)
    found = behind.page_of(entries, number=number, sort=sort, only_corrections=only_corrections)
    above = reading.whereabouts(asked.scene, [row.unit_id for row in found.rows])
    start = (number - 1) * asking.PAGE
    return {
        "entries": [(row, above.get(row.unit_id, "")) for row in found.rows],
        "units_counted": found.units,
        "has_stated": any(row.is_stated for row in found.rows),
        "only_corrections": only_corrections,
        "count": found.count,
        "page": number,
        "pages": found.pages,
        "page_before": number - 1,
        "page_after": number + 1,
        "first": start + 1,
        "last": start + len(found.rows),
        "page_sum": sum(row.value for row in found.rows),
        "total": found.total,
        "since": since,
        "proof": found.total == (asked.value.top or 0),
    }


@door
def as_csv(request: HttpRequest, code: str) -> HttpResponseBase:
    asked = figures.ask(request, code)
    count, found = behind.all_of(reading.entries(asked.scene, asked.question.measure))
    name = f"{code}-{asked.question.period.code}-ho-so.csv"
    return exports.csv_file(name, HEAD, found, count=count)
