import datetime as dt
import hashlib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lantoa.ledger.models import Entry
from lantoa.warehouse import feed, segments, verification
from lantoa.warehouse.models import Segment
from tests.warehouse import ledgers

pytestmark = pytest.mark.django_db


def test_an_empty_ledger_is_not_sealed(noon):
    assert segments.seal(at=noon) == []
    assert not Segment.objects.exists()


@pytest.mark.both
def test_a_seal_holds_every_column_of_every_entry(noon):
    first, second = ledgers.posted(30, -5)

    segments.seal(at=noon)

    rows = segments.read(segments.path_of(1)).sort_by("entry").to_pylist()
    assert [row["value"] for row in rows] == [30, -5]
    assert rows[0] == {
        "entry": first.pk,
        "measure": first.measure_id,
        "unit": first.unit_id,
        "day": first.date,
        "value": 30,
        "source_kind": "activity",
        "source_id": first.source_id,
        "recorded_at": noon,
        "recorded_by": first.recorded_by_id,
        "reason": "Đã ghi",
    }
    assert rows[1]["entry"] == second.pk


def test_what_is_sealed_is_not_sealed_again(noon):
    ledgers.posted(1, 2, 3)
    segments.seal(at=noon)

    assert segments.seal(at=noon) == []
    assert Segment.objects.count() == 1


def test_the_next_seal_takes_what_came_after_and_is_chained_to_the_one_before(noon):
    ledgers.posted(1, 2, 3)
    [first] = segments.seal(at=noon)
    later = ledgers.posted(4, 5)

    [second] = segments.seal(at=noon)

    assert (second.number, second.rows) == (2, 2)
    assert (second.first_entry, second.last_entry) == (later[0].pk, later[1].pk)
    assert second.previous == first.chain
    assert second.chain == segments.chain_of(second) != first.chain
    assert segments.newest() == second


def test_the_manifest_holds_the_hash_of_the_file(noon):
    ledgers.posted(1)

    [segment] = segments.seal(at=noon)

    assert segment.sha256 == hashlib.sha256(segments.path_of(1).read_bytes()).hexdigest()


def test_many_entries_become_several_segments(noon, monkeypatch):
    monkeypatch.setattr(feed, "ROWS_A_PAGE", 2)
    monkeypatch.setattr(segments, "ROWS_A_SEGMENT", 4)
    ledgers.posted(*range(1, 11))

    sealed = segments.seal(at=noon)

    assert [segment.rows for segment in sealed] == [4, 4, 2]
    assert list(verification.faults()) == []


def test_a_file_left_by_a_crash_is_written_over_by_the_next_seal(noon):
    ledgers.posted(1, 2)
    segments.folder().mkdir(parents=True)
    segments.path_of(1).write_bytes(b"written, but its row never came")
    segments.path_of(1).with_suffix(".writing").write_bytes(b"not even finished")

    segments.seal(at=noon)

    assert list(verification.faults()) == []
    assert [path.name for path in segments.folder().iterdir()] == ["segment-000001.parquet"]


def test_a_seal_that_fails_after_its_file_leaves_no_row(noon, monkeypatch):
    ledgers.posted(1, 2)
    with monkeypatch.context() as patched:
        patched.setattr(segments, "chain_of", _raise)
        with pytest.raises(OSError, match="disk full"):
            segments.seal(at=noon)
    ledgers.posted(3)

    [segment] = segments.seal(at=noon)

    assert (segment.number, segment.rows) == (1, 2 + 1)
    assert list(verification.faults()) == []


def _raise(segment):
    raise OSError("disk full")


def test_a_null_is_counted_and_refused(tmp_path):
    row = dict.fromkeys(feed.ENTRIES.names)
    entries = pa.Table.from_pylist([row], schema=feed.ENTRIES)

    with pytest.raises(ValueError, match="nothing in entry, measure"):
        segments.write(entries, tmp_path / "segment.parquet")


def test_rows_of_a_measure_lie_together_by_day(noon):
    ledgers.posted(*range(1, 8))
    ledgers.posted(*range(1, 8))

    segments.seal(at=noon)

    rows = segments.read(segments.path_of(1)).to_pylist()
    keys = [(row["measure"], row["day"], row["unit"], row["entry"]) for row in rows]
    assert keys == sorted(keys)


def test_numbers_are_packed_as_differences(noon):
    ledgers.posted(*range(1, 8))

    segments.seal(at=noon)

    group = pq.ParquetFile(segments.path_of(1)).metadata.row_group(0)
    columns = [group.column(place) for place in range(group.num_columns)]
    packed = [each for each in columns if each.path_in_schema not in ("source_kind", "reason")]
    assert all("DELTA_BINARY_PACKED" in each.encodings for each in packed)
    assert {each.compression for each in columns} == {"ZSTD"}


@pytest.mark.both
def test_moments_keep_their_microseconds(noon):
    entries = ledgers.posted(1)
    exact = noon + dt.timedelta(microseconds=123_456)
    Entry.objects.bulk_create(
        [
            Entry(
                measure=entries[0].measure,
                unit=entries[0].unit,
                date=entries[0].date,
                value=2,
                source_kind="activity",
                source_id=99,
                recorded_at=exact,
                recorded_by=entries[0].recorded_by,
            )
        ]
    )

    segments.seal(at=exact)

    moments = segments.read(segments.path_of(1)).sort_by("entry")["recorded_at"].to_pylist()
    assert moments == [noon, exact]
    assert list(verification.faults()) == []
