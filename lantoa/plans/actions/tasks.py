"""What one may do about a task: add it to a plan, answer its questions, carry it over, put it off, report it done."""

import datetime as dt
from dataclasses import replace

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.deletion import ProtectedError

from lantoa.lib import text
from lantoa.lib.dates import show_day
from lantoa.lib.numbers import LARGEST_TYPED
from lantoa.orgs import rights
from lantoa.orgs.models import Line, Person, Unit
from lantoa.plans import answers as told
from lantoa.plans import refusals, said
from lantoa.plans.actions import plans
from lantoa.plans.answers import Answers
from lantoa.plans.models import Plan, Task, TaskExtension
from lantoa.plans.queries.directives import asking_for_plan
from lantoa.plans.queries.plans import is_approved, plan_of
from lantoa.plans.refusals import (
    MOST_FOCUS,
    ChangedMeanwhileError,
    LockedError,
    RefusedError,
    TooManyFocusError,
)

ACT = plans.ACT
OUTCOME_LENGTH = 500
LAST_YEAR = 2100


@transaction.atomic
def add(
    *,
    plan: Plan,
    kind: str,
    answers: Answers,
    carried_from: Task | None = None,
    by: Person,
    at: dt.datetime,
) -> Task:
    """Put a task into a plan that is being written. It may be unfinished.

    Args:
        kind: of `Task.Kind`.

    Raises:
        TooManyFocusError: it would be the third focus task.
        LockedError: the plan waits for a decision, or was approved.
        RefusedError: an answer that cannot be kept.
    """
    rights.require(by, ACT, plan.unit, at)
    plans.change(plan)
    focus = Task.objects.filter(plan=plan, kind=Task.Kind.FOCUS).count()
    if kind == Task.Kind.FOCUS and focus >= MOST_FOCUS:
        raise TooManyFocusError
    told_now = _checked(kind, answers, plan)
    task = Task(plan=plan, kind=Task.Kind(kind), carried_from=carried_from)
    _fill(task, told_now)
    task.save(force_insert=True)
    task.objectives.set(told_now.objectives)
    return task


@transaction.atomic
def begin(*, unit: Unit, line: Line, year: int, kind: str, by: Person, at: dt.datetime) -> Task:
    """Begin a task of a unit for a year, nothing answered yet; with its plan, if there is none.

    Raises:
        TooManyFocusError, LockedError, RefusedError: as `add` and `plans.start`.
    """
    rights.require(by, ACT, unit, at)
    plan = plan_of(unit, year) or _new_plan(unit, line, year, by=by, at=at)
    # Until somebody says otherwise a unit settles its own issues.
    owner = unit if kind == Task.Kind.PRESSING else None
    return add(plan=plan, kind=kind, answers=Answers(owner=owner), by=by, at=at)


@transaction.atomic
def answer(*, task: Task, seen: int, answers: Answers, by: Person, at: dt.datetime) -> Task:
    """Change what a task says, all of it. What was approved is not changed: its date is extended, or it is carried over.

    Args:
        seen: the edit of the task that was on the screen.

    Raises:
        LockedError, ChangedMeanwhileError, RefusedError: as `add`.
    """
    rights.require(by, ACT, task.plan.unit, at)
    plans.change(task.plan)
    if is_approved(task):
        raise LockedError(task.plan)
    told_now = _checked(task.kind, answers, task.plan)
    _take(task, seen)
    _fill(task, told_now)
    task.save()
    task.objectives.set(told_now.objectives)
    return task


@transaction.atomic
def remove(*, task: Task, by: Person, at: dt.datetime) -> None:
    """Take a task out of a plan before it was approved. Versions that were sent still tell of it.

    Raises:
        LockedError: it was approved, or the plan waits.
        RefusedError: something was recorded for it.
    """
    rights.require(by, ACT, task.plan.unit, at)
    plans.change(task.plan)
    if is_approved(task):
        raise LockedError(task.plan)
    said.unsay(task, by=by, at=at)
    try:
        task.delete()
    except ProtectedError:
        raise RefusedError(
            where="task",
            vi="Đã có việc ghi cho nhiệm vụ này nên không bỏ được. Hãy sửa lại nội dung nhiệm vụ.",
            en="Work has been recorded for this task, so it cannot be taken out. Change what it says instead.",
        ) from None


