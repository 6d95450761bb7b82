"""A4.4: an issued report stays; the next one notes by itself what has changed in the period before, and why."""

import datetime as dt
import io
import shutil
import subprocess

import docx
import openpyxl
import pytest

from lantoa.ledger.models import Entry
from lantoa.lib.periods import period
from lantoa.reports import actions, excel, pdf, word
from lantoa.reports import paper as papers
from lantoa.work import actions as work
from lantoa.work.models import Activity
from tests import make
from tests.reports import texts
from tests.reports import world as worlds
from tests.reports.world import BAO_LAM, HA_QUANG, ITS_COMMUNE, NOON, YEAR

pytestmark = pytest.mark.both

HEADS = sum(HA_QUANG) + ITS_COMMUNE + BAO_LAM
CONFERENCES = 4
MORE = 9
REASON = "Ghi nhầm ngày của cuộc sau"
NEXT, ITS_DAY = period("2024"), dt.date(2025, 1, 6)


def issued(world, of=YEAR, on=worlds.DAY):
    return actions.issue(
        template=world.template,
        unit=world.committee,
        scope=world.province,
        period=of,
        date=on,
        by=make.clerk(),
        at=NOON,
        prose=worlds.passages(),
    )


def corrected(world):
    """One record of Bảo Lâm comes late, the smaller one of Hà Quảng is withdrawn."""
    worlds.held("hoi-nghi-truc-tiep", world.below[0], dt.date(2023, 6, 1), heads=MORE)
    wrong = Activity.objects.get(values__value=HA_QUANG[1])
    work.withdraw(activity=wrong, reason=REASON, by=make.clerk(), at=NOON)


@pytest.fixture
def pair(world):
    """The report for 2023, corrected later, and the report for 2024."""
    first = issued(world)
    corrected(world)
    return first, issued(world, NEXT, ITS_DAY)


def noted(report):
    return next(each for each in papers.from_json(report.paper).tables if each.note_head)


def row(report, name):
    return next(each for each in noted(report).rows if each.label == name)


def test_a4_4_the_next_report_notes_what_a_figure_was_what_it_is_and_why(pair):
    heads = row(pair[1], "Lượt người dự hội nghị trực tiếp")

    then, now, difference = heads.cells
    assert (then.value, now.value) == (HEADS, HEADS + MORE - HA_QUANG[1])
    assert difference.value == MORE - HA_QUANG[1]
    assert difference.text == f"−{HA_QUANG[1] - MORE}"
    assert heads.note == f"Sửa 1 hồ sơ; thêm 1 hồ sơ: “{REASON}”"


def test_a4_4_what_came_and_went_in_equal_parts_is_no_correction(pair):
    assert "Hội nghị học tập trực tiếp" not in [each.label for each in noted(pair[1]).rows]


def test_a4_4_the_report_that_was_issued_first_stays_as_it_was(pair):
    kept = papers.from_json(pair[0].paper)

    assert {each.cell.value for each in kept.sources if each.name.startswith("Lượt người dự hội nghị trực tiếp")} == {HEADS}  # fmt: skip
    assert not any(each.note_head for each in kept.tables)


def test_a4_4_the_word_document_says_it_in_the_body_and_in_an_appendix(pair):
    opened = docx.Document(io.BytesIO(word.render(papers.from_json(pair[1].paper))))
    said = texts.of_word(word.render(papers.from_json(pair[1].paper)))

    assert (
        "Điều chỉnh số liệu kỳ trước: sau Báo cáo số 01-BC/TU, ngày 05/01/2024, hồ sơ của" in said
    )
    [table] = [each for each in opened.tables if each.rows[0].cells[-1].text == "Vì sao"]
    heads = [each.text for each in table.rows[0].cells]
    assert heads == ["TT", "Con số", "Đã báo cáo", "Hồ sơ nay là", "Chênh lệch", "Vì sao"]
    cells = [[each.text for each in line.cells] for line in table.rows[1:]]
    assert [
        "Lượt người dự hội nghị trực tiếp",
        str(HEADS),
        str(HEADS + MORE - HA_QUANG[1]),
        f"−{HA_QUANG[1] - MORE}",
    ] in [line[1:5] for line in cells]


def test_a4_4_the_workbook_has_the_corrections_as_numbers(pair):
    book = openpyxl.load_workbook(io.BytesIO(excel.render(papers.from_json(pair[1].paper))))
    sheet = book[book.sheetnames[-2]]

    lines = [[each.value for each in line] for line in sheet.iter_rows()]
    [heads] = [line for line in lines if line[2] == "Lượt người dự hội nghị trực tiếp"]
    assert heads[3:6] == [HEADS, HEADS + MORE - HA_QUANG[1], MORE - HA_QUANG[1]]
    assert REASON in heads[6]


def test_a4_4_the_pdf_has_the_appendix_of_corrections(pair):
    if not shutil.which("pdftotext"):
        pytest.skip("to read the PDF: apt-get install poppler-utils")
    drawn = pdf.render(papers.from_json(pair[1].paper))
    read = subprocess.run(["pdftotext", "-layout", "-", "-"], input=drawn, capture_output=True, check=True)  # fmt: skip

    assert "ĐIỀU CHỈNH SỐ LIỆU ĐÃ BÁO CÁO NĂM 2023" in read.stdout.decode()


def test_a4_4_a_period_whose_records_stand_is_said_to_be_unchanged(world):
    issued(world)
    paper = papers.from_json(issued(world, NEXT, ITS_DAY).paper)

    said = [papers.plain(each) for each in paper.blocks if isinstance(each, papers.Paragraph)]
    assert (
        "Các con số của năm 2023 nêu trong Báo cáo số 01-BC/TU, ngày 05/01/2024 đến nay không thay đổi."
        in said
    )
    assert not any(each.note_head for each in paper.tables)


def test_a4_4_a_first_report_has_nothing_before_it_to_note(world):
    said = texts.of_word(word.render(papers.from_json(issued(world).paper)))

    assert "kỳ trước" not in said
    assert "không thay đổi" not in said


def test_a4_4_the_last_issue_of_the_period_before_is_the_one_compared(world):
    issued(world)
    corrected(world)
    issued(world, YEAR, dt.date(2024, 3, 1))
    paper = papers.from_json(issued(world, NEXT, ITS_DAY).paper)

    assert not any(each.note_head for each in paper.tables)


def test_a4_4_every_difference_is_the_sum_of_what_was_posted_in_between(pair):
    first, second = pair
    between = Entry.objects.filter(pk__gt=first.ledger_position, pk__lte=second.ledger_position)

    compared = 0
    for line in noted(second).rows:
        key = papers.key_of(line.cells[1].key)
        if len(key.measures) == 1 and not line.cells[1].suffix:
            posted = between.filter(measure__code=key.measures[0])
            assert sum(posted.values_list("value", flat=True)) == line.cells[2].value, line.label
            compared += 1
    assert compared


def test_a4_4_the_cells_open_the_ledger_as_it_stood_as_it_is_and_in_between(pair):
    then, now, difference = row(pair[1], "Lượt người dự hội nghị trực tiếp").cells
    at = pair[0].ledger_position

    assert then.door == f"{now.door}&vi-tri={at}"
    assert difference.door == f"{now.door}&sau={at}"
