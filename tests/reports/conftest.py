import pytest

from tests.reports import world as worlds


@pytest.fixture
def world(db, settings, tmp_path):
    settings.SEGMENTS = tmp_path
    return worlds.build()
