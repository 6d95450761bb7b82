"""What a source says to the ledger."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Fact(NamedTuple):
    """What a source says: so much of a measure, for a unit, on a day."""

    measure_id: int
    unit_id: int
    date: dt.date
    value: int


@dataclass(frozen=True)
class Posting:
    """All that one source says now. Facts on one cell are added; no facts means that it says nothing any more."""

    source_kind: str
    source_id: int
    facts: Sequence[Fact]
    reason: str = ""
