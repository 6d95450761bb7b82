"""The versions of a record, kept by the actions that change it, inside their transactions."""

import datetime as dt

from lantoa.orgs.models import Person
from lantoa.work import serving
from lantoa.work.models import Activity, ActivityVersion

REASON_LENGTH = 300


def keep_first(activity: Activity) -> None:
    """Before the first change: what it said so far. A record that is never corrected has no versions to keep.

    Two corrections at once both come here; the second finds the row that the first has made.
    """
    if not ActivityVersion.objects.filter(activity=activity).exists():
        ActivityVersion.objects.get_or_create(
            activity=activity,
            number=activity.version,
            defaults={
                "told": told(activity),
                "at": activity.recorded_at,
                "by_id": activity.recorded_by_id,
            },
        )


def keep(activity: Activity, *, by: Person, at: dt.datetime, reason: str) -> None:
    """After a change: what it says now, who says so, and why."""
    ActivityVersion.objects.create(
        activity=activity,
        number=activity.version,
        told=told(activity),
        reason=reason[:REASON_LENGTH],
        at=at,
        by=by,
    )


def was(activity: Activity, number: int, said: dict[str, object]) -> bool:
    """Whether a record said just this at one of its versions, whoever is named beside it (no phone says that). One query."""
    kept = ActivityVersion.objects.filter(activity=activity, number=number).first()
    if kept is None:
        return False
    beside = ("unit", "co_organisers")
    return {name: its for name, its in kept.told.items() if name not in beside} == said


def told(activity: Activity) -> dict[str, object]:
    """What a record says now, in plain values."""
    values = activity.values.order_by("measure__code").values_list("measure__code", "value")
    return {
        "unit": activity.unit_id,
        "date": activity.date.isoformat(),
        "title": activity.title,
        "values": dict(values),
        "co_organisers": sorted(activity.co_organisers.values_list("pk", flat=True)),
        "withdrawn": activity.withdrawn_at is not None,
        **serving.told(activity),
    }
