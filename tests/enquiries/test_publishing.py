"""What is published names nobody and was read by a person; a denunciation never is; what is asked often is found first."""

import pytest

from lantoa.enquiries import actions, masking, publishing, queries
from lantoa.enquiries.models import PublicAnswer
from lantoa.enquiries.refusals import WrongStateError
from lantoa.lib.errors import RefusedError
from lantoa.orgs.rights import NotAllowedError
from tests import make
from tests.enquiries.asking import WORDS, answerer, ask, now

pytestmark = pytest.mark.django_db


@pytest.fixture
def answered(question, answerer):
    actions.answer(
        enquiry=question, text="Có, nộp ở bộ phận một cửa.", seen=1, by=answerer, at=make.NOON
    )
    return now(question)


def publish(enquiry, by, **changes):
    said = {"question": WORDS, "answer": "Nộp ở một cửa.", "is_read": True, **changes}
    return publishing.publish(enquiry=enquiry, **said, by=by, at=make.NOON)


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("Gọi tôi 0912 345 678 nhé", "Gọi tôi [số điện thoại] nhé"),
        ("Số tôi +84912.345.678.", "Số tôi [số điện thoại]."),
        ("CCCD 004085001234 của tôi", "CCCD [số giấy tờ] của tôi"),
        ("CMND 085123456", "CMND [số giấy tờ]"),
        ("Thư a.b@c.vn", "Thư [thư điện tử]"),
        ("Tôi sinh ngày 02/09/1985", "Tôi [ngày sinh]"),
        ("Nhà số 12A đường Kim Đồng", "[địa chỉ] đường Kim Đồng"),
        ("Ông Nông Văn Tám trưởng xóm", "Ông [tên] trưởng xóm"),
        ("tôi tên là Lý Thị Mẩy ở xã", "tôi tên là [tên] ở xã"),
        ("anh Công an xã", "anh Công an xã"),
        (
            "Nghị định 137/2026, 5 ngày, 1.103 hội nghị",
            "Nghị định 137/2026, 5 ngày, 1.103 hội nghị",
        ),
    ],
)
def test_what_may_identify_somebody_is_replaced_by_what_it_was(said, masked):
    assert masking.masked(said) == masked


def test_the_draft_is_masked_and_holds_no_note(world, answerer):
    enquiry = ask(world["N"], "Tôi tên là Lý Thị Mẩy, số 0912345678, hỏi về tạm trú")
    actions.note(enquiry=enquiry, text="Bà Mẩy hay hỏi", by=answerer, at=make.NOON)
    actions.answer(
        enquiry=enquiry, text="Chào bà Lý Thị Mẩy, nộp ở xã.", seen=1, by=answerer, at=make.NOON
    )
    draft = publishing.draft(now(enquiry))

    assert draft.question == "Tôi tên là [tên], số [số điện thoại], hỏi về tạm trú"
    assert draft.answer == "Chào bà [tên], nộp ở xã."


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"is_read": False}, "da-doc"),
        ({"question": "Gọi 0912345678"}, "cau-hoi-cong-khai"),
        ({"answer": "Số 004085001234"}, "tra-loi-cong-khai"),
        ({"answer": " "}, "tra-loi-cong-khai"),
    ],
)
def test_what_was_not_read_or_still_holds_a_number_is_not_published(
    answered, answerer, changes, where
):
    with pytest.raises(RefusedError) as refused:
        publish(answered, answerer, **changes)

    assert refused.value.where == where
    assert not PublicAnswer.objects.exists()


def test_a_denunciation_is_never_published_and_one_found_later_is_taken_off(answered, answerer):
    publish(answered, answerer)
    actions.sort(
        enquiry=answered,
        topic="khac",
        is_private=True,
        seen=answered.version,
        by=answerer,
        at=make.NOON,
    )

    assert not publishing.shown().exists()
    with pytest.raises(RefusedError):
        publish(now(answered), answerer)


def test_only_an_answered_question_is_published_and_only_by_those_who_answer(
    question, answerer, world
):
    with pytest.raises(WrongStateError):
        publish(question, answerer)
    actions.answer(enquiry=question, text="Có.", seen=1, by=answerer, at=make.NOON)
    with pytest.raises(NotAllowedError):
        publish(now(question), make.person())


@pytest.mark.parametrize("typed", ["xoa nha tam", "XÓA NHÀ TẠM", "nhà tạm hồ sơ", "mot cua"])
def test_it_is_found_by_its_words_with_or_without_marks(answered, answerer, typed):
    published = publish(answered, answerer)

    assert list(publishing.search(typed)) == [published]
    assert list(publishing.search("đèn đường")) == []
    assert list(publishing.search(typed, "an-ninh")) == []


def test_a_question_like_it_is_found_before_it_is_sent(answered, answerer):
    published = publish(answered, answerer)

    assert publishing.alike("nha toi co duoc xoa nha tam khong, ho so gom nhung gi") == [published]
    assert publishing.alike("Đèn đường ở cầu hỏng đã mấy tuần, bao giờ sửa?") == []


def test_what_is_asked_often_stands_among_those_asked_often(answered, answerer, settings):
    settings.ASKED_OFTEN = 3
    published = publish(answered, answerer)
    before = publishing.often()
    publishing.ask_too(published.pk)
    publishing.ask_too(published.pk)

    assert before == []
    assert publishing.often() == [published]


def test_other_questions_that_are_alike_are_suggested_within_reach_only(world, answerer):
    one, same = ask(world["N"]), ask(world["N"], WORDS.upper())
    ask(world["N"], "Đèn đường ở cầu hỏng đã mấy tuần, bao giờ sửa?")
    other = answerer_of(world)

    assert queries.like(one, WORDS, answerer, make.NOON) == [same]
    assert queries.like(one, WORDS, other, make.NOON) == []


def answerer_of(world):
    return answerer(world["M"])


def test_a_median_is_the_length_at_which_half_are_answered():
    assert queries.median_days([0, 0, 0]) is None
    assert queries.median_days([1, 0, 2]) == 2
    assert queries.median_days([2, 1, 1]) == 0
    assert queries.median_days([1, 1, 0, 0, 0, 0, 1]) == 1
