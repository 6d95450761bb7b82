"""Trao đổi kinh nghiệm: exchange visits, who received whom, what was learned, and from where an adoption can begin."""

import datetime as dt
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantoa.desk import csvs, here
from lantoa.desk.doors import door, page, sentence
from lantoa.desk.forms import boxes
from lantoa.desk.forms.boxes import Box, Boxes
from lantoa.desk.forms.inspections import whole
from lantoa.desk.http import DeskRequest, year_asked
from lantoa.desk.serving import named
from lantoa.lib import numbers
from lantoa.lib.dates import day_of, show_day
from lantoa.lib.errors import LantoaError
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.orgs.models import Unit
from lantoa.practices import queries as practices
from lantoa.practices import visits as queries
from lantoa.practices.visits import HEADS, Visit
from lantoa.work.models import Activity

A_PAGE, MOST_GUESTS = 30, 30
BOX_OF = {"guests": "khach", "co_organisers": "khach", "date": "ngay", "title": "noi-dung", "values": "nguoi"}  # fmt: skip


class Row(NamedTuple):
    """A visit in a list."""

    pk: int
    day: dt.date
    host: str
    guests: str
    title: str
    heads: int | None


@require_safe
@door("work.read")
def visits(request: DeskRequest) -> HttpResponse:
    """Those whose host or guests one may read about; narrowed by what stands in the address."""
    now, today, asked = clock.now(), day_of(clock.now()), request.GET
    words, year, unit = asked.get("tim", "")[:200], year_asked(request, 0), whole(asked.get("don-vi", ""))  # fmt: skip
    seen = queries.visible_to(request.person, now)
    found = queries.found(seen, words=words, year=year, unit=unit)
    if asked.get("tai") == "csv":
        return _exported(_rows(list(found), today))
    part = Paginator(found, A_PAGE).get_page(asked.get("trang"))
    context = {
        "part": part,
        "rows": _rows(list(part), today),
        "words": words,
        "years": [(each, each == year) for each in queries.years(seen)],
        "unit": unit,
        "unit_name": orgs.name_near(unit, today) if unit else "",
        "is_filtered": bool(words or year or unit),
        "may_receive": bool(here.here(request, today).roles & rights.ACTS["work.record"].roles),
    }
    return page(request, "desk/visits/list.html", context)


def _rows(found: list[Activity], today: dt.date) -> list[Row]:
    guests = {each.pk: [unit.pk for unit in each.co_organisers.all()] for each in found}
    units = {each.unit_id for each in found} | {pk for pks in guests.values() for pk in pks}
    names = named(units, today)
    return [
        Row(
            each.pk,
            each.date,
            names[each.unit_id],
            ", ".join(names[pk] for pk in guests[each.pk]),
            each.title,
            _heads(each),
        )
        for each in found
    ]


def _heads(visit: Activity) -> int | None:
    return next((each.value for each in visit.values.all() if each.measure.code == HEADS), None)


def _exported(rows: list[Row]) -> HttpResponse:
    head = [_("Ngày"), _("Chủ nhà"), _("Khách"), _("Nội dung"), _("Số người")]
    told = [(show_day(row.day), row.host, row.guests, row.title, row.heads) for row in rows]
    return csvs.csv_file("trao-doi.csv", head, told)


@require_http_methods(["GET", "HEAD", "POST"])
@door("work.record")
def receive(request: DeskRequest) -> HttpResponse:
    """My unit received others: recorded once, at my unit."""
    now, is_sent = clock.now(), request.method == "POST"
    typed = dict(request.POST.lists()) if is_sent else {"ngay": [show_day(day_of(now))]}
    host = here.here(request, day_of(now)).unit
    guests = _offered(request, typed, host, day_of(now))
    form = _form({pk: name for pk, (_u, name) in guests.items()}, typed)
    if is_sent and request.POST.get("viec") != "tim":
        made = _received(request, form, host, {pk: unit for pk, (unit, _n) in guests.items()})
        if made is not None:
            messages.success(request, _("Đã ghi cuộc trao đổi. Khách ghi điều học được ở trang này."))  # fmt: skip
            return redirect("desk:visit", pk=made.pk)
    context = {"form": form, "unit_words": request.POST.get("tim-don-vi", "")[:100]}
    return page(request, "desk/visits/receive.html", context, status=400 if form.wrong else 200)


