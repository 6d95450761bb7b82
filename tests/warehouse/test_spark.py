"""Spark, as a cluster of two workers on this machine, is held to the same answers.

A cluster takes long to start, and a second or two for every job. So all that asks it stands in this file (a file is one
worker of the test run, so there is one cluster), and it reads long random histories instead of each drawn table.
"""

import importlib.util
import os
import shutil

import pytest

from lantoa.rollup.reference import Line, Place
from lantoa.rollup.tables import (
    BALANCE,
    FLOW,
    LIMIT,
    NONE,
    OPEN,
    Fact,
    Period,
    Rule,
    TotalTooLargeError,
)
from tests.rollup import engines, histories
from tests.warehouse.ledgers import said

pytestmark = pytest.mark.spark
MASTER = "local-cluster[2,1,512]"  # two workers, one core and half a gigabyte each
NO_SPARK = "skipped: Spark; to run it: apt-get install default-jre-headless, and the spark extra"
SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.executor.memory": "512m",
    "spark.ui.enabled": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
    "spark.log.level": "ERROR",
}
MONTHS = [Period(start, start + 30) for start in range(0, 210, 30)]
READINGS = [  # rule, the structure's day or of its day, totals or what lies on each unit
    (FLOW, None, True),
    (FLOW, 200, False),
    (BALANCE, None, True),
    (Rule("balance", along_units="max"), 100, True),
    (Rule("flow", along_units="average"), None, True),
    (Rule("level", along_time="last"), None, True),
    (Rule("level", along_time="min", along_units="max"), 60, True),
    (Rule("level", along_time="average", along_units="average"), 100, True),
]


@pytest.fixture(scope="module")
def spark():
    has_java = shutil.which("java") or "JAVA_HOME" in os.environ
    if not (has_java and importlib.util.find_spec("pyspark")) and not os.environ.get(
        "LANTOA_NO_SKIPS"
    ):
        pytest.skip(NO_SPARK)
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master(MASTER).appName("lantoa tests")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.mark.django_db
def test_the_command_says_on_a_cluster_what_it_says_on_arrays(spark, world):
    asked = {"period": "2024", "line": "dia-ban"}

    ours = said("rollup", engine="arrays", **asked)
    theirs = said("rollup", engine="spark", master=MASTER, **asked)

    assert ours.splitlines()[:-1] == theirs.splitlines()[:-1] != []
    assert ours.split(" · ")[-1] == theirs.split(" · ")[-1]
    assert spark.range(3).count() == 3, "a session that was there before is left running"


@pytest.mark.parametrize(("rule", "day", "climb"), READINGS)
def test_a_long_history_is_read_on_a_cluster_as_on_arrays(spark, rule, day, climb):
    line, facts = histories.long_history(7, events=200, facts=3000)
    question = engines.Question(line, facts, MONTHS, rule, (1, 2, 3), day, climb)

    got = engines.on_frames(question, spark.createDataFrame)

    assert len(got) > 200
    assert got == engines.on_arrays(question)


def test_a_total_that_does_not_fit_is_refused_on_a_cluster(spark):
    line = Line([Place(1, NONE, 0, OPEN), Place(2, 1, 0, OPEN), Place(3, 1, 0, OPEN)], [])
    facts = [Fact(1, 2, 5, LIMIT - 1), Fact(1, 3, 5, 1)]

    with pytest.raises(TotalTooLargeError):
        engines.on_frames(engines.Question(line, facts, MONTHS, FLOW), spark.createDataFrame)
