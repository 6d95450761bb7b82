"""Start-up checks: the database keeps what it acknowledges (RELIABILITY D1), and production has a key."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

SQLITE = {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"}
POSTGRESQL = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}


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
    if connection.vendor == "sqlite" and connection.settings_dict["NAME"] == ":memory:":
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


@checks.register(checks.Tags.security, deploy=True)
def production_has_a_key(**kwargs: Any) -> list[checks.CheckMessage]:
    if not settings.IS_DEMO:
        return []
    return [
        checks.Error(
            "Set LANTOA_SECRET_KEY: only the sample province runs without.", id="lantoa.E002"
        )
    ]
