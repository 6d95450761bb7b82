"""Placeholders filled, small numbers after their clause, typed numbers found."""

import pytest

from lantoa.reports import prose, template
from lantoa.reports.paper import Marks, Paragraph, Run
from tests.reports import drawn

CELLS = {"a": drawn.cell(1103, "a", number=1), "b": drawn.cell(35992, "b", number=2)}


def fill(text):
    return prose.fill(text, cell_of=CELLS.__getitem__, words={"period": "năm 2023"})


def test_small_numbers_wait_for_the_end_of_the_clause():
    pieces = fill("Có {a} hội nghị/{b} lượt người; trong đó {a} ở xã.")

    assert pieces == (
        Run("Có "),
        CELLS["a"],
        Run(" hội nghị/"),
        CELLS["b"],
        Run(" lượt người"),
        Marks((1, 2)),
        Run("; trong đó "),
        CELLS["a"],
        Run(" ở xã"),
        Marks((1,)),
        Run("."),
    )


def test_a_comma_in_a_list_of_words_does_not_part_a_figure_from_its_noun():
    pieces = fill("Ban hành {a} văn bản lãnh đạo, chỉ đạo.")

    assert pieces[1:] == (CELLS["a"], Run(" văn bản lãnh đạo, chỉ đạo"), Marks((1,)), Run("."))


def test_a_comma_right_before_the_next_figure_ends_the_clause():
    pieces = fill("Có {a} hội nghị, {b} lượt người.")

    assert pieces[2:5] == (Run(" hội nghị"), Marks((1,)), Run(", "))


def test_a_word_put_in_does_not_end_a_clause():
    assert fill("Có {a} hội nghị {period}.")[2:] == (
        Run(" hội nghị năm 2023"),
        Marks((1,)),
        Run("."),
    )


def test_a_text_that_ends_with_a_figure_still_has_its_small_number():
    assert fill("Tổng {a}")[-1] == Marks((1,))


@pytest.mark.parametrize(
    "text",
    [
        "Kết luận số 01-KL/TW, ngày 18/5/2021 của Bộ Chính trị",
        "Nghị định 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020",
        "nhiệm kỳ 2020 - 2025, giai đoạn 2021-2025",
        "6 tháng đầu năm 2024, quý IV/2023, tháng 01/2024",
        "Số liệu ở Phụ lục 1, Bảng 2; chốt ngày 20/11",
        "1. Quán triệt, học tập",
    ],
)
def test_names_of_documents_days_and_annexes_are_no_numbers(text):
    assert typed(text) == ()


@pytest.mark.parametrize(
    "text", ["có 1.103 hội nghị", "đạt 99,16%", "với 12/15 đơn vị", "2 mô hình", "(35.992 lượt)"]
)
def test_a_typed_number_is_found(text):
    assert typed(text)


def test_a_figure_is_no_typed_number():
    paper = drawn.paper(blocks=(Paragraph("body", fill("Có {a} hội nghị.")),))

    assert prose.typed_numbers(paper) == ()


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("a", template.Asked(("a",))),
        ("a-1 + b line=dang", template.Asked(("a-1", "b"), line="dang")),
        ("a kind=district when=year-before", template.Asked(("a",), "", "district", "year-before")),
    ],
)
def test_a_placeholder_is_read_and_said_again(words, asked):
    assert template.asked(words) == asked
    assert asked.key == words


@pytest.mark.parametrize("words", ["", "a +", "a b", "A", "a where=b", "a when=soon", "{a"])
def test_a_placeholder_that_says_nothing_is_refused(words):
    with pytest.raises(template.TemplateError):
        template.asked(words)


def typed(text):
    return prose.typed_numbers(drawn.paper(blocks=(Paragraph("body", (Run(text),)),)))
