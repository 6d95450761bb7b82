"""Bands: old units on the left flow into new ones on the right. The list beside it says the same in words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, ROW, GAP = 620, 15, 7
LEFT, RIGHT, NODE = 190, 430, 7


@dataclass(frozen=True, slots=True)
class Flow:
    """`weight` things go from the old name to the new name."""

    old: str
    new: str
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Node:
    name: str
    y: float
    height: float

    @property
    def middle(self) -> float:
        return round(self.y + self.height / 2 + 4, 1)


@dataclass(frozen=True, slots=True)
class Band:
    path: str
    is_other: bool


@dataclass(frozen=True, slots=True)
class Bands:
    height: float
    old: tuple[Node, ...]
    new: tuple[Node, ...]
    bands: tuple[Band, ...]


def bands(flows: Sequence[Flow]) -> Bands:
    """Lay out the flows in the order given; a new unit with several old ones shows the smaller parts apart."""
    new = _nodes([(flow.new, flow.weight) for flow in flows])
    height = max(node.y + node.height for node in new.values())
    old = _nodes([(flow.old, flow.weight) for flow in flows], within=height)
    height = max(height, *(node.y + node.height for node in old.values())) + 4
    largest = _largest(flows)
    at_old = {name: node.y for name, node in old.items()}
    at_new = {name: node.y for name, node in new.items()}
    weights_old = _sums([(flow.old, flow.weight) for flow in flows])
    weights_new = _sums([(flow.new, flow.weight) for flow in flows])
    drawn = []
    for flow in flows:
        left = old[flow.old].height * flow.weight / weights_old[flow.old]
        right = new[flow.new].height * flow.weight / weights_new[flow.new]
        path = _ribbon(at_old[flow.old], left, at_new[flow.new], right)
        drawn.append(Band(path, is_other=largest[flow.new] != flow.old))
        at_old[flow.old] += left
        at_new[flow.new] += right
    return Bands(round(height, 1), tuple(old.values()), tuple(new.values()), tuple(drawn))


def _sums(pairs: Sequence[tuple[str, int]]) -> Counter[str]:
    sums: Counter[str] = Counter()
    for name, weight in pairs:
        sums[name] += weight
    return sums


def _largest(flows: Sequence[Flow]) -> dict[str, str]:
    """For each new name the old one that gives most; the first of equals."""
    best: dict[str, Flow] = {}
    for flow in flows:
        if flow.new not in best or flow.weight > best[flow.new].weight:
            best[flow.new] = flow
    return {new: flow.old for new, flow in best.items()}


def _nodes(pairs: Sequence[tuple[str, int]], *, within: float | None = None) -> dict[str, Node]:
    """One node a name, as high as a row (or as its share of `within`), in order of first appearance."""
    sums = _sums(pairs)
    least = (ROW + GAP) * len(sums) - GAP
    room = None if within is None else max(within, least) - GAP * (len(sums) - 1)
    found, y = {}, 0.0
    for name, weight in sums.items():
        height = float(ROW) if room is None else max(ROW, room * weight / sums.total())
        found[name] = Node(name, round(y, 1), round(height, 1))
        y += height + GAP
    return found


def _ribbon(y_old: float, left: float, y_new: float, right: float) -> str:
    start, end, middle = LEFT + NODE, RIGHT - NODE, (LEFT + RIGHT) // 2
    a, b, c, d = (round(each, 1) for each in (y_old, y_new, y_new + right, y_old + left))
    return f"M{start} {a}C{middle} {a} {middle} {b} {end} {b}V{c}C{middle} {c} {middle} {d} {start} {d}Z"
