"""The practices and adoptions behind ledger entries, as rows of a figure's door."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db.models import Q, QuerySet

from lantoa.ledger.queries import SourceRow
from lantoa.lib.dates import day_of
from lantoa.practices.models import Adoption, Practice
from lantoa.practices.queries import by_hundreds, names_of


def practice_rows(source_ids: Iterable[int]) -> dict[int, SourceRow]:
    """The practices behind ledger entries of source kind "practice", by practice id."""
    ids = sorted(set(source_ids))
    found = [each for some in by_hundreds(ids) for each in Practice.objects.filter(pk__in=some)]
    names = _names(found)
    return {
        each.pk: SourceRow(
            source_id=each.pk,
            date=each.registered_date or dt.date.min,
            unit_id=each.unit_id,
            unit=names.get(each.unit_id, ""),
            kind_vi=_CALLED[each.kind][0].capitalize(),
            kind_en=_CALLED[each.kind][1].capitalize(),
            title=each.title,
            is_withdrawn=False,
        )
        for each in found
    }


def adoption_rows(source_ids: Iterable[int]) -> dict[int, SourceRow]:
    """The adoptions behind ledger entries of source kind "adoption", by adoption id."""
    ids = sorted(set(source_ids))
    found = [each for some in by_hundreds(ids) for each in _with_practice(Q(pk__in=some))]
    names = _names(found)
    return {each.pk: _adoption_row(each.pk, each, names) for each in found}


def practising_rows(source_ids: Iterable[int]) -> dict[int, SourceRow]:
    """Behind entries of source kind "practising", by unit id: the newest of what the unit took up."""
    ids = sorted(set(source_ids))
    begun = Q(start_date__isnull=False)
    found = [each for some in by_hundreds(ids) for each in _with_practice(begun & Q(unit__in=some))]
    names = _names(found)
    return {each.unit_id: _adoption_row(each.unit_id, each, names) for each in found}


def _with_practice(asked: Q) -> QuerySet[Adoption]:
    return Adoption.objects.filter(asked).select_related("practice").order_by("start_date", "pk")


def _names(rows: Iterable[Practice | Adoption]) -> dict[int, str]:
    return names_of({each.unit_id for each in rows}, dt.date.max)


def _adoption_row(source_id: int, adoption: Adoption, names: Mapping[int, str]) -> SourceRow:
    vi, en = _CALLED[adoption.practice.kind]
    return SourceRow(
        source_id=source_id,
        date=adoption.start_date or day_of(adoption.asked_at),
        unit_id=adoption.unit_id,
        unit=names.get(adoption.unit_id, ""),
        kind_vi=f"Làm theo {vi}",
        kind_en=f"Following a {en}",
        title=adoption.practice.title,
        is_withdrawn=False,
    )


_CALLED: Mapping[str, tuple[str, str]] = {
    Practice.Kind.MODEL: ("mô hình", "model"),
    Practice.Kind.WORK: ("phần việc", "work item"),
    Practice.Kind.WAY: ("cách làm", "way of working"),
}
