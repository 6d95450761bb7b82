"""What one may ask about the work done."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from lantoa.ledger.queries import SourceRow
from lantoa.lib import text
from lantoa.lib.periods import Period
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Unit
from lantoa.orgs.queries import name_on_the_day
from lantoa.work.models import (
    Activity,
    ActivityKind,
    ActivityValue,
    ActivityVersion,
    Evidence,
    KindMeasure,
)

IDS_A_QUERY = 500


def open_kinds() -> QuerySet[ActivityKind]:
    """The kinds that are offered, in their order, each with what it takes."""
    offered = ActivityKind.objects.filter(is_open=True).order_by("position")
    return offered.prefetch_related(Prefetch("takes", queryset=_takes()))


def kind_of(activity: Activity) -> ActivityKind:
    """A record's kind with what it takes; one that is no longer offered still has records to mend."""
    kinds = ActivityKind.objects.prefetch_related(Prefetch("takes", queryset=_takes()))
    kind = kinds.get(pk=activity.kind_id)
    kind.is_open = True
    return kind


def takes_of(kind_ids: Collection[int]) -> dict[int, list[KindMeasure]]:
    """What each kind takes, in order, with its measures. One query."""
    found: dict[int, list[KindMeasure]] = defaultdict(list)
    for take in _takes().filter(kind__in=kind_ids):
        found[take.kind_id].append(take)
    return found


def _takes() -> QuerySet[KindMeasure]:
    return KindMeasure.objects.select_related("measure", "part_of").order_by("position", "pk")


def activities_of(unit: Unit, period: Period) -> QuerySet[Activity]:
    """What a unit hosted in a period, newest first, with its values. Withdrawn ones are left out."""
    return (
        Activity.objects.filter(
            unit=unit, date__gte=period.start, date__lt=period.end, withdrawn_at=None
        )
        .select_related("kind")
        .prefetch_related(_values(), "co_organisers")
        .order_by("-date", "-pk")
    )


def _values() -> Any:
    values = ActivityValue.objects.select_related("measure").order_by("measure__position", "pk")
    return Prefetch("values", queryset=values)


def uses_of_kinds(unit: Unit, since: dt.date) -> dict[int, int]:
    """How often the unit has recorded each kind since a day, by kind id."""
    held = Activity.objects.filter(unit=unit, date__gte=since, withdrawn_at=None)
    return dict(held.order_by().values_list("kind").annotate(Count("pk")))


def last_of_each_kind(unit: Unit) -> dict[int, Activity]:
    """The unit's newest record of each kind, with its values, by kind id. Three queries."""
    held = Activity.objects.filter(kind=OuterRef("pk"), unit=unit, withdrawn_at=None)
    newest = Subquery(held.order_by("-date", "-pk").values("pk")[:1])
    numbers = ActivityKind.objects.annotate(newest=newest).exclude(newest=None)
    found = Activity.objects.filter(pk__in=list(numbers.values_list("newest", flat=True)))
    return {each.kind_id: each for each in found.prefetch_related(_values())}


def records_of(
    unit: Unit, *, words: str = "", kind: str = "", withdrawn: bool | None = False
) -> QuerySet[Activity]:
    """What a unit has recorded, newest first, with values and the number of photos.

    Args:
        words: all of them must be in the title or in the name of the kind; marks and case are immaterial.
        withdrawn: False for those that count, True for those taken back, None for both.
    """
    found = Activity.objects.filter(unit=unit)
    if withdrawn is not None:
        found = found.filter(withdrawn_at__isnull=not withdrawn)
    if kind:
        found = found.filter(kind__code=kind)
    if folded := text.fold(words).split():
        found = found.filter(pk__in=_with_words(found, folded))
    photos = Count("evidence", filter=Q(evidence__removed_at=None))
    ordered = found.annotate(photos=photos).select_related("kind").order_by("-date", "-pk")
    return ordered.prefetch_related(_values())


def _with_words(found: QuerySet[Activity], folded: Sequence[str]) -> list[int]:
    """Found here, not in the database: a unit's own records are hundreds, and no database folds as we do."""
    told = found.values_list("pk", "title", "kind__name_vi", "kind__name_en")
    return [
        pk
        for pk, *said in told.iterator()
        if all(word in text.fold(" ".join(said)) for word in folded)
    ]


def record_for(by: Person, pk: int, at: dt.datetime) -> Activity | None:
    """A record that somebody may see; None for one that they may not, as for one that is not there."""
    found = Activity.objects.filter(pk=pk).select_related(
        "kind", "unit", "recorded_by", "task__plan"
    )
    activity = found.prefetch_related(_values(), "co_organisers").first()
    return activity if activity and _may_read(by, activity.unit, at) else None


def record_by_uuid(by: Person, number: UUID, at: dt.datetime) -> Activity | None:
    """As `record_for`, by the number that was made where it was typed."""
    pk = Activity.objects.filter(uuid=number).values_list("pk", flat=True).first()
    return record_for(by, pk, at) if pk else None


def evidence_of(activity: Activity) -> QuerySet[Evidence]:
    """The photos and papers of a record, in the order in which they came."""
    return Evidence.objects.filter(activity=activity, removed_at=None).order_by("pk")


def evidence_for(by: Person, number: UUID, at: dt.datetime) -> Evidence | None:
    """A photo that somebody may see; None for one that they may not, or that was taken off."""
    found = Evidence.objects.filter(uuid=number, removed_at=None)
    evidence = found.select_related("activity__unit").first()
    return evidence if evidence and _may_read(by, evidence.activity.unit, at) else None


def versions_of(activity: Activity) -> QuerySet[ActivityVersion]:
    """What a record has said, the newest first. A record that was never corrected has none."""
    return activity.versions.select_related("by").order_by("-number")


def _may_read(by: Person, unit: Unit, at: dt.datetime) -> bool:
    return rights.units_among(by, "work.read", [unit.pk], at).exists()


def digests_of(numbers: Sequence[UUID]) -> dict[UUID, str]:
    """What was sent first under each number that is there already. One query for every 500."""
    there: dict[UUID, str] = {}
    for start in range(0, len(numbers), IDS_A_QUERY):
        found = Activity.objects.filter(uuid__in=numbers[start : start + IDS_A_QUERY])
        there |= dict(found.values_list("uuid", "digest"))
    return there


def rows_for(source_ids: Iterable[int]) -> dict[int, SourceRow]:
    """The activities behind ledger entries of source kind "activity", named as on their day.

    Returns:
        By activity id. One query for every 500.
    """
    ids = sorted(set(source_ids))
    rows: dict[int, SourceRow] = {}
    for start in range(0, len(ids), IDS_A_QUERY):
        found = Activity.objects.filter(pk__in=ids[start : start + IDS_A_QUERY])
        for each in found.annotate(unit_name=name_on_the_day()).select_related("kind"):
            rows[each.pk] = SourceRow(
                source_id=each.pk,
                date=each.date,
                unit_id=each.unit_id,
                unit=each.unit_name,
                kind_vi=each.kind.name_vi,
                kind_en=each.kind.name_en,
                title=each.title,
                is_withdrawn=each.withdrawn_at is not None,
            )
    return rows
