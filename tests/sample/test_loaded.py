"""The sample in the books: read through the ledger, before and after the reform."""

import datetime as dt
import io
import tomllib

import docx
import openpyxl
import pytest

from lantoa.ledger.models import Measure
from lantoa.lib.periods import period
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Line, Person, Unit
from lantoa.practices import queries as practices
from lantoa.practices.models import Practice
from lantoa.project import demo
from lantoa.project.sample import load
from lantoa.reports import actions as reporting
from lantoa.reports import queries as reports
from lantoa.submissions import queries as submissions
from lantoa.submissions.models import Sheet
from lantoa.warehouse import figures
from tests.sample.test_rows import ARTICLE

pytestmark = pytest.mark.django_db
Y2023 = period("2023")
OLD, NEW = dt.date(2024, 1, 18), dt.date(2026, 1, 18)


def read(code, *, line="dia-ban", structure=None, unit="04", day=OLD):
    return figures.figure(
        measure=Measure.objects.get(code=code),
        unit=orgs.unit_on(unit, day),
        line=Line.objects.get(code=line),
        period=Y2023,
        structure=structure,
    ).top


@pytest.mark.parametrize("structure", [None, OLD, NEW])
def test_the_article_comes_out_of_the_ledger_on_every_structure(sample, structure):
    assert {code: read(code, structure=structure) for code in ARTICLE} == ARTICLE
    assert read("chi-hoi-co-mo-hinh", structure=structure) == 499
    assert read("nguoi-tham-gia-mo-hinh", structure=structure) == 20_000
    assert police_practices(structure) == 71
    # Beside the Police's, the six that the article names of the Women's Union.
    assert read("mo-hinh", structure=structure) == 77
    given = [read(f"khen-{level}", structure=structure) for level in LEVELS]
    assert (given[0] + given[1], given[2] + given[3]) == (27, 1_428)


def police_practices(structure):
    line = Line.objects.get(code="cong-an")
    return figures.figure(
        measure=Measure.objects.get(code="mo-hinh"),
        unit=orgs.root_on(line, OLD),
        line=line,
        period=Y2023,
        structure=structure,
    ).top


LEVELS = ("tinh-tap-the", "tinh-ca-nhan", "co-so-tap-the", "co-so-ca-nhan")


def test_the_communes_of_a_day_add_up_with_what_no_commune_accounts_for(sample):
    measure = Measure.objects.get(code="luot-nguoi-truc-tiep")
    territory = Line.objects.get(code="dia-ban")
    communes = Unit.objects.filter(kind="commune", closed_date=None)

    read_now = figures.among(
        measures=[measure],
        units=communes,
        line=territory,
        periods=[Y2023],
        structure=NEW,
    )
    parts = sum(read_now.figure(measure, unit.pk).top for unit in communes)
    rest = read_now.outside(measure)

    assert 0 < parts < 35_992
    assert parts + rest == 35_992


def test_all_communes_answered_for_2023_and_two_are_missing_in_the_third_quarter_of_2026(sample):
    sheet = Sheet.objects.get(code="hoc-tap-chuyen-de")

    first, last = submissions.answers(sheet, "2023"), submissions.answers(sheet, "2026-Q3")

    assert (len(first.reported), len(first.expected), len(first.nil)) == (161, 161, 2)
    assert (len(last.reported), len(last.expected), len(last.nil)) == (54, 56, 1)


def test_a_figure_of_the_province_opens_to_records_that_add_up(sample):
    found = figures.figure(
        measure=Measure.objects.get(code="luot-nguoi-truc-tiep"),
        unit=orgs.unit_on("04", OLD),
        line=Line.objects.get(code="dia-ban"),
        period=Y2023,
    )

    assert sum(row.value for row in figures.entries_behind(found)) == 35_992


