"""What questions mean in the ledger: messages as messages, people as people, how long as whole days."""

import datetime as dt
import random

import pytest

from lantoa.enquiries import actions, asking, facts
from lantoa.enquiries.models import Enquiry
from lantoa.lib import workhours
from tests import make
from tests.enquiries.asking import answerer, ask, counted, measures, now
from tests.times import times

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _counted():
    measures()


def test_a_question_counts_where_it_is_answered_and_moves_with_it(question, answerer, world):
    actions.hand_over(
        enquiry=question, unit=world["P"], reason="Việc của tỉnh", seen=1, by=answerer, at=make.NOON
    )

    assert counted("cau-hoi", world["N"]) == 1 - 1
    assert counted("cau-hoi", world["P"]) == 1


def test_an_answer_counts_on_the_day_the_question_came(question, answerer):
    late = question.due_at + A_DAY
    actions.answer(enquiry=question, text="Có.", seen=1, by=answerer, at=late)

    assert counted("cau-tra-loi") == 1
    assert counted("tra-loi-dung-han") == 0
    assert counted("tra-loi-sau-hon-5-ngay") + counted("tra-loi-sau-5-ngay") == 1


def test_time_that_was_waited_for_the_citizen_is_nobodys_fault(question, answerer):
    actions.ask_back(enquiry=question, text="Ở đâu?", seen=1, by=answerer, at=make.NOON)
    back = make.NOON + 30 * A_DAY
    asking.add(enquiry=now(question), text="Ở Nà Mòn", source="f2", at=back)
    actions.answer(
        enquiry=now(question), text="Có.", seen=now(question).version, by=answerer, at=back
    )

    assert counted("tra-loi-dung-han") == counted("tra-loi-sau-0-ngay") == 1
    assert counted("tin-nhan-cua-dan") == 1 + 1


def test_an_answer_that_did_not_help_is_taken_back_until_there_is_another(question, answerer):
    actions.answer(enquiry=question, text="Có.", seen=1, by=answerer, at=make.NOON)
    asking.judge(enquiry=now(question), is_solved=False, text="Sao?", source="j", at=make.NOON)

    assert counted("cau-tra-loi") == 1 - 1
    actions.answer(
        enquiry=now(question), text="Vậy.", seen=now(question).version, by=answerer, at=make.NOON
    )
    asking.judge(enquiry=now(question), is_solved=True, text="", source="k", at=make.NOON)
    assert counted("cau-tra-loi") == counted("dan-noi-da-xong") == 1


def told(enquiry):
    """What one enquiry means, said slowly: by code, over all days."""
    days = (
        None
        if enquiry.answered_at is None
        else (workhours.between(enquiry.received_at, enquiry.answered_at) - enquiry.waited_minutes)
        // 450
    )
    return {
        "cau-hoi": 1,
        "tin-nhan-cua-dan": enquiry.messages.count(),
        "cau-tra-loi": int(days is not None),
        "tra-loi-dung-han": int(days is not None and enquiry.answered_at <= enquiry.due_at),
        "dan-noi-da-xong": int(enquiry.is_solved is True),
        "dan-noi-chua-xong": int(enquiry.is_solved is False),
        **{code: int(days is not None and min(days, 6) == n) for n, code in enumerate(facts.AFTER)},
    }


def something(chance, one, by, others, at):
    """Do to a question one thing that may be done to it now."""
    source, seen = f"{at}", one.version
    same = {"enquiry": one, "seen": seen, "by": by, "at": at}
    deeds = ["answer"]
    if one.state == "answered":
        deeds.append("judge")
    else:
        deeds += ["ask_back", "add"] + (["hand_over"] if one.unit not in others else [])
    match chance.choice(deeds):
        case "answer":
            actions.answer(text="Có.", **same)
        case "ask_back":
            actions.ask_back(text="Ở đâu?", **same)
        case "hand_over":
            actions.hand_over(unit=chance.choice(others), reason="Việc khác", **same)
        case "add":
            asking.add(enquiry=one, text="Đây", source=source, at=at)
        case "judge":
            is_solved = chance.random() < 0.5
            asking.judge(enquiry=one, is_solved=is_solved, text="Còn", source=source, at=at)


@pytest.mark.parametrize("seed", range(times(4)))
def test_after_any_history_the_ledger_says_what_the_questions_say(world, seed):
    chance, by = random.Random(seed), answerer(world["P"])
    asked, at = [ask(world["N"]) for _ in range(3)], make.NOON
    for _ in range(25):
        at += dt.timedelta(minutes=1 + chance.randrange(3000))
        something(chance, now(chance.choice(asked)), by, [world["M"], world["W"]], at)

    wanted = [told(each) for each in Enquiry.objects.all()]
    for code in wanted[0]:
        assert counted(code) == sum(each[code] for each in wanted), code
