"""Every drawn table is read by every engine: `read` draws, asks, and answers by the names of units.

The Spark engine runs wherever there is a JDK and pyspark, as a cluster of two workers on this machine. Every job
takes it seconds, so it reads the first table of each chapter, and the long history of test_spark.py; LANTOA_SPARK=all
lets it read every table.
"""

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from lantoa.rollup.tables import Rule
from tests.rollup import drawn, engines

NO_SPARK = (
    "skipped: Spark engine; to run it: apt-get install default-jre-headless, uv sync --extra spark"
)


def _has_spark() -> bool:
    has_java = shutil.which("java") is not None or "JAVA_HOME" in os.environ
    return has_java and importlib.util.find_spec("pyspark") is not None


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """A session on a cluster of two workers with one core each."""
    if not _has_spark():
        pytest.skip(NO_SPARK)
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    from pyspark.sql import SparkSession

    settings = {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.executor.memory": "512m",
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": "2",
        "spark.default.parallelism": "2",
        "spark.log.level": "ERROR",
    }
    builder = SparkSession.builder.master("local-cluster[2,1,512]").appName("lantoa tests")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.fixture(
    params=["arrays", "reference", "duckdb", pytest.param("spark", marks=pytest.mark.spark)]
)
def engine(request: pytest.FixtureRequest) -> Callable[[engines.Question], engines.Answer]:
    """A way to answer a question. Adding an engine is adding a name here."""
    if request.param == "spark":
        session = request.getfixturevalue("spark")
        return lambda question: engines.on_frames(question, session.createDataFrame)
    return {
        "arrays": engines.on_arrays,
        "reference": engines.on_reference,
        "duckdb": engines.on_duckdb,
    }[request.param]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of the drawn tables, leave to Spark the first of each chapter."""
    if os.environ.get("LANTOA_SPARK") == "all":
        return
    chapters, later = set(), []
    for item in items:
        if "read" in getattr(item, "fixturenames", ()) and item.get_closest_marker("spark"):
            (later.append(item) if item.path in chapters else chapters.add(item.path))
    config.hook.pytest_deselected(items=later)
    items[:] = [item for item in items if item not in later]


@pytest.fixture
def read(engine: Callable[[engines.Question], engines.Answer]) -> Callable[..., drawn.Reading]:
    """Draw a line and facts, and read one figure at every unit."""

    def reading(
        line: str,
        facts: str,
        *,
        period: str,
        rule: Rule,
        became: str = "",
        on: str = "its day",
        own: bool = False,
    ) -> drawn.Reading:
        world = drawn.world(line, facts, became)
        return drawn.Reading(world, engine(world.ask(period, rule, on=on, climb=not own)))

    return reading
