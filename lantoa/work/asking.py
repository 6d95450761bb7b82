"""Reads what stands around a record, for `doubts`. A fixed number of questions to the database."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q, QuerySet, Sum

from lantoa.ledger.models import Entry
from lantoa.lib import periods
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Closure, Placement
from lantoa.plans.models import Directive
from lantoa.work import doubts
from lantoa.work.doubts import Around, Doubt, Paper, Photo, Told
from lantoa.work.models import Activity, ActivityValue, Evidence, KindMeasure

MOST_BEFORE, MOST_NEIGHBOURS, MOST_PAPERS, MOST_PHOTOS = 60, 200, 200, 2000
NEAR, A_YEAR = dt.timedelta(days=31), dt.timedelta(days=366)
# What is counted of members, and the balance or level that says how many there are (DOMAIN.md 4.2, A4.6).
MEMBERS, ROLL = "dang-vien-tham-gia", "dang-vien"


def doubts_about(activity: Activity) -> list[Doubt]:
    """The questions about one record; of one that was withdrawn, none. At most eleven queries."""
    if activity.withdrawn_at is not None:
        return []
    return doubts.doubts(around(activity))


def around(activity: Activity) -> Around:
    same = Activity.objects.filter(kind=activity.kind_id, withdrawn_at=None).exclude(pk=activity.pk)
    before = list(same.filter(unit=activity.unit_id).order_by("-date", "-pk")[:MOST_BEFORE])
    near = same.filter(date__gte=activity.date - NEAR, date__lte=activity.date + NEAR)
    neighbours = list(near.filter(unit__in=_beside(activity))[:MOST_NEIGHBOURS])
    season = periods.period_on(activity.date, "quarter")
    whole = Activity.objects.filter(unit=activity.unit_id, withdrawn_at=None)
    whole = whole.filter(date__gte=season.start, date__lt=season.end)
    heads = _heads([activity, *before, *neighbours])
    names = orgs.names_on(activity.date, {each.unit_id for each in neighbours})
    own, others = _photos(activity)
    return Around(
        told=_told(activity, heads),
        before=[_told(each, heads) for each in before],
        neighbours=[_told(each, heads) for each in neighbours],
        season=[_told(each, {}) for each in whole],
        papers=_papers(activity),
        photos=own,
        others=others,
        roll=_roll(activity),
        members=_members(activity),
        names={unit: name.name for unit, name in names.items()},
    )


def _beside(activity: Activity) -> QuerySet[Placement, Any]:
    """The units with the same direct superior in any line, on the day."""
    own = Placement.objects.filter(orgs.valid_on(activity.date), unit=activity.unit_id)
    parents = list(own.exclude(parent=None).values_list("line_id", "parent_id"))
    placed = Placement.objects.filter(
        orgs.valid_on(activity.date),
        line__in=[line for line, _parent in parents],
        parent__in=[parent for _line, parent in parents],
    )
    return placed.exclude(unit=activity.unit_id).values("unit")


def _papers(activity: Activity) -> list[Paper]:
    """What units above issued within the year before, the newest first, and the directive that the record names."""
    above = Closure.objects.filter(orgs.valid_on(activity.date), unit=activity.unit_id, depth__gt=0)
    came_down = Q(
        unit__in=above.values("ancestor"),
        date__gt=activity.date - A_YEAR,
        date__lte=activity.date,
    )
    found = Directive.objects.filter(came_down | Q(pk=activity.directive_id), withdrawn_at=None)
    rows = found.order_by("-date", "-pk").values_list("code", "extract")[:MOST_PAPERS]
    return [Paper(*row) for row in rows]


def _heads(activities: Iterable[Activity]) -> dict[int, int]:
    """The heads of each, by id: the first needed measure of the kind. Two queries."""
    rows = list(activities)
    needed = KindMeasure.objects.filter(kind__in={each.kind_id for each in rows}, takes="needed")
    first = needed.order_by("-position", "-pk").values_list("kind_id", "measure_id")
    measures = dict(first)
    found = ActivityValue.objects.filter(
        activity__in=[each.pk for each in rows], measure__in=measures.values()
    )
    return dict(found.values_list("activity_id", "value"))


def _told(activity: Activity, heads: dict[int, int]) -> Told:
    return Told(
        activity.pk,
        activity.unit_id,
        activity.kind_id,
        activity.date,
        activity.title,
        heads.get(activity.pk),
        activity.recorded_at,
    )


def _photos(activity: Activity) -> tuple[Sequence[Photo], Sequence[Photo]]:
    """Those of the record, and, if it has any, those of all other records, the newest first."""
    kept = Evidence.objects.filter(kind=Evidence.Kind.PHOTO, removed_at=None).order_by("-pk")
    columns = ("activity_id", "digest", "likeness", "taken_date")
    own = [Photo(*row) for row in kept.filter(activity=activity).values_list(*columns)]
    if not own:
        return [], []
    others = kept.exclude(activity=activity).filter(activity__withdrawn_at=None)
    return own, [Photo(*row) for row in others.values_list(*columns)[:MOST_PHOTOS]]


def _roll(activity: Activity) -> int | None:
    """How many members the unit has on the day, if it ever said so."""
    stated = Entry.objects.filter(
        measure__code=ROLL, unit=activity.unit_id, date__lte=activity.date
    )
    total: int | None = stated.aggregate(total=Sum("value"))["total"]
    return total


def _members(activity: Activity) -> int | None:
    said = activity.values.filter(measure__code=MEMBERS)
    return said.values_list("value", flat=True).first()
