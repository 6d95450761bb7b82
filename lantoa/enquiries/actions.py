"""What somebody who answers may do with a question: take it, answer, ask back, note, hand it on, close it.

Each step carries the version that was shown; what the citizen gets of it is put into the outbox in the same transaction.
"""

import datetime as dt

from django.db import transaction

from lantoa.enquiries import facts, outbox, publishing
from lantoa.enquiries.models import AnswerTemplate, Enquiry, Handover, Reply, Routing, Topic
from lantoa.enquiries.refusals import LONGEST_REASON, read_words, same_unit
from lantoa.enquiries.steps import OPEN, State, require_open, step, waited
from lantoa.lib.errors import RefusedError
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Unit

ANSWER = "enquiries.answer"


@transaction.atomic
def take(*, enquiry: Enquiry, seen: int, by: Person, at: dt.datetime) -> Enquiry:
    """Say that one works on it oneself: the citizen reads that it is being looked at."""
    rights.require(by, ANSWER, enquiry.unit, at)
    require_open(enquiry)
    is_waiting = enquiry.state == State.WAITING
    state = {} if is_waiting else {"state": State.WORKING}
    return step(enquiry, seen, answerer=by, **state)


@transaction.atomic
def answer(*, enquiry: Enquiry, text: str, seen: int, by: Person, at: dt.datetime) -> Reply:
    """Answer. A second answer adds to the first and leaves the time of the first.

    Raises:
        RefusedError: nothing was written, or too much. ChangedMeanwhileError
    """
    rights.require(by, ANSWER, enquiry.unit, at)
    require_open(enquiry, *OPEN, State.ANSWERED)
    said = read_words(text, where="tra-loi")
    changes = {"state": State.ANSWERED, "answerer": by} | waited(enquiry, at)
    if enquiry.answered_at is None:
        changes["answered_at"] = at
    now = step(enquiry, seen, **changes)
    reply = _say(now, Reply.Kind.ANSWER, said, by, at)
    outbox.put(reply, at=at)
    facts.post(now, by=by, at=at)
    return reply


@transaction.atomic
def ask_back(*, enquiry: Enquiry, text: str, seen: int, by: Person, at: dt.datetime) -> Reply:
    """Ask the citizen for what is missing. The clock stands until they write, and the page shows it."""
    rights.require(by, ANSWER, enquiry.unit, at)
    require_open(enquiry)
    said = read_words(text, where="tra-loi")
    since = enquiry.waiting_since or at
    now = step(enquiry, seen, state=State.WAITING, answerer=by, waiting_since=since)
    reply = _say(now, Reply.Kind.QUESTION, said, by, at)
    outbox.put(reply, at=at)
    return reply


@transaction.atomic
def note(*, enquiry: Enquiry, text: str, by: Person, at: dt.datetime) -> Reply:
    """Write a note for colleagues. The citizen never sees it."""
    rights.require(by, ANSWER, enquiry.unit, at)
    return _say(enquiry, Reply.Kind.NOTE, read_words(text, where="ghi-chu"), by, at)


@transaction.atomic
def hand_over(
    *, enquiry: Enquiry, unit: Unit, reason: str, seen: int, by: Person, at: dt.datetime
) -> Enquiry:
    """Give it to another unit, with the reason. What it counts moves with it; its due time does not.

    Raises:
        RefusedError: no reason, or no other unit.
    """
    rights.require(by, ANSWER, enquiry.unit, at)
    require_open(enquiry)
    said = read_words(reason, where="ly-do", longest=LONGEST_REASON)
    if unit.pk == enquiry.unit_id or unit.closed_date:
        raise same_unit()
    now = step(enquiry, seen, unit=unit, answerer=None)
    Handover.objects.create(enquiry=now, before=enquiry.unit, after=unit, reason=said, by=by, at=at)
    facts.post(now, by=by, at=at, reason="Chuyển đơn vị trả lời")
    return now


@transaction.atomic
def sort(*, enquiry: Enquiry, topic: str, is_private: bool, seen: int, by: Person, at: dt.datetime) -> Enquiry:  # fmt: skip
    """Say what it is about, and whether it may ever be published: a denunciation never is."""
    rights.require(by, ANSWER, enquiry.unit, at)
    if topic not in Topic.values:
        raise RefusedError(where="linh-vuc", vi="Chọn một lĩnh vực.", en="Choose a topic.")
    now = step(enquiry, seen, topic=topic, is_private=is_private)
    if is_private:
        publishing.hide(now, at)
    return now


@transaction.atomic
def close(*, enquiry: Enquiry, reason: str, seen: int, by: Person, at: dt.datetime) -> Enquiry:
    """End it without an answer: abuse, a test, the same again. The reason stays as a note; it is not counted as answered."""
    rights.require(by, ANSWER, enquiry.unit, at)
    require_open(enquiry)
    said = read_words(reason, where="ly-do", longest=LONGEST_REASON)
    now = step(enquiry, seen, state=State.CLOSED, answerer=by, **waited(enquiry, at))
    _say(now, Reply.Kind.NOTE, said, by, at)
    return now


@transaction.atomic
def route(*, topic: str, place: Unit | None, unit: Unit, by: Person, at: dt.datetime) -> Routing:
    """Say which unit answers a topic at a place, or anywhere. Saying it again replaces it."""
    rights.require(by, "enquiries.route", unit, at)
    if topic not in Topic.values:
        raise RefusedError(where="linh-vuc", vi="Chọn một lĩnh vực.", en="Choose a topic.")
    return Routing.objects.update_or_create(topic=topic, place=place, defaults={"unit": unit})[0]


@transaction.atomic
def keep_template(*, unit: Unit, name: str, text: str, by: Person, at: dt.datetime) -> AnswerTemplate:  # fmt: skip
    """Keep words to answer with, under a name; the same name again replaces them. They must name nobody."""
    rights.require(by, ANSWER, unit, at)
    named = read_words(name, where="ten-mau", longest=80)
    said = read_words(text, where="loi-mau")
    found = AnswerTemplate.objects.update_or_create(unit=unit, name=named, defaults={"text": said})
    return found[0]


def _say(enquiry: Enquiry, kind: Reply.Kind, text: str, by: Person, at: dt.datetime) -> Reply:
    return Reply.objects.create(
        enquiry=enquiry, kind=kind, text=text, by=by, unit=enquiry.unit, at=at
    )
