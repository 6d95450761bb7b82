"""Whatever an insider changes in what is sealed is found, and named: the segment, and the record where it was one.

A hundred changes from a seed; LANTOA_TIMES=10 makes a thousand of them (RELIABILITY G8). Between any two the ledger is
whole again, and then nothing may be found.
"""

import datetime as dt
import random

import pytest
from django.db import transaction

from lantoa.ledger.models import Entry
from lantoa.warehouse import segments, verification
from lantoa.warehouse.models import Segment
from tests.times import times
from tests.warehouse import ledgers

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


class Insider:
    """Someone with the database and the files in hand. Each deed gives (segment, entry or None): what must be named."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.deeds = [getattr(self, name) for name in dir(self) if name.startswith("they_")]

    def does_something(self):
        return self.chance.choice(self.deeds)()

    def an_entry(self):
        entry = self.chance.choice(list(Entry.objects.all()))
        return entry, Segment.objects.get(first_entry__lte=entry.pk, last_entry__gte=entry.pk)

    def a_segment(self):
        return self.chance.choice(list(Segment.objects.all()))

    def they_change_an_entry(self):
        entry, segment = self.an_entry()
        others = Entry.objects.exclude(pk=entry.pk)
        changes = {
            "value": entry.value + self.chance.choice([-(2**40), -7, 1, 2**61]) or 3,
            "date": entry.date + dt.timedelta(days=self.chance.randint(1, 900)),
            "unit_id": next(o.unit_id for o in others if o.unit_id != entry.unit_id),
            "measure_id": next(o.measure_id for o in others if o.measure_id != entry.measure_id),
            "source_kind": self.chance.choice(["statement", "activity ", "", "Activity"]),
            "source_id": entry.source_id + self.chance.randint(1, 9),
            "recorded_at": entry.recorded_at - dt.timedelta(microseconds=1),
            "reason": self.chance.choice(["", "Đã ghi ", "Da ghi", "Đã ghi\u200b"]),
        }
        field = self.chance.choice(sorted(changes))
        Entry.objects.filter(pk=entry.pk).update(**{field: changes[field]})
        return segment.number, entry.pk

    def they_remove_an_entry(self):
        entry, segment = self.an_entry()
        Entry.objects.filter(pk=entry.pk).delete()
        return segment.number, entry.pk

    def they_exchange_two_values(self):
        one, segment = self.an_entry()
        other = Entry.objects.filter(pk__gt=one.pk).exclude(value=one.value).first()
        if other is None:
            return self.they_remove_an_entry()
        Entry.objects.filter(pk=one.pk).update(value=other.value)
        Entry.objects.filter(pk=other.pk).update(value=one.value)
        return segment.number, one.pk

    def they_slip_an_entry_in(self):
        """Under a number that was drawn and never used."""
        gap = Segment.objects.get(number=2).first_entry + 1
        entry = Entry.objects.earliest("pk")
        entry.pk = gap
        entry.save(force_insert=True)
        return 2, gap

    def they_change_a_byte_of_a_file(self):
        segment = self.a_segment()
        content = bytearray(segments.path_of(segment.number).read_bytes())
        content[self.chance.randrange(len(content))] ^= 1 << self.chance.randrange(8)
        segments.path_of(segment.number).write_bytes(content)
        return segment.number, None

    def they_cut_or_lengthen_a_file(self):
        segment = self.a_segment()
        content = segments.path_of(segment.number).read_bytes()
        cut = content[: self.chance.randrange(len(content))]
        segments.path_of(segment.number).write_bytes(self.chance.choice([cut, content + b"\0"]))
        return segment.number, None

    def they_remove_a_file(self):
        segment = self.a_segment()
        segments.path_of(segment.number).unlink()
        return segment.number, None

    def they_put_another_segment_in_its_place(self):
        one, other = self.chance.sample(list(Segment.objects.all()), 2)
        content = segments.path_of(other.number).read_bytes()
        segments.path_of(one.number).write_bytes(content)
        return one.number, None

    def they_write_a_file_anew_with_another_value(self):
        entry, segment = self.an_entry()
        path = segments.path_of(segment.number)
        rows = segments.read(path)
        changed = rows.to_pylist()
        for row in changed:
            row["value"] += row["entry"] == entry.pk
        segments.write(rows.from_pylist(changed, schema=rows.schema), path)
        if self.chance.random() < 0.5:  # and mend its hash, but not the chain
            Segment.objects.filter(pk=segment.pk).update(sha256=segments.hashed(path))
        return segment.number, entry.pk

    def they_change_the_manifest(self):
        segment = self.a_segment()
        changes = {
            "rows": segment.rows + self.chance.choice([-1, 1]),
            "first_entry": segment.first_entry + 1,
            "last_entry": segment.last_entry - 1,
            "sha256": other_letter(segment.sha256, self.chance),
            "chain": other_letter(segment.chain, self.chance),
            "previous": other_letter(segment.previous or "0" * 64, self.chance),
            "sealed_at": segment.sealed_at + dt.timedelta(microseconds=1),
        }
        field = self.chance.choice(sorted(changes))
        Segment.objects.filter(pk=segment.pk).update(**{field: changes[field]})
        return segment.number, None

    def they_take_a_row_out_of_the_manifest(self):
        segment = Segment.objects.get(number=self.chance.choice([1, 2]))
        segment.delete()
        return segment.number + 1, None


def other_letter(code: str, chance: random.Random) -> str:
    at = chance.randrange(len(code))
    letters = [letter for letter in "0123456789abcdef" if letter != code[at]]
    return code[:at] + chance.choice(letters) + code[at + 1 :]


@pytest.fixture
def sealed(noon):
    """Three segments; one number in the second was never used."""
    chance = random.Random(7)
    for number in range(3):
        entries = ledgers.posted(*(chance.randrange(1, 500) for _ in range(12)))
        if number == 1:
            ledgers.behind_its_back("DELETE FROM ledger_entry WHERE id = %s", [entries[1].pk])
        segments.seal(at=noon)
    return {path: path.read_bytes() for path in segments.folder().iterdir()}


@pytest.fixture
def try_out(sealed):
    """Do one deed, look what is found, and make everything whole again."""

    def try_out(deed):
        with ledgers.unguarded(), transaction.atomic():
            named = deed()
            faults = list(verification.faults())
            transaction.set_rollback(True)
        for path, content in sealed.items():
            path.write_bytes(content)
        assert list(verification.faults()) == []
        return named, faults

    return try_out


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_changed_in_what_is_sealed_is_found_and_named(try_out, seed):
    insider = Insider(seed)
    for _ in range(times(25)):
        (segment, entry), faults = try_out(insider.does_something)

        assert faults, (segment, entry)
        assert faults[0].segment == segment
        assert f"segment-00000{segment}.parquet" in str(faults[0])
        assert entry is None or entry in {fault.entry for fault in faults}


@pytest.mark.parametrize("deed", [name for name in dir(Insider) if name.startswith("they_")])
def test_every_kind_of_change_is_found(try_out, deed):
    (segment, _), faults = try_out(getattr(Insider(0), deed))

    assert segment in {fault.segment for fault in faults}
