"""The bench itself: that everybody answers the same, and that it would notice if somebody did not. Never how long."""

import dataclasses
import importlib.util
import subprocess
import sys

import numpy as np
import pytest

from bench import judge, measuring, ours, page, rollup, world
from bench.world import MEASURES
from tests.house.source import ROOT

OPTIONAL = {"polars": "Polars", "pandas": "pandas", "duckdb": "DuckDB"}


def test_all_rivals_of_this_environment_give_the_judges_answers():
    # In a process of its own: it opens a ledger and a PostgreSQL beside the one of the tests.
    words = ["-m", "bench.rollup", "--units", "200", "--rounds", "1", "--no-memory"]
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=False
    )
    here = [name for module, name in OPTIONAL.items() if importlib.util.find_spec(module)]

    assert done.returncode == 0, done.stdout + done.stderr
    for name in ["ours: layout ready", "ours: from the sealed segments", "PostgreSQL", *here]:
        assert f"| {name}" in done.stdout


@pytest.mark.parametrize("asked", ["ours: layout ready", "ours: balances", ours.OF_ITS_DAY])
def test_one_wrong_cell_stops_the_bench(monkeypatch, capsys, asked):
    def off_by_one(made, folder, stack):
        for each in ours.readings(made, folder, stack):
            yield dataclasses.replace(each, read=spoilt(each.read)) if each.name == asked else each

    monkeypatch.setitem(rollup.GROUPS, "ours", off_by_one)

    assert rollup.main(["--units", "200", "--rounds", "1", "--no-memory", "--only", "ours"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == f"These answers are wrong: {asked}"


def spoilt(read):
    def off(got):
        cells = np.array(read(got))
        cells[-1, -1, -1] += 1
        return cells

    return off


def test_the_judge_adds_every_fact_to_each_of_its_ancestors_of_the_day():
    #     0         A unit's number is above its parent's. In July 3 moves from 1 to 2.
    #   1   2
    #   3   4
    made = world.World(
        parent=np.array([-1, 0, 0, 1, 2], np.int32),
        later=np.array([-1, 0, 0, 2, 2], np.int32),
        measure=np.zeros(4, np.int32),
        unit=np.array([3, 4, 1, 3], np.int32),
        day=np.array([0, 0, 0, 6], np.int32) * 31 + world.FIRST_DAY,
        value=np.array([5, 7, 11, 13]),
    )

    cells = judge.flows(made, made.parent, made.later)

    assert cells.shape == (3, MEASURES, 12)
    assert cells[:, 0, 0].tolist() == [5 + 7 + 11, 5 + 11, 7]
    assert cells[:, 0, 6].tolist() == [13, 0, 13]
    assert judge.flows(made, made.parent, made.parent)[:, 0, 6].tolist() == [13, 13, 0]
    assert cells.sum() == 5 * 2 + 7 * 2 + 11 * 2 + 13 * 2


def test_a_seed_always_makes_the_same_province():
    first, again, other = (world.make(units=70, seed=seed) for seed in (1, 1, 2))

    assert first.value.tolist() == again.value.tolist() != other.value.tolist()
    assert len(first.unit) == 70 * world.FACTS_A_UNIT * MEASURES
    assert (first.value != 0).all()
    assert (np.diff(first.measure.astype(int) * 10**6 + first.day) >= 0).all()


def test_a_ratio_is_taken_within_each_round():
    # The second round was ten times slower for both.
    assert measuring.ratios([4.0, 40.0, 4.0], [2.0, 20.0, 2.0]) == (2.0, 2.0, 2.0)


def test_the_page_keeps_what_stands_around_a_table(monkeypatch, tmp_path):
    monkeypatch.setattr(page, "PAGE", tmp_path / "bench.md")
    page.PAGE.write_text("before\n<!-- a -->\nold\n<!-- end -->\nafter <!-- end -->\n", "utf-8")

    page.put("a", "new \\1")

    assert page.PAGE.read_text("utf-8").splitlines() == [
        "before",
        "<!-- a -->",
        "new \\1",
        "<!-- end -->",
        "after <!-- end -->",
    ]
    with pytest.raises(ValueError, match="no place for b"):
        page.put("b", "")
