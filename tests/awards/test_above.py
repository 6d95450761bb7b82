"""What a higher authority decided: written down with its own number and date, counted in no figure of the province."""

import dataclasses
import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from lantoa.awards import above, deciding, honours, queries
from lantoa.awards.above import FromAbove
from lantoa.awards.models import Award, Decision
from lantoa.awards.refusals import AlreadyAwardedError
from lantoa.ledger.models import Entry
from lantoa.lib.errors import RefusedError
from lantoa.orgs.rights import NotAllowedError
from tests import make
from tests.awards import world as worlds

pytestmark = pytest.mark.both
TOLD = FromAbove(authority="Thủ tướng Chính phủ", symbol="1234/QĐ-TTg", date=dt.date(2026, 11, 10))


@pytest.fixture
def sent_up(db):
    return worlds.highest()


def record(made, *nominations, **changed):
    told = dataclasses.replace(TOLD, **changed)
    return above.record(nominations=nominations, told=told, by=made.by, at=worlds.NOW)


def test_it_bears_the_number_and_the_date_of_the_authority(sent_up):
    made, nomination = sent_up

    decision = record(made, nomination)

    assert (decision.authority, decision.symbol, decision.number) == (
        TOLD.authority,
        TOLD.symbol,
        0,
    )
    assert Award.objects.get().decision == decision
    nomination.refresh_from_db()
    assert (nomination.state, nomination.level) == ("decided", "state")


def test_it_counts_in_no_figure_of_the_province(sent_up):
    made, nomination = sent_up
    record(made, nomination)

    assert not Entry.objects.filter(source_kind="award").exists()


def test_it_takes_no_number_from_the_unit_s_own_series(sent_up):
    made, nomination = sent_up
    record(made, nomination)

    assert deciding.next_number(made["TU"], dt.date(2026, 11, 10)) == 1


def test_this_unit_cannot_issue_it_as_its_own(sent_up):
    made, nomination = sent_up

    with pytest.raises(RefusedError, match="cấp khác quyết định"):
        deciding.decide(nominations=[nomination], text=worlds.text(), by=made.by, at=worlds.NOW)


def test_what_the_unit_decides_itself_is_not_written_down_as_from_above(db):
    made = worlds.awarding()
    nomination = worlds.nominated(made)
    worlds.passed(made, nomination)

    with pytest.raises(RefusedError, match="tự quyết định"):
        record(made, nomination)


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"authority": " "}, "cap-tren"),
        ({"authority": "x" * 121}, "cap-tren"),
        ({"symbol": ""}, "so-cap-tren"),
        ({"symbol": "không số"}, "so-cap-tren"),
        ({"date": worlds.TODAY + dt.timedelta(days=1)}, "ngay-cap-tren"),
        ({"date": dt.date(2026, 9, 1)}, "ngay-cap-tren"),
    ],
)
def test_words_and_days_that_cannot_be_are_refused_where_they_were_typed(sent_up, changed, where):
    made, nomination = sent_up

    with pytest.raises(RefusedError) as refused:
        record(made, nomination, **changed)

    assert refused.value.where == where
    assert not Decision.objects.exists()


def test_a_decision_from_above_is_written_down_once(sent_up):
    made, nomination = sent_up
    record(made, nomination)
    second = worlds.nominated(made, unit="N.du", decider="TU", form=worlds.HIGHEST, achievement="Việc khác")  # fmt: skip
    worlds.passed(made, second)

    with pytest.raises(RefusedError, match="đã ghi rồi"):
        record(made, second)


def test_one_achievement_is_not_awarded_again_from_above(sent_up):
    made, nomination = sent_up
    record(made, nomination)
    again = worlds.nominated(made, unit="N.du", decider="TU", form="bang-khen", achievement="Việc khác")  # fmt: skip
    again.achievement = nomination.achievement

    with pytest.raises(AlreadyAwardedError, match="1234/QĐ-TTg"):
        worlds.sent(made, again)


def test_only_who_may_decide_at_the_unit_writes_it_down(sent_up):
    made, nomination = sent_up

    with pytest.raises(NotAllowedError):
        above.record(
            nominations=[nomination], told=TOLD, by=make.recorder(made["A1.cb"]), at=worlds.NOW
        )


def test_the_database_keeps_a_number_of_its_own_or_one_from_above(sent_up):
    made, nomination = sent_up
    decision = record(made, nomination)

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(symbol="")
    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(number=3)


def test_the_public_reads_whose_decision_it_is(sent_up):
    made, nomination = sent_up
    decision = record(made, nomination)
    deciding.publish(decision=decision, by=made.by, at=worlds.NOW)

    [listed] = honours.listed(honours.Asked(year=2026))

    assert (listed.unit, listed.level, listed.collectives) == (TOLD.authority, "state", 1)


def test_it_waits_in_a_list_of_its_own(sent_up):
    made, nomination = sent_up

    assert queries.sent_above(made.by, made["TU"], worlds.NOW) == [nomination]
    assert queries.to_decide(made.by, made["TU"], worlds.NOW) == []
