"""Citizens' words stay in the two places allowed: their sealed rows, and what a person published (RELIABILITY G15, A18)."""

import logging

import pytest
from django.core import mail, serializers

from lantoa.enquiries import actions, working
from lantoa.enquiries.models import Asker, Delivery, Message, Reply
from lantoa.enquiries.sealing import SealBrokenError
from lantoa.ledger.models import Entry
from tests import make
from tests.enquiries import zaloing
from tests.enquiries.asking import ask, measures, now
from tests.enquiries.zaloing import Clock, keep
from tests.zalo.fake import Zalo

pytestmark = pytest.mark.django_db
MARK = "zqxwv"
MINH = "246845883529197922"


def test_no_word_goes_to_a_log_a_mail_an_export_or_a_public_page(
    world, answerer, settings, tmp_path, caplog, client
):
    caplog.set_level(logging.DEBUG)
    measures()
    zaloing.point_at(settings, tmp_path, 9)
    zaloing.connected()
    zalo = Zalo(now=Clock())
    question = ask(world["N"], f"Lời riêng {MARK} của dân", way="phone", phone="0912345678")
    actions.answer(enquiry=question, text=f"Trả lời {MARK}", seen=1, by=answerer, at=make.NOON)
    keep(zalo, zalo.event("user_send_text", MINH, text=f"Qua Zalo {MARK}"), make.NOON)
    keep(zalo, zalo.event("user_send_text", "", text=MARK).replace(b'"sender"', b'"nobody"'), make.NOON)  # fmt: skip
    working.work(make.NOON)
    pages = b"".join(
        client.get(there).content
        for there in ("/hoi-dap/", "/so-lieu/cau-hoi/ho-so/", "/hoi-dap/gui/", "/hoi-dap/theo-doi/")
    )
    searched = client.get(f"/hoi-dap/?tim={MARK}").content.decode()
    exported = "".join(
        serializers.serialize("json", model.objects.all())
        for model in (Message, Reply, Asker, Delivery, Entry)
    )

    assert MARK not in caplog.text
    assert MINH not in caplog.text
    assert mail.outbox == []
    assert MARK not in exported
    assert "0912345678" not in exported
    assert MINH not in exported
    assert MARK.encode() not in pages
    assert f"riêng {MARK}" not in searched
    assert now(question).messages.get().text == f"Lời riêng {MARK} của dân"


def test_a_key_is_changed_by_putting_a_new_one_before_it(world, answerer, settings):
    settings.TEXT_KEYS = ["cũ"]
    question = ask(world["N"])
    settings.TEXT_KEYS = ["mới", "cũ"]
    after = ask(world["N"], "Câu hỏi sau khi đổi khóa")
    text = Message.objects.get(enquiry=question).text
    settings.TEXT_KEYS = ["mới"]

    assert text
    assert Message.objects.get(enquiry=after).text == "Câu hỏi sau khi đổi khóa"
    with pytest.raises(SealBrokenError):
        Message.objects.get(enquiry=question)
