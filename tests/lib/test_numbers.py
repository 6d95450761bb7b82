import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa.lib import numbers
from tests.lib.vectors import VECTORS

COUNTS = st.integers(0, numbers.LARGEST)
WHOLE_NUMBERS = st.integers(numbers.SMALLEST, numbers.LARGEST)


@pytest.mark.parametrize(("text", "number"), VECTORS["read"])
def test_a_count_is_read_as_a_vietnamese_reader_means_it(text, number):
    assert numbers.read(text) == int(number)
    assert numbers.read_cell(text) == int(number)


@pytest.mark.parametrize(("text", "whole"), VECTORS["read_unclear"])
def test_an_unclear_count_is_asked_about_with_what_it_may_mean(text, whole):
    with pytest.raises(numbers.UnclearNumberError) as asked:
        numbers.read(text)

    assert asked.value.whole == int(whole)
    assert f"thì ghi {whole}" in asked.value.vi
    assert f"write {whole}" in asked.value.en


@pytest.mark.parametrize("text", VECTORS["read_refused"])
def test_what_is_no_count_is_refused(text):
    with pytest.raises(numbers.NotANumberError):
        numbers.read(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("12,5", "không phải số nguyên"),
        ("1.103,5", "không phải số nguyên"),
        ("1.10", "không phải số nguyên"),
        ("1.103.20", "tách nhóm chưa đúng"),
        ("1.1034", "tách nhóm chưa đúng"),
        ("-5", "Số đếm không mang dấu"),
        ("−5", "Số đếm không mang dấu"),
        ("năm", "không phải số"),
        ("１２", "chữ số 0–9"),
        ("9223372036854775808", "quá lớn"),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_do(text, why):
    with pytest.raises(numbers.NotANumberError) as refused:
        numbers.read(text)

    assert why in refused.value.vi
    assert f"“{text}”" in refused.value.vi
    assert f"“{text}”" in refused.value.en


def test_a_refusal_quotes_no_more_than_a_line_and_no_control_characters():
    with pytest.raises(numbers.NotANumberError) as refused:
        numbers.read("a\x00\u202e" + "b" * 10_000)

    assert "“a  bbb" in refused.value.vi
    assert "bbb…”" in refused.value.vi
    assert len(refused.value.vi) < 40 + 100


def test_a_quotation_is_cut_at_forty_signs():
    with pytest.raises(numbers.NotANumberError) as whole:
        numbers.read("b" * 40)
    with pytest.raises(numbers.NotANumberError) as cut:
        numbers.read("b" * 41)

    assert f"“{'b' * 40}”" in whole.value.vi
    assert f"“{'b' * 39}…”" in cut.value.vi


def test_thousands_of_digits_are_refused_and_not_converted():
    with pytest.raises(numbers.NumberTooLargeError):
        numbers.read("9" * 5000)


@pytest.mark.parametrize(("text", "places", "scaled"), VECTORS["read_decimal"])
def test_a_comma_is_the_decimal_mark_where_decimals_are_allowed(text, places, scaled):
    assert numbers.read_decimal(text, places) == int(scaled)


@pytest.mark.parametrize(("text", "places", "whole"), VECTORS["read_decimal_unclear"])
def test_three_decimals_where_fewer_are_allowed_are_asked_about(text, places, whole):
    with pytest.raises(numbers.UnclearNumberError) as asked:
        numbers.read_decimal(text, places)

    assert asked.value.whole == int(whole)


@pytest.mark.parametrize(("text", "places"), VECTORS["read_decimal_refused"])
def test_what_is_no_decimal_number_is_refused(text, places):
    with pytest.raises(numbers.NotANumberError):
        numbers.read_decimal(text, places)


def test_a_sign_is_refused_by_name_where_decimals_are_allowed():
    with pytest.raises(numbers.NotANumberError, match="Số đếm không mang dấu"):
        numbers.read_decimal("-12,5", 1)


def test_an_english_decimal_is_refused_with_the_right_way_to_write_it():
    with pytest.raises(numbers.NotANumberError) as refused:
        numbers.read_decimal("12.5", 1)

    assert "sau dấu phẩy, nhiều nhất 1 chữ số, ví dụ 12,5" in refused.value.vi


@pytest.mark.parametrize("empty", [None, "", " ", "\u00a0", "\n"])
def test_an_emptied_box_is_no_value(empty):
    assert numbers.read_cell(empty) is None


@pytest.mark.parametrize(("value", "number"), [(0, 0), (35, 35), (35.0, 35), (0.0, 0), (-0.0, 0)])
def test_a_whole_cell_is_a_count(value, number):
    got = numbers.read_cell(value)

    assert got == number
    assert type(got) is int


@pytest.mark.parametrize(
    ("value", "whole"), [(1.103, 1103), (35.992, 35992), (0.125, 125), (1103.204, 1103204)]
)
def test_a_cell_with_exactly_three_decimals_is_asked_about(value, whole):
    with pytest.raises(numbers.UnclearNumberError) as asked:
        numbers.read_cell(value)

    assert asked.value.whole == whole


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        1.1034,
        1e-7,
        -3,
        -3.0,
        -1.103,
        float("nan"),
        float("inf"),
        float("-inf"),
        True,
        False,
        2**63,
        float(2**53),
        1e300,
        dt.date(2024, 1, 10),
        b"35",
        "1.10",
        "NaN",
    ],
)
def test_a_cell_that_is_no_count_is_refused(value):
    with pytest.raises(numbers.NotANumberError):
        numbers.read_cell(value)


