"""script/bench rollup: every inner node × every measure × twelve months, ours beside others, in one run.

Rounds are interleaved (one of each, then again), so that a machine that speeds up or slows down does so for all.
Every answer's checksum must equal the judge's, or the bench fails. What counts is the ratio.
"""

import argparse
import gc
import hashlib
import multiprocessing
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from bench import ours, rivals, stored, world
from bench.rivals import Rival

SCAN = "DuckDB: scan of the file, four columns"
READY = "ours: layout ready"
SLOW_ROUNDS = 3  # rivals that take over SLOW seconds are asked fewer times
SLOW = 2.0


def main(words: list[str] | None = None) -> int:
    asked = parser().parse_args(words)
    out = Console(width=130, highlight=False)
    made = world.make(units=asked.units * asked.times, measures=60, seed=asked.seed)
    out.print(
        f"{len(made.parent):,} units ({len(made.inner):,} inner), 60 measures, 12 months, {len(made.unit):,} facts, seed {asked.seed}"
    )
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench")))
        contenders = list(everyone(made, folder, stack, asked))
        wrong = [each.name for each in contenders if not agrees(made, each)]
        if wrong:
            out.print(f"[red]Checksums differ: {', '.join(wrong)}")
            return 1
        out.print(f"checksum of all answers: {checksum(ours.plainly(made))}")
        times = measure(contenders, asked.rounds)
        peaks = {} if asked.no_memory else peak_memory(contenders)
        out.print(table(times, peaks))
    return 0


def parser() -> argparse.ArgumentParser:
    asks = argparse.ArgumentParser(prog="script/bench rollup", description=__doc__)
    asks.add_argument("--units", type=int, default=5000, help="units of one province (5000)")
    asks.add_argument(
        "--times",
        type=int,
        default=1,
        help="provinces: 1, 10, 200 for a country of 1.000.000 units",
    )
    asks.add_argument("--rounds", type=int, default=9)
    asks.add_argument("--seed", type=int, default=18012024)
    asks.add_argument(
        "--only",
        choices=["ours", "fast", "all"],
        default="all",
        help="fast leaves out pandas and PostgreSQL",
    )
    asks.add_argument(
        "--no-memory",
        action="store_true",
        help="do not measure peak memory (one more process each)",
    )
    return asks


def everyone(
    made: world.World, folder: Path, stack: ExitStack, asked: argparse.Namespace
) -> Iterator[Rival]:
    file = world.write_file(made, folder / "facts.parquet")
    layout = ours.lay_out(made)
    yield from ours.readings(made, layout)
    yield from stored.readings(made, folder, stack)
    yield from list(rivals.duckdb_rivals(made, file))[: 1 if asked.only == "ours" else None]
    if asked.only == "ours":
        return
    yield rivals.polars_rival(made)
    if asked.only == "all":
        yield rivals.pandas_rival(made)
        yield stack.enter_context(rivals.postgres_rival(made))


def checksum(cells: np.ndarray) -> str:
    return hashlib.sha256(np.ascontiguousarray(cells, dtype="<i8").tobytes()).hexdigest()[:16]


def agrees(made: world.World, rival: Rival) -> bool:
    if rival.read is None:
        return True
    return checksum(rival.read(rival.ask())) == checksum(ours.plainly(made))


def measure(contenders: list[Rival], rounds: int) -> dict[str, list[tuple[float, float]]]:
    """Wall and CPU seconds of each, `rounds` times, in turn."""
    times: dict[str, list[tuple[float, float]]] = {each.name: [] for each in contenders}
    for _ in range(rounds):
        for each in contenders:
            seen = times[each.name]
            if len(seen) >= SLOW_ROUNDS and seen[0][0] > SLOW:
                continue
            gc.collect()
            wall, cpu = time.perf_counter(), time.process_time()
            each.ask()
            seen.append((time.perf_counter() - wall, time.process_time() - cpu))
    return times


def peak_memory(contenders: list[Rival]) -> dict[str, float]:
    """MiB that one question adds, in a process of its own that shares what was prepared."""
    peaks = {}
    fork = multiprocessing.get_context("fork")
    for each in contenders:
        if each.name.startswith(("DuckDB", "Polars", "PostgreSQL")):
            continue  # their threads and servers do not survive a fork
        here, there = fork.Pipe()
        child = fork.Process(target=report_peak, args=(each, there))
        child.start()
        peaks[each.name] = here.recv()
        child.join()
    return peaks


def report_peak(each: Rival, there: object) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    each.ask()
    there.send((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)


def table(times: dict[str, list[tuple[float, float]]], peaks: dict[str, float]) -> Table:
    base = statistics.median(wall for wall, _ in times[READY])
    scan = statistics.median(wall for wall, _ in times[SCAN])
    drawn = Table(title="median of interleaved rounds")
    for name in ("", "wall ms", "min–max", "CPU ms", "÷ ours", "÷ scan", "peak MiB", "rounds"):
        drawn.add_column(name, justify="left" if not name else "right", no_wrap=True)
    for name, seen in times.items():
        walls = sorted(wall for wall, _ in seen)
        middle = statistics.median(walls)
        cpu = statistics.median(cpu for _, cpu in seen)
        drawn.add_row(
            name,
            f"{middle * 1e3:,.1f}",
            f"{walls[0] * 1e3:,.1f}–{walls[-1] * 1e3:,.1f}",
            f"{cpu * 1e3:,.1f}",
            f"{middle / base:,.2f}",
            f"{middle / scan:,.2f}",
            f"{peaks[name]:,.0f}" if name in peaks else "–",
            str(len(seen)),
        )
    return drawn


if __name__ == "__main__":
    sys.exit(main())
