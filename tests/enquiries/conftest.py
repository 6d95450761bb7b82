"""The small province with people who answer, and one question."""

import pytest

from tests.enquiries import asking
from tests.orgs import world as worlds


@pytest.fixture
def world(db):
    return worlds.small_province()


@pytest.fixture
def answerer(world):
    return asking.answerer(world["N"])


@pytest.fixture
def question(world, answerer):
    return asking.ask(world["N"])
