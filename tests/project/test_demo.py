"""`lantoa demo`: what it throws away, and what it leaves alone."""

import pytest

from lantoa.project import demo
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def migrated_again(monkeypatch, settings, tmp_path):
    settings.SEGMENTS = tmp_path / "segments"
    settings.SEGMENTS.mkdir()
    said = []
    monkeypatch.setattr(demo, "migrate", lambda: said.append("again"))
    return said


def test_a_new_database_is_filled_as_it_is_and_not_migrated_again(migrated_again):
    demo.start_over()

    assert migrated_again == []


def test_segments_that_lie_beside_a_new_database_are_not_read_as_its_own(migrated_again, settings):
    left = settings.SEGMENTS / "segment-000001.parquet"
    left.write_bytes(b"of a ledger that is gone")

    demo.start_over()

    assert not left.exists()


def test_a_database_of_somebody_elses_units_is_not_thrown_away(migrated_again, settings):
    make.unit("04")
    kept = settings.SEGMENTS / "segment-000001.parquet"
    kept.write_bytes(b"theirs")

    with pytest.raises(demo.NotTheSampleError):
        demo.start_over()

    assert kept.exists()
    assert migrated_again == []
