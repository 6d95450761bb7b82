"""One round of the worker: what has come in, what waits to be fetched, to be sent, to be forgotten. Any number may run at once."""

import datetime as dt
from typing import NamedTuple

from lantoa.enquiries import attachments, deliveries, forgetting, jobs, outbox
from lantoa.enquiries.models import Attachment, Delivery, Sending


class Round(NamedTuple):
    """What one round has done."""

    understood: int
    fetched: int
    sent: int
    forgotten: int


def work(at: dt.datetime) -> Round:
    return Round(
        deliveries.work(at), attachments.work(at), outbox.work(at), forgetting.forget_old(at)
    )


def stuck(at: dt.datetime) -> int:
    """How many jobs have been tried as often as they are tried: a person must look."""
    return (
        jobs.stuck(Delivery.objects.filter(worked_at=None), at).count()
        + jobs.stuck(Attachment.objects.filter(state=Attachment.State.WAITING), at).count()
        + jobs.stuck(Sending.objects.filter(state=Sending.State.WAITING), at).count()
    )
