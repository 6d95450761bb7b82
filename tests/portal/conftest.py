"""The small province, in the database, and a client that opens its pages."""

import pytest

from tests.portal import world as worlds


@pytest.fixture(autouse=True)
def _plain_static(settings):
    """Pages without collected files: the names of static files carry no hash."""
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _folders(settings, tmp_path):
    """A folder of collected files, for the middleware that serves them warns when there is none."""
    settings.STATIC_ROOT = tmp_path
    settings.SEGMENTS = tmp_path / "segments"


@pytest.fixture
def world(db):
    return worlds.build()
