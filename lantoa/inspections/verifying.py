"""What one may do to verify figures: draw records by a seed, write what was found beside what was reported, finish.

Nothing here posts to the ledger: a verification says how far a figure can be trusted, it does not change it.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from lantoa.inspections import papers, refusals, sampling
from lantoa.inspections.models import (
    SampledFile,
    SampledRecord,
    SampledValue,
    Verification,
    VerifiedMeasure,
)
from lantoa.inspections.refusals import ChangedMeanwhileError
from lantoa.keeping import files
from lantoa.lib import text
from lantoa.lib.errors import RefusedError
from lantoa.lib.numbers import LARGEST_TYPED, show
from lantoa.orgs import rights
from lantoa.orgs.models import Closure, Line, Person, Unit
from lantoa.work.evidence import Sent
from lantoa.work.models import Activity, ActivityKind, ActivityValue, KindMeasure

SEED_LENGTH, MOST = 40, 200
IDS_A_QUERY = 500

Values = dict[int, dict[int, int]]  # by activity, by measure


class Drawing(NamedTuple):
    """What is to be drawn from: the records of a unit and all below it, in a line, over a span (`end` is out)."""

    unit: Unit
    line: Line
    start: dt.date
    end: dt.date
    kind: ActivityKind | None = None


@transaction.atomic
def draw(*, drawing: Drawing, seed: str, size: int, by: Person, at: dt.datetime) -> Verification:
    """Draw records. What they say now is kept beside: a later correction does not blur what was verified.

    Raises:
        RefusedError: no seed, or a sample larger than its records.
    """
    rights.require(by, "inspections.inspect", drawing.unit, at)
    seed = " ".join(text.nfc(seed).split())
    for wrong in refusals.wrong_words(seed, "seed", SEED_LENGTH):
        raise wrong
    if drawing.end <= drawing.start:
        raise RefusedError(
            where="end",
            vi="Ngày kết thúc phải sau ngày bắt đầu. Hãy chọn lại kỳ.",
            en="The last day must follow the first. Choose the period again.",
        )
    numbers = dict(population(drawing).values_list("uuid", "pk"))
    _refuse_size(size, len(numbers))
    made = Verification.objects.create(
        unit=drawing.unit,
        line=drawing.line,
        start_date=drawing.start,
        end_date=drawing.end,
        kind=drawing.kind,
        seed=seed,
        records=len(numbers),
        drawn_at=at,
        drawn_by=by,
    )
    values = _values(list(numbers.values()))
    _keep_measures(made, values)
    _keep_sample(made, [numbers[each] for each in sampling.drawn(seed, numbers, size)], values)
    return made


def population(drawing: Drawing) -> QuerySet[Activity]:
    """The records that can be drawn: each where its host stood on its own day, withdrawn ones left out."""
    above = Closure.objects.filter(
        Q(end_date=None) | Q(end_date__gt=OuterRef("date")),
        line=drawing.line,
        ancestor=drawing.unit,
        unit=OuterRef("unit"),
        start_date__lte=OuterRef("date"),
    )
    found = Activity.objects.filter(
        Exists(above), date__gte=drawing.start, date__lt=drawing.end, withdrawn_at=None
    )
    return found.filter(kind=drawing.kind) if drawing.kind else found


@transaction.atomic
def write(
    *,
    verification: Verification,
    found: Mapping[int, int | None],
    notes: Mapping[int, str],
    sent: Mapping[int, Sequence[Sent]] | None = None,
    dropped: Collection[UUID] = (),
    by: Person,
    at: dt.datetime,
) -> None:
    """Write what was found. What is not named stays as it is.

    Args:
        found: by sampled value; None takes back what was written.
        notes: by sampled record, against what it was held: the unit's log, the photos, a telephone call.
        sent: by sampled record, photos and papers of the verifier's own. Under the same number again counts once.
        dropped: the numbers of such files that were kept by mistake; as long as it runs, they go.

    Raises:
        RefusedError: it is finished, a value is none, a note is too long, or a file cannot be kept.
    """
    rights.require(by, "inspections.inspect", verification.unit, at)
    _refuse_finished(verification)
    for number, value in found.items():
        _refuse_value(value, f"so-{number}")
    for number, note in notes.items():
        for wrong in refusals.wrong_words(note or "-", f"nguon-{number}", refusals.SENTENCE):
            raise wrong
    values = SampledValue.objects.filter(record__verification=verification).in_bulk(list(found))
    for pk, row in values.items():
        row.found = found[pk]
    records = SampledRecord.objects.filter(verification=verification).in_bulk(list(notes))
    for pk, record in records.items():
        record.note = " ".join(text.nfc(notes[pk]).split())
    SampledValue.objects.bulk_update(values.values(), ["found"], batch_size=100)
    SampledRecord.objects.bulk_update(records.values(), ["note"], batch_size=100)
    _show(verification, sent or {}, dropped, by=by, at=at)


def _show(
    verification: Verification,
    sent: Mapping[int, Sequence[Sent]],
    dropped: Collection[UUID],
    *,
    by: Person,
    at: dt.datetime,
) -> None:
    mine = SampledFile.objects.filter(record__verification=verification)
    _drop(mine.filter(uuid__in=dropped))
    there: dict[int, set[UUID]] = defaultdict(set)
    for pk, number in mine.values_list("record", "uuid"):
        there[pk].add(number)
    records = SampledRecord.objects.filter(verification=verification).in_bulk(list(sent))
    for pk, record in records.items():
        fresh = [each for each in sent[pk] if each.uuid not in there[pk]]
        papers.refuse_too_many(len(there[pk]) + len(fresh), f"tep-{pk}")
        for file in papers.kept(fresh, f"tep-{pk}"):
            SampledFile.objects.create(record=record, at=at, by=by, **file)


def _drop(found: QuerySet[SampledFile]) -> None:
    for name in list(found.values_list("file", flat=True)):
        transaction.on_commit(partial(files.forget, name))
    found.delete()


@transaction.atomic
def finish(*, verification: Verification, by: Person, at: dt.datetime) -> None:
    """Finish: from now on it is shown behind the doors of the figures, and nothing in it changes.

    Raises:
        RefusedError: nothing was looked at yet.
        ChangedMeanwhileError: somebody else has just finished it.
    """
    rights.require(by, "inspections.inspect", verification.unit, at)
    _refuse_finished(verification)
    looked = SampledValue.objects.filter(record__verification=verification, found__isnull=False)
    if not looked.exists():
        raise RefusedError(
            where="found",
            vi="Chưa ghi số thấy được của hồ sơ nào. Hãy đối chiếu ít nhất một hồ sơ.",
            en="Nothing was found yet. Look at one record at least.",
        )
    asked = Verification.objects.filter(pk=verification.pk, finished_at=None)
    if asked.update(finished_at=at) != 1:
        raise ChangedMeanwhileError
    verification.finished_at = at


def _values(activities: Sequence[int]) -> Values:
    """What each record says, itself counted as one where its kind counts so."""
    found: Values = {each: {} for each in activities}
    for first in range(0, len(activities), IDS_A_QUERY):
        some = activities[first : first + IDS_A_QUERY]
        typed = ActivityValue.objects.filter(activity__in=some)
        for activity, measure, value in typed.values_list("activity", "measure", "value"):
            found[activity][measure] = value
        ones = KindMeasure.objects.filter(
            kind__activity__in=some, takes=KindMeasure.Takes.ONE
        ).values_list("kind__activity", "measure")
        for activity, measure in ones:
            if activity in found:
                found[activity][measure] = 1
    return found


def _keep_measures(verification: Verification, values: Values) -> None:
    records: Counter[int] = Counter()
    sums: Counter[int] = Counter()
    for said in values.values():
        records.update(said.keys())
        sums.update(said)
    VerifiedMeasure.objects.bulk_create(
        VerifiedMeasure(
            verification=verification, measure_id=each, records=records[each], reported=sums[each]
        )
        for each in sorted(records)
    )


def _keep_sample(verification: Verification, drawn: Sequence[int], values: Values) -> None:
    made = SampledRecord.objects.bulk_create(
        SampledRecord(verification=verification, activity_id=each, place=place)
        for place, each in enumerate(drawn, start=1)
    )
    SampledValue.objects.bulk_create(
        SampledValue(record=each, measure_id=measure, reported=value)
        for each in made
        for measure, value in sorted(values[each.activity_id].items())
    )


def _refuse_size(size: int, records: int) -> None:
    if not records:
        raise RefusedError(
            where="size",
            vi="Không có hồ sơ nào trong phạm vi này. Hãy chọn đơn vị, kỳ hoặc hình thức khác.",
            en="There are no records in this scope. Choose another unit, period or kind.",
        )
    most = min(records, MOST)
    if not 1 <= size <= most:
        raise RefusedError(
            where="size",
            vi=f"Phạm vi này có {show(records)} hồ sơ, không rút được {show(size)}. Hãy chọn từ 1 đến {show(most)}.",
            en=f"This scope has {records} records; {size} cannot be drawn. Choose from 1 to {most}.",
        )


def _refuse_finished(verification: Verification) -> None:
    if verification.finished_at:
        raise RefusedError(
            where="state",
            vi="Lần đối chiếu này đã xong nên không sửa được nữa. Hãy rút mẫu mới.",
            en="This verification is finished and changes no more. Draw a new sample.",
        )


def _refuse_value(value: int | None, where: str) -> None:
    if value is not None and not 0 <= value <= LARGEST_TYPED:
        raise RefusedError(
            where=where,
            vi="Số thấy được phải từ 0 trở lên và không quá lớn. Hãy xem lại.",
            en="What was found must be 0 or more, and not too large. Please check.",
        )
