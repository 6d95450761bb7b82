"""What a plan says: to the ledger as facts, and to a version as plain values."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from lantoa.ledger import actions as ledger
from lantoa.ledger.actions import Fact, Posting
from lantoa.ledger.models import Measure
from lantoa.lib.dates import day_of
from lantoa.orgs.models import Person
from lantoa.plans import answers
from lantoa.plans.models import Plan, Task

PLAN, TASK = "plan", "task"
# By the code of the measure (ledger/measures.toml), what counts in it. A task counts on the day it starts, whatever it
# says: so what was said and what was done in a period are of the same tasks.
PLANNED = "ke-hoach-nam"
SAID, FOCUS, PRESSING = "nhiem-vu-dang-ky", "nhiem-vu-trong-tam", "van-de-noi-com"
REPORTED, SETTLED = "nhiem-vu-bao-da-lam", "van-de-bao-da-giai-quyet"
CODES = (PLANNED, SAID, FOCUS, PRESSING, REPORTED, SETTLED)


def post(plan: Plan, tasks: Iterable[Task], *, by: Person, at: dt.datetime) -> None:
    """Say to the ledger what a sent plan and some of its tasks mean now."""
    measures = _measures()
    postings = [Posting(TASK, task.pk, _of_task(task, plan, measures)) for task in tasks]
    postings.append(Posting(PLAN, plan.pk, _of_plan(plan, measures)))
    ledger.post_many(postings=postings, by=by, at=at)


def post_task(task: Task, *, by: Person, at: dt.datetime) -> None:
    facts = _of_task(task, task.plan, _measures())
    ledger.post(source_kind=TASK, source_id=task.pk, facts=facts, by=by, at=at)


def unsay(task: Task, *, by: Person, at: dt.datetime) -> None:
    """Of a task that is taken out of its plan."""
    ledger.post(source_kind=TASK, source_id=task.pk, facts=[], by=by, at=at)


def _measures() -> dict[str, int]:
    return dict(Measure.objects.filter(code__in=CODES).values_list("code", "pk"))


def _of_plan(plan: Plan, measures: dict[str, int]) -> tuple[Fact, ...]:
    assert plan.sent_at is not None  # noqa: S101 - it is told when it is sent
    first, last = dt.date(plan.year, 1, 1), dt.date(plan.year, 12, 31)
    day = min(max(day_of(plan.sent_at), first), last)
    return _facts([PLANNED], plan, day, measures)


def _of_task(task: Task, plan: Plan, measures: dict[str, int]) -> tuple[Fact, ...]:
    if task.said_in is None or task.start_date is None:
        return ()
    codes = [SAID]
    codes += {Task.Kind.FOCUS: [FOCUS], Task.Kind.PRESSING: [PRESSING]}.get(
        Task.Kind(task.kind), []
    )
    if task.reported_at is not None:
        codes += [REPORTED, *([SETTLED] if task.kind == Task.Kind.PRESSING else [])]
    return _facts(codes, plan, task.start_date, measures)


def _facts(
    codes: Sequence[str], plan: Plan, day: dt.date, measures: dict[str, int]
) -> tuple[Fact, ...]:
    return tuple(Fact(measures[code], plan.unit_id, day, 1) for code in codes if code in measures)


def told(plan: Plan, tasks: Iterable[Task]) -> dict[str, Any]:
    """A plan with its tasks in plain values, as a version keeps it."""
    return {
        "theme": plan.theme_id,
        "directives": sorted(plan.directives.values_list("pk", flat=True)),
        "study": plan.study,
        "follow": plan.follow,
        "tasks": [told_task(task) for task in tasks],
    }


def told_task(task: Task) -> dict[str, Any]:
    said = answers.of_task(task)
    return {
        "id": task.pk,
        "kind": task.kind,
        **{name: getattr(said, name) for name in answers.TEXTS},
        "start_date": said.start_date.isoformat() if said.start_date else None,
        "due_date": said.due_date.isoformat() if said.due_date else None,
        "target_number": said.target_number,
        "target_measure": task.target_measure_id,
        "movement": task.movement_id,
        "objectives": [each.pk for each in said.objectives],
        "owner": task.owner_id,
        "owner_role": task.owner_role,
        "carried_from": task.carried_from_id,
    }
