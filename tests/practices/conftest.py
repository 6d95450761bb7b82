"""The small province with its measures, and a practice begun at a chapter."""

from pathlib import Path

import pytest

from lantoa import ledger
from lantoa.ledger import actions as measures
from tests import make
from tests.orgs import world as worlds
from tests.practices.telling import registered


@pytest.fixture
def world(settings, tmp_path):
    settings.SEGMENTS = tmp_path / "segments"
    made = worlds.small_province()
    path = Path(ledger.__file__).parent / "measures.toml"
    measures.load_measures(path=path, by=make.clerk(), at=make.NOON)
    return made


@pytest.fixture
def practice(world):
    """Begun at the chapter of A1 in 2023, registered at the end of January."""
    return registered(world["A1.pn"])
