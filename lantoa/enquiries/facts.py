"""What an enquiry means in the ledger. All of it on the day it came: of the questions of a period, these were answered.

Messages are counted as messages, people as people: a person once, with the first question that their channel ever sent.
How long an answer took is kept in whole working days, one measure a length, so that a median is read from sums.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from lantoa.enquiries.models import Enquiry
from lantoa.ledger import actions as ledger
from lantoa.ledger.actions import Fact
from lantoa.ledger.models import Measure
from lantoa.lib import workhours
from lantoa.lib.dates import day_of
from lantoa.orgs.models import Person

SOURCE = "enquiry"
INBOX = "Hộp thư dân hỏi"
ASKED, ANSWERED, IN_TIME = "cau-hoi", "cau-tra-loi", "tra-loi-dung-han"
MESSAGES, PEOPLE = "tin-nhan-cua-dan", "nguoi-nhan-zalo"
SOLVED, UNSOLVED = "dan-noi-da-xong", "dan-noi-chua-xong"
# Answered within the day, after one working day, two … ; the last for everything longer.
AFTER = [f"tra-loi-sau-{days}-ngay" for days in range(6)] + ["tra-loi-sau-hon-5-ngay"]
CODES = [ASKED, ANSWERED, IN_TIME, MESSAGES, PEOPLE, SOLVED, UNSOLVED, *AFTER]


def post(enquiry: Enquiry, *, by: Person | None, at: dt.datetime, reason: str = "") -> None:
    """Say what the enquiry means now; the ledger adds the difference. `by` None: the inbox itself."""
    measures = dict(Measure.objects.filter(code__in=CODES).values_list("code", "pk"))
    facts = [
        Fact(measures[code], enquiry.unit_id, date, value)
        for code, date, value in _facts(enquiry)
        if code in measures
    ]
    ledger.post(
        source_kind=SOURCE,
        source_id=enquiry.pk,
        facts=facts,
        by=by or inbox(),
        at=at,
        reason=reason,
    )


def inbox() -> Person:
    """In whose name the inbox counts what comes in by itself. Nobody enters as this person."""
    found = Person.objects.filter(name=INBOX).order_by("pk").first()
    return found or Person.objects.create(name=INBOX)


def days_taken(enquiry: Enquiry) -> int | None:
    """Whole working days from the question to its answer, less the time it waited for the one who asked."""
    if enquiry.answered_at is None:
        return None
    minutes = workhours.between(enquiry.received_at, enquiry.answered_at) - enquiry.waited_minutes
    return max(minutes, 0) // workhours.minutes_a_day()


def _facts(enquiry: Enquiry) -> Iterator[tuple[str, dt.date, int]]:
    day = day_of(enquiry.received_at)
    yield ASKED, day, 1
    if enquiry.is_first:
        yield PEOPLE, day, 1
    said = enquiry.messages.values_list("received_at", flat=True)
    for date, count in Counter(day_of(each) for each in said).items():
        yield MESSAGES, date, count
    days = days_taken(enquiry)
    if days is not None and enquiry.answered_at:
        yield ANSWERED, day, 1
        yield AFTER[min(days, len(AFTER) - 1)], day, 1
        if enquiry.answered_at <= enquiry.due_at:
            yield IN_TIME, day, 1
    if enquiry.is_solved is not None:
        yield (SOLVED if enquiry.is_solved else UNSOLVED), day, 1
