"""A file that leaves the house runs nothing, and holds exactly what was asked for."""

import csv
import io

import pytest

from lantoa.portal.exports import RowsLostError, csv_file, safe

PAYLOADS = [
    "=1+1",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "  =1",
    "\u00a0=cmd|' /C calc'!A0",
    "|x",
    "%x",
]


def read(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_text_that_could_start_a_formula_begins_with_an_apostrophe(payload):
    assert safe(payload) == "'" + payload


@pytest.mark.parametrize("plain", ["Xã Bản Lũng", "1.103", "a=b", "18/01/2024", ""])
def test_an_ordinary_text_stays_as_it_is(plain):
    assert safe(plain) == plain


def test_a_negative_number_stays_a_number():
    assert safe(-35) == -35


def test_an_unknown_value_is_an_empty_cell_and_not_a_zero():
    assert safe(None) == ""


def test_the_file_holds_the_heading_and_the_rows():
    got = read(csv_file("a.csv", ["ten", "so"], [("Xã, phường", 1103), ("=x", None)], count=2))

    assert got == [["ten", "so"], ["Xã, phường", "1103"], ["'=x", ""]]


@pytest.mark.parametrize("promised", [0, 2])
def test_more_or_fewer_rows_than_promised_break_the_transfer_off(promised):
    with pytest.raises(RowsLostError):
        read(csv_file("a.csv", ["so"], [(1,)], count=promised))


def test_the_file_cannot_be_taken_for_a_page():
    response = csv_file("a.csv", ["so"], [], count=0)

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == 'attachment; filename="a.csv"'
