import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa.lib import dates
from tests.lib.vectors import VECTORS

DAYS = st.dates(dt.date(dates.FIRST_YEAR, 1, 1), dt.date(dates.LAST_YEAR, 12, 31))


@pytest.mark.parametrize(("text", "day"), VECTORS["read_day"])
def test_the_day_comes_before_the_month(text, day):
    assert dates.read_day(text) == dt.date.fromisoformat(day)


@pytest.mark.parametrize("text", VECTORS["read_day_refused"])
def test_what_is_no_day_is_refused_in_two_languages(text):
    with pytest.raises(dates.DayError) as refused:
        dates.read_day(text)

    assert f"“{text}”" in refused.value.vi
    assert f"“{text}”" in refused.value.en


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("01/18/2024", "Ghi ngày trước, tháng sau, ví dụ 18/01/2024"),
        ("29/02/2023", "không có trong lịch"),
        ("18/14/2024", "không có trong lịch"),
        ("hôm nay", "Ghi ngày, tháng, năm, ví dụ 18/01/2024"),
    ],
)
def test_a_refused_day_says_what_to_write(text, why):
    with pytest.raises(dates.DayError) as refused:
        dates.read_day(text)

    assert why in refused.value.vi


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (None, None),
        ("  ", None),
        ("18/01/2024", dt.date(2024, 1, 18)),
        (dt.date(2024, 1, 18), dt.date(2024, 1, 18)),
        (dt.datetime(2024, 1, 18, 9, 36), dt.date(2024, 1, 18)),  # noqa: DTZ001 cells have no zone
    ],
)
def test_a_cell_is_a_day_or_no_value(value, day):
    assert dates.read_day_cell(value) == day


def test_a_number_in_a_cell_is_no_day():
    with pytest.raises(dates.DayError):
        dates.read_day_cell(45309)


@pytest.mark.parametrize(("day", "lang", "shown"), VECTORS["show_long"])
def test_a_document_has_a_zero_before_small_days_and_the_first_two_months(day, lang, shown):
    assert dates.show_long(dt.date.fromisoformat(day), lang) == shown


@pytest.mark.parametrize(("day", "lang", "name"), VECTORS["weekday"])
def test_the_week_starts_on_thu_hai(day, lang, name):
    assert dates.weekday(dt.date.fromisoformat(day), lang) == name


def test_quarters_are_numbered_the_roman_way():
    assert [dates.roman_quarter(quarter) for quarter in (1, 2, 3, 4)] == ["I", "II", "III", "IV"]


def test_a_day_ends_at_midnight_in_vietnam():
    before = dt.datetime(2024, 1, 14, 16, 59, 59, tzinfo=dt.UTC)

    assert dates.day_of(before) == dt.date(2024, 1, 14)
    assert dates.day_of(before + dt.timedelta(seconds=1)) == dt.date(2024, 1, 15)


def test_a_moment_is_printed_by_the_24_hour_clock_of_vietnam():
    moment = dt.datetime(2024, 1, 18, 2, 36, tzinfo=dt.UTC)

    assert dates.show_moment(moment) == "09:36 ngày 18/01/2024"
    assert dates.show_moment(moment, "en") == "09:36, 18/01/2024"
    assert dates.show_moment(moment + dt.timedelta(hours=15)) == "00:36 ngày 19/01/2024"


def test_a_moment_without_a_zone_falls_on_no_day():
    with pytest.raises(ValueError, match="without a zone"):
        dates.day_of(dt.datetime(2024, 1, 18, 9, 36))  # noqa: DTZ001 what is refused


@given(DAYS)
def test_a_shown_day_is_read_back(day):
    assert dates.read_day(dates.show_day(day)) == day
    assert dates.read_day(dates.show_long(day)) == day
    assert dates.read_day(day.isoformat()) == day


@given(st.text("0123456789/-. ", max_size=11) | st.text())
def test_any_text_is_a_day_or_a_sentence(text):
    try:
        day = dates.read_day(text)
    except dates.DayError:
        return

    assert dates.FIRST_YEAR <= day.year <= dates.LAST_YEAR
