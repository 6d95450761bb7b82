"""How units end on a day: they close, their names and places with them, and who stood under them goes on elsewhere."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import F, QuerySet

from lantoa.orgs import edit, queries, reform
from lantoa.orgs.changes import Dissolution, Ending, Homes, Merger, Named, Split
from lantoa.orgs.models import Placement, Succession, Unit, UnitName
from lantoa.orgs.reform import Keys
from lantoa.orgs.refusals import (
    EndedError,
    EndsAlreadyError,
    HeirError,
    HomelessError,
    PartsError,
    SharesError,
    TooSoonError,
    TwiceError,
)

WHOLE = 10_000


def ended(
    endings: Sequence[Ending],
    *,
    date: dt.date,
    basis: str,
    keys: Keys,
    settled: set[tuple[int, int]],
) -> set[int]:
    """Close units: their names and places end, who stood under them goes on elsewhere.

    Args:
        settled: (unit, line) pairs for whom the same change already said where they go.

    Returns:
        The ids of all units whose places changed.
    """
    reform.refuse_twice((unit.pk for ending in endings for unit in closing_of(ending)), date)
    closing = {unit.pk: ending for ending in endings for unit in closing_of(ending)}
    _refuse_the_dead(closing, date)
    _refuse_what_comes_later(closing, date)
    for ending in endings:
        _refuse_unfit(ending, date)
    _refuse_heirs(endings, closing, date, keys)
    touched = _rehoused(closing, date=date, keys=keys, settled=settled)
    for units in edit.filtered(Unit.objects.all(), pk=closing):
        units.update(closed_date=date)
    for kept in _kept():
        _end_those_of(closing, kept, date)
    for some in edit.filtered(Succession.objects.filter(date=date), before=closing):
        some.delete()  # a move or a new name of the day on which it ends never held
    Succession.objects.bulk_create(
        row for ending in endings for row in _fates(ending, date=date, basis=basis, keys=keys)
    )
    return touched | set(closing)


def closing_of(ending: Ending) -> Sequence[Unit]:
    return ending.units if isinstance(ending, Merger) else [ending.unit]


def heirs_of(ending: Ending) -> Sequence[Named]:
    match ending:
        case Merger():
            return [ending.into]
        case Split():
            return [part for part, _ in ending.into]
        case Dissolution():
            return [] if ending.heir is None else [ending.heir]


def _end_those_of(units: Collection[int], rows: QuerySet[Any], date: dt.date) -> None:
    for some in edit.filtered(rows, unit=units):
        some.filter(start_date=date).delete()
        some.filter(queries.valid_on(date)).update(end_date=date)


def _refuse_the_dead(closing: Collection[int], date: dt.date) -> None:
    """A unit ends once, and after a day of life at least."""
    for some in edit.filtered(Unit.objects.all(), pk=closing):
        for pk, opened, closed in some.values_list("pk", "opened_date", "closed_date"):
            if opened == date:
                raise TooSoonError(queries.name_near(pk, date), date, opened)
            if opened > date or (closed and closed <= date):
                raise EndedError(queries.name_near(pk, date), date)
            if closed:
                raise EndsAlreadyError(queries.name_near(pk, date), closed)


def _refuse_what_comes_later(closing: Collection[int], date: dt.date) -> None:
    """What is recorded of a unit for a later day would never be; nor would it be there to succeed another."""
    for kept in _kept():
        for some in edit.filtered(kept.filter(start_date__gt=date), unit=closing):
            last = some.order_by("-start_date").values_list("unit_id", "start_date").first()
            if last is not None:
                raise TooSoonError(queries.name_near(last[0], date), date, last[1])
    inherits = Succession.objects.filter(date__gte=date).exclude(before=F("after"))
    for some in edit.filtered(inherits, after=closing):
        heir = some.order_by("-date").values_list("after_id", "date").first()
        if heir is not None:
            raise TooSoonError(queries.name_near(heir[0] or 0, date), date, heir[1])


def _kept() -> list[QuerySet[Any]]:
    """All dated rows that a unit has of its own."""
    return [UnitName.objects.all(), Placement.objects.all()]


def _refuse_unfit(ending: Ending, date: dt.date) -> None:
    """A split has parts, each once, and shares that make a whole; a merger has someone to merge."""
    if isinstance(ending, Merger) and not ending.units:
        into = ending.into if isinstance(ending.into, str) else ending.into.pk
        raise PartsError.of_merger(into if isinstance(into, str) else queries.name_near(into, date))
    if not isinstance(ending, Split):
        return
    name = queries.name_near(ending.unit.pk, date)
    if len(ending.into) < 2:
        raise PartsError.of_split(name)
    parts = [part for part, _ in ending.into]
    for number, part in enumerate(parts):
        if part in parts[:number]:
            raise TwiceError(part if isinstance(part, str) else queries.name_near(part.pk, date))
    given = [share for _, share in ending.into if share is not None]
    if given and (len(given) != len(parts) or sum(given) != WHOLE or min(given) < 1):
        raise SharesError(name)


def _refuse_heirs(
    endings: Iterable[Ending], closing: Collection[int], date: dt.date, keys: Keys
) -> None:
    """Whoever succeeds lives from the day on: it is open by then, and does not end with the others."""
    heirs = {keys[heir].pk: ending for ending in endings for heir in heirs_of(ending)}
    alive: set[int] = set()
    for some in edit.filtered(Unit.objects.filter(edit.alive_on(date)), pk=heirs):
        alive |= set(some.values_list("pk", flat=True))
    for heir, ending in heirs.items():
        if heir not in alive or heir in closing:
            unit = closing_of(ending)[0].pk
            raise HeirError(queries.name_near(unit, date), queries.name_near(heir, date), date)


def _rehoused(
    closing: Mapping[int, Ending], *, date: dt.date, keys: Keys, settled: set[tuple[int, int]]
) -> set[int]:
    """Give everyone who stands under a closing unit, and does not close itself, a new parent."""
    replaced = []
    under = Placement.objects.filter(edit.shares_a_day(date)).select_related("unit")
    for some in edit.filtered(under, parent=closing):
        for stay in some:
            if stay.unit_id in closing or (stay.unit_id, stay.line_id) in settled:
                continue
            home = _home(closing[stay.parent_id or 0], stay.unit)
            if home is None or home == stay.unit:
                child = queries.name_near(stay.unit_id, date)
                raise HomelessError(child, queries.name_near(stay.parent_id or 0, date), date)
            replaced.append((stay, keys[home]))
    reform.replace(replaced, date)
    return {stay.unit_id for stay, _ in replaced}


def _home(ending: Ending, child: Unit) -> Named | None:
    homes: Homes = ending.children
    said = homes.get(child) if isinstance(homes, Mapping) else homes
    if said is None and isinstance(ending, Merger):
        return ending.into
    if said is None and isinstance(ending, Dissolution):
        return ending.heir
    return said


def _fates(ending: Ending, *, date: dt.date, basis: str, keys: Keys) -> list[Succession]:
    """One row per closed unit and successor; one without a successor where nothing takes its place."""
    kind = {Merger: "merger", Split: "split", Dissolution: "dissolution"}[type(ending)]
    nobody: Sequence[Named | None] = [None]
    shares = dict(ending.into) if isinstance(ending, Split) else {}
    return [
        Succession(
            kind=kind,
            date=date,
            before=unit,
            after=None if heir is None else keys[heir],
            share=None if heir is None else shares.get(heir),
            basis=basis,
        )
        for unit in closing_of(ending)
        for heir in (heirs_of(ending) or nobody)
    ]
