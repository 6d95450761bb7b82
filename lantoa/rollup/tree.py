"""A line as it stood on a day: what stands below what, and the column every unit's facts go to.

Preorder puts a subtree into one range of positions; `levels` lets sums climb from the leaves to the
root in one pass. Who lands where is decided in `landing`.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from lantoa.lib.errors import LantoaError
from lantoa.rollup.landing import Parts, landings, nearest_common
from lantoa.rollup.tables import (
    FIRST,
    NONE,
    OPEN,
    Ints,
    Period,
    Placements,
    Rule,
    SmallInts,
    Succession,
    Truths,
)

Level = tuple[SmallInts, SmallInts, SmallInts]


class BrokenTreeError(LantoaError):
    """On that day a unit stands under a parent that does not stand, or above itself."""

    def __init__(self, units: Sequence[int]) -> None:
        said = ", ".join(str(unit) for unit in units[:5])
        super().__init__(
            vi=f"Cây tổ chức bị đứt hoặc khép vòng tại đơn vị {said}. Hãy sửa vị trí trực thuộc.",
            en=f"The tree is broken or loops at unit {said}. Mend the placements.",
        )


@dataclass(frozen=True, eq=False)
class Tree:
    """The units that stand, in preorder, and where everyone else lands.

    Arrays of sums over a tree have one column per node, then one per shared unit (split with
    shares), then one for everything outside the line.

    Attributes:
        unit: unit id of each node, parents before children, subtrees together.
        parent: each node's parent as a position, NONE for a root.
        end: a node's subtree is the positions from its own until before `end`.
        depth: 0 for a root.
        column: by unit id: the column its facts are added to. The last element is the column
            "outside" and stands for every id beyond.
        piece: rows (shared unit's number, node or NONE, low, high): which ten-thousandths of a
            shared unit go to which node.
        meets: per shared unit, the nearest node that holds all its pieces; NONE if none does.
        levels: for climbing, deepest first: (positions, where each family begins, their parents).
    """

    unit: SmallInts
    parent: SmallInts
    end: SmallInts
    depth: SmallInts
    column: Ints
    piece: Ints
    meets: SmallInts
    levels: tuple[Level, ...] = field(repr=False)

    @property
    def width(self) -> int:
        """How many columns: nodes, shared units, and one for outside."""
        return len(self.unit) + len(self.meets) + 1

    def position(self, unit: int) -> int:
        """Where the unit stands in preorder; NONE if it does not stand."""
        if not 0 <= unit < len(self.column):
            return NONE
        at = int(self.column[unit])
        return at if at < len(self.unit) and self.unit[at] == unit else NONE


@dataclass(frozen=True, eq=False)
class Span:
    """From `start` until `end` the line stood as `tree`; its nodes are these columns of the result."""

    start: int
    end: int
    tree: Tree
    place: SmallInts  # per node of the tree; NONE where the node is not in the result


@dataclass(frozen=True, eq=False)
class Structure:
    """What a figure is read on: one tree for all time, or the tree of each span between changes."""

    units: SmallInts
    spans: tuple[Span, ...]


def tree_on(placements: Placements, successions: Iterable[Succession], day: int) -> Tree:
    """The line on a day, with the landing of every unit that ever stood in it.

    Raises:
        BrokenTreeError: a parent does not stand, or a unit stands above itself.
        SuccessionLoopError, SharesError: the successions make no sense.
    """
    stands = (placements.start <= day) & (day < placements.end)
    order = np.argsort(placements.unit[stands], kind="stable")
    unit, above = placements.unit[stands][order], placements.parent[stands][order]
    unit, parent = _preorder(unit, above)
    above = np.append(unit, NONE)[parent]
    landed = landings(
        placements, successions, day, dict(zip(unit.tolist(), above.tolist(), strict=True))
    )
    column = np.full(int(placements.unit.max(initial=0)) + 2, NONE, np.int64)
    column[unit] = np.arange(len(unit))
    return _landed(_nodes(unit, parent), column, landed)


def chosen(tree: Tree) -> Structure:
    """Every fact on one day's structure, whenever it is dated."""
    place = np.arange(len(tree.unit), dtype=np.int32)
    return Structure(tree.unit, (Span(FIRST, OPEN, tree, place),))


def of_its_day(
    placements: Placements,
    successions: Iterable[Succession],
    *,
    window: Period,
    with_past: bool,
) -> Structure:
    """Every fact under the parents it had on its date: one tree per span between changes.

    Args:
        window: from the first to the last day that is asked about.
        with_past: whether facts before the window count too, as they do for a balance.

    Returns:
        The result's units are all that stood in the line at any time of the window, and the roots
        of earlier times; a district closed before the window is not listed, but its facts are in
        its province.
    """
    rows = list(successions)
    days = {int(day) for day in placements.start} | {int(day) for day in placements.end}
    days |= {row.day for row in rows}
    first = FIRST if with_past else window.start
    cuts = [first, *sorted(day for day in days if first < day < window.end), window.end]
    spans = [(start, end, tree_on(placements, rows, start)) for start, end in pairwise(cuts)]
    listed = [
        tree.unit if end > window.start else tree.unit[tree.depth == 0] for _, end, tree in spans
    ]
    return _structure(np.concatenate(listed[::-1]), spans)


def below(structure: Structure, unit: int) -> Structure:
    """Only a unit and the units directly below it, each as long as it stood there.

    A child counts here only for the days it stood under the unit, so the unit's total is always
    its own part plus the children's totals.
    """

    def family(tree: Tree) -> Truths:
        at = tree.position(unit)
        here: Truths = np.arange(len(tree.unit)) == at
        here |= (tree.parent == at) & (at != NONE)
        return here

    return _kept(structure, family)


def windows_of(structure: Structure, periods: Sequence[Period], rule: Rule) -> list[Period]:
    """The days that each period's facts come from: a balance counts from the beginning.

    Raises:
        UnknownRuleError: the rule makes no sense.
        ValueError: the structure does not reach over the days.
    """
    is_balance = rule.checked().nature == "balance"
    windows = [Period(FIRST if is_balance else start, end) for start, end in periods]
    begin, until = structure.spans[0].start, structure.spans[-1].end
    if any(start < begin or end > until for start, end in windows):
        raise ValueError("The structure is of a shorter time than the periods.")
    return windows


def inner(structure: Structure) -> Structure:
    """Only the roots and the units that at some time have others below them."""
    units: set[int] = set()
    for tree in (span.tree for span in structure.spans):
        is_inner = (tree.end > np.arange(1, len(tree.unit) + 1)) | (tree.depth == 0)
        units.update(tree.unit[is_inner].tolist())
    return only(structure, units)


def only(structure: Structure, units: Collection[int]) -> Structure:
    """Only these units. What is not kept counts for the nearest kept unit above it, if there is one."""
    wanted = np.array(sorted(units), np.int32)
    return _kept(structure, lambda tree: np.isin(tree.unit, wanted))


def narrowed(tree: Tree, keep: Truths) -> Tree:
    """The tree of the kept nodes only; the others land on the nearest kept node above them."""
    before = np.concatenate([[0], np.cumsum(keep)]).astype(np.int32)
    # One element more than there are nodes, so that position NONE reads as NONE.
    near = np.append(np.where(keep, before[:-1], NONE), NONE).astype(np.int32)
    for positions, _, _ in reversed(tree.levels):
        lost = positions[~keep[positions]]
        near[lost] = near[tree.parent[lost]]
    nodes = _nodes(tree.unit[keep], near[tree.parent[keep]])
    count = len(nodes.unit)
    shared = np.arange(count, count + len(tree.meets) + 1)
    moved = np.concatenate([np.where(near[:-1] == NONE, shared[-1], near[:-1]), shared])
    piece = tree.piece.copy()
    piece[:, 1] = near[piece[:, 1]]
    return replace(nodes, column=moved[tree.column], piece=piece, meets=near[tree.meets])


def nodes_of(tree: Tree, units: npt.ArrayLike) -> Ints:
    """The node on which each unit counts whole, as a position; one beyond the last for outside.

    What cannot be shared (a head of a list, a least value) stays where the pieces meet again.
    """
    outside = len(tree.unit)
    meets = np.where(tree.meets == NONE, outside, tree.meets)
    node = np.concatenate([np.arange(outside), meets, [outside]])
    return node[tree.column.take(np.asarray(units, np.int64), mode="clip")]


def marks(tree: Tree, *, climb: bool) -> list[tuple[int, int]]:
    """Which nodes hold only some pieces of a shared unit: (shared unit's number, node) pairs.

    Climbing, that is every node from a piece up until where the pieces meet again; without, the
    nodes of the pieces themselves.
    """
    found = set()
    for number, node, _, _ in tree.piece.tolist():
        while node != NONE and (node != tree.meets[number] or not climb):
            found.add((number, node))
            node = int(tree.parent[node]) if climb else NONE
    return sorted(found)


def _preorder(unit: SmallInts, above: SmallInts) -> tuple[SmallInts, SmallInts]:
    """Units (ascending) and the units above them -> units in preorder, parents as positions."""
    parent = _positions(above, unit)
    depth = _depths(parent)
    broken = ((above != NONE) & (parent == NONE)) | (depth == NONE)
    if broken.any():
        raise BrokenTreeError(unit[broken].tolist())
    size = np.ones(len(unit), np.int32)
    by_level = [np.flatnonzero(depth == level) for level in range(depth.max(initial=NONE) + 1)]
    for level in by_level[:0:-1]:
        np.add.at(size, parent[level], size[level])
    position = np.zeros(len(unit), np.int32)
    for level in by_level:
        family = level[np.argsort(parent[level], kind="stable")]
        begins = np.cumsum(size[family], dtype=np.int32) - size[family]
        first = np.searchsorted(parent[family], parent[family])
        under = np.where(parent[family] == NONE, 0, position[parent[family]] + 1)
        position[family] = under + begins - begins[first]
    order = np.argsort(position)
    return unit[order], np.append(position, NONE)[parent[order]].astype(np.int32)


def _nodes(unit: SmallInts, parent: SmallInts) -> Tree:
    """A tree in preorder on which nobody lands yet."""
    depth = _depths(parent)
    size = np.ones(len(unit), np.int32)
    levels = []
    for level in range(depth.max(initial=0), 0, -1):
        positions = np.flatnonzero(depth == level).astype(np.int32)
        above = parent[positions]
        begins = np.flatnonzero(np.append(True, above[1:] != above[:-1])).astype(np.int32)
        levels.append((positions, begins, above[begins]))
        size[above[begins]] += np.add.reduceat(size[positions], begins)
    return Tree(
        unit=unit,
        parent=parent,
        end=np.arange(len(unit), dtype=np.int32) + size,
        depth=depth,
        column=np.zeros(1, np.int64),
        piece=np.zeros((0, 4), np.int64),
        meets=np.zeros(0, np.int32),
        levels=tuple(levels),
    )


def _landed(nodes: Tree, column: Ints, landed: dict[int, Parts]) -> Tree:
    """The tree with the landing of the absent written into `column`."""
    at = {unit: place for place, unit in enumerate(nodes.unit.tolist())} | {NONE: NONE}
    above = dict(enumerate(nodes.parent.tolist()))
    shared = sorted(unit for unit, parts in landed.items() if len(parts) > 1)
    piece, meets = [], []
    for number, unit in enumerate(shared):
        column[unit] = len(at) - 1 + number
        taken = 0
        for node, share in landed[unit].items():
            piece.append((number, at[node], taken, taken + share))
            taken += share
        ends = [at[node] for node in landed[unit]]
        meets.append(NONE if NONE in ends else nearest_common(ends, above))
    for unit, parts in landed.items():
        if len(parts) == 1:
            column[unit] = at[next(iter(parts))]
    column[column == NONE] = len(nodes.unit) + len(shared)
    return replace(
        nodes,
        column=column,
        piece=np.array(piece, np.int64).reshape(-1, 4),
        meets=np.array(meets, np.int32),
    )


def _depths(parent: SmallInts) -> SmallInts:
    """How far below a root; NONE for what no root is above."""
    depth = np.where(parent == NONE, 0, NONE).astype(np.int32)
    level = 0
    while (found := (depth == NONE) & (depth[parent] == level)).any():
        level += 1
        depth[found] = level
    return depth


def _positions(wanted: SmallInts, units: SmallInts) -> SmallInts:
    """Where each wanted unit is in `units` (ascending); NONE where it is not."""
    if not len(units):
        return np.full(len(wanted), NONE, np.int32)
    at = np.searchsorted(units, wanted).clip(max=len(units) - 1)
    return np.where(units[at] == wanted, at, NONE).astype(np.int32)


def _structure(listed: SmallInts, spans: Sequence[tuple[int, int, Tree]]) -> Structure:
    """Spans over the units listed, each once, in the order they are first listed."""
    ascending, first = np.unique(listed, return_index=True)
    column = np.argsort(np.argsort(first)).astype(np.int32)
    placed = []
    for start, end, tree in spans:
        at = _positions(tree.unit, ascending)
        place = np.where(at == NONE, NONE, np.append(column, NONE)[at])
        placed.append(Span(start, end, tree, place.astype(np.int32)))
    return Structure(listed[np.sort(first)], tuple(placed))


def _kept(structure: Structure, keep: Callable[[Tree], Truths]) -> Structure:
    spans = [
        (span.start, span.end, narrowed(span.tree, keep(span.tree) & (span.place != NONE)))
        for span in structure.spans
    ]
    listed = [tree.unit for _, _, tree in spans[::-1]]
    return _structure(np.concatenate(listed), spans)
