"""A citizen asks in three answers, keeps a code, says more, says whether it helped."""

import datetime as dt

import pytest
from django.db import connection

from lantoa.enquiries import actions, asking, codes, queries
from lantoa.enquiries.asking import Way
from lantoa.enquiries.models import Asker, Enquiry, Message
from lantoa.enquiries.refusals import ChangedMeanwhileError, WrongStateError
from lantoa.enquiries.steps import State
from lantoa.lib import workhours
from lantoa.lib.errors import RefusedError
from lantoa.orgs.models import Unit
from lantoa.orgs.rights import NotAllowedError
from tests import make
from tests.enquiries.asking import WORDS, answerer, ask, asked, counted, measures, now

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)
AN_HOUR = dt.timedelta(hours=1)


def test_a_question_gets_a_code_of_its_month_and_opens_by_the_whole_of_it(world, answerer):
    first, second = asked(world["N"]), asked(world["N"])

    assert [first.enquiry.code, second.enquiry.code] == ["DH-2611-0001", "DH-2611-0002"]
    assert queries.followed(first.whole_code) == first.enquiry
    assert queries.followed(first.whole_code.lower().replace("-", " ")) == first.enquiry


def test_a_code_without_its_key_or_with_that_of_another_opens_nothing(world, answerer):
    first, second = asked(world["N"]), asked(world["N"])
    key_of_second = second.whole_code.removeprefix(second.enquiry.code)

    assert queries.followed(first.enquiry.code) is None
    assert queries.followed(first.enquiry.code + key_of_second) is None
    assert queries.followed("DH-2611-0099-7KQM-X4TP") is None
    assert codes.is_code_alone(first.enquiry.code)


@pytest.mark.both
def test_the_same_form_sent_twice_is_one_question_with_one_code(world, answerer):
    measures()
    first, again = asked(world["N"], form="f"), asked(world["N"], form="f")

    assert (first.is_new, again.is_new) == (True, False)
    assert first.whole_code == again.whole_code
    assert Enquiry.objects.count() == 1
    assert counted("cau-hoi") == counted("tin-nhan-cua-dan") == 1


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"text": "Hỏi?"}, "cau-hoi"),
        ({"text": "a" * 4001}, "cau-hoi"),
        ({"text": "\u0000 \n"}, "cau-hoi"),
        ({"place": None}, "noi"),
        ({"way": "zalo"}, "cach"),
        ({"way": "phone", "phone": "12345"}, "dien-thoai"),
    ],
)
def test_what_is_wrong_is_said_at_its_box_and_nothing_is_kept(world, answerer, changes, where):
    sent = {"text": WORDS, "place": world["N"], "way": "web", "phone": "", "form": "f"}

    with pytest.raises(RefusedError) as refused:
        asking.ask(**sent | changes, at=make.NOON)

    assert refused.value.where == where
    assert not Enquiry.objects.exists()
    assert not Asker.objects.exists()


@pytest.mark.parametrize("closed", ["A1", "W", "P"])
def test_a_place_is_a_commune_that_stands_today(world, answerer, closed):
    with pytest.raises(RefusedError) as refused:
        ask(Unit.objects.get(pk=world[closed].pk))

    assert refused.value.where == "noi"


@pytest.mark.parametrize(
    "typed", ["0912 345 678", "+84 912.345.678", "84912345678", "(0912) 345-678"]
)
def test_a_telephone_number_is_read_however_it_is_written(world, answerer, typed):
    enquiry = ask(world["N"], way=Way.PHONE, phone=typed)

    assert enquiry.asker.address == "0912345678"


@pytest.mark.both
def test_words_and_identities_lie_sealed_in_the_database(world, answerer):
    ask(world["N"], "Câu hỏi có dấu hiệu riêng zqx", way=Way.PHONE, phone="0912345678")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM enquiries_message")
        words = bytes(cursor.fetchone()[0])
        cursor.execute("SELECT address, digest FROM enquiries_asker")
        address, digest = cursor.fetchone()

    assert b"zqx" not in words
    assert b"912345678" not in bytes(address) + digest.encode()
    assert Message.objects.get().text == "Câu hỏi có dấu hiệu riêng zqx"


