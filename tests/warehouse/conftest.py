"""Segments go to a folder of the test's own, and every test reads a ledger of its own."""

import pytest

from lantoa.ledger.actions import Fact
from lantoa.warehouse import segments, store
from tests import make
from tests.orgs import world as worlds
from tests.warehouse import ledgers


@pytest.fixture(autouse=True)
def _own_segments(settings, tmp_path):
    settings.SEGMENTS = tmp_path / "segments"
    store.forget()


@pytest.fixture
def world():
    """The small province with a measure of each nature, sealed but for the newest entry."""
    made = worlds.small_province()
    flow = make.measure("heads")
    kept = make.measure("kept", nature="balance")
    best = make.measure("best", nature="level", along_time="max", along_units="max")
    for number, (key, value) in enumerate([("A1", 30), ("B1.cb", 8), ("P", 5), ("A2.pn", 12)]):
        facts = [Fact(each.pk, made[key].pk, ledgers.MARCH, value) for each in (flow, kept, best)]
        ledgers.said_by_a_source(number, *facts)
    segments.seal(at=make.NOON)
    ledgers.said_by_a_source(9, Fact(flow.pk, made["A3"].pk, ledgers.MARCH, 100))
    return made
