"""The practices that serve an objective in a year; of the units in somebody's reach.

Only what is registered counts: a proposal serves nothing yet.
"""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from lantoa.orgs import rights
from lantoa.orgs.models import Person
from lantoa.practices import steps
from lantoa.practices.models import Practice

State = Practice.State


def for_objective(objective: int, year: int, by: Person, at: dt.datetime) -> QuerySet[Practice]:
    """Those that are said to serve it, and were in use in the year."""
    return _in_use(year, by, at).filter(objectives=objective)


def by_objective(year: int, by: Person, at: dt.datetime) -> dict[int, tuple[int, frozenset[int]]]:
    """Per objective, how many practices in use in a year serve it, and the units where they began. One query."""
    tagged = _in_use(year, by, at).exclude(objectives=None)
    told: dict[int, list[int]] = {}
    for objective, unit in tagged.values_list("objectives", "unit"):
        told.setdefault(objective, []).append(unit)
    return {key: (len(units), frozenset(units)) for key, units in told.items()}


def _in_use(year: int, by: Person, at: dt.datetime) -> QuerySet[Practice]:
    """Registered before the year was over, and not stopped before it began."""
    stopped = steps.standing().filter(practice=OuterRef("pk"), state=State.STOPPED)
    over = stopped.filter(date__lt=dt.date(year, 1, 1))
    inside = rights.allowed(by, "practices.read", at).values("pk")
    known = Practice.objects.filter(registered_date__lt=dt.date(year + 1, 1, 1), unit__in=inside)
    return known.exclude(Exists(over))
