"""Units from a file: everything that is wrong is told at once, and nothing is loaded that was not asked for."""

import unicodedata

import pytest
from django.core.management import CommandError, call_command

from lantoa.orgs import load, queries
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


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("041,,district,01/01/2020,04,,", "name", "trống"),
        ("041,B,castle,01/01/2020,04,,", "kind", "Không có loại đơn vị “castle”"),
        ("041,B,district,31/02/2020,04,,", "opened", "31/02/2020"),
        ("041,B,district,01/01/2020,999,,", "parent", "999"),
        ("041,B,district,01/01/2019,04,,", "parent", "mới thành lập"),
        ("041,B,district,01/01/2020,04,hang-hai,", "line", "hang-hai"),
        ("040,B,district,01/01/2020,04,,", "code", "hai lần"),
    ],
)
def test_a_bad_cell_is_named_with_its_line_its_column_and_what_to_do(row, column, says):
    found = wrong(GOOD + row + "\n")

    assert [(line, where) for line, where, _ in found] == [(6, column)]
    assert says in found[0][2]


def test_all_bad_rows_are_told_at_once():
    found = wrong("041,,district,01/01/2020,,,\n042,C,district,no,,,\n" + GOOD)

    assert [line for line, *_ in found] == [2, 3]


def test_a_row_under_a_bad_row_and_a_ring_are_bad_too():
    rows = "A,Đơn vị A,other,01/01/2020,B,,\nB,Đơn vị B,other,01/01/2020,A,,\n"

    assert [line for line, *_ in wrong(GOOD + rows)] == [6, 7]


def test_a_code_of_a_living_unit_is_refused():
    load.load(reading=read(GOOD), by=make.clerk(), at=make.NOON)

    found = wrong("040,Huyện khác,district,01/01/2021,04,,\n")

    assert "Huyện A" in found[0][2]


def test_nothing_is_loaded_unless_told_to_load_the_good_rows(tmp_path, capsys):
    make.clerk()
    file = tmp_path / "units.csv"
    file.write_text(HEAD + GOOD + "041,,district,01/01/2020,04,,\n", "utf-8")

    with pytest.raises(CommandError, match="Chưa nạp"):
        call_command("units", "load", file, yes=True)
    assert Unit.objects.count() == 0

    call_command("units", "load", file, yes=True, load_good=True)
    assert Unit.objects.count() == 4
    assert "dòng 6, name" in capsys.readouterr().err
