"""A database that is set up to lose what it acknowledges is refused at the start, and the reason is said."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection

from lantoa.project import checks

ROOT = Path(__file__).parents[2]

IN_FILE = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's settings")
ON_A_SERVER = pytest.mark.skipif(connection.vendor == "sqlite", reason="PostgreSQL's settings")


def refused():
    found = checks.the_database_keeps_what_it_acknowledges(databases=["default"])
    return [str(each) for each in found]


def told(setting):
    with connection.cursor() as cursor:
        cursor.execute(setting)


@pytest.fixture
def database(transactional_db):
    """A connection whose settings a test may spoil: the next one begins anew."""
    yield connection
    connection.close()


@pytest.mark.both
def test_the_database_as_we_set_it_up_is_accepted(database):
    assert refused() == []
    checks.require_a_database_that_keeps()


@IN_FILE
@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("PRAGMA synchronous=NORMAL", "synchronous = 1 (needs 2)"),
        ("PRAGMA synchronous=OFF", "synchronous = 0 (needs 2)"),
        ("PRAGMA foreign_keys=OFF", "foreign_keys = 0 (needs 1)"),
        ("PRAGMA busy_timeout=5000", "busy_timeout = 5000 (needs 20000 or more)"),
    ],
)
def test_sqlite_that_may_lose_a_record_is_refused(database, setting, said):
    told(setting)

    assert said in refused()[0]


@IN_FILE
def test_sqlite_without_a_write_ahead_log_is_refused(database, monkeypatch):
    rollback = {"journal_mode": "delete", "synchronous": "2", "foreign_keys": "1"}
    monkeypatch.setattr(checks, "database_settings", lambda _connection: rollback)

    assert "journal_mode = delete (needs wal)" in refused()[0]


@IN_FILE
def test_sqlite_whose_transactions_begin_by_reading_is_refused(database, monkeypatch):
    connection.ensure_connection()
    monkeypatch.setattr(connection, "transaction_mode", "DEFERRED")

    assert "transaction_mode = deferred (needs immediate)" in refused()[0]


@pytest.mark.both
@ON_A_SERVER
def test_postgresql_that_answers_before_it_has_written_is_refused(database):
    told("SET synchronous_commit = off")

    assert "synchronous_commit = off (needs on)" in refused()[0]


MOUNTED = """\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
31 27 0:40 / /srv rw,relatime shared:1 - xfs /dev/vdb rw
32 31 0:41 / /srv/chung\\040mạng rw,relatime - nfs4 kho:/lantoa rw
"""


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("/var/lantoa.sqlite3", "ext4"),
        ("/srv/lantoa.sqlite3", "xfs"),
        ("/srv/chung mạng/lantoa.sqlite3", "nfs4"),
    ],
)
def test_the_nearest_mount_says_where_a_file_lies(file, kind):
    assert checks.file_system(Path(file), MOUNTED) == kind
    assert checks.file_system(Path(file), "") == ""


@IN_FILE
def test_a_file_on_a_network_share_is_refused(database, monkeypatch):
    folder = Path(settings.DATABASES["default"]["NAME"]).resolve().parent
    shared = (
        f"40 1 0:41 / {folder.as_posix().replace(' ', chr(92) + '040')} rw - cifs //kho/chung rw\n"
    )
    monkeypatch.setattr(checks, "mounts", lambda: shared)

    assert "the file lies on a network share (cifs)" in refused()[0]


@pytest.mark.both
def test_serving_is_refused_in_words(database, monkeypatch):
    spoil = {"sqlite": "PRAGMA synchronous=NORMAL", "postgresql": "SET synchronous_commit = off"}
    told(spoil[connection.vendor])

    with pytest.raises(CommandError, match="may lose acknowledged records"):
        call_command("serve", port=0)


@IN_FILE
def test_another_web_server_is_refused_too(tmp_path):
    """As the harness runs the product carelessly, but without silencing the check."""
    (tmp_path / "careless.py").write_text(
        "from lantoa.project.settings import *\n"
        "DATABASES['default']['OPTIONS'] |= {'init_command': 'PRAGMA synchronous=NORMAL'}\n",
        "utf-8",
    )
    environment = os.environ | {"LANTOA_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "careless"}
    environment |= {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    environment.pop("LANTOA_DATABASE_URL", None)

    said = subprocess.run(
        [sys.executable, "-c", "import lantoa.project.wsgi"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert said.returncode == 1
    assert "The database may lose acknowledged records" in said.stderr
    assert ImproperlyConfigured.__name__ in said.stderr
