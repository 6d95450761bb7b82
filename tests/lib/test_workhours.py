"""Office hours: what a quarter of an hour is worth on a Friday afternoon."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lantoa.lib import workhours
from lantoa.lib.dates import VIETNAM, day_of
from lantoa.lib.workdays import is_workday
from tests.times import times

FRIDAY, MONDAY = dt.date(2026, 11, 20), dt.date(2026, 11, 23)
A_DAY = 240 + 210  # minutes: half past seven to half past eleven, half past one to five


def at(day, hour, minute=0):
    return dt.datetime.combine(day, dt.time(hour, minute), VIETNAM)


@pytest.mark.parametrize(
    ("start", "minutes", "end"),
    [
        (at(FRIDAY, 8), 30, at(FRIDAY, 8, 30)),
        (at(FRIDAY, 11), 60, at(FRIDAY, 14)),
        (at(FRIDAY, 16, 30), 60, at(MONDAY, 8)),
        (at(FRIDAY, 20), 0, at(MONDAY, 7, 30)),
        (at(FRIDAY, 8), A_DAY, at(MONDAY, 8)),
        (at(dt.date(2026, 12, 31), 16), 90, at(dt.date(2027, 1, 4), 8)),
    ],
    ids=["within", "over noon", "over Sunday", "not yet open", "a whole day", "over New Year"],
)
def test_working_time_passes_only_while_the_office_is_open(start, minutes, end):
    assert workhours.after(start, minutes) == end


def test_time_is_counted_forward():
    with pytest.raises(ValueError, match="forward"):
        workhours.after(at(FRIDAY, 8), -1)


def test_the_office_is_open_from_its_first_minute_to_before_its_last():
    assert workhours.is_open(at(FRIDAY, 7, 30))
    assert not workhours.is_open(at(FRIDAY, 11, 30))
    assert not workhours.is_open(at(dt.date(2026, 11, 22), 9))
    assert workhours.next_opening(at(FRIDAY, 9)) == at(FRIDAY, 9)
    assert workhours.next_opening(at(FRIDAY, 12)) == at(FRIDAY, 13, 30)


def slowly(start, end):
    """Minute by minute."""
    counted = 0
    while start < end:
        hour = start.astimezone(VIETNAM).time()
        inside = any(first <= hour < last for first, last in workhours.OFFICE)
        counted += is_workday(day_of(start)) and inside
        start += dt.timedelta(minutes=1)
    return counted


moments = st.integers(0, 365 * 24 * 60).map(
    lambda minutes: at(dt.date(2026, 1, 1), 0) + dt.timedelta(minutes=minutes)
)


@given(moments, st.integers(0, 6 * 24 * 60))
@settings(max_examples=times(40), deadline=None)
def test_working_minutes_are_those_that_one_would_count(start, minutes):
    end = start + dt.timedelta(minutes=minutes)

    assert workhours.between(start, end) == slowly(start, end)


@given(moments, st.integers(0, 20 * A_DAY))
@settings(max_examples=times(100), deadline=None)
def test_what_was_added_is_what_lies_between(start, minutes):
    assert workhours.between(start, workhours.after(start, minutes)) == minutes
