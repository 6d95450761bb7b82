"""What is done from a practice's page: the next step of its life, taking it up, telling what it came to, showing a record."""

import datetime as dt
from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lantoa.desk import here, telling
from lantoa.desk.doors import door, page, sentence
from lantoa.desk.http import DeskRequest
from lantoa.desk.views.practices import STEPS, UNDO, shown
from lantoa.desk.views.spreading import found
from lantoa.lib import dates, numbers
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError, RefusedError
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.practices import adoptions, queries, undoing
from lantoa.practices.adoptions import Result
from lantoa.practices.models import Adoption, Practice

A_PAGE = 20
# The boxes, by the name that a refusal gives them: of a step of its life, and of the unit's own adoption.
STEP_BOXES = {"date": "ngay", "reason": "ly-do", "state": "buoc"}
OWN_BOXES = {"date": "ngay", "start": "ngay", "reason": "ly-do", "participants": "nguoi", "saved": "tien"}  # fmt: skip


@require_POST
@door("practices.read")
def step(request: DeskRequest, pk: int) -> HttpResponse:
    """The next step of its life: which one, on which day, why."""
    practice = found(request, pk)
    if request.POST.get("buoc") not in STEPS:
        return shown(request, practice, {"buoc": _("Chưa chọn bước nào. Hãy bấm một bước.")})
    action = STEPS[request.POST["buoc"]][2]
    wrong = _tried(
        lambda: action(
            practice=practice,
            date=dates.read_day(request.POST.get("ngay", "")),
            reason=request.POST.get("ly-do", "")[:300],
            seen=_number(request, "ban"),
            by=request.person,
            at=clock.now(),
        )
    )
    if wrong:
        box = STEP_BOXES.get(getattr(wrong, "where", "date"), "ngay")
        return shown(request, practice, {box: sentence(wrong)})
    _may_undo(request, practice)
    return redirect("desk:practice", pk=pk)


def _may_undo(request: DeskRequest, practice: Practice) -> None:
    """Keep what was said just now; that it was replicated, which may have followed, nobody said."""
    taken = queries.events_of(practice).exclude(state=Practice.State.REPLICATED)
    until = clock.now() + dt.timedelta(seconds=undoing.UNDO_SECONDS)
    told = {"practice": practice.pk, "until": until.isoformat()}
    request.session[UNDO] = told | {"id": taken.latest("pk").pk}


@require_POST
@door("practices.read")
def undo(request: DeskRequest) -> HttpResponse:
    """Take back the step that was said just now."""
    kept = request.session.pop(UNDO, None)
    try:
        undoing.undo(event=_number(request, "buoc"), by=request.person, at=clock.now())
        messages.success(request, _("Đã hoàn tác."))
    except undoing.TooLateError as error:
        messages.warning(request, sentence(error))
    return redirect("desk:practice", pk=kept["practice"]) if kept else redirect("desk:practices")


@require_POST
@door("practices.read")
def adopt(request: DeskRequest, pk: int) -> HttpResponse:
    """My unit puts itself down for it."""
    practice = found(request, pk)
    source = queries.adoption_of(practice, _number(request, "tu"))
    if source is None:
        return shown(request, practice, {"tu": _("Chưa chọn học từ đơn vị nào.")})
    unit = here.here(request, day_of(clock.now())).unit
    wrong = _tried(
        lambda: adoptions.ask(
            practice=practice, unit=unit, source=source, by=request.person, at=clock.now()
        )
    )
    if wrong:
        return shown(request, practice, {"tu": sentence(wrong)})
    messages.success(
        request, _("Đã đăng ký. Bắt đầu làm thì xác nhận ngày, mô hình mới được tính.")
    )
    return redirect("desk:practice", pk=pk)


@require_POST
@door("practices.adopt")
def follow(request: DeskRequest, pk: int) -> HttpResponse:
    """An adoption that I keep: confirm it, decline it, tell a result, end it."""
    adoption = _kept(request, pk)
    wrong = _tried(lambda: _followed(request, adoption))
    if wrong:
        practice: Practice = adoption.practice
        box = OWN_BOXES.get(getattr(wrong, "where", "date"), "ngay")
        return shown(request, practice, {f"{box}-{pk}": sentence(wrong)})
    messages.success(request, _("Đã ghi."))
    return redirect("desk:practice", pk=adoption.practice_id)


def _followed(request: DeskRequest, adoption: Adoption) -> None:
    seen, by, at = _number(request, "ban"), request.person, clock.now()
    what, reason = request.POST.get("viec", ""), request.POST.get("ly-do", "")[:300]
    if what == "khong":
        adoptions.decline(adoption=adoption, reason=reason, seen=seen, by=by, at=at)
        return
    date = dates.read_day(request.POST.get("ngay", ""))
    if what == "xac-nhan" and adoption.learned_from:
        adoptions.confirm(
            adoption=adoption, source=adoption.learned_from, start=date, seen=seen, by=by, at=at
        )
    elif what == "ket-qua":
        result = Result(date, _count(request, "nguoi"), _count(request, "tien"))
        adoptions.report(adoption=adoption, result=result, seen=seen, reason=reason, by=by, at=at)
    else:
        adoptions.end(adoption=adoption, date=date, reason=reason, seen=seen, by=by, at=at)


@require_http_methods(["GET", "HEAD", "POST"])
@door("practices.adopt")
def show(request: DeskRequest, pk: int) -> HttpResponse:
    """Choose a record that shows that the adoption is alive."""
    adoption = _kept(request, pk)
    wrong = ""
    if request.method == "POST":
        activity = queries.showable(adoption).filter(pk=_number(request, "ho-so")).first()
        if activity is None:
            wrong = _("Hồ sơ này đã nêu, đã rút, hoặc không phải của đơn vị. Hãy chọn hồ sơ khác.")
        else:
            adoptions.show(adoption=adoption, activity=activity, by=request.person, at=clock.now())
            messages.success(request, _("Đã nêu. Mô hình có thêm một dấu hiệu còn sống."))
            return redirect("desk:practice", pk=adoption.practice_id)
    words, today = request.GET.get("tim", "")[:200], day_of(clock.now())
    part = Paginator(queries.showable(adoption, words), A_PAGE).get_page(request.GET.get("trang"))
    names = queries.names_of({each.unit_id for each in part}, today)
    context = {
        "adoption": adoption,
        "unit_name": orgs.name_near(adoption.unit_id, today),
        "part": part,
        "rows": [
            (each, telling.kind_name(each.kind), names.get(each.unit_id, "")) for each in part
        ],
        "words": words,
        "wrong": wrong,
    }
    return page(request, "desk/practices/show.html", context, status=400 if wrong else 200)


def _tried(act: Callable[[], object]) -> LantoaError | None:
    """The refusal of an action, to be shown at its box; who may not at all is told so elsewhere."""
    try:
        act()
    except rights.NotAllowedError:
        raise
    except LantoaError as error:
        return error
    return None


def _kept(request: DeskRequest, pk: int) -> Adoption:
    adoption = queries.adoption_for(request.person, pk, clock.now())
    if adoption is None:
        raise Http404
    return adoption


def _count(request: DeskRequest, box: str) -> int | None:
    """A number typed into a box; empty is not told.

    Raises:
        RefusedError: it is none.
    """
    typed = request.POST.get(box, "").strip()
    try:
        return numbers.read(typed) if typed else None
    except LantoaError as error:
        where = {"nguoi": "participants", "tien": "saved"}[box]
        raise RefusedError(where=where, vi=error.vi, en=error.en) from error


def _number(request: DeskRequest, name: str) -> int:
    said = request.POST.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 13 else 0
