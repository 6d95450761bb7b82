"""Number and symbol of a document: as it is written, and as it is printed again."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa.lib import symbols
from lantoa.lib.dates import DayError
from lantoa.lib.symbols import MARKS, PARTY, STATE, SymbolError


@pytest.mark.parametrize(
    ("typed", "code", "style", "kinds", "issuer"),
    [
        ("05-CT/TW", "05-CT/TW", PARTY, ("instruction",), "TW"),
        ("Số 12-BC/ĐU", "12-BC/ĐU", PARTY, ("report",), "ĐU"),
        ("298-QĐ/TW", "298-QĐ/TW", PARTY, ("decision", "regulation"), "TW"),
        ("36-HD/VPTW", "36-HD/VPTW", PARTY, ("guidance",), "VPTW"),
        ("12-NQ/ThU", "12-NQ/ThU", PARTY, ("resolution",), "ThU"),
        ("15/QĐ-UBND", "15/QĐ-UBND", STATE, ("decision", "regulation"), "UBND"),
        ("Số: 5/KH-UBND", "05/KH-UBND", STATE, ("plan",), "UBND"),
        ("12/UBND-VX", "12/UBND-VX", STATE, ("letter",), "UBND-VX"),
        ("30/2020/NĐ-CP", "30/2020/NĐ-CP", STATE, ("decree",), "CP"),
        ("19/2025/QĐ-TTg", "19/2025/QĐ-TTg", STATE, ("decision", "regulation"), "TTg"),
        ("1657/NQ-UBTVQH15", "1657/NQ-UBTVQH15", STATE, ("resolution",), "UBTVQH15"),
        ("91/2025/QH15", "91/2025/QH15", STATE, ("law",), "QH15"),
    ],
)
def test_a_symbol_is_read_and_printed_as_its_issuer_writes_it(typed, code, style, kinds, issuer):
    cited = symbols.read_cited(typed)

    read = cited.symbol
    assert (read.code, read.style, read.kinds, read.issuer) == (code, style, kinds, issuer)


@pytest.mark.parametrize(
    "typed",
    [
        "5 - ct / tw",
        "05–CT/TW",
        "005-CT/TW",
        " 05-CT/TW. ",
        unicodedata.normalize("NFD", "5-CT/TW"),
    ],
)
def test_spaces_dashes_zeros_and_case_are_immaterial(typed):
    assert symbols.read(typed).code == "05-CT/TW"


def test_small_letters_stay_where_they_belong():
    assert symbols.read("19/2025/qđ-ttg").code == "19/2025/QĐ-TTg"
    assert symbols.read("3-ctr/tu").code == "03-CTr/TU"


def test_a_citation_says_kind_and_day():
    cited = symbols.read_cited("Chỉ thị số 05-CT/TW, ngày 15/5/2016")
    long = symbols.read_cited("Quy định số 298-QĐ/TW ngày 09 tháng 6 năm 2025")

    assert (cited.kind, cited.date) == ("instruction", dt.date(2016, 5, 15))
    assert (long.kind, long.date) == ("regulation", dt.date(2025, 6, 9))


def test_a_symbol_that_may_be_of_two_kinds_says_neither():
    assert symbols.read_cited("66-QĐ/TW").kind == ""


@pytest.mark.parametrize(
    "typed",
    [
        "", "05", "CT/TW", "05/CT/TW", "15-QĐ-UBND", "12a/KH-UBND", "00-CT/TW", "123456-CT/TW", "05-XY/TW",
        "15/QĐ", "15/UBND", "30/1020/NĐ-CP", "05-CT/", "05_CT/TW", "٥-CT/TW", "9" * 5000 + "-CT/TW",
    ],
)  # fmt: skip
def test_what_is_no_symbol_is_refused_with_how_one_is_written(typed):
    with pytest.raises(SymbolError) as refused:
        symbols.read(typed)

    assert len(refused.value.vi) < 400
    assert refused.value.en


def test_a_kind_that_the_symbol_contradicts_is_refused():
    with pytest.raises(SymbolError, match="không phải số của nghị quyết"):
        symbols.read_cited("Nghị quyết số 05-CT/TW")


def test_a_day_that_is_none_is_refused():
    with pytest.raises(DayError):
        symbols.read_cited("Chỉ thị số 05-CT/TW, ngày 31/02/2016")


@given(
    st.integers(1, symbols.LARGEST_NUMBER),
    st.sampled_from(sorted(MARKS)),
    st.sampled_from(["TW", "TU", "ĐU", "UBND", "HĐND", "BTGDVTU"]),
    st.sampled_from(["-", "/"]),
)
def test_what_is_printed_is_read_as_the_same(number, mark, issuer, first):
    second = "/" if first == "-" else "-"
    read = symbols.read(f"{number}{first}{mark}{second}{issuer}")

    assert symbols.read(read.code) == read
    assert (read.number, read.mark, read.issuer) == (number, mark, issuer)
