"""A file of activities: every bad cell is told at once, and nothing is loaded that was not asked for."""

import datetime as dt
import unicodedata
import uuid

import pytest
from django.core.management import CommandError, call_command

from lantoa.lib.rows import UnreadableFileError
from lantoa.orgs.models import Unit, UnitName
from lantoa.work import load
from lantoa.work.models import Activity
from tests import make
from tests.work.conftest import DAY, told

HEADING = "Mã đơn vị;Hình thức;Ngày;Nội dung;luot-nguoi;dang-vien-tham-gia\n"
NUMBER = "6f1c1a52-7c41-4f0e-8d1c-0a5b2c3d4e5f"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def commune(conference):
    return make.unit("Xã Cô Ba", code="01324")


def read(body, heading=HEADING):
    content = heading + body if isinstance(body, str) else body
    return load.read(content.encode() if isinstance(content, str) else content, at=make.NOON)


def problems(body, heading=HEADING):
    return [(each.line, each.column, each.vi, each.en) for each in read(body, heading).problems]


def test_a_good_file_is_loaded(commune):
    reading = read("01324;hoi-nghi;01/03/2023;Học tập;1.103;12\n01324;hoi-nghi;1/3/23;;5;\n")

    load.load(reading=reading, by=make.clerk(), at=make.NOON)

    assert reading.problems == []
    assert reading.lines == [2, 3]
    assert told() == {
        ("hoi-nghi", commune.pk, DAY): 1 + 1,
        ("luot-nguoi", commune.pk, DAY): 1103 + 5,
        ("dang-vien-tham-gia", commune.pk, DAY): 12,
    }


def test_reading_writes_nothing():
    read("01324;hoi-nghi;01/03/2023;;5;\n")

    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("row", "column", "vi", "en"),
    [
        (
            "99999;hoi-nghi;01/03/2023;;5;",
            "Mã đơn vị",
            "Không có đơn vị nào mang mã “99999”",
            "No unit",
        ),
        ("1324;hoi-nghi;01/03/2023;;5;", "Mã đơn vị", "số 0 ở đầu", "leading zeros"),
        (";hoi-nghi;01/03/2023;;5;", "Mã đơn vị", "Không có đơn vị", "No unit"),
        (
            "01324;lễ hội;01/03/2023;;5;",
            "Hình thức",
            "Không có hình thức “lễ hội”",
            "There is no form",
        ),
        ("01324;hoi-nghi;03/18/2023;;5;", "Ngày", "không có tháng 18", "no month 18"),
        ("01324;hoi-nghi;31/02/2023;;5;", "Ngày", "không có trong lịch", "not in the calendar"),
        ("01324;hoi-nghi;;;5;", "Ngày", "ngày", "day"),
        ("01324;hoi-nghi;24/11/2026;;5;", "Ngày", "chưa tới", "in the future"),
        ("01324;hoi-nghi;01/03/2023;;-5;", "luot-nguoi", "dấu cộng hoặc trừ", "sign"),
        ("01324;hoi-nghi;01/03/2023;;12,5;", "luot-nguoi", "không phải số nguyên", "whole number"),
        ("01324;hoi-nghi;01/03/2023;;1.10;", "luot-nguoi", "không phải số nguyên", "whole number"),
        ("01324;hoi-nghi;01/03/2023;;1,103;", "luot-nguoi", "chưa rõ là 1.103", "may be 1,103"),
        ("01324;hoi-nghi;01/03/2023;;năm;", "luot-nguoi", "không phải số", "not a number"),
        ("01324;hoi-nghi;01/03/2023;;1_000;", "luot-nguoi", "không phải số", "not a number"),
        ("01324;hoi-nghi;01/03/2023;;;", "luot-nguoi", "Chưa ghi", "missing"),
        ("01324;hoi-nghi;01/03/2023;;5;6", "dang-vien-tham-gia", "nhiều hơn", "more than"),
        ("01324;hoi-nghi;01/03/2023;;9223372036854775808;", "luot-nguoi", "quá lớn", "too large"),
        ("01324;hoi-nghi;01/03/2023;;1000000000000001;", "luot-nguoi", "quá lớn", "too large"),
        (
            "01324;hoi-nghi;01/03/2019;;5;",
            "Mã đơn vị",
            "không có đơn vị nào mang mã",
            "no unit had",
        ),
        (f"01324;hoi-nghi;01/03/2023;{'x' * 301};5;", "Nội dung", "300 ký tự", "300 characters"),
        ("01324;hoi-nghi;01/03/2023;;5;;7", "", "7 ô", "7 cells"),
    ],
)
def test_a_bad_cell_is_told_with_its_line_column_and_reason(row, column, vi, en):
    found = problems("01324;hoi-nghi;01/03/2023;;5;\n" + row + "\n")

    assert [(line, where) for line, where, *_ in found] == [(3, column)]
    assert vi in found[0][2]
    assert en in found[0][3]


