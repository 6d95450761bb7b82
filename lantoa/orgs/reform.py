"""How a change of many units on one day is written: a handful of statements, however many units.

Units are opened first, then some end (`endings`), then names and places are written. Nothing is looked at here but
what the writing itself needs: `edit.settle` looks at the whole afterwards.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from lantoa.lib.errors import LantoaError
from lantoa.orgs import edit, names, queries
from lantoa.orgs.changes import Move, Named, NewUnit, Renaming
from lantoa.orgs.models import Placement, Succession, Unit, UnitName
from lantoa.orgs.refusals import EndedError, NotThereError, TwiceError


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
    refuse_twice(ids, date)
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
        short = _short_after(row) if change.short_name is None else change.short_name
        code = row.code if change.code is None else change.code
        new.append(names.NewName(row.unit_id, change.name, short, code, date, row.end_date, basis))
    end(UnitName.objects.all(), [row.pk for row in now.values() if row.start_date < date], date)
    drop(UnitName.objects.all(), [row.pk for row in now.values() if row.start_date == date])
    names.write(new)
    _unsay("renaming", {(pk, None) for pk in ids}, date)
    Succession.objects.bulk_create(
        Succession(kind="renaming", date=date, before=c.unit, after=c.unit, basis=basis)
        for c in changes
    )


def _short_after(row: UnitName) -> str:
    """The short name that stays; where the full one was short enough, the new one will be too."""
    return "" if row.short_name == row.name else row.short_name


def moved(moves: Sequence[Move], *, date: dt.date, basis: str, keys: Keys) -> None:
    """From the day on these units stand under another parent in a line, for as long as they stood there."""
    ids = [move.unit.pk for move in moves]
    for line_id in {move.line.pk for move in moves}:
        refuse_twice((move.unit.pk for move in moves if move.line.pk == line_id), date)
    standing = Placement.objects.filter(queries.valid_on(date))
    stays = {
        (stay.unit_id, stay.line_id): stay
        for some in edit.filtered(standing, unit=ids)
        for stay in some
    }
    replaced = []
    for move in moves:
        stay = stays.get((move.unit.pk, move.line.pk))
        if stay is None:
            raise _absent(move, date)
        parent = None if move.parent is None else keys[move.parent]
        edit.refuse_own_parent(move.unit.pk, parent, move.line.pk, date)
        replaced.append((stay, parent))
    replace(replaced, date)
    _unsay("transfer", {(move.unit.pk, move.line.pk) for move in moves}, date)
    Succession.objects.bulk_create(
        Succession(
            kind="transfer", date=date, before=m.unit, after=m.unit, line=m.line, basis=basis
        )
        for m in moves
    )


def _absent(move: Move, date: dt.date) -> LantoaError:
    """Why a unit cannot be moved: it does not live on the day, or does not stand in the line."""
    name = queries.name_near(move.unit.pk, date)
    lives = Unit.objects.filter(edit.alive_on(date), pk=move.unit.pk).exists()
    return NotThereError(name, move.line.name_vi, date) if lives else EndedError(name, date)


def _unsay(kind: str, said: set[tuple[int, int | None]], date: dt.date) -> None:
    """What was said of a unit (in a line) for the same day gives way to what is said now."""
    rows = Succession.objects.filter(kind=kind, date=date)
    stale = [
        pk
        for some in edit.filtered(rows, before={unit for unit, _ in said})
        for pk, *where in some.values_list("pk", "before_id", "line_id")
        if tuple(where) in said
    ]
    drop(Succession.objects.all(), stale)


def refuse_twice(units: Iterable[int], date: dt.date) -> None:
    """Nobody is renamed twice, or ends twice, in one change."""
    for unit, times in Counter(units).items():
        if times > 1:
            raise TwiceError(queries.name_near(unit, date))


def replace(replaced: Sequence[tuple[Placement, Unit | None]], date: dt.date) -> None:
    """End these stays on the day, and let others of the same line and end begin under the new parents."""
    end(Placement.objects.all(), [stay.pk for stay, _ in replaced if stay.start_date < date], date)
    drop(Placement.objects.all(), [stay.pk for stay, _ in replaced if stay.start_date >= date])
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


def end(rows: QuerySet[Any], ids: Sequence[int], date: dt.date) -> None:
    for some in edit.filtered(rows, pk=ids):
        some.update(end_date=date)


def drop(rows: QuerySet[Any], ids: Sequence[int]) -> None:
    """Rows that a change of their own first day replaces: they never held on any day."""
    for some in edit.filtered(rows, pk=ids):
        some.delete()
