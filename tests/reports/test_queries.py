"""The paper that the records make: the words, the figures, where they come from."""

import datetime as dt

import pytest

from lantoa.inspections import actions as inspections
from lantoa.inspections.models import Inspection
from lantoa.inspections.refusals import Draft
from lantoa.ledger import actions as ledger
from lantoa.ledger.models import Measure
from lantoa.ledger.postings import Fact
from lantoa.lib.periods import period
from lantoa.orgs.models import Unit
from lantoa.reports import paper as papers
from lantoa.reports import queries
from lantoa.reports.issuing import NoIssuerError
from lantoa.reports.paper import Cell, Chart, Marks, Paragraph, Run
from tests import make
from tests.inspections import life
from tests.reports import world as worlds
from tests.reports.world import (
    BAO_LAM,
    CHAPTERS,
    DAY,
    FROM_BELOW,
    FROM_PROVINCE,
    HA_QUANG,
    ITS_COMMUNE,
    ONLINE,
    PEOPLE,
    POINTS,
    POLICE,
    YEAR,
)

HEADS = sum(HA_QUANG) + ITS_COMMUNE + BAO_LAM


def paper(world, **asked):
    told = {"unit": world.committee, "scope": world.province, "period": YEAR, "date": DAY} | asked
    return queries.paper_for(template=world.template, **told)


def said(made):
    return "\n".join(papers.plain(each) for each in made.blocks if isinstance(each, Paragraph))


def test_the_report_says_the_conferences_of_all_units_in_the_article_s_words(world):
    text = said(paper(world))

    assert f"4 hội nghị trực tiếp/{HEADS} lượt người tham gia" in text
    assert f"1 hội nghị trực tuyến kết nối {POINTS} điểm cầu với {ONLINE} lượt người" in text


def test_practices_are_read_along_their_own_line(world):
    text = said(paper(world))

    assert f"với {CHAPTERS} chi hội/{PEOPLE} người tham gia" in text
    assert f"Lực lượng Công an có {POLICE} mô hình" in text


def test_commendations_of_collectives_and_people_are_added(world):
    text = said(paper(world))

    assert f"Cấp tỉnh khen thưởng {sum(FROM_PROVINCE)} điển hình" in text
    assert f"cấp xã và tương đương khen thưởng {sum(FROM_BELOW)} điển hình" in text


def test_the_report_says_who_answered_and_who_is_missing(world):
    made = paper(world)

    assert "Số liệu tổng hợp từ 1/2 đơn vị" in said(made)
    assert made.completeness.missing == ("Đảng ủy thị trấn Bảo Lâm",)
    assert "1 đơn vị chưa gửi: Đảng ủy thị trấn Bảo Lâm." in said(made)


def test_nothing_to_report_is_an_answer_and_is_listed_apart(world):
    worlds.send("hoc-tap-chuyen-de", world.communes[0], is_nil=True)

    made = paper(world)

    assert (made.completeness.reported, made.completeness.expected) == (2, 2)
    assert made.completeness.nil == ("Đảng ủy thị trấn Bảo Lâm",)
    assert "1 đơn vị báo không phát sinh: Đảng ủy thị trấn Bảo Lâm." in said(made)


def test_a_table_has_a_row_a_unit_and_its_rows_add_up_to_its_total(world):
    table = paper(world).tables[0]
    heads = {row.label: row.cells[1].value for row in table.rows}

    assert heads["Huyện Hà Quảng"] == sum(HA_QUANG) + ITS_COMMUNE
    assert heads["Huyện Bảo Lâm"] == BAO_LAM
    assert heads["Tổng số"] == HEADS
    for column in range(len(table.columns)):
        parts = [row.cells[column].value or 0 for row in table.rows if row.kind != "total"]
        total = table.rows[-1].cells[column]
        assert total.suffix or sum(parts) == (total.value or 0)


def test_what_no_unit_accounts_for_stands_in_a_row_of_its_own(world):
    worlds.held("hoi-nghi-truc-tiep", world.province, dt.date(2023, 6, 1), heads=50)

    rest = [row for row in paper(world).tables[0].rows if row.kind == "rest"]

    assert [cell.value for cell in rest[0].cells[:2]] == [1, 50]


