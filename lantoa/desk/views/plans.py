"""Kế hoạch năm: what a unit sets itself for a year, sent up and approved right above."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantoa.deeds import queries as deeds
from lantoa.deeds.standing import tally
from lantoa.desk import beside, here, planning
from lantoa.desk.doors import door, lang, page, sentence
from lantoa.desk.forms import plans as forms
from lantoa.desk.http import DeskRequest, year_asked
from lantoa.lib.dates import day_of
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.plans import answers, asking, clarity
from lantoa.plans.actions import plans as actions
from lantoa.plans.actions import reviews
from lantoa.plans.actions import tasks as task_actions
from lantoa.plans.models import Directive, Plan, PlanReview, Task, Theme
from lantoa.plans.queries import directives, programmes
from lantoa.plans.queries import plans as queries
from lantoa.plans.refusals import ChangedMeanwhileError, RefusedError

SEND, REOPEN, RETURN = "gui", "mo", "tra-lai"
UNDO = "hoan-tac-ke-hoach"
# Where a mistake is, and the id of its box.
PLACES = {
    "study": "hoc-tap",
    "follow": "lam-theo",
    "reason": "ly-do",
    "theme": "chuyen-de",
    "directives": "van-ban-khac",
}


@require_safe
@door("plans.read")
def plans(request: DeskRequest) -> HttpResponse:
    """My unit's plan of a year; and how those right below stand."""
    today = day_of(clock.now())
    now = here.here(request, today)
    year = year_asked(request, today.year)
    plan = queries.plan_of(now.unit, year)
    below = deeds.plans_below(now.unit, now.line, year=year, day=today)
    tasks = deeds.below_unit(now.unit, now.line, year=year, day=today)
    context = {
        "year": year,
        "years": [year - 1, year, year + 1],
        "rows_below": planning.unit_rows(tasks.by_head, below, year=year, today=today),
        "tally": tally(tasks.whole, today),
        "door": f"{reverse('desk:tasks')}?nam={year}&don-vi={now.unit.pk}",
        "may_plan": _may(request, "plans.plan", now.unit.pk),
        "left": list(queries.unfinished_of(now.unit, year - 1)),
        "waiting": len(queries.waiting_for(request.person, clock.now())),
    }
    return page(
        request, "desk/plans/mine.html", context | (_told(request, plan, today) if plan else {})
    )


@require_POST
@door("plans.plan")
def begin(request: DeskRequest) -> HttpResponse:
    """Begin a task of my unit, with the plan of its year if there is none; on to the first question."""
    today = day_of(clock.now())
    now = here.here(request, today)
    year = whole(request.POST.get("nam", ""), today.year)
    task = task_actions.begin(
        unit=now.unit,
        line=now.line,
        year=year,
        kind=forms.kind_of(request.POST.get("loai", "")),
        by=request.person,
        at=clock.now(),
    )
    return redirect("desk:task-question", pk=task.pk, step=1)


