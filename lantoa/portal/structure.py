"""The tree of a line as a page shows it: the path to one unit, its children, and what changed on a day."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from lantoa.look.bands import Flow
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Line, UnitName
from lantoa.rollup import tables
from lantoa.rollup.tree import Tree

MERGER = "merger"


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit in the outline: how many stand directly below it, and those shown."""

    unit: int
    depth: int
    children: int
    below: int
    is_open: bool
    shown: tuple["Branch", ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to units on a day: how many of each kind ceased, and how many came of them."""

    day: dt.date
    kinds: dict[str, int]
    new: int


@dataclass(frozen=True, slots=True)
class Merger:
    """One new unit, and the old ones under the parents they had the day before."""

    new: int
    old: tuple[tuple[int, int], ...]  # (old unit, its old parent or NONE)


def roots(tree: Tree) -> list[int]:
    return [int(unit) for unit, depth in zip(tree.unit, tree.depth, strict=True) if depth == 0]


def path(tree: Tree, unit: int) -> list[int]:
    """From the root down to the unit; empty when it does not stand in the line."""
    at = tree.position(unit)
    found: list[int] = []
    while at != tables.NONE:
        found.append(int(tree.unit[at]))
        at = int(tree.parent[at])
    return found[::-1]


def children(tree: Tree, unit: int) -> list[int]:
    """The units directly below, in preorder."""
    at = tree.position(unit)
    if at == tables.NONE:
        return []
    found, child, end = [], at + 1, int(tree.end[at])
    while child < end:
        found.append(int(tree.unit[child]))
        child = int(tree.end[child])
    return found


def below(tree: Tree, unit: int) -> int:
    """How many units stand anywhere below."""
    at = tree.position(unit)
    return 0 if at == tables.NONE else int(tree.end[at]) - at - 1


def outline(tree: Tree, opened: int | None) -> tuple[Branch, ...]:
    """The roots with their children, and the way to the opened unit unfolded."""
    way = set(path(tree, opened)) if opened is not None else set()
    return tuple(_branch(tree, root, way | {root}, 0) for root in roots(tree))


def _branch(tree: Tree, unit: int, way: Collection[int], depth: int) -> Branch:
    directly = children(tree, unit)
    is_open = unit in way
    shown = tuple(_branch(tree, child, way, depth + 1) for child in directly) if is_open else ()
    return Branch(unit, depth, len(directly), below(tree, unit), is_open, shown)


def units_of(branches: Iterable[Branch]) -> list[int]:
    found = []
    for branch in branches:
        found.append(branch.unit)
        found += units_of(branch.shown)
    return found


@dataclass(frozen=True, eq=False)
class History:
    """All that happened in a line: read once for a page."""

    placements: tables.Placements
    successions: tuple[tables.Succession, ...]


def history(line: Line) -> History:
    return History(orgs.placements_in(line), orgs.succession_rows(line))


def begins(told: History) -> dt.date | None:
    """The first day on which anything stood in the line."""
    starts = told.placements.start
    return tables.date_of(int(starts.min())) if len(starts) else None


def changes(told: History) -> list[Change]:
    """The days on which units of the line ceased, the newest first."""
    members = set(told.placements.unit.tolist())
    rows: dict[int, list[tables.Succession]] = defaultdict(list)
    for row in told.successions:
        if row.before in members:
            rows[row.day].append(row)
    return [_change(day, rows[day]) for day in sorted(rows, reverse=True)]


def _change(day: int, rows: list[tables.Succession]) -> Change:
    ceased = {row.before: row.kind for row in rows}
    came = {row.after for row in rows if row.after != tables.NONE and row.kind == MERGER}
    return Change(tables.date_of(day), dict(Counter(ceased.values())), len(came))


def mergers_on(told: History, line: Line, day: dt.date) -> list[Merger]:
    """The mergers of the highest level of the line on a day: what the drawing of that day shows."""
    number = tables.day_of(day)
    before = orgs.tree_on(line, day - dt.timedelta(days=1))
    rows = [
        (row.before, row.after, before.position(row.before))
        for row in told.successions
        if row.day == number and row.kind == MERGER
    ]
    rows = [row for row in rows if row[2] != tables.NONE]
    top = min((int(before.depth[at]) for _, _, at in rows), default=0)
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for old, new, at in rows:
        if before.depth[at] == top:
            above = int(before.parent[at])
            found[new].append((old, tables.NONE if above < 0 else int(before.unit[above])))
    return [Merger(new, tuple(old)) for new, old in found.items()]


def flows(
    mergers: Iterable[Merger], old_names: Mapping[int, UnitName], new_names: Mapping[int, UnitName]
) -> list[Flow]:
    """Old parent → new unit, as many as went; grouped so that bands cross little."""
    found = []
    for merger in mergers:
        gave = Counter(parent for _, parent in merger.old)
        for parent, weight in gave.items():
            old = short(old_names, parent)
            found.append(Flow(old, short(new_names, merger.new), weight))
    most = {flow.new: flow for flow in sorted(found, key=lambda flow: flow.weight)}
    order = {old: at for at, old in enumerate(dict.fromkeys(flow.old for flow in found))}
    return sorted(found, key=lambda flow: (order[most[flow.new].old], flow.new, -flow.weight))


def short(names: Mapping[int, UnitName], unit: int) -> str:
    return names[unit].short_name if unit in names else "–"
