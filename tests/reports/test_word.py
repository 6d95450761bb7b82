"""A5.1, A5.2, A5.5, on the opened file."""

import dataclasses
import datetime as dt
import io
import re
import unicodedata

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from lantoa.reports import word
from lantoa.reports.paper import Paragraph, Run
from tests.reports import drawn, texts

PARTY_DATES = [dt.date(2024, 1, 5), dt.date(2026, 5, 27)]


@pytest.fixture(params=PARTY_DATES, ids=["36-HD", "05-HD"])
def party(request):
    return opened(drawn.paper(head=drawn.party_head(date=request.param)))


@pytest.fixture
def state():
    return opened(drawn.state_paper())


def opened(paper):
    return docx.Document(io.BytesIO(word.render(paper)))


def test_a_party_report_has_the_margins_of_the_rules(party):
    section = party.sections[0]

    sides = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(side.mm) for side in sides] == [20, 20, 30, 15]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)


def test_the_head_is_two_cells_without_borders(party):
    head = party.tables[0]

    assert (len(head.rows), len(head.columns)) == (1, 2)
    borders = head._tbl.tblPr.find(qn("w:tblBorders"))
    assert {side.get(qn("w:val")) for side in borders} == {"nil"}


def test_the_party_head_says_its_words_and_an_asterisk(party):
    left, right = (lines(cell) for cell in party.tables[0].rows[0].cells)

    assert left[:2] == ["TỈNH ỦY CAO BẰNG", "*"]
    assert re.fullmatch(r"Số \d{2,}-[A-ZĐa-z]+/[A-ZĐa-z]+", left[2])
    assert right[0] == "ĐẢNG CỘNG SẢN VIỆT NAM"
    assert "CỘNG HÒA" not in texts.part(word.render(drawn.paper()), "word/document.xml")


def test_party_body_lines_are_exactly_eighteen_to_twenty_two_points(party):
    body = [each for each in party.paragraphs if each.text.startswith(("Toàn Đảng", "- Một số"))]

    assert len(body) == 2
    for paragraph in body:
        spacing = paragraph._p.pPr.find(qn("w:spacing"))
        assert spacing.get(qn("w:lineRule")) == "exact"
        assert 18 * 20 <= int(spacing.get(qn("w:line"))) <= 22 * 20
        assert int(spacing.get(qn("w:before"))) >= 6 * 20


def test_a_picture_is_not_cut_off_by_an_exact_line(party):
    pictures = [each for each in party.paragraphs if each._p.findall(f".//{qn('wp:inline')}")]

    assert len(pictures) == 2
    assert all(
        each._p.pPr.find(qn("w:spacing")).get(qn("w:lineRule")) != "exact" for each in pictures
    )


def test_the_first_page_has_no_number_and_the_others_have_it_at_the_top_in_the_middle(party):
    section = party.sections[0]

    assert section.different_first_page_header_footer
    assert not section.first_page_header._element.findall(f".//{qn('w:fldSimple')}")
    field = section.header._element.find(f".//{qn('w:fldSimple')}")
    assert field.get(qn("w:instr")) == "PAGE"
    assert field.getparent().pPr.find(qn("w:jc")).get(qn("w:val")) == "center"
    assert round(section.header_distance.mm) == 10


def test_a_committee_signs_in_bold_over_an_upright_office(party):
    signature = party.tables[1].rows[0].cells[1]

    assert lines(signature)[:2] == ["T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"]
    assert [is_bold(paragraph) for paragraph in signature.paragraphs[:2]] == [True, False]


def test_party_recipients_are_underlined_fourteen_over_twelve(party):
    label, *names = party.tables[1].rows[0].cells[0].paragraphs

    assert (label.text, label.runs[0].underline, label.runs[0].font.size.pt) == (
        "Nơi nhận:",
        True,
        14,
    )
    assert {name.runs[0].font.size.pt for name in names} == {12}
    assert names[-1].text == "- Lưu Văn phòng Tỉnh ủy."


def test_a_state_report_says_its_mottos_and_number(state):
    left, right = (lines(cell) for cell in state.tables[0].rows[0].cells)

    assert left[:2] == ["ỦY BAN NHÂN DÂN", "TỈNH CAO BẰNG"]
    assert re.fullmatch(r"Số: \d{2,}/BC-UBND", left[-1])
    assert right == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Cao Bằng, ngày 05 tháng 01 năm 2024",
    ]


