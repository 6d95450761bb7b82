"""Take back a step of a practice's life that one said just now: a wrong tap is no decision. The row stays, and says so."""

import datetime as dt

from django.db import transaction

from lantoa.lib.errors import LantoaError
from lantoa.orgs import rights
from lantoa.orgs.models import Person
from lantoa.practices import adoptions, facts, steps
from lantoa.practices.models import Adoption, Practice, PracticeEvent

State = Practice.State
UNDO_SECONDS = 10
# A little more than what the page says: the way to the server takes time too.
UNDO_WITHIN = dt.timedelta(seconds=UNDO_SECONDS + 5)
REASON = "Hoàn tác ngay sau khi ghi"


class TooLateError(LantoaError):
    """Undone after its seconds, or when something else has happened since."""

    def __init__(self) -> None:
        super().__init__(
            vi=f"Chỉ hoàn tác được trong {UNDO_SECONDS} giây, khi mô hình chưa có bước nào mới.",
            en=f"Undoing works for {UNDO_SECONDS} seconds, while the practice has taken no new step.",
        )


@transaction.atomic
def undo(*, event: int, by: Person, at: dt.datetime) -> Practice:
    """Take back a step of one's own within its seconds, with all that followed from it by itself.

    Raises:
        TooLateError: not one's own, too late, or something has happened since.
    """
    rights.require(by, "practices.read", None, at)
    fresh = steps.standing().filter(pk=event, by=by, at__gt=at - UNDO_WITHIN)
    found = fresh.exclude(state=State.PROPOSED).select_related("practice").first()
    if found is None:
        raise TooLateError
    practice, taken = found.practice, _with_what_followed(found)
    before = steps.standing().filter(practice=practice, pk__lt=found.pk).latest("pk")
    changes: dict[str, object] = {"state": before.state, "version": practice.version + 1}
    if found.state == State.REGISTERED:
        changes["registered_date"] = None
    asked = Practice.objects.filter(pk=practice.pk, version=practice.version, state=taken[-1].state)
    rows = PracticeEvent.objects.filter(pk__in=[each.pk for each in taken], undone_at=None)
    if asked.update(**changes) != 1 or rows.update(undone_at=at) != len(taken):
        raise TooLateError
    practice.refresh_from_db()
    facts.post_practices([practice], by=by, at=at, reason=REASON)
    if found.state == State.STOPPED:
        _go_on(practice, found)
    if found.state in (State.REGISTERED, State.STOPPED):
        adoptions.post_of(practice, by=by, at=at, reason=REASON)
    return practice


def _with_what_followed(event: PracticeEvent) -> list[PracticeEvent]:
    """The step, and that it was replicated, which nobody decides."""
    later = list(steps.standing().filter(practice=event.practice_id, pk__gt=event.pk))
    if any((each.state, each.at) != (State.REPLICATED, event.at) for each in later):
        raise TooLateError
    return [event, *later]


def _go_on(practice: Practice, stopped: PracticeEvent) -> None:
    """Where it began, it goes on as if it had not been stopped."""
    own = practice.adoptions.filter(learned_from=None, state=Adoption.State.ENDED)
    ended = own.filter(end_date=stopped.date, reason=stopped.reason).first()
    if ended is not None:
        own.filter(version=ended.version).update(
            state=Adoption.State.CONFIRMED, end_date=None, reason="", version=ended.version + 1
        )
