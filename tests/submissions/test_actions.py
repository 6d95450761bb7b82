"""Answering a sheet: records answer by themselves, what they lack is stated, nil is an answer."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction

import lantoa
from lantoa.ledger import actions as ledger
from lantoa.ledger.models import Claim, Entry
from lantoa.lib.errors import RefusedError
from lantoa.lib.periods import PeriodError
from lantoa.lib.tomls import DefinitionError
from lantoa.orgs.models import Unit
from lantoa.orgs.rights import NotAllowedError
from lantoa.submissions import actions, queries
from lantoa.submissions.models import Sheet, Statement
from lantoa.work import actions as work
from tests import make
from tests.submissions.conftest import WHY, YEAR_END, posted, reading

PACKAGE = Path(lantoa.__file__).parent
pytestmark = pytest.mark.django_db


def test_a_total_posts_what_the_records_lack_marked_with_its_reason(send, record, heads, unit):
    record(30)

    submission = send((heads, 100))

    entry = Entry.objects.get(source_kind="statement")
    assert entry.value == 100 - 30
    assert (entry.date, entry.reason) == (YEAR_END, WHY)
    assert entry.source_id == submission.statements.get().pk
    assert reading(heads, unit) == 100


def test_a_later_record_takes_the_statements_place(send, record, heads, unit):
    send((heads, 100))

    activity = record(30)
    assert posted() == [("statement", 100), ("activity", 30), ("statement", -30)]
    work.correct(
        activity=activity, seen=1, values={"luot-nguoi": 45}, by=make.clerk(), at=make.NOON
    )
    assert reading(heads, unit) == 100
    work.withdraw(activity=activity, reason="trùng", by=make.clerk(), at=make.NOON)

    assert reading(heads, unit) == 100
    assert sum(value for kind, value in posted() if kind == "statement") == 100


def test_sending_again_replaces_and_posts_the_difference(send, heads, unit):
    first = send((heads, 100))
    number = first.statements.get().pk

    again = send((heads, 120, YEAR_END, "đếm lại"))

    assert first.pk == again.pk
    assert again.statements.get().pk == number
    assert posted() == [("statement", 100), ("statement", 120 - 100)]
    assert Entry.objects.latest("pk").reason == "đếm lại"


def test_the_same_sent_again_changes_nothing(send, heads):
    first = send((heads, 100))

    again = send((heads, 100), at=make.NOON + dt.timedelta(days=1))

    assert again.sent_at == first.sent_at
    assert posted() == [("statement", 100)]


def test_a_total_left_out_when_sending_again_is_taken_back(send, heads, members, unit):
    send((heads, 100), (members, 7))

    send((members, 7))

    assert reading(heads, unit) == 0
    assert reading(members, unit) == 7
    assert Claim.objects.count() == Statement.objects.count() == 1


def test_members_of_two_years_are_what_there_is_at_each_end(send, members, unit):
    send((members, 57))
    send((members, 63, dt.date(2024, 12, 31), WHY), period="2024")

    assert posted() == [("statement", 57), ("statement", 63 - 57)]
    assert reading(members, unit) == 63


def test_an_answer_without_totals_says_that_the_records_are_all(send, record, sheet, unit):
    record(30)

    send()

    assert queries.reported(sheet, "2023") == {unit.pk}
    assert queries.nil(sheet, "2023") == set()
    assert posted() == [("activity", 30)]


def test_nil_is_an_answer_and_posts_nothing(send, sheet, unit):
    """A4.2"""
    send(is_nil=True)

    assert queries.nil(sheet, "2023") == {unit.pk}
    assert posted() == []


def test_nil_after_totals_takes_them_back(send, heads, unit):
    send((heads, 100))

    send(is_nil=True)

    assert reading(heads, unit) == 0


def test_nil_is_refused_where_there_are_records_and_taken_when_they_are_withdrawn(send, record):
    activity = record(30)
    with pytest.raises(RefusedError, match="đã có hồ sơ") as caught:
        send(is_nil=True)
    assert "There are records" in caught.value.en

    work.withdraw(activity=activity, reason="nhầm", by=make.clerk(), at=make.NOON)

    assert send(is_nil=True).is_nil
    assert send(is_nil=True, period="2022").is_nil


def test_nil_and_totals_are_not_sent_together(send, heads):
    with pytest.raises(RefusedError, match="một trong hai"):
        send((heads, 1), is_nil=True)


@pytest.mark.parametrize(
    ("total", "date", "reason", "vi", "en"),
    [
        (-1, YEAR_END, WHY, "số âm", "negative"),
        (2**63, YEAR_END, WHY, "quá lớn", "too large"),
        (1, dt.date(2024, 1, 1), WHY, "ngoài năm 2023", "outside 2023"),
        (1, YEAR_END, "  ", "Hãy ghi vì sao", "Say why"),
        (1, YEAR_END, "x" * 301, "300 ký tự", "300 characters"),
    ],
)
def test_what_is_wrong_is_refused_with_a_sentence(send, heads, total, date, reason, vi, en):
    with pytest.raises(RefusedError) as caught:
        send((heads, total, date, reason))

    assert vi in caught.value.vi
    assert en in caught.value.en
    assert caught.value.where == "luot-nguoi"
    assert posted() == []


def test_a_sheet_takes_what_it_asks_for_once(send, heads):
    with pytest.raises(RefusedError, match="không hỏi"):
        send((make.measure(), 1))
    with pytest.raises(RefusedError, match="không hỏi"):
        send((heads, 1), (heads, 2))


def test_a_unit_that_need_not_answer_is_refused(send, top, communes):
    Unit.objects.filter(pk=communes[1].pk).update(closed_date=dt.date(2023, 7, 1))

    for unit in (top, communes[1], make.unit(kind="party_commune", place=False)):
        with pytest.raises(RefusedError, match="không phải gửi"):
            send(unit=unit)


def test_a_period_that_has_not_begun_or_is_none_is_refused(send):
    with pytest.raises(RefusedError, match="chưa bắt đầu"):
        send(period="2027")
    with pytest.raises(PeriodError):
        send(period="2023-Q5")


def test_a_stranger_sends_nothing(send):
    with pytest.raises(NotAllowedError):
        send(by=make.person())


def test_the_database_wants_a_reason_too(send, heads):
    submission = send((heads, 1))

    with pytest.raises(IntegrityError, match="says_why"), transaction.atomic():
        submission.statements.update(reason="")


def test_by_decree_09_the_quarter_ends_on_the_14th(send, sheet, heads, unit, record):
    Sheet.objects.update(period_rule="nd09")
    sheet.refresh_from_db()
    record(30, day=dt.date(2023, 12, 14))
    record(4, day=dt.date(2023, 12, 15))

    send((heads, 50, dt.date(2023, 12, 14), WHY), period="2023-Q4")

    assert sum(value for kind, value in posted() if kind == "statement") == 50 - 30


def test_sending_takes_few_queries(send, heads, members, django_assert_max_num_queries):
    send((heads, 1))
    make.clerk()

    with django_assert_max_num_queries(30):
        send((heads, 100), (members, 7))


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_one_answer_sent_four_times_at_once_counts_once(send, heads, unit, record):
    make.clerk()
    gate = threading.Barrier(6)

    def run(number):
        gate.wait()
        try:
            return record(5) if number > 3 else send((heads, 100))
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(run, range(6)))

    assert reading(heads, unit) == 100
    assert sum(value for kind, value in posted() if kind == "activity") == 5 + 5


def load(path):
    actions.load_sheets(path=path, by=make.clerk(), at=make.NOON)


@pytest.fixture
def lines():
    return [make.line(code) for code in ("dang", "phu-nu", "cong-an")]


def test_the_sheets_of_the_house_load_and_load_again(lines):
    ledger.load_measures(path=PACKAGE / "ledger/measures.toml", by=make.clerk(), at=make.NOON)
    for _ in range(2):
        load(PACKAGE / "submissions/sheets.toml")

    members = Sheet.objects.get(code="dang-vien")
    assert members.unit_kinds == ["party_commune", "party_direct"]
    assert [measure.code for measure in members.measures.all()] == ["dang-vien"]
    assert members.days == {"party_commune": 4, "party_direct": 4}
    assert (members.frequency, members.start_date) == ("year", dt.date(2026, 1, 1))


SHEET = """
[so-lieu]
name = { vi = "Số liệu", en = "Numbers" }
line = "dang"
unit_kinds = ["party_commune"]
period_rule = "calendar"
frequency = "quarter"
since = 2026-01-01
days = { party_commune = 4 }
measures = ["luot-nguoi"]
"""


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"dang"', '"la"', "line lạ: la"),
        ('["party_commune"]', "[]", "unit_kinds lạ: trống"),
        ('"party_commune"', '"la"', "unit_kinds lạ: la"),
        ('"calendar"', '"lunar"', "period_rule lạ: lunar"),
        ('"luot-nguoi"', '"ty-le"', "measures lạ: ty-le"),
        ("line =", "lines =", "thiếu line"),
        ('"quarter"', '"week"', "frequency lạ: week"),
        ("party_commune = 4", "women = 4", "days lạ: women"),
        ("party_commune = 4", "party_commune = 0", "days không phải số ngày"),
        ("2026-01-01", '"mai"', "since không phải ngày"),
    ],
)
def test_a_wrong_sheet_changes_nothing(lines, heads, tmp_path, old, new, says):
    make.measure("ty-le", nature="ratio", top=heads, bottom=heads)
    path = tmp_path / "sheets.toml"
    path.write_text(SHEET + SHEET.replace("[so-lieu]", "[khac]").replace(old, new), "utf-8")

    with pytest.raises(DefinitionError, match=says):
        load(path)

    assert not Sheet.objects.exists()
