"""A seeded province for the bench: a tree four levels deep, and a year of facts."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

FIRST_DAY = 19358  # 2023-01-01, in days since 1970-01-01
MONTHS = np.cumsum([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) + FIRST_DAY
REFORM = int(MONTHS[6])  # on 1 July some communes move to another district
MEASURES = 60
FACTS_A_UNIT = 6  # of each measure in the year: 1,8 million in a province of 5.000 units
COLUMNS = ["measure", "unit", "day", "value"]


@dataclass(frozen=True)
class World:
    """Units 0 … n−1 (0 is the root), and facts as columns sorted by measure, day and unit.

    Attributes:
        parent: per unit the unit above it, below its own number; −1 for the root.
        later: the same from the reform on.
    """

    parent: np.ndarray
    later: np.ndarray
    measure: np.ndarray
    unit: np.ndarray
    day: np.ndarray
    value: np.ndarray

    @cached_property
    def levels(self) -> np.ndarray:
        """One row a unit: its ancestors from the root down, itself included; −1 where they end."""
        return ancestors(self.parent)

    @cached_property
    def inner(self) -> np.ndarray:
        """Units with somebody below them, ascending."""
        return np.unique(self.parent[1:])

    @cached_property
    def month(self) -> np.ndarray:
        """Per fact, 0 … 11."""
        return np.searchsorted(MONTHS, self.day, side="right").astype(np.int32) - 1

    @cached_property
    def landing(self) -> np.ndarray:
        """Per unit, the nearest inner node: itself, or the one above a leaf."""
        unit = np.arange(len(self.parent), dtype=np.int32)
        return np.where(np.isin(unit, self.inner), unit, self.parent)


def make(*, units: int, seed: int) -> World:
    parent = tree(units)
    each = [facts(units=units, measure=measure, seed=seed) for measure in range(MEASURES)]
    unit, day, value = (np.concatenate(column) for column in zip(*each, strict=True))
    measure = np.repeat(np.arange(MEASURES, dtype=np.int32), len(unit) // MEASURES)
    return World(parent, reformed(parent), measure, unit, day, value)


def facts(*, units: int, measure: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One measure's units, days and values, sorted by day and unit; some correct an earlier one."""
    draw = np.random.default_rng([seed, measure])
    place = np.sort(draw.integers(0, 365 * units, units * FACTS_A_UNIT))
    day, unit = np.divmod(place, units)
    value = draw.integers(-3, 400, len(place))
    value[value == 0] = 1  # an entry says something
    return unit.astype(np.int32), (day + FIRST_DAY).astype(np.int32), value


def tree(units: int) -> np.ndarray:
    """A root, districts, communes, branches, in the proportions of Cao Bằng in 2023."""
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


def reformed(parent: np.ndarray) -> np.ndarray:
    """Every third commune under the next district."""
    districts = int((parent == 0).sum())
    unit = np.arange(len(parent))
    moves = (parent >= 1) & (parent <= districts) & (unit % 3 == 0)
    return np.where(moves, 1 + parent % districts, parent).astype(np.int32)


def ancestors(parent: np.ndarray) -> np.ndarray:
    """One row a unit, one column a level, the root first; −1 below the unit itself."""
    up = [np.arange(len(parent), dtype=np.int32)]
    while (up[-1] >= 0).any():
        up.append(np.where(up[-1] >= 0, parent[up[-1]], -1).astype(np.int32))
    above = np.stack(up[:-1], axis=1)
    depth = (above >= 0).sum(axis=1, keepdims=True) - 1
    step = depth - np.arange(above.shape[1])
    return np.where(step >= 0, np.take_along_axis(above, np.maximum(step, 0), axis=1), -1)


def write_file(tables: Iterator[pa.Table], path: Path) -> Path:
    """The four columns as one Parquet file, encoded as our segments are, one row group a table."""
    first = next(tables)
    encoding = dict.fromkeys(COLUMNS, "DELTA_BINARY_PACKED")
    with pq.ParquetWriter(
        path, first.schema, compression="zstd", use_dictionary=False, column_encoding=encoding
    ) as file:
        file.write_table(first)
        for each in tables:
            file.write_table(each)
    return path


def as_table(world: World) -> pa.Table:
    return pa.table({name: getattr(world, name) for name in COLUMNS})
