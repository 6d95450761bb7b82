"""What every test may lean on: a moment, and makers (`make`)."""

import datetime as dt
import io
from pathlib import Path

import pytest
from django.db import connection
from django.utils import translation
from wagtail.images import models as wagtail_images
from xdist.scheduler import LoadFileScheduling

from lantoa.ledger import guards
from lantoa.portal import remembering
from tests import make, migrated

SAMPLE = "tests/sample/"
# What is there after a flush bears the same numbers after every flush, so that a kept world fits (`tests.kept`).
FROM_ONE = """UPDATE sqlite_sequence SET seq = 0
    WHERE name LIKE 'django/_%' ESCAPE '/' OR name LIKE 'auth/_%' ESCAPE '/' OR name LIKE 'wagtail%'"""
NOON = dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC)


# The longest first, or one worker would still be at them when the other has nothing left to do.
LONGEST = (
    "tests/desk/test_matrix.py",
    SAMPLE,
    "tests/browser/test_walk.py",
    "tests/browser/test_pages.py",
    "tests/browser/test_offline.py",
    "tests/harness/test_trials.py",
    "tests/warehouse/test_spark.py",
    "tests/harness/test_devices.py",
    "tests/bench/test_rollup.py",
)


class _FilesTogether(LoadFileScheduling):
    """A file stays with one worker; so do all tests of the sample, which is then loaded once a run, not once a file."""

    def _split_scope(self, nodeid):
        return SAMPLE if nodeid.startswith(SAMPLE) else super()._split_scope(nodeid)

    def _assign_work_unit(self, node):
        waiting = [each for each in LONGEST if each in self.workqueue]
        if waiting:
            self.workqueue.move_to_end(waiting[0], last=False)
        super()._assign_work_unit(node)


def pytest_xdist_make_scheduler(config, log):
    return _FilesTogether(config, log)


@pytest.fixture
def noon() -> dt.datetime:
    return NOON


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """On SQLite a run begins with a copy of a migrated file; what migrations it lacks still run on it."""
    creation = connection.creation
    if connection.vendor != "sqlite":
        yield
        return
    begin = creation._create_test_db

    def begin_with_the_copy(*args, **options):
        name = begin(*args, **options)
        migrated.lay(Path(name))
        return name

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(creation, "_create_test_db", begin_with_the_copy)
        yield


@pytest.fixture(scope="session")
def _static_root(tmp_path_factory):
    return tmp_path_factory.mktemp("static")


@pytest.fixture(autouse=True)
def _plain_static_files(settings, _static_root):
    """As on a fresh checkout, where nothing was collected: names without a hash, and a folder that is there."""
    settings.STATIC_ROOT = _static_root
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """Hashing slowly on purpose is right in life, and minutes of nothing in a test run."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _everyone_speaks_vietnamese_again():
    """A request for an English page leaves its thread speaking English."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _makers_start_over():
    make.start_over()


@pytest.fixture(autouse=True)
def _no_page_is_kept_from_another_test():
    """A database that is rolled back reaches the same edition twice, with other words in it."""
    remembering.forget()


@pytest.fixture(scope="session", autouse=True)
def _photos_are_cut_in_memory():
    """Wagtail leaves the file in which it cut a photo for the collector to close, which warns in whatever test comes then."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wagtail_images, "SpooledTemporaryFile", lambda **_named: io.BytesIO())
        yield


@pytest.fixture(scope="session", autouse=True)
def _only_the_flush_between_tests_may_empty_the_ledger():
    """Tests with real transactions end in a flush, which the ledger's guards refuse: they stand aside for it alone."""
    operations = type(connection.ops)
    flush = operations.sql_flush

    def past_the_guards(self, style, tables, **options):
        statements = flush(self, style, tables, **options)
        if guards.TABLE not in tables or not statements:
            return statements
        vendor = self.connection.vendor
        again = [FROM_ONE] if vendor == "sqlite" else []
        return guards.DOWN[vendor] + statements + guards.UP[vendor] + again

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", past_the_guards)
        yield
