"""Start-up checks: the database keeps what it acknowledges (RELIABILITY D1), and production has a key.

`lantoa serve`, and every process that loads `lantoa.project.wsgi`, asks them of the live connection and refuses to start.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper

SQLITE = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"}
POSTGRESQL = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
PATIENCE = 20_000  # milliseconds in which a writer waits for another one
# Where several machines may have the same file open: the write-ahead log's shared memory does not reach so far.
SHARES = {"afs", "ceph", "cifs", "fuse.glusterfs", "fuse.sshfs", "lustre", "nfs", "nfs4", "smb3", "smbfs"}  # fmt: skip
MOUNTS = Path("/proc/self/mountinfo")


def database_settings(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """What the live connection says of its own safety: one value per setting."""
    is_sqlite = connection.vendor == "sqlite"
    wanted = SQLITE if is_sqlite else POSTGRESQL
    ask = "PRAGMA {}" if is_sqlite else "SHOW {}"
    with connection.cursor() as cursor:
        found = {}
        for name in wanted:
            cursor.execute(ask.format(name))
            found[name] = str(cursor.fetchone()[0])
    return found


@checks.register(checks.Tags.database)
def the_database_keeps_what_it_acknowledges(
    databases: Sequence[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    if not databases or DEFAULT_DB_ALIAS not in databases:
        return []
    connection = connections[DEFAULT_DB_ALIAS]
    wanted = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
    found = database_settings(connection)
    wrong = [
        f"{name} = {found[name]} (needs {value})"
        for name, value in wanted.items()
        if found[name] != value
    ]
    if connection.vendor == "sqlite":
        wrong += _wrong_with_the_file(connection)
        if connection.settings_dict["NAME"] == ":memory:":
            wrong = []
    if not wrong:
        return []
    return [
        checks.Error(
            "The database may lose acknowledged records: " + ", ".join(wrong),
            hint="See settings.SQLITE_OPTIONS, or the server's configuration.",
            id="lantoa.E001",
        )
    ]


def _wrong_with_the_file(connection: BaseDatabaseWrapper) -> list[str]:
    """What SQLite's own settings do not say: how a transaction begins, how long it waits, and where the file lies."""
    wrong = []
    mode = str(getattr(connection, "transaction_mode", None) or "deferred").lower()
    if mode != "immediate":
        wrong.append(f"transaction_mode = {mode} (needs immediate)")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        patience = cursor.fetchone()[0]
    if patience < PATIENCE:
        wrong.append(f"busy_timeout = {patience} (needs {PATIENCE} or more)")
    kind = file_system(Path(connection.settings_dict["NAME"]), mounts())
    if kind in SHARES:
        wrong.append(f"the file lies on a network share ({kind})")
    return wrong


def mounts() -> str:
    """What the kernel says of its mounts; "" where it does not say so in Linux's way."""
    return MOUNTS.read_text("utf-8") if MOUNTS.exists() else ""


def file_system(path: Path, mountinfo: str) -> str:
    """The kind of file system a file lies on, by the nearest mount above it; "" if none is known.

    Source: proc_pid_mountinfo(5): the mount point is the fifth field, the kind follows a lone hyphen.
    """
    path, nearest, kind = path.resolve(), -1, ""
    for line in mountinfo.splitlines():
        before, _hyphen, after = line.partition(" - ")
        point = Path(before.split()[4].replace("\\040", " "))
        if path.is_relative_to(point) and len(point.parts) >= nearest:
            nearest, kind = len(point.parts), after.split()[0]
    return kind


def require_a_database_that_keeps() -> None:
    """Before the first request. A database that is not there yet is no reason: it is asked again at each request.

    Raises:
        ImproperlyConfigured: it may lose what it acknowledges.
    """
    try:
        found = checks.run_checks(tags=[checks.Tags.database], databases=[DEFAULT_DB_ALIAS])
    except OperationalError:
        return
    finally:
        # A process that serves is forked or begun after this: it opens a connection of its own.
        connections[DEFAULT_DB_ALIAS].close()
    wrong = [each for each in found if each.is_serious() and not each.is_silenced()]
    if wrong:
        raise ImproperlyConfigured("\n".join(str(each) for each in wrong))


@checks.register(checks.Tags.security, deploy=True)
def production_has_a_key(**kwargs: Any) -> list[checks.CheckMessage]:
    if not settings.IS_DEMO:
        return []
    return [
        checks.Error(
            "Set LANTOA_SECRET_KEY: only the sample province runs without.", id="lantoa.E002"
        )
    ]
