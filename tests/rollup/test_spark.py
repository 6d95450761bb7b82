"""A long history on a cluster of two workers, cell for cell as on arrays."""

import pytest

from lantoa.rollup.tables import BALANCE, FLOW, Period, Rule
from tests.rollup import engines, histories

MONTHS = [Period(start, start + 30) for start in range(0, 210, 30)]


@pytest.mark.spark
@pytest.mark.parametrize(
    ("rule", "day"),
    [
        (FLOW, None),
        (FLOW, 200),
        (BALANCE, None),
        (Rule("level", along_time="last"), None),
        (Rule("level", along_time="average", along_units="average"), 100),
    ],
)
def test_a_long_history_is_read_on_a_cluster_as_on_arrays(spark, rule, day):
    line, facts = histories.long_history(7, events=200, facts=3000)
    question = engines.Question(line, facts, MONTHS, rule, (1, 2, 3), day)

    got = engines.on_frames(question, spark.createDataFrame)

    assert len(got) > 200
    assert got == engines.on_arrays(question)
