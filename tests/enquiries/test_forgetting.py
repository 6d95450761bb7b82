"""Words are forgotten after a time, or when their owner says so; numbers stay; nothing comes back by a replay."""

import datetime as dt

import pytest
from django.db import connection

from lantoa.enquiries import actions, forgetting, publishing, working
from lantoa.enquiries.models import Asker, Attachment, Enquiry, Handover, Message, Reply, Sending
from tests import make
from tests.enquiries import zaloing
from tests.enquiries.asking import WORDS, answerer, ask, asked, counted, measures, now
from tests.enquiries.zaloing import Clock, keep
from tests.zalo.fake import Zalo

pytestmark = pytest.mark.django_db
MINH = "246845883529197922"
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def busy(world, answerer):
    """A question with everything in it, answered and published."""
    measures()
    enquiry = ask(world["N"], way="phone", phone="0912345678")
    actions.note(enquiry=enquiry, text="Ghi chú", by=answerer, at=make.NOON)
    actions.answer(enquiry=enquiry, text="Có.", seen=1, by=answerer, at=make.NOON)
    publishing.publish(
        enquiry=now(enquiry), question=WORDS, answer="Có.", is_read=True, by=answerer, at=make.NOON
    )
    return now(enquiry)


def words():
    """All that is sealed in the tables, as it lies there."""
    tables = {
        "message": "text",
        "reply": "text",
        "handover": "reason",
        "asker": "address",
        "sending": "text",
    }
    found = []
    with connection.cursor() as cursor:
        for table, column in tables.items():
            cursor.execute(f"SELECT {column} FROM enquiries_{table}")  # noqa: S608
            found += [bytes(row[0]) for row in cursor.fetchall() if row[0]]
    return found


def test_after_the_set_time_words_and_asker_are_gone_and_numbers_stay(busy, settings):
    settings.ENQUIRY_KEPT = dt.timedelta(days=30)
    early = forgetting.forget_old(make.NOON + dt.timedelta(days=29))
    late = forgetting.forget_old(make.NOON + dt.timedelta(days=31))

    assert (early, late) == (0, 1)
    assert words() == []
    assert not Asker.objects.exists()
    assert counted("cau-hoi") == counted("cau-tra-loi") == 1
    assert now(busy).forgotten_at is not None
    assert publishing.shown().count() == 1


def test_an_open_question_is_never_forgotten_by_time(question, settings):
    settings.ENQUIRY_KEPT = dt.timedelta(days=1)

    assert forgetting.forget_old(make.NOON + dt.timedelta(days=900)) == 0
    assert Message.objects.get().text == WORDS


def test_the_citizen_deletes_it_all_on_the_page_and_is_told_so(world, answerer, client):
    question = asked(world["N"])
    there = f"/hoi-dap/theo-doi/{question.whole_code}/"
    client.post(there, {"viec": "xoa"}, **OURS)
    page = client.get(there).content.decode()

    assert words() == []
    assert WORDS not in page
    assert "đã xóa lúc" in page
    assert now(question.enquiry).state == "closed"


def test_deleting_takes_the_published_answer_off_too(busy):
    forgetting.forget(enquiry=busy, at=make.NOON)

    assert not publishing.shown().exists()


def test_whoever_answers_deletes_it_on_request(busy, answerer):
    forgetting.forget_on_request(enquiry=busy, by=answerer, at=make.NOON)

    assert words() == []


def test_by_zalo_one_line_deletes_everything_and_says_so(world, settings, tmp_path):
    zaloing.point_at(settings, tmp_path)
    answerer(world["P"])
    zalo = Zalo(now=Clock())
    first = zalo.event("user_send_text", MINH, text="Xin hỏi thủ tục tạm trú")
    keep(zalo, first, make.NOON)
    working.deliveries.work(make.NOON)
    keep(
        zalo, zalo.event("user_send_text", MINH, text="Xóa dữ liệu", at=zalo.now() + 60), make.NOON
    )
    working.deliveries.work(make.NOON)
    [told] = Sending.objects.all()

    assert "Đã xóa 1 câu hỏi" in told.text
    assert all(not each.text for each in Message.objects.all())
    assert Enquiry.objects.get().asker is None
    Sending.objects.update(state="sent")
    forgetting.forget_old(make.NOON)
    assert not Asker.objects.exists()
    keep(zalo, first, make.NOON + dt.timedelta(hours=1))
    working.deliveries.work(make.NOON + dt.timedelta(hours=1))
    assert Enquiry.objects.count() == 1
    assert not Attachment.objects.exists()
    assert not Reply.objects.exists()
    assert not Handover.objects.exists()
