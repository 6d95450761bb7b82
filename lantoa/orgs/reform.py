"""How a change of many units on one day is written: a handful of statements, however many units.

Units are opened first, then some end; whoever stood under an ending unit goes where the change says.
Nothing is looked at here but what the writing itself needs: `edit.settle` looks at the whole afterwards.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from lantoa.lib.dates import show_day
from lantoa.lib.errors import LantoaError
from lantoa.orgs import edit, names, queries
from lantoa.orgs.changes import (
    Dissolution,
    Ending,
    Homes,
    Merger,
    Move,
    Named,
    NewUnit,
    Renaming,
    Split,
)
from lantoa.orgs.models import Placement, Succession, Unit, UnitName

WHOLE = 10_000


class HomelessError(LantoaError):
    """A unit stands under one that ends, and nobody said where it goes."""

    def __init__(self, unit: str, above: str, day: dt.date) -> None:
        super().__init__(
            vi=f"{unit} đang trực thuộc {above}, đơn vị kết thúc ngày {show_day(day)}. Hãy nói rõ {unit} về đâu.",
            en=f"{unit} stands under {above}, which ends on {show_day(day)}. Say where {unit} goes.",
        )


class SharesError(LantoaError):
    """Shares of a split that do not make a whole."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            vi=f"Tỷ lệ chia tách của {unit} phải đủ cho mọi phần và cộng lại bằng 10.000 phần vạn, hoặc để trống cả.",
            en=f"The shares of the split of {unit} must cover every part and add up to 10,000, or all be left out.",
        )


class EndedError(LantoaError):
    """A unit that does not live on the day cannot end, move or be renamed."""

    def __init__(self, unit: str, day: dt.date) -> None:
        super().__init__(
            vi=f"{unit} không hoạt động vào ngày {show_day(day)}. Hãy chọn ngày trong thời gian đơn vị hoạt động.",
            en=f"{unit} does not live on {show_day(day)}. Choose a day on which it does.",
        )


class NotThereError(LantoaError):
    """A unit cannot be moved in a line in which it does not stand."""

    def __init__(self, unit: str, line: str, day: dt.date) -> None:
        super().__init__(
            vi=f"{unit} không đứng trong hệ thống {line} vào ngày {show_day(day)}. Hãy “đặt vào” thay vì “chuyển”.",
            en=f"{unit} does not stand in the line {line} on {show_day(day)}. Place it instead of moving it.",
        )


class Keys:
    """The units of a change by the key under which it opens them."""

    def __init__(self) -> None:
        self.opened: dict[str, Unit] = {}

    def __getitem__(self, named: Named) -> Unit:
        return self.opened[named] if isinstance(named, str) else named


def opened(new: Sequence[NewUnit], *, date: dt.date, keys: Keys) -> None:
    """Open units, without name or place yet: what ends on the day must first let go of its code."""
    units = Unit.objects.bulk_create(
        [
            Unit(kind=row.kind, opened_date=row.opened_date or date, closed_date=row.closed_date)
            for row in new
        ]
    )
    keys.opened.update({row.key: unit for row, unit in zip(new, units, strict=True)})


def installed(new: Sequence[NewUnit], *, basis: str, keys: Keys) -> None:
    """Name and place the opened units; one may stand under another that comes later in the list."""
    pairs = [(row, keys[row.key]) for row in new]
    names.write(
        [
            names.NewName(
                unit.pk,
                row.name,
                row.short_name,
                row.code,
                unit.opened_date,
                unit.closed_date,
                basis,
            )
            for row, unit in pairs
        ]
    )
    Placement.objects.bulk_create(
        [
            Placement(
                line=place.line,
                unit=unit,
                parent=None if place.parent is None else keys[place.parent],
                start_date=place.start_date or unit.opened_date,
                end_date=place.end_date or unit.closed_date,
            )
            for row, unit in pairs
            for place in row.places
        ]
    )


def renamed(changes: Sequence[Renaming], *, date: dt.date, basis: str) -> None:
    """From the day on these units are called otherwise, until their next name."""
    ids = [change.unit.pk for change in changes]
    now = {
        row.unit_id: row
        for some in edit.filtered(UnitName.objects.filter(queries.valid_on(date)), unit=ids)
        for row in some
    }
    new = []
    for change in changes:
        row = now.get(change.unit.pk)
        if row is None:
            raise EndedError(queries.name_near(change.unit.pk, date), date)
        short = row.short_name if change.short_name is None else change.short_name
        code = row.code if change.code is None else change.code
        new.append(names.NewName(row.unit_id, change.name, short, code, date, row.end_date, basis))
    _end(UnitName.objects.all(), [row.pk for row in now.values() if row.start_date < date], date)
    _drop(UnitName.objects.all(), [row.pk for row in now.values() if row.start_date == date])
    names.write(new)
    Succession.objects.bulk_create(
        Succession(kind="renaming", date=date, before=c.unit, after=c.unit, basis=basis)
        for c in changes
    )


