"""Members vote at once, one of them twice; two decisions take a number at once, or are one (RELIABILITY D4, D10)."""

import datetime as dt

import pytest

from lantoa.awards import above, boxes, councils, deciding
from lantoa.awards.above import FromAbove
from lantoa.awards.models import Decision, Question
from lantoa.awards.refusals import VotedAlreadyError
from lantoa.lib.errors import RefusedError
from tests.awards import world as worlds
from tests.work.test_races import at_once

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]


def test_votes_cast_at_once_are_all_in_the_box_and_nobody_is_in_it_twice():
    made = worlds.awarding()
    ballot = worlds.opened(made, worlds.nominated(made))
    # The first member presses on three devices at once.
    presses = [*made.members, made.members[0], made.members[0]]

    def press(number):
        try:
            worlds.vote(ballot, presses[number], number != 4)
        except VotedAlreadyError:
            return "refused"
        return "cast"

    assert sorted(at_once(press, len(presses))) == ["cast"] * 5 + ["refused"] * 2
    ballot.refresh_from_db()
    assert boxes.counted(bytes(ballot.box), bytes(ballot.salt)) == [(4, 1)]
    councils.close(ballot=ballot, by=made.by, at=worlds.CLOSED)
    assert Question.objects.get().yes == 4


def test_decisions_issued_at_once_have_numbers_of_their_own():
    made = worlds.awarding()
    both = [worlds.nominated(made), worlds.nominated(made, name="Cá nhân số 2")]
    worlds.passed(made, *both)

    def issue(number):
        said = worlds.text()
        return deciding.decide(nominations=[both[number]], text=said, by=made.by, at=worlds.NOW).number  # fmt: skip

    assert sorted(at_once(issue, 2)) == [1, 2]
    assert Decision.objects.count() == 2


def test_a_decision_from_above_written_down_twice_at_once_is_there_once_and_the_other_is_told():
    made, first = worlds.highest()
    second = worlds.nominated(made, unit="N.du", decider="TU", form=worlds.HIGHEST, achievement="Việc khác")  # fmt: skip
    worlds.passed(made, second)
    both, said = (first, second), []
    told = FromAbove(authority="Thủ tướng Chính phủ", symbol="1234/QĐ-TTg", date=dt.date(2026, 11, 10))  # fmt: skip

    def write(number):
        try:
            above.record(nominations=[both[number]], told=told, by=made.by, at=worlds.NOW)
        except RefusedError as refused:
            said.append(str(refused))
            return "refused"
        return "written"

    assert sorted(at_once(write, 2)) == ["refused", "written"]
    assert "1234/QĐ-TTg ngày 10/11/2026 đã ghi rồi" in said[0]
    assert Decision.objects.count() == 1
