"""What is right, found with numpy's simplest words and nothing of ours: each fact to each of its ancestors."""

import hashlib

import numpy as np

from bench.world import MEASURES, World, ancestors

FLOWS = "flows"
BALANCES = "balances"
AS_NOW = "flows, all on the tree after the reform"
OF_ITS_DAY = "flows, each on the tree of its day"
FACTS_AT_ONCE = 2**22


def right(world: World, asked: str) -> str:
    """The checksum of the right answer."""
    if asked == BALANCES:
        return checksum(np.cumsum(flows(world, world.parent, world.parent), axis=2))
    before = world.later if asked == AS_NOW else world.parent
    after = world.parent if asked == FLOWS else world.later
    return checksum(flows(world, before, after))


def flows(world: World, before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """[inner node, measure, month]: until June with the parents `before`, then with those `after`."""
    first, second = ancestors(before), ancestors(after)
    place = np.full(len(world.parent) + 1, -1)
    place[world.inner] = np.arange(len(world.inner))
    out = np.zeros(len(world.inner) * MEASURES * 12, np.int64)
    for start in range(0, len(world.unit), FACTS_AT_ONCE):
        some = slice(start, start + FACTS_AT_ONCE)
        unit, month = world.unit[some], world.month[some]
        for level in range(first.shape[1]):
            node = place[np.where(month < 6, first[unit, level], second[unit, level])]
            cell = (node * MEASURES + world.measure[some]) * 12 + month
            np.add.at(out, cell[node >= 0], world.value[some][node >= 0])
    return out.reshape(len(world.inner), MEASURES, 12)


def checksum(cells: np.ndarray) -> str:
    return hashlib.sha256(np.ascontiguousarray(cells, dtype="<i8").tobytes()).hexdigest()[:16]
