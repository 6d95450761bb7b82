"""Phong trào: those one may read about, one of them with who takes part; launching, joining, leaving, ending."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantoa.awards import queries as awards
from lantoa.awards.queries import Filter
from lantoa.desk import csvs, here, parted, serving
from lantoa.desk.doors import door, lang, page, sentence
from lantoa.desk.forms import boxes
from lantoa.desk.forms.boxes import Box, Boxes
from lantoa.desk.http import DeskRequest, year_asked
from lantoa.lib import dates
from lantoa.lib.dates import day_of, show_day
from lantoa.lib.errors import LantoaError
from lantoa.look import clock
from lantoa.orgs import rights
from lantoa.orgs.models import Line, Person
from lantoa.plans.actions import movements as actions
from lantoa.plans.models import Movement
from lantoa.plans.queries import movements as queries
from lantoa.practices import queries as practices
from lantoa.practices.queries import Wanted
from lantoa.work import served

A_PAGE, MOST_YEARS = 30, 12
SORTS = {"ten": "folded", "-ten": "-folded", "ngay": "start_date", "-ngay": "-start_date", "so": "taking_part", "-so": "-taking_part"}  # fmt: skip
BOX_OF = {"name": "ten", "kind": "loai", "line": "he-thong", "end_date": "den", "aim": "muc-dich"}


@require_safe
@door("plans.read")
def movements(request: DeskRequest) -> HttpResponse:
    now, today, asked = clock.now(), day_of(clock.now()), request.GET
    words, kind = asked.get("tim", "")[:200], asked.get("loai", "")
    kind = kind if kind in Movement.Kind.values else ""
    runs = today if asked.get("xem") == "dang" else None
    found = queries.search(
        queries.seen_by(request.person, now), words=words, kind=kind, running=runs
    )
    sort = asked.get("xep", "-so")
    found = queries.with_counts(found, today).order_by(SORTS.get(sort, "-taking_part"), "pk")
    if asked.get("tai") == "csv":
        head = [_("Tên"), _("Loại"), _("Từ ngày"), _("Đến trước ngày"), _("Đơn vị đang tham gia")]
        rows = [
            (each.name, str(each.get_kind_display()), show_day(each.start_date), show_day(each.end_date) if each.end_date else "", getattr(each, "taking_part", 0))
            for each in found
        ]  # fmt: skip
        return csvs.csv_file("phong-trao.csv", head, rows)
    part = Paginator(found, A_PAGE).get_page(asked.get("trang"))
    context = {
        "part": part,
        "names": serving.named({each.unit_id for each in part if not each.launcher}, today),
        "stands": parted.by_part(request, "movement", today.year, today),
        "words": words,
        "kind": kind,
        "kinds": Movement.Kind.choices,
        "shows_running": runs is not None,
        "sort": sort,
        "is_filtered": bool(words or kind or runs),
        "may_launch": _holds(request, "plans.launch"),
    }
    return page(request, "desk/movements/list.html", context)


@require_safe
@door("plans.read")
def movement(request: DeskRequest, pk: int) -> HttpResponse:
    """One movement: what it is for, who takes part, how much was done for it."""
    return _one(request, _found(request, pk), {})


@require_safe
@door("plans.read")
def activities(request: DeskRequest, pk: int) -> HttpResponse:
    """What was held for a movement, as far as one may read it."""
    found = _found(request, pk)
    held = served.for_movement(found, request.person, clock.now())
    part = Paginator(held, A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "part": part,
        "rows": serving.rows(list(part), day_of(clock.now())),
        "heading": found.name,
        "back": reverse("desk:movement", args=[pk]),
        "back_name": _("Phong trào"),
    }
    return page(request, "desk/programmes/served.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door("plans.launch")
def launch(request: DeskRequest) -> HttpResponse:
    """Launch a movement from the unit where one works."""
    now = clock.now()
    unit = here.here(request, day_of(now)).unit
    lines = queries.lines_of(unit)
    form = _form(lines, dict(request.POST.lists()) if request.method == "POST" else None)
    if request.method == "POST":
        rights.require(request.person, "plans.launch", unit, now)
        told = _read(form, lines)
        if told:
            try:
                made = actions.launch(unit=unit, by=request.person, at=now, **told)
                messages.success(request, _("Đã phát động."))
                return redirect("desk:movement", pk=made.pk)
            except LantoaError as error:
                form.refuse(error, BOX_OF, "ten")
    context = {
        "form": form,
        "heading": _("Phát động phong trào, cuộc vận động"),
        "action": _("Phát động"),
        "back": reverse("desk:movements"),
        "back_name": _("Phong trào"),
    }
    return page(request, "desk/boxes.html", context, status=400 if form.wrong else 200)


@require_POST
@door("plans.join")
def join(request: DeskRequest, pk: int) -> HttpResponse:
    """The unit where one works takes part from a day on."""
    found, now = _found(request, pk), clock.now()
    unit = here.here(request, day_of(now)).unit
    try:
        date = dates.read_day(request.POST.get("ngay", "")[:40])
        actions.join(movement=found, unit=unit, date=date, by=request.person, at=now)
    except rights.NotAllowedError:
        raise
    except LantoaError as error:
        return _one(request, found, {"wrong": sentence(error)}, status=400)
    messages.success(request, _("Đã ghi: đơn vị tham gia."))
    return redirect("desk:movement", pk=pk)


@require_POST
@door("plans.join")
def leave(request: DeskRequest, pk: int, joining: int) -> HttpResponse:
    found, now = _found(request, pk), clock.now()
    whom = queries.joinings_of(found, day_of(now)).filter(pk=joining).first()
    if whom is None or not _may_at(request, "plans.join", whom.unit_id):
        raise Http404
    try:
        date = dates.read_day(request.POST.get("ngay", "")[:40])
        reason = request.POST.get("ly-do", "")
        actions.leave(joining=whom, date=date, reason=reason, by=request.person, at=now)
    except LantoaError as error:
        return _one(request, found, {"wrong": sentence(error), "wrong_at": joining}, status=400)
    messages.success(request, _("Đã ghi: đơn vị thôi tham gia."))
    return redirect("desk:movement", pk=pk)


@require_POST
@door("plans.launch")
def end(request: DeskRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    if not _may_at(request, "plans.launch", found.unit_id):
        raise Http404
    try:
        date = dates.read_day(request.POST.get("ngay", "")[:40])
        actions.end(movement=found, date=date, by=request.person, at=clock.now())
    except LantoaError as error:
        return _one(request, found, {"wrong": sentence(error), "wrong_at": "end"}, status=400)
    messages.success(request, _("Đã kết thúc."))
    return redirect("desk:movement", pk=pk)


def _one(
    request: DeskRequest, found: Movement, more: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    now, today = clock.now(), day_of(clock.now())
    unit, is_over = here.here(request, today).unit, not _is_in(found, today)
    last = found.end_date.year if is_over and found.end_date else today.year + 1
    year = year_asked(request, min(last, today.year))
    stands = parted.of(request, "movement", found.pk, year, today)
    has_left = is_over or request.GET.get("xem") == "da-thoi"
    joinings = queries.joinings_of(found, today, has_left=has_left)
    part = Paginator(joinings, A_PAGE).get_page(request.GET.get("trang"))
    inside = set(
        rights.units_among(
            request.person, "plans.join", [each.unit_id for each in part], now
        ).values_list("pk", flat=True)
    )
    names = serving.named({found.unit_id, *(each.unit_id for each in part)}, today)
    context = {
        "movement": found,
        "unit_name": names[found.unit_id],
        "part": part,
        "rows": [
            (each, names[each.unit_id], not has_left and each.unit_id in inside) for each in part
        ],
        "has_left": has_left,
        "is_over": is_over,
        "tally": stands.tally,
        "door": stands.door,
        "year": year,
        "years": range(last, found.start_date.year - 1, -1)[:MOST_YEARS],
        "taking_part": queries.joinings_of(found, today, has_left=is_over).count(),
        "today": show_day(today),
        "may_join": _holds(request, "plans.join") and queries.may_join(found, unit, today),
        "may_end": _may_at(request, "plans.launch", found.unit_id) and _is_in(found, today),
    }
    context |= _referring(request.person, found, now) | more
    return page(request, "desk/movements/one.html", context, status=status)


def _referring(by: Person, found: Movement, now: dt.datetime) -> dict[str, int]:
    """How many records, practices and awards refer to a movement, as far as somebody may read them."""
    given = Filter(movement=found.pk, state="decided")
    return {
        "activities": served.for_movement(found, by, now).count(),
        "practices": practices.library(by, Wanted(movement=found.pk), now).count(),
        "awarded": awards.find(by, given, now).count(),
    }


def _is_in(each: Movement, today: dt.date) -> bool:
    return each.end_date is None or each.end_date > today


def _found(request: DeskRequest, pk: int) -> Movement:
    found = queries.one(request.person, pk, clock.now())
    if found is None:
        raise Http404
    return found


def _holds(request: DeskRequest, act: str) -> bool:
    return bool(here.here(request, day_of(clock.now())).roles & rights.ACTS[act].roles)


def _may_at(request: DeskRequest, act: str, unit: int) -> bool:
    return rights.units_among(request.person, act, [unit], clock.now()).exists()


def _form(lines: Sequence[Line], typed: Mapping[str, Sequence[str]] | None) -> Boxes:
    named = [(each.code, each.name_en if lang() == "en" else each.name_vi) for each in lines]
    kinds = [(str(value), str(label)) for value, label in Movement.Kind.choices]
    return boxes.of(
        [
            Box("ten", _("Tên")),
            Box("loai", _("Loại"), "choice", kinds),
            Box("muc-dich", _("Mục đích, tiêu chí"), "long", most=2000, is_needed=False),
            Box("co-quan", _("Cơ quan phát động, nếu không phải đơn vị mình"), most=200, is_needed=False),
            Box("he-thong", _("Phát động trong hệ thống"), "choice", named),
            Box("tu", _("Từ ngày"), "day"),
            Box("den", _("Đến trước ngày"), "day", is_needed=False),
        ],
        typed,
    )  # fmt: skip


def _read(form: Boxes, lines: Sequence[Line]) -> dict[str, Any] | None:
    line = next((each for each in lines if each.code == form.choice("he-thong")), None)
    told: dict[str, Any] = {
        "name": form.text("ten"), "kind": form.choice("loai"), "aim": form.text("muc-dich"),
        "launcher": form.text("co-quan"), "line": line, "start_date": form.day("tu"),
        "end_date": form.day("den"),
    }  # fmt: skip
    return None if form.wrong else told
