"""The spans within which documents of a type are numbered on: a year for the State, a term for the Party (`terms.toml`)."""

import datetime as dt
import functools
import tomllib
from pathlib import Path

from lantoa.lib import dates

_FILE = Path(__file__).with_name("terms.toml")


def numbering_span(numbering: str, date: dt.date) -> tuple[dt.date, dt.date]:
    """The days, the second left out, within which documents of a type are numbered on.

    Args:
        numbering: "year" or "term".
    """
    if numbering == "year":
        return dt.date(date.year, 1, 1), dt.date(date.year + 1, 1, 1)
    starts = [dt.date(dates.FIRST_YEAR, 1, 1), *_terms(), dt.date(dates.LAST_YEAR, 1, 1)]
    at = max(place for place, start in enumerate(starts) if start <= date)
    return starts[at], starts[at + 1]


@functools.cache
def _terms() -> tuple[dt.date, ...]:
    read = tomllib.loads(_FILE.read_text("utf-8"))
    return tuple(sorted(row["start"] for row in read["term"]))