def moved(moves: Sequence[Move], *, date: dt.date, basis: str, keys: Keys) -> None:
    """From the day on these units stand under another parent in a line, for as long as they stood there."""
    stays = {
        (stay.unit_id, stay.line_id): stay
        for some in edit.filtered(
            Placement.objects.filter(queries.valid_on(date)), unit=[move.unit.pk for move in moves]
        )
        for stay in some
    }
    replaced = []
    for move in moves:
        stay = stays.get((move.unit.pk, move.line.pk))
        if stay is None:
            name = queries.name_near(move.unit.pk, date)
            raise NotThereError(name, move.line.name_vi, date)
        replaced.append((stay, None if move.parent is None else keys[move.parent]))
    _replace(replaced, date)
    Succession.objects.bulk_create(
        Succession(
            kind="transfer", date=date, before=m.unit, after=m.unit, line=m.line, basis=basis
        )
        for m in moves
    )


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
    closing = {unit.pk: ending for ending in endings for unit in _closing(ending)}
    _refuse_the_dead(closing, date)
    touched = _rehoused(closing, date=date, keys=keys, settled=settled)
    for units in edit.filtered(Unit.objects.all(), pk=closing):
        units.update(closed_date=date)
    _end_those_of(closing, UnitName.objects.filter(edit.shares_a_day(date)), date)
    _end_those_of(closing, Placement.objects.filter(queries.valid_on(date)), date)
    Succession.objects.bulk_create(
        row for ending in endings for row in _fates(ending, date=date, basis=basis, keys=keys)
    )
    return touched | set(closing)


def _end_those_of(units: Collection[int], rows: QuerySet[Any], date: dt.date) -> None:
    for some in edit.filtered(rows, unit=units):
        some.update(end_date=date)


def _closing(ending: Ending) -> Sequence[Unit]:
    return ending.units if isinstance(ending, Merger) else [ending.unit]


def _refuse_the_dead(closing: Collection[int], date: dt.date) -> None:
    alive = Q(opened_date__lt=date) & (Q(closed_date=None) | Q(closed_date__gt=date))
    for some in edit.filtered(Unit.objects.exclude(alive), pk=list(closing)):
        for unit in some[:1]:
            raise EndedError(queries.name_near(unit.pk, date), date)


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
            if home is None:
                child = queries.name_near(stay.unit_id, date)
                raise HomelessError(child, queries.name_near(stay.parent_id or 0, date), date)
            replaced.append((stay, keys[home]))
    _replace(replaced, date)
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
    """One row per closed unit and successor."""
    match ending:
        case Merger():
            return [
                Succession(
                    kind="merger", date=date, before=unit, after=keys[ending.into], basis=basis
                )
                for unit in ending.units
            ]
        case Split():
            shares = [share for _, share in ending.into]
            given = [share for share in shares if share is not None]
            if given and (len(given) != len(shares) or sum(given) != WHOLE):
                raise SharesError(queries.name_near(ending.unit.pk, date))
            return [
                Succession(
                    kind="split",
                    date=date,
                    before=ending.unit,
                    after=keys[part],
                    share=share,
                    basis=basis,
                )
                for part, share in ending.into
            ]
    heir = None if ending.heir is None else keys[ending.heir]
    return [Succession(kind="dissolution", date=date, before=ending.unit, after=heir, basis=basis)]


def _replace(replaced: Sequence[tuple[Placement, Unit | None]], date: dt.date) -> None:
    """End these stays on the day, and let others of the same line and end begin under the new parents."""
    _end(Placement.objects.all(), [stay.pk for stay, _ in replaced if stay.start_date < date], date)
    _drop(Placement.objects.all(), [stay.pk for stay, _ in replaced if stay.start_date >= date])
    Placement.objects.bulk_create(
        Placement(
            line_id=stay.line_id,
            unit_id=stay.unit_id,
            parent=parent,
            start_date=max(stay.start_date, date),
            end_date=stay.end_date,
        )
        for stay, parent in replaced
    )


def _end(rows: QuerySet[Any], ids: Sequence[int], date: dt.date) -> None:
    for some in edit.filtered(rows, pk=ids):
        some.update(end_date=date)


def _drop(rows: QuerySet[Any], ids: Sequence[int]) -> None:
    """Rows that a change of their own first day replaces: they never held on any day."""
    for some in edit.filtered(rows, pk=ids):
        some.delete()
