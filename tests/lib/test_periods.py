import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa.lib import periods
from lantoa.lib.periods import period, period_on
from tests.lib.vectors import VECTORS

RULES = st.sampled_from(periods.RULES)
GRAINS = st.sampled_from(periods.GRAINS)
DAYS = st.dates(dt.date(1910, 1, 1), dt.date(2200, 12, 31))
ENDINGS = [
    "",
    "-H1",
    "-H2",
    "-9M",
    *(f"-Q{n}" for n in range(1, 5)),
    *(f"-{n:02}" for n in range(1, 13)),
]
CODES = st.builds("{}{}".format, st.integers(1910, 2200), st.sampled_from(ENDINGS))


@pytest.mark.parametrize(("code", "rule", "first", "last", "vi", "en"), VECTORS["period"])
def test_a_code_is_a_span_of_days_with_a_name(code, rule, first, last, vi, en):
    got = period(code, rule)

    assert got.start == dt.date.fromisoformat(first)
    assert got.last_day == dt.date.fromisoformat(last)
    assert got.end == dt.date.fromisoformat(last) + dt.timedelta(days=1)
    assert (got.name(), got.name("vi"), got.name("en")) == (vi, vi, en)


@pytest.mark.parametrize("code", VECTORS["period_refused"])
def test_what_is_no_code_is_refused_in_two_languages(code):
    with pytest.raises(periods.PeriodError) as refused:
        period(code)

    assert "Ghi như 2023, 2023-H1, 2023-9M, 2023-Q4 hoặc 2023-01" in refused.value.vi
    assert "Write 2023" in refused.value.en


def test_only_two_rules_are_known():
    with pytest.raises(periods.PeriodError, match="cách chốt kỳ “lunar”"):
        period("2023", "lunar")


def test_by_decree_09_the_month_ends_on_its_14th():
    january = period("2024-01", "nd09")

    assert january.contains(dt.date(2024, 1, 14))
    assert not january.contains(dt.date(2024, 1, 15))
    assert january.contains(dt.date(2023, 12, 15))
    assert not january.contains(dt.date(2023, 12, 14))


def test_a_period_prints_its_first_and_last_day():
    assert period("2024-01", "nd09").span() == "15/12/2023–14/01/2024"


@pytest.mark.parametrize(
    ("code", "previous", "year_before"),
    [
        ("2024-01", "2023-12", "2023-01"),
        ("2024-05", "2024-04", "2023-05"),
        ("2024-Q1", "2023-Q4", "2023-Q1"),
        ("2024-Q3", "2024-Q2", "2023-Q3"),
        ("2024-H1", "2023-H2", "2023-H1"),
        ("2024-H2", "2024-H1", "2023-H2"),
        ("2024-9M", "2023-9M", "2023-9M"),
        ("2024", "2023", "2023"),
    ],
)
@pytest.mark.parametrize("rule", periods.RULES)
def test_a_period_knows_the_one_before_and_the_one_a_year_before(rule, code, previous, year_before):
    assert period(code, rule).previous() == period(previous, rule)
    assert period(code, rule).year_before() == period(year_before, rule)


def test_nothing_comes_before_the_first_year():
    with pytest.raises(periods.PeriodError):
        period("1900-01").previous()
    with pytest.raises(periods.PeriodError):
        period("1900").year_before()


def test_by_decree_09_a_quarter_is_made_of_its_own_months():
    months = period("2023-Q4", "nd09").months()

    assert [month.code for month in months] == ["2023-10", "2023-11", "2023-12"]
    assert months[0].start == dt.date(2023, 9, 15)
    assert months[-1].last_day == dt.date(2023, 12, 14)


@pytest.mark.parametrize(
    ("day", "rule", "codes"),
    [
        ("2024-01-14", "nd09", ["2024-01", "2024-Q1", "2024-H1", "2024-9M", "2024"]),
        ("2023-12-15", "nd09", ["2024-01", "2024-Q1", "2024-H1", "2024-9M", "2024"]),
        ("2024-06-15", "nd09", ["2024-07", "2024-Q3", "2024-H2", "2024-9M", "2024"]),
        ("2023-12-15", "calendar", ["2023-12", "2023-Q4", "2023-H2", None, "2023"]),
        ("2024-01-15", "calendar", ["2024-01", "2024-Q1", "2024-H1", "2024-9M", "2024"]),
    ],
)
def test_a_day_falls_in_one_period_of_each_grain(day, rule, codes):
    for grain, code in zip(periods.GRAINS, codes, strict=True):
        if code:
            assert period_on(dt.date.fromisoformat(day), grain, rule).code == code


@pytest.mark.parametrize(("day", "rule"), [("2023-10-01", "calendar"), ("2023-09-15", "nd09")])
def test_a_day_of_the_last_three_months_is_in_no_nine_months(day, rule):
    with pytest.raises(periods.PeriodError, match="không thuộc kỳ 9 tháng nào"):
        period_on(dt.date.fromisoformat(day), "nine", rule)


def test_only_five_grains_are_known():
    with pytest.raises(periods.PeriodError, match="loại kỳ “week”"):
        period_on(dt.date(2024, 1, 18), "week")


@given(CODES, RULES)
def test_months_tile_the_period(code, rule):
    whole = period(code, rule)
    months = whole.months()

    assert (months[0].start, months[-1].end) == (whole.start, whole.end)
    assert all(one.end == next_.start for one, next_ in pairwise(months))
    assert all(month.grain == "month" and month.rule == rule for month in months)


@given(CODES, RULES)
def test_the_period_before_ends_where_this_one_starts(code, rule):
    this = period(code, rule)

    before = this.previous()

    assert before.grain == this.grain
    if this.grain != "nine":
        assert before.end == this.start


@given(DAYS, GRAINS, RULES)
def test_the_period_on_a_day_contains_it_and_the_one_before_does_not(day, grain, rule):
    try:
        found = period_on(day, grain, rule)
    except periods.PeriodError:
        assert grain == "nine"
        return

    assert found.grain == grain
    assert found.contains(day)
    assert not found.previous().contains(day)


@given(CODES, RULES, st.integers(0, 400))
def test_a_day_of_a_period_finds_it_again(code, rule, later):
    whole = period(code, rule)
    day = whole.start + dt.timedelta(days=later % (whole.end - whole.start).days)

    assert period_on(day, whole.grain, rule) == whole
