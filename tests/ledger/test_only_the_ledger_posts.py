"""Rooms say what their record means now; nothing but `ledger.actions` makes an entry."""

import ast
from pathlib import Path

import lantoa

PACKAGE = Path(lantoa.__file__).parent
ALLOWED = {"ledger/actions.py"}
WRITES = {
    "create", "bulk_create", "update", "bulk_update", "delete", "save",
    "get_or_create", "update_or_create", "acreate", "abulk_create",
}  # fmt: skip


def writes_to_entries(source: str) -> list[int]:
    """The lines that make an `Entry(…)`, or write through `Entry.objects…`, or name its table in SQL that writes."""
    return [node.lineno for node in ast.walk(ast.parse(source)) if is_a_write(node) or is_sql(node)]


def is_a_write(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = ast.unparse(node.func)
    words = called.split(".")
    if words[-1] == "Entry":
        return True
    return "Entry.objects" in called and words[-1] in WRITES


def is_sql(node: ast.AST) -> bool:
    text = node.value if isinstance(node, ast.Constant) else None
    if not isinstance(text, str) or "ledger_entry" not in text:
        return False
    return any(word in text.upper() for word in ("INSERT INTO", "UPDATE LEDGER", "DELETE FROM"))


def test_nothing_but_the_ledgers_actions_makes_an_entry():
    found = [
        f"{path.relative_to(PACKAGE)}:{line}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if str(path.relative_to(PACKAGE)) not in ALLOWED
        for line in writes_to_entries(path.read_text("utf-8"))
    ]

    assert found == []


def test_it_would_be_seen():
    assert writes_to_entries((PACKAGE / "ledger/actions.py").read_text("utf-8"))
    assert writes_to_entries("models.Entry(value=1)")
    assert writes_to_entries("Entry.objects.filter(pk=1).update(value=2)")
    assert writes_to_entries("cursor.execute('INSERT INTO ledger_entry VALUES (1)')")
    assert not writes_to_entries("Entry.objects.filter(pk=1).values_list('value')")