def test_every_bad_cell_is_told_at_once():
    found = problems(
        "99;hop;31/02/2023;;-1;x\n01324;hoi-nghi;01/03/2023;;5;\n;;;;;\n98;hop;1/1/2023;;1;\n"
    )

    assert [(line, where) for line, where, *_ in found] == [
        (2, "Hình thức"),
        (2, "Ngày"),
        (2, "Mã đơn vị"),
        (2, "luot-nguoi"),
        (2, "dang-vien-tham-gia"),
        (5, "Hình thức"),
        (5, "Mã đơn vị"),
    ]


def test_the_good_rows_are_those_without_a_problem():
    reading = read("99;hop;31/02/2023;;-1;x\n01324;hoi-nghi;01/03/2023;;5;\n")

    assert reading.lines == [3]


def test_a_code_names_a_unit_only_together_with_a_day(commune):
    """All 56 communes of 2025 reuse a code of 2024."""
    reform = dt.date(2025, 7, 1)
    UnitName.objects.filter(unit=commune).update(end_date=reform)
    Unit.objects.filter(pk=commune.pk).update(closed_date=reform)
    after = make.unit("Xã Cô Ba (mới)", code="01324", start=reform)

    reading = read("01324;hoi-nghi;30/06/2025;;1;\n01324;hoi-nghi;01/07/2025;;2;\n")

    assert [draft.unit for draft in reading.drafts] == [commune, after]


def test_a_unit_closed_on_that_day_is_told_with_its_life(commune):
    Unit.objects.filter(pk=commune.pk).update(closed_date=dt.date(2025, 7, 1))

    ((line, column, vi, en),) = problems("01324;hoi-nghi;01/07/2025;;1;\n")

    assert (line, column) == (2, "Mã đơn vị")
    assert "Xã Cô Ba từ 01/01/2020 đến 30/06/2025" in vi
    assert "from 01/01/2020 to 30/06/2025" in en


def test_decomposed_text_is_composed():
    body = unicodedata.normalize("NFD", "01324;hoi-nghi;01/03/2023;Học tập và làm theo;5;\n")
    heading = unicodedata.normalize("NFD", HEADING)

    reading = read(body, heading)

    assert [draft.title for draft in reading.drafts] == ["Học tập và làm theo"]
    assert reading.problems == []
    assert ["gõ dấu rời khỏi chữ" in note.vi for note in reading.notes] == [True]


@pytest.mark.parametrize("mark", [",", "\t"])
@pytest.mark.parametrize("typed", ["1.103", "12.500"])
def test_a_float_of_an_english_spreadsheet_is_asked_about_and_never_guessed(typed, mark):
    heading = HEADING.replace(";", mark)

    def told(cell):
        return problems(f"01324;hoi-nghi;01/03/2023;;{cell};\n".replace(";", mark), heading)

    ((line, column, vi, en),) = told(typed)
    assert (line, column) == (2, "luot-nguoi")
    assert f"“{typed}” chưa rõ" in vi
    assert "fraction" in en
    assert told('"1,103"')
    assert told("1103.0")
    assert told("1.103.000") == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_spreadsheets_write_is_read(encoding, mark, end):
    body = HEADING + "01324;hoi-nghi;01/03/2023;Học tập;5;\n"
    content = body.replace(";", mark).replace("\n", end).encode(encoding)

    reading = read(content)

    assert reading.problems == []
    assert reading.drafts[0].title == "Học tập"


def test_lines_are_counted_as_in_the_file():
    found = problems('\n01324;hoi-nghi;01/03/2023;"hai\ndòng";5;\n\n99;hoi-nghi;01/03/2023;;5;\n')

    assert [line for line, *_ in found] == [6]


