"""Every drawn table is read by every engine: `read` draws, asks, and answers by the names of units.

Spark reads them too, all in one job: test_spark.py.
"""

from collections.abc import Callable

import pytest

from lantoa.rollup.tables import Rule
from tests.rollup import drawn, engines


@pytest.fixture(params=["arrays", "reference", "duckdb"])
def engine(request: pytest.FixtureRequest) -> Callable[[engines.Question], engines.Answer]:
    """A way to answer a question. Adding an engine is adding a name here."""
    return {
        "arrays": engines.on_arrays,
        "reference": engines.on_reference,
        "duckdb": engines.on_duckdb,
    }[request.param]


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
