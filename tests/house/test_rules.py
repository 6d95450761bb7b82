"""The rules that no linter knows (STYLE: house tests)."""

import ast
import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models
from django.template import engines

from tests.house.source import PACKAGE, ROOT, attributes, calls, files, name, tree

DOORS = files("portal", "desk", "intake")
WRITES = {
    "save",
    "create",
    "bulk_create",
    "update",
    "bulk_update",
    "delete",
    "get_or_create",
    "update_or_create",
}
OURS = [model for model in apps.get_models() if model.__module__.startswith("lantoa.")]


@pytest.mark.parametrize("path", DOORS, ids=name)
def test_doors_never_write_to_the_database(path):
    # A dict may be updated: only what is reached through a queryset or a model counts.
    found = [each for each in calls(path) if each[0] in WRITES - {"update"}]

    assert found == []


@pytest.mark.parametrize("path", [*DOORS, *files("look")], ids=name)
def test_doors_reach_rows_only_through_queries(path):
    assert [line for attribute, line in attributes(path) if attribute == "objects"] == []


@pytest.mark.parametrize("path", files("rollup"), ids=name)
def test_the_roll_up_never_collects(path):
    assert [line for call, line in calls(path) if call == "collect"] == []


def test_the_warehouse_alone_opens_engines():
    openers = [
        name(path)
        for path in files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and {"duckdb", "pyspark"} & {part.split(".")[0] for part in imported(node)}
    ]

    assert set(openers) <= {"lantoa/warehouse/engine.py"}


def imported(node: ast.Import | ast.ImportFrom) -> list[str]:
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]


def test_only_the_ledgers_actions_make_entries():
    makers = [
        name(path)
        for path in files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and (
            getattr(node.func, "id", "") == "Entry"
            or (ast.unparse(node.func).startswith("Entry.objects.") and node.func.attr in WRITES)
        )
    ]

    assert set(makers) <= {"lantoa/ledger/actions.py"}


@pytest.mark.parametrize("path", [*files(), *sorted((ROOT / "bench").glob("*.py"))], ids=name)
def test_functions_have_at_most_forty_lines_and_files_four_hundred(path):
    long = [
        f"{node.name}: {lines_of(node)} lines"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and lines_of(node) > 40
    ]

    assert long == []
    assert len(path.read_text("utf-8").splitlines()) <= 400


def lines_of(function):
    """Its lines without its docstring: what it does, not what is said of it."""
    first = function.body[0]
    is_said = ast.get_docstring(function) is not None
    said = first.end_lineno - first.lineno + 1 if is_said else 0
    return function.end_lineno - function.lineno + 1 - said


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_no_column_holds_a_fraction(model):
    fractions = (models.FloatField, models.DecimalField)

    assert [f.name for f in model._meta.get_fields() if isinstance(f, fractions)] == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_noun_is_in_the_word_list(model):
    words = (ROOT / "docs/words.md").read_text("utf-8")

    assert f"`{model.__name__}`" in words


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_constraint_names_fit_postgresql(model):
    assert [c.name for c in model._meta.constraints if len(c.name) > 63] == []


def test_every_room_is_on_the_architecture_page():
    page = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rooms = [path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()]

    assert [room for room in rooms if f"**{room}**" not in page] == []


def test_every_setting_is_in_the_sample_environment():
    read = set(re.findall(r'"(LANTOA_\w+)"', (PACKAGE / "project/settings.py").read_text("utf-8")))
    offered = set(
        re.findall(r"^(LANTOA_\w+)=", (ROOT / "env.sample").read_text("utf-8"), re.MULTILINE)
    )

    assert read == offered


def test_every_template_parses():
    templates = [
        p.relative_to(p.parents[len(p.parts) - p.parts.index("templates") - 2])
        for p in PACKAGE.rglob("templates/**/*.html")
    ]

    assert templates
    for template in templates:
        engines["django"].get_template(str(template))


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_migrations_have_names_that_people_gave():
    names = [path.stem for path in PACKAGE.rglob("migrations/0*.py")]

    assert [
        each
        for each in names
        if "auto" in each or re.search(r"_(initial|alter|and_more|remove|add)_", each)
    ] == []


def test_lock_files_name_no_host():
    locks = sorted(ROOT.glob("requirements*.lock"))

    assert locks
    assert [lock.name for lock in locks if "://" in lock.read_text("utf-8")] == []


def test_decisions_are_named_by_date():
    pages = [path.name for path in (ROOT / "docs/decisions").glob("*.md")]

    assert pages
    assert [page for page in pages if not re.match(r"20\d\d-\d\d-\d\d-[a-z0-9-]+\.md$", page)] == []


def test_the_readmes_stay_under_two_screens():
    for page in ("README.md", "README.vi.md"):
        assert len((ROOT / page).read_text("utf-8").splitlines()) <= 90
