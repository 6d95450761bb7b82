"""Forgetting: the words of a question and who asked it, after a settable time or when they say so. Numbers stay.

What is left of a forgotten question is its code, its dates and its place in the sums, and digests by which a replay of an old
delivery is known and forgotten again. A published answer names nobody and has words of its own: it stays unless the citizen
asks for it to go.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.db.models.functions import Coalesce

from lantoa.enquiries import attachments, outbox, publishing
from lantoa.enquiries.models import (
    Asker,
    Attachment,
    Enquiry,
    Handover,
    Message,
    Reply,
    Sending,
)
from lantoa.enquiries.steps import OPEN, State
from lantoa.orgs import rights
from lantoa.orgs.models import Person

A_ROUND = 100


@transaction.atomic
def forget(*, enquiry: Enquiry, at: dt.datetime) -> None:
    """The one who holds the key of a question wants its words gone, the published ones too. An open one ends."""
    held = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    publishing.hide(held, at)
    _forget([held.pk], at)


@transaction.atomic
def forget_on_request(*, enquiry: Enquiry, by: Person, at: dt.datetime) -> None:
    """The same, asked for by letter or telephone and done by somebody who answers."""
    rights.require(by, "enquiries.answer", enquiry.unit, at)
    forget(enquiry=enquiry, at=at)


@transaction.atomic
def forget_asker(asker: Asker, *, at: dt.datetime) -> int:
    """Everything of somebody who writes by Zalo; they are told so, and then they too are forgotten. Gives how many questions."""
    theirs = list(Enquiry.objects.filter(asker=asker, forgotten_at=None))
    for each in theirs:
        publishing.hide(each, at)
    Sending.objects.filter(asker=asker).delete()
    _forget([each.pk for each in theirs], at, keep=asker.pk)
    said = f"Đã xóa {len(theirs)} câu hỏi, mọi lời và tệp đã gửi. Số đếm vẫn còn, không gắn với ai."
    outbox.say(asker, f"forgotten:{asker.pk}:{at:%Y%m%d%H%M%S}", said, at=at)
    return len(theirs)


@transaction.atomic
def forget_old(at: dt.datetime) -> int:
    """Those whose last word lies further back than the settings say. Open ones are kept: somebody still waits."""
    last = Coalesce(Max("messages__received_at"), "received_at")
    over = Enquiry.objects.exclude(state__in=OPEN).filter(forgotten_at=None)
    old = over.annotate(last=last).filter(
        Q(last__lt=at - settings.ENQUIRY_KEPT),
        Q(answered_at=None) | Q(answered_at__lt=at - settings.ENQUIRY_KEPT),
    )
    numbers = list(old.values_list("pk", flat=True)[:A_ROUND])
    _forget(numbers, at)
    _forget_strangers()
    return len(numbers)


def _forget_strangers() -> None:
    """Those of whom there is no question and to whom there is nothing left to say."""
    waits = Sending.objects.filter(asker=OuterRef("pk"), state=Sending.State.WAITING)
    Asker.objects.filter(~Exists(waits), enquiries=None).delete()


def _forget(numbers: list[int], at: dt.datetime, keep: int = 0) -> None:
    for each in Attachment.objects.filter(message__enquiry__in=numbers).exclude(file=""):
        transaction.on_commit(lambda one=each: attachments.forget(one))  # type: ignore[misc]
    Attachment.objects.filter(message__enquiry__in=numbers).delete()
    Sending.objects.filter(enquiry__in=numbers).delete()
    Message.objects.filter(enquiry__in=numbers).update(text="")
    Reply.objects.filter(enquiry__in=numbers).update(text="")
    Handover.objects.filter(enquiry__in=numbers).update(reason="")
    theirs = set(Enquiry.objects.filter(pk__in=numbers).values_list("asker", flat=True))
    Enquiry.objects.filter(pk__in=numbers, state__in=OPEN).update(
        state=State.CLOSED, waiting_since=None
    )
    Enquiry.objects.filter(pk__in=numbers).update(asker=None, forgotten_at=at)
    Asker.objects.filter(pk__in=theirs - {None, keep}, enquiries=None).delete()
