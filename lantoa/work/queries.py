"""What one may ask about the work done."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lantoa.ledger.queries import SourceRow
from lantoa.lib.periods import Period
from lantoa.orgs.models import Unit, UnitName
from lantoa.work.models import Activity, ActivityKind, ActivityValue, KindMeasure

IDS_A_QUERY = 500


def open_kinds() -> QuerySet[ActivityKind]:
    """The kinds that are offered, in their order, each with what it takes."""
    offered = ActivityKind.objects.filter(is_open=True).order_by("position")
    return offered.prefetch_related(Prefetch("takes", queryset=_takes()))


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
    values = ActivityValue.objects.select_related("measure").order_by("measure__position", "pk")
    return (
        Activity.objects.filter(
            unit=unit, date__gte=period.start, date__lt=period.end, withdrawn_at=None
        )
        .select_related("kind")
        .prefetch_related(Prefetch("values", queryset=values), "co_organisers")
        .order_by("-date", "-pk")
    )


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


def name_on_the_day(unit: str = "unit") -> Coalesce:
    """The name that a row's unit bore on its `date`; before its first name, the first."""
    names = UnitName.objects.filter(unit=OuterRef(unit)).order_by("-start_date")
    on_the_day = names.filter(start_date__lte=OuterRef("date"))
    return Coalesce(
        Subquery(on_the_day.values("short_name")[:1]),
        Subquery(names.reverse().values("short_name")[:1]),
    )
