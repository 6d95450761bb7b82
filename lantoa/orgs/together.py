"""An operation for migrations that make many tables at once."""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateTogether(Operation):
    """Makes tables one after the other, and draws up the models of all rooms once, not again after each of them.

    Django draws up again, after every table that it makes, each model that anything leads to. In a room whose tables
    all lead to units and people that is all of them: the first migration spent half its time on it.
    """

    def __init__(self, creations: Sequence[CreateModel]) -> None:
        self.creations = list(creations)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        # Without models drawn up, a state notes what is new; whoever asks next has them drawn up.
        state.__dict__.pop("apps", None)
        for each in self.creations:
            each.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for each in self.creations:
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for each in reversed(self.creations):
            each.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return "Create together: " + ", ".join(each.name for each in self.creations)
