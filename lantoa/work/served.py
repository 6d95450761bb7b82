"""The activities that serve something: a movement, a theme, an objective; of the units in somebody's reach."""

import datetime as dt

from django.db.models import QuerySet

from lantoa.orgs import rights
from lantoa.orgs.models import Person
from lantoa.plans.models import Movement, Objective, Theme
from lantoa.work.models import Activity


def for_movement(movement: Movement, by: Person, at: dt.datetime) -> QuerySet[Activity]:
    """The newest first, those taken back left out."""
    return _read_by(Activity.objects.filter(movement=movement), by, at)


def for_theme(theme: Theme, by: Person, at: dt.datetime) -> QuerySet[Activity]:
    """The newest first, those taken back left out."""
    return _read_by(Activity.objects.filter(theme=theme), by, at)


def for_objective(
    objective: Objective, year: int, by: Person, at: dt.datetime
) -> QuerySet[Activity]:
    """Those of a year, the newest first."""
    return _read_by(Activity.objects.filter(objectives=objective, date__year=year), by, at)


def by_objective(year: int, by: Person, at: dt.datetime) -> dict[int, tuple[int, frozenset[int]]]:
    """Per objective, how many activities of a year serve it, and the units that held them. One query."""
    tags = Activity.objectives.through.objects.filter(
        activity__withdrawn_at=None,
        activity__date__year=year,
        activity__unit__in=rights.allowed(by, "work.read", at).values("pk"),
    )
    told: dict[int, list[int]] = {}
    for objective, unit in tags.values_list("objective_id", "activity__unit_id"):
        told.setdefault(objective, []).append(unit)
    return {key: (len(units), frozenset(units)) for key, units in told.items()}


def _read_by(found: QuerySet[Activity], by: Person, at: dt.datetime) -> QuerySet[Activity]:
    inside = rights.allowed(by, "work.read", at).values("pk")
    ordered = found.filter(withdrawn_at=None, unit__in=inside).order_by("-date", "-pk")
    return ordered.select_related("kind").prefetch_related("values__measure")
