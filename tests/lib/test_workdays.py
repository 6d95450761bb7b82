"""Working days: weekends, days off, Saturdays worked in exchange, and years that nobody has decided yet."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa.lib import workdays


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2026-09-30", 1, "2026-10-01"),
        ("2026-10-02", 1, "2026-10-05"),  # over a weekend
        ("2026-02-13", 1, "2026-02-23"),  # over Tết Bính Ngọ
        ("2024-12-31", 2, "2025-01-03"),  # New Year's Day
        ("2026-08-28", 1, "2026-09-03"),  # National Day with the exchanged Monday
        ("2026-08-21", 1, "2026-08-22"),  # the Saturday worked for it
        ("2023-04-28", 1, "2023-05-04"),  # the Kings' day and two days on a weekend, made good
        ("2026-11-23", 1, "2026-11-25"),
        ("2026-11-23", 0, "2026-11-23"),
    ],
)
def test_the_nth_working_day_after_a_day(start, count, due):
    assert workdays.after(day(start), count) == (day(due), ())


def test_a_year_that_is_not_decided_is_said_to_be_unknown():
    due = workdays.after(day("2026-12-31"), 2)

    assert due.unknown_years == (2027,)
    assert due.day == day(
        "2027-01-05"
    )  # 1 January is off by law in any year; 2 and 3 are a weekend


def test_eleven_days_a_year_are_off_and_from_2026_the_day_of_culture_too_each_on_a_weekday_or_made_good():
    for year in workdays.known_years():
        off = {d for d, row in workdays.holidays().items() if row.is_off and d.year == year}
        exchanged = [
            d for d, row in workdays.holidays().items() if not row.is_off and d.year == year
        ]
        off |= {dt.date(year, *fixed) for fixed in workdays.FIXED}
        on_weekdays = [d for d in off if d.weekday() < workdays.SATURDAY]

        assert len(on_weekdays) - len(exchanged) == 11 + (year >= 2026), year


def test_every_row_says_its_source_and_differs_from_its_weekday():
    for row in workdays.holidays().values():
        assert row.name
        assert row.source
        assert row.is_off == (row.day.weekday() < workdays.SATURDAY)


@given(st.dates(day("2023-01-01"), day("2026-11-01")), st.integers(0, 30))
def test_counting_is_stepping_one_working_day_at_a_time(start, count):
    slow = start
    for _ in range(count):
        slow += workdays.A_DAY
        while not workdays.is_workday(slow):
            slow += workdays.A_DAY

    assert workdays.after(start, count).day == slow


def test_nobody_counts_backward():
    with pytest.raises(ValueError, match="forward"):
        workdays.after(day("2026-01-01"), -1)
