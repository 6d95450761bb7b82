"""What one may ask about citizens' questions: those that somebody may answer, one of them with all its words, and its asker's view."""

import datetime as dt
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Replace

from lantoa.enquiries import codes, facts, publishing, refusals
from lantoa.enquiries.models import (
    AnswerTemplate,
    Attachment,
    Enquiry,
    Handover,
    Message,
    PublicAnswer,
    Reply,
    Routing,
    Sending,
)
from lantoa.enquiries.steps import OPEN
from lantoa.ledger.models import Measure
from lantoa.ledger.queries import SourceRow
from lantoa.lib import text, workhours
from lantoa.lib.dates import day_of
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.orgs.models import Closure, Person, Post, Unit, UnitName
from lantoa.orgs.queries import valid_on

ANSWER = "enquiries.answer"
MINE, HANDED, EVERYTHING = "", "chuyen", "tat-ca"
STILL_OPEN, LATE = "dang-mo", "qua-han"
# Of so many of the newest questions the words are compared.
COMPARED = 150
IDS_A_QUERY = 500  # below SQLite's limit of parameters a statement


@dataclass(frozen=True, slots=True)
class Said:
    """One thing in a conversation, in its order.

    Attributes:
        kind: "citizen", a kind of `Reply`, or "handover".
        unit_id: of the official's unit, or the one that it was handed to; 0 for the citizen.
    """

    kind: str
    text: str
    at: dt.datetime
    unit_id: int = 0
    by: str = ""


def to_answer(person: Person, which: str, at: dt.datetime) -> QuerySet[Enquiry]:
    """The open questions that one may answer, the first due first: one's own and nobody's, all of them, or those too late; or
    every question there ever was, the newest first.

    Of what was handed out of one's reach only the code and the way it took is there: see `handed_on`.
    """
    if which == EVERYTHING:
        reach = rights.allowed(person, ANSWER, at)
        every = Enquiry.objects.filter(unit__in=reach).select_related("answerer", "asker")
        return every.order_by("-received_at", "-pk")
    found = _open(person, at).select_related("answerer", "asker").order_by("due_at", "pk")
    if which == LATE:
        return found.filter(due_at__lt=at, waiting_since=None)
    return found if which == STILL_OPEN else found.filter(Q(answerer=person) | Q(answerer=None))


def narrowed(found: QuerySet[Enquiry], code: str, topic: str) -> QuerySet[Enquiry]:
    """Of these, whose code has these letters, with or without its hyphens, and of one topic. Words are sealed: none is looked at."""
    typed = "".join(each for each in code.upper() if each.isalnum())
    bare = Replace("code", Value("-"), Value(""))
    if typed:
        found = found.alias(bare=bare).filter(bare__contains=typed)
    return found.filter(topic=topic) if topic else found


def handed_on(person: Person, at: dt.datetime) -> QuerySet[Handover]:
    """Questions that were handed on from units where one may answer, the newest first."""
    reach = rights.allowed(person, ANSWER, at)
    found = Handover.objects.filter(before__in=reach).select_related("enquiry")
    return found.order_by("-at", "-pk")


def one(person: Person, number: int, at: dt.datetime) -> Enquiry | None:
    """A question that one may answer; a foreign number answers like a missing one."""
    reach = rights.allowed(person, ANSWER, at)
    found = Enquiry.objects.filter(unit__in=reach).select_related("unit", "answerer", "asker")
    return found.filter(pk=number).first()


def followed(typed: str) -> Enquiry | None:
    """The question that a whole code opens: the code and the key of its link."""
    parts = codes.parted(typed)
    if parts is None:
        return None
    code, key = parts
    found = Enquiry.objects.filter(code=code).select_related("unit", "asker").first()
    if found is None or not hmac.compare_digest(found.key_digest, codes.digest(key)):
        return None
    return found


def conversation(enquiry: Enquiry, *, for_citizen: bool) -> list[Said]:
    """All that was said, in its order. The citizen sees neither notes nor reasons of handing over."""
    said = [Said("citizen", each.text, each.sent_at) for each in enquiry.messages.all()]
    replies = enquiry.replies.select_related("by")
    if for_citizen:
        replies = replies.exclude(kind=Reply.Kind.NOTE)
    said += [
        Said(each.kind, each.text, each.at, each.unit_id, "" if for_citizen else each.by.name)
        for each in replies
    ]
    if not for_citizen:
        handed = enquiry.handovers.select_related("by")
        said += [
            Said("handover", each.reason, each.at, each.after_id, each.by.name) for each in handed
        ]
    return sorted((each for each in said if each.text), key=lambda each: each.at)


