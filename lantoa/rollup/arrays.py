"""The arithmetic on numpy arrays: the default engine, and the fast one.

A reading of sums is F = T · X · C. X is the `Layout`: facts sorted by measure and day. C is the
`Tree`: each fact is added once, to the column it lands on, and the small result climbs level by
level. T are the periods: slices of the layout, or differences of one running sum over the result.

Sums stay in 64 bits where none can leave them. A measure of which that is not sure is added in
Python's own whole numbers, and refused if a total does not fit: NumPy would wrap in silence.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from lantoa.rollup.layout import Layout, appended, layout
from lantoa.rollup.tables import (
    LIMIT,
    NONE,
    WHOLE,
    Ints,
    Period,
    Rule,
    SmallInts,
    Totals,
    TotalTooLargeError,
)
from lantoa.rollup.tree import Span, Structure, Tree, marks, nodes_of, windows_of

__all__ = ["Layout", "appended", "climb_up", "layout", "totals"]

SAFE = 2.0**62  # where a measure's absolute values add up to less, no sum of them leaves 64 bits
Numbers = npt.NDArray[Any]  # int64, or Python's own whole numbers
OwnValues = tuple[SmallInts, Ints, Numbers]  # unit, day on which it stands, value


def totals(
    facts: Layout,
    structure: Structure,
    *,
    measures: Sequence[int],
    periods: Sequence[Period],
    rule: Rule,
    climb: bool = True,
) -> Totals:
    """Every measure, in every period, at every unit of the structure.

    Args:
        rule: the one rule of all these measures.
        climb: False for what lies on each unit itself, without the units below it: the part of a
            unit's figure that no child accounts for.

    Raises:
        TotalTooLargeError: one of the totals does not fit 64 bits.
        UnknownRuleError: the rule makes no sense.
    """
    windows = windows_of(structure, periods, rule)
    rows = np.searchsorted(facts.measures, measures)
    # A measure without facts reads the last row, which is empty.
    rows = np.where(np.append(facts.measures, NONE)[rows] == measures, rows, NONE)
    is_safe = np.append(facts.weight, 0.0)[rows] < SAFE
    read = _sums if rule.is_linear else _choices
    parts = [
        read(facts, structure, rows[chosen], windows, rule=rule, climb=climb, dtype=dtype)
        for chosen, dtype in ((is_safe, np.int64), (~is_safe, object))
        if chosen.any() or dtype is np.int64
    ]
    if len(parts) == 1:
        return parts[0]
    return _joined(parts[0], parts[1], order=np.argsort(np.argsort(~is_safe, kind="stable")))


def _sums(
    facts: Layout,
    structure: Structure,
    rows: Ints,
    windows: Sequence[Period],
    *,
    rule: Rule,
    climb: bool,
    dtype: Any,
) -> Totals:
    """Flows and balances, added along units."""
    shape = (len(rows), len(windows), len(structure.units))
    value, is_estimated = np.zeros(shape, dtype), np.zeros(shape, np.bool_)
    outside = np.zeros(shape[:2], dtype)
    for span in structure.spans:
        asked, cut = _cut(windows, span)
        landed = _landed_sums(facts, span.tree, rows, cut, dtype)
        estimated = _share_out(landed, span.tree, climb=climb)
        outside[:, asked] += landed[..., -1]
        nodes = landed[..., : len(span.tree.unit)]
        if climb:
            climb_up(nodes, span.tree, np.add)
        if len(structure.spans) == 1 and nodes.shape == value.shape:
            value, is_estimated = nodes, estimated  # as it is: no copy of a large result
        else:
            value[:, asked] += _spread(nodes, span, shape[2])
            if len(span.tree.meets):
                is_estimated[:, asked] |= _spread(estimated, span, shape[2])
    return Totals(structure.units, _fitting(value), None, is_estimated, _fitting(outside), None)


def _spread(nodes: Numbers, span: Span, count: int) -> Numbers:
    """The columns of a span's nodes as columns of the result, which has `count`."""
    result = np.zeros((*nodes.shape[:-1], count), nodes.dtype)
    kept = np.flatnonzero(span.place != NONE)
    result[..., span.place[kept]] = nodes[..., kept]
    return result


