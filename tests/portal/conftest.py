"""The small province, in the database, and a client that opens its pages."""

import pytest

from tests.portal import world as worlds


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    settings.SEGMENTS = tmp_path / "segments"


@pytest.fixture
def world(db):
    return worlds.build()
