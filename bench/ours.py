"""Our own readings of the same question."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from bench.rivals import Rival
from bench.world import FIRST_DAY, MONTHS, World, month_of
from lantoa.rollup import arrays
from lantoa.rollup.tables import BALANCE, FLOW, NONE, OPEN, Period, Placements, Totals
from lantoa.rollup.tree import Structure, chosen, inner, of_its_day, tree_on

PERIODS = [Period(start, end) for start, end in pairwise(MONTHS.tolist())]
MIDYEAR = int(MONTHS[6])


def placements(world: World) -> Placements:
    return Placements.of(
        (unit, parent if parent >= 0 else NONE, FIRST_DAY - 1000, OPEN)
        for unit, parent in enumerate(world.parent.tolist())
    )


def placements_with_a_reform(world: World) -> Placements:
    """On 1 July every third commune moves to the next district, as a reform would have it."""
    rows = []
    districts = int((world.parent == 0).sum())
    for unit, parent in enumerate(world.parent.tolist()):
        if 1 <= parent <= districts and unit % 3 == 0:
            rows.append((unit, parent, FIRST_DAY - 1000, MIDYEAR))
            rows.append((unit, 1 + parent % districts, MIDYEAR, OPEN))
        else:
            rows.append((unit, parent if parent >= 0 else NONE, FIRST_DAY - 1000, OPEN))
    return Placements.of(rows)


def as_cells(world: World, totals: Totals) -> np.ndarray:
    """[measure, period, unit] → [inner node, measure, month] in the bench's order."""
    order = np.argsort(totals.units)
    return np.ascontiguousarray(totals.value[:, :, order].transpose(2, 0, 1))


def readings(world: World, layout: arrays.Layout) -> Iterator[Rival]:
    measures = list(range(world.measures))
    now = inner(chosen(tree_on(placements(world), [], int(MONTHS[-1]))))
    window = Period(PERIODS[0].start, PERIODS[-1].end)
    reform = placements_with_a_reform(world)
    after = inner(chosen(tree_on(reform, [], int(MONTHS[-1]))))
    moving = inner(of_its_day(reform, [], window=window, with_past=False))

    def ask(structure: Structure, rule=FLOW):
        return lambda: arrays.totals(
            layout, structure, measures=measures, periods=PERIODS, rule=rule
        )

    yield Rival("ours: layout ready", ask(now), lambda got: as_cells(world, got))
    yield Rival("ours: a balance", ask(now, BALANCE), None)
    yield Rival("ours: as now, after a reform in mid-year", ask(after), None)
    yield Rival("ours: of its day, across the reform", ask(moving), None)


def lay_out(world: World) -> arrays.Layout:
    return arrays.layout(world.measure, world.unit, world.day, world.value)


def plainly(world: World) -> np.ndarray:
    """The same once more, with numpy's simplest words: the judge of all checksums."""
    out = np.zeros((len(world.parent), world.measures, 12), np.int64)
    np.add.at(out, (world.unit, world.measure, month_of(world.day)), world.value)
    for unit in range(len(world.parent) - 1, 0, -1):
        out[world.parent[unit]] += out[unit]
    return out[world.inner]
