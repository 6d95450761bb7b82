"""Bảng điều hành: the overview of a unit for those who lead it. Filters live in the address."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lantoa.desk import board as boards
from lantoa.desk import here, planning
from lantoa.desk.doors import door, lang, page
from lantoa.desk.http import DeskRequest
from lantoa.desk.overview import Asked
from lantoa.ledger.models import Measure
from lantoa.lib import dates
from lantoa.lib.errors import LantoaError
from lantoa.lib.periods import Period
from lantoa.look import clock
from lantoa.orgs import rights
from lantoa.submissions import due
from lantoa.submissions import queries as submissions
from lantoa.submissions.models import Sheet

PERIODS = 8


class NothingAskedError(LantoaError):
    """No sheet is asked for period by period: there is nothing to oversee yet."""

    def __init__(self) -> None:
        super().__init__(
            vi="Chưa có biểu nào được hỏi định kỳ. Hãy đặt ngày bắt đầu cho một biểu.",
            en="No sheet is asked for period by period yet. Give a sheet its first day.",
        )


class UnknownChoiceError(LantoaError):
    """An address that names a sheet, period or measure that is not there."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            vi=f"Không có “{typed}” để chọn. Hãy chọn trong danh sách.",
            en=f"There is no “{typed}” to choose. Choose from the list.",
        )


@require_safe
@door("desk.oversee")
def board(request: DeskRequest) -> HttpResponse:
    at = clock.now()
    now = here.here(request, dates.day_of(at))
    rights.require(request.person, "desk.oversee", now.unit, at)
    sheets = submissions.asked_sheets(dates.day_of(at))
    if not sheets:
        raise NothingAskedError
    sheet = _chosen(request, "bieu", {each.code: each for each in sheets})
    spans = due.asked_periods(sheet, dates.day_of(at))[: -PERIODS - 1 : -1]
    span = _period(request, {each.code: each for each in spans}, dates.day_of(at))
    measures = {each.code: each for each in submissions.measures_of(sheet)}
    measure = _chosen(request, "chi-tieu", measures)
    read = boards.board(Asked(now, request.person, sheet, span, measure, at))
    context: dict[str, Any] = {
        "board": read,
        "promised": planning.promised(
            now.unit, now.line, year=span.year, day=dates.day_of(at), most=boards.SHOWN_ROWS
        ),
        "period_name": span.name(lang()),
        "measure_name": _named(measure),
        "moment": dates.show_moment(at, lang()),
        "sheets": [(each.code, _named(each), each == sheet) for each in sheets],
        "spans": [(each.code, each.name(lang()), each == span) for each in spans],
        "measures": [(code, _named(each), each == measure) for code, each in measures.items()],
        "map_title": _("%(measure)s, %(period)s")
        % {"measure": _named(measure), "period": span.name(lang())},
    }
    return page(request, "desk/board.html", context)


def _chosen(request: HttpRequest, word: str, known: dict[str, Any]) -> Any:
    """What the address names, or the first."""
    typed = request.GET.get(word, "")
    if typed and typed not in known:
        raise UnknownChoiceError(typed)
    return known[typed] if typed else next(iter(known.values()))


def _period(request: HttpRequest, known: dict[str, Period], today: dt.date) -> Period:
    """The one that the address names; else the newest that is over, for that is what one waits for, or the first."""
    if request.GET.get("ky"):
        return _chosen(request, "ky", known)  # type: ignore[no-any-return]
    over = [each for each in known.values() if each.end <= today]
    return over[0] if over else next(iter(known.values()))


def _named(thing: Sheet | Measure) -> str:
    return thing.name_en if lang() == "en" else thing.name_vi
