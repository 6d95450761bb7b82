"""The page of an issued report: frozen to the digit, every figure a door, and what has changed since said beside it."""

import datetime as dt
import html
import io
import re
import tomllib

import docx
import pytest

from lantoa.lib.periods import period
from lantoa.reports import actions as reports
from lantoa.reports import paper as papers
from lantoa.reports import template, wording
from lantoa.work import actions as work
from lantoa.work.models import ActivityKind
from tests import make
from tests.portal.seen import figures, text, total
from tests.portal.test_figures import CONFERENCES, PEOPLE

pytestmark = pytest.mark.django_db

FORMS = ("docx", "xlsx", "pdf")
LATER = dt.date(2023, 9, 9)


@pytest.fixture
def page(world):
    return f"/bao-cao/{world.report.pk}/"


def hold_two_more(world):
    for heads in (10, 20):
        work.record(
            kind=ActivityKind.objects.get(code="hoi-nghi-truc-tiep"),
            unit=world.parties["01357"],
            date=LATER,
            values={"luot-nguoi-truc-tiep": heads},
            by=make.clerk(),
            at=make.NOON,
        )


def said(response):
    """The words of a page, without the spaces that its tags leave around a stroke."""
    return re.sub(r" ?/ ?", "/", text(response))


def test_the_page_says_the_article_s_sentence_from_the_records(client, page):
    got = said(client.get(page))

    assert f"{CONFERENCES} hội nghị trực tiếp/{PEOPLE} lượt người tham gia" in got


def test_the_page_says_how_many_units_answered(client, page):
    got = said(client.get(page))

    assert "Số liệu tổng hợp từ 5/6 đơn vị phải gửi biểu" in got
    assert "1 đơn vị chưa gửi" in got


def test_every_chip_opens_records_that_add_up_to_it(client, page):
    chips = figures(client.get(page))
    opened = 0

    assert chips
    for printed, href in chips:
        address = href if href.startswith("/") else page + href
        answer = client.get(address)
        assert answer.status_code == 200, href
        if (summed := total(answer)) is not None and printed != "–":
            assert f"{summed:,}".replace(",", ".") == printed, href
            opened += 1
    assert opened >= 3


def test_every_chip_of_the_prose_carries_its_number_for_paper(client, page):
    chips = re.findall(r'<a class="fig fig--chip[^>]*>', client.get(page).content.decode())

    assert chips
    assert all(re.search(r'data-n="\d+\*?"', chip) for chip in chips)


def test_a_figure_that_units_stated_has_a_star_and_the_page_says_what_it_means(client, page):
    body = client.get(page).content.decode()

    assert re.search(r'class="fig fig--chip fig--stated" [^>]*data-n="\d+\*"', body)
    assert "Dấu *: số đơn vị tự khai, chưa có hồ sơ." in text(client.get(page))


def test_a_figure_of_records_has_no_star(client, page):
    chip = re.search(
        r'<a class="([^"]*)" href="/so-lieu/hoi-nghi-truc-tiep/ho-so/',
        client.get(page).content.decode(),
    )

    assert chip
    assert "fig--stated" not in chip[1]


def test_the_contents_lead_to_every_part(client, page):
    body = client.get(page).content.decode()
    contents = re.search(r'<nav class="report__toc.*?</nav>', body, re.DOTALL)[0]
    leads = re.findall(r'href="#([^"]+)"', contents)

    assert len(leads) == 5
    assert all(f'<h2 id="{lead}">' in body for lead in leads)
    assert "III- ĐÁNH GIÁ CHUNG" in contents


def test_the_committee_signs_as_on_paper(client, page):
    assert "T/M BAN THƯỜNG VỤ PHÓ BÍ THƯ" in text(client.get(page))


@pytest.mark.parametrize("form", FORMS)
def test_a_file_has_the_size_that_its_button_says_and_is_the_same_each_time(
    client, page, world, form
):
    first, second = (client.get(f"{page}tai.{form}").content for _ in range(2))

    assert first == second
    assert world.report.sizes[form] == len(first)
    assert f"{-(-len(first) // 1024)} KB" in text(client.get(page))


def test_a_form_that_there_is_not_is_not_found(client, page):
    assert client.get(f"{page}tai.exe").status_code == 404


def test_a_sent_report_keeps_its_digits_and_says_what_the_records_say_now(client, page, world):
    before = {form: client.get(f"{page}tai.{form}").content for form in FORMS}

    hold_two_more(world)

    got = said(client.get(page))
    assert f"{CONFERENCES} (hồ sơ nay là {CONFERENCES + 2} (+2)) hội nghị trực tiếp/" in got
    assert f"(hồ sơ nay là {PEOPLE + 30} (+30)) lượt người tham gia" in got
    assert "Sau khi ban hành, hồ sơ của" in got
    assert {form: client.get(f"{page}tai.{form}").content for form in FORMS} == before


def test_a_table_of_a_sent_report_says_in_its_row_what_has_changed(client, page, world):
    hold_two_more(world)

    got = text(client.get(page + "?xem=phu-luc-1"))

    assert f"Huyện Hà Quảng {1 + 2 + 4 + 5} hồ sơ nay là {1 + 2 + 4 + 5 + 2} (+2)" in got