def test_it_is_due_after_so_many_working_days_of_its_topic(world, answerer, settings):
    settings.ANSWER_DAYS = {"an-ninh": 3, "khac": 5}
    theft = ask(world["N"], "Đêm qua có trộm vào nhà văn hóa, báo cho công an nào?")
    other = ask(world["N"], "Đường vào xóm bao giờ được sửa, bà con đi lại khó?")

    assert theft.due_at == workhours.after(make.NOON, 3 * 450)
    assert other.due_at == workhours.after(make.NOON, 5 * 450)


def test_it_goes_to_the_nearest_unit_with_somebody_who_answers(world):
    answerer(world["P"])
    before = ask(world["N"])
    answerer(world["N"])

    assert before.unit == world["P"]
    assert ask(world["N"]).unit == world["N"]
    assert ask(world["M"]).unit == world["P"]


def test_it_goes_where_a_topic_was_routed_to(world, answerer):
    by = make.clerk()
    actions.route(topic="an-ninh", place=None, unit=world["W"], by=by, at=make.NOON)
    actions.route(topic="an-ninh", place=world["M"], unit=world["M"], by=by, at=make.NOON)
    theft = "Đêm qua có trộm vào nhà văn hóa, báo cho công an nào?"

    assert ask(world["N"], theft).unit == world["W"]
    assert ask(world["M"], theft).unit == world["M"]
    assert ask(world["N"]).unit == world["N"]


def test_what_may_denounce_somebody_is_private_from_the_beginning(world, answerer):
    assert ask(world["N"], "Tôi muốn tố cáo một cán bộ nhận tiền của dân").is_private
    assert not ask(world["N"]).is_private


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("How can I register my temporary residence in this commune please", True),
        ("请问暂住登记需要什么材料", True),
        ("cho toi hoi thu tuc dang ky tam tru o xa can giay to gi", False),
        ("Nhà tôi có thuộc diện xóa nhà tạm không?", False),
    ],
)
def test_a_language_other_than_vietnamese_is_taken_and_marked(world, answerer, text, foreign):
    assert ask(world["N"], text).is_foreign is foreign


def test_an_answer_is_seen_by_the_citizen_and_a_note_is_not(question, answerer):
    actions.note(enquiry=question, text="Hỏi chị Mai", by=answerer, at=make.NOON)
    actions.answer(
        enquiry=question, text="Có, nộp ở bộ phận một cửa.", seen=1, by=answerer, at=make.NOON
    )

    seen = queries.conversation(now(question), for_citizen=True)
    inside = queries.conversation(now(question), for_citizen=False)

    assert [each.text for each in seen] == [WORDS, "Có, nộp ở bộ phận một cửa."]
    assert "Hỏi chị Mai" in [each.text for each in inside]
    assert now(question).state == State.ANSWERED


@pytest.mark.both
def test_two_who_answer_at_once_answer_once(question, answerer, world):
    actions.answer(enquiry=question, text="Có.", seen=1, by=answerer, at=make.NOON)

    with pytest.raises(ChangedMeanwhileError):
        actions.answer(enquiry=question, text="Không.", seen=1, by=answerer, at=make.NOON)

    assert now(question).replies.count() == 1


def test_the_clock_stands_only_while_waiting_for_the_citizen(question, answerer):
    due, asked_back = question.due_at, make.NOON + A_DAY
    actions.ask_back(enquiry=question, text="Nhà ở xóm nào?", seen=1, by=answerer, at=asked_back)
    waiting = now(question)
    answered = asked_back + 2 * A_DAY
    asking.add(enquiry=waiting, text="Xóm Nà Mòn.", source="f2", at=answered)
    after = now(question)

    waited = workhours.between(asked_back, answered)
    assert waiting.state == State.WAITING
    assert waiting.waiting_since == asked_back
    assert after.state == State.WORKING
    assert after.waited_minutes == waited
    assert after.due_at == workhours.after(due, waited)


