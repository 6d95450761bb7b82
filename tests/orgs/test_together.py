"""Tables that are made together: there, known, and gone again, with the models of all rooms drawn up once."""

import pytest
from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ModelState, ProjectState

from lantoa.orgs.together import CreateTogether


def table(name, **leads):
    return CreateModel(name, [("id", models.BigAutoField(primary_key=True)), *leads.items()])


def to(name):
    return models.ForeignKey(f"orgs.{name}", models.PROTECT)


@pytest.fixture
def made():
    """Three tables that lead to one another and to a unit."""
    rows = [table("Tree"), table("Branch", tree=to("tree"), unit=to("unit")), table("Leaf", branch=to("branch"))]  # fmt: skip
    return CreateTogether(rows)


@pytest.fixture
def before():
    from django.apps import apps

    return ProjectState.from_apps(apps)


def tables():
    names = {"orgs_tree", "orgs_branch", "orgs_leaf"}
    return names & set(connection.introspection.table_names())


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_tables_come_and_go_together(made, before):
    after = before.clone()
    made.state_forwards("orgs", after)

    with connection.schema_editor() as editor:
        made.database_forwards("orgs", editor, before, after)
    there = tables()
    leaf = after.apps.get_model("orgs", "Leaf")
    assert leaf.objects.filter(branch__tree=1, branch__unit=1).count() == 0
    with connection.schema_editor() as editor:
        made.database_backwards("orgs", editor, after, before)

    assert there == {"orgs_tree", "orgs_branch", "orgs_leaf"}
    assert tables() == set()


def test_no_model_is_drawn_up_before_somebody_asks_and_then_each_once(made, before, monkeypatch):
    drawn = []
    render = ModelState.render
    monkeypatch.setattr(
        ModelState, "render", lambda self, apps: drawn.append(self.name) or render(self, apps)
    )
    after = before.clone()
    assert before.apps  # as in a migration that follows others

    drawn.clear()
    made.state_forwards("orgs", after)
    assert drawn == []

    assert after.apps.get_model("orgs", "Leaf")
    assert [drawn.count(name) for name in ("Tree", "Branch", "Leaf")] == [1, 1, 1]
