"""The practices that serve an objective in a year. Only what is registered counts, which everybody may read wherever it began."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet

from lantoa.practices import steps
from lantoa.practices.models import Practice


def for_objective(objective: int, year: int) -> QuerySet[Practice]:
    """Those that are said to serve it, and were in use in the year."""
    return _in_use(year).filter(objectives=objective)


def by_objective(year: int) -> dict[int, tuple[int, frozenset[int]]]:
    """Per objective, how many practices in use in a year serve it, and the units where they began. One query."""
    tagged = _in_use(year).exclude(objectives=None)
    told: dict[int, list[int]] = {}
    for objective, unit in tagged.values_list("objectives", "unit"):
        told.setdefault(objective, []).append(unit)
    return {key: (len(units), frozenset(units)) for key, units in told.items()}


def _in_use(year: int) -> QuerySet[Practice]:
    """Registered before the year was over, and not stopped before it began."""
    stopped = steps.standing().filter(practice=OuterRef("pk"), state=Practice.State.STOPPED)
    over = stopped.filter(date__lt=dt.date(year, 1, 1))
    known = Practice.objects.filter(registered_date__lt=dt.date(year + 1, 1, 1))
    return known.exclude(Exists(over))