def _offered(
    request: DeskRequest, typed: dict[str, list[str]], host: Unit, today: dt.date
) -> dict[int, tuple[Unit, str]]:
    """Units that were searched for, and those chosen before."""
    words = request.POST.get("tim-don-vi", "")[:100]
    kept = {whole(each) for each in typed.get("khach", ())[:MOST_GUESTS]} - {0}
    units = kept | {row.unit_id for row in orgs.find(words, today)} if words.strip() else kept
    names, found = orgs.names_on(today, units - {host.pk}), orgs.units_numbered(units)
    ordered = sorted(names.items(), key=lambda each: each[1].sort_key)
    return {pk: (found[pk], row.name) for pk, row in ordered}


def _form(guests: dict[int, str], typed: dict[str, list[str]]) -> Boxes:
    offered = [(str(pk), name) for pk, name in guests.items()]
    return boxes.of(
        [
            Box("ngay", _("Ngày"), "day", most=40),
            Box("noi-dung", _("Trao đổi về việc gì"), most=200),
            Box("nguoi", _("Bao nhiêu người dự"), hint=_("Đếm đầu người, cả chủ nhà và khách. Không ghi tên ai."), most=20),
            Box("khach", _("Đơn vị khách"), "many", offered, _("Tìm tên ở ô bên dưới.")),
        ],
        typed,
    )  # fmt: skip


def _received(
    request: DeskRequest, form: Boxes, host: Unit, guests: dict[int, Unit]
) -> Activity | None:
    """The visit as recorded; None, and the form says why, where it was refused."""
    day = form.day("ngay")
    try:
        heads = numbers.read(form.text("nguoi"))
    except LantoaError as error:
        form.wrong["nguoi"] = sentence(error)
        return None
    if day is None:
        return None
    chosen = [guests[pk] for pk in map(whole, form.many("khach")) if pk in guests]
    visit = Visit(host, chosen, day, heads, form.text("noi-dung"))
    try:
        return queries.receive(visit=visit, by=request.person, at=clock.now())
    except rights.NotAllowedError:
        raise
    except LantoaError as error:
        form.refuse(error, BOX_OF, "nguoi")
        return None


@require_safe
@door("work.read")
def visit(request: DeskRequest, pk: int) -> HttpResponse:
    """One visit: host, guests, what each learned, and the practices of the host that one may take up."""
    return _one(request, _found(request, pk), {})


def _one(
    request: DeskRequest, found: Activity, more: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    today = day_of(clock.now())
    lessons = list(queries.lessons_of(found))
    guests = [unit.pk for unit in found.co_organisers.all()]
    names = named({found.unit_id, *guests, *(each.unit_id for each in lessons)}, today)
    mine = here.here(request, today).unit.pk
    context = {
        "visit": found,
        "host": names[found.unit_id],
        "guests": [(pk, names[pk]) for pk in guests],
        "heads": _heads(found),
        "lessons": [(each, names[each.unit_id]) for each in lessons],
        "shown": queries.shown_at(found),
        "may_open": _may(request, "work.read", found.unit_id),
        "may_learn": mine in (found.unit_id, *guests) and _may(request, "work.record", mine),
        "may_adopt": mine in guests and _may(request, "practices.adopt", mine),
    }
    return page(request, "desk/visits/one.html", context | more, status=status)


@require_POST
@door("work.record")
def learn(request: DeskRequest, pk: int) -> HttpResponse:
    """What my unit brought home, perhaps of a practice."""
    found = _found(request, pk)
    what, number = request.POST.get("hoc", "")[:501], whole(request.POST.get("mo-hinh", ""))
    practice = practices.practice_for(request.person, number, clock.now()) if number else None
    unit = here.here(request, day_of(clock.now())).unit
    try:
        by, at = request.person, clock.now()
        queries.learn(activity=found, unit=unit, what=what, practice=practice, by=by, at=at)
    except rights.NotAllowedError:
        raise
    except LantoaError as error:
        more = {"mistakes": [("hoc", sentence(error))], "what": what}
        return _one(request, found, more, status=400)
    messages.success(request, _("Đã ghi điều học được."))
    return redirect("desk:visit", pk=pk)


def _found(request: DeskRequest, pk: int) -> Activity:
    """One that may not be seen answers like one that is not there."""
    found = queries.visit_for(request.person, pk, clock.now())
    if found is None:
        raise Http404
    return found


def _may(request: DeskRequest, act: str, unit: int) -> bool:
    return rights.units_among(request.person, act, [unit], clock.now()).exists()