def test_words_sent_twice_are_added_once(question):
    asking.add(enquiry=question, text="Thêm", source="f2", at=make.NOON)
    asking.add(enquiry=question, text="Thêm", source="f2", at=make.NOON)

    assert now(question).messages.count() == 1 + 1


def test_an_answer_that_did_not_help_opens_the_question_again_once(question, answerer):
    measures()
    actions.answer(enquiry=question, text="Có.", seen=1, by=answerer, at=make.NOON + AN_HOUR)
    later = make.NOON + A_DAY
    asking.judge(
        enquiry=now(question), is_solved=False, text="Chưa rõ nơi nộp", source="j", at=later
    )
    opened = now(question)
    actions.answer(
        enquiry=opened, text="Ở xã.", seen=opened.version, by=answerer, at=later + AN_HOUR
    )
    asking.judge(
        enquiry=now(question), is_solved=False, text="", source="k", at=later + 2 * AN_HOUR
    )

    assert opened.state == State.WORKING
    assert opened.due_at == workhours.after(later, 5 * 450)
    assert now(question).state == State.ANSWERED
    assert now(question).is_solved is False


def test_what_is_missing_must_be_said_to_open_it_again(question, answerer):
    actions.answer(enquiry=question, text="Có.", seen=1, by=answerer, at=make.NOON)

    with pytest.raises(RefusedError):
        asking.judge(enquiry=now(question), is_solved=False, text=" ", source="j", at=make.NOON)
    with pytest.raises(WrongStateError):
        asking.add(enquiry=now(question), text="Cảm ơn", source="f2", at=make.NOON)


def test_a_question_is_handed_on_with_a_reason_and_its_due_time_stays(question, answerer, world):
    measures()
    due = question.due_at
    with pytest.raises(RefusedError):
        actions.hand_over(
            enquiry=question, unit=world["P"], reason="", seen=1, by=answerer, at=make.NOON
        )
    actions.hand_over(
        enquiry=question, unit=world["P"], reason="Việc của tỉnh", seen=1, by=answerer, at=make.NOON
    )
    moved = now(question)

    assert (moved.unit, moved.due_at, moved.answerer) == (world["P"], due, None)
    assert queries.one(answerer, moved.pk, make.NOON) is None
    assert [each.after for each in queries.handed_on(answerer, make.NOON)] == [world["P"]]
    with pytest.raises(NotAllowedError):
        actions.answer(enquiry=moved, text="Có.", seen=moved.version, by=answerer, at=make.NOON)


@pytest.mark.parametrize(
    "act", ["take", "answer", "ask_back", "note", "hand_over", "sort", "close"]
)
def test_who_answers_elsewhere_may_do_nothing(question, world, act):
    stranger = answerer(world["M"])
    more = {
        "answer": {"text": "x"}, "ask_back": {"text": "x"}, "note": {"text": "x"},
        "hand_over": {"unit": world["M"], "reason": "x"},
        "sort": {"topic": "khac", "is_private": True}, "close": {"reason": "x"},
    }.get(act, {})  # fmt: skip
    seen = {} if act == "note" else {"seen": 1}

    with pytest.raises(NotAllowedError):
        getattr(actions, act)(enquiry=question, **more, **seen, by=stranger, at=make.NOON)


def test_what_was_closed_is_not_answered(question, answerer):
    measures()
    actions.close(enquiry=question, reason="Thử", seen=1, by=answerer, at=make.NOON)
    closed = now(question)

    assert closed.state == State.CLOSED
    with pytest.raises(WrongStateError):
        actions.answer(enquiry=closed, text="Có.", seen=2, by=answerer, at=make.NOON)
