"""One question, put to any engine; the answers are comparable cell by cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import narwhals as nw
import numpy as np
import pyarrow as pa

from lantoa.rollup import arrays, expressions, reference, tables, tree
from lantoa.rollup.tables import NONE, Fact, Period, Rule, TotalTooLargeError

# (measure, number of the period, unit or NONE) -> (value, count, is_estimated)
Answer = dict[tuple[int, int, int], tuple[int, int, bool]]


@dataclass(frozen=True)
class Question:
    """What is asked: `day` None reads every fact on the structure of its day."""

    line: reference.Line
    facts: Sequence[Fact]
    periods: Sequence[Period]
    rule: Rule
    measures: Sequence[int] = (1,)
    day: int | None = None
    climb: bool = True

    @property
    def window(self) -> Period:
        return Period(min(p.start for p in self.periods), max(p.end for p in self.periods))

    def structure(self) -> tree.Structure:
        placements = tables.Placements.of(self.line.places)
        if self.day is not None:
            return tree.chosen(tree.tree_on(placements, self.line.successions, self.day))
        return tree.of_its_day(
            placements,
            self.line.successions,
            window=self.window,
            with_past=self.rule.nature == "balance",
        )

    def columns(self) -> list[np.ndarray]:
        rows = np.array([tuple(fact) for fact in self.facts], np.int64).reshape(-1, 4)
        return list(rows.T)


def on_arrays(question: Question) -> Answer:
    got = arrays.totals(
        arrays.layout(*question.columns()),
        question.structure(),
        measures=question.measures,
        periods=question.periods,
        rule=question.rule,
        climb=question.climb,
    )
    return from_totals(question, got)


def from_totals(question: Question, got: tables.Totals) -> Answer:
    units = [*got.units.tolist(), NONE]
    value = np.concatenate([got.value, got.outside[..., None]], axis=2)
    count = np.zeros_like(value)
    if got.count is not None:
        count = np.concatenate([got.count, got.outside_count[..., None]], axis=2)
    answer = {}
    for row, measure in enumerate(question.measures):
        for period in range(len(question.periods)):
            for column, unit in enumerate(units):
                cell = (row, period, column)
                estimated = unit != NONE and bool(got.is_estimated[cell])
                answer[measure, period, unit] = (int(value[cell]), int(count[cell]), estimated)
    return said(answer)


def on_reference(question: Question) -> Answer:
    got = reference.totals(
        question.facts,
        question.line,
        measures=question.measures,
        periods=question.periods,
        rule=question.rule,
        day=question.day,
        climb=question.climb,
    )
    listed = {NONE} | _listed(question)
    return said(
        {
            key: (cell.value, 0 if question.rule.is_linear else cell.count, cell.is_estimated)
            for key, cell in got.items()
            if key[2] in listed
        }
    )


def _listed(question: Question) -> set[int]:
    """The units a reading shows: those of the day, or of any day of the window and earlier roots."""
    if question.day is not None:
        return set(question.line.parents(question.day))
    start, end = question.window
    is_balance = question.rule.nature == "balance"
    return {
        row.unit
        for row in question.line.places
        if row.start < end and (row.end > start or (is_balance and row.parent == NONE))
    }


def on_frames(question: Question, put: Callable[[pa.Table], Any]) -> Answer:
    """Put the tables on an engine as `put` does, and run the expressions there."""
    names = ["measure", "unit", "day", "value"]
    schema = pa.schema([(name, pa.int64()) for name in names])
    facts = pa.table(question.columns(), schema=schema)
    plan = expressions.plan(
        question.structure(), periods=question.periods, rule=question.rule, climb=question.climb
    )
    frames = [nw.from_native(put(table)) for table in (facts, plan.placed, plan.steps)]
    frame = expressions.totals(*frames, plan)
    try:
        rows = frame.collect("pyarrow").rows(named=True)
    except Exception as error:
        if is_too_large(error):
            raise TotalTooLargeError from error
        raise
    return said(
        {
            (row["measure"], row["period"], row["node"]): (
                row["value"],
                0 if question.rule.is_linear else row["count"],
                bool(row["is_estimated"]),
            )
            for row in rows
            if row["measure"] in question.measures
        }
    )


def is_too_large(error: Exception) -> bool:
    """Whether an engine says that a sum or a cast leaves 64 bits."""
    said_by_spark = any(word in str(error) for word in ("ARITHMETIC_OVERFLOW", "CAST_OVERFLOW"))
    return (
        isinstance(error, duckdb.ConversionException | duckdb.OutOfRangeException) or said_by_spark
    )


def on_duckdb(question: Question) -> Answer:
    with duckdb.connect() as connection:
        return on_frames(question, connection.from_arrow)


def said(answer: Answer) -> Answer:
    """Without the cells that say nothing."""
    return {key: cell for key, cell in answer.items() if cell != (0, 0, False)}
