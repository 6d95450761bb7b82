"""What a plan says: to the ledger as facts, and to a version as plain values; a directive too, to its versions."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from lantoa.ledger import actions as ledger
from lantoa.ledger.actions import Fact, Posting
from lantoa.ledger.models import Measure
from lantoa.lib.dates import day_of
from lantoa.orgs.models import Person
from lantoa.plans import answers
from lantoa.plans.models import Directive, Plan, Task

PLAN, TASK = "plan", "task"
# By the code of the measure (ledger/measures.toml), what counts in it. A task counts on the day it starts, whatever it
# says: so what was said and what was done in a period are of the same tasks.
PLANNED = "ke-hoach-nam"
SAID, REPORTED = "nhiem-vu-dang-ky", "nhiem-vu-bao-da-lam"
# What is under way on a day, and what was settled in a period, are counted on their own days.
UNDER_WAY, PRESSING, SETTLED = "nhiem-vu-trong-tam", "van-de-noi-com", "van-de-giai-quyet"
CODES = (PLANNED, SAID, REPORTED, UNDER_WAY, PRESSING, SETTLED)


def post(plan: Plan, tasks: Iterable[Task], *, by: Person, at: dt.datetime) -> None:
    """Say to the ledger what a sent plan and some of its tasks mean now."""
    measures = _measures()
    told = list(tasks)
    # What was carried over stops being open where it came from.
    before = [each.carried_from for each in told if each.carried_from is not None]
    postings = [
        Posting(TASK, task.pk, _of_task(task, task.plan, measures)) for task in [*told, *before]
    ]
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
    return _facts([(PLANNED, min(max(day_of(plan.sent_at), first), last), 1)], plan, measures)


def _of_task(task: Task, plan: Plan, measures: dict[str, int]) -> tuple[Fact, ...]:
    start = task.start_date
    if task.said_in is None or start is None:
        return ()
    told = [(SAID, start, 1)]
    if task.reported_at is not None:
        told.append((REPORTED, start, 1))
    if task.kind == Task.Kind.PRESSING:
        told += _of_issue(task, plan, start)
    else:
        # Of its year: what is not finished by then is carried over, and counts there.
        told += [(UNDER_WAY, start, 1), (UNDER_WAY, dt.date(plan.year + 1, 1, 1), -1)]
    return _facts(told, plan, measures)


def _of_issue(task: Task, plan: Plan, start: dt.date) -> list[tuple[str, dt.date, int]]:
    """Open until it is reported settled, or carried over into the next year, where it is open on."""
    told = [(PRESSING, start, 1)]
    if task.reported_at is not None:
        day = max(start, day_of(task.reported_at))
        told += [(PRESSING, day, -1), (SETTLED, day, 1)]
    elif Task.objects.filter(carried_from=task, said_in__isnull=False).exists():
        told.append((PRESSING, dt.date(plan.year + 1, 1, 1), -1))
    return told


def _facts(
    told: Sequence[tuple[str, dt.date, int]], plan: Plan, measures: dict[str, int]
) -> tuple[Fact, ...]:
    return tuple(
        Fact(measures[code], plan.unit_id, day, value)
        for code, day, value in told
        if code in measures
    )


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


def told_directive(directive: Directive) -> dict[str, Any]:
    """What the register says of a directive, in plain values, as a version keeps it. Two queries."""
    related = directive.upwards.order_by("other__date", "pk").values_list("kind", "other__code")
    asked = directive.duties.order_by("due_date", "pk").values_list(
        "what", "line__code", "unit_kinds", "due_date"
    )
    return {
        "code": directive.code,
        "kind": directive.kind,
        "date": directive.date.isoformat(),
        "issuer": directive.issuer,
        "extract": directive.extract,
        "signer": directive.signer,
        "line": directive.line.code,
        "is_public": directive.is_public,
        "related": [list(each) for each in related],
        "asked": [[what, line, kinds, due.isoformat()] for what, line, kinds, due in asked],
    }
