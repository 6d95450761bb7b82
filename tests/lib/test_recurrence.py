"""Days that recur: the first Monday, the fifth of a month, the quarter's end."""

import datetime as dt

import pytest

from lantoa.lib import recurrence

YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def days(rule, start=YEAR[0], first=YEAR[0], last=YEAR[1]):
    return recurrence.days(rule, start=start, first=first, last=last)


def test_the_first_monday_of_each_month():
    found = days("FREQ=MONTHLY;BYDAY=1MO")

    assert len(found) == 12
    assert {day.weekday() for day in found} == {0}
    assert all(day.day <= 7 for day in found)


def test_no_day_comes_before_the_start_and_both_ends_count():
    start, last = dt.date(2026, 3, 5), dt.date(2026, 5, 5)

    found = days("FREQ=MONTHLY;BYMONTHDAY=5", start=start, last=last)

    assert found == [start, dt.date(2026, 4, 5), last]


def test_the_last_day_of_each_quarter():
    found = days("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1")

    assert [(day.month, day.day) for day in found] == [(3, 31), (6, 30), (9, 30), (12, 31)]


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "thứ Hai",
        "FREQ=SECONDLY",
        "FREQ=MONTHLY;COUNT=3",
        "FREQ=MONTHLY;BYDAY=1XX",
        "FREQ=MONTHLY;X=1",
    ],
)
def test_what_is_no_rule_says_how_one_looks(rule):
    with pytest.raises(recurrence.RuleError) as refused:
        days(rule)

    assert "FREQ=MONTHLY;BYDAY=1MO" in refused.value.vi
    assert "FREQ=MONTHLY;BYDAY=1MO" in refused.value.en
