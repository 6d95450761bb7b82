"""What one may ask about programmes, themes and objectives, and how far each objective is served."""

import datetime as dt
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from lantoa.orgs import rights
from lantoa.orgs.models import Closure, Person, Unit
from lantoa.orgs.queries import valid_on
from lantoa.plans.models import Milestone, Objective, Programme, StudyTopic, Task, Term, Theme
from lantoa.plans.reach import seen_units


class Served(NamedTuple):
    """How far an objective is served by tasks: how many, of how many units."""

    tasks: int
    units: frozenset[int]


def seen_by(by: Person, at: dt.datetime) -> QuerySet[Programme]:
    """The programmes that somebody may read about, each with its milestones and themes, in order. Four queries."""
    units = seen_units(by, at).values("pk")
    themes = Theme.objects.filter(unit__in=units).select_related("unit", "directive")
    found = Programme.objects.filter(unit__in=units).select_related("unit", "directive")
    return found.order_by("-start_date", "pk").prefetch_related(
        Prefetch("milestones", Milestone.objects.order_by("date", "pk")),
        Prefetch("themes", themes.order_by("-year", "pk")),
        Prefetch("themes__topics", StudyTopic.objects.order_by("position")),
    )


def theme_for(by: Person, pk: int, at: dt.datetime) -> Theme | None:
    """A theme that somebody may read, with its programme and topics; None for one that they may not."""
    units = seen_units(by, at).values("pk")
    found = Theme.objects.filter(pk=pk, unit__in=units)
    return found.select_related("unit", "programme", "directive").prefetch_related("topics").first()


def objectives(by: Person, at: dt.datetime) -> list[Objective]:
    """The objectives that somebody may read, by term and kind, in their places."""
    units = seen_units(by, at).values("pk")
    found = Objective.objects.filter(unit__in=units).select_related("term", "unit")
    order = {kind: place for place, kind in enumerate(Objective.Kind.values)}
    return sorted(
        found, key=lambda each: (-each.term.start_date.toordinal(), order[each.kind], each.position)
    )


def objectives_above(unit: Unit, day: dt.date) -> list[Objective]:
    """The objectives of a unit and of those above it, in any line, of the terms that run on a day. One query."""
    above = Closure.objects.filter(valid_on(day), ancestor=OuterRef("unit"), unit=unit)
    runs = Q(term__end_date=None) | Q(term__end_date__gt=day)
    found = Objective.objects.filter(Exists(above), runs, term__start_date__lte=day)
    order = {kind: place for place, kind in enumerate(Objective.Kind.values)}
    return sorted(found, key=lambda each: (order[each.kind], each.position, each.pk))


def themes_above(unit: Unit, day: dt.date) -> list[Theme]:
    """The themes of the day's year of a unit and of those above it, in any line. One query."""
    above = Closure.objects.filter(valid_on(day), ancestor=OuterRef("unit"), unit=unit)
    return list(Theme.objects.filter(Exists(above), year=day.year).order_by("pk"))


def terms() -> list[Term]:
    return list(Term.objects.order_by("-start_date", "level"))


def topics() -> list[StudyTopic]:
    """The study topics that are offered, in their order."""
    return list(StudyTopic.objects.filter(is_open=True).order_by("position"))


def served_by_tasks(year: int, by: Person, at: dt.datetime) -> dict[int, Served]:
    """Per objective, the tasks of the year's sent plans in somebody's reach. One query."""
    tags = Task.objectives.through.objects.filter(
        task__said_in__isnull=False,
        task__plan__year=year,
        task__plan__unit__in=rights.allowed(by, "plans.read", at).values("pk"),
    )
    told: dict[int, list[int]] = {}
    for objective, unit in tags.values_list("objective_id", "task__plan__unit_id"):
        told.setdefault(objective, []).append(unit)
    return {key: Served(len(units), frozenset(units)) for key, units in told.items()}
