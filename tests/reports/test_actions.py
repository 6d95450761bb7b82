"""Issuing: sealed first, numbered by the rule, frozen, and told what has changed since."""

import datetime as dt
import time

import pytest

from lantoa.ledger import queries as ledger
from lantoa.orgs.rights import NotAllowedError
from lantoa.reports import actions, corrections, excel, layout, pdf, template, word
from lantoa.reports import paper as papers
from lantoa.reports.models import Report
from lantoa.warehouse import segments
from tests import make
from tests.reports import drawn
from tests.reports import world as worlds
from tests.reports.world import BAO_LAM, DAY, HA_QUANG, ITS_COMMUNE, NOON, YEAR

pytestmark = pytest.mark.both

HEADS = sum(HA_QUANG) + ITS_COMMUNE + BAO_LAM
DRAWN = (word.render, excel.render, pdf.render)


def issue(world, **asked):
    told = {
        "unit": world.committee,
        "scope": world.province,
        "period": YEAR,
        "date": DAY,
        "by": make.clerk(),
        "prose": worlds.passages(),
    }
    return actions.issue(template=world.template, at=NOON, **(told | asked))


def test_a_report_is_sealed_before_it_is_read_and_prints_the_hash(world):
    report = issue(world)

    assert report.chain == segments.newest().chain
    assert report.ledger_position == ledger.position() == segments.newest().last_entry
    kept = papers.from_json(report.paper)
    assert (kept.seal.chain, kept.seal.position) == (report.chain, report.ledger_position)


def test_a_frozen_report_says_what_it_said_whatever_is_recorded_later(world):
    report = issue(world)
    before = {draw: draw(papers.from_json(report.paper)) for draw in DRAWN}

    worlds.held("hoi-nghi-truc-tiep", world.below[0], dt.date(2023, 6, 1), heads=9)
    worlds.orgs.rename(
        unit=world.districts[0],
        name="Huyện Đổi Tên",
        short_name="Đổi Tên",
        date=dt.date(2023, 1, 1),
        by=make.clerk(),
        at=NOON,
    )

    kept = papers.from_json(Report.objects.get(pk=report.pk).paper)
    assert kept.sources[0].cell.value == 4
    for draw, as_issued in before.items():
        assert draw(kept) == as_issued


@pytest.mark.parametrize("draw", DRAWN)
def test_a_paper_drawn_on_another_day_is_the_same_to_the_byte(draw, monkeypatch):
    made = drawn.paper()
    today = draw(made)

    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(2_000_000_000))

    assert draw(made) == today


def test_an_issued_paper_kept_before_a_field_was_added_is_still_read(world):
    kept = issue(world).paper
    for block in kept["blocks"]:
        for piece in block.get("pieces", []):
            piece.pop("stated", None)
    for table in kept["tables"]:
        for column in table["columns"]:
            del column["is_stated"]

    assert word.render(papers.from_json(kept))


def test_a_report_with_a_section_that_nobody_wrote_is_not_issued(world):
    with pytest.raises(actions.UnwrittenError, match="chưa viết: Ưu điểm; Bài học kinh nghiệm"):
        issue(world, prose=worlds.passages(uu_diem=" ", bai_hoc=""))

    assert not Report.objects.exists()


def test_a_sent_report_shows_what_has_changed_since(world):
    report = issue(world)

    worlds.held("hoi-nghi-truc-tiep", world.below[0], dt.date(2023, 6, 1), heads=9)

    changes = {change.key.split("|")[0]: change for change in corrections.changes_since(report)[:2]}
    held, heads = changes["hoi-nghi-truc-tiep"], changes["luot-nguoi-truc-tiep"]
    assert (held.then.value, held.now.value, held.difference) == (4, 4 + 1, 1)
    assert (heads.then.value, heads.now.text, heads.difference) == (HEADS, str(HEADS + 9), 9)


def test_a_report_whose_records_stand_has_no_changes(world):
    assert corrections.changes_since(issue(world)) == []


def test_the_party_numbers_on_through_a_term_and_begins_again_in_the_next(world):
    first = issue(world, date=dt.date(2023, 12, 20))
    second = issue(world, date=dt.date(2024, 1, 5))
    next_term = issue(world, date=dt.date(2025, 10, 1))

    assert [each.number for each in (first, second, next_term)] == [
        "Số 01-BC/TU",
        "Số 02-BC/TU",
        "Số 01-BC/TU",
    ]


def test_the_state_numbers_on_through_a_year(world):
    first = issue(world, unit=world.province, date=dt.date(2023, 12, 20))
    second = issue(world, unit=world.province, date=dt.date(2023, 12, 21))
    next_year = issue(world, unit=world.province, date=dt.date(2024, 1, 5))

    assert [each.number for each in (first, second, next_year)] == [
        "Số: 01/BC-UBND",
        "Số: 02/BC-UBND",
        "Số: 01/BC-UBND",
    ]


def test_a_number_given_by_hand_is_kept_and_counted_on_from(world):
    issue(world, number=41)

    assert issue(world, date=dt.date(2024, 2, 1)).number == "Số 42-BC/TU"


def test_a_typed_number_is_not_issued(world):
    with pytest.raises(actions.TypedNumberError, match="999 lượt người"):
        issue(world, prose=worlds.passages(uu_diem="Có 999 lượt người tham gia."))

    assert not Report.objects.exists()


def test_only_a_reviewer_of_the_issuing_unit_may_issue(world):
    with pytest.raises(NotAllowedError):
        issue(world, by=make.recorder(world.committee))


def test_an_empty_ledger_has_nothing_to_issue(db, settings, tmp_path):
    settings.SEGMENTS = tmp_path
    worlds.lines()
    by = make.clerk()
    worlds.ledger.load_measures(path=worlds.PACKAGE / "ledger/measures.toml", by=by, at=NOON)
    worlds.submissions.load_sheets(path=worlds.PACKAGE / "submissions/sheets.toml", by=by, at=NOON)

    with pytest.raises(actions.NothingToReportError):
        issue(worlds.units())


def test_the_three_documents_say_the_same_figures(world):
    kept = papers.from_json(issue(world).paper)

    assert layout.show_number(kept.head, layout.layout_of(kept)) == "Số 01-BC/TU"
    assert word.render(kept)
    assert excel.render(kept)
    assert pdf.render(kept).startswith(b"%PDF")


def test_loading_a_template_again_changes_it_and_makes_no_second(world):
    again = actions.keep_template(path=worlds.ANNUAL, by=make.clerk(), at=NOON)

    assert again == world.template


def test_a_template_that_names_unknown_things_tells_all_of_them(world, tmp_path):
    path = tmp_path / "mau.toml"
    text = worlds.ANNUAL.read_text("utf-8")
    path.write_text(
        text.replace("{van-ban-ban-hanh}", "{van-ban}").replace("line=cong-an", "line=hai-quan"),
        "utf-8",
    )

    with pytest.raises(template.TemplateError) as refused:
        actions.keep_template(path=path, by=make.clerk(), at=NOON)

    assert "không có chỉ tiêu “van-ban”" in refused.value.vi
    assert "there is no line “hai-quan”" in refused.value.en
