import random

import pytest
from django.db import connection

from lantoa.ledger.models import Entry
from lantoa.warehouse import feed, segments, verification
from lantoa.warehouse.models import Segment
from tests.warehouse import ledgers

pytestmark = pytest.mark.django_db

CHANGES = {
    "number": 7,
    "first_entry": 3,
    "last_entry": 10_000,
    "rows": 4,
    "sha256": "0" * 64,
    "previous": "0" * 64,
    "chain": "0" * 64,
    "sealed_at": "2026-11-23T05:00:01Z",
}


def sealed_twice(at):
    entries = ledgers.posted(30, 8, 5, 12, 7)
    segments.seal(at=at)
    entries += ledgers.posted(4, 6, 9)
    segments.seal(at=at)
    return entries


def found(**words):
    return [(fault.segment, fault.entry) for fault in verification.faults(**words)]


@pytest.mark.both
def test_an_untouched_ledger_has_no_faults(noon):
    sealed_twice(noon)
    ledgers.posted(1, 2)

    assert found() == []


@pytest.mark.parametrize("seed", range(60))
def test_a_segment_changed_by_one_bit_is_found_and_named(noon, seed):
    sealed_twice(noon)
    chance = random.Random(seed)
    number = chance.choice([1, 2])
    path = segments.path_of(number)
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)

    faults = list(verification.faults())

    assert faults
    assert {fault.segment for fault in faults} == {number}
    assert f"segment-00000{number}.parquet" in str(faults[0])


@pytest.mark.parametrize("field", CHANGES)
@pytest.mark.parametrize("number", [1, 2])
def test_a_changed_field_of_the_manifest_is_found_and_named(noon, field, number):
    sealed_twice(noon)

    Segment.objects.filter(number=number).update(**{field: CHANGES[field]})

    named = Segment.objects.order_by("pk")[number - 1].number
    assert named in {segment for segment, entry in found()}


@pytest.mark.parametrize("column", ["rows", "last_entry", "sealed_at", "sha256"])
@pytest.mark.parametrize("seed", range(8))
def test_a_byte_of_the_manifest_changed_in_the_database_file_is_found(noon, column, seed):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL does not take a text for a number")
    sealed_twice(noon)
    [value] = Segment.objects.filter(number=2).values_list(column, flat=True)
    text = bytearray(str(value).encode())
    text[seed % len(text)] ^= 1

    with connection.cursor() as cursor:
        asked = f"UPDATE warehouse_segment SET {column} = CAST(%s AS TEXT) WHERE number = 2"  # noqa: S608
        cursor.execute(asked, [text.decode()])

    assert 2 in {segment for segment, entry in found()}


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change",
    [
        "value = value + 1",
        "date = '2023-03-20'",
        "reason = 'Đã sửa'",
        "source_kind = 'statement'",
        "source_id = source_id + 50",
        "recorded_at = '2026-11-23 05:00:00.000001+00:00'",
    ],
)
def test_an_entry_changed_under_the_trigger_is_found_and_named(noon, change):
    entries = sealed_twice(noon)
    changed = entries[2].pk

    statement = f"UPDATE ledger_entry SET {change} WHERE id = %s"  # noqa: S608
    ledgers.behind_its_back(statement, [changed])

    assert found() == [(1, changed)]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_an_entry_taken_out_of_the_ledger_is_named(noon):
    entries = sealed_twice(noon)

    ledgers.behind_its_back("DELETE FROM ledger_entry WHERE id = %s", [entries[5].pk])

    assert found() == [(2, entries[5].pk)]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_the_last_entries_taken_out_are_named(noon):
    entries = sealed_twice(noon)

    ledgers.behind_its_back("DELETE FROM ledger_entry WHERE id >= %s", [entries[6].pk])

    assert found() == [(2, entries[6].pk), (2, entries[7].pk)]


@pytest.mark.django_db(transaction=True)
def test_an_entry_slipped_in_between_sealed_ones_is_named(noon):
    entries = sealed_twice(noon)
    gap = entries[7].pk
    ledgers.behind_its_back("DELETE FROM ledger_entry WHERE id = %s", [gap])
    Segment.objects.all().delete()
    segments.seal(at=noon)
    ledgers.posted(1)
    segments.seal(at=noon)
    with ledgers.unguarded():
        slipped = entries[0]
        slipped.pk = gap
        slipped.save(force_insert=True)

    assert [entry for segment, entry in found()] == [gap]


@pytest.mark.django_db(transaction=True)
def test_a_row_that_is_no_entry_any_more_is_named(noon):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL does not take such a row")
    entries = sealed_twice(noon)
    broken = [entries[1].pk, entries[3].pk]

    ledgers.behind_its_back(
        "UPDATE ledger_entry SET date = CAST(x'32FF' AS TEXT) WHERE id IN (%s, %s)", broken
    )

    assert found() == [(1, broken[0]), (1, broken[1])]


def test_a_lost_file_is_named(noon):
    sealed_twice(noon)
    segments.path_of(1).unlink()

    assert found() == [(1, None)]


def test_a_row_taken_out_of_the_manifest_is_found(noon):
    sealed_twice(noon)
    Segment.objects.filter(number=1).delete()

    assert 2 in {segment for segment, entry in found()}


def test_a_segment_written_anew_with_another_value_names_the_record(noon):
    entries = sealed_twice(noon)
    path = segments.path_of(2)
    rows = segments.read(path).sort_by("entry").to_pylist()
    rows[1]["value"] += 1
    segments.write(feed.ENTRIES.empty_table().from_pylist(rows, schema=feed.ENTRIES), path)

    assert found() == [(2, None), (2, entries[6].pk)]


@pytest.mark.django_db(transaction=True)
def test_a_change_sealed_anew_from_the_first_segment_shows_only_against_the_printed_hash(noon):
    entries = sealed_twice(noon)
    printed = segments.newest().chain
    ledgers.behind_its_back(
        "UPDATE ledger_entry SET value = value + 1 WHERE id = %s", [entries[0].pk]
    )
    Segment.objects.all().delete()
    segments.seal(at=noon)

    assert found() == []
    assert found(anchor=printed) == [(None, None)]


def test_every_hash_ever_printed_is_accepted(noon):
    sealed_twice(noon)

    for segment in Segment.objects.all():
        assert found(anchor=segment.chain.upper()) == []


def test_a_spoilt_ledger_names_the_first_records_and_says_that_there_are_more(noon, monkeypatch):
    monkeypatch.setattr(verification, "RECORDS_NAMED", 3)
    entries = ledgers.posted(*range(1, 9))
    segments.seal(at=noon)

    with ledgers.unguarded():
        Entry.objects.update(reason="Đã sửa")

    assert found() == [(1, each.pk) for each in entries[:3]] + [(1, None)]