def test_a_row_says_when_units_below_it_have_not_answered(world):
    notes = {row.label: row.note for row in paper(world).tables[0].rows}

    assert notes["Huyện Bảo Lâm"] == "chưa gửi"
    assert notes["Huyện Hà Quảng"] == ""


def test_a_measure_that_nobody_has_spoken_of_is_a_dash_and_not_a_nought(world):
    inspections = paper(world).tables[3]

    assert {cell.text for row in inspections.rows if row.kind == "total" for cell in row.cells} == {
        "–"
    }
    assert "Chưa có số liệu về kiểm tra, giám sát trong kỳ." in said(paper(world))


def test_each_figure_of_the_prose_has_its_place_in_the_annex(world):
    made = paper(world)
    cells = [
        piece
        for block in made.blocks
        if isinstance(block, Paragraph)
        for piece in block.pieces
        if isinstance(piece, Cell) and piece.key
    ]

    assert cells
    assert [source.number for source in made.sources] == list(range(1, len(made.sources) + 1))
    by_number = {source.number: source for source in made.sources}
    assert all(by_number[cell.number].cell == cell for cell in cells)


def test_the_same_figure_in_prose_and_table_has_one_place(world):
    made = paper(world)
    first = made.sources[0]

    assert made.tables[0].columns[0].number == first.number
    assert made.tables[0].rows[-1].cells[0].key == first.key


def test_the_annex_says_how_many_records_were_added(world):
    by_name = {source.name: source for source in paper(world).sources}

    held = by_name["Hội nghị học tập trực tiếp"]
    assert (held.records, held.is_stated) == ("4 hồ sơ", False)
    assert held.counted == "1/2"


def test_the_annex_says_which_numbers_units_typed_themselves(world):
    practices = next(each for each in paper(world).sources if "chi-hoi" in each.key)

    assert practices.is_stated
    assert practices.records == "1 số tự khai"


def test_a_record_that_was_withdrawn_is_no_longer_counted(world):
    held = worlds.held("hoi-nghi-truc-tiep", world.below[0], dt.date(2023, 6, 1), heads=9)
    worlds.work.withdraw(activity=held, reason="Ghi nhầm", by=worlds.make.clerk(), at=worlds.NOON)

    source = paper(world).sources[0]

    assert (source.cell.value, source.records) == (4, "4 hồ sơ")


def test_the_charts_show_the_units_and_the_months(world):
    charts = {each.kind: each for each in paper(world).blocks if isinstance(each, Chart)}

    squares = {
        point.label: (point.cell.value, point.row, point.column) for point in charts["tiles"].points
    }
    assert squares["Hà Quảng"][0] == 3
    assert squares["Bảo Lâm"][1:] == (0, 0)
    months = [point.cell.value for point in charts["trend"].points]
    assert months[:5] == [0, ONLINE, HA_QUANG[0], BAO_LAM, HA_QUANG[1] + ITS_COMMUNE]


def test_the_year_before_is_named_only_if_it_has_something(world):
    assert "Cùng kỳ năm trước" not in said(paper(world))

    worlds.held("hoi-nghi-truc-tiep", world.below[0], dt.date(2022, 6, 1), heads=7)

    assert "Cùng kỳ năm trước có 1 hội nghị trực tiếp với 7 lượt người" in said(paper(world))


def test_a_district_s_report_reads_what_stands_below_it(world):
    made = paper(world, unit=world.below[1], scope=world.districts[1])

    assert f"3 hội nghị trực tiếp/{sum(HA_QUANG) + ITS_COMMUNE} lượt người" in said(made)
    assert made.head.parent == "TỈNH ỦY CAO BẰNG"
    assert (made.head.suffix, made.head.place) == ("HU", "Hà Quảng")


