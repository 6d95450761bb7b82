"""Facts laid out for reading: sorted by measure and day, so that a period is one slice."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from lantoa.rollup.tables import Ints, SmallInts

TABLE = 2**24  # ids and days up to here are ranked by a table, which is faster than sorting


@dataclass(frozen=True, eq=False)
class Layout:
    """Facts, sorted by measure and then by day. Never changed: `appended` gives another.

    Attributes:
        measures: the measures there are, ascending.
        days: the days there are, ascending.
        begins: [measure, day]: where in `unit` and `value` the facts of a measure's day begin; one
            column more than there are days, and a last row of nothing for measures without facts.
        unit: per fact, the unit's id.
        value: per fact, the value.
        weight: per measure, the sum of absolute values, roughly: only to see what may overflow.
    """

    measures: Ints
    days: Ints
    begins: Ints
    unit: SmallInts
    value: Ints
    weight: npt.NDArray[np.float64]


def layout(measure: Any, unit: Any, day: Any, value: Any) -> Layout:
    """Lay out columns of facts (numpy arrays, Arrow columns or lists of one length) for reading."""
    measures, row = _ranked(np.asarray(measure, np.int64))
    days, column = _ranked(np.asarray(day, np.int64))
    counts = np.bincount(row * len(days) + column, minlength=len(measures) * len(days))
    # Numpy sorts 16 bits by radix, ten times faster; it seldom takes more to number days.
    order = np.lexsort((_short(column, len(days)), _short(row, len(measures))))
    return _laid_out(
        measures,
        days,
        counts.reshape(len(measures), len(days)),
        np.asarray(unit, np.int32)[order],
        np.asarray(value, np.int64)[order],
    )


def appended(before: Layout, measure: Any, unit: Any, day: Any, value: Any) -> Layout:
    """The layout with some facts more; it costs a copy, not a sort."""
    tail = layout(measure, unit, day, value)
    measures = np.union1d(before.measures, tail.measures)
    days = np.union1d(before.days, tail.days)
    counts = np.zeros((len(measures), len(days)), np.int64)
    for part in (before, tail):
        rows, columns = np.searchsorted(measures, part.measures), np.searchsorted(days, part.days)
        counts[np.ix_(rows, columns)] += np.diff(part.begins[:-1])
    at = np.repeat(_after(before, tail).ravel(), np.diff(tail.begins[:-1]).ravel())
    return _laid_out(
        measures,
        days,
        counts,
        np.insert(before.unit, at, tail.unit),
        np.insert(before.value, at, tail.value),
    )


def _after(before: Layout, tail: Layout) -> Ints:
    """[measure, day of the tail]: how many facts of `before` come first."""
    row = np.searchsorted(before.measures, tail.measures)
    is_new = np.append(before.measures, -1)[row] != tail.measures
    passed = np.searchsorted(before.days, tail.days, side="right")
    return np.where(is_new[:, None], before.begins[row, :1], before.begins[np.ix_(row, passed)])


def _laid_out(measures: Ints, days: Ints, counts: Ints, unit: SmallInts, value: Ints) -> Layout:
    """With facts already in order; counts: [measure, day], how many there are of each."""
    begins = np.full((len(measures) + 1, len(days) + 1), len(unit), np.int64)
    begins[:-1, 1:] = np.cumsum(counts).reshape(counts.shape)
    begins[1:-1, 0] = begins[:-2, -1]
    begins[0, 0] = 0
    weight = (
        np.add.reduceat(np.abs(value.astype(np.float64)), begins[:-1, 0])
        if len(unit)
        else (np.zeros(0))
    )
    return Layout(measures, days, begins, unit, value, weight)


def _ranked(ids: Ints) -> tuple[Ints, Ints]:
    """The distinct ids, ascending, and for each id its place among them."""
    least = int(ids.min(initial=0))
    if int(ids.max(initial=0)) - least >= TABLE:
        distinct, rank = np.unique(ids, return_inverse=True)
        return distinct, rank.astype(np.int64)
    seen = np.zeros(int(ids.max(initial=0)) - least + 1, np.bool_)
    seen[ids - least] = True
    return np.flatnonzero(seen) + least, (np.cumsum(seen) - 1)[ids - least]


def _short(rank: Ints, count: int) -> npt.NDArray[Any]:
    return rank.astype(np.uint16) if count <= 2**16 else rank
