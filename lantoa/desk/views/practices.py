"""Mô hình: the library, one practice and how it spread, the steps of its life, and taking it up."""

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lantoa.desk import here
from lantoa.desk.doors import door, page
from lantoa.desk.http import DeskRequest
from lantoa.desk.views.spreading import door_of, found
from lantoa.lib import dates, numbers
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError
from lantoa.look import clock, spreading
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.practices import actions, adoptions, queries
from lantoa.practices.adoptions import Result
from lantoa.practices.models import Practice, Sign
from lantoa.practices.queries import Wanted
from lantoa.practices.refusals import AFTER

A_PAGE, SIGNS = 24, 8
REACHES, COSTS = (1, 3, 10, 30), (0, 1_000_000, 5_000_000, 20_000_000)
State = Practice.State
# What may be done next, by the name of its action: the state it leads to, and the right it needs.
STEPS: dict[str, tuple[Practice.State, str, Callable[..., Practice]]] = {
    "dang-ky": (State.REGISTERED, "practices.register", actions.register),
    "tham-dinh": (State.APPRAISED, "practices.register", actions.appraise),
    "cong-nhan": (State.RECOGNISED, "practices.recognise", actions.recognise),
    "duy-tri": (State.KEPT, "practices.register", actions.keep),
    "dung": (State.STOPPED, "practices.propose", actions.stop),
}


@require_safe
@door("practices.read")
def practices(request: DeskRequest) -> HttpResponse:
    """Searched and filtered by what stands in the address, so that it can be shared."""
    wanted = _wanted(request)
    found = queries.library(request.person, wanted, clock.now())
    part = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    names = queries.names_of({each.unit_id for each in part}, day_of(clock.now()))
    context = {
        "part": part,
        "rows": [(each, names.get(each.unit_id, "")) for each in part],
        "wanted": wanted,
        "may_propose": bool(
            here.here(request, day_of(clock.now())).roles & rights.ACTS["practices.propose"].roles
        ),
        "is_filtered": wanted != Wanted(order=wanted.order),
        "fields": Practice.Field.choices,
        "kinds": Practice.Kind.choices,
        "states": Practice.State.choices,
        "places": spreading.places(day_of(clock.now())),
        "reaches": REACHES,
        "costs": COSTS,
    }
    return page(request, "desk/practices/list.html", context)


def _wanted(request: DeskRequest) -> Wanted:
    asked = request.GET.get
    return Wanted(
        words=asked("tim", "")[:200],
        field=asked("linh-vuc", ""),
        kind=asked("loai", ""),
        state=asked("buoc", ""),
        place=asked("noi", "")[:20],
        reach=_number(asked("lan-toa", "")) or 0,
        cost=_number(asked("chi-phi", "")),
        order=asked("xep", ""),
    )


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 13 else None


@require_safe
@door("practices.read")
def one(request: DeskRequest, pk: int) -> HttpResponse:
    practice = found(request, pk)
    today = day_of(clock.now())
    nodes = queries.spread_of(practice, today)
    own = queries.is_followed_by(practice, here.here(request, today).unit)
    context = {
        "practice": practice,
        "unit_name": orgs.name_near(practice.unit_id, today),
        "contact_name": orgs.name_near(practice.contact_unit_id, today),
        "nodes": nodes,
        "moves": spreading.moves(nodes),
        "rest": range(nodes[-1].depth),
        "drawn": spreading.drawn(nodes, today),
        "numbers": spreading.numbers_of(nodes, today, door_of(practice)),
        "signs": _signs(practice, today),
        "events": queries.events_of(practice),
        "steps": _steps(request, practice),
        "own": own,
        "may_adopt": own is None and _may_adopt(request, practice),
        "alike": queries.similar(practice.title, leave_out=practice.pk, most=3),
        "today": today,
    }
    return page(request, "desk/practices/one.html", context)


def _signs(practice: Practice, today: dt.date) -> list[tuple[Sign, str]]:
    """The newest records that show it, each with the name of the unit that held it."""
    shown = list(queries.signs_of(practice)[:SIGNS])
    names = queries.names_of({each.activity.unit_id for each in shown}, today)
    return [(each, names.get(each.activity.unit_id, "")) for each in shown]


