"""Our own readings of the question, with the facts laid out in memory."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path

import numpy as np

from bench import judge
from bench.rivals import Rival
from bench.world import FIRST_DAY, MEASURES, MONTHS, REFORM, World
from lantoa.rollup import arrays
from lantoa.rollup.tables import BALANCE, FLOW, NONE, OPEN, Period, Placements, Rule, Totals
from lantoa.rollup.tree import Structure, chosen, inner, of_its_day, tree_on

PERIODS = [Period(start, end) for start, end in pairwise(MONTHS.tolist())]
YEAR = Period(PERIODS[0].start, PERIODS[-1].end)
LONG_AGO = FIRST_DAY - 1000

READY = "ours: layout ready"
A_BALANCE = "ours: balances"
AS_NOW = "ours: as now, after a reform in July"
OF_ITS_DAY = "ours: of its day, across the reform"


def readings(world: World, folder: Path, stack: ExitStack) -> Iterator[Rival]:
    layout = arrays.layout(world.measure, world.unit, world.day, world.value)
    now = tree_now(world)
    reform = placements(world, later=world.later)
    after = inner(chosen(tree_on(reform, [], YEAR.end)))
    moving = inner(of_its_day(reform, [], window=YEAR, with_past=False))
    for name, structure, rule, asked in [
        (READY, now, FLOW, judge.FLOWS),
        (A_BALANCE, now, BALANCE, judge.BALANCES),
        (AS_NOW, after, FLOW, judge.AS_NOW),
        (OF_ITS_DAY, moving, FLOW, judge.OF_ITS_DAY),
    ]:
        yield reading(name, layout, structure, rule, asked)


def reading(
    name: str, layout: arrays.Layout, structure: Structure, rule: Rule, asked: str
) -> Rival:
    return Rival(name, lambda: ask(layout, structure, rule), cells, asked)


def ask(layout: arrays.Layout, structure: Structure, rule: Rule = FLOW) -> Totals:
    measures = range(MEASURES)
    return arrays.totals(layout, structure, measures=measures, periods=PERIODS, rule=rule)


def tree_now(world: World) -> Structure:
    return inner(chosen(tree_on(placements(world, later=world.parent), [], REFORM - 1)))


def placements(world: World, *, later: np.ndarray) -> Placements:
    """Everybody for good, but who is elsewhere `later` moves on the day of the reform."""
    rows = []
    for unit, (first, second) in enumerate(zip(world.parent.tolist(), later.tolist(), strict=True)):
        parent = first if unit else NONE
        if first == second:
            rows.append((unit, parent, LONG_AGO, OPEN))
        else:
            rows += [(unit, parent, LONG_AGO, REFORM), (unit, second, REFORM, OPEN)]
    return Placements.of(rows)


def cells(got: Totals) -> np.ndarray:
    """[measure, period, unit] → [inner node, measure, month], as the judge has them."""
    return got.value[:, :, np.argsort(got.units)].transpose(2, 0, 1)
