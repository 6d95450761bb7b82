"""Papers of commendation: in the layout of the issuer and the date, and certificates, a page each."""

import datetime as dt
import io
import re

import docx
import pytest
from docx.shared import Mm

from lantoa.awards import deciding, queries
from lantoa.reports import certificates, commending, word
from tests import make
from tests.awards import world as worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    return worlds.awarding()


def decided(made, **changed):
    return worlds.decided(
        made, worlds.nominated(made), worlds.nominated(made, name="Cá nhân số 12", post="Trưởng xóm"), **changed
    )  # fmt: skip


def drawn(paper):
    return docx.Document(io.BytesIO(word.render(paper)))


def said(document):
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(each.text for each in document.paragraphs)])


def test_a_decision_of_the_party_is_laid_out_and_numbered_as_the_party_does(made):
    decision = decided(made)
    document = drawn(commending.decision_paper(decision, queries.awards_of(decision)))

    text, section = said(document), document.sections[0]
    assert re.search(r"^Số 01-QĐ/ĐU$", text, re.MULTILINE)
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
    assert "CỘNG HÒA" not in text
    margins = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(each / Mm(1)) for each in margins] == [20, 20, 30, 15]
    assert "ngày 20 tháng 10 năm 2026" in text
    assert "1 tập thể và 1 cá nhân" in text


def test_a_decision_of_the_state_cites_in_italics_and_ends_as_the_state_does():
    made = worlds.awarding(unit="N")
    decision = _of_the_state(made)
    text = said(drawn(commending.decision_paper(decision, queries.awards_of(decision))))

    assert re.search(r"^Số: 01/QĐ-UBND$", text, re.MULTILINE)
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "Căn cứ Nghị định số 152/2025/NĐ-CP" in text
    assert text.rstrip().count("./.") == 1


def _of_the_state(made, *recipients):
    nominations = [
        worlds.nominated(made, unit="N", recipient=each, decider="N")
        for each in recipients or ("A1.cb",)
    ]
    worlds.passed(made, *nominations)
    return deciding.decide(
        nominations=nominations,
        text=worlds.text(bases=("luat-06-2022-sua-doi", "nd-152-2025"), signer_post="Chủ tịch"),
        by=made.by,
        at=worlds.NOW,
    )


def test_the_list_goes_with_the_decision_its_head_on_every_page(made):
    decision = decided(made)
    document = drawn(commending.decision_paper(decision, queries.awards_of(decision)))

    collectives, individuals = document.tables[-2:]
    assert [cell.text for cell in collectives.rows[1].cells][:2] == ["1", "Chi bộ 1, Xã A1"]
    assert [cell.text for cell in individuals.rows[1].cells][1:3] == [
        "Cá nhân số 12",
        "Trưởng xóm, Chi bộ 1, Xã A1",
    ]
    assert "tblHeader" in collectives._tbl.xml
    assert "(Kèm theo Quyết định số 01-QĐ/ĐU ngày 20 tháng 10 năm 2026)" in said(document)


def test_units_called_alike_on_one_list_are_told_apart_by_the_unit_right_above():
    made = worlds.awarding(unit="N")
    told = {"kind": "party_cell", "on": made.world.territory, "start": dt.date(2025, 8, 1)}
    for key in ("N", "N.du"):
        made.world.units[f"{key}.nm"] = make.unit("Chi bộ Nà Mòn", under=made[key], **told)
    decision = _of_the_state(made, "N.nm", "N.du.nm")

    table = drawn(commending.decision_paper(decision, queries.awards_of(decision))).tables[-1]

    assert [row.cells[1].text for row in table.rows[1:]] == [
        "Chi bộ Nà Mòn, Xã N",
        "Chi bộ Nà Mòn, Đảng ủy Xã N",
    ]


def test_the_three_papers_say_what_the_dossier_says(made):
    nomination = worlds.nominated(made, name="Cá nhân số 12", post="Trưởng xóm")
    worlds.sent(made, nomination)
    texts = {
        each.kind: said(drawn(commending.dossier_paper(each, [nomination])))
        for each in nomination.papers.all()
    }

    assert "Kính gửi: Đảng ủy Xã N" in texts["to-trinh"]
    assert "Hiến 640 m² đất làm đường" in texts["bao-cao"]
    assert "Cấp trình đã xác nhận ngày 10/09/2026" in texts["bao-cao"]
    assert "Có mặt 6/7 thành viên" in texts["bien-ban"]
    # Only the submission has somebody above, to whom "as above" could point; minutes are signed by whoever sat in the chair.
    assert {kind for kind, text in texts.items() if "Như trên" in text} == {"to-trinh"}
    assert "T/M HỘI ĐỒNG" in texts["bien-ban"]
    assert "CHỦ TỊCH" in texts["bien-ban"]


def test_a_unit_that_decides_itself_is_proposed_to_by_its_council(made):
    nomination = worlds.nominated(made, unit="N.du", recipient="A1.cb")
    worlds.sent(made, nomination)
    paper = nomination.papers.get(kind="to-trinh")

    text = said(drawn(commending.dossier_paper(paper, [nomination])))

    assert "Hội đồng thi đua – khen thưởng Đảng ủy Xã N đề nghị Đảng ủy Xã N xem xét" in text


def test_certificates_are_one_pdf_a_page_for_each_award_that_stands(made):
    decision = decided(made)
    pages = pages_of(decision)
    deciding.revoke(
        award=decision.awards.first(), reason="Khai chưa đúng hồ sơ gốc.", by=made.by, at=worlds.NOW
    )

    assert (pages, pages_of(decision)) == (2, 1)


def pages_of(decision):
    made = certificates.render(decision, queries.awards_of(decision))
    return max(int(count) for count in re.findall(rb"/Count\s+(\d+)", made))


def test_a_certificate_is_the_same_to_the_byte(made):
    decision = decided(made)
    awards = queries.awards_of(decision)

    assert certificates.render(decision, awards) == certificates.render(decision, awards)
