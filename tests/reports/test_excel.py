"""A5.6, D8 and F19, on the workbook as it is opened again."""

import dataclasses
import io

import openpyxl
import pytest

from lantoa.reports import excel
from tests.reports import drawn, texts

PAYLOADS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(1)",
    "-2+3",
    '=HYPERLINK("http://x")',
    "http://x.example",
    "\t=1",
]


def opened(paper):
    return openpyxl.load_workbook(io.BytesIO(excel.render(paper)))


@pytest.fixture
def book():
    return opened(drawn.paper())


def test_there_is_a_sheet_a_table_and_one_of_sources(book):
    assert book.sheetnames == ["Phụ lục 1", "Phụ lục 2", "Nguồn"]


def test_numbers_are_numbers_with_their_thousands_and_shares_are_shares(book):
    sheet = book["Phụ lục 1"]

    assert (sheet["D6"].value, sheet["D6"].number_format) == (1100, "#,##0")
    assert (sheet["H6"].value, sheet["H6"].number_format) == (0.9916, "0.00%")


def test_codes_are_text_with_their_noughts(book):
    code = book["Phụ lục 1"]["B6"]

    assert (code.value, code.data_type, code.quotePrefix) == ("045", "s", True)


def test_a_value_nobody_gave_is_a_dash_and_not_a_nought(book):
    assert book["Phụ lục 1"]["D7"].value == "–"
    assert book["Phụ lục 1"]["F8"].value == 0


def test_a_sheet_prints_on_a4_as_wide_as_the_page_with_its_heads_repeated_and_frozen(book):
    for sheet in book:
        assert str(sheet.page_setup.paperSize) == "9"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.page_setup.fitToWidth in {1, None}
    assert book["Phụ lục 1"].print_title_rows == "$4:$5"
    assert book["Phụ lục 1"].freeze_panes == "D6"


def test_a_short_table_stands_on_one_page_and_a_long_one_takes_what_it_needs():
    table = drawn.awards()
    long = dataclasses.replace(table, rows=table.rows[:1] * 56)
    book = opened(drawn.paper(tables=(drawn.conferences(), long)))

    heights = [sheet.page_setup.fitToHeight for sheet in book]
    assert heights == [None, 0, 0]  # one page is what a workbook says by saying nothing


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_name_is_never_a_formula_nor_a_link(payload):
    table = drawn.awards()
    rows = (dataclasses.replace(table.rows[0], label=payload, note=payload), *table.rows[1:])
    sheet = opened(drawn.paper(tables=(dataclasses.replace(table, rows=rows),)))["Phụ lục 2"]

    written = [cell for row in sheet.iter_rows() for cell in row if cell.value == payload]

    assert len(written) == 2
    assert all(
        cell.data_type == "s" and cell.quotePrefix and not cell.hyperlink for cell in written
    )


def test_a_number_too_long_for_a_workbook_is_kept_whole_as_text():
    table = drawn.awards()
    row = dataclasses.replace(table.rows[0], cells=(drawn.cell(2**62), drawn.cell(7)))
    sheet = opened(drawn.paper(tables=(dataclasses.replace(table, rows=(row,)),)))["Phụ lục 2"]

    assert sheet["D5"].value == "4.611.686.018.427.387.904"


def test_every_row_that_went_in_comes_out_and_the_sheet_says_how_many():
    table = drawn.awards()
    rows = tuple(dataclasses.replace(table.rows[0], label=f"Xã {number}") for number in range(300))
    book = opened(drawn.paper(tables=(dataclasses.replace(table, rows=rows),)))

    names = [
        row[2].value for row in book["Phụ lục 2"].iter_rows() if str(row[2].value).startswith("Xã ")
    ]
    assert names == [f"Xã {number}" for number in range(300)]
    assert "Phụ lục 2: 300 dòng" in texts.of_excel(
        excel.render(drawn.paper(tables=(dataclasses.replace(table, rows=rows),)))
    )


def test_more_rows_than_a_sheet_holds_are_refused_and_never_cut(monkeypatch):
    monkeypatch.setattr(excel, "LAST_ROW", 5)

    with pytest.raises(excel.LostRowsError, match="nhiều dòng hơn"):
        excel.render(drawn.paper())
