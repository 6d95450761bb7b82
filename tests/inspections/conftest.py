import pytest

from tests.inspections.life import Life
from tests.orgs import world as worlds


@pytest.fixture(autouse=True)
def _files_apart(settings, tmp_path):
    settings.MEDIA = tmp_path / "media"


@pytest.fixture
def world():
    return worlds.small_province()


@pytest.fixture
def life(world):
    return Life(world)