@pytest.mark.parametrize(
    ("content", "vi", "en"),
    [
        (b"", "không có dòng nào", "no rows"),
        ("Ngày;Hình thức\n".encode(), "Thiếu cột “unit”", "“unit” is missing"),
        (("Ngày;" + HEADING).encode(), "có hai lần", "there twice"),
        (
            HEADING.encode() + "Uû ban".encode("latin-1"),
            "Dòng 2 không phải",
            "Line 2 is not Unicode",
        ),
        (b"PK\x03\x04\x00\x00", "không phải tệp chữ", "not a text file"),
        (HEADING.encode() + b'01324;"hoi-nghi;1\n', "dấu nháy kép", "quotation mark"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content, vi, en):
    with pytest.raises(UnreadableFileError) as caught:
        read(content)

    assert vi in caught.value.vi
    assert en in caught.value.en


def test_a_column_that_means_nothing_is_told_and_not_passed_over():
    heading = HEADING.replace("dang-vien-tham-gia", "dang-vien-tham-gja")

    ((line, column, vi, _),) = problems("01324;hoi-nghi;01/03/2023;;5;6\n", heading)

    assert (line, column) == (1, "dang-vien-tham-gja")
    assert "Không có cột nào tên" in vi


def test_one_number_twice_in_a_file_is_told():
    heading = "uuid;" + HEADING
    row = f"{NUMBER};01324;hoi-nghi;01/03/2023;;5;\n"

    ((line, column, vi, en),) = problems(row + row + "x" + row[36:], heading)[:1]

    assert (line, column) == (3, "uuid")
    assert "dòng 2" in vi
    assert "line 2" in en
    assert [each[0] for each in problems(row + "x" + row[36:], heading)] == [3]


def test_a_number_sent_before_with_other_content_is_told():
    heading = "uuid;" + HEADING
    row = f"{NUMBER};01324;hoi-nghi;01/03/2023;;5;\n"
    load.load(reading=read(row, heading), by=make.clerk(), at=make.NOON)

    assert problems(row, heading) == []
    ((line, _, vi, _),) = problems(row.replace(";5;", ";6;"), heading)
    assert line == 2
    assert "nội dung khác" in vi
    assert Activity.objects.get().uuid == uuid.UUID(NUMBER)


def test_the_same_file_loaded_twice_counts_once_though_rows_in_it_are_alike():
    row = "01324;hoi-nghi;01/03/2023;;5;\n"
    for _ in range(2):
        load.load(reading=read(row * 3), by=make.clerk(), at=make.NOON)

    assert Activity.objects.count() == 3


def test_co_organisers_are_named_by_their_codes(commune):
    other = make.unit(code="01325")
    heading = HEADING.replace("Nội dung", "Phối hợp")

    (draft,) = read("01324;hoi-nghi;01/03/2023;01325;5;\n", heading).drafts

    assert draft.co_organisers == [other]
    assert "chủ trì" in problems("01324;hoi-nghi;01/03/2023;01324;5;\n", heading)[0][2]


def test_reading_takes_few_queries_however_many_rows(django_assert_max_num_queries):
    body = "".join(f"01324;hoi-nghi;01/03/2023;{n};5;\n" for n in range(400))

    with django_assert_max_num_queries(5):
        assert len(read(body).drafts) == 400


@pytest.fixture
def run(tmp_path, capsys):
    make.clerk()

    def run(body, *words):
        path = tmp_path / "hoat-dong.csv"
        path.write_text(HEADING + body, "utf-8")
        call_command("activities", "load", str(path), *words)
        return capsys.readouterr().out

    return run


GOOD, BAD = "01324;hoi-nghi;01/03/2023;;5;\n", "99;hoi-nghi;01/03/2023;;5;\n"


def test_the_command_loads_and_says_so(run):
    assert "Đã nạp 1 hoạt động; 0 đã có từ trước." in run(GOOD, "--yes")
    assert "Đã nạp 0 hoạt động; 1 đã có từ trước." in run(GOOD, "--yes")


def test_the_command_loads_nothing_of_a_file_with_a_bad_row_unless_told(run, capsys):
    with pytest.raises(CommandError, match="--load-good"):
        run(GOOD + BAD, "--yes")
    assert not Activity.objects.exists()
    assert "dòng 3, Mã đơn vị: Không có đơn vị nào mang mã “99”" in capsys.readouterr().err

    run(GOOD + BAD, "--yes", "--load-good")

    assert Activity.objects.count() == 1


def test_the_command_asks_before_loading(run, monkeypatch):
    monkeypatch.setattr("builtins.input", lambda: "k")
    with pytest.raises(CommandError, match="Chưa nạp"):
        run(GOOD)

    monkeypatch.setattr("builtins.input", lambda: "c")
    run(GOOD)

    assert Activity.objects.count() == 1


def test_the_command_speaks_english_when_asked(run, capsys):
    with pytest.raises(CommandError):
        run(BAD, "--yes", "--lang", "en")

    assert "No unit has the code" in capsys.readouterr().err


def test_the_command_says_what_it_cannot_do(run, tmp_path):
    with pytest.raises(CommandError, match="Không mở được tệp"):
        call_command("activities", "load", str(tmp_path / "khong-co.csv"))
    with pytest.raises(CommandError, match="Không có người như vậy"):
        run(GOOD, "--yes", "--by", "9999")
    with pytest.raises(CommandError, match="Không có dòng nào để nạp"):
        run("", "--yes")
