"""What may be asked of the structure: trees, names, who stands where, what became of whom."""

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lantoa.lib import text
from lantoa.orgs.models import (
    Account,
    Closure,
    Line,
    Person,
    Placement,
    Post,
    Succession,
    Unit,
    UnitName,
)
from lantoa.rollup import tables, tree

_IDS_A_QUERY = 500  # below SQLite's limit of parameters a statement
# What happens to a whole unit; a renaming or a transfer leaves its figures where they are.
_FATES = (Succession.Kind.MERGER, Succession.Kind.SPLIT, Succession.Kind.DISSOLUTION)


def valid_on(day: dt.date) -> Q:
    """Rows whose span holds the day."""
    return Q(start_date__lte=day) & (Q(end_date=None) | Q(end_date__gt=day))


def structure_version(line: Line) -> UUID:
    """A token that is new after every change of structure, and never comes back."""
    return Line.objects.values_list("version", flat=True).get(pk=line.pk)


def placements_in(line: Line) -> tables.Placements:
    """All placements of a line, of all times, as `rollup.tables` wants them."""
    return _history(structure_version(line), line.pk)[0]


def succession_rows(line: Line) -> tuple[tables.Succession, ...]:
    """What became of units that closed, for a line: mergers, splits (with shares) and dissolutions."""
    return _history(structure_version(line), line.pk)[1]


def tree_on(line: Line, day: dt.date) -> tree.Tree:
    """The line as it stood on a day, with the landing of every unit that ever stood in it."""
    return _tree(structure_version(line), line.pk, tables.day_of(day))


@lru_cache(maxsize=64)
def _tree(version: UUID, line_id: int, day: int) -> tree.Tree:
    placements, successions = _history(version, line_id)
    return tree.tree_on(placements, successions, day)


@lru_cache(maxsize=16)
def _history(
    version: UUID, line_id: int
) -> tuple[tables.Placements, tuple[tables.Succession, ...]]:
    placed = Placement.objects.filter(line_id=line_id).order_by("start_date", "pk")
    stays = placed.values_list("unit_id", "parent_id", "start_date", "end_date")
    came = Succession.objects.filter(Q(line=None) | Q(line_id=line_id), kind__in=_FATES)
    fates = came.order_by("date", "pk").values_list(
        "kind", "date", "before_id", "after_id", "share"
    )
    placements = tables.Placements.of(
        (unit, tables.NONE if parent is None else parent, *tables.period_of(start, end))
        for unit, parent, start, end in stays
    )
    successions = tuple(
        tables.Succession(
            kind, tables.day_of(day), before, tables.NONE if after is None else after, share or 0
        )
        for kind, day, before, after, share in fates
    )
    return placements, successions


def name_near(unit_id: int, day: dt.date) -> str:
    """The full name on a day; before the first name the first, after the last the last."""
    names = UnitName.objects.filter(unit_id=unit_id)
    found = names.filter(start_date__lte=day).order_by("-start_date").first()
    found = found or names.order_by("start_date").first()
    return found.name if found else ""


def names_near(wanted: Iterable[tuple[int, dt.date]]) -> dict[tuple[int, dt.date], str]:
    """As `name_near`, of many units each on its day. One query for every 500 units."""
    asked = set(wanted)
    units = sorted({unit for unit, _day in asked})
    held: dict[int, list[UnitName]] = {}
    for first in range(0, len(units), _IDS_A_QUERY):
        some = UnitName.objects.filter(unit__in=units[first : first + _IDS_A_QUERY])
        for row in some.order_by("start_date"):
            held.setdefault(row.unit_id, []).append(row)
    found = {}
    for unit, day in asked:
        names = held.get(unit, [])
        began = [row for row in names if row.start_date <= day] or names[:1]
        found[unit, day] = began[-1].name if began else ""
    return found


def name_on_the_day(
    unit: str = "unit", date: str = "date", *, word: str = "short_name"
) -> Coalesce:
    """For a query: the name that a row's unit bore on its day; before its first name, the first.

    Args:
        unit, date: the columns that hold them.
        word: "short_name", or "name" for the whole of it.
    """
    names = UnitName.objects.filter(unit=OuterRef(unit)).order_by("-start_date")
    on_the_day = names.filter(start_date__lte=OuterRef(date))
    return Coalesce(
        Subquery(on_the_day.values(word)[:1]),
        Subquery(names.reverse().values(word)[:1]),
    )


def names_on(day: dt.date, unit_ids: Iterable[int] | None = None) -> dict[int, UnitName]:
    """The name of each unit valid on a day, by unit id: of some units, or of all. Who lived not has none."""
    names = UnitName.objects.filter(valid_on(day))
    if unit_ids is None:
        return {row.unit_id: row for row in names}
    wanted = sorted(set(unit_ids))
    return {
        row.unit_id: row
        for first in range(0, len(wanted), _IDS_A_QUERY)
        for row in names.filter(unit__in=wanted[first : first + _IDS_A_QUERY])
    }


