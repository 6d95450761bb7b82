"""Claiming work: by a guarded update, which both databases do alike. Whoever changes the row has it; the rest look further.

A claim is a lease: a worker that dies leaves its work to the next one when the lease has run out.
"""

import datetime as dt
from typing import TypeVar

from django.db.models import F, QuerySet

from lantoa.enquiries.models.zalo import Job

J = TypeVar("J", bound=Job)
LEASE = dt.timedelta(minutes=2)
# After each failure a longer rest; after the last, a person looks at it. As long as Zalo itself tries.
RESTS = [
    dt.timedelta(seconds=30),
    dt.timedelta(minutes=5),
    dt.timedelta(minutes=15),
    dt.timedelta(minutes=30),
]
MOST_TRIES = len(RESTS) + 1


def claim(waiting: QuerySet[J], job: J, at: dt.datetime) -> bool:
    """Whether this worker has the job now. `waiting`: what is still to be done."""
    mine = waiting.filter(pk=job.pk, tries=job.tries, next_at=job.next_at)
    return mine.update(tries=F("tries") + 1, next_at=at + LEASE) == 1


def rest(jobs: QuerySet[J], job: J, fault: str, at: dt.datetime) -> None:
    """It failed this time: try again later, until it has been tried often enough."""
    tried = job.tries + 1
    wait = RESTS[min(tried, len(RESTS)) - 1]
    jobs.filter(pk=job.pk).update(fault=fault[:60], next_at=at + wait)


def due(waiting: QuerySet[J], at: dt.datetime) -> QuerySet[J]:
    return waiting.filter(next_at__lte=at, tries__lt=MOST_TRIES)


def stuck(waiting: QuerySet[J], at: dt.datetime) -> QuerySet[J]:
    """What was tried as often as it is tried: for a person."""
    return waiting.filter(tries__gte=MOST_TRIES, next_at__lte=at)
