"""What is looked at before an article comes out, and what is let through because it only looks alike."""

import pytest

from lantoa.articles import checking
from lantoa.articles.checking import Photo


def said(text):
    return [fault.said for fault in checking.text_faults("lead", text)]


@pytest.mark.parametrize(
    "number",
    [
        "0912345678",
        "0912 345 678",
        "+84 912 345 678",
        "(0206) 3852 123",
        "0912.345.678",
        "02063852123",
    ],
)
def test_a_telephone_number_is_found(number):
    assert any("điện thoại" in each for each in said(f"Liên hệ {number} để biết thêm."))


@pytest.mark.parametrize("number", ["004095001234", "085123456"])
def test_the_number_of_an_identity_paper_is_found(number):
    assert any("giấy tờ" in each or "điện thoại" in each for each in said(f"CCCD {number}."))


@pytest.mark.parametrize(
    "text",
    [
        "Có 1.103 hội nghị với 35.992 lượt người, 20.000.000.000 đồng.",
        "Kết luận số 01-KL/TW, ngày 18/5/2021; Chỉ thị 05-CT/TW ngày 15/5/2016.",
        "Nhiệm kỳ 2020 - 2025, kỳ 2023-2024, mã xã 01273.",
        "Tỷ lệ 0,5% và 100.000.000 đồng.",
        "5 < 7 và A & B",
    ],
)
def test_figures_dates_and_signs_of_documents_are_let_through(text):
    assert said(text) == []


@pytest.mark.parametrize("left", ["<b>", "&nbsp;", "-->", "{{ so }}", "[caption]", "</p>"])
def test_marks_that_a_copy_left_behind_are_found(left):
    assert any(left[:2] in each for each in said(f"Chữ {left} chữ"))


def photo(alt="Bà con xóm trên cùng đổ bê tông đường", caption="", credit="Tuấn Hưng"):
    return [fault.where for fault in checking.photo_faults(Photo(alt, caption, credit, "alt", "credit"))]  # fmt: skip


def test_a_photo_with_a_sentence_and_a_name_is_in_order():
    assert photo() == []


@pytest.mark.parametrize(
    "alt",
    ["", "Hội nghị", "IMG_2034.jpg", "113604 hoi nghi hoc tap quan triet va trien khai thuc hien"],
)
def test_a_description_must_be_a_sentence_and_no_file_name(alt):
    assert photo(alt) == ["alt"]


def test_a_caption_keeps_no_file_name_and_every_photo_says_who_took_it():
    assert photo(caption="113604 hoi nghi hoc tap quan triet va trien khai Hội nghị") == ["alt"]
    assert photo(credit=" ") == ["credit"]
