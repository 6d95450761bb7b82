"""Units from a file: everything that is wrong is told at once, and nothing is loaded that was not asked for."""

import contextlib
import datetime as dt
import unicodedata

import pytest
from django.core.management import CommandError, call_command

from lantoa.orgs import actions, load, queries
from lantoa.orgs.models import Unit, UnitName
from tests import make

pytestmark = pytest.mark.django_db
HEAD = "code,name,kind,opened,parent,line,line_parent\n"
GOOD = (
    "04,Tỉnh,province,01/01/2020,,,\n"
    "040,Huyện A,district,01/01/2020,04,,\n"
    "TU,Tỉnh ủy,party_province,01/01/2020,04,dang,\n"
    "HU,Huyện ủy A,party_district,01/01/2020,040,dang,TU\n"
)


@pytest.fixture(autouse=True)
def _lines():
    make.line()
    make.line("dang")


def read(body, head=HEAD):
    return load.read((head + body).encode())


def wrong(body):
    return [(each.line, each.column, each.vi) for each in read(body).problems]


def test_a_good_file_opens_its_units_in_both_lines():
    opened = load.load(reading=read(GOOD), by=make.clerk(), at=make.NOON)

    tree = queries.tree_on(make.line("dang"), make.NOON.date())
    assert set(tree.unit.tolist()) == {opened["TU"].pk, opened["HU"].pk}


def test_vietnamese_headings_semicolons_and_marks_apart_are_read():
    body = unicodedata.normalize("NFD", "04;Tỉnh Cao Bằng;tỉnh;1/1/2020;\n")

    load.load(
        reading=read(body, "mã;tên;loại;ngày thành lập;cấp trên\n"), by=make.clerk(), at=make.NOON
    )

    assert UnitName.objects.get().name == unicodedata.normalize("NFC", "Tỉnh Cao Bằng")


