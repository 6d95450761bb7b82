"""Segments go to a folder of the test's own, and every test reads a ledger of its own."""

import pytest


@pytest.fixture(autouse=True)
def _own_segments(settings, tmp_path):
    settings.SEGMENTS = tmp_path / "segments"