def test_the_largest_whole_numbers_a_cell_may_hold():
    assert numbers.read_cell(2**63 - 1) == numbers.LARGEST
    assert numbers.read_cell(float(2**53 - 1)) == 2**53 - 1


@pytest.mark.parametrize(("number", "lang", "shown"), VECTORS["show"])
def test_dots_group_thousands_in_vietnamese_and_commas_in_english(number, lang, shown):
    assert numbers.show(int(number), lang) == shown


def test_another_language_gets_the_vietnamese_marks():
    assert numbers.show(1103, "fr") == "1.103"
    assert numbers.show(1103, "en-gb") == "1,103"


@pytest.mark.parametrize(("top", "bottom", "places", "scaled"), VECTORS["divide"])
def test_a_half_is_rounded_away_from_zero(top, bottom, places, scaled):
    assert numbers.divide(int(top), int(bottom), places) == int(scaled)


def test_nothing_is_divided_by_zero():
    with pytest.raises(numbers.NothingToDivideByError) as refused:
        numbers.divide(1, 0, 2)

    assert "mẫu số bằng 0" in refused.value.vi
    assert "denominator is 0" in refused.value.en


@pytest.mark.parametrize(("top", "bottom", "places", "lang", "shown"), VECTORS["show_percent"])
def test_a_percentage_is_printed_from_its_two_totals(top, bottom, places, lang, shown):
    assert numbers.show_percent(int(top), int(bottom), places, lang) == shown


@pytest.mark.parametrize(("top", "bottom", "places", "lang", "shown"), VECTORS["show_ratio"])
def test_a_ratio_is_printed_from_its_two_totals(top, bottom, places, lang, shown):
    assert numbers.show_ratio(int(top), int(bottom), places, lang) == shown


def test_a_small_negative_number_keeps_its_sign():
    assert numbers.show_decimal(-5, 2) == "-0,05"


@given(COUNTS)
def test_what_is_shown_is_read_back(number):
    assert numbers.read(numbers.show(number)) == number


@given(COUNTS, st.integers(0, 6))
def test_a_decimal_that_is_shown_is_read_back(scaled, places):
    assert numbers.read_decimal(numbers.show_decimal(scaled, places), places) == scaled


@given(st.text())
def test_any_text_is_a_count_of_64_bits_or_a_refusal(text):
    try:
        number = numbers.read(text)
    except numbers.NumberError:
        return

    assert 0 <= number <= numbers.LARGEST
    assert numbers.read(numbers.show(number)) == number


@given(st.text("0123456789.,  \u00a0-", max_size=12))
def test_nothing_is_read_as_another_number_than_its_digits_say(text):
    try:
        number = numbers.read(text)
    except numbers.NumberError:
        return

    assert number == int("".join(sign for sign in text if sign.isdigit()))


@given(WHOLE_NUMBERS, WHOLE_NUMBERS.filter(bool), st.integers(0, 4))
def test_a_quotient_is_never_further_than_half_a_unit_away(top, bottom, places):
    true = Fraction(top, bottom) * 10**places
    got = numbers.divide(top, bottom, places)

    assert abs(true - got) <= Fraction(1, 2)
    if abs(true - got) == Fraction(1, 2):
        assert abs(got) > abs(true)


@given(WHOLE_NUMBERS, WHOLE_NUMBERS.filter(bool), st.integers(0, 4))
def test_a_quotient_changes_its_sign_with_either_number(top, bottom, places):
    there = numbers.divide(top, bottom, places)

    assert numbers.divide(-top, bottom, places) == -there
    assert numbers.divide(top, -bottom, places) == -there