def first_words(enquiries: Sequence[Enquiry]) -> dict[int, str]:
    """What each question begins with, by its id. One query."""
    from_them = [each.pk for each in enquiries]
    messages = Message.objects.filter(enquiry__in=from_them)
    found: dict[int, str] = {}
    for each in messages.order_by("sent_at", "pk"):
        found.setdefault(each.enquiry_id, each.text)
    return found


def communes(day: dt.date) -> list[UnitName]:
    """The communes and wards of a day, by name."""
    names = UnitName.objects.filter(valid_on(day), unit__kind=Unit.Kind.COMMUNE)
    return list(names.filter(Q(unit__closed_date=None) | Q(unit__closed_date__gt=day)).order_by("sort_key"))  # fmt: skip


def commune(number: int, day: dt.date) -> Unit | None:
    """One of them by its id."""
    units = Unit.objects.filter(kind=Unit.Kind.COMMUNE, opened_date__lte=day)
    return units.filter(Q(closed_date=None) | Q(closed_date__gt=day), pk=number).first()


def answering_units(day: dt.date) -> list[UnitName]:
    """The units at which somebody answers citizens: those that a question can be handed to."""
    held = Post.objects.filter(valid_on(day), role=Post.Role.ANSWERER, unit=OuterRef("unit"))
    routed = Routing.objects.filter(unit=OuterRef("unit"))
    names = UnitName.objects.filter(valid_on(day))
    return list(names.filter(Exists(held) | Exists(routed)).order_by("sort_key"))


def answering_unit(number: int, day: dt.date) -> Unit | None:
    found = {row.unit_id for row in answering_units(day)}
    return Unit.objects.filter(pk=number).first() if number in found else None


def templates_at(unit: Unit, day: dt.date) -> list[AnswerTemplate]:
    """Words to answer with: of a unit and of all above it."""
    above = Closure.objects.filter(valid_on(day), unit=unit).values("ancestor")
    return list(AnswerTemplate.objects.filter(unit__in=above).order_by("name"))


def attachment(enquiry: Enquiry, number: int) -> Attachment | None:
    """A file of the question that is kept, by its id."""
    kept = Attachment.objects.filter(message__enquiry=enquiry, state=Attachment.State.KEPT)
    return kept.filter(pk=number).first()


def attached(enquiry: Enquiry) -> list[Attachment]:
    """All files that came with the question, kept or not."""
    found = Attachment.objects.filter(message__enquiry=enquiry)
    return list(found.order_by("message__sent_at", "message_id", "position"))


def sendings(enquiry: Enquiry) -> list[Sending]:
    """What went out to the asker by Zalo, or did not."""
    return list(enquiry.sendings.filter(reply__isnull=False).order_by("pk"))


def public_of(enquiry: Enquiry) -> PublicAnswer | None:
    """What of the question stands on the public page."""
    return PublicAnswer.objects.filter(enquiry=enquiry, withdrawn_at=None).first()


class Routed(NamedTuple):
    """A row of who answers what, in words; `place` "" for anywhere."""

    topic: str
    place: str
    unit: str


def routings(person: Person, at: dt.datetime) -> list[Routed]:
    """Who answers what, as far as one may say so."""
    reach = rights.allowed(person, "enquiries.route", at)
    rows = list(Routing.objects.filter(unit__in=reach).order_by("topic", "pk"))
    called = _named({pk for row in rows for pk in (row.place_id, row.unit_id) if pk}, at)
    return [
        Routed(row.get_topic_display(), called.get(row.place_id or 0, ""), called[row.unit_id])
        for row in rows
    ]


def unit(typed: str, day: dt.date) -> Unit:
    """The one unit of a day that a name or a code means.

    Raises:
        RefusedError: none, or several.
    """
    found = orgs.find(typed[:200], day, most=2)
    same = [row for row in found if text.fold(row.name) == text.fold(typed)] or found
    if len(same) != 1:
        raise refusals.no_one_unit(typed)
    return Unit.objects.get(pk=same[0].unit_id)