def test_a_report_whose_records_stand_says_of_no_change(client, page):
    assert "hồ sơ nay là" not in text(client.get(page))


def test_the_word_file_says_the_article_s_sentence(client, page):
    opened = docx.Document(io.BytesIO(client.get(f"{page}tai.docx").content))

    assert any(
        f"{CONFERENCES} hội nghị trực tiếp/{PEOPLE} lượt người tham gia" in each.text
        for each in opened.paragraphs
    )


def test_the_address_that_the_annex_prints_opens_the_figure(client, world):
    paper = papers.from_json(world.report.paper)
    shared = re.search(r"/so-lieu/mã/ho-so/\?([^,]+),", wording.sources_intro(paper))[1]
    singles = [source for source in paper.sources if source.door]

    assert singles
    for source in singles:
        code, _, own = wording.source_texts(source, paper)[-1].partition("?")
        address = wording.DOOR.format(code=code, query=own or shared)
        assert client.get(address).status_code == 200, address


def test_the_annex_has_a_line_a_figure_and_opens_each_part_of_a_sum(client, page, world):
    body = client.get(page + "?xem=nguon").content.decode()
    paper = papers.from_json(world.report.paper)

    assert [f'id="nguon-{source.number}"' in body for source in paper.sources] == [True] * len(
        paper.sources
    )
    parts = [html.unescape(each) for each in re.findall(r'<a href="([^"]+)">mở phần', body)]
    assert parts
    assert {client.get(part).status_code for part in parts} == {200}


def test_the_seal_stands_on_the_page(client, page, world):
    assert world.report.chain in text(client.get(page))


def test_an_english_reader_is_told_that_the_report_stays_vietnamese(client, page):
    got = client.get("/en" + page)

    assert 'lang="vi"' in got.content.decode()
    assert "Vietnamese" in text(got)


def test_the_page_takes_few_questions_however_many_figures_it_has(
    client, page, world, django_assert_max_num_queries
):
    client.get(page)

    with django_assert_max_num_queries(12):
        client.get(page)
    hold_two_more(world)
    client.get(page)
    with django_assert_max_num_queries(30):
        client.get(page)


def test_a4_4_the_next_report_s_page_opens_each_correction_to_the_records_that_made_it(
    client, world
):
    hold_two_more(world)
    after = issue_next(world)
    page = f"/bao-cao/{after.pk}/?xem=phu-luc-5"

    got = client.get(page)
    opened = {href: said for said, href in figures(got)}
    now = {href: said for href, said in opened.items() if "vi-tri" not in href and "sau=" not in href}  # fmt: skip
    then = {href: said for href, said in opened.items() if "vi-tri" in href}
    between = {href: said for href, said in opened.items() if "sau=" in href}

    assert "Đã báo cáo Hồ sơ nay là Chênh lệch Vì sao" in text(got)
    assert {href: str(total(client.get(href))) for href in [*now, *then]} == {**now, **then}
    assert len(between) == len(now) == len(then) == 2
    for href, said in between.items():
        foot = re.search(r"dòng ghi sau vị trí ấy (\d+)", text(client.get(href)))
        assert f"+{foot[1]}" == said, href


def test_a_position_that_is_none_is_refused_in_words(client, world):
    for asked in ("vi-tri=abc", "sau=-3", "vi-tri=0"):
        got = client.get(f"/so-lieu/hoi-nghi-truc-tiep/ho-so/?ky=2023&{asked}")
        assert got.status_code == 400
        assert "không phải vị trí sổ cái" in text(got)


def test_a_position_beyond_the_ledger_reads_it_as_it_stands(client, world):
    got = client.get(f"/so-lieu/hoi-nghi-truc-tiep/ho-so/?ky=2023&vi-tri={10**17}")

    assert total(got) == CONFERENCES


def issue_next(world):
    return reports.issue(
        template=world.report.template,
        unit=world.report.unit,
        scope=world.report.scope,
        period=period("2024"),
        date=dt.date(2025, 1, 9),
        by=make.clerk(),
        at=make.NOON,
        prose=tomllib.loads((template.FOLDER / "bao-cao-nam-minh-hoa.toml").read_text("utf-8")),
    )


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_every_number_of_an_appendix_opens_records_that_add_up_to_it(client, page, number):
    opened = figures(client.get(f"{page}?xem=phu-luc-{number}"))

    proved = 0
    for printed, href in opened:
        if href.startswith("?"):
            continue
        answer = client.get(href)
        assert answer.status_code == 200, href
        summed = total(answer)
        if summed is not None and "%" not in printed and printed != "–":
            assert f"{summed:,}".replace(",", ".") == printed, href
            proved += 1
    assert proved or all(printed in ("–", "0") or href.startswith("?") for printed, href in opened)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_the_rows_of_an_appendix_add_up_to_its_total(world, number):
    table = papers.from_json(world.report.paper).tables[number - 1]
    *rows, whole = table.rows

    assert whole.kind == "total"
    for place, last in enumerate(whole.cells):
        if last.value is not None and not last.suffix:
            assert sum(row.cells[place].value or 0 for row in rows) == last.value, place
