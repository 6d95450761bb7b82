"""A seeded province for the bench: a tree four levels deep, a year of facts, and the same facts in every shape a rival needs."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

FIRST_DAY = 19358  # 2023-01-01, in days since 1970-01-01
MONTHS = np.cumsum([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) + FIRST_DAY
FACTS_A_UNIT = 360


@dataclass(frozen=True)
class World:
    """Facts as columns sorted by measure and day, and a tree of units 0 … n−1 (0 is the root).

    `levels` has one row a unit: its ancestors from the root down (itself included), −1 where it ends.
    """

    measures: int
    parent: np.ndarray
    levels: np.ndarray
    measure: np.ndarray
    unit: np.ndarray
    day: np.ndarray
    value: np.ndarray

    @property
    def inner(self) -> np.ndarray:
        """Units with somebody below them, ascending."""
        return np.unique(self.parent[1:])


def make(*, units: int, measures: int, seed: int) -> World:
    """About 360 facts a unit and year, branches first, as in a province (DESIGN: 5.000 units, 2 million facts)."""
    draw = np.random.default_rng(seed)
    parent = tree(units)
    n = units * FACTS_A_UNIT
    measure = draw.integers(0, measures, n, dtype=np.int32)
    day = draw.integers(FIRST_DAY, MONTHS[-1], n, dtype=np.int32)
    unit = draw.integers(0, units, n, dtype=np.int32)
    value = draw.integers(-3, 400, n, dtype=np.int64)
    order = np.lexsort((unit, day, measure))
    return World(
        measures=measures,
        parent=parent,
        levels=ancestors(parent),
        measure=measure[order],
        unit=unit[order],
        day=day[order],
        value=value[order],
    )


def tree(units: int) -> np.ndarray:
    """Parent of each unit: a root, districts, communes, branches, in the proportions of Cao Bằng in 2023."""
    districts = max(2, units // 500)
    communes = max(districts, units // 31)
    rest = units - 1 - districts - communes
    return np.concatenate(
        [
            [-1],
            np.zeros(districts, np.int64),
            1 + np.arange(communes) % districts,
            1 + districts + np.arange(rest) % communes,
        ]
    ).astype(np.int32)


def ancestors(parent: np.ndarray) -> np.ndarray:
    """One row a unit, one column a level: the ancestor at that level, −1 below the unit itself."""
    depth = np.zeros(len(parent), np.int32)
    for i in range(1, len(parent)):
        depth[i] = depth[parent[i]] + 1
    levels = np.full((len(parent), int(depth.max()) + 1), -1, np.int32)
    here = np.arange(len(parent), dtype=np.int32)
    for _ in range(levels.shape[1]):
        living = here >= 0
        levels[np.flatnonzero(living), depth[here[living]]] = here[living]
        here = np.where(living, parent[np.maximum(here, 0)], -1)
    return levels


def write_file(world: World, path: Path) -> Path:
    """The four columns as one Parquet file, encoded as our segments are."""
    table = pa.table(
        {"measure": world.measure, "unit": world.unit, "day": world.day, "value": world.value}
    )
    pq.write_table(
        table,
        path,
        compression="zstd",
        use_dictionary=False,
        column_encoding=dict.fromkeys(table.column_names, "DELTA_BINARY_PACKED"),
    )
    return path


def month_of(day: np.ndarray) -> np.ndarray:
    return np.searchsorted(MONTHS, day, side="right").astype(np.int32) - 1


def dense(
    world: World, node: np.ndarray, measure: np.ndarray, month: np.ndarray, total: np.ndarray
) -> np.ndarray:
    """Long rows → [inner node, measure, month], so that rivals can be compared cell by cell."""
    out = np.zeros((len(world.inner), world.measures, 12), np.int64)
    where = np.searchsorted(world.inner, node)
    out[where, measure, month] = total.astype(np.int64)
    return out
