"""Whose directives, programmes and movements somebody may read: of the units in their reach, and of all that stand above."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from lantoa.lib.dates import day_of
from lantoa.orgs import rights
from lantoa.orgs.models import Closure, Person, Post, Unit
from lantoa.orgs.queries import valid_on


def seen_units(by: Person, at: dt.datetime) -> QuerySet[Unit]:
    """What a unit directs is for those below it to read: all units in reach, and those above a post, in any line."""
    day = day_of(at)
    posts = Post.objects.filter(
        valid_on(day), person=by, unit=OuterRef("unit"), role__in=rights.ACTS["plans.read"].roles
    )
    above = Closure.objects.filter(valid_on(day), Exists(posts), ancestor=OuterRef("pk"))
    inside = rights.allowed(by, "plans.read", at)
    return Unit.objects.filter(Q(pk__in=inside.values("pk")) | Exists(above))
