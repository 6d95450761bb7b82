"""Words beside deeds: what was promised in plans, and what records, practices and findings can show of it. Reading only."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum

from lantoa.deeds.standing import Below, Standing, Tally, Told, below, standing, tally
from lantoa.inspections.models import Finding
from lantoa.lib import text
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.orgs.models import Line, Person, Unit
from lantoa.plans.models import Plan, Task
from lantoa.practices import queries as practices
from lantoa.practices.models import Practice
from lantoa.work.models import Activity, ActivityValue, Evidence, KindMeasure

READ = "plans.read"


@dataclass(frozen=True)
class Wanted:
    """Which tasks: of a year, of some units, found by words, of a kind. What is not said does not narrow."""

    year: int | None = None
    words: str = ""
    kind: str = ""
    state: str = ""
    unit: int | None = None
    objective: int | None = None
    movement: int | None = None
    theme: int | None = None


# What a task is part of, besides its unit and year: by a word, the way from it.
PARTS = {"objective": "objectives", "movement": "movement", "theme": "plan__theme"}


def said() -> QuerySet[Task]:
    """Every task of a plan that was sent up: what was promised."""
    return Task.objects.filter(said_in__isnull=False)


def of_year(year: int) -> QuerySet[Task]:
    return said().filter(plan__year=year)


def read(tasks: QuerySet[Task], day: dt.date) -> list[Told]:
    """Some tasks as word and deed, as everything stands now, in their order. Seven queries at most, however many tasks."""
    shown = _shown(tasks, day)
    reached = _reached(tasks)
    columns = (
        "pk", "plan__unit_id", "due_date", "reported_at", "target_number", "target_measure_id",
    )  # fmt: skip
    return [
        Told(
            pk=pk,
            unit=unit,
            due=due,
            is_reported=reported is not None,
            is_shown=pk in shown,
            target=target if measure else None,
            reached=reached.get(pk, 0) if measure else None,
        )
        for pk, unit, due, reported, target, measure in tasks.values_list(*columns)
        if due is not None
    ]


def below_unit(unit: Unit, line: Line, *, year: int, day: dt.date) -> Below:
    """The tasks of a year of a unit and all below it, on the structure of a day."""
    return below(read(of_year(year), day), orgs.tree_on(line, day), unit.pk)


def count(tasks: QuerySet[Task], day: dt.date) -> Tally:
    return tally(read(tasks, day), day)


def count_by(part: str, tasks: QuerySet[Task], day: dt.date) -> dict[int, Tally]:
    """How tasks stand, by the objective, movement or theme that they are part of, by its number. One query more than `read`.

    Args:
        part: of `PARTS`. A task of two objectives counts for both.
    """
    tasks = tasks.filter(**{f"{PARTS[part]}__isnull": False})
    told = {each.pk: each for each in read(tasks.distinct(), day)}
    groups: dict[int, list[Told]] = defaultdict(list)
    for pk, number in tasks.order_by().values_list("pk", PARTS[part]):
        if pk in told:
            groups[number].append(told[pk])
    return {number: tally(some, day) for number, some in groups.items()}


def standings(tasks: QuerySet[Task], day: dt.date) -> Mapping[int, Standing]:
    """How each stands, by task id."""
    return {each.pk: standing(each, day) for each in read(tasks, day)}


def visible(by: Person, at: dt.datetime, wanted: Wanted) -> QuerySet[Task]:
    """The tasks that somebody may read, of their own units and of all below, narrowed; the drafts among them too."""
    found = Task.objects.filter(plan__unit__in=rights.allowed(by, READ, at))
    exactly = {
        "plan__year": wanted.year,
        "kind": wanted.kind,
        "plan__state": wanted.state,
        "plan__unit": wanted.unit,
        **{way: getattr(wanted, name) for name, way in PARTS.items()},
    }
    found = found.filter(**{name: value for name, value in exactly.items() if value})
    for word in text.fold(wanted.words).split():
        found = found.filter(folded__contains=word)
    return found


def promised(by: Person, at: dt.datetime, wanted: Wanted) -> QuerySet[Task]:
    """Those of them that were sent up: the drafts are left out."""
    return visible(by, at, wanted).filter(said_in__isnull=False)


def deeds_of(task: Task) -> QuerySet[Activity]:
    """What was recorded for a task, the newest first, each with whether a photo or a paper shows it."""
    found = Activity.objects.filter(task=task, withdrawn_at=None)
    with_evidence = found.annotate(is_shown=Exists(_evidence("pk")))
    return with_evidence.select_related("kind", "unit").order_by("-date", "-pk")


def practices_of(task: Task, day: dt.date) -> list[tuple[Practice, dt.date | None]]:
    """The practices that serve a task, each with the day of the last record that shows it alive."""
    found = list(Practice.objects.filter(task=task).order_by("pk"))
    alive = practices.alive_on([each.pk for each in found], day)
    return [(each, alive.get(each.pk)) for each in found]


def findings_of(task: Task) -> QuerySet[Finding]:
    """What inspections found about a task; one that is closed was looked at by somebody else."""
    return Finding.objects.filter(task=task).order_by("-recorded_at", "-pk")


def plans_below(unit: Unit, line: Line, *, year: int, day: dt.date) -> dict[int, str]:
    """The state of the plan of each unit right below, by unit id; one without a plan is not there."""
    tree = orgs.tree_on(line, day)
    at = tree.position(unit.pk)
    children = [int(each) for each in tree.unit[tree.parent == at]] if at >= 0 else []
    rows: dict[int, str] = {}
    for start in range(0, len(children), 500):
        some = Plan.objects.filter(year=year, unit__in=children[start : start + 500])
        rows.update(some.values_list("unit_id", "state"))
    return rows


def _evidence(activity: str) -> QuerySet[Evidence]:
    return Evidence.objects.filter(activity=OuterRef(activity), removed_at=None)


def _shown(tasks: QuerySet[Task], day: dt.date) -> set[int]:
    """Those of which something can be shown."""
    of_them = Q(task__in=tasks.order_by().values("pk"))
    held = Activity.objects.filter(of_them, Exists(_evidence("pk")), withdrawn_at=None)
    checked = Finding.objects.filter(of_them, state=Finding.State.CLOSED)
    kept: Iterable[tuple[int, int]] = Practice.objects.filter(of_them).values_list("pk", "task_id")
    by_practice = dict(kept)
    alive = practices.alive_on(by_practice.keys(), day) if by_practice else {}
    return {
        *held.order_by().values_list("task_id", flat=True).distinct(),
        *checked.order_by().values_list("task_id", flat=True).distinct(),
        *(by_practice[each] for each in alive),
    }


def _reached(tasks: QuerySet[Task]) -> dict[int, int]:
    """What records with evidence add up to in the measure of each task, by task id: what was typed, and one for each held."""
    of_them = tasks.order_by().values("pk")
    told = ActivityValue.objects.filter(
        Exists(_evidence("activity")),
        activity__task__in=of_them,
        activity__withdrawn_at=None,
        measure=F("activity__task__target_measure"),
    )
    added = told.order_by().values("activity__task").annotate(total=Sum("value"))
    reached = Counter(dict(added.values_list("activity__task", "total")))
    held = Activity.objects.filter(
        Exists(_evidence("pk")),
        task__in=of_them,
        withdrawn_at=None,
        kind__takes__takes=KindMeasure.Takes.ONE,
        kind__takes__measure=F("task__target_measure"),
    )
    counted = held.order_by().values("task").annotate(total=Count("pk"))
    reached.update(dict(counted.values_list("task", "total")))
    return reached
