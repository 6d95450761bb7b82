"""What must be held again and again, and whether it was: kept, late, missed, due, to come.

Nothing of it is stored: an occurrence is answered by the activities that are there, read when asked for.
"""

import datetime as dt
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from django.db.models import Q, QuerySet

from lantoa.lib import recurrence
from lantoa.orgs.models import Placement, Unit
from lantoa.orgs.queries import valid_on
from lantoa.work.models import Activity, Duty

A_DAY = dt.timedelta(days=1)
IDS_A_QUERY = 500


class State(StrEnum):
    KEPT = "kept"
    LATE = "late"
    MISSED = "missed"
    DUE = "due"
    COMING = "coming"


class Occurrence(NamedTuple):
    """One day of a duty for one unit. `activity` is the record that answers it, if any does."""

    duty: Duty
    unit_id: int
    date: dt.date
    until: dt.date
    state: State
    activity: int | None


class Held(NamedTuple):
    date: dt.date
    activity: int


def duties_on(day: dt.date) -> QuerySet[Duty]:
    """All duties of a day, in the order of their codes."""
    return Duty.objects.filter(valid_on(day)).select_related("kind", "line").order_by("code")


def duties_of(unit: Unit, day: dt.date) -> list[Duty]:
    """The duties that bind a unit on a day. Two queries."""
    lines = set(Placement.objects.filter(valid_on(day), unit=unit).values_list("line", flat=True))
    bound = [each for each in duties_on(day) if unit.kind in each.unit_kinds]
    return [each for each in bound if each.line_id in lines]


def occurrences(
    duties: Iterable[Duty],
    unit_ids: Collection[int] | None,
    *,
    first: dt.date,
    last: dt.date,
    today: dt.date,
) -> list[Occurrence]:
    """How units stand to the days of duties.

    Args:
        unit_ids: of these alone; None: of all that a duty binds.
        first, last: the days of the occurrences, both included.

    Returns:
        One row per (duty, unit, day), by day. Two queries a duty, however many units and days.
    """
    found: list[Occurrence] = []
    for duty in duties:
        days = _days(duty, first, last)
        if days:
            stays = _stays(duty, unit_ids, days[0], days[-1])
            held = _held(duty, stays.keys(), days)
            found += _stand(duty, days, stays, held, today)
    return sorted(found, key=lambda each: (each.date, each.duty.code, each.unit_id))


def tally(found: Iterable[Occurrence]) -> dict[int, Counter[State]]:
    """How many occurrences of each state a unit has, by unit."""
    counted: dict[int, Counter[State]] = defaultdict(Counter)
    for each in found:
        counted[each.unit_id][each.state] += 1
    return dict(counted)


def _days(duty: Duty, first: dt.date, last: dt.date) -> list[dt.date]:
    if duty.end_date is not None:
        last = min(last, duty.end_date - A_DAY)
    return recurrence.days(duty.rule, start=duty.start_date, first=first, last=last)


def _stays(
    duty: Duty, unit_ids: Collection[int] | None, first: dt.date, last: dt.date
) -> dict[int, list[tuple[dt.date, dt.date]]]:
    """When the units of the duty's kinds stood in its line, by unit."""
    open_end = Q(end_date=None) | Q(end_date__gt=first)
    placed = Placement.objects.filter(
        open_end, line=duty.line_id, unit__kind__in=duty.unit_kinds, start_date__lte=last
    )
    if unit_ids is not None:
        placed = placed.filter(unit__in=unit_ids)
    stays: dict[int, list[tuple[dt.date, dt.date]]] = defaultdict(list)
    for unit, start, end in placed.values_list("unit_id", "start_date", "end_date"):
        stays[unit].append((start, end or dt.date.max))
    return stays


def _held(
    duty: Duty, unit_ids: Collection[int], days: Sequence[dt.date]
) -> Mapping[int, list[Held]]:
    """The activities that may answer, by unit, by day. Of few units asked for by name, of many all at once."""
    held = Activity.objects.filter(
        kind=duty.kind_id,
        withdrawn_at=None,
        date__gte=days[0] - duty.early_days * A_DAY,
        date__lte=days[-1] + duty.grace_days * A_DAY,
    )
    if len(unit_ids) <= IDS_A_QUERY:
        held = held.filter(unit__in=unit_ids)
    found: dict[int, list[Held]] = defaultdict(list)
    for unit, date, activity in held.order_by("date", "pk").values_list("unit_id", "date", "pk"):
        found[unit].append(Held(date, activity))
    return found


def _stand(
    duty: Duty,
    days: Sequence[dt.date],
    stays: Mapping[int, list[tuple[dt.date, dt.date]]],
    held: Mapping[int, list[Held]],
    today: dt.date,
) -> Iterator[Occurrence]:
    for unit, spans in stays.items():
        left = list(held.get(unit, []))
        for day in days:
            if any(start <= day < end for start, end in spans):
                answer = _answer(duty, day, left)
                until = day + duty.grace_days * A_DAY
                state = _state(duty, day, answer, today)
                yield Occurrence(duty, unit, day, until, state, answer.activity if answer else None)


def _answer(duty: Duty, day: dt.date, left: list[Held]) -> Held | None:
    """The first activity not yet taken that lies in the occurrence's days; it is taken."""
    place = bisect_left(left, day - duty.early_days * A_DAY, key=lambda each: each.date)
    if place < len(left) and left[place].date <= day + duty.grace_days * A_DAY:
        return left.pop(place)
    return None


def _state(duty: Duty, day: dt.date, answer: Held | None, today: dt.date) -> State:
    if answer:
        return State.KEPT if answer.date <= day else State.LATE
    if today > day + duty.grace_days * A_DAY:
        return State.MISSED
    return State.DUE if today >= day - duty.early_days * A_DAY else State.COMING
