"""Makers: entries without the rooms above, for what concerns only the ledger and its segments."""

import contextlib
import datetime as dt
import io

from django.core.management import call_command
from django.db import connection

from lantoa.ledger import actions, guards
from lantoa.ledger.models import Entry, Measure
from lantoa.orgs.models import Person, Unit
from tests import make

DAY = dt.date(2023, 3, 8)
MARCH = dt.date(2024, 3, 4)


def unit() -> Unit:
    return Unit.objects.create(kind="other", opened_date=make.START)


def posted(*values: int, measure: Measure | None = None, at: Unit | None = None) -> list[Entry]:
    """One entry a value, each from a source of its own, on days that follow one another."""
    measure = measure or make.measure()
    at = at or unit()
    by = Person.objects.create(name="Người ghi")
    already = Entry.objects.count()
    entries = []
    for place, value in enumerate(values, start=already):
        day = DAY + dt.timedelta(days=place % 5)
        facts = [actions.Fact(measure.pk, at.pk, day, value)]
        entries += actions.post(
            source_kind="activity",
            source_id=place,
            facts=facts,
            by=by,
            at=make.NOON,
            reason="Đã ghi",
        )
    return entries


def said_by_a_source(number: int, *facts: actions.Fact) -> None:
    actions.post(source_kind="test", source_id=number, facts=facts, by=make.clerk(), at=make.NOON)


def said(*words: str, **options: object) -> str:
    """What a command prints."""
    out = io.StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


@contextlib.contextmanager
def unguarded():
    """What an insider does: the triggers are gone for a while."""
    statements = guards.DOWN[connection.vendor], guards.UP[connection.vendor]
    with connection.cursor() as cursor:
        for statement in statements[0]:
            cursor.execute(statement)
        yield
        for statement in statements[1]:
            cursor.execute(statement)


def behind_its_back(statement: str, parameters: list[object]) -> None:
    with unguarded(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
