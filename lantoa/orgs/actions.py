"""What may be done to the structure. Every action asks for the right, locks, writes, and settles.

Days are the first day on which the new state holds. A change holds until the next one recorded.
All refusals are `LantoaError`s: sentences that say what, where, and what to do; then nothing has changed.
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db import transaction

from lantoa.lib.errors import LantoaError
from lantoa.orgs import edit, endings, names, queries, reform, rights
from lantoa.orgs.changes import Dissolution, Ending, Merger, Move, Named, NewUnit, Renaming, Split
from lantoa.orgs.checks import OutsideItsLifeError, OverlapError, Problem
from lantoa.orgs.models import Line, Person, Placement, Post, Unit


@transaction.atomic
def open_unit(
    *,
    kind: str,
    name: str,
    short_name: str,
    code: str,
    date: dt.date,
    by: Person,
    at: dt.datetime,
    basis: str = "",
) -> Unit:
    """Found a unit. It stands nowhere yet: `place` it next, in the territory first.

    Raises:
        names.CodeTakenError: another unit has the code on that day or later.
        names.UnnamedError: no name, or one too long to be kept.
    """
    rights.require(by, "orgs.open", None, at)
    edit.lock()
    unit = Unit.objects.create(kind=kind, opened_date=date)
    names.write([names.NewName(unit.pk, name, short_name, code, date, None, basis)])
    return unit


@transaction.atomic
def place(
    *,
    unit: Unit,
    line: Line,
    parent: Unit | None,
    date: dt.date,
    by: Person,
    at: dt.datetime,
) -> Placement:
    """Put a unit under a parent in a line in which it does not stand that day; no parent makes a root.

    It stays until it next stands there already, or closes. The rules of places are in `checks`: into
    the territory on its opening day first; into a sector line on any later day.

    Raises:
        checks.StructureError: it stands there already, its parent does not, or another rule of `checks`.
        names.AlikeError: a neighbour's name looks the same.
    """
    rights.require_all(by, "orgs.change", _concerned(unit, parent), at)
    edit.lock()
    edit.refuse_own_parent(unit.pk, parent, line.pk, date)
    own = Placement.objects.filter(unit=unit, line=line)
    if own.filter(queries.valid_on(date)).exists():
        raise edit.refusal(Problem(OverlapError, unit.pk, line.pk, date))
    ends = Unit.objects.values_list("closed_date", flat=True).get(pk=unit.pk)
    if ends and ends <= date:
        raise edit.refusal(Problem(OutsideItsLifeError, unit.pk, line.pk, date))
    later = own.filter(start_date__gt=date).order_by("start_date")
    following = later.values_list("start_date", flat=True).first()
    placed = Placement.objects.create(
        unit=unit, line=line, parent=parent, start_date=date, end_date=following or ends
    )
    edit.settle({unit.pk})
    names.refuse_alike([unit.pk])
    return placed


def _concerned(unit: Unit, parent: Unit | None) -> set[int]:
    """Where a right is needed to place a unit: at the parent, and at the unit once it stands anywhere.

    Whoever places a root, above which nobody is, needs a right everywhere: a unit that stands nowhere is in no subtree.
    """
    stands = parent is None or Placement.objects.filter(unit=unit).exists()
    return {each.pk for each in (parent, unit if stands else None) if each}


@transaction.atomic
def reorganise(
    *,
    date: dt.date,
    by: Person,
    at: dt.datetime,
    opened: Sequence[NewUnit] = (),
    renamed: Sequence[Renaming] = (),
    moved: Sequence[Move] = (),
    ended: Sequence[Ending] = (),
    basis: str = "",
) -> dict[str, Unit]:
    """Change many units on one day, as one act: 161 communes become 56, with all that hangs on them.

    Whoever stands under an ending unit and does not end itself follows: under the successor of a merger, the
    heir of a dissolution, or where the ending's `children` says. Places under new parents last as long as
    the old ones would have.

    Returns:
        The opened units by their keys.

    Raises:
        LantoaError: a rule of `checks`, a sentence of `refusals`, a taken code, a name like a neighbour's.
    """
    rights.require(by, "orgs.change", None, at)
    edit.lock()
    keys = reform.Keys()
    reform.opened(opened, date=date, keys=keys)
    rights.require_all(by, "orgs.change", _named(opened, renamed, moved, ended, keys), at)
    if any(move.parent is None for move in moved):
        rights.require_everywhere(by, "orgs.change", at)
    settled = {(move.unit.pk, move.line.pk) for move in moved}
    touched = endings.ended(ended, date=date, basis=basis, keys=keys, settled=settled)
    reform.renamed(renamed, date=date, basis=basis)
    reform.installed(opened, basis=basis, keys=keys)
    reform.moved(moved, date=date, basis=basis, keys=keys)
    touched |= {unit.pk for unit in keys.opened.values()} | {move.unit.pk for move in moved}
    edit.settle(touched)
    names.refuse_alike([unit.pk for unit in keys.opened.values()] + [c.unit.pk for c in renamed])
    return keys.opened


def _named(
    opened: Sequence[NewUnit],
    renamed: Sequence[Renaming],
    moved: Sequence[Move],
    ended: Sequence[Ending],
    keys: reform.Keys,
) -> set[int]:
    """Where a right is needed: at every unit that a change names, and above all for new roots."""
    parents = [(keys[row.key], place.parent) for row in opened for place in row.places]
    parents += [(move.unit, move.parent) for move in moved]
    named: list[Named] = [unit if parent is None else parent for unit, parent in parents]
    named += [change.unit for change in renamed]
    named += [move.unit for move in moved]
    for ending in ended:
        named += [*endings.closing_of(ending), *endings.heirs_of(ending)]
        homes = ending.children
        named += homes.values() if isinstance(homes, Mapping) else [homes] if homes else []
    return {each.pk for each in named if isinstance(each, Unit)}


def load(
    *, units: Sequence[NewUnit], date: dt.date, by: Person, at: dt.datetime, basis: str = ""
) -> dict[str, Unit]:
    """Open thousands of units with their names and places at once; `date` where a row names no day."""
    return reorganise(date=date, by=by, at=at, opened=units, basis=basis)


def move(
    *,
    unit: Unit,
    line: Line,
    parent: Unit | None,
    date: dt.date,
    by: Person,
    at: dt.datetime,
    basis: str = "",
) -> None:
    """From the day on the unit stands under another parent in the line."""
    rights.require(by, "orgs.change", unit, at)
    reorganise(date=date, by=by, at=at, moved=[Move(unit, line, parent)], basis=basis)


def rename(
    *,
    unit: Unit,
    name: str,
    date: dt.date,
    by: Person,
    at: dt.datetime,
    short_name: str | None = None,
    code: str | None = None,
    basis: str = "",
) -> None:
    """From the day on the unit is called otherwise; what was written before keeps the old name."""
    rights.require(by, "orgs.change", unit, at)
    change = Renaming(unit, name, short_name, code)
    reorganise(date=date, by=by, at=at, renamed=[change], basis=basis)


def merge(
    *,
    units: Sequence[Unit],
    into: Unit,
    date: dt.date,
    by: Person,
    at: dt.datetime,
    basis: str = "",
    children: Mapping[Unit, Unit] | None = None,
) -> None:
    """Whole units become part of one; they close, and what stood under them goes under it."""
    rights.require_all(by, "orgs.change", [unit.pk for unit in units], at)
    ending = Merger(units, into, children)
    reorganise(date=date, by=by, at=at, ended=[ending], basis=basis)


def split(
    *,
    unit: Unit,
    into: Sequence[tuple[Unit, int | None]],
    date: dt.date,
    by: Person,
    at: dt.datetime,
    basis: str = "",
    children: Mapping[Unit, Unit] | Unit | None = None,
) -> None:
    """The unit becomes several, with shares in ten-thousandths or none; `children` says who goes where."""
    rights.require(by, "orgs.change", unit, at)
    ending = Split(unit, into, children)
    reorganise(date=date, by=by, at=at, ended=[ending], basis=basis)


def dissolve(
    *,
    unit: Unit,
    date: dt.date,
    by: Person,
    at: dt.datetime,
    heir: Unit | None = None,
    basis: str = "",
    children: Mapping[Unit, Unit] | Unit | None = None,
) -> None:
    """The unit ends. Its figures count for the heir, or without one for its last parent."""
    rights.require(by, "orgs.change", unit, at)
    ending = Dissolution(unit, heir, children)
    reorganise(date=date, by=by, at=at, ended=[ending], basis=basis)


class AlreadyFoundedError(LantoaError):
    """Somebody holds a post already: a founder is appointed once, in an empty house."""


@transaction.atomic
def found(*, name: str, date: dt.date) -> Person:
    """Appoint the first person, who may do everything everywhere. There is nobody yet who could allow it."""
    edit.lock()
    if Post.objects.exists():
        raise AlreadyFoundedError(
            vi="Hệ thống đã có người giữ chức vụ. Hãy nhờ người quản trị giao quyền.",
            en="Somebody holds a post already. Ask an administrator for the right.",
        )
    founder = Person.objects.create(name=name)
    Post.objects.create(person=founder, role=Post.Role.ADMINISTRATOR, start_date=date)
    return founder


@transaction.atomic
def open_line(
    *,
    code: str,
    kind: str,
    name_vi: str,
    name_en: str,
    by: Person,
    at: dt.datetime,
    position: int = 0,
) -> Line:
    """Open a hierarchy: the one territory, or a sector line. Nobody stands in it yet."""
    rights.require_everywhere(by, "orgs.change", at)
    edit.lock()
    return Line.objects.create(
        code=code, kind=kind, name_vi=name_vi, name_en=name_en, position=position
    )
