"""Publishing an answer: with words of its own, masked by the machine, read through by a person, never of a denunciation."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet

from lantoa.enquiries import masking
from lantoa.enquiries.models import Enquiry, PublicAnswer, Reply
from lantoa.enquiries.refusals import read_words
from lantoa.enquiries.steps import State, require_open
from lantoa.lib import text
from lantoa.lib.errors import RefusedError
from lantoa.orgs import rights
from lantoa.orgs.models import Person
from lantoa.practices import likeness

ANSWER = "enquiries.answer"
# In hundredths of the shorter text's runs; among so many published answers.
ALIKE, MOST_COMPARED = 45, 2000


@dataclass(frozen=True)
class Draft:
    """What would be published, as the machine masks it: for a person to read."""

    question: str
    answer: str


def draft(enquiry: Enquiry) -> Draft:
    """From the citizen's first words and the newest answer."""
    first = enquiry.messages.order_by("sent_at", "pk").first()
    last = enquiry.replies.filter(kind=Reply.Kind.ANSWER).order_by("-at", "-pk").first()
    return Draft(
        masking.masked(first.text if first else ""), masking.masked(last.text if last else "")
    )


@transaction.atomic
def publish(
    *, enquiry: Enquiry, question: str, answer: str, is_read: bool, by: Person, at: dt.datetime
) -> PublicAnswer:
    """Publish, or publish again with other words.

    Args:
        is_read: the person says that they have read both through.

    Raises:
        RefusedError: a denunciation, unread, or with a number in it that identifies somebody.
        WrongStateError: there is no answer yet.
    """
    rights.require(by, ANSWER, enquiry.unit, at)
    held = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    require_open(held, State.ANSWERED)
    if held.is_private:
        raise _never_public()
    asked = _clean(question, "cau-hoi-cong-khai")
    said = _clean(answer, "tra-loi-cong-khai")
    if not is_read:
        raise _not_read()
    told = {
        "topic": held.topic,
        "place": held.place,
        "unit": held.unit,
        "question": asked,
        "answer": said,
        "folded": text.fold(f"{asked} {said}"),
        "published_at": at,
        "published_by": by,
        "withdrawn_at": None,
    }
    return PublicAnswer.objects.update_or_create(enquiry=held, defaults=told)[0]


@transaction.atomic
def withdraw(*, enquiry: Enquiry, by: Person, at: dt.datetime) -> None:
    """Take a published answer off the page."""
    rights.require(by, ANSWER, enquiry.unit, at)
    hide(enquiry, at)


def hide(enquiry: Enquiry, at: dt.datetime) -> None:
    """For actions that have asked for the right already."""
    PublicAnswer.objects.filter(enquiry=enquiry, withdrawn_at=None).update(withdrawn_at=at)


def ask_too(number: int) -> None:
    """Somebody says that it was their question too. Anybody may; nothing is known of them."""
    PublicAnswer.objects.filter(pk=number, withdrawn_at=None).update(asked=F("asked") + 1)


def shown() -> QuerySet[PublicAnswer]:
    return PublicAnswer.objects.filter(withdrawn_at=None).select_related("unit", "place")


def one(number: int) -> PublicAnswer | None:
    return shown().filter(pk=number).first()


def search(words: str, topic: str = "") -> QuerySet[PublicAnswer]:
    """Published answers with all the words, marks aside, the newest first."""
    found = shown()
    for word in text.fold(words).split()[:12]:
        found = found.filter(folded__contains=word)
    if topic:
        found = found.filter(topic=topic)
    return found.order_by("-published_at", "-pk")


def often(most: int = 10) -> list[PublicAnswer]:
    """Those asked often, most often first."""
    found = shown().filter(asked__gte=settings.ASKED_OFTEN)
    return list(found.order_by("-asked", "-published_at")[:most])


def alike(said: str, most: int = 3) -> list[PublicAnswer]:
    """Published answers whose question is like what was said, the likest first."""
    known = list(shown().order_by("-published_at")[:MOST_COMPARED])
    scores = _scores(said, [each.question for each in known])
    best = sorted(range(len(known)), key=lambda at: -scores[at])
    return [known[at] for at in best[:most] if scores[at] >= ALIKE]


def alike_among(said: str, others: Sequence[tuple[int, str]], most: int = 3) -> list[int]:
    """The numbers of those of the others that are like what was said: compared in memory, kept nowhere."""
    scores = _scores(said, [each for _number, each in others])
    best = sorted(range(len(others)), key=lambda at: -scores[at])
    return [others[at][0] for at in best[:most] if scores[at] >= ALIKE]


def _scores(said: str, others: Sequence[str]) -> list[int]:
    sketches = [likeness.sketch(each) for each in others]
    return [int(each) for each in likeness.likeness(likeness.sketch(said), sketches)]


def _clean(said: str, where: str) -> str:
    read = read_words(said, where=where)
    left = masking.left_over(read)
    if left:
        raise RefusedError(
            where=where,
            vi=f"Còn “{left}”, có thể nhận ra người hỏi. Bỏ đi rồi công khai.",
            en=f"“{left}” is still there and may tell who asked. Take it out, then publish.",
        )
    return read


def _never_public() -> RefusedError:
    return RefusedError(
        where="cau-hoi-cong-khai",
        vi="Đơn tố cáo không đăng công khai. Chỉ gửi riêng cho người hỏi.",
        en="A denunciation is never published. Answer the citizen alone.",
    )


def _not_read() -> RefusedError:
    return RefusedError(
        where="da-doc",
        vi="Đọc lại cả hai ô, bỏ tên, địa chỉ, số điện thoại, rồi đánh dấu vào ô “Đã đọc lại”.",
        en="Read both boxes through, take out names, addresses and numbers, then tick “I have read it through”.",
    )
