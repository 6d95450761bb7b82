"""The statements with which the database itself refuses to change or remove an entry.

Migration 0002 runs them. They are kept here, not in the migration, because SQLite drops a table's triggers whenever
Django rebuilds the table: a later migration that alters `Entry` ends with `migrations.RunPython(guards.put_up)`.

What they do not stop: whoever owns the database can drop them. That is found, not prevented, by the sealed segments'
hashes (RELIABILITY D3).
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "ledger_entry"
SAYS = "an entry of the ledger is never changed or removed: post the difference"

UP = {
    "sqlite": [
        f"""CREATE TRIGGER an_entry_is_never_changed BEFORE UPDATE ON {TABLE}
            BEGIN SELECT RAISE(ABORT, '{SAYS}'); END""",
        f"""CREATE TRIGGER an_entry_is_never_removed BEFORE DELETE ON {TABLE}
            BEGIN SELECT RAISE(ABORT, '{SAYS}'); END""",
        # INSERT OR REPLACE removes the old row without firing the trigger on DELETE.
        f"""CREATE TRIGGER an_entry_is_never_replaced BEFORE INSERT ON {TABLE}
            WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)
            BEGIN SELECT RAISE(ABORT, '{SAYS}'); END""",  # noqa: S608 a constant
    ],
    "postgresql": [
        f"""CREATE FUNCTION refuse_to_change_an_entry() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              RAISE EXCEPTION '{SAYS}' USING ERRCODE = 'integrity_constraint_violation';
            END $$""",
        f"""CREATE TRIGGER an_entry_is_never_changed BEFORE UPDATE OR DELETE ON {TABLE}
            FOR EACH ROW EXECUTE FUNCTION refuse_to_change_an_entry()""",
        f"""CREATE TRIGGER the_ledger_is_never_emptied BEFORE TRUNCATE ON {TABLE}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_an_entry()""",
    ],
}
DOWN = {
    "sqlite": [
        "DROP TRIGGER IF EXISTS an_entry_is_never_changed",
        "DROP TRIGGER IF EXISTS an_entry_is_never_removed",
        "DROP TRIGGER IF EXISTS an_entry_is_never_replaced",
    ],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS an_entry_is_never_changed ON {TABLE}",
        f"DROP TRIGGER IF EXISTS the_ledger_is_never_emptied ON {TABLE}",
        "DROP FUNCTION IF EXISTS refuse_to_change_an_entry()",
    ],
}


def put_up(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """For `migrations.RunPython`. Putting up twice is putting up once."""
    for statement in DOWN[editor.connection.vendor] + UP[editor.connection.vendor]:
        editor.execute(statement)


def take_down(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in DOWN[editor.connection.vendor]:
        editor.execute(statement)
