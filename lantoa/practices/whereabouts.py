"""Where the units that follow a practice stand on the map of a day: those that have closed, at what became of them."""

import datetime as dt
from collections.abc import Collection, Iterable

from lantoa.orgs import queries as orgs
from lantoa.orgs.models import UnitName
from lantoa.rollup.tables import NONE
from lantoa.rollup.tree import Tree


def holders(codes: Collection[str], day: dt.date) -> dict[int, UnitName]:
    """The units that bear these official codes on a day, by unit id."""
    return {
        row.unit_id: row
        for rows in orgs.holders_of(codes).values()
        for row in rows
        if row.start_date <= day and (row.end_date is None or row.end_date > day)
    }


def places_of(unit_ids: Iterable[int], among: Collection[int], day: dt.date) -> dict[int, int]:
    """Under which of some units of the territory each stands on a day, or where it landed; who stands under none is left out."""
    tree = orgs.tree_on(orgs.territory(), day)
    found = {}
    for unit in unit_ids:
        place = _place(tree, unit, among)
        if place is not None:
            found[unit] = place
    return found


def _place(tree: Tree, unit: int, among: Collection[int]) -> int | None:
    at = int(tree.column[min(unit, len(tree.column) - 1)])
    if not 0 <= at < len(tree.unit):
        return None  # outside, or shared out among several
    while at != NONE:
        if int(tree.unit[at]) in among:
            return int(tree.unit[at])
        at = int(tree.parent[at])
    return None
