"""The database itself holds what was sent and what was approved, also against a page that forgot to ask.

A version and its values are never changed. A submission goes back to an earlier version number never, and what was
approved leaves that state only as a newer version or by undoing, which leaves the version as it was.

SQLite drops a table's triggers whenever Django rebuilds the table: a later migration that alters one of these tables ends
with `migrations.RunPython(guards.put_up, guards.take_down)`.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FROZEN = ("submissions_version", "submissions_versionvalue")
STATES = "submissions_submission"
SAYS_FROZEN = "what was sent is never changed: send a new version"
SAYS_STATE = "what was approved is locked: send an adjustment"

_BACKWARD = "NEW.version < OLD.version"
_UNLOCKED = (
    "OLD.state = 'approved' AND NEW.version = OLD.version AND NOT (NEW.state IN ('approved', 'sent')"
    " AND NEW.is_nil = OLD.is_nil AND NEW.sent_at = OLD.sent_at AND NEW.sent_by_id = OLD.sent_by_id)"
)
_WRONG = f"({_BACKWARD}) OR ({_UNLOCKED})"

_REFUSES_ON_POSTGRESQL = """CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '{says}' USING ERRCODE = 'integrity_constraint_violation';
    END $$"""

UP = {
    "sqlite": [
        *(
            f"""CREATE TRIGGER {table}_is_frozen BEFORE UPDATE ON {table}
                BEGIN SELECT RAISE(ABORT, '{SAYS_FROZEN}'); END"""
            for table in FROZEN
        ),
        f"""CREATE TRIGGER what_is_approved_is_locked BEFORE UPDATE ON {STATES} WHEN {_WRONG}
            BEGIN SELECT RAISE(ABORT, '{SAYS_STATE}'); END""",
    ],
    "postgresql": [
        _REFUSES_ON_POSTGRESQL.format(function="refuse_to_change_a_version", says=SAYS_FROZEN),
        _REFUSES_ON_POSTGRESQL.format(function="refuse_to_unlock_a_submission", says=SAYS_STATE),
        *(
            f"""CREATE TRIGGER {table}_is_frozen BEFORE UPDATE ON {table}
                FOR EACH ROW EXECUTE FUNCTION refuse_to_change_a_version()"""
            for table in FROZEN
        ),
        f"""CREATE TRIGGER what_is_approved_is_locked BEFORE UPDATE ON {STATES}
            FOR EACH ROW WHEN ({_WRONG}) EXECUTE FUNCTION refuse_to_unlock_a_submission()""",
    ],
}
DOWN = {
    "sqlite": [
        *(f"DROP TRIGGER IF EXISTS {table}_is_frozen" for table in FROZEN),
        "DROP TRIGGER IF EXISTS what_is_approved_is_locked",
    ],
    "postgresql": [
        *(f"DROP TRIGGER IF EXISTS {table}_is_frozen ON {table}" for table in FROZEN),
        f"DROP TRIGGER IF EXISTS what_is_approved_is_locked ON {STATES}",
        "DROP FUNCTION IF EXISTS refuse_to_change_a_version()",
        "DROP FUNCTION IF EXISTS refuse_to_unlock_a_submission()",
    ],
}


def put_up(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """For `migrations.RunPython`. Putting up twice is putting up once."""
    for statement in DOWN[editor.connection.vendor] + UP[editor.connection.vendor]:
        editor.execute(statement)


def take_down(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in DOWN[editor.connection.vendor]:
        editor.execute(statement)