@transaction.atomic
def carry_over(*, task: Task, into: Plan | None = None, by: Person, at: dt.datetime) -> Task:
    """Take a task that was not finished over into the next year's plan: the same answers, a year later.

    Args:
        into: the plan of the year after, of the same unit; begun if there is none.

    Raises:
        RefusedError: it was reported done, was carried over before, or the plan is another one's.
        TooManyFocusError, LockedError: as `add`.
    """
    rights.require(by, ACT, task.plan.unit, at)
    into = into or _next_plan(task.plan, by=by, at=at)
    if into.unit_id != task.plan.unit_id or into.year != task.plan.year + 1:
        raise RefusedError(
            where="task",
            vi=f"Chỉ chuyển việc chưa xong sang kế hoạch năm sau của chính đơn vị (năm {task.plan.year + 1}).",
            en=f"Unfinished work is carried over into the unit's own plan of the next year ({task.plan.year + 1}).",
        )
    if task.reported_at is not None:
        raise RefusedError(
            where="task",
            vi="Nhiệm vụ này đã báo xong nên không chuyển sang năm sau.",
            en="This task was reported done, so it is not carried over.",
        )
    try:
        with transaction.atomic():
            return add(
                plan=into,
                kind=task.kind,
                answers=_a_year_later(told.of_task(task), into.year),
                carried_from=task,
                by=by,
                at=at,
            )
    except IntegrityError:
        raise RefusedError(
            where="task",
            vi=f"Nhiệm vụ này đã chuyển sang kế hoạch năm {into.year} rồi.",
            en=f"This task has been carried over into the plan for {into.year} already.",
        ) from None


@transaction.atomic
def extend(*, task: Task, due: dt.date, reason: str, by: Person, at: dt.datetime) -> TaskExtension:
    """Put off the date of an approved task, and say why. It is shown ever after.

    Raises:
        RefusedError: no reason; not later; too far; not approved yet; reported done.
        ChangedMeanwhileError: another put it off first.
    """
    rights.require(by, ACT, task.plan.unit, at)
    why = text.one_line(reason)
    refusals.needed_reason(why, vi="Gia hạn", en="An extension")
    was = _may_extend(task, due)
    asked = Task.objects.filter(pk=task.pk, due_date=was, reported_at=None)
    if asked.update(due_date=due, edit=F("edit") + 1) != 1:
        raise ChangedMeanwhileError
    task.refresh_from_db()
    return TaskExtension.objects.create(task=task, was=was, due_date=due, reason=why, at=at, by=by)


@transaction.atomic
def report_done(
    *, task: Task, outcome: str, reached: int | None = None, by: Person, at: dt.datetime
) -> Task:
    """Say that a task is done, and with what outcome. Without evidence it stays a report.

    Args:
        reached: of the target number, where nothing in the records says it.

    Raises:
        RefusedError: no outcome; a task that was never sent; reported before.
    """
    rights.require(by, ACT, task.plan.unit, at)
    kept = text.one_line(outcome)
    _refuse_report(task, kept, reached)
    asked = Task.objects.filter(pk=task.pk, reported_at=None, said_in__isnull=False)
    told_now = {"outcome": kept, "reached": reached, "reported_at": at, "reported_by": by}
    if asked.update(**told_now, edit=F("edit") + 1) != 1:
        raise ChangedMeanwhileError
    task.refresh_from_db()
    said.post_task(task, by=by, at=at)
    return task


@transaction.atomic
def take_back_report(*, task: Task, seen: int, by: Person, at: dt.datetime) -> Task:
    """Say that a task is not done after all."""
    rights.require(by, ACT, task.plan.unit, at)
    asked = Task.objects.filter(pk=task.pk, edit=seen, reported_at__isnull=False)
    nothing = {"outcome": "", "reached": None, "reported_at": None, "reported_by": None}
    if asked.update(**nothing, edit=F("edit") + 1) != 1:
        raise ChangedMeanwhileError
    task.refresh_from_db()
    said.post_task(task, by=by, at=at)
    return task


