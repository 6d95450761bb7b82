"""Measures are data: edit the file, load it again."""

import datetime as dt
from pathlib import Path

import pytest

import lantoa
from lantoa.ledger import actions
from lantoa.ledger.models import Measure
from lantoa.lib.tomls import DefinitionError
from tests import make

FILE = Path(lantoa.__file__).parent / "ledger/measures.toml"
ONE = """
[luot-nguoi]
name = { vi = "Lượt người", en = "Attendances" }
unit = { vi = "lượt", en = "heads" }
definition = { vi = "Cộng số người.", en = "Heads, added." }
nature = "flow"
"""
RATIO = """
[binh-quan]
name = { vi = "Bình quân", en = "Mean" }
unit = { vi = "lượt", en = "heads" }
definition = { vi = "Chia.", en = "Divided." }
nature = "ratio"
top = "luot-nguoi"
bottom = "luot-nguoi"
"""
pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path):
    def load(text):
        path = tmp_path / "measures.toml"
        path.write_text(text, "utf-8")
        actions.load_measures(path=path, by=make.clerk(), at=make.NOON)

    return load


def test_the_measures_of_the_house_load_and_load_again():
    for _ in range(2):
        actions.load_measures(path=FILE, by=make.clerk(), at=make.NOON)

    codes = list(Measure.objects.order_by("position").values_list("code", flat=True))
    assert codes[0] == "hoi-nghi-truc-tiep"
    assert len(codes) == len(set(codes)) == FILE.read_text("utf-8").count("\n[")
    assert Measure.objects.get(code="dang-vien").along_time == "last"
    assert Measure.objects.get(code="ty-le-dang-vien-tham-gia").bottom.code == "dang-vien"
    assert not Measure.objects.filter(definition_vi="").exists()


def test_a_renamed_measure_keeps_its_number(load):
    load(ONE)
    before = Measure.objects.get().pk

    load(ONE.replace("Lượt người", "Lượt người dự"))

    assert (Measure.objects.get().pk, Measure.objects.get().name_vi) == (before, "Lượt người dự")


def test_a_ratio_may_stand_before_its_parts(load):
    load(RATIO + ONE)

    assert Measure.objects.get(code="binh-quan").top.code == "luot-nguoi"
    assert Measure.objects.get(code="binh-quan").position == 1


def test_a_measure_that_left_the_file_stays(load):
    load(ONE)

    load("")

    assert Measure.objects.count() == 1


def test_a_measure_with_entries_keeps_its_nature(load):
    load(ONE)
    fact = actions.Fact(Measure.objects.get().pk, make.unit().pk, dt.date(2023, 1, 1), 1)
    actions.post(source_kind="activity", source_id=1, facts=[fact], by=make.clerk(), at=make.NOON)

    with pytest.raises(DefinitionError, match="mã mới") as caught:
        load(ONE.replace('"flow"', '"balance"'))

    assert "new code" in caught.value.en
    assert Measure.objects.get().nature == "flow"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (ONE.replace('nature = "flow"', ""), "thiếu nature"),
        (ONE + 'colour = "red"', "chữ lạ colour"),
        (ONE.replace(', en = "heads"', ""), "thiếu vi hoặc en ở unit"),
        (ONE.replace('"flow"', '"stream"'), "không cộng được"),
        (ONE + 'along_units = "last"', "không cộng được"),
        (RATIO, "chỉ tiêu lạ luot-nguoi"),
        (ONE + ONE, "không đọc được"),
        ("luot-nguoi = 3", "không phải một bảng"),
    ],
)
def test_a_wrong_definition_loads_nothing_of_its_file(load, text, says):
    good = ONE.replace("luot-nguoi", "hoi-nghi")

    with pytest.raises(DefinitionError, match=says):
        load(text if text.startswith("luot") else good + text)

    assert not Measure.objects.exists()


def test_only_an_administrator_defines():
    with pytest.raises(actions.rights.NotAllowedError):
        actions.load_measures(path=FILE, by=make.person(), at=make.NOON)
