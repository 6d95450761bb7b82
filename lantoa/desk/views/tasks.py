"""Nhiệm vụ: those of my unit and all below it, one of them with what was done for it, and the five questions of a new one."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantoa.deeds import queries as deeds
from lantoa.deeds.queries import Wanted
from lantoa.deeds.standing import Standing, Told, below, standing, tally
from lantoa.desk import csvs, here, offering, parted, planning, telling
from lantoa.desk.doors import door, lang, page, sentence
from lantoa.desk.forms import plans as forms
from lantoa.desk.here import Here
from lantoa.desk.http import DeskRequest, year_asked
from lantoa.desk.views.plans import whole
from lantoa.lib import dates
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.plans import answers, clarity
from lantoa.plans.actions import plans as plan_actions
from lantoa.plans.actions import tasks as actions
from lantoa.plans.models import Task
from lantoa.plans.queries import plans as queries
from lantoa.plans.refusals import RefusedError

A_PAGE = 20
SORTS = {"han": "due_date", "-han": "-due_date", "viec": "folded", "-viec": "-folded"}
CSV = "csv"


@require_safe
@door("plans.read")
def tasks(request: DeskRequest) -> HttpResponse:
    """Searched, filtered and sorted by what stands in the address, so that it can be shared."""
    today = day_of(clock.now())
    now = here.here(request, today)
    wanted = _wanted(request, today)
    sort = request.GET.get("xep", "han")
    found = deeds.promised(request.person, clock.now(), wanted)
    found = found.order_by(SORTS.get(sort, "due_date"), "pk")
    told = _within(request, deeds.read(found, today), now, today)
    state = request.GET.get("tinh", "")
    kept = {each.pk: each for each in told if state in ("", standing(each, today))}
    numbers = list(kept)
    if request.GET.get("tai") == CSV:
        return _exported(numbers, kept, today, wanted.year or today.year)
    part = Paginator(numbers, A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "part": part,
        "rows": planning.rows(_ordered(list(part.object_list)), kept, today),
        "tally": tally(told, today),
        "standings": [
            (each.value, planning.task_tag(each, None, today).text, each.value == state)
            for each in Standing
        ],
        "kinds": [(each.value, str(each.label), each == wanted.kind) for each in Task.Kind],
        "words": wanted.words,
        "year": wanted.year,
        "years": range(today.year + 1, today.year - 4, -1),
        "state": state,
        "sort": sort,
        "unit": whole(request.GET.get("don-vi", ""), 0),
        "unit_name": _unit_name(request, today),
        "kept_parts": [
            (name, request.GET[name]) for name in parted.ASKED.values() if request.GET.get(name)
        ],
        "is_filtered": bool(
            {"tim", "loai", "tinh", "don-vi", *parted.ASKED.values()} & set(request.GET)
        ),
        "may_plan": bool(now.roles & rights.ACTS["plans.plan"].roles),
    }
    return page(request, "desk/plans/tasks.html", context)


def _wanted(request: DeskRequest, today: dt.date) -> Wanted:
    kind = request.GET.get("loai", "")
    return Wanted(
        year=year_asked(request, today.year),
        words=request.GET.get("tim", "")[:200],
        kind=kind if kind in Task.Kind.values else "",
        **parted.asked(request),
    )


def _within(
    request: DeskRequest, told: Sequence[Told], now: Here, today: dt.date
) -> Sequence[Told]:
    """Of a unit and all below it, if one was named; where closed units have landed."""
    unit = whole(request.GET.get("don-vi", ""), 0)
    if not unit:
        return told
    return below(told, orgs.tree_on(now.line, today), unit).whole


def _unit_name(request: DeskRequest, today: dt.date) -> str:
    unit = whole(request.GET.get("don-vi", ""), 0)
    return orgs.name_near(unit, today) if unit else ""


def _ordered(numbers: Sequence[int]) -> list[Task]:
    """The tasks of a page, in its order."""
    rows = {each.pk: each for each in queries.tasks_numbered(numbers)}
    return [rows[pk] for pk in numbers]


def _exported(
    numbers: Sequence[int], told: dict[int, Told], today: dt.date, year: int
) -> HttpResponse:
    head = [
        _("Đơn vị"), _("Loại"), _("Làm gì"), _("Hạn"), _("Tình trạng"), _("Đã nói"), _("Đã làm"), _("Gia hạn"),
    ]  # fmt: skip
    found = planning.rows(_ordered(numbers), told, today)
    rows = [
        (row.unit, row.kind, row.title, row.due, row.tag.text, row.said, row.done, row.times)
        for row in found
    ]
    return csvs.csv_file(f"nhiem-vu-{year}.csv", head, rows)


@require_safe
@door("plans.read")
def task(request: DeskRequest, pk: int) -> HttpResponse:
    """A task: its five answers, how it stands, and everything that was done for it."""
    found, today = _found(request, pk), day_of(clock.now())
    told = next(iter(deeds.read(deeds.said().filter(pk=pk), today)), None)
    said, done = planning.pair_of(told)
    kept = answers.of_task(found)
    question = clarity.question(kept)
    may = _may(request, found)
    is_open = found.plan.state in plan_actions.OPEN and not queries.is_approved(found)
    context = {
        "task": found,
        "kind": planning.kind_name(found),
        "unit_name": orgs.name_near(found.plan.unit_id, today),
        "tag": planning.task_tag(standing(told, today) if told else None, found.due_date, today),
        "rows": forms.summary(
            kept, found.kind, orgs.name_near(found.owner_id, today) if found.owner_id else ""
        ),
        "target": forms.target_of(kept),
        "meter": clarity.meter(kept),
        "meter_words": forms.meter_words(clarity.meter(kept)),
        "question": (question.en if lang() == "en" else question.vi) if question else "",
        "said": said,
        "done": done,
        "extensions": list(found.extensions.order_by("pk")),
        "times": planning.times_put_off(found.extensions.count()),
        "deeds": [(each, telling.kind_name(each.kind)) for each in deeds.deeds_of(found)],
        "practices": deeds.practices_of(found, today),
        "reads_practices": _may(request, found, "practices.read"),
        "findings": deeds.findings_of(found),
        "may_answer": may and is_open,
        "may_report": may and found.said_in is not None and found.reported_at is None,
        "may_take_back": may and found.reported_at is not None,
        "may_extend": may and queries.is_approved(found) and found.reported_at is None,
        "may_carry": may and queries.may_be_carried(found, today),
    }
    return page(request, "desk/plans/task.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@door("plans.plan")
def question(request: DeskRequest, pk: int, step: int) -> HttpResponse:
    """One of the five questions. What was answered is kept, finished or not; the next one follows."""
    found = _found(request, pk, act="plans.plan")
    if step not in forms.steps_of(found.kind):
        raise Http404
    kept, options = (
        answers.of_task(found),
        offering.for_step(request, found, step, day_of(clock.now())),
    )
    form = forms.form(step, kept, options)
    if request.method == "POST":
        told, wrong = forms.read(step, request.POST, kept, options)
        if not wrong:
            try:
                seen = whole(request.POST.get("lan", ""), 0)
                actions.answer(
                    task=found, seen=seen, answers=told, by=request.person, at=clock.now()
                )
                return _onward(request, pk, step)
            except RefusedError as error:
                wrong = [error]
            except LantoaError as error:
                wrong = [RefusedError(where="", vi=error.vi, en=error.en)]
        form = forms.typed(step, request.POST, wrong, options)
        kept = told
    asked = clarity.question(kept) if step == 2 else None
    context = {
        "task": found,
        "kind": planning.kind_name(found),
        "number": step,
        "of": forms.QUESTIONS,
        "step": forms.STEPS[step],
        "form": form,
        "seen": request.POST.get("lan", found.edit),
        "changes_one": "doi" in request.GET,
        "vague": (asked.en if lang() == "en" else asked.vi) if asked else "",
    }
    return page(request, "desk/plans/question.html", context, status=400 if form.mistakes else 200)


def _onward(request: DeskRequest, pk: int, step: int) -> HttpResponse:
    if "doi" in request.GET or step >= forms.QUESTIONS:
        return redirect("desk:task", pk=pk)
    return redirect("desk:task-question", pk=pk, step=step + 1)


@require_http_methods(["GET", "HEAD", "POST"])
@door("plans.plan")
def extend(request: DeskRequest, pk: int) -> HttpResponse:
    def act(found: Task) -> str:
        due = forms.day(request.POST.get("han", ""))
        if due is None:
            raise RefusedError(
                where="due_date", vi="Chưa ghi hạn mới.", en="The new date is missing."
            )
        reason = request.POST.get("ly-do", "")
        actions.extend(task=found, due=due, reason=reason, by=request.person, at=clock.now())
        return _("Đã gia hạn đến %(day)s. Mọi người xem đều thấy lý do.") % {
            "day": dates.show_day(due)
        }

    return _asked(
        request, pk, "desk/plans/extend.html", act, {"due_date": "han", "reason": "ly-do"}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door("plans.plan")
def report(request: DeskRequest, pk: int) -> HttpResponse:
    def act(found: Task) -> str:
        actions.report_done(
            task=found,
            outcome=request.POST.get("ket-qua", ""),
            reached=forms.whole(request.POST.get("da-dat", "")),
            by=request.person,
            at=clock.now(),
        )
        return _("Đã báo xong. Có ảnh hoặc văn bản kèm việc đã ghi thì mới tính là đã làm.")

    places = {"outcome": "ket-qua", "reached": "da-dat"}
    return _asked(request, pk, "desk/plans/report.html", act, places)


def _asked(
    request: DeskRequest,
    pk: int,
    template: str,
    act: Callable[[Task], str],
    places: dict[str, str],
) -> HttpResponse:
    """A small form about a task: shown, or done; what was wrong is said at its box."""
    found = _found(request, pk, act="plans.plan")
    mistakes: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            messages.success(request, act(found))
            return redirect("desk:task", pk=pk)
        except LantoaError as error:
            where = getattr(error, "where", "")
            mistakes = [(places.get(where, next(iter(places.values()))), sentence(error))]
    context: dict[str, Any] = {
        "task": found,
        "typed": request.POST,
        "mistakes": mistakes,
        "wrong": dict(mistakes),
    }
    return page(request, template, context, status=400 if mistakes else 200)


@require_POST
@door("plans.plan")
def take_back(request: DeskRequest, pk: int) -> HttpResponse:
    found = _found(request, pk, act="plans.plan")
    seen = whole(request.POST.get("lan", ""), 0)
    actions.take_back_report(task=found, seen=seen, by=request.person, at=clock.now())
    messages.success(request, _("Đã bỏ báo xong. Nhiệm vụ lại đang làm."))
    return redirect("desk:task", pk=pk)


@require_POST
@door("plans.plan")
def carry(request: DeskRequest, pk: int) -> HttpResponse:
    """Into the next year's plan, in one tap."""
    found = _found(request, pk, act="plans.plan")
    made = actions.carry_over(task=found, by=request.person, at=clock.now())
    messages.success(request, _("Đã chuyển sang kế hoạch năm %(year)s.") % {"year": made.plan.year})
    return redirect("desk:task", pk=made.pk)


@require_POST
@door("plans.plan")
def remove(request: DeskRequest, pk: int) -> HttpResponse:
    found = _found(request, pk, act="plans.plan")
    plan = found.plan_id
    actions.remove(task=found, by=request.person, at=clock.now())
    messages.success(request, _("Đã bỏ nhiệm vụ khỏi kế hoạch."))
    return redirect("desk:plan", pk=plan)


def _found(request: DeskRequest, pk: int, act: str = "plans.read") -> Task:
    """One that may not be seen answers like one that is not there."""
    found = queries.task_for(request.person, pk, clock.now(), act=act)
    if found is None:
        raise Http404
    return found


def _may(request: DeskRequest, found: Task, act: str = "plans.plan") -> bool:
    units = rights.units_among(request.person, act, [found.plan.unit_id], clock.now())
    return units.exists()
