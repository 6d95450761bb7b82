"""When a sheet is due, and what is in time: the server's clock in Vietnam, half-open days, the network excused."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa.ledger import queries as ledger
from lantoa.lib.dates import VIETNAM
from lantoa.lib.errors import RefusedError
from lantoa.lib.periods import period
from lantoa.orgs.models import Post
from lantoa.submissions import actions, agenda, due, queries, reviews
from lantoa.submissions.due import First, Timely
from lantoa.submissions.models import Sheet
from lantoa.submissions.reviews import NotTheirsError, Shown
from tests import make
from tests.submissions.world import holder, typed

DUE = dt.date(2026, 10, 6)
MIDNIGHT = dt.datetime(2026, 10, 7, tzinfo=VIETNAM)
MICROSECOND = dt.timedelta(microseconds=1)


@pytest.fixture
def quarterly(sheet):
    Sheet.objects.update(
        frequency="quarter", start_date=dt.date(2026, 4, 1), days={"party_commune": 4}
    )
    sheet.refresh_from_db()
    return sheet


@pytest.mark.django_db
def test_periods_are_asked_for_from_the_first_to_todays(quarterly):
    codes = [each.code for each in due.asked_periods(quarterly, dt.date(2026, 11, 23))]

    assert codes == ["2026-Q2", "2026-Q3", "2026-Q4"]
    assert due.asked_periods(quarterly, dt.date(2026, 3, 31)) == []


@pytest.mark.django_db
def test_by_decree_09_the_period_of_the_15th_is_the_next(quarterly):
    quarterly.period_rule = "nd09"

    codes = [each.code for each in due.asked_periods(quarterly, dt.date(2026, 9, 15))]

    assert codes == ["2026-Q2", "2026-Q3", "2026-Q4"]


@pytest.mark.django_db
def test_each_level_has_its_working_days(quarterly):
    quarterly.days = {"party_commune": 4, "party_province": 10}
    third = period("2026-Q3")

    assert due.due(quarterly, "party_commune", third).day == DUE  # Thursday 1 October is the first
    assert due.due(quarterly, "party_province", third).day == dt.date(2026, 10, 14)
    assert due.due(quarterly, "women", third).day == dt.date(2026, 10, 1)


@pytest.mark.django_db
def test_a_day_in_a_year_whose_days_off_are_not_decided_says_so(quarterly):
    assert due.due(quarterly, "party_commune", period("2026-Q4")).unknown_years == (2027,)


@pytest.mark.django_db
def test_on_demand_nothing_is_due(sheet):
    assert due.asked_periods(sheet, DUE) == []
    assert due.due(sheet, "party_commune", period("2026")) is None


@given(st.timedeltas(dt.timedelta(days=-40), dt.timedelta(days=40)), st.integers(-12, 14))
def test_the_last_instant_of_the_due_day_is_in_time_in_every_zone(away, hours):
    zone = dt.timezone(dt.timedelta(hours=hours))
    received = (MIDNIGHT + away).astimezone(zone)

    found = due.judge(First(received, None, False), DUE)

    assert found == (Timely.ON_TIME if away < dt.timedelta(0) else Timely.LATE)


@pytest.mark.parametrize(
    ("received", "saved", "is_excused", "found"),
    [
        (MIDNIGHT - MICROSECOND, None, False, Timely.ON_TIME),
        (MIDNIGHT, None, False, Timely.LATE),
        (MIDNIGHT, MIDNIGHT - MICROSECOND, False, Timely.LATE_BY_NETWORK),
        (MIDNIGHT, MIDNIGHT, False, Timely.LATE),
        (MIDNIGHT, MIDNIGHT - MICROSECOND, True, Timely.EXCUSED),
        (MIDNIGHT - MICROSECOND, MIDNIGHT, True, Timely.ON_TIME),
    ],
)
def test_what_a_phone_saved_in_time_and_sent_late_goes_to_a_person(
    received, saved, is_excused, found
):
    assert due.judge(First(received, saved, is_excused), DUE) == found


@pytest.fixture
def answer(quarterly, unit, top):
    sender = holder(unit, Post.Role.RECORDER)

    def answer(*, unit=unit, at=MIDNIGHT, saved_at=None, seen=0, by=sender, total=3):
        return actions.answer(
            sheet=quarterly, unit=unit, period="2026-Q3", typed=typed(luot_nguoi=total), seen=seen,
            saved_at=saved_at, by=by, at=at,
        )  # fmt: skip

    return answer


@pytest.mark.django_db
def test_completeness_and_timeliness_are_counted(
    quarterly, communes, answer, django_assert_num_queries
):
    early = MIDNIGHT - MICROSECOND
    answer(unit=communes[0], by=make.clerk(), at=early)
    answer(unit=communes[1], by=make.clerk(), saved_at=early)

    with django_assert_num_queries(2):
        found = queries.timeliness(quarterly, "2026-Q3")

    assert found.by[Timely.ON_TIME] == {communes[0].pk}
    assert found.by[Timely.LATE_BY_NETWORK] == {communes[1].pk}
    assert found.missing == {communes[2].pk}
    assert len(found.reported) == 2
    assert found.within([communes[2].pk]).expected == {communes[2].pk}


@pytest.mark.django_db
def test_mending_a_returned_report_does_not_make_it_late(quarterly, answer, top):
    above = holder(top, Post.Role.REVIEWER)
    submission = answer(at=MIDNIGHT - MICROSECOND)
    reviews.send_back(
        submission=submission, shown=Shown(1, ledger.position()), question="27?", by=above,
        at=MIDNIGHT,
    )  # fmt: skip

    again = answer(seen=1, at=MIDNIGHT + dt.timedelta(days=3), total=4)

    assert again.version == 2
    assert queries.timely(again) == Timely.ON_TIME


@pytest.mark.django_db
def test_the_unit_above_excuses_the_network_once(answer, unit, top):
    above = holder(top, Post.Role.APPROVER)
    submission = answer(saved_at=MIDNIGHT - MICROSECOND)
    with pytest.raises(NotTheirsError):
        reviews.excuse(submission=submission, by=holder(unit, Post.Role.REVIEWER), at=MIDNIGHT)

    reviews.excuse(submission=submission, by=above, at=MIDNIGHT)

    assert queries.timely(submission) == Timely.EXCUSED
    assert submission.state == "sent"
    with pytest.raises(RefusedError, match="không có gì để miễn"):
        reviews.excuse(submission=submission, by=above, at=MIDNIGHT)


@pytest.mark.django_db
def test_the_agenda_says_what_is_asked_and_how_much_is_filled(quarterly, unit, record, answer):
    record(30, day=dt.date(2026, 10, 3))
    answer()

    items = agenda.agenda(unit, make.NOON)

    assert [(each.span.code, each.state) for each in items] == [
        ("2026-Q2", ""),
        ("2026-Q3", "sent"),
        ("2026-Q4", ""),
    ]
    # The members were never recorded; the study of 2023 is another year's.
    assert [(each.filled, each.boxes) for each in items if each.is_open] == [(0, 2), (1, 2)]
    assert items[0].days_left(dt.date(2026, 11, 23)) < 0


@pytest.mark.django_db
def test_the_agenda_tells_what_was_asked_word_for_word(unit, top, answer):
    submission = answer()
    reviews.send_back(
        submission=submission, shown=Shown(1, ledger.position()), question="27 hay 37 người?",
        by=holder(top, Post.Role.REVIEWER), at=MIDNIGHT,
    )  # fmt: skip

    returned = next(each for each in agenda.agenda(unit, make.NOON) if each.state == "returned")

    assert returned.question == "27 hay 37 người?"
    assert returned.asker == top.pk


@pytest.mark.django_db
def test_a_unit_that_closed_before_the_periods_end_is_not_asked(quarterly, unit):
    unit.closed_date = dt.date(2026, 9, 30)

    assert [each.span.code for each in agenda.agenda(unit, make.NOON)] == ["2026-Q2"]