def _cut(windows: Sequence[Period], span: Span) -> tuple[Ints, Ints]:
    """Which windows reach into the span, and the days of each that do: [window, start and end]."""
    edges = np.clip(np.array(windows, np.int64).reshape(-1, 2), span.start, span.end)
    asked = np.flatnonzero(edges[:, 0] < edges[:, 1])
    return asked, edges[asked]


def _landed_sums(facts: Layout, tree: Tree, rows: Ints, windows: Ints, dtype: Any) -> Numbers:
    """[measure, window, column of the tree]: the facts of each window, each touched once."""
    cuts, at = np.unique(windows, return_inverse=True)
    at = at.reshape(-1, 2)
    begun, ended = (np.bincount(side, minlength=len(cuts)) for side in at.T)
    wanted = np.flatnonzero(np.cumsum(begun - ended)[:-1])
    added = np.zeros((len(rows), max(len(cuts) - 1, 0), tree.width), dtype)
    begins = facts.begins[np.ix_(rows, np.searchsorted(facts.days, cuts))]
    for row, bounds in zip(added, begins.tolist(), strict=True):
        for step in wanted.tolist():
            some = slice(bounds[step], bounds[step + 1])
            # The last column stands for every unit beyond: clip, and no check of each fact.
            column = tree.column.take(facts.unit[some], mode="clip")
            # Both of one length: NumPy 2.4 reads beyond a shorter one.
            np.add.at(row[step], column, facts.value[some])
    if np.array_equal(at, np.stack([np.arange(len(at)), np.arange(1, len(at) + 1)], axis=1)):
        return added
    running = np.zeros((len(rows), len(cuts), tree.width), dtype)
    np.cumsum(added, axis=1, out=running[:, 1:])
    result: Numbers = running[:, at[:, 1]] - running[:, at[:, 0]]
    return result


def _share_out(landed: Numbers, tree: Tree, *, climb: bool) -> npt.NDArray[np.bool_]:
    """Give the pieces of shared units to their nodes; say which sums are estimates thereby.

    A piece is the difference of two parts rounded down, so that the pieces add up to the whole.
    """
    count = len(tree.unit)
    is_estimated = np.zeros((*landed.shape[:-1], count), np.bool_)
    own = landed[..., count:-1]
    for number, node, low, high in tree.piece.tolist():
        landed[..., node] += _part(own[..., number], high) - _part(own[..., number], low)
    for number, node in marks(tree, climb=climb):
        is_estimated[..., node] |= own[..., number] != 0
    return is_estimated


def _part(value: Numbers, share: int) -> Numbers:
    """`value * share / WHOLE` rounded down, without ever multiplying a large value."""
    part: Numbers = value // WHOLE * share + value % WHOLE * share // WHOLE
    return part


def climb_up(nodes: Numbers, tree: Tree, add: np.ufunc) -> None:
    """From the deepest level up, give every node what its children have."""
    for positions, begins, parents in tree.levels:
        families = add.reduceat(nodes[..., positions], begins, axis=-1)
        nodes[..., parents] = add(nodes[..., parents], families)


def _choices(
    facts: Layout,
    structure: Structure,
    rows: Ints,
    windows: Sequence[Period],
    *,
    rule: Rule,
    climb: bool,
    dtype: Any,
) -> Totals:
    """Everything that is no plain sum: one value per unit (or per day of it), and a count of them."""
    add = {"min": np.minimum, "max": np.maximum}.get(rule.along_units, np.add)
    shape = (len(rows), len(windows), len(structure.units) + 1)
    value = np.full(shape, _nothing(add, dtype), dtype)
    count = np.zeros(shape, np.int64)
    for at_row, row in enumerate(rows.tolist()):
        for at_window, window in enumerate(windows):
            own = _own_values(facts, row, window, rule, dtype)
            for span in structure.spans:
                cell = (at_row, at_window)
                _place(value[cell], count[cell], own, span, add, climb=climb)
    value = _fitting(np.where(count > 0, value, 0))
    return Totals(
        structure.units,
        value[..., :-1],
        count[..., :-1],
        np.zeros(value[..., :-1].shape, np.bool_),
        value[..., -1],
        count[..., -1],
    )


