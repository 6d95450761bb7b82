"""Where units stand on the schematic map: equal squares, a row and a column each (`tiles.csv`, by code and date).

A code names a unit only together with a date: the communes of 2025 reuse codes of 2024.
"""

import csv
import datetime as dt
import functools
from pathlib import Path

_FILE = Path(__file__).with_name("tiles.csv")


def positions(day: dt.date) -> dict[str, tuple[int, int]]:
    """Code to (row, column), from 0 at the north-west, of the units that have a square on a day."""
    said = day.isoformat()
    return {
        row["code"]: (int(row["row"]), int(row["column"]))
        for row in _rows()
        if row["start"] <= said and (not row["end"] or said < row["end"])
    }


@functools.cache
def _rows() -> tuple[dict[str, str], ...]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
