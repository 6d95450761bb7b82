"""Exchange visits: a unit receives others, once, as an activity of its own; what its guests learned stands beside it.

Source:
    DOMAIN.md, 1.3 (exchange between Party organisations, units and localities).
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from lantoa.lib import text
from lantoa.lib.errors import RefusedError
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Unit
from lantoa.practices.models import Adoption, Lesson, Practice
from lantoa.work import actions as work
from lantoa.work.models import Activity, ActivityKind

KIND, HEADS = "trao-doi", "luot-nguoi-trao-doi"
LONGEST = 500


@dataclass(frozen=True)
class Visit:
    """A visit as told: who received whom, on which day, how many came, what it was about."""

    host: Unit
    guests: Sequence[Unit]
    date: dt.date
    heads: int
    title: str = ""


@transaction.atomic
def receive(*, visit: Visit, by: Person, at: dt.datetime) -> Activity:
    """Record a visit at its host, where it counts; the guests stand beside it and count nothing.

    Raises:
        RefusedError: nobody came, or something else is wrong with the record.
    """
    rights.require(by, "work.record", visit.host, at)
    if not visit.guests:
        raise RefusedError(
            where="guests",
            vi="Chưa chọn đơn vị khách. Hãy chọn ít nhất một.",
            en="No guest was chosen. Choose one at least.",
        )
    return work.record(
        kind=ActivityKind.objects.get(code=KIND),
        unit=visit.host,
        date=visit.date,
        values={HEADS: visit.heads},
        title=visit.title,
        co_organisers=visit.guests,
        by=by,
        at=at,
    )


def learn(
    *,
    activity: Activity,
    unit: Unit,
    what: str,
    practice: Practice | None,
    by: Person,
    at: dt.datetime,
) -> Lesson:
    """Say what a unit learned on a visit in which it took part, perhaps of which practice."""
    return learn_many(lessons=[Lesson(activity=activity, unit=unit, what=what, practice=practice)], by=by, at=at)[0]  # fmt: skip


@transaction.atomic
def learn_many(*, lessons: Sequence[Lesson], by: Person, at: dt.datetime) -> list[Lesson]:
    """`learn` for several, all or none; each as made, not yet kept."""
    rights.require_all(by, "work.record", {each.unit_id for each in lessons}, at)
    took_part = _took_part({each.activity_id for each in lessons})
    for each in lessons:
        each.what, each.at, each.by = text.nfc(each.what).strip(), at, by
        _refuse(each, took_part)
    return Lesson.objects.bulk_create(lessons)


def _took_part(activities: set[int]) -> set[tuple[int, int]]:
    """Visit and unit, of hosts and guests."""
    held = Activity.objects.filter(pk__in=activities, kind__code=KIND, withdrawn_at=None)
    guests = held.exclude(co_organisers=None).values_list("pk", "co_organisers")
    return {*held.values_list("pk", "unit"), *guests}


def _refuse(lesson: Lesson, took_part: set[tuple[int, int]]) -> None:
    if (lesson.activity_id, lesson.unit_id) not in took_part:
        raise RefusedError(
            where="unit",
            vi="Đơn vị này không dự cuộc trao đổi. Chỉ đơn vị chủ nhà và đơn vị khách ghi điều học được.",
            en="This unit did not take part in the visit. Only its host and guests say what they learned.",
        )
    if not lesson.what:
        raise RefusedError(
            where="what",
            vi="Ô này còn trống. Hãy ghi một câu: học được gì, sẽ làm gì.",
            en="This box is empty. Write a sentence: what was learned, what will be done.",
        )
    if len(lesson.what) > LONGEST:
        raise RefusedError(
            where="what",
            vi=f"Ô này dài quá {LONGEST} ký tự. Hãy viết ngắn lại.",
            en=f"This box holds more than {LONGEST} characters. Please shorten it.",
        )


def visible_to(by: Person, at: dt.datetime) -> QuerySet[Activity]:
    """Visits whose host or one of whose guests one may read about; the newest first."""
    reads = rights.allowed(by, "work.read", at)
    guests = Activity.co_organisers.through.objects.filter(activity=OuterRef("pk"), unit__in=reads)
    found = Activity.objects.filter(Q(unit__in=reads) | Exists(guests), kind__code=KIND)
    return found.filter(withdrawn_at=None).order_by("-date", "-pk")


def visit_for(by: Person, pk: int, at: dt.datetime) -> Activity | None:
    """One that somebody may see; None for one that they may not, as for one that is not there."""
    found = visible_to(by, at).filter(pk=pk).select_related("unit", "kind")
    return found.prefetch_related("co_organisers", "values__measure").first()


def found(
    visits: QuerySet[Activity], *, words: str = "", year: int = 0, unit: int = 0
) -> QuerySet[Activity]:
    """A list of visits, narrowed: `unit` is host or guest."""
    if year:
        visits = visits.filter(date__year=year)
    if unit:
        beside = Activity.co_organisers.through.objects.filter(activity=OuterRef("pk"), unit=unit)
        visits = visits.filter(Q(unit=unit) | Exists(beside))
    if folded := text.fold(words).split():
        told = visits.order_by().values_list("pk", "title")
        kept = [pk for pk, title in told if all(word in text.fold(title) for word in folded)]
        visits = visits.filter(pk__in=kept)
    return visits.prefetch_related("co_organisers", "values__measure")


def years(visits: QuerySet[Activity]) -> list[int]:
    days = visits.order_by().values_list("date__year", flat=True).distinct()
    return sorted(days, reverse=True)


def lessons_of(activity: Activity) -> QuerySet[Lesson]:
    return activity.lessons.select_related("practice", "by").order_by("pk")


def lessons_about(practice: Practice) -> QuerySet[Lesson]:
    """What was learned of a practice on visits that stand, the newest first."""
    told = practice.lessons.filter(activity__withdrawn_at=None)
    return told.select_related("activity").order_by("-activity__date", "-pk")


def shown_at(activity: Activity) -> list[Adoption]:
    """What the host of a visit does itself, of practices that are open: from each an adoption can begin."""
    here = Adoption.objects.filter(unit=activity.unit_id, state=Adoption.State.CONFIRMED)
    is_open = here.filter(practice__registered_date__isnull=False)
    stands = is_open.exclude(practice__state=Practice.State.STOPPED)
    return list(stands.select_related("practice").order_by("practice__folded", "pk"))
