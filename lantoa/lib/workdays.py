"""Working days in Vietnam: Monday to Friday, less the days off of the year, with the Saturdays worked in exchange.

The days off are data (`holidays.csv`, each row with its source), because the dates of Tết and the exchanged days are
decided year by year. A year without rows is unknown: its fixed days off still count, and the answer says so.

Source:
    Labour Code 2019 (45/2019/QH14), articles 111 and 112; the yearly decisions named in the file.
"""

import csv
import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

HOLIDAYS = Path(__file__).parent / "holidays.csv"
A_DAY = dt.timedelta(days=1)
SATURDAY = 5
# By law on the same date every year (article 112); Tết and the Kings' day follow the moon.
FIXED = {(1, 1), (4, 30), (5, 1), (9, 2)}


class Holiday(NamedTuple):
    """A day that is not what its weekday says: off, or worked in exchange."""

    day: dt.date
    is_off: bool
    name: str
    source: str


class Due(NamedTuple):
    """A day counted in working days, and the years on the way whose days off are not known."""

    day: dt.date
    unknown_years: tuple[int, ...]


@cache
def holidays() -> dict[dt.date, Holiday]:
    """What the file says, by day."""
    with HOLIDAYS.open(encoding="utf-8", newline="") as file:
        rows = [
            Holiday(
                dt.date.fromisoformat(row["day"]), row["kind"] == "off", row["name"], row["source"]
            )
            for row in csv.DictReader(file)
        ]
    return {row.day: row for row in rows}


@cache
def known_years() -> frozenset[int]:
    """The years whose days off have been decided and entered."""
    return frozenset(day.year for day in holidays())


def is_workday(day: dt.date) -> bool:
    """Whether offices are open. In an unknown year: by the weekday and the fixed days off alone."""
    if found := holidays().get(day):
        return not found.is_off
    return day.weekday() < SATURDAY and (day.month, day.day) not in FIXED


def after(day: dt.date, count: int) -> Due:
    """The count-th working day after a day; the day itself for 0. `unknown_years` is empty when all is known."""
    if count < 0:
        raise ValueError(f"working days are counted forward, not {count}")
    last, years = day, set()
    for each in _following(day):
        if count == 0:
            break
        years.add(each.year)
        last, count = each, count - is_workday(each)
    return Due(last, tuple(sorted(years - known_years())))


def _following(day: dt.date) -> Iterator[dt.date]:
    while True:
        day += A_DAY
        yield day
