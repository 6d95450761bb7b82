"""What goes to citizens by Zalo: put down in the transaction of what it tells, sent afterwards, tried again, never forgotten.

Zalo lets an account write to a person for free within 48 hours of their last message, for money within seven days, and not
at all later: then the answer is on the page of the question, whose link the receipt has given.

A sending whose answer never came is tried again, so in the worst case a person reads it twice; Zalo has no key to know it by.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef

from lantoa.enquiries import jobs, tokens, zalo
from lantoa.enquiries.asking import Asked
from lantoa.enquiries.models import Asker, Enquiry, Reply, Sending
from lantoa.lib import text, workhours
from lantoa.lib.dates import show_moment

FREE, BILLED = dt.timedelta(hours=48), dt.timedelta(days=7)
A_ROUND = 100
State = Sending.State


def put(reply: Reply, *, at: dt.datetime) -> None:
    """An answer or a question back, for whoever asked by Zalo. Of others nothing goes out."""
    enquiry = reply.enquiry
    if enquiry.way != Enquiry.Way.ZALO or enquiry.asker is None:
        return
    said = f"{enquiry.code}\n{reply.text}"
    if reply.kind == Reply.Kind.ANSWER:
        said += "\n\nTrả lời này có giải quyết được việc không? Nhắn “Có” hoặc “Chưa”."
    _put(enquiry, enquiry.asker, reply, f"reply:{reply.pk}", said, at)


def receipt(asked: Asked, *, at: dt.datetime) -> None:
    """Say that a question has arrived, its code, where it can be followed and until when it is answered."""
    enquiry = asked.enquiry
    if enquiry.asker is None:
        return
    lines = [
        f"Đã nhận câu hỏi. Mã: {asked.whole_code}",
        f"Hạn trả lời: {show_moment(enquiry.due_at)}.",
    ]
    if not workhours.is_open(at):
        opens = show_moment(workhours.next_opening(at))
        lines.append(f"Ngoài giờ làm việc; cơ quan làm việc lại từ {opens}.")
    if settings.ADDRESS:
        lines.append(f"Theo dõi: {settings.ADDRESS}/hoi-dap/theo-doi/{asked.whole_code}/")
    if enquiry.is_foreign:
        lines.append("We have received your message; the office answers in Vietnamese.")
    _put(enquiry, enquiry.asker, None, f"receipt:{enquiry.pk}", "\n".join(lines), at)


def say(asker: Asker, key: str, said: str, *, at: dt.datetime) -> None:
    """Something that the inbox itself has to say, about no question, once for the key."""
    _put(None, asker, None, key, said, at)


def window(asker: Asker, at: dt.datetime) -> str:
    """What Zalo allows now: "free", "billed", or "web" when only the page of the question is left."""
    since = at - asker.last_seen_at if asker.last_seen_at else BILLED
    if asker.has_left or since >= BILLED:
        return "web"
    return "free" if since < FREE else "billed"


def pieces(said: str) -> Iterator[str]:
    """Composed, in pieces that Zalo takes, parted at lines, then at spaces."""
    left, half = text.nfc(said).strip(), zalo.LONGEST_TEXT // 2
    while len(left) > zalo.LONGEST_TEXT:
        head = left[: zalo.LONGEST_TEXT]
        cuts = (head.rfind(sign) for sign in "\n ")
        cut = next((each for each in cuts if each > half), len(head))
        yield left[:cut].rstrip()
        left = left[cut:].lstrip()
    if left:
        yield left


def work(at: dt.datetime) -> int:
    """Send what is waiting. Of one person's, the later waits for the earlier. Gives how many were sent."""
    waiting = Sending.objects.filter(state=State.WAITING)
    earlier = waiting.filter(asker=OuterRef("asker"), pk__lt=OuterRef("pk"), tries__lt=jobs.MOST_TRIES)  # fmt: skip
    ready = jobs.due(waiting, at).exclude(Exists(earlier)).select_related("asker")
    sent = 0
    for each in ready.order_by("pk")[:A_ROUND]:
        if jobs.claim(waiting, each, at):
            sent += _send(each, at)
    return sent


def _send(sending: Sending, at: dt.datetime) -> bool:
    allowed = window(sending.asker, at)
    if allowed == "web":
        return _end(sending, State.ON_THE_WEB)
    try:
        answer = _spoken(sending, at)
    except (zalo.UnansweredError, tokens.HeldError, tokens.NotConnectedError) as error:
        jobs.rest(Sending.objects.all(), sending, type(error).__name__, at)
        return False
    if answer.error == zalo.OK:
        return _end(sending, State.SENT, sent_at=at, is_billed=allowed == "billed", fault="")
    fault = f"Zalo {answer.error}"
    if answer.error in zalo.TOO_LATE:
        return _end(sending, State.ON_THE_WEB, fault=fault)
    if answer.error in zalo.FOR_GOOD:
        return _end(sending, State.FAILED, fault=fault)
    jobs.rest(Sending.objects.all(), sending, fault, at)
    return False


def _spoken(sending: Sending, at: dt.datetime) -> zalo.Answer:
    """Said with the token that there is; if Zalo no longer knows it, once more with a new one."""
    account = tokens.access(at)
    answer = zalo.send(sending.asker.address, sending.text, account.access_token)
    if answer.error in zalo.STALE_TOKEN:
        account = tokens.renewed(account, at)
        answer = zalo.send(sending.asker.address, sending.text, account.access_token)
    return answer


def _end(sending: Sending, state: State, **more: Any) -> bool:
    Sending.objects.filter(pk=sending.pk).update(state=state, **more)
    return state == State.SENT


def _put(
    enquiry: Enquiry | None, asker: Asker, reply: Reply | None, key: str, said: str, at: dt.datetime
) -> None:
    Sending.objects.bulk_create(
        (
            Sending(enquiry=enquiry, asker=asker, reply=reply, key=f"{key}:{place}", text=each, next_at=at)
            for place, each in enumerate(pieces(said))
        ),
        ignore_conflicts=True,
    )  # fmt: skip
