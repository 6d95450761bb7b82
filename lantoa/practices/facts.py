"""What a practice and an adoption mean to the ledger. Each says it whole every time; the ledger posts the difference.

A practice counts once, at the unit where it began, from its registration to its end: by kind, by field, by holder. Who takes
part and what is saved counts where it is done. A chapter counts once, however many practices it keeps.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from django.db.models import Min

from lantoa.ledger import actions as ledger
from lantoa.ledger.actions import Fact, Posting
from lantoa.ledger.models import Measure
from lantoa.orgs.models import Person, Unit
from lantoa.practices import signs, steps
from lantoa.practices.models import Adoption, AdoptionResult, Practice

PRACTICE, ADOPTION, PRACTISING = "practice", "adoption", "practising"
IDS_A_QUERY = 400
State = Practice.State

IN_USE, REGISTERED, RECOGNISED = "mo-hinh", "mo-hinh-dang-ky", "mo-hinh-cong-nhan"
FOLLOWED, SPREAD = "luot-ap-dung", "mo-hinh-nhan-rong"
PEOPLE, SAVED = "nguoi-tham-gia-mo-hinh", "tien-tiet-kiem"
CHAPTERS = "chi-hoi-co-mo-hinh"
BY_KIND = {
    Practice.Kind.MODEL: "mo-hinh-loai-mo-hinh",
    Practice.Kind.WORK: "mo-hinh-loai-phan-viec",
    Practice.Kind.WAY: "mo-hinh-loai-cach-lam",
}
CODES = (
    IN_USE, REGISTERED, RECOGNISED, FOLLOWED, SPREAD, PEOPLE, SAVED, CHAPTERS, *BY_KIND.values(),
    *(f"mo-hinh-{each}" for each in (*Practice.Field.values, *Practice.Holder.values)),
)  # fmt: skip

Days = list[tuple[dt.date, dt.date | None]]


def post_practices(
    practices: Sequence[Practice], *, by: Person, at: dt.datetime, reason: str = ""
) -> None:
    """Say what these practices mean now. Four queries, however many."""
    measures = _measures()
    days: dict[int, dict[str, dt.date]] = defaultdict(dict)
    for event in steps.standing().filter(practice__in=[each.pk for each in practices]):
        days[event.practice_id][event.state] = event.date
    postings = [
        Posting(PRACTICE, each.pk, list(_of_practice(each, days[each.pk], measures)), reason)
        for each in practices
    ]
    ledger.post_many(postings=postings, by=by, at=at)


def _of_practice(
    practice: Practice, days: Mapping[str, dt.date], measures: Mapping[str, int]
) -> Iterator[Fact]:
    if State.REGISTERED not in days:
        return
    unit, start = practice.unit_id, days[State.REGISTERED]
    yield Fact(measures[REGISTERED], unit, start, 1)
    if State.RECOGNISED in days:
        yield Fact(measures[RECOGNISED], unit, days[State.RECOGNISED], 1)
    kept = (
        IN_USE,
        BY_KIND[Practice.Kind(practice.kind)],
        f"mo-hinh-{practice.field}",
        f"mo-hinh-{practice.holder}",
    )
    for code in kept:
        yield from _while_it_lasts(measures[code], unit, start, days.get(State.STOPPED))


def post_adoptions(
    adoptions: Sequence[Adoption], *, by: Person, at: dt.datetime, reason: str = ""
) -> None:
    """Say what these adoptions mean now, and their units' keeping of practices. A proposal means nothing yet.

    Six queries for every 400, beside the ledger's own.
    """
    if not adoptions:
        return
    measures = _measures()
    registered = Practice.objects.filter(registered_date__isnull=False)
    open_to_all = set(
        registered.filter(pk__in={each.practice_id for each in adoptions}).values_list(
            "pk", flat=True
        )
    )
    ids = [each.pk for each in adoptions if each.practice_id in open_to_all]
    results, shown = results_of(ids), _first_signs(ids)
    postings = [
        Posting(
            ADOPTION,
            each.pk,
            list(_of_adoption(each, results.get(each.pk, []), shown.get(each.pk), measures))
            if each.practice_id in open_to_all
            else [],
            reason,
        )
        for each in adoptions
    ]
    postings += _practising({each.unit_id for each in adoptions}, measures[CHAPTERS], reason)
    ledger.post_many(postings=postings, by=by, at=at)


def _of_adoption(
    adoption: Adoption,
    results: Sequence[AdoptionResult],
    shown: dt.date | None,
    measures: Mapping[str, int],
) -> Iterator[Fact]:
    start, end, unit = adoption.start_date, adoption.end_date, adoption.unit_id
    if start is None or adoption.state not in (Adoption.State.CONFIRMED, Adoption.State.ENDED):
        return
    yield from _while_it_lasts(measures[FOLLOWED], unit, start, end)
    if adoption.learned_from_id and results and shown:
        yield Fact(measures[SPREAD], unit, max(results[0].date, shown), 1)
    people = [(each.date, each.participants) for each in results if each.participants is not None]
    people = [(start, 0), *people, *([(end, 0)] if end else [])]
    for (_, before), (date, now) in pairwise(people):
        yield Fact(measures[PEOPLE], unit, date, now - before)
    for each in results:
        if each.saved:
            yield Fact(measures[SAVED], unit, each.date, each.saved)


def _practising(unit_ids: Collection[int], measure: int, reason: str) -> list[Posting]:
    """A chapter keeps a practice in the days in which it follows one or several: those days, joined."""
    chapters = Unit.objects.filter(kind=Unit.Kind.WOMEN_CHAPTER)
    units = [
        unit
        for some in _some(sorted(unit_ids))
        for unit in chapters.filter(pk__in=some).values_list("pk", flat=True)
    ]
    spans: dict[int, Days] = {unit: [] for unit in units}
    for some in _some(units):
        followed = Adoption.objects.filter(
            unit__in=some,
            state__in=[Adoption.State.CONFIRMED, Adoption.State.ENDED],
            practice__registered_date__isnull=False,
        )
        for unit, start, end in followed.values_list("unit_id", "start_date", "end_date"):
            if start:
                spans[unit].append((start, end))
    return [
        Posting(
            PRACTISING,
            unit,
            [
                fact
                for start, end in joined(days)
                for fact in _while_it_lasts(measure, unit, start, end)
            ],
            reason,
        )
        for unit, days in spans.items()
    ]


def joined(days: Days) -> Days:
    """Spans that touch or overlap as one; None is no end."""
    found: Days = []
    for start, end in sorted(days, key=lambda span: span[0]):
        before = found[-1] if found else None
        if before and (before[1] is None or start <= before[1]):
            last = None if before[1] is None or end is None else max(before[1], end)
            found[-1] = (before[0], last)
        else:
            found.append((start, end))
    return found


def _while_it_lasts(measure: int, unit: int, start: dt.date, end: dt.date | None) -> Iterator[Fact]:
    yield Fact(measure, unit, start, 1)
    if end:
        yield Fact(measure, unit, end, -1)


def results_of(adoption_ids: Iterable[int]) -> dict[int, list[AdoptionResult]]:
    """The results that stand, by adoption id and by day: of one day, the one told last."""
    standing: dict[int, dict[dt.date, AdoptionResult]] = defaultdict(dict)
    for some in _some(sorted(set(adoption_ids))):
        for each in AdoptionResult.objects.filter(adoption__in=some).order_by("date", "pk"):
            standing[each.adoption_id][each.date] = each
    return {pk: list(by_day.values()) for pk, by_day in standing.items()}


def _first_signs(adoption_ids: Sequence[int]) -> dict[int, dt.date]:
    """The day of the first record shown for each that has one."""
    found: dict[int, dt.date] = {}
    for some in _some(adoption_ids):
        shown = signs.standing().filter(adoption__in=some)
        first = shown.order_by().values("adoption").annotate(first=Min("activity__date"))
        found.update(first.values_list("adoption", "first"))
    return found


def _measures() -> dict[str, int]:
    return dict(Measure.objects.filter(code__in=CODES).values_list("code", "pk"))


def _some(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(ids), IDS_A_QUERY):
        yield ids[first : first + IDS_A_QUERY]