def test_on_a_chosen_day_s_structure_the_annex_says_so(world):
    made = paper(world, structure=dt.date(2023, 6, 30))

    assert made.sources[0].structure == "theo tổ chức ngày 30 tháng 6 năm 2023"
    assert made.sources[0].cell.value == 4


def test_a_passage_that_nobody_wrote_says_so_and_a_written_one_is_printed(world):
    assert "[Phần này do người soạn viết.]" in said(paper(world))

    made = paper(world, prose={"uu-diem": "Các cấp ủy vào cuộc sớm."})

    assert "Các cấp ủy vào cuộc sớm." in said(made)


def test_a_number_typed_into_prose_is_flagged(world):
    made = paper(world, prose={"uu-diem": "Có 999 lượt người học Kết luận số 01-KL/TW năm 2023."})

    assert len(made.flags) == 1
    assert made.flags[0].startswith("Số không lấy từ dữ liệu: “Có 999 lượt người học")


def test_the_sample_report_carries_no_number_of_its_own(world):
    assert paper(world).flags == ()


def test_a_share_above_a_hundred_is_asked_about(world):
    worlds.send("dang-vien", world.communes[1], {"dang-vien": 10})
    worlds.work.record(
        kind=worlds.ActivityKind.objects.get(code="hoi-nghi-truc-tiep"),
        unit=world.below[1],
        date=dt.date(2023, 7, 1),
        values={"luot-nguoi-truc-tiep": 15, "dang-vien-tham-gia": 15},
        by=worlds.make.clerk(),
        at=worlds.NOON,
    )

    flags = paper(world).flags

    assert len(flags) == 1
    assert "150,00%" in flags[0]


def test_the_people_s_committee_issues_by_the_rules_of_the_state(world):
    made = paper(world, unit=world.province)

    assert made.head.issuer == ("ỦY BAN NHÂN DÂN", "TỈNH CAO BẰNG")
    assert made.head.abstract.startswith("Kết quả")
    assert "Ủy ban nhân dân tỉnh Cao Bằng báo cáo kết quả năm 2023" in said(made)


def test_a_unit_without_rules_on_documents_is_refused_with_a_sentence(world):
    with pytest.raises(NoIssuerError, match="Chưa có thể thức"):
        paper(world, unit=Unit.objects.get(pk=world.women.pk))


def test_an_empty_period_makes_a_paper_that_says_so(world):
    made = paper(world, period=period("2021"))

    assert "Trong kỳ không phát sinh hội nghị học tập chuyên đề." in said(made)


def test_a_paper_takes_a_fixed_number_of_questions(world, django_assert_max_num_queries):
    paper(world)

    with django_assert_max_num_queries(174):
        paper(world)


def test_words_around_a_figure_are_one_stretch_of_text(world):
    sentence = next(
        each
        for each in paper(world).blocks
        if isinstance(each, Paragraph) and "hội nghị trực tiếp/" in papers.plain(each)
    )

    runs = [piece.text for piece in sentence.pieces if isinstance(piece, Run)]
    assert " hội nghị trực tiếp/" in runs


def test_a_total_that_nobody_stated_is_a_dash_beside_one_that_somebody_did(world):
    """The sheet is answered, but the answer leaves working people out; it does not say that there were none."""
    awards = paper(world).tables[2]
    total = {
        (column.group, column.title): cell.text
        for column, cell in zip(awards.columns, awards.rows[-1].cells, strict=True)
    }

    assert total["Cấp tỉnh khen", "Tập thể"] == str(FROM_PROVINCE[0])
    assert total["", "Trong đó trực tiếp lao động"] == "–"
    assert awards.note.endswith("Dấu –: chưa có số liệu.")


def test_a_nought_that_somebody_stated_is_a_nought(world):
    worlds.send("khen-thuong", world.communes[1], {"khen-truc-tiep-lao-dong": 0})

    awards = paper(world).tables[2]

    said = {row.label: row.cells[7].text for row in awards.rows}
    assert (said["Huyện Hà Quảng"], said["Tỉnh ủy Cao Bằng"]) == ("0", "–")
    assert said["Tổng số"] == "0"


