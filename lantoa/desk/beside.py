"""A plan beside its own of the year before, and beside its neighbours': for whoever decides about it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from lantoa.deeds import queries as deeds
from lantoa.desk import planning
from lantoa.desk.planning import Tag
from lantoa.lib import text
from lantoa.plans import asking
from lantoa.plans.asking import Words
from lantoa.plans.models import Plan, Task
from lantoa.plans.queries import plans

# So many that say nearly the same are shown at once; the others behind a word.
FEW = 3


@dataclass(frozen=True)
class Part:
    """A part of the plan: what it is called, this year's words, and last year's."""

    name: str
    now: str
    before: str
    is_alike: bool


class Theirs(NamedTuple):
    """A sentence of another's plan."""

    whose: str
    said: str


@dataclass(frozen=True)
class Alike:
    """A sentence of this plan, and those of others that are nearly the same: a few, and how many more there are."""

    ours: str
    some: Sequence[Theirs]
    more: Sequence[Theirs]


@dataclass(frozen=True)
class Beside:
    """`before`: the tasks of last year, each with how it stands. `neighbours`: how many plans were looked at."""

    year: int
    has_before: bool
    parts: list[Part]
    before: list[tuple[Task, Tag]]
    alike: list[Alike]
    neighbours: int


def of(plan: Plan, today: dt.date) -> Beside:
    """Seven queries for the neighbours, and those of last year's tasks."""
    own, others = asking.around(plan, today)
    last = plans.plan_of(plan.unit, plan.year - 1)
    parts = [
        _part(_("Học tập"), plan.study, last.study if last else ""),
        _part(_("Làm theo"), plan.follow, last.follow if last else ""),
    ]
    neighbours = [each for each in others if not each.is_own]
    return Beside(
        year=plan.year - 1,
        has_before=last is not None,
        parts=parts,
        before=_tasks(last, today) if last else [],
        alike=_alike(own, neighbours),
        neighbours=len(neighbours),
    )


def _part(name: str, now: str, before: str) -> Part:
    return Part(name, now, before, bool(before) and text.is_alike(now, before))


def _tasks(plan: Plan, today: dt.date) -> list[tuple[Task, Tag]]:
    found = plans.tasks_of(plan)
    stands = deeds.standings(deeds.said().filter(plan=plan), today)
    return [(each, planning.task_tag(stands.get(each.pk), each.due_date, today)) for each in found]


def _alike(own: Words, others: Sequence[Words]) -> list[Alike]:
    found = []
    for ours in dict.fromkeys(own.texts):
        theirs = [
            Theirs(other.name, said)
            for other in others
            for said in other.texts
            if text.is_alike(ours, said)
        ]
        if theirs:
            found.append(Alike(ours, theirs[:FEW], theirs[FEW:]))
    return found
