"""What verifications say: of each measure, what was found over what was reported, in how many of how many records."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from lantoa.inspections import sampling
from lantoa.inspections.models import (
    SampledFile,
    SampledRecord,
    SampledValue,
    Verification,
    VerifiedMeasure,
)
from lantoa.inspections.sampling import Factor, Pair
from lantoa.ledger.models import Measure
from lantoa.orgs import rights
from lantoa.orgs.models import Closure, Line, Person
from lantoa.orgs.queries import valid_on
from lantoa.work.models import Evidence

MOST_BEHIND = 10


@dataclass(frozen=True, slots=True)
class Verified:
    """A measure in a verification. `factor` None: nothing was looked at, or nothing reported in what was."""

    verification: Verification
    measure: Measure
    records: int
    factor: Factor | None


def visible_to(by: Person, at: dt.datetime) -> QuerySet[Verification]:
    """While they run, those of the units where one inspects; finished, also those of units that one may read."""
    inspects = rights.allowed(by, "inspections.inspect", at)
    reads = rights.allowed(by, "inspections.read", at)
    seen = Q(unit__in=inspects) | Q(unit__in=reads, finished_at__isnull=False)
    looked = Count("sample", filter=Q(sample__values__found__isnull=False), distinct=True)
    found = Verification.objects.filter(seen).select_related("unit", "line", "kind", "drawn_by")
    return found.annotate(size=Count("sample", distinct=True), looked=looked).order_by("-pk")


def verification_for(by: Person, pk: int, at: dt.datetime) -> Verification | None:
    """One that somebody may see; None for one that they may not."""
    return visible_to(by, at).filter(pk=pk).first()


def sample_of(verification: Verification) -> QuerySet[SampledRecord]:
    """The records drawn, in their order, each with its values."""
    values = SampledValue.objects.select_related("measure").order_by("measure__position", "pk")
    drawn = verification.sample.select_related("activity__kind").order_by("place")
    files = SampledFile.objects.select_related("by").order_by("pk")
    return drawn.prefetch_related(
        Prefetch("values", queryset=values), Prefetch("files", queryset=files)
    )


def file_for(by: Person, number: UUID, at: dt.datetime) -> SampledFile | None:
    """A file of a verifier that somebody may see; None for one that they may not."""
    seen = visible_to(by, at).values("pk")
    return SampledFile.objects.filter(uuid=number, record__verification__in=seen).first()


def photos_of(sample: Iterable[SampledRecord]) -> dict[int, list[UUID]]:
    """By activity, the photos and papers that its own unit kept with it."""
    found: dict[int, list[UUID]] = defaultdict(list)
    kept = Evidence.objects.filter(
        activity__in=[each.activity_id for each in sample], removed_at=None
    )
    for activity, number in kept.order_by("pk").values_list("activity", "uuid"):
        found[activity].append(number)
    return found


def of(verification: Verification) -> list[Verified]:
    """Every measure of a verification, in order. Two queries."""
    counted = verification.measures.select_related("measure").order_by("measure__position", "pk")
    return _verified(list(counted), [verification])


def behind(
    measure: Measure, unit_id: int, line: Line, first: dt.date, last: dt.date
) -> list[Verified]:
    """Finished verifications within a figure: of its unit or one below, of days within its period; the newest first.

    They stand beside the figure one by one: a factor of one commune says nothing about its neighbour. Two queries.
    """
    within = Closure.objects.filter(
        valid_on(last),
        line=line,
        ancestor=unit_id,
        unit=OuterRef("verification__unit"),
        depth__gt=0,
    )
    own = Q(verification__unit=unit_id, verification__line=line)
    counted = VerifiedMeasure.objects.filter(
        own | Exists(within),
        measure=measure,
        verification__finished_at__isnull=False,
        verification__start_date__gte=first,
        verification__end_date__lte=last + dt.timedelta(days=1),
    ).select_related("measure", "verification__unit", "verification__kind")
    found = list(counted.order_by("-verification__finished_at", "-pk")[:MOST_BEHIND])
    return _verified(found, [each.verification for each in found])


def _verified(
    counted: Sequence[VerifiedMeasure], verifications: Iterable[Verification]
) -> list[Verified]:
    ids = [each.pk for each in verifications]
    looked = SampledValue.objects.filter(record__verification__in=ids, found__isnull=False)
    pairs: dict[tuple[int, int], list[Pair]] = defaultdict(list)
    rows = looked.values_list("record__verification", "measure", "reported", "found")
    for verification, measure, reported, found in rows.order_by("pk"):
        pairs[verification, measure].append(Pair(reported, found or 0))
    return [
        Verified(
            each.verification,
            each.measure,
            each.records,
            sampling.factor(pairs[each.verification_id, each.measure_id], each.records),
        )
        for each in counted
    ]
