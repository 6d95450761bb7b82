"""Rows of a file as people save them: every way a spreadsheet writes CSV, and a sentence for what is none."""

import codecs
import unicodedata

import pytest

from lantoa.lib import rows, text

NEEDED = ("ma", "ten")


def read(content, needed=NEEDED):
    if isinstance(content, str):
        content = content.encode()
    known = {"ma", "ten", "cap-tren"}
    return rows.read_csv(
        content,
        name_of=lambda said: slug if (slug := text.slug(said)) in known else None,
        needed=needed,
    )


def cells(table):
    return [(row.line, *row.cells.values()) for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_way_a_spreadsheet_writes_csv_is_read(encoding, delimiter):
    content = f"Mã{delimiter}Tên\r\n01273{delimiter}Phường Thục Phán\r\n".encode(encoding)

    table = read(content)

    assert cells(table) == [(2, "01273", "Phường Thục Phán")]
    assert table.delimiter == delimiter
    assert table.headings == {"ma": "Mã", "ten": "Tên"}


def test_big_endian_files_of_old_macs_are_read():
    assert cells(read(codecs.BOM_UTF16_BE + "mã,tên\n1,A\n".encode("utf-16-be"))) == [(2, "1", "A")]


def test_a_quoted_cell_may_run_over_lines_and_empty_rows_are_passed_over():
    table = read('mã,tên\n\n1,"A;\nB"\n,\n2,C\n')

    assert cells(table) == [(3, "1", "A;\nB"), (6, "2", "C")]


def test_cells_are_trimmed_of_every_kind_of_space_and_composed():
    typed = unicodedata.normalize("NFD", "mã,tên\n\u00a01 ,\u202fHạ Lang \n")

    assert cells(read(typed)) == [(2, "1", "Hạ Lang")]


def test_marks_apart_from_their_letters_are_said_once_with_how_many_lines():
    apart = unicodedata.normalize("NFD", "1,Hạ Lang\n2,Hà Quảng\n")

    (note,) = read("mã,tên\n" + apart).notes

    assert note.line == 2
    assert "Từ đây có 2 dòng gõ dấu rời khỏi chữ" in note.vi
    assert "From here on 2 lines have marks apart from their letters" in note.en
    assert read("mã,tên\n1,Hạ Lang\n").notes == []


def test_a_short_row_has_empty_cells_and_a_long_one_is_told():
    table = read("mã,tên\n1\n2,B,thừa\n")

    assert cells(table) == [(2, "1", ""), (3, "2", "B")]
    (problem,) = table.problems
    assert (problem.line, problem.column) == (3, "")
    assert "Dòng có 3 ô mà chỉ có 2 cột" in problem.vi
    assert "The row has 3 cells for 2 columns" in problem.en


def test_a_heading_that_means_nothing_is_told_and_not_passed_over():
    (problem,) = read("mã,tên,ghi chú\n1,A,x\n").problems

    assert (problem.line, problem.column) == (1, "ghi chú")
    assert "Không có cột nào tên “ghi chú”. Hãy sửa tên cột, hoặc bỏ cột này." in problem.vi
    assert "There is no column “ghi chú”. Mend its name, or take the column out." in problem.en


@pytest.mark.parametrize(
    ("content", "vi", "en"),
    [
        ("", "Tệp không có dòng nào. Dòng đầu phải ghi tên các cột.", "The file has no rows."),
        ("mã\n1\n", "Thiếu cột “ten”. Dòng đầu phải ghi tên các cột.", "The column “ten” is missing."),
        ("mã,tên,MÃ\n", "Cột “MÃ” có hai lần. Hãy bỏ một cột.", "The column “MÃ” is there twice."),
        ('mã,tên\n1,A\n2,"B\n', "Dòng 3: dấu nháy kép không đóng", "Line 3: a quotation mark is left open"),
        (
            "ma,ten\n1,B¶o Th¾ng\n".encode("cp1252"),
            "Dòng 2 không phải chữ Unicode (có thể là TCVN3, VNI hoặc mã cũ). Hãy mở bằng bảng tính rồi lưu",
            "Line 2 is not Unicode",
        ),
        (b"PK\x03\x04\x00\x00", "Tệp này không phải tệp chữ.", "This is not a text file."),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(content, vi, en):
    with pytest.raises(rows.UnreadableFileError) as refused:
        read(content)

    assert vi in refused.value.vi
    assert en in refused.value.en
