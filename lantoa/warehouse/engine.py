"""The one place that opens DuckDB or Spark: the same figures by other means, as a check and for what outgrows one machine."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

import narwhals as nw
import numpy as np
import pyarrow as pa

from lantoa.lib.errors import LantoaError
from lantoa.rollup import arrays, expressions
from lantoa.rollup.tables import NONE, Period, Rule, TotalTooLargeError
from lantoa.rollup.tree import Structure
from lantoa.warehouse import segments, store
from lantoa.warehouse.models import Segment

ENGINES = ("arrays", "duckdb", "spark")
_COLUMNS = ["measure", "unit", "day", "value"]
_SPARK = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.log.level": "ERROR",
}


class MissingEngineError(LantoaError):
    """An engine whose package is not installed."""

    def __init__(self, engine: str) -> None:
        super().__init__(
            vi=f"Chưa cài {engine}. Hãy cài thêm: pip install 'lantoa[{engine}]'.",
            en=f"{engine} is not installed. Add it with: pip install 'lantoa[{engine}]'.",
        )


class Cell(NamedTuple):
    """One total. `period` is its number in the question; `unit` is NONE for outside the line.

    `behind`: how many own values stand behind it, for averages and levels; 0 for plain sums.
    """

    measure: int
    period: int
    unit: int
    value: int
    behind: int
    is_estimated: bool


@dataclass(frozen=True, eq=False)
class Question:
    """What every engine is asked in the same words; measures of one rule."""

    structure: Structure
    periods: Sequence[Period]
    measures: Sequence[int]
    rule: Rule


Answer = Callable[[Question], list[Cell]]


def ask(engine: str, questions: Sequence[Question], *, master: str = "local[2]") -> list[Cell]:
    """All cells that say something, sorted.

    Args:
        engine: one of `ENGINES`.
        master: where Spark runs, unless a session of it runs in this process already.

    Raises:
        MissingEngineError: the engine is not installed.
        TotalTooLargeError: a total does not fit 64 bits.
    """
    opened: dict[str, Callable[[], AbstractContextManager[Answer]]] = {
        "arrays": _on_arrays,
        "duckdb": _on_duckdb,
        "spark": lambda: _on_spark(master),
    }
    with opened[engine]() as answer:
        return sorted(cell for question in questions for cell in answer(question))


@contextmanager
def _on_arrays() -> Iterator[Answer]:
    facts = store.now().layout

    def answer(question: Question) -> list[Cell]:
        got = arrays.totals(
            facts,
            question.structure,
            measures=question.measures,
            periods=question.periods,
            rule=question.rule,
        )
        units = [*got.units.tolist(), NONE]
        value = np.concatenate([got.value, got.outside[..., None]], axis=2)
        count = np.zeros_like(value)
        if got.count is not None and got.outside_count is not None:
            count = np.concatenate([got.count, got.outside_count[..., None]], axis=2)
        estimated = np.pad(got.is_estimated, ((0, 0), (0, 0), (0, 1)))
        return [
            Cell(
                question.measures[row],
                period,
                units[column],
                int(value[row, period, column]),
                int(count[row, period, column]),
                bool(estimated[row, period, column]),
            )
            for row, period, column in np.argwhere((value != 0) | (count != 0)).tolist()
        ]

    yield answer


@contextmanager
def _on_duckdb() -> Iterator[Answer]:
    try:
        import duckdb
    except ImportError as error:
        raise MissingEngineError("duckdb") from error
    # Text that reaches a statement could else read the machine's files (docs/promises.md, D12).
    locked: dict[str, str | bool | int | float | list[str]] = {
        "enable_external_access": False,
        "memory_limit": "4GB",
        "lock_configuration": True,
    }
    too_large = (duckdb.ConversionException, duckdb.OutOfRangeException)
    with duckdb.connect(config=locked) as connection:
        facts = connection.from_arrow(store.facts())
        yield lambda question: _framed(question, facts, connection.from_arrow, too_large)


@contextmanager
def _on_spark(master: str) -> Iterator[Answer]:
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingEngineError("spark") from error
    # A process has one Spark: where one runs already, it is asked, and left running.
    running = SparkSession.getActiveSession()
    builder = SparkSession.builder.master(master).appName("lantoa rollup")
    for name, value in _SPARK.items():
        builder = builder.config(name, value)
    session = running or builder.getOrCreate()
    try:
        facts = _facts_on(session)
        put = session.createDataFrame
        yield lambda question: _framed(question, facts, put, (PySparkException,))
    finally:
        if running is None:
            session.stop()


def _facts_on(session: Any) -> Any:
    """Sealed segments are read by the workers where they lie; only the unsealed tail travels."""
    from pyspark.sql import functions

    tail = session.createDataFrame(store.unsealed())
    paths = [str(segments.path_of(row.number)) for row in Segment.objects.order_by("number")]
    if not paths:
        return tail
    sealed = session.read.parquet(*paths)
    columns = [sealed.measure, sealed.unit, functions.unix_date(sealed.day).alias("day")]
    return sealed.select(*columns, sealed.value).union(tail)


def _framed(
    question: Question,
    facts: Any,
    put: Callable[[pa.Table], Any],
    too_large: tuple[type[Exception], ...],
) -> list[Cell]:
    plan = expressions.plan(question.structure, periods=question.periods, rule=question.rule)
    rows_of, placed, steps = (
        nw.from_native(table) for table in (facts, put(plan.placed), put(plan.steps))
    )
    asked = rows_of.filter(nw.col("measure").is_in(list(question.measures)))
    frame = expressions.totals(asked, placed, steps, plan)
    try:
        rows = frame.collect("pyarrow").rows(named=True)
    except too_large as error:
        if any(word in str(error).lower() for word in ("overflow", "out of range", "conversion")):
            raise TotalTooLargeError from error
        raise
    return [
        Cell(
            row["measure"],
            row["period"],
            row["node"],
            row["value"],
            0 if question.rule.is_linear else row["count"],
            bool(row["is_estimated"]),
        )
        for row in rows
        if row["value"] or (row["count"] and not question.rule.is_linear)
    ]
