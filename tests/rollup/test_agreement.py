"""Random lines with mergers, splits and moves: every engine gives the same answer, and nothing is lost."""

import pytest
from hypothesis import HealthCheck, given, settings

from lantoa.rollup import arrays, tree
from lantoa.rollup.landing import SuccessionLoopError
from lantoa.rollup.reference import Line, Place
from lantoa.rollup.tables import BALANCE, FLOW, OPEN, Fact, Period, Succession
from tests.rollup import engines, histories
from tests.times import times

LINEAR = [FLOW, BALANCE]
relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(histories.questions())
@settings(relaxed, max_examples=times(300))
def test_arrays_say_what_the_reference_says(question):
    assert engines.on_arrays(question) == engines.on_reference(question)


@given(histories.questions())
@settings(relaxed, max_examples=times(60))
def test_duckdb_says_what_the_reference_says(question):
    assert engines.on_duckdb(question) == engines.on_reference(question)


def _read(question, structure, *, climb=True):
    got = arrays.totals(
        arrays.layout(*question.columns()),
        structure,
        measures=question.measures,
        periods=question.periods,
        rule=question.rule,
        climb=climb,
    )
    return engines.from_totals(question, got)


@given(histories.questions(rules=LINEAR))
@settings(relaxed, max_examples=times(100))
def test_root_and_outside_are_all_that_was_recorded(question):
    answer = _read(question, question.structure())

    for number, period in enumerate(question.periods):
        recorded = sum(
            fact.value
            for fact in question.facts
            if fact.measure == 1 and fact.day < period.end
            if question.rule == BALANCE or fact.day >= period.start
        )
        found = [answer.get((1, number, unit), (0,))[0] for unit in (1, tree.NONE)]
        assert sum(found) == recorded


@given(histories.questions(rules=LINEAR))
@settings(relaxed, max_examples=times(100))
def test_what_lies_on_the_units_is_all_that_was_recorded_too(question):
    climbed = _read(question, tree.only(question.structure(), [1]))
    lying = _read(question, tree.only(question.structure(), [1]), climb=False)

    assert {key: cell[0] for key, cell in climbed.items()} == {
        key: cell[0] for key, cell in lying.items()
    }


@given(histories.questions())
@settings(relaxed, max_examples=times(100))
def test_a_narrower_reading_says_the_same_of_its_units(question):
    whole = _read(question, question.structure())
    inner = tree.inner(question.structure())

    narrow = _read(question, inner)

    kept = {*inner.units.tolist(), tree.NONE}
    assert narrow == {key: cell for key, cell in whole.items() if key[2] in kept}


@given(histories.questions(rules=LINEAR))
@settings(relaxed, max_examples=times(100))
def test_rows_below_a_unit_and_its_own_part_add_up_to_it(question):
    whole = _read(question, question.structure())
    for unit in (1, 3):
        family = tree.below(question.structure(), unit)
        rows, own = _read(question, family), _read(question, family, climb=False)
        for number in range(len(question.periods)):
            listed = family.units.tolist()
            value = {u: rows.get((1, number, u), (0,))[0] for u in listed}
            mine = own.get((1, number, unit), (0,))[0]
            assert value.get(unit, 0) == whole.get((1, number, unit), (0,))[0]
            assert sum(value.values()) + mine == 2 * value.get(unit, 0)


def test_two_units_that_each_ended_in_the_other_on_one_day_are_refused_by_both():
    """Found by chance: a district dissolved into a commune of its own that was dissolved the same day."""
    line = Line(
        [Place(1, tree.NONE, 0, OPEN), Place(2, 1, 0, 23), Place(3, 2, 0, 23)],
        [Succession("dissolution", 23, 2, 3), Succession("dissolution", 23, 3)],
    )
    question = engines.Question(line, [Fact(1, 3, 5, 30)], [Period(0, 30)], FLOW, day=23)

    for engine in (engines.on_arrays, engines.on_reference):
        with pytest.raises(SuccessionLoopError, match="quay lại"):
            engine(question)
