"""The arithmetic as Narwhals expressions: DuckDB as a check and for questions of the moment, Spark
for what outgrows one machine.

The engine's owner puts three tables on it: the facts, and the two small ones of a `Plan`. Nothing is
run here: a frame goes in and a frame comes out.

Every fact is first added to its unit and its step of time; only the few sums are then placed. The
engines differ: DuckDB adds in 128 bits, so the last cast refuses what does not fit; Spark refuses
while adding. Whole-number division is in floats on one of them, so it is kept to where it is exact.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import numpy as np
import pyarrow as pa

from lantoa.rollup.tables import NONE, WHOLE, Period, Rule
from lantoa.rollup.tree import Span, Structure, marks, nodes_of, windows_of

Frame = nw.LazyFrame[Any]
UNLISTED = -2  # a node that the result does not list
PLACED = pa.schema(
    [(name, pa.int64()) for name in ("span", "unit", "node", "low", "high", "is_piece")]
)
STEPS = pa.schema([(name, pa.int64()) for name in ("step", "period", "span")])


@dataclass(frozen=True, eq=False)
class Plan:
    """What an engine needs to know of a structure and of periods.

    Attributes:
        cuts: days at which a step of time begins; a fact is in step n when n cuts are not after it.
        steps: which steps belong to which period, and the structure's span each step is in.
        placed: where a unit's facts count in a span: one row per node, with the ten-thousandths
            from `low` until `high`; `is_piece` where that is not all that is there of them. A unit
            without a row is outside the line.
    """

    rule: Rule
    cuts: tuple[int, ...]
    steps: pa.Table
    placed: pa.Table


def plan(
    structure: Structure, *, periods: Sequence[Period], rule: Rule, climb: bool = True
) -> Plan:
    """Lay out a structure and periods as tables. `climb` as in `arrays.totals`.

    Raises:
        UnknownRuleError: the rule makes no sense.
    """
    windows = windows_of(structure, periods, rule)
    edges = {edge for window in windows for edge in window}
    cuts = sorted(edges | {span.start for span in structure.spans} | {structure.spans[-1].end})
    steps = [
        (number + 1, period, at)
        for number, day in enumerate(cuts)
        for at, span in enumerate(structure.spans)
        if span.start <= day < span.end
        for period, window in enumerate(windows)
        if window.start <= day < window.end
    ]
    placed = [
        _placed(at, span, is_linear=rule.is_linear, climb=climb)
        for at, span in enumerate(structure.spans)
    ]
    return Plan(
        rule,
        tuple(cuts),
        _table(np.array(steps, np.int64).reshape(-1, 3), STEPS),
        _table(np.concatenate(placed), PLACED),
    )


def totals(facts: Frame, placed: Frame, steps: Frame, plan: Plan) -> Frame:
    """Every measure, in every period, at every node.

    Args:
        facts: rows (measure, unit, day, value), any number per (measure, unit, day).
        placed, steps: the tables of the plan, on the engine that has the facts.

    Returns:
        One row per (measure, period, node): value, count, is_estimated (0 or 1). The period is its
        number in the plan, the node a unit id, or NONE for outside the line. A cell that has no
        fact has no row. For sums of flows and balances the count says nothing.
    """
    stepped = facts.with_columns(step=_step(plan.cuts))
    own = _sums(stepped, steps) if plan.rule.is_linear else _choices(stepped, steps, plan)
    spread = own.join(placed, on=["span", "unit"], how="left").with_columns(
        nw.col("node").fill_null(NONE),
        nw.col("low").fill_null(0),
        nw.col("high").fill_null(WHOLE),
        nw.col("is_piece").fill_null(0),
    )
    spread = spread.filter(nw.col("node") != UNLISTED)
    parts = spread.with_columns(
        value=nw.when(nw.col("high") - nw.col("low") == WHOLE)
        .then(nw.col("value"))
        .otherwise(_piece()),
        is_estimated=nw.when(nw.col("value") != 0).then(nw.col("is_piece")).otherwise(0),
    )
    value = nw.col("value")
    added = {"min": value.min(), "max": value.max()}.get(plan.rule.along_units, value.sum())
    cells = parts.group_by("measure", "period", "node").agg(
        value=added, count=nw.len(), is_estimated=nw.col("is_estimated").max()
    )
    return cells.with_columns(
        nw.col("value", "count", "is_estimated").cast(nw.Int64),
    )


def _sums(facts: Frame, steps: Frame) -> Frame:
    """Flows and balances: one row per (measure, period, span, unit)."""
    added = facts.group_by("measure", "step", "unit").agg(value=nw.col("value").sum())
    return (
        added.join(steps, on="step")
        .group_by("measure", "period", "span", "unit")
        .agg(value=nw.col("value").sum())
    )


def _choices(facts: Frame, steps: Frame, plan: Plan) -> Frame:
    """One row per unit, or per day of it, with the span of the last day on which it has a value."""
    by_day = plan.rule.nature == "level"
    kept = ["measure", "step", "unit", "day"] if by_day else ["measure", "step", "unit"]
    added = facts.with_columns(last=nw.col("day")).group_by(*kept)
    days = added.agg(value=nw.col("value").sum(), last=nw.col("last").max())
    if by_day:
        # The facts of a day are corrections of one another; what they took back is no value.
        days = days.filter(nw.col("value") != 0)
    days = days.join(steps.drop("span"), on="step").drop("step")
    own = _along_time(days.drop("day") if by_day else days, plan.rule)
    own = own.filter(nw.col("value") != 0).with_columns(day=nw.col("last"))
    return own.with_columns(step=_step(plan.cuts)).join(steps, on=["step", "period"])


def _step(cuts: Sequence[int]) -> nw.Expr:
    """How many cuts are not after the day."""
    return nw.sum_horizontal(*((nw.col("day") >= cut).cast(nw.Int64) for cut in cuts))


def _along_time(days: Frame, rule: Rule) -> Frame:
    """(measure, period, unit, last, value) per day or step -> one per unit, if it is to be one."""
    if rule.along_time == "average":
        return days
    cell = ["measure", "period", "unit"]
    if rule.nature == "level" and rule.along_time == "last":
        return days.group_by(*cell).agg(last=nw.col("last").max()).join(days, on=[*cell, "last"])
    value = nw.col("value")
    along = {"min": value.min(), "max": value.max()}.get(rule.along_time, value.sum())
    return days.group_by(*cell).agg(value=along, last=nw.col("last").max())


def _piece() -> nw.Expr:
    """What of `value` lies between `low` and `high`: the difference of two parts rounded down.

    The quotients are exact, though the engine divides in floats: what is divided is a multiple of
    WHOLE, and below 2^63 / WHOLE a float is never half a unit off.
    """
    value, low, high = nw.col("value").cast(nw.Int64), nw.col("low"), nw.col("high")
    rest = value % WHOLE
    # One WHOLE is lent to a negative value, so that no step on the way leaves 64 bits.
    lent = nw.when(value < 0).then(1).otherwise(0)
    quotient = _divided(value + lent * WHOLE - rest) - lent
    upper, lower = rest * high, rest * low
    return quotient * (high - low) + (
        _divided(upper - upper % WHOLE) - _divided(lower - lower % WHOLE)
    )


def _divided(multiple: nw.Expr) -> nw.Expr:
    return (multiple / WHOLE).round(0).cast(nw.Int64)


def _placed(at: int, span: Span, *, is_linear: bool, climb: bool) -> np.ndarray[Any, Any]:
    """Rows of `placed` for one span."""
    tree, listed = span.tree, np.where(span.place == NONE, UNLISTED, span.tree.unit)
    units = np.arange(len(tree.column) - 1)
    is_shared = np.isin(tree.column[:-1], len(tree.unit) + np.arange(len(tree.meets)))
    whole = units[~is_shared] if is_linear else units
    node = nodes_of(tree, whole)
    whole, node = whole[node < len(tree.unit)], node[node < len(tree.unit)]
    rows = []
    while len(whole):
        rows.append(_rows(at, whole, listed[node], 0, WHOLE, 0))
        above = tree.parent[node].astype(np.int64) if climb else np.full(len(node), NONE)
        whole, node = whole[above != NONE], above[above != NONE]
    if is_linear:
        rows += _pieces(at, span, listed, units[is_shared], climb=climb)
    return np.concatenate([np.zeros((0, len(PLACED)), np.int64), *rows])


def _pieces(
    at: int, span: Span, listed: Any, units: Any, *, climb: bool
) -> list[np.ndarray[Any, Any]]:
    """Rows for the shared units: each piece at its node and at all above it."""
    tree, rows = span.tree, []
    unit_of = {int(tree.column[unit]) - len(tree.unit): unit for unit in units.tolist()}
    guessed = set(marks(tree, climb=climb))
    for number, node, low, high in tree.piece.tolist():
        is_first = True
        while is_first or (climb and node != NONE):
            is_first, found = False, int((number, node) in guessed)
            to = NONE if node == NONE else int(listed[node])
            rows.append(_rows(at, [unit_of[number]], to, low, high, found))
            node = NONE if node == NONE else int(tree.parent[node])
    return rows


def _rows(span: int, units: Any, node: Any, low: int, high: int, is_piece: int) -> Any:
    columns = np.broadcast_arrays(span, units, node, low, high, is_piece)
    return np.stack(columns, axis=1).astype(np.int64)


def _table(rows: np.ndarray[Any, Any], schema: pa.Schema) -> pa.Table:
    return pa.table([pa.array(column) for column in rows.T], schema=schema)
