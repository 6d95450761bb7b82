"""Where the units that follow a practice stand on a day: those that have closed, at what became of them."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

import numpy as np

from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Succession, UnitName
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


def landings(unit_ids: Iterable[int], day: dt.date) -> dict[int, int]:
    """Where each unit that has closed landed by a day: at its successor, or at what stands above; itself while it stands."""
    tree = orgs.tree_on(orgs.territory(), day)
    found = {}
    for unit in unit_ids:
        at = _column(tree, unit)
        found[unit] = unit if at == NONE else int(tree.unit[at])
    return found


def landed_at(unit: int, day: dt.date) -> list[int]:
    """A unit, and all that have closed and landed there."""
    tree = orgs.tree_on(orgs.territory(), day)
    at = tree.position(unit)
    if at == NONE:
        return [unit]
    found: list[int] = np.flatnonzero(tree.column[:-1] == at).tolist()
    return found


def mergers() -> Mapping[int, list[int]]:
    """The units that were merged into each, directly."""
    merged: dict[int, list[int]] = {}
    for row in orgs.succession_rows(orgs.territory()):
        if row.kind == Succession.Kind.MERGER:
            merged.setdefault(row.after, []).append(row.before)
    return merged


def lineage(unit: int, merged: Mapping[int, list[int]] | None = None) -> set[int]:
    """A unit and all that were merged into it, whenever: what they took up, it goes on with."""
    merged = mergers() if merged is None else merged
    found, waiting = {unit}, [unit]
    while waiting:
        new = [each for each in merged.get(waiting.pop(), []) if each not in found]
        found.update(new)
        waiting += new
    return found


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
    at = _column(tree, unit)
    while at != NONE:
        if int(tree.unit[at]) in among:
            return int(tree.unit[at])
        at = int(tree.parent[at])
    return None


def _column(tree: Tree, unit: int) -> int:
    """The node at which a unit's figures count; NONE outside, or where it was shared out among several."""
    at = int(tree.column[min(unit, len(tree.column) - 1)])
    return at if 0 <= at < len(tree.unit) else NONE