BAD = [
    ("041,,district,01/01/2020,04,,", "name", "Ô này đang trống. Hãy ghi vào.", "This cell is empty. Fill it in."),
    (",B,district,01/01/2020,04,,", "code", "Ô này đang trống. Hãy ghi vào.", "This cell is empty. Fill it in."),
    (
        f"041,{'B' * 201},district,01/01/2020,04,,", "name",
        "dài quá 200 chữ. Hãy rút ngắn lại.", "is longer than 200 characters. Make it shorter.",
    ),
    (
        f"{'4' * 41},B,district,01/01/2020,04,,", "code",
        "dài quá 40 chữ. Hãy rút ngắn lại.", "is longer than 40 characters. Make it shorter.",
    ),
    (
        "041,B,castle,01/01/2020,04,,", "kind",
        "Không có loại đơn vị “castle”. Các loại: province, district,", "There is no kind of unit “castle”. The kinds:",
    ),
    (
        "041,B,district,31/02/2020,04,,", "opened",
        "“31/02/2020” không có trong lịch. Kiểm tra lại ngày và tháng.", "“31/02/2020” is not in the calendar.",
    ),
    (
        "041,B,district,02/13/2020,04,,", "opened",
        "Ghi ngày trước, tháng sau, ví dụ 18/01/2024.", "Write the day before the month, as in 18/01/2024.",
    ),
    (
        "041,B,district,01/01/2020,999,,", "parent",
        "Không có đơn vị nào mang mã 999 vào ngày 01/01/2020. Hãy sửa mã, hoặc thêm đơn vị đó vào tệp.",
        "No unit has the code 999 on 01/01/2020. Mend the code, or add that unit to the file.",
    ),
    (
        "041,B,district,01/01/2019,04,,", "parent",
        "Cấp trên 04 đến ngày 01/01/2020 mới thành lập. Hãy sửa ngày, hoặc chọn cấp trên khác.",
        "The unit above, 04, opens only on 01/01/2020. Mend the day, or choose another.",
    ),
    (
        "041,B,district,01/01/2020,,,", "parent",
        "Ô này đang trống, mà hệ thống dia-ban đã có đơn vị cao nhất. Hãy ghi mã cấp trên.",
        "This cell is empty, but the line dia-ban has its topmost unit already. Write the code of the unit above.",
    ),
    (
        "041,B,district,01/01/2020,04,hang-hai,", "line",
        "Không có ngành dọc “hang-hai”. Các ngành: dang.", "There is no sector line “hang-hai”. The lines: dang.",
    ),
    (
        "041,B,district,01/01/2020,04,dang,", "line_parent",
        "Ô này đang trống, mà hệ thống dang đã có đơn vị cao nhất", "This cell is empty, but the line dang has",
    ),
    (
        "041,B,district,01/01/2020,04,dang,040", "line_parent",
        "Cấp trên 040 trong tệp không thuộc hệ thống dang. Hãy ghi hệ thống cho dòng đó, hoặc chọn cấp trên khác.",
        "The unit above, 040, does not stand in the line dang in this file. Say its line, or choose another.",
    ),
    (
        "040,B,district,01/01/2020,04,,", "code",
        "Mã 040 có hai lần trong tệp. Mỗi đơn vị một mã.", "The code 040 is in the file twice. One code for each unit.",
    ),
    (
        "041,huyện\u200b A,district,01/01/2020,04,,", "name",
        "dễ nhầm với đơn vị ở dòng 3, cùng cấp trên. Hãy thêm chữ hoặc số để phân biệt.",
        "looks like the unit on line 3, under the same parent. Add a word to tell them apart.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("row", "column", "vi", "en"), BAD, ids=[vi[:40] for _, _, vi, _ in BAD])
def test_a_bad_cell_is_named_with_its_line_its_column_and_what_to_do(row, column, vi, en):
    (found,) = read(GOOD + row + "\n").problems

    assert (found.line, found.column) == (6, column)
    assert vi in found.vi
    assert en in found.en


LATER = [
    (
        "041,B,district,01/01/2024,040,,", "parent",
        "Huyện A không đứng trong hệ thống dia-ban vào ngày 01/07/2025. Hãy chọn cấp trên khác.",
        "Huyện A does not stand in the line dia-ban on 01/07/2025. Choose another unit above.",
    ),
    (
        "041,B,district,01/07/2025,040,,", "parent",
        "Không có đơn vị nào mang mã 040 vào ngày 01/07/2025", "No unit has the code 040 on 01/07/2025",
    ),
    (
        "041,B,district,01/01/2024,04,dang,04", "line_parent",
        "Tỉnh không đứng trong hệ thống dang vào ngày 01/01/2024", "Tỉnh does not stand in the line dang on 01/01/2024",
    ),
    (
        "041,B,district,01/01/2024,,,", "parent",
        "hệ thống dia-ban đã có đơn vị cao nhất", "has its topmost unit already",
    ),
    (
        "TU,B,district,01/01/2024,04,,", "code",
        "Mã TU vào ngày 01/01/2024 là của Tỉnh ủy. Hãy chọn mã hoặc ngày khác.",
        "The code TU is that of Tỉnh ủy on 01/01/2024. Choose another code or day.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("row", "column", "vi", "en"), LATER)
def test_a_row_is_read_against_what_stands_already(row, column, vi, en):
    opened = load.load(reading=read(GOOD), by=make.clerk(), at=make.NOON)
    actions.dissolve(
        unit=opened["040"], date=dt.date(2025, 7, 1), by=make.clerk(), at=make.NOON, children=opened["04"]
    )  # fmt: skip

    (found,) = read(row + "\n").problems

    assert (found.line, found.column) == (2, column)
    assert vi in found.vi
    assert en in found.en


def test_the_root_of_a_file_is_the_one_under_which_others_stand():
    found = wrong("041,B,district,01/01/2020,,,\n" + GOOD)

    assert [(line, column) for line, column, _ in found] == [(2, "parent")]


def test_letters_with_their_marks_apart_are_composed_and_said_once():
    reading = read(unicodedata.normalize("NFD", GOOD))

    assert reading.problems == []
    assert reading.units[0].name == unicodedata.normalize("NFC", "Tỉnh")
    (note,) = reading.notes
    assert note.line == 2
    assert "có 4 dòng gõ dấu rời khỏi chữ" in note.vi
    assert "4 lines have marks apart from their letters" in note.en


def test_any_number_of_rows_is_read_and_loaded_with_a_fixed_number_of_questions(
    django_assert_max_num_queries,
):
    def rows(first, last):
        return "".join(f"X{n},Đơn vị {n},other,01/01/2020,04,,\n" for n in range(first, last))

    by = make.clerk()
    for body in (GOOD + rows(0, 5), rows(5, 400)):
        with django_assert_max_num_queries(45):
            load.load(reading=read(body), by=by, at=make.NOON)


def test_all_bad_rows_are_told_at_once():
    found = wrong("041,,district,01/01/2020,04,,\n042,C,district,no,04,,\n" + GOOD)

    assert [line for line, *_ in found] == [2, 3]


def test_a_row_under_a_bad_row_and_a_ring_are_bad_too():
    rows = "A,Đơn vị A,other,01/01/2020,B,,\nB,Đơn vị B,other,01/01/2020,A,,\n"

    assert [line for line, *_ in wrong(GOOD + rows)] == [6, 7]


def test_a_code_of_a_living_unit_is_refused():
    load.load(reading=read(GOOD), by=make.clerk(), at=make.NOON)

    found = wrong("040,Huyện khác,district,01/01/2021,04,,\n")

    assert "Huyện A" in found[0][2]


# The command.


@pytest.fixture
def file(tmp_path):
    """A file with one bad row among four good ones."""
    make.clerk()
    path = tmp_path / "units.csv"
    path.write_text(HEAD + GOOD + "041,,district,01/01/2020,04,,\n", "utf-8")
    return path


def test_nothing_is_loaded_unless_told_to_load_the_good_rows(file, capsys):
    with pytest.raises(CommandError, match=r"Chưa nạp dòng nào\. Sửa tệp rồi nạp lại"):
        call_command("units", "load", file, yes=True)
    assert Unit.objects.count() == 0
    assert "dòng 6, name: Ô này đang trống. Hãy ghi vào." in capsys.readouterr().err

    call_command("units", "load", file, yes=True, load_good=True)
    assert Unit.objects.count() == 4
    assert (
        "4 dòng nạp được, 1 lỗi.\nĐang lập 4 đơn vị…\nĐã lập 4 đơn vị." in capsys.readouterr().out
    )


def test_the_command_speaks_english_too(file, capsys):
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("units", "load", file, lang="en")

    assert "line 6, name: This cell is empty. Fill it in." in capsys.readouterr().err


@pytest.mark.parametrize(("answer", "units"), [("c", 4), ("", 0), ("k", 0)])
def test_the_command_asks_before_it_loads(file, monkeypatch, answer, units):
    monkeypatch.setattr("builtins.input", lambda: answer)

    with contextlib.suppress(CommandError):
        call_command("units", "load", file, load_good=True)

    assert Unit.objects.count() == units


def test_a_file_that_is_not_there_and_an_empty_one_are_said(file, tmp_path):
    with pytest.raises(CommandError, match="Không mở được tệp"):
        call_command("units", "load", tmp_path / "none.csv")
    file.write_text("", "utf-8")
    with pytest.raises(CommandError, match="Tệp không có dòng nào"):
        call_command("units", "load", file)
    file.write_text(HEAD, "utf-8")
    with pytest.raises(CommandError, match="Không có dòng nào để nạp"):
        call_command("units", "load", file)