def _next_plan(plan: Plan, *, by: Person, at: dt.datetime) -> Plan:
    found = plan_of(plan.unit, plan.year + 1)
    return found or _new_plan(plan.unit, plan.line, plan.year + 1, by=by, at=at)


def _new_plan(unit: Unit, line: Line, year: int, *, by: Person, at: dt.datetime) -> Plan:
    """Under the directives that ask for it: sending it then answers them."""
    asked = asking_for_plan(unit, year) if refusals.FIRST_YEAR <= year <= LAST_YEAR else []
    return plans.start(unit=unit, line=line, year=year, directives=asked, by=by, at=at)


def _checked(kind: str, answers: Answers, plan: Plan) -> Answers:
    cleaned = told.cleaned(answers)
    for wrong in refusals.wrong_answers(kind, cleaned, plan.year):
        raise wrong
    return cleaned


def _take(task: Task, seen: int) -> None:
    if Task.objects.filter(pk=task.pk, edit=seen).update(edit=seen + 1) != 1:
        raise ChangedMeanwhileError
    task.refresh_from_db()


def _fill(task: Task, answers: Answers) -> None:
    for name in told.KEPT:
        setattr(task, name, getattr(answers, name))
    task.folded = told.folded(answers)


def _a_year_later(answers: Answers, year: int) -> Answers:
    """From the first day of the year, up to the day it was due, a year on; to the year's end if that had no day."""
    due = answers.due_date
    same_day = dt.date(year, due.month, min(due.day, 28)) if due else dt.date(year, 12, 31)
    return replace(answers, start_date=dt.date(year, 1, 1), due_date=same_day)


def _may_extend(task: Task, due: dt.date) -> dt.date:
    """The day it was due so far."""
    was, last = task.due_date, task.plan.year + 1
    if not is_approved(task) or was is None or task.reported_at is not None:
        raise RefusedError(
            where="due_date",
            vi="Chỉ gia hạn nhiệm vụ đã duyệt và chưa báo xong. Chưa duyệt thì sửa thẳng ngày.",
            en="Only an approved task that was not reported done is extended. Before approval, change its day.",
        )
    if due <= was:
        raise RefusedError(
            where="due_date",
            vi=f"Hạn mới {show_day(due)} không sau hạn cũ {show_day(was)}. Hãy chọn ngày muộn hơn.",
            en=f"The new date {show_day(due)} is not after {show_day(was)}. Choose a later day.",
        )
    if due.year > last:
        raise RefusedError(
            where="due_date",
            vi=f"Hạn {show_day(due)} quá xa: chỉ gia hạn đến hết năm {last}. Xa hơn thì chuyển sang năm sau.",
            en=f"The date {show_day(due)} is too far: extend until the end of {last}, or carry it over.",
        )
    return was


def _refuse_report(task: Task, outcome: str, reached: int | None) -> None:
    if not outcome or len(outcome) > OUTCOME_LENGTH:
        raise RefusedError(
            where="outcome",
            vi=f"Hãy ghi kết quả trong một câu, nhiều nhất {OUTCOME_LENGTH} ký tự.",
            en=f"Say what came of it in a sentence of at most {OUTCOME_LENGTH} characters.",
        )
    if reached is not None and not 0 <= reached <= LARGEST_TYPED:
        raise RefusedError(
            where="reached",
            vi="Số đã đạt là một số từ 0 trở lên. Không đếm được thì để trống.",
            en="What was reached is a number from 0 up. Leave it empty if nothing was counted.",
        )
    if task.said_in is None:
        raise RefusedError(
            where="task",
            vi="Nhiệm vụ này chưa gửi lên cấp trên nên chưa báo xong được. Hãy gửi kế hoạch trước.",
            en="This task has not been sent up, so it cannot be reported done. Send the plan first.",
        )
