"""The same question asked of others: every inner node × every measure × twelve months."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from bench import judge
from bench.world import MEASURES, World, as_table, write_file

THREADS = 2


@dataclass(frozen=True)
class Rival:
    """One way to an answer. What it is made from was loaded, typed and indexed before; that is not timed.

    Attributes:
        ask: what is timed.
        read: the answer as [inner node, measure, month], not timed; None where there is no answer.
        asked: which of the judge's questions this is.
        before: done before each asking, not timed.
        server: the process in which the work is done, if it is another one.
    """

    name: str
    ask: Callable[[], Any]
    read: Callable[[Any], np.ndarray] | None
    asked: str = judge.FLOWS
    before: Callable[[], object] | None = None
    server: int | None = None

    def answer(self) -> Any:
        if self.before:
            self.before()
        return self.ask()


def closure(world: World) -> pa.Table:
    """One row per (inner node, itself or an inner node above it), and the same of every unit."""
    unit = np.repeat(np.arange(len(world.parent), dtype=np.int32), world.levels.shape[1])
    node = world.levels.ravel()
    keep = (node >= 0) & np.isin(node, world.inner)
    return pa.table({"unit": unit[keep], "node": node[keep]})


def dense(world: World, rows: Any) -> np.ndarray:
    """Columns node, measure, month, total → [inner node, measure, month], cell by cell comparable."""
    node, measure, month, total = (
        np.asarray(rows[name]) for name in ("node", "measure", "month", "total")
    )
    out = np.zeros((len(world.inner), MEASURES, 12), np.int64)
    out[np.searchsorted(world.inner, node), measure, month] = total
    return out


# The smallest types that hold the province, and the months already numbered: neither is so in life.
NARROW = """SELECT measure::UTINYINT AS measure, month::UTINYINT AS month, unit::USMALLINT AS unit, value
    FROM arrow"""
LANDED = """
    WITH own AS (
      SELECT measure, month, land AS unit, sum(value)::BIGINT AS value
      FROM {facts} JOIN landing USING (unit) GROUP BY ALL)
    SELECT node, measure, month, sum(value)::BIGINT AS total
    FROM own JOIN closure USING (unit) GROUP BY ALL"""
PLANS = {
    "DuckDB: each fact to every ancestor": """
    SELECT node, measure, month, sum(value)::BIGINT AS total
    FROM facts JOIN closure USING (unit) GROUP BY ALL""",
    "DuckDB: units first, then up": """
    WITH own AS (
      SELECT measure, month, unit, sum(value)::BIGINT AS value FROM facts GROUP BY ALL)
    SELECT node, measure, month, sum(value)::BIGINT AS total
    FROM own JOIN closure USING (unit) GROUP BY ALL""",
    "DuckDB: our plan, landing first": LANDED.format(facts="facts"),
}
FROM_FILE = """(
      SELECT measure, unit, value, month(DATE '1970-01-01' + day) - 1 AS month
      FROM read_parquet('{file}'))"""


def duckdb_rivals(world: World, folder: Path, stack: ExitStack) -> Iterator[Rival]:
    """A scan of the file (no answer to check), three plans over tables in memory, the best one over the file."""
    import duckdb

    file = write_file(iter([as_table(world)]), folder / "facts.parquet")
    yield from over_file(world, file, stack)
    db = stack.enter_context(duckdb.connect(config={"threads": THREADS}))
    for name, (table, sql) in duckdb_tables(world).items():
        db.register("arrow", table)
        db.execute(f"CREATE TABLE {name} AS {sql}")
        db.unregister("arrow")

    for name, sql in PLANS.items():
        yield planned(world, db, name, sql)


def over_file(world: World, file: Path, stack: ExitStack) -> Iterator[Rival]:
    """The scan, which has no answer, and the plan that touches each fact once."""
    import duckdb

    db = stack.enter_context(duckdb.connect(config={"threads": THREADS, "memory_limit": "2GB"}))
    unit = np.arange(len(world.parent), dtype=np.int32)
    above, landing = closure(world), pa.table({"unit": unit, "land": world.landing})
    db.register("closure", above)
    db.register("landing", landing)
    scan = f"SELECT sum(measure), sum(unit), sum(day), sum(value) FROM read_parquet('{file}')"
    yield Rival(SCAN, lambda: db.execute(scan).fetchall(), None)
    sql = LANDED.format(facts=FROM_FILE.format(file=file))
    yield planned(world, db, "DuckDB: our plan, from the file", sql)


def planned(world: World, db: Any, name: str, sql: str) -> Rival:
    return Rival(name, lambda: db.execute(sql).to_arrow_table(), lambda got: dense(world, got))


SCAN = "DuckDB: scan of the file, four columns"


def duckdb_tables(world: World) -> dict[str, tuple[pa.Table, str]]:
    unit = np.arange(len(world.parent), dtype=np.int32)
    facts = {name: getattr(world, name) for name in ("measure", "unit", "month", "value")}
    return {
        "facts": (pa.table(facts), NARROW),
        "closure": (closure(world), "SELECT unit::USMALLINT AS unit, node FROM arrow"),
        "landing": (
            pa.table({"unit": unit, "land": world.landing}),
            "SELECT unit::USMALLINT AS unit, land::USMALLINT AS land FROM arrow",
        ),
    }
