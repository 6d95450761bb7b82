"""The guarded step (RELIABILITY D10): one row, as it was shown, or nothing."""

import datetime as dt
from typing import Any

from django.db.models import F

from lantoa.enquiries.models import Enquiry
from lantoa.enquiries.refusals import ChangedMeanwhileError, WrongStateError
from lantoa.lib import workhours

State = Enquiry.State
OPEN = (State.RECEIVED, State.WORKING, State.WAITING)


def step(enquiry: Enquiry, seen: int, **changes: Any) -> Enquiry:
    """Change what was shown as version `seen`, and give it as it is now.

    Raises:
        ChangedMeanwhileError: somebody else did meanwhile.
    """
    shown = Enquiry.objects.filter(pk=enquiry.pk, version=seen)
    if shown.update(version=F("version") + 1, **changes) != 1:
        raise ChangedMeanwhileError
    return Enquiry.objects.select_related("unit", "asker").get(pk=enquiry.pk)


def require_open(enquiry: Enquiry, *states: State) -> None:
    """
    Raises:
        WrongStateError: it stands at none of the states; without any, it is over.
    """
    if enquiry.state not in (states or OPEN):
        raise WrongStateError(enquiry)


def waited(enquiry: Enquiry, at: dt.datetime) -> dict[str, Any]:
    """What ends a wait for the one who asked: the due time moves on by the working time that was waited."""
    if enquiry.waiting_since is None:
        return {}
    minutes = workhours.between(enquiry.waiting_since, at)
    return {
        "waiting_since": None,
        "waited_minutes": enquiry.waited_minutes + minutes,
        "due_at": workhours.after(enquiry.due_at, minutes) if minutes else enquiry.due_at,
    }
