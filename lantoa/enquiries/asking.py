"""What a citizen may do: ask, say more, say whether it helped. Anybody may ask; a question is opened by the key of its link."""

import datetime as dt
import re
from typing import NamedTuple

from django.db import IntegrityError, transaction

from lantoa.enquiries import codes, facts, guess, routing, sealing
from lantoa.enquiries.models import Asker, Channel, Enquiry, Message
from lantoa.enquiries.refusals import (
    LEAST_QUESTION,
    read_words,
    wrong_phone,
    wrong_place,
    wrong_way,
)
from lantoa.enquiries.steps import State, require_open, step, waited
from lantoa.orgs.models import Unit

Way = Enquiry.Way
_PHONE = re.compile(r"(?:\+?84|0)([35789]\d{8}|2\d{9})")
_TRIES = 5


class Asked(NamedTuple):
    """A question that was taken, and what its asker keeps to follow it. `is_new` is false for the same sending again."""

    enquiry: Enquiry
    whole_code: str
    is_new: bool


class Question(NamedTuple):
    """A question as it came, read and checked; `source` names its first message for ever."""

    text: str
    channel: str
    way: str
    place: Unit | None
    asker: Asker | None
    source: str
    key: str
    sent_at: dt.datetime


def ask(
    *, text: str, place: Unit | None, way: str, phone: str, form: str, at: dt.datetime
) -> Asked:
    """Take a question from the web form: three answers, no account.

    Args:
        form: drawn when the page was made; the same form sent twice is one question, with the same code.

    Raises:
        RefusedError: too short, too long, no place, no telephone number.
    """
    said = read_words(text, where="cau-hoi", least=LEAST_QUESTION)
    if place is None or place.kind != Unit.Kind.COMMUNE or place.closed_date:
        raise wrong_place()
    if way not in (Way.WEB, Way.PHONE):
        raise wrong_way()
    number = _phone(phone) if way == Way.PHONE else ""
    key = sealing.fingerprint(form, "form")
    question = Question(
        text=said,
        channel=Channel.WEB,
        way=way,
        place=place,
        asker=None,
        source=sealing.fingerprint(f"web:{form}", "message"),
        key="".join(codes.LETTERS[int(key[i * 2 : i * 2 + 2], 16) % 30] for i in range(8)),
        sent_at=at,
    )
    for _ in range(_TRIES):
        before = Message.objects.filter(source=question.source).select_related("enquiry").first()
        if before:
            return Asked(
                before.enquiry, codes.whole(before.enquiry.code, question.key), is_new=False
            )
        try:
            with transaction.atomic():
                asker = asker_of(Asker.Kind.PHONE, number, at) if number else None
                return keep(question._replace(asker=asker), at=at)
        except IntegrityError:
            continue  # the same form, or the same code, a moment earlier
    raise IntegrityError("no code was free")


def keep(question: Question, *, at: dt.datetime) -> Asked:
    """Write a question down, route it and count it. Inside the caller's transaction."""
    topic = guess.topic(question.text)
    asker = question.asker
    enquiry = Enquiry.objects.create(
        code=codes.next_code(at),
        key_digest=codes.digest(question.key),
        channel=question.channel,
        way=question.way,
        asker=asker,
        topic=topic,
        place=question.place,
        unit=routing.unit_for(topic, question.place, at),
        is_private=guess.is_denunciation(question.text),
        is_foreign=guess.is_foreign(question.text),
        received_at=at,
        due_at=routing.due_after(topic, at),
        is_first=bool(asker and asker.kind == Asker.Kind.ZALO and not asker.enquiries.exists()),
    )
    Message.objects.create(
        enquiry=enquiry,
        text=question.text,
        sent_at=question.sent_at,
        received_at=at,
        source=question.source,
    )
    facts.post(enquiry, by=None, at=at)
    return Asked(enquiry, codes.whole(enquiry.code, question.key), is_new=True)


def asker_of(kind: str, address: str, at: dt.datetime) -> Asker:
    """Who a channel says is writing; a first message makes them known."""
    found, _is_new = Asker.objects.get_or_create(
        digest=sealing.fingerprint(f"{kind}:{address}", "asker"),
        defaults={"kind": kind, "address": address, "last_seen_at": at},
    )
    return found


def add(*, enquiry: Enquiry, text: str, source: str, at: dt.datetime) -> Enquiry:
    """Add words typed on the page of one's question; the same form sent twice adds them once.

    Raises:
        RefusedError: nothing, or too much. WrongStateError: it is over.
    """
    said = read_words(text, where="them")
    name = sealing.fingerprint(source, "message")
    if Message.objects.filter(source=name).exists():
        return enquiry
    return say_more(enquiry=enquiry, text=said, source=name, sent_at=at, at=at)


@transaction.atomic
def say_more(
    *, enquiry: Enquiry, text: str, source: str, sent_at: dt.datetime, at: dt.datetime
) -> Enquiry:
    """Add words to a question that is open. If it waited for them, its clock runs on.

    Raises:
        WrongStateError: it is answered; then one says that it did not help, or asks anew.
    """
    held = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    require_open(held)
    _add(held, text, source, sent_at, at)
    changes = waited(held, at)
    if held.state == State.WAITING:
        changes["state"] = State.WORKING
    if guess.is_denunciation(text):
        changes["is_private"] = True
    now = step(held, held.version, **changes)
    facts.post(now, by=None, at=at)
    return now


@transaction.atomic
def judge(*, enquiry: Enquiry, is_solved: bool, text: str, source: str, at: dt.datetime) -> Enquiry:
    """Say whether the answer solved it. No, the first time, opens it again with a new due time.

    Raises:
        WrongStateError: there is no answer yet.
        RefusedError: what is still missing must be said.
    """
    held = Enquiry.objects.select_for_update().get(pk=enquiry.pk)
    name = sealing.fingerprint(source, "message")
    if Message.objects.filter(source=name).exists():
        return held
    require_open(held, State.ANSWERED)
    if not is_solved and held.reopened_at is None:
        said = read_words(text, where="con-gi")
        _add(held, said, name, at, at)
        now = step(
            held,
            held.version,
            state=State.WORKING,
            reopened_at=at,
            answered_at=None,
            is_solved=None,
            due_at=routing.due_after(held.topic, at),
        )
    else:
        now = step(held, held.version, is_solved=is_solved)
    facts.post(now, by=None, at=at)
    return now


def _add(enquiry: Enquiry, text: str, source: str, sent_at: dt.datetime, at: dt.datetime) -> None:
    Message.objects.create(
        enquiry=enquiry, text=text, sent_at=sent_at, received_at=at, source=source
    )


def _phone(typed: str) -> str:
    found = _PHONE.fullmatch(re.sub(r"[\s.\-()]", "", typed))
    if found is None:
        raise wrong_phone()
    return f"0{found[1]}"