def units_numbered(numbers: Iterable[int]) -> dict[int, Unit]:
    """Some units by their numbers; what is not there is left out."""
    return Unit.objects.in_bulk(set(numbers))


def unit_on(code: str, day: dt.date) -> Unit | None:
    """The unit that an official code names on a day; a code alone names no unit (A2.4)."""
    held = UnitName.objects.filter(valid_on(day), code=code).select_related("unit")
    return next((row.unit for row in held if code), None)


def find(typed: str, day: dt.date | None = None, *, most: int = 50) -> list[UnitName]:
    """Units by name or code, as people type: `hoa an`, `Hoà An` and `HÒA AN` find the same.

    Args:
        day: only names of that day; without one, of any time.

    Returns:
        At most `most` names: first those with the very marks that were typed, then those that begin with it.
    """
    folded, composed = text.fold(typed), text.nfc(typed).strip().casefold()
    if not folded:
        return []
    names = UnitName.objects.filter(Q(folded__contains=folded) | Q(code=composed))
    if day is not None:
        names = names.filter(valid_on(day))
    hits = sorted(names, key=lambda row: _nearness(row, folded, composed))
    return hits[:most]


def _nearness(row: UnitName, folded: str, composed: str) -> tuple[bool, bool, bool, int, str, int]:
    """Smaller is nearer: the code, the same marks, the short name itself, then shorter names."""
    return (
        row.code != composed,
        composed not in row.name.casefold(),
        text.fold(row.short_name) != folded,
        len(row.name),
        row.sort_key,
        row.unit_id,
    )


def holders_of(codes: Iterable[str]) -> dict[str, list[UnitName]]:
    """Every name that ever carried one of these codes, with its unit, by code, the oldest first."""
    found: dict[str, list[UnitName]] = {}
    wanted = sorted(set(codes))
    for first in range(0, len(wanted), _IDS_A_QUERY):
        named = UnitName.objects.filter(code__in=wanted[first : first + _IDS_A_QUERY])
        for row in named.select_related("unit").order_by("start_date", "pk"):
            found.setdefault(row.code, []).append(row)
    return found


def posts_of(person: Person, day: dt.date) -> QuerySet[Post]:
    """The posts that a person holds on a day, the longest held first."""
    held = Post.objects.filter(valid_on(day), person=person)
    return held.select_related("unit", "line").order_by("start_date", "pk")


def parent_on(unit: Unit, line: Line, day: dt.date) -> Unit | None:
    """The direct superior in a line on a day; None for a root, or where the unit does not stand."""
    placed = Placement.objects.filter(valid_on(day), unit=unit, line=line).select_related("parent")
    found = placed.first()
    return found.parent if found else None


def parents_near(unit_ids: Iterable[int], day: dt.date) -> dict[int, int]:
    """By unit, the one right above it in the territory, on the day or when it last stood. A root is left out. One query
    for every 500 units."""
    wanted = sorted(set(unit_ids))
    found: dict[int, int] = {}
    for first in range(0, len(wanted), _IDS_A_QUERY):
        some = wanted[first : first + _IDS_A_QUERY]
        placed = Placement.objects.filter(
            line__kind=Line.Kind.TERRITORY, unit__in=some, start_date__lte=day, parent__isnull=False
        )
        found.update(placed.order_by("start_date").values_list("unit_id", "parent_id"))
    return found


def root_on(line: Line, day: dt.date) -> Unit | None:
    """The unit at the top of a line on a day."""
    placed = Placement.objects.filter(valid_on(day), line=line, parent=None).select_related("unit")
    found = placed.order_by("pk").first()
    return found.unit if found else None


def territory() -> Line:
    """The one line in which every unit stands."""
    return Line.objects.get(kind=Line.Kind.TERRITORY)


def heads_below(unit: Unit, line: Line, day: dt.date) -> dict[int, int]:
    """For each unit below this one on a day: the direct subordinate under which it stands, or which it is. Two queries."""
    placed = Placement.objects.filter(valid_on(day), line=line, parent=unit)
    direct = list(placed.values_list("unit_id", flat=True))
    found: dict[int, int] = {}
    for first in range(0, len(direct), _IDS_A_QUERY):
        some = direct[first : first + _IDS_A_QUERY]
        rows = Closure.objects.filter(valid_on(day), line=line, ancestor__in=some)
        found.update(rows.values_list("unit_id", "ancestor_id"))
    return found


def account(number: int) -> Account | None:
    """An account with its person; None if there is no such number."""
    return Account.objects.select_related("person").filter(pk=number).first()


def lines() -> list[Line]:
    """All hierarchies, in their order."""
    return list(Line.objects.order_by("position", "code"))
