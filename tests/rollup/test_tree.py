import numpy as np
import pytest

from lantoa.rollup import tree
from lantoa.rollup.tables import BALANCE, FLOW, NONE, OPEN, Period, Placements

ROWS = [(1, NONE, 0, OPEN), (5, 1, 0, OPEN), (2, 1, 0, OPEN), (9, 5, 0, OPEN), (4, 2, 0, OPEN)]


def test_a_tree_is_in_preorder_and_a_subtree_is_a_range():
    got = tree.tree_on(Placements.of(ROWS), [], 10)

    assert got.unit.tolist() == [1, 2, 4, 5, 9]
    assert got.parent.tolist() == [NONE, 0, 1, 0, 3]
    assert got.end.tolist() == [5, 3, 3, 5, 5]
    assert got.depth.tolist() == [0, 1, 2, 1, 2]


def test_a_unit_is_found_by_its_id():
    got = tree.tree_on(Placements.of([*ROWS, (7, 1, 0, 5)]), [], 10)

    assert got.position(5) == 3
    assert got.position(7) == NONE
    assert got.position(3) == NONE
    assert got.position(10_000) == NONE
    assert got.position(NONE) == NONE


def test_a_unit_under_a_parent_that_does_not_stand_is_refused():
    with pytest.raises(tree.BrokenTreeError, match="đơn vị 9"):
        tree.tree_on(Placements.of([(1, NONE, 0, OPEN), (9, 5, 0, OPEN)]), [], 10)


def test_a_unit_above_itself_is_refused():
    rows = [(1, NONE, 0, OPEN), (2, 3, 0, OPEN), (3, 2, 0, OPEN)]

    with pytest.raises(tree.BrokenTreeError, match="2, 3"):
        tree.tree_on(Placements.of(rows), [], 10)


def test_a_line_without_units_is_a_tree_without_nodes():
    got = tree.tree_on(Placements.of([]), [], 10)

    assert got.unit.tolist() == []
    assert tree.nodes_of(got, [1, 2]).tolist() == [0, 0]


def test_before_the_line_began_nothing_stands():
    got = tree.chosen(tree.tree_on(Placements.of(ROWS), [], -5))

    assert got.units.tolist() == []
    assert tree.inner(got).units.tolist() == []


def test_the_inner_units_are_those_with_others_below_and_the_root():
    structure = tree.chosen(tree.tree_on(Placements.of(ROWS), [], 10))
    alone = tree.chosen(tree.tree_on(Placements.of(ROWS[:1]), [], 10))

    assert tree.inner(structure).units.tolist() == [1, 2, 5]
    assert tree.inner(alone).units.tolist() == [1]


def test_a_structure_is_cut_only_at_changes_inside_the_window():
    rows = [(1, NONE, 0, OPEN), (2, 1, 0, 20), (2, 1, 20, 40), (2, 1, 40, OPEN)]

    got = tree.of_its_day(Placements.of(rows), [], window=Period(10, 30), with_past=False)

    assert [(span.start, span.end) for span in got.spans] == [(10, 20), (20, 30)]


def test_a_structure_of_its_day_answers_for_its_own_window_only():
    placed = Placements.of(ROWS)
    got = tree.of_its_day(placed, [], window=Period(10, 30), with_past=False)

    assert tree.windows_of(got, [Period(10, 20)], FLOW) == [(10, 20)]
    with pytest.raises(ValueError, match="shorter"):
        tree.windows_of(got, [Period(9, 20)], FLOW)
    with pytest.raises(ValueError, match="shorter"):
        tree.windows_of(got, [Period(10, 20)], BALANCE)


def test_a_large_tree_is_numbered_as_a_small_one():
    count = 3000
    parents = [NONE, *(np.random.default_rng(4).integers(1, np.arange(2, count + 1)).tolist())]
    rows = [(unit, parent, 0, OPEN) for unit, parent in enumerate(parents, start=1)]

    got = tree.tree_on(Placements.of(rows), [], 0)

    for at in range(count):
        below = set(range(at + 1, int(got.end[at])))
        assert below == {p for p in below if got.parent[p] >= at}
    assert sorted(got.unit.tolist()) == list(range(1, count + 1))
