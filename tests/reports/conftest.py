import pytest

from tests import kept
from tests.reports import world as worlds


@pytest.fixture
def world(db, settings, tmp_path):
    settings.SEGMENTS = tmp_path
    return kept.once(worlds.build, folder=tmp_path)
