"""script/bench country: a million units and a year on one machine, our roll-up beside DuckDB's readings of the same file.

The facts are made, written, laid out and judged a measure at a time, so that they never stand in memory twice.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pyarrow as pa

from bench import judge, measuring, ours, page, rivals, rollup, world
from bench.rivals import Rival
from bench.world import MEASURES, World
from lantoa.rollup.layout import Layout
from lantoa.rollup.tables import BALANCE, FLOW

DAYS = np.arange(world.FIRST_DAY, world.MONTHS[-1])


def main(words: list[str] | None = None) -> int:
    asks = argparse.ArgumentParser(prog="script/bench country", description=__doc__)
    asks.add_argument("--units", type=int, default=1_000_000)
    asks.add_argument("--rounds", type=int, default=5)
    asks.add_argument("--seed", type=int, default=18012024)
    asks.add_argument("--page", action="store_true", help="put the tables into docs/bench.md")
    asked = asks.parse_args(words)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench")))
        land = Land(units=asked.units, seed=asked.seed)
        file = world.write_file(land.tables(), folder / "facts.parquet")
        everyone = list(contenders(land, file, stack))
        if wrong := [each.name for each in everyone if not land.is_right(each)]:
            print(f"These answers are wrong: {'; '.join(wrong)}")
            return 1
        busy = page.load()
        times = measuring.rounds(everyone, asked.rounds)
        told = land.told(file) + f" {asked.rounds} rounds; "
        told += f"load of the machine before and after: {busy}, {page.load()}. "
        told += f"Most memory held at any time, by all of this together: {most_held():.1f} GiB."
        said = [told, "", rollup.results(times, {})]
    print("\n".join(said))
    if asked.page:
        page.put("country", "\n".join([page.machine("numpy", "duckdb"), *said]))
    return 0


def contenders(land: "Land", file: Path, stack: ExitStack) -> Iterator[Rival]:
    now = ours.tree_now(land.empty)
    yield ours.reading(ours.READY, land.layout, now, FLOW, judge.FLOWS)
    yield ours.reading(ours.A_BALANCE, land.layout, now, BALANCE, judge.BALANCES)
    yield from rivals.over_file(land.empty, file, stack)


def most_held() -> float:
    said = Path("/proc/self/status").read_text()
    return int(said.split("VmHWM:")[1].split()[0]) / 2**20


class Land:
    """The whole country's layout and its right answer, filled while the file is written."""

    def __init__(self, *, units: int, seed: int) -> None:
        self.units, self.seed = units, seed
        parent = world.tree(units)
        nothing = np.zeros(0, np.int32)
        self.empty = World(parent, world.reformed(parent), nothing, nothing, nothing, nothing)
        self.right = np.zeros((len(self.empty.inner), MEASURES, 12), np.int64)
        n = units * world.FACTS_A_UNIT * MEASURES
        self.layout = Layout(
            measures=np.arange(MEASURES),
            days=DAYS,
            begins=np.full((MEASURES + 1, len(DAYS) + 1), n),
            unit=np.zeros(n, np.int32),
            value=np.zeros(n, np.int64),
            weight=np.zeros(MEASURES),
        )

    def tables(self) -> Iterator[pa.Table]:
        for measure in range(MEASURES):
            unit, day, value = world.facts(units=self.units, measure=measure, seed=self.seed)
            self.lay_out(measure, unit, day, value)
            self.judge(measure, unit, day, value)
            numbers = np.full(len(unit), measure, np.int32)
            yield pa.table({"measure": numbers, "unit": unit, "day": day, "value": value})

    def lay_out(self, measure: int, unit: np.ndarray, day: np.ndarray, value: np.ndarray) -> None:
        start = measure * len(unit)
        some = slice(start, start + len(unit))
        self.layout.unit[some], self.layout.value[some] = unit, value
        ends = [*DAYS, DAYS[-1] + 1]
        self.layout.begins[measure] = start + np.searchsorted(day, ends)
        self.layout.weight[measure] = np.abs(value).sum()

    def told(self, file: Path) -> str:
        size = f"{self.units:,} units ({len(self.empty.inner):,} inner), {MEASURES} measures"
        facts = (
            f"{len(self.layout.unit):,} facts in a file of {file.stat().st_size / 2**30:.1f} GiB"
        )
        return f"{size}, 12 months, {facts}. The checksum of all answers: {judge.checksum(self.right)}."

    def is_right(self, rival: Rival) -> bool:
        if rival.read is None:
            return True
        right = self.right if rival.asked == judge.FLOWS else np.cumsum(self.right, axis=2)
        return judge.checksum(rival.read(rival.ask())) == judge.checksum(right)

    def judge(self, measure: int, unit: np.ndarray, day: np.ndarray, value: np.ndarray) -> None:
        made = World(
            self.empty.parent, self.empty.later, np.zeros(len(unit), np.int32), unit, day, value
        )
        self.right[:, measure] = judge.flows(made, made.parent, made.parent)[:, 0]


if __name__ == "__main__":
    sys.exit(main())