def test_state_recipients_are_bold_italic_twelve_over_eleven(state):
    label, *names = state.tables[1].rows[0].cells[0].paragraphs

    look = label.runs[0]
    assert (look.text, look.bold, look.italic, look.font.size.pt) == ("Nơi nhận:", True, True, 12)
    assert {name.runs[0].font.size.pt for name in names} == {11}
    assert names[0].text.endswith(";")
    assert names[-1].text == "- Lưu: VT, VX."


def test_a_state_head_signs_in_bold_and_the_text_ends_with_a_stroke(state):
    signature = state.tables[1].rows[0].cells[1]

    assert lines(signature)[:2] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    assert [is_bold(paragraph) for paragraph in signature.paragraphs[:2]] == [True, True]
    assert any(each.text.endswith("./.") for each in state.paragraphs)


def test_every_letter_has_its_font_for_every_script_and_is_vietnamese():
    document = word.render(drawn.paper())

    for name in ("word/document.xml", "word/styles.xml"):
        text = texts.part(document, name)
        fonts = re.findall(r"<w:rFonts[^>]*>", text)
        assert fonts
        for each in fonts:
            said = dict(re.findall(r'w:(\w+)="([^"]*)"', each))
            assert said == dict.fromkeys(("ascii", "hAnsi", "cs", "eastAsia"), "Times New Roman")
        assert '<w:lang w:val="vi-VN"' in text


def test_text_is_composed():
    decomposed = unicodedata.normalize("NFD", "Hội nghị quán triệt")
    paper = drawn.paper(blocks=(Paragraph("body", (Run(decomposed),)),))

    said = texts.part(word.render(paper), "word/document.xml")

    assert "Hội nghị quán triệt" in said
    assert unicodedata.is_normalized("NFC", said)


def test_head_rows_repeat_and_no_row_breaks(party):
    for table in party.tables[2:]:
        rows = table._tbl.findall(qn("w:tr"))
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert rows[-1].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None


def test_the_appendix_lies_across_the_page_and_counts_on_for_the_party(party):
    appendix = party.sections[1]

    assert appendix.orientation == WD_ORIENT.LANDSCAPE
    assert appendix.page_width > appendix.page_height
    assert not appendix.different_first_page_header_footer
    assert appendix._sectPr.find(qn("w:pgNumType")) is None


def test_the_appendix_of_the_state_counts_its_own_pages(state):
    assert state.sections[1]._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_each_table_after_the_first_begins_a_page(party):
    heads = [each for each in party.paragraphs if each.text in ("Phụ lục 1", "Phụ lục 2")]

    breaks = [each._p.pPr.find(qn("w:pageBreakBefore")) is not None for each in heads]
    assert breaks == [False, True]


def test_a_small_number_stands_after_the_clause_and_never_beside_a_digit(party):
    said = next(each for each in party.paragraphs if each.text.startswith("Toàn Đảng"))

    assert texts.plain(said._p, with_marks=False).endswith(
        "với 1.103 hội nghị trực tiếp/35.992 lượt người tham gia."
    )
    assert said.text.endswith("lượt người tham gia[1,2*].")


def test_the_newest_hash_is_printed(party):
    assert any(drawn.CHAIN in each.text for each in party.paragraphs)


def test_a_draft_says_that_it_is_not_sealed():
    document = opened(drawn.paper(seal=None))

    assert any(each.text.startswith("Bản dự thảo: chưa niêm phong") for each in document.paragraphs)


def test_pictures_say_what_they_show(party):
    said = [each.get("descr") for each in party.element.body.iter(qn("wp:docPr"))]

    assert said == ["Hà Quảng 1.103; Bảo Lâm chưa gửi.", "Bản đồ ô vuông."]


def test_every_row_that_went_in_comes_out():
    table = drawn.conferences()
    rows = tuple(dataclasses.replace(table.rows[0], label=f"Xã {number}") for number in range(56))

    document = opened(drawn.paper(tables=(dataclasses.replace(table, rows=rows),)))

    assert len(document.tables[2].rows) == 2 + 56


def lines(cell):
    return [paragraph.text for paragraph in cell.paragraphs if paragraph.text]


def is_bold(paragraph):
    return bool(paragraph.runs[0].bold)