@require_http_methods(["GET", "HEAD", "POST"])
@door("plans.read")
def plan(request: DeskRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    mistakes: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            return _done(request, found)
        except RefusedError as error:
            mistakes = [(_place(error), sentence(error))]
        except ChangedMeanwhileError as error:
            mistakes = [("ke-hoach", sentence(error))]
    today = day_of(clock.now())
    context = _told(request, _found(request, pk), today) | {"mistakes": mistakes}
    context["reason"] = request.POST.get("ly-do", "")
    return page(request, "desk/plans/one.html", context, status=400 if mistakes else 200)


def _done(request: DeskRequest, found: Plan) -> HttpResponse:
    """Sent up, or opened once more: as it was shown."""
    seen, by, at = whole(request.POST.get("lan", ""), 0), request.person, clock.now()
    if request.POST.get("viec") == REOPEN:
        reason = request.POST.get("ly-do", "")
        actions.reopen(plan=found, seen=seen, reason=reason, by=by, at=at)
        messages.success(
            request, _("Đã mở điều chỉnh. Việc đã duyệt giữ nguyên, thêm việc mới rồi gửi lại.")
        )
    else:
        sent = actions.send(plan=found, seen=seen, by=by, at=at)
        stands = sent.state == Plan.State.APPROVED
        messages.success(request, _("Đã ban hành.") if stands else _("Đã gửi cấp trên duyệt."))
    return redirect("desk:plan", pk=found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@door("plans.plan")
def parts(request: DeskRequest, pk: int) -> HttpResponse:
    """The study part and the following part, the theme, and the directives that the plan carries out."""
    found = _found(request, pk, act="plans.plan")
    # Only its own and those from above: the themes of others are theirs to name.
    themes = programmes.themes_above(found.unit, dt.date(found.year, 12, 31))
    known = _directives(found)
    mistakes: list[tuple[str, str]] = []
    if request.method == "POST":
        theme = next(
            (each for each in themes if str(each.pk) == request.POST.get("chuyen-de")), None
        )
        try:
            actions.write(
                plan=found,
                seen=whole(request.POST.get("lan", ""), 0),
                study=request.POST.get("hoc-tap", ""),
                follow=request.POST.get("lam-theo", ""),
                theme=theme,
                directives=_chosen_directives(request, known),
                by=request.person,
                at=clock.now(),
            )
            messages.success(request, _("Đã lưu hai phần của kế hoạch."))
            return redirect("desk:plan", pk=pk)
        except RefusedError as error:
            mistakes = [(PLACES.get(error.where, "hoc-tap"), sentence(error))]
        except ChangedMeanwhileError as error:
            mistakes = [("hoc-tap", sentence(error))]
    context = _parts_told(request, found, themes, known) | {"mistakes": mistakes}
    return page(request, "desk/plans/parts.html", context, status=400 if mistakes else 200)


def _parts_told(
    request: DeskRequest, found: Plan, themes: list[Theme], known: list[Directive]
) -> dict[str, Any]:
    """The boxes of the two parts: as they were typed, or as they stand."""
    is_sent = request.method == "POST"
    typed = request.POST if is_sent else {}
    kept = {str(each) for each in found.directives.values_list("pk", flat=True)}
    return {
        "plan": found,
        "themes": themes,
        "theme": typed.get("chuyen-de", str(found.theme_id or "")),
        "study": typed.get("hoc-tap", found.study),
        "follow": typed.get("lam-theo", found.follow),
        "directives": known,
        "chosen": set(request.POST.getlist("van-ban")) if is_sent else kept,
        "other": typed.get("van-ban-khac", ""),
        "seen": typed.get("lan", found.edit),
    }


def _directives(plan: Plan) -> list[Directive]:
    """Those that ask for the plan, and those that it stands under already."""
    asking = directives.asking_for_plan(plan.unit, plan.year)
    return list(dict.fromkeys([*plan.directives.order_by("date"), *asking]))


def _chosen_directives(request: DeskRequest, known: list[Directive]) -> list[Directive]:
    """What was ticked, and what was named besides by number and symbol.

    Raises:
        RefusedError: one that was named is not in the register.
    """
    ticked = request.POST.getlist("van-ban")
    chosen = [each for each in known if str(each.pk) in ticked]
    seen = directives.seen_by(request.person, clock.now())
    for said in request.POST.get("van-ban-khac", "")[:200].replace(",", ";").split(";"):
        if said.strip():
            named = directives.by_code(seen, said)
            if named is None:
                raise RefusedError(
                    where="directives",
                    vi=f"Không thấy “{said.strip()}” trong sổ văn bản. Hãy vào sổ văn bản đó trước, hoặc bỏ trống.",
                    en=f"“{said.strip()}” is not in the register. File it first, or leave it out.",
                )
            chosen.append(named)
    return list(dict.fromkeys(chosen))


@require_safe
@door("plans.review")
def review(request: DeskRequest) -> HttpResponse:
    return _queue(request, request.GET.get("xem", ""))


@require_POST
@door("plans.review")
def decide(request: DeskRequest, pk: int) -> HttpResponse:
    """One decision about one plan, as it was shown."""
    found = _found(request, pk)
    shown, by, at = whole(request.POST.get("ban", ""), 0), request.person, clock.now()
    try:
        if request.POST.get("viec") == RETURN:
            question = request.POST.get("cau-hoi", "")
            made = reviews.send_back(plan=found, shown=shown, question=question, by=by, at=at)
            said = _("Đã trả lại %(unit)s kèm câu hỏi.")
        else:
            made = reviews.approve(plan=found, shown=shown, by=by, at=at)
            said = _("Đã duyệt %(unit)s.")
    except (RefusedError, ChangedMeanwhileError) as error:
        return _queue(request, str(pk), wrong=sentence(error))
    _may_undo(request, made, said % {"unit": orgs.name_near(found.unit_id, day_of(at))})
    return redirect("desk:plan-review")


@require_POST
@door("plans.review")
def undo(request: DeskRequest) -> HttpResponse:
    """Take back what was decided just now."""
    number = whole(request.POST.get("quyet-dinh", ""), 0)
    try:
        reviews.undo(review=number, by=request.person, at=clock.now())
        messages.success(request, _("Đã hoàn tác."))
    except reviews.TooLateError as error:
        messages.warning(request, sentence(error))
    request.session.pop(UNDO, None)
    return redirect("desk:plan-review")


def _may_undo(request: DeskRequest, made: PlanReview, text: str) -> None:
    until = clock.now() + dt.timedelta(seconds=reviews.UNDO_SECONDS)
    request.session[UNDO] = {"id": made.pk, "until": until.isoformat(), "text": text}


def _undo(request: DeskRequest, now: dt.datetime) -> dict[str, Any] | None:
    """What was decided just now, while it can be taken back."""
    kept: dict[str, Any] | None = request.session.get(UNDO)
    return kept if kept and dt.datetime.fromisoformat(kept["until"]) > now else None


def _queue(request: DeskRequest, chosen: str, *, wrong: str = "") -> HttpResponse:
    now = clock.now()
    today = day_of(now)
    waiting = queries.waiting_for(request.person, now)
    opened = next((each for each in waiting if str(each.pk) == chosen), None)
    opened = opened or (waiting[0] if waiting else None)
    names = orgs.names_on(today, [each.unit_id for each in waiting])
    at = waiting.index(opened) if opened else 0
    context = {
        "lines": [
            (each, names[each.unit_id].name if each.unit_id in names else "", each is opened)
            for each in waiting
        ],
        "count": len(waiting),
        "wrong": wrong,
        "question": request.POST.get("cau-hoi", ""),
        "undo": _undo(request, now),
        "undo_seconds": reviews.UNDO_SECONDS,
        "beside": beside.of(opened, today) if opened else None,
        "next": _href(waiting[at + 1]) if waiting[at + 1 :] else "",
        "before": _href(waiting[at - 1]) if at else "",
        "was_missed": bool(chosen) and (opened is None or str(opened.pk) != chosen),
        "is_asked": bool(chosen) and not wrong,
    }
    context |= _told(request, opened, today) if opened else {}
    return page(request, "desk/plans/queue.html", context, status=400 if wrong else 200)


def _href(plan: Plan) -> str:
    return f"{reverse('desk:plan-review')}?xem={plan.pk}"


def _told(request: DeskRequest, plan: Plan, today: dt.date) -> dict[str, Any]:
    """A plan as its pages show it."""
    tasks = queries.tasks_of(plan)
    read = {each.pk: each for each in deeds.read(deeds.said().filter(plan=plan), today)}
    rows = planning.rows(tasks, read, today)
    asked = queries.question_about(plan)
    is_open = plan.state in actions.OPEN
    may = _may(request, "plans.plan", plan.unit_id)
    return {
        "plan": plan,
        "unit_name": orgs.name_near(plan.unit_id, today),
        "directives": list(plan.directives.order_by("date", "pk")),
        "tag": planning.plan_tag(plan),
        "rows": [
            (row, clarity.meter(answers.of_task(task)), queries.is_approved(task))
            for row, task in zip(rows, tasks, strict=True)
        ],
        "versions": queries.versions_of(plan),
        "asked": asked,
        "asker": orgs.name_near(asked.unit_id, today) if asked else "",
        "doubts": _doubts(plan, today, may=may, tasks=tasks),
        "may_write": may and is_open,
        "may_reopen": may and plan.state == Plan.State.APPROVED,
        "may_add_focus": sum(each.kind == Task.Kind.FOCUS for each in tasks) < 2,
    }


def _doubts(plan: Plan, today: dt.date, *, may: bool, tasks: list[Task]) -> list[str]:
    """What may be asked about the plan: of the unit while it writes, of its superior while it waits."""
    if not (may or plan.state == Plan.State.SENT) or plan.state == Plan.State.APPROVED or not tasks:
        return []
    found = asking.questions(plan, today)
    return [each.en if lang() == "en" else each.vi for each in found]


def _place(error: RefusedError) -> str:
    return f"viec-{error.task}" if error.task else PLACES.get(error.where, "ke-hoach")


def _found(request: DeskRequest, pk: int, act: str = "plans.read") -> Plan:
    """One that may not be seen answers like one that is not there."""
    found = queries.plan_for(request.person, pk, clock.now(), act=act)
    if found is None:
        raise Http404
    return found


def _may(request: DeskRequest, act: str, unit: int) -> bool:
    return rights.units_among(request.person, act, [unit], clock.now()).exists()


def whole(said: str, otherwise: int) -> int:
    """A number of a form or an address; what is none counts as `otherwise`."""
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else otherwise