def test_nothing_to_report_is_a_nought_in_every_column_of_its_sheet(world):
    worlds.send("khen-thuong", world.communes[0], is_nil=True)

    row = next(each for each in paper(world).tables[2].rows if each.label == "Huyện Bảo Lâm")

    # Districts and communes apart are counted from records alone: the sheet does not ask for them.
    assert [cell.text for cell in row.cells] == ["0"] * 4 + ["–"] * 2 + ["0"] * 2


def test_figures_that_units_stated_carry_a_star_and_those_of_records_none(world):
    made = paper(world)
    stated = {source.number for source in made.sources if source.is_stated}
    marks = [
        piece
        for block in made.blocks
        if isinstance(block, Paragraph)
        for piece in block.pieces
        if isinstance(piece, Marks)
    ]

    starred = {number for mark in marks for number in mark.stated}
    assert starred == {number for mark in marks for number in mark.numbers} & stated
    assert made.tables[1].columns[1].is_stated
    assert not made.tables[0].columns[0].is_stated


def test_a_sum_has_the_name_that_its_template_gives_it(world):
    names = {source.name for source in paper(world).sources}

    assert "Điển hình được khen cấp tỉnh" in names
    assert not any(" + " in name for name in names)


def test_a_table_names_every_sheet_that_its_columns_come_from(world):
    note = paper(world).tables[1].note

    assert "Biểu “Mô hình của công an”: 1/1 đơn vị đã gửi" in note
    assert "biểu “Mô hình của phụ nữ”: 1/1 đơn vị đã gửi" in note
    assert "biểu “Mô hình, cách làm của các đảng bộ”: 0/4 đơn vị đã gửi" in note


def inspected(world):
    """The committee of a district concludes an inspection of a commune's."""
    unit, line, day = world.below[1], worlds.make.line("dang"), dt.date(2023, 7, 1)
    inspector = life.holder(unit, "inspector", line)
    draft = Draft(
        Inspection.Kind.INSPECTION, unit, line, life.topic(), "Kiểm tra", day, day, [world.communes[1]], [inspector]
    )  # fmt: skip
    told = {"by": inspector, "at": worlds.NOON}
    made = inspections.plan(draft=draft, **told)
    inspections.start(inspection=made, date=day, **told)
    inspections.conclude(inspection=made, date=day, text="Đã học đủ.", **told)


def test_records_without_a_sheet_are_said_to_be_records(world):
    inspected(world)

    inspections = paper(world).tables[3]

    assert "Con số cộng từ hồ sơ đã ghi." in inspections.note
    assert {row.note for row in inspections.rows} == {""}


def test_the_state_counts_its_appendices_in_roman_numerals_and_the_party_does_not(world):
    assert "ở Phụ lục 1." in said(paper(world))
    assert "ở Phụ lục I." in said(paper(world, unit=world.province))


@pytest.mark.parametrize(
    ("code", "has_districts", "words"),
    [
        ("2023", True, "cấp huyện, cấp xã và tương đương khen thưởng"),
        ("2025", True, "cấp huyện đến hết tháng 6/2025, cấp xã và tương đương khen thưởng"),
        ("2026", False, "điển hình, cấp xã và tương đương khen thưởng"),
    ],
)
def test_awards_of_districts_are_told_of_periods_that_had_districts(
    world, code, has_districts, words
):
    for unit, measure in ((world.committee, "khen-tinh-tap-the"), (world.below[1], "khen-co-so-ca-nhan")):  # fmt: skip
        ledger.post(
            source_kind="award",
            source_id=unit.pk,
            facts=[
                Fact(Measure.objects.get(code=measure).pk, unit.pk, dt.date(int(code), 3, 1), 2)
            ],
            by=make.clerk(),
            at=make.NOON,
        )

    made = paper(world, period=period(code), date=dt.date(int(code) + 1, 1, 8))

    assert any(words in papers.plain(each) for each in made.blocks if isinstance(each, Paragraph))
    titles = [column.title for column in made.tables[2].columns]
    assert ("Cấp huyện (đến 6/2025)" in titles) is has_districts
