"""What a practice said before it was amended, kept by the action that amends it."""

import datetime as dt

from lantoa.orgs.models import Person
from lantoa.practices.models import Practice, PracticeVersion

WORDS = ("title", "summary", "steps", "kind", "field", "holder", "cost", "needs", "contact_role")


def keep_first(practice: Practice) -> None:
    """Before the first amendment: what it said so far, as the one who proposed it said it.

    Two amendments at once both come here; the second finds the row that the first has made.
    """
    if PracticeVersion.objects.filter(practice=practice).exists():
        return
    proposed = practice.events.get(state=Practice.State.PROPOSED)
    PracticeVersion.objects.get_or_create(
        practice=practice,
        number=practice.version,
        defaults={"told": told(practice), "at": proposed.at, "by_id": proposed.by_id},
    )


def keep(practice: Practice, *, by: Person, at: dt.datetime, reason: str) -> None:
    """After an amendment: what it says now, who says so, and why."""
    PracticeVersion.objects.create(
        practice=practice,
        number=practice.version,
        told=told(practice),
        reason=reason,
        at=at,
        by=by,
    )


def told(practice: Practice) -> dict[str, object]:
    """What a practice says now, in plain values."""
    return {
        **{name: getattr(practice, name) for name in WORDS},
        "contact_unit": practice.contact_unit_id,
        "task": practice.task_id,
        "movement": practice.movement_id,
        "objectives": sorted(practice.objectives.values_list("pk", flat=True)),
    }
