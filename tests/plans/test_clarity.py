"""How clear a task is: a question and a meter, never a refusal."""

from dataclasses import replace

import pytest

from lantoa.plans import clarity
from lantoa.plans.answers import Answers
from tests.plans.planning import ROAD


@pytest.mark.parametrize(
    ("said", "is_vague"),
    [
        ("Nâng cao chất lượng sinh hoạt chi bộ", True),
        ("TĂNG CƯỜNG công tác tuyên truyền", True),
        ("quan tam cham lo doi song", True),
        ("Nâng tỷ lệ dự sinh hoạt lên 95%", False),
        ("Đổ 400 m đường trước 31/10", False),
        ("Đẩy mạnh trồng 2.000 cây quế", False),
        ("", False),
    ],
)
def test_a_phrase_that_promises_nothing_is_known_unless_a_number_follows(said, is_vague):
    assert clarity.is_vague(said) is is_vague


def test_a_clear_task_is_asked_nothing_and_reads_five():
    assert clarity.question(ROAD) is None
    assert clarity.meter(ROAD) == 5


def test_a_vague_task_is_asked_for_a_number_or_a_product():
    vague = replace(ROAD, content="Nâng cao nhận thức", product="", target_number=None)

    asked = clarity.question(vague)

    assert asked.vi == "Câu này chưa có gì đo được. Thêm con số hoặc sản phẩm?"
    assert clarity.meter(vague) == 5 - 2


def test_a_target_makes_up_for_words():
    assert clarity.question(replace(ROAD, content="Nâng cao nhận thức", target_number=95)) is None


def test_nothing_said_reads_nothing():
    assert clarity.meter(Answers()) == 0
    assert clarity.question(Answers()) is None
