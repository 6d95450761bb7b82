"""Kinds of activity are data: edit the file, load it again."""

from pathlib import Path

import pytest

import lantoa
from lantoa.ledger import actions as ledger
from lantoa.ledger.models import Measure
from lantoa.lib.tomls import DefinitionError
from lantoa.work import actions, queries
from lantoa.work.models import ActivityKind
from tests import make

PACKAGE = Path(lantoa.__file__).parent
KIND = """
[hop]
name = { vi = "Họp", en = "Meeting" }
one = ["hoi-nghi"]
needed = ["luot-nguoi"]
parts.luot-nguoi = ["dang-vien-tham-gia"]
"""
pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path, conference):
    def load(text):
        path = tmp_path / "kinds.toml"
        path.write_text(text, "utf-8")
        actions.load_kinds(path=path, by=make.clerk(), at=make.NOON)

    return load


@pytest.fixture
def of_the_house():
    told = {"by": make.clerk(), "at": make.NOON}
    ledger.load_measures(path=PACKAGE / "ledger/measures.toml", **told)
    actions.load_kinds(path=PACKAGE / "work/kinds.toml", **told)
    return {kind.code: kind for kind in queries.open_kinds()}


def test_the_kinds_of_the_house_load_and_load_again():
    for _ in range(2):
        told = {"by": make.clerk(), "at": make.NOON}
        ledger.load_measures(path=PACKAGE / "ledger/measures.toml", **told)
        actions.load_kinds(path=PACKAGE / "work/kinds.toml", **told)

    kinds = list(queries.open_kinds())
    assert kinds[0].code == "hoi-nghi-truc-tiep"
    online = next(kind for kind in kinds if kind.code == "hoi-nghi-truc-tuyen")
    assert [take.measure.code for take in online.takes.all()][:3] == [
        "hoi-nghi-truc-tuyen",
        "diem-cau",
        "luot-nguoi-truc-tuyen",
    ]


def test_every_flow_with_records_is_taken_by_a_kind(of_the_house):
    """What no kind takes comes from elsewhere: practices, awards, plans and their tasks, citizens' questions, how many issues there are."""
    left = Measure.objects.filter(nature="flow", kindmeasure=None).values_list("code", flat=True)

    assert {code.split("-")[0] for code in left} <= {
        "mo",
        "khen",
        "bieu",
        "van",
        "nhiem",
        "ke",
        "tien",
        "dan",
        "nguoi",
        "tin",
        "tra",
    }


NAMED = [
    ("1.103 hội nghị trực tiếp/35.992 lượt người", "hoi-nghi-truc-tiep", "luot-nguoi-truc-tiep"),
    ("21 hội nghị trực tuyến", "hoi-nghi-truc-tuyen", "luot-nguoi-truc-tuyen"),
    ("kết nối 312 điểm cầu", "hoi-nghi-truc-tuyen", "diem-cau"),
    ("theo từng chuyên đề", "sinh-hoat-chuyen-de", "luot-nguoi-chuyen-de"),
    ("chào cờ và sinh hoạt dưới cờ", "chao-co", "luot-nguoi-chao-co"),
    ("giúp nhau trong mùa cấy, gặt", "lao-dong", "luot-nguoi-lao-dong"),
    ("tăng cường trao đổi kinh nghiệm", "trao-doi", "luot-nguoi-trao-doi"),
    ("tọa đàm", "toa-dam", "luot-nguoi-tuyen-truyen"),
    ("hội thi", "hoi-thi", "luot-nguoi-tuyen-truyen"),
    ("kể chuyện", "ke-chuyen", "luot-nguoi-tuyen-truyen"),
    ("phát thanh", "phat-thanh", "luot-nguoi-tuyen-truyen"),
    ("cổng TTĐT, Zalo", "mang-xa-hoi", "luot-nguoi-tuyen-truyen"),
    ("pano", "pa-no", "luot-nguoi-tuyen-truyen"),
    ("các cuộc vận động, phong trào thi đua", "phat-dong", "luot-nguoi-phat-dong"),
    ("zalo, trả lời tin nhắn", "tra-loi-dan", "cau-tra-loi"),
]
WITH_CITIZENS = {"tiep-dan", "doi-thoai"}  # who comes there is a resident
CLASSES = {"can-bo", "doan-vien", "hoi-vien", "chien-si", "nhan-dan"}


@pytest.mark.parametrize(("words", "kind", "measure"), NAMED, ids=[words for words, *_ in NAMED])
def test_what_the_article_and_the_domain_page_name_can_be_recorded(
    of_the_house, words, kind, measure
):
    takes = {take.measure.code: take for take in of_the_house[kind].takes.all()}

    assert measure in takes
    assert takes[measure].takes != "one"


def test_whoever_is_counted_may_be_counted_by_class_and_no_class_is_ever_needed(of_the_house):
    """D7.1: whole numbers by class of audience, never a list."""
    for kind in of_the_house.values():
        takes = list(kind.takes.all())
        classes = {
            take.measure.code.removesuffix("-tham-gia"): take
            for take in takes
            if take.measure.code.endswith("-tham-gia")
        }
        heads = [t for t in takes if t.takes == "needed" and t.measure.unit_vi == "lượt người"]

        assert not heads or classes.keys() >= CLASSES or kind.code in WITH_CITIZENS, kind
        for each in classes.values():
            assert (each.takes, each.part_of) == ("optional", heads[0].measure)


def test_offering_the_kinds_takes_two_queries(load, django_assert_num_queries):
    load(KIND)

    with django_assert_num_queries(2):
        assert [take.part_of and take.part_of.code for take in queries.open_kinds()[0].takes.all()]


def test_a_kind_that_left_the_file_is_closed_and_never_removed(load, record):
    record(30)

    load(KIND)

    assert list(ActivityKind.objects.filter(is_open=True).values_list("code", flat=True)) == ["hop"]
    assert ActivityKind.objects.filter(code="hoi-nghi", is_open=False).exists()


def test_an_edited_kind_keeps_its_number_and_takes_what_it_says_now(load):
    load(KIND)
    before = ActivityKind.objects.get(code="hop").pk

    load(KIND.replace('parts.luot-nguoi = ["dang-vien-tham-gia"]', "may_recur = true"))

    kind = ActivityKind.objects.get(code="hop")
    assert (kind.pk, kind.may_recur, kind.takes.count()) == (before, True, 2)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (KIND.replace('"hoi-nghi"', '"la"'), "chỉ tiêu lạ la"),
        (KIND.replace("parts.luot-nguoi", "parts.la"), "không ghi la mà chia"),
        (KIND.replace('needed = ["luot-nguoi"]', 'needed = ["luot-nguoi", "hoi-nghi"]'), "một lần"),
        (KIND.replace("one =", "won ="), "chữ lạ won"),
        ('[hop]\nname = { vi = "Họp", en = "Meeting" }', "ít nhất một chỉ tiêu"),
        ('[hop]\nname = { vi = "Họp" }\none = ["hoi-nghi"]', "thiếu vi hoặc en"),
    ],
)
def test_a_wrong_definition_changes_nothing(load, text, says):
    with pytest.raises(DefinitionError, match=says):
        load(KIND.replace("[hop]", "[hop-truoc]") + text)

    assert list(ActivityKind.objects.values_list("code", flat=True)) == ["hoi-nghi"]
