"""Office hours in Vietnam: working time counted in minutes, from the hours of a day and the working days of the year.

The hours are the usual ones of offices; an office with others hands its own in.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from lantoa.lib.dates import VIETNAM, day_of
from lantoa.lib.workdays import A_DAY, is_workday

Hours = Sequence[tuple[dt.time, dt.time]]
OFFICE: Hours = (
    (dt.time(7, 30), dt.time(11, 30)),
    (dt.time(13, 30), dt.time(17, 0)),
)
A_MINUTE = dt.timedelta(minutes=1)


def is_open(moment: dt.datetime, hours: Hours = OFFICE) -> bool:
    """Whether somebody sits at the desk at that moment."""
    return any(start <= moment < end for start, end in _spans(day_of(moment), hours))


def next_opening(moment: dt.datetime, hours: Hours = OFFICE) -> dt.datetime:
    """The moment itself while the office is open, else when it opens next."""
    for start, end in _from(moment, hours):
        if moment < end:
            return max(start, moment)
    raise AssertionError  # pragma: no cover - the days go on


def after(moment: dt.datetime, minutes: int, hours: Hours = OFFICE) -> dt.datetime:
    """The moment at which so many minutes of working time have gone by; for 0 the next that is one.

    Raises:
        ValueError: fewer than none.
    """
    if minutes < 0:
        raise ValueError(f"working time is counted forward, not {minutes}")
    left = minutes * A_MINUTE
    for start, end in _from(moment, hours):
        begins = max(start, moment)
        if begins < end and left <= end - begins:
            return begins + left
        left -= max(end - begins, dt.timedelta())
    raise AssertionError  # pragma: no cover - the days go on


def between(start: dt.datetime, end: dt.datetime, hours: Hours = OFFICE) -> int:
    """The whole minutes of working time from one moment to another; 0 if the second is not later."""
    total = dt.timedelta()
    for begins, ends in _from(start, hours):
        if begins >= end:
            break
        total += max(min(ends, end) - max(begins, start), dt.timedelta())
    return total // A_MINUTE


def minutes_a_day(hours: Hours = OFFICE) -> int:
    day = dt.date(2000, 1, 1)
    spans = (dt.datetime.combine(day, e) - dt.datetime.combine(day, s) for s, e in hours)
    return sum(spans, dt.timedelta()) // A_MINUTE


def _from(moment: dt.datetime, hours: Hours) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """The working spans of that day and of all that follow."""
    day = day_of(moment)
    while True:
        yield from _spans(day, hours)
        day += A_DAY


def _spans(day: dt.date, hours: Hours) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    if is_workday(day):
        for start, end in hours:
            yield dt.datetime.combine(day, start, VIETNAM), dt.datetime.combine(day, end, VIETNAM)