def like(enquiry: Enquiry, said: str, person: Person, at: dt.datetime) -> list[Enquiry]:
    """Other questions that one may answer and that are like this one. Their words are compared in memory and kept nowhere."""
    reach = rights.allowed(person, ANSWER, at)
    others = Enquiry.objects.filter(unit__in=reach, forgotten_at=None).exclude(pk=enquiry.pk)
    newest = list(others.order_by("-received_at", "-pk")[:COMPARED])
    words = first_words(newest)
    alike = publishing.alike_among(said, [(each.pk, words.get(each.pk, "")) for each in newest])
    return [each for each in newest if each.pk in alike]


def days_taken(enquiry: Enquiry) -> int | None:
    """Whole working days that the answer took; None while there is none."""
    return facts.days_taken(enquiry)


def days_left(enquiry: Enquiry, at: dt.datetime) -> int:
    """Whole working days until it is due; negative when it is late, -1 from the first moment on."""
    if at <= enquiry.due_at:
        return workhours.between(at, enquiry.due_at) // workhours.minutes_a_day()
    return -1 - workhours.between(enquiry.due_at, at) // workhours.minutes_a_day()


def rows_for(source_ids: Iterable[int]) -> dict[int, SourceRow]:
    """The questions behind ledger entries of source kind "enquiry": the day and the channel, never a word, never a code."""
    ids, rows = sorted(set(source_ids)), dict[int, SourceRow]()
    for start in range(0, len(ids), IDS_A_QUERY):
        for each in Enquiry.objects.filter(pk__in=ids[start : start + IDS_A_QUERY]):
            rows[each.pk] = SourceRow(
                source_id=each.pk,
                date=day_of(each.received_at),
                unit_id=each.unit_id,
                unit="",
                kind_vi=f"Câu hỏi của dân qua {each.get_channel_display()}",
                kind_en=f"A citizen's question by {each.channel}",
                title="",
                is_withdrawn=False,
            )
    return rows


def names(enquiries: Iterable[Enquiry], at: dt.datetime) -> dict[int, str]:
    """What the units and places of the questions are called today, by unit id."""
    return _named(
        {unit for each in enquiries for unit in (each.unit_id, each.place_id) if unit}, at
    )


def unit_names(said: Iterable[Said], at: dt.datetime) -> dict[int, str]:
    """What the units that spoke are called today, by unit id."""
    return _named({each.unit_id for each in said if each.unit_id}, at)


def _named(ids: set[int], at: dt.datetime) -> dict[int, str]:
    found = {unit: row.name for unit, row in orgs.names_on(day_of(at), ids).items()}
    return found | {unit: orgs.name_near(unit, day_of(at)) for unit in ids - found.keys()}


def handed_names(handed: Iterable[Handover], at: dt.datetime) -> dict[int, str]:
    """What the units that something was handed to are called today, by unit id."""
    return _named({each.after_id for each in handed}, at)


def count_open(person: Person, at: dt.datetime) -> int:
    """How many questions are open where one may answer."""
    return _open(person, at).count()


def count_late(person: Person, at: dt.datetime) -> int:
    """How many of them are past their due time; the clock of those that wait for the citizen stands."""
    return to_answer(person, LATE, at).count()


def newest_answer(person: Person, at: dt.datetime) -> dt.datetime | None:
    """When somebody last answered where one may answer."""
    reach = rights.allowed(person, ANSWER, at)
    found = Enquiry.objects.filter(unit__in=reach, answered_at__isnull=False)
    return found.order_by("-answered_at").values_list("answered_at", flat=True).first()


def _open(person: Person, at: dt.datetime) -> QuerySet[Enquiry]:
    reach = rights.allowed(person, ANSWER, at)
    return Enquiry.objects.filter(unit__in=reach, state__in=OPEN)


def measures() -> dict[str, Measure]:
    """What the inbox counts, by code; fewer in a house that has not loaded them."""
    return {each.code: each for each in Measure.objects.filter(code__in=facts.CODES)}


def late_now(at: dt.datetime) -> int:
    """How many questions are past their due time in the whole house, the clock of none of them standing."""
    return Enquiry.objects.filter(state__in=OPEN, due_at__lt=at, waiting_since=None).count()


def median_days(counts: Sequence[int]) -> int | None:
    """The place at which half of all is reached, of counts by length; None of nothing. The lower one of an even number."""
    total, seen = sum(counts), 0
    for days, count in enumerate(counts):
        seen += count
        if total and 2 * seen >= total:
            return days
    return None