def _steps(request: DeskRequest, practice: Practice) -> list[tuple[str, str]]:
    """What the one who looks may do next."""
    found = []
    for name, (state, act, _action) in STEPS.items():
        if practice.state not in AFTER[state]:
            continue
        may = (
            rights.units_among(request.person, act, [practice.unit_id], clock.now()).exists()
            if state == State.STOPPED
            else queries.may_judge(request.person, practice, act, clock.now())
        )
        if may:
            found.append((name, str(WORDS[name])))
    return found


WORDS = {
    "dang-ky": gettext_lazy("Đăng ký"),
    "tham-dinh": gettext_lazy("Thẩm định xong"),
    "cong-nhan": gettext_lazy("Công nhận"),
    "duy-tri": gettext_lazy("Ghi nhận đang duy trì"),
    "dung": gettext_lazy("Dừng mô hình"),
}


def _may_adopt(request: DeskRequest, practice: Practice) -> bool:
    unit = here.here(request, day_of(clock.now())).unit
    is_open = practice.registered_date is not None and practice.state != State.STOPPED
    may = rights.units_among(request.person, "practices.adopt", [unit.pk], clock.now())
    return is_open and practice.unit_id != unit.pk and may.exists()


@require_POST
@door("practices.read")
def step(request: DeskRequest, pk: int) -> HttpResponse:
    """The next step of its life: which one, on which day, why."""
    practice = found(request, pk)
    date = dates.read_day(request.POST.get("ngay", ""))
    if request.POST.get("buoc") not in STEPS:
        raise _no_step()
    action = STEPS[request.POST["buoc"]][2]
    action(
        practice=practice,
        date=date,
        reason=request.POST.get("ly-do", "")[:300],
        seen=_number(request.POST.get("ban", "")) or 0,
        by=request.person,
        at=clock.now(),
    )
    messages.success(request, _("Đã ghi bước mới của mô hình."))
    return redirect("desk:practice", pk=pk)


@require_POST
@door("practices.read")
def adopt(request: DeskRequest, pk: int) -> HttpResponse:
    """My unit puts itself down for it."""
    practice = found(request, pk)
    source = queries.adoption_of(practice, _number(request.POST.get("tu", "")) or 0)
    if source is None:
        raise _no_source()
    unit = here.here(request, day_of(clock.now())).unit
    adoptions.ask(practice=practice, unit=unit, source=source, by=request.person, at=clock.now())
    messages.success(
        request, _("Đã đăng ký. Bắt đầu làm thì xác nhận ngày, mô hình mới được tính.")
    )
    return redirect("desk:practice", pk=pk)


@require_POST
@door("practices.adopt")
def follow(request: DeskRequest, pk: int) -> HttpResponse:
    """My unit's own adoption: confirm it, decline it, tell a result, end it."""
    adoption = queries.adoption_for(request.person, pk, clock.now())
    if adoption is None:
        raise Http404
    seen, by, at = _number(request.POST.get("ban", "")) or 0, request.person, clock.now()
    what, reason = request.POST.get("viec", ""), request.POST.get("ly-do", "")[:300]
    if what == "khong":
        adoptions.decline(adoption=adoption, reason=reason, seen=seen, by=by, at=at)
    else:
        date = dates.read_day(request.POST.get("ngay", ""))
        if what == "xac-nhan" and adoption.learned_from:
            adoptions.confirm(
                adoption=adoption, source=adoption.learned_from, start=date, seen=seen, by=by, at=at
            )
        elif what == "ket-qua":
            result = Result(date, _count(request, "nguoi"), _count(request, "tien"))
            adoptions.report(
                adoption=adoption, result=result, seen=seen, reason=reason, by=by, at=at
            )
        else:
            adoptions.end(adoption=adoption, date=date, reason=reason, seen=seen, by=by, at=at)
    messages.success(request, _("Đã ghi."))
    return redirect("desk:practice", pk=adoption.practice_id)


def _count(request: DeskRequest, box: str) -> int | None:
    typed = request.POST.get(box, "").strip()
    return numbers.read(typed) if typed else None


def _no_step() -> LantoaError:
    return LantoaError(
        vi="Chưa chọn bước nào. Hãy chọn lại trên trang mô hình.",
        en="No step was chosen. Choose one on the practice's page.",
    )


def _no_source() -> LantoaError:
    return LantoaError(
        vi="Chưa chọn học từ đơn vị nào. Hãy chọn trên trang mô hình.",
        en="Whom you learn from is missing. Choose it on the practice's page.",
    )
