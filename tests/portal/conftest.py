"""The small province, in the database, and a client that opens its pages."""

import pytest

from tests import kept
from tests.portal import world as worlds


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.SEGMENTS = tmp_path / "segments"


@pytest.fixture
def world(db, settings):
    return kept.once(worlds.build, folder=settings.SEGMENTS)
