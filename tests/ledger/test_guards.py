"""The database itself refuses to change the ledger, whoever asks."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from lantoa.ledger import actions, guards
from lantoa.ledger.models import Entry
from tests import make

DAY = dt.date(2023, 3, 1)
pytestmark = [pytest.mark.both, pytest.mark.django_db]


@pytest.fixture
def entry(noon) -> Entry:
    fact = actions.Fact(make.measure().pk, make.unit().pk, DAY, 30)
    return actions.post(
        source_kind="activity", source_id=1, facts=[fact], by=make.clerk(), at=noon
    )[0]


def refuses(statement: str, *parameters: object) -> None:
    with (
        pytest.raises(DatabaseError, match="never changed or removed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, parameters)


def test_an_entry_is_never_changed(entry):
    refuses("UPDATE ledger_entry SET value = 31 WHERE id = %s", entry.pk)

    assert Entry.objects.get().value == 30


def test_an_entry_is_never_changed_even_to_what_it_is(entry):
    refuses("UPDATE ledger_entry SET value = value")


def test_an_entry_is_never_removed(entry):
    refuses("DELETE FROM ledger_entry WHERE id = %s", entry.pk)

    assert Entry.objects.count() == 1


def test_djangos_own_update_and_delete_are_refused_too(entry):
    for change in (lambda rows: rows.update(value=31), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change(Entry.objects.all())

    assert Entry.objects.get().value == 30


def test_an_entry_is_never_replaced(entry):
    columns = (
        "id, measure_id, unit_id, date, value, source_kind, source_id, "
        "recorded_at, recorded_by_id, reason"
    )
    verb, end = ("INSERT OR REPLACE", "") if connection.vendor == "sqlite" else ("INSERT", CONFLICT)
    refuses(
        f"{verb} INTO ledger_entry ({columns}) SELECT {columns} FROM ledger_entry {end}"  # noqa: S608
    )

    assert Entry.objects.get().value == 30


CONFLICT = "ON CONFLICT (id) DO UPDATE SET value = 31"


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has no TRUNCATE")
@pytest.mark.django_db(transaction=True)
def test_the_ledger_is_never_emptied(entry):
    refuses("TRUNCATE ledger_entry CASCADE")


def test_a_zero_is_not_an_entry(entry):
    entry.pk, entry.value = None, 0

    with pytest.raises(DatabaseError, match="an_entry_says_something"), transaction.atomic():
        entry.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_putting_up_the_guards_again_puts_them_up_once(entry):
    with connection.schema_editor() as editor:
        guards.put_up(None, editor)

    refuses("DELETE FROM ledger_entry")


@pytest.mark.django_db(transaction=True)
def test_the_flush_between_tests_leaves_the_guards_standing(noon):
    call_command("flush", interactive=False, verbosity=0)
    make.start_over()
    fact = actions.Fact(make.measure().pk, make.unit().pk, DAY, 30)
    actions.post(source_kind="activity", source_id=1, facts=[fact], by=make.clerk(), at=noon)

    refuses("DELETE FROM ledger_entry")