def _own_values(facts: Layout, row: int, window: Period, rule: Rule, dtype: Any) -> OwnValues:
    """What each unit brings to one cell. A unit stands where it stood on its last day with a value."""
    first, last = np.searchsorted(facts.days, window)
    begins = facts.begins[row, first : last + 1]
    some = slice(begins[0], begins[-1])
    order = np.argsort(facts.unit[some], kind="stable")  # by unit, then by day
    unit, value = facts.unit[some][order], facts.value[some][order].astype(dtype)
    day = np.repeat(facts.days[first:last], np.diff(begins))[order]
    if rule.nature == "level":
        # The facts of a day are corrections of one another: first they are added.
        starts = _starts(unit, day)
        unit, day, value = unit[starts], day[starts], np.add.reduceat(value, starts)
        unit, day, value = unit[value != 0], day[value != 0], value[value != 0]
    if rule.along_time == "average":
        return unit, day, value
    starts = _starts(unit)
    ends = np.append(starts[1:], len(unit))[: len(starts)] - 1
    along = {"min": np.minimum, "max": np.maximum}.get(rule.along_time, np.add)
    is_last = rule.nature == "level" and rule.along_time == "last"
    value = value[ends] if is_last else along.reduceat(value, starts)
    has_value = value != 0
    return unit[starts][has_value], day[ends][has_value], value[has_value]


def _starts(*columns: Numbers) -> Ints:
    """Where each run of equal rows begins."""
    changes = [column[1:] != column[:-1] for column in columns]
    is_first = np.ones(len(columns[0]), np.bool_)
    is_first[1:] = np.any(changes, axis=0)
    return np.flatnonzero(is_first)


def _place(
    value: Numbers, count: Ints, own: OwnValues, span: Span, add: np.ufunc, *, climb: bool
) -> None:
    """Add one cell's own values to the units above them. The last element is outside the line.

    A choice cannot be shared out, so it is placed whole.
    """
    unit, day, values = own
    there = (span.start <= day) & (day < span.end)
    tree, outside = span.tree, len(span.tree.unit)
    node = nodes_of(tree, unit[there])
    values_there = np.full(outside + 1, _nothing(add, value.dtype), value.dtype)
    counts_there = np.bincount(node, minlength=outside + 1)
    add.at(values_there, node, values[there])
    if climb:
        climb_up(values_there, tree, add)
        climb_up(counts_there, tree, np.add)
    place = np.append(span.place, len(value) - 1)
    kept = place != NONE
    value[place[kept]] = add(value[place[kept]], values_there[kept])
    count[place[kept]] += counts_there[kept]


def _nothing(add: np.ufunc, dtype: Any) -> int:
    """What changes nothing when it is added, or compared."""
    edge = LIMIT - 1 if dtype == np.int64 else LIMIT**2
    if add is np.minimum:
        return edge
    return -edge if add is np.maximum else 0


def _fitting(numbers: Numbers) -> Ints:
    """In 64 bits, or TotalTooLargeError."""
    if numbers.dtype == object and any(not -LIMIT <= n < LIMIT for n in numbers.flat):
        raise TotalTooLargeError
    return numbers.astype(np.int64, copy=False)


def _joined(fast: Totals, slow: Totals, order: Ints) -> Totals:
    """Two readings of different measures as one, the measures in this order."""

    def both(name: str) -> Any:
        first, second = getattr(fast, name), getattr(slow, name)
        return first if first is None else np.concatenate([first, second])[order]

    names = ["value", "count", "is_estimated", "outside", "outside_count"]
    return Totals(fast.units, *map(both, names))
