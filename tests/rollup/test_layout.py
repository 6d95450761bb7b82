import datetime as dt

import numpy as np
import pyarrow as pa
import pytest

from lantoa.rollup import arrays, tables, tree
from lantoa.rollup.tables import FLOW, NONE, OPEN, Period, Placements, Rule, UnknownRuleError

FACTS = ([2, 1, 2, 1], [7, 7, 8, 8], [30, 10, 20, 10], [1, 2, 3, 4])
LINE = tree.chosen(
    tree.tree_on(Placements.of([(1, NONE, 0, OPEN), (7, 1, 0, OPEN), (8, 1, 0, OPEN)]), [], 0)
)


def _rows(laid_out):
    """Each fact with its measure and day, as the layout has it."""
    found = []
    for row, measure in enumerate(laid_out.measures):
        for column, day in enumerate(laid_out.days):
            some = slice(laid_out.begins[row, column], laid_out.begins[row, column + 1])
            found += [
                (int(measure), int(unit), int(day), int(value))
                for unit, value in zip(laid_out.unit[some], laid_out.value[some], strict=True)
            ]
    return found


def test_facts_lie_by_measure_and_day():
    assert _rows(arrays.layout(*FACTS)) == [
        (1, 7, 10, 2),
        (1, 8, 10, 4),
        (2, 8, 20, 3),
        (2, 7, 30, 1),
    ]


def test_arrow_columns_are_laid_out_like_lists():
    columns = [pa.chunked_array([pa.array(column)]) for column in FACTS]

    assert _rows(arrays.layout(*columns)) == _rows(arrays.layout(*FACTS))


def test_a_null_is_refused():
    with pytest.raises((TypeError, ValueError)):
        arrays.layout([1], [1], [1], pa.array([None], pa.int64()).to_pylist())


def test_days_and_measures_may_be_any_numbers():
    far = ([2**40, 1], [7, 7], [-(2**30), 2**30], [5, 6])

    assert _rows(arrays.layout(*far)) == [(1, 7, 2**30, 6), (2**40, 7, -(2**30), 5)]


def test_more_days_than_sixteen_bits_count_are_sorted_too():
    days = np.arange(70_000)[::-1]
    got = arrays.layout(np.ones_like(days), np.full_like(days, 7), days, days)

    assert got.value.tolist() == list(range(70_000))


@pytest.mark.parametrize("cut", range(5))
def test_appending_is_laying_out_all_at_once(cut):
    tail = [column[cut:] for column in FACTS]
    whole = arrays.layout(*FACTS)

    got = arrays.appended(arrays.layout(*[column[:cut] for column in FACTS]), *tail)

    assert sorted(_rows(got)) == sorted(_rows(whole))
    assert np.array_equal(got.begins, whole.begins)
    assert np.array_equal(got.weight, whole.weight)


def test_many_measures_and_periods_are_read_at_once():
    got = arrays.totals(
        arrays.layout(*FACTS),
        LINE,
        measures=[2, 1, 99],
        periods=[Period(10, 21), Period(20, 31), Period(0, 40), Period(5, 5)],
        rule=FLOW,
    )

    assert got.units.tolist() == [1, 7, 8]
    assert got.value[:, :, 0].tolist() == [[3, 3 + 1, 3 + 1, 0], [2 + 4, 0, 2 + 4, 0], [0] * 4]


def test_a_measure_that_needs_more_than_64_bits_on_the_way_stands_beside_others():
    facts = ([1, 1, 1, 2, 3], [7, 8, 8, 7, 8], [1, 1, 1, 1, 1], [2**62, 2**62, -(2**62), 5, 6])

    got = arrays.totals(
        arrays.layout(*facts), LINE, measures=[3, 1, 2], periods=[Period(0, 9)], rule=FLOW
    )

    assert got.value.dtype == np.int64
    assert got.value[:, 0, 0].tolist() == [6, 2**62, 5]


def test_a_measure_too_large_for_64_bits_is_compared_exactly_beside_others():
    facts = ([1, 1, 1, 2], [7, 7, 8, 7], [1, 2, 1, 1], [2**62, 2**62, -(2**62), 5])

    got = arrays.totals(
        arrays.layout(*facts),
        LINE,
        measures=[1, 2],
        periods=[Period(0, 9)],
        rule=Rule("level", along_time="last", along_units="min"),
    )

    assert got.value[:, 0, 0].tolist() == [-(2**62), 5]
    assert got.count[:, 0, 0].tolist() == [2, 1]


def test_nothing_recorded_is_nought_everywhere():
    got = arrays.totals(
        arrays.layout([], [], [], []), LINE, measures=[1], periods=[Period(0, 9)], rule=FLOW
    )

    assert got.value.tolist() == [[[0, 0, 0]]]


def test_nothing_asked_is_nothing_answered():
    got = arrays.totals(arrays.layout(*FACTS), LINE, measures=[], periods=[], rule=FLOW)

    assert got.value.shape == (0, 0, 3)


@pytest.mark.parametrize(
    "rule",
    [
        Rule("flow", along_time="max"),
        Rule("ratio"),
        Rule("level", along_time="sum"),
        Rule("level", along_time="average", along_units="sum"),
        Rule("balance", along_units="last"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(rule):
    with pytest.raises(UnknownRuleError, match="chỉ tiêu"):
        arrays.totals(arrays.layout(*FACTS), LINE, measures=[1], periods=[Period(0, 9)], rule=rule)


def test_days_are_numbered_from_1970():
    period = tables.period_of(dt.date(1970, 1, 2), dt.date(1971, 1, 1))

    assert period == (1, 365)
    assert tables.period_of(dt.date(1970, 1, 1), None) == (0, OPEN)
    assert tables.date_of(period.start) == dt.date(1970, 1, 2)


def test_every_error_is_said_in_both_languages():
    errors = [
        tables.TotalTooLargeError(),
        UnknownRuleError(Rule("flow", "max")),
        tree.BrokenTreeError([1, 2]),
    ]

    assert all(error.vi and error.en and str(error) == error.vi for error in errors)