@pytest.fixture(scope="module")
def documents(sample):
    """The report for 2023 in its three forms, and as plain values."""
    by = Person.objects.get(name=load.FOUNDER)
    kept = reporting.keep_template(path=demo.TEMPLATE, by=by, at=demo.NOW)
    paper = reports.paper_for(
        template=kept,
        unit=Unit.objects.get(kind=Unit.Kind.PARTY_PROVINCE),
        scope=orgs.unit_on("04", demo.REPORT_DATE),
        period=Y2023,
        date=demo.REPORT_DATE,
        prose=tomllib.loads(demo.PASSAGES.read_text("utf-8")),
        notice=demo.NOTICE,
    )
    files = {ending: draw(paper) for ending, draw in reports.DRAW.items()}
    return files, paper


@pytest.mark.parametrize(
    "sentence",
    [
        "1.103 hội nghị trực tiếp/35.992 lượt người tham gia",
        "21 hội nghị trực tuyến kết nối 312 điểm cầu với 8.284 lượt người tham gia",
        "với 499 chi hội/20.000 người tham gia",
        "có 71 mô hình, phần việc, cách làm",
        "Tổ chức 84 cuộc phát động, hưởng ứng với",
        "Cấp tỉnh khen thưởng 27 điển hình, cấp huyện, cấp xã và tương đương khen thưởng 1.428 điển hình",
        "Số liệu tổng hợp từ 161/161 đơn vị phải gửi biểu",
        "2 đơn vị báo không phát sinh: Đảng ủy xã Hồng Trị, Đảng ủy xã Lý Quốc",
    ],
)
def test_the_word_report_for_2023_says_what_the_article_says(documents, sentence):
    opened = docx.Document(io.BytesIO(documents[0]["docx"]))

    assert any(sentence in each.text for each in opened.paragraphs)


def test_the_workbook_for_2023_holds_the_same_totals_as_numbers(documents):
    book = openpyxl.load_workbook(io.BytesIO(documents[0]["xlsx"]))
    rows = book["Phụ lục 1"].iter_rows(values_only=True)

    total = next(row for row in rows if row[2] == "Tổng số")
    assert total[3:8] == (1103, 35992, 21, 312, 8284)


def test_the_report_for_2023_tells_records_from_what_units_stated(documents):
    stated = {source.key.split("|")[0]: source.is_stated for source in documents[1].sources}

    assert not any(stated[code] for code in ARTICLE)
    assert not stated["chi-hoi-co-mo-hinh"]
    assert not stated["mo-hinh"]
    assert not stated["khen-tinh-tap-the+khen-tinh-ca-nhan"]
    assert not stated["khen-co-so-tap-the+khen-co-so-ca-nhan"]


def test_the_report_for_2023_fills_the_table_of_awards_from_records(documents):
    awards = documents[1].tables[2]
    *units, total = ({c.title: cell.value or 0 for c, cell in zip(awards.columns, row.cells, strict=True)}
                     for row in awards.rows)  # fmt: skip

    assert [column.group for column in awards.columns[4:6]] == ["Trong đó"] * 2
    assert total["Tổng"] == 27 + 1_428
    assert total["Cấp huyện (đến 6/2025)"] + total["Cấp xã và tương đương"] == 1_428
    assert 0 < total["Trong đó trực tiếp lao động"] < total["Tổng"]
    assert all(sum(row[title] for row in units) == total[title] for title in total)


def test_the_practices_of_2023_open_to_the_units_that_keep_them(sample):
    """Each of the 499 chapters is one, its people are told by itself, and every tree reaches its origin."""
    found = figures.figure(
        measure=Measure.objects.get(code="chi-hoi-co-mo-hinh"),
        unit=orgs.unit_on("04", OLD),
        line=Line.objects.get(code="dia-ban"),
        period=Y2023,
    )
    behind = figures.entries_behind(found)

    assert {entry.source_kind for entry in behind} == {"practising"}
    assert len({entry.unit_id for entry in behind}) == 499
    for practice in Practice.objects.filter(title="Nuôi lợn nhựa tiết kiệm"):
        nodes = practices.spread_of(practice, NEW)
        assert nodes[0].is_origin
        assert max(node.depth for node in nodes) > 3
        assert len(nodes) > 150
