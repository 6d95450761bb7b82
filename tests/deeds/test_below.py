"""A subtree of tasks on random histories of the structure, held to the slow twin of the roll-up: each task is one of something."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from lantoa.deeds.standing import Told, below, tally
from lantoa.rollup import tables, tree
from lantoa.rollup.tables import Fact, Period, Rule
from tests.rollup import histories
from tests.rollup.engines import Question, on_reference
from tests.times import times

DAY = dt.date(2026, 11, 20)
COUNTED = Rule("flow", "sum", "sum")


@st.composite
def told(draw):
    """A line with what became of its units, a day to look at it, and tasks of its units that fared in all ways."""
    story = histories.told(draw(histories._events))
    units = st.integers(1, story.units)
    ways = st.builds(
        dict, due=st.sampled_from([DAY - dt.timedelta(1), DAY]), is_reported=st.booleans(), is_shown=st.booleans()
    )  # fmt: skip
    rows = draw(st.lists(st.tuples(units, ways), min_size=1, max_size=30))
    tasks = [Told(pk=pk, unit=unit, **way) for pk, (unit, way) in enumerate(rows)]
    return story, draw(st.integers(0, histories.LAST_DAY)), tasks


@settings(max_examples=times(60), deadline=None)
@given(told())
def test_a_subtree_holds_the_tasks_that_the_slow_roll_up_counts_there(drawn):
    story, day, tasks = drawn
    line = story.line()
    stands = tree.tree_on(tables.Placements.of(line.places), line.successions, day)
    facts = [Fact(1, each.unit, day, 1) for each in tasks]
    asked = Question(line, facts, [Period(day, day + 1)], COUNTED, (1,), day)
    slow = on_reference(asked)

    for unit in stands.unit.tolist():
        found = below(tasks, stands, unit)
        value, _count, is_estimated = slow.get((1, 0, unit), (0, 0, False))
        if not is_estimated:
            assert len(found.whole) == value, unit
        parts = [found.own, found.meets, *found.by_head.values()]
        assert sorted(each.pk for part in parts for each in part) == sorted(
            each.pk for each in found.whole
        )
        assert tally(found.whole, DAY).said == len(found.whole)
