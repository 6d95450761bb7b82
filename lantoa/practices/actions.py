"""What one may do about a practice: propose it, mend its words, judge it step by step, stop it.

The unit where it works proposes; those above register and appraise it, a board recognises it. That it was replicated
nobody says: it is so when three other units have shown what it brought them. Each step tells the ledger what the
practice means from then on.
"""

import datetime as dt

from django.db import transaction

from lantoa.lib import text
from lantoa.lib.dates import day_of
from lantoa.lib.errors import RefusedError
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Unit
from lantoa.practices import adoptions, facts, likeness, queries, refusals, versions
from lantoa.practices.models import Adoption, Practice, PracticeEvent
from lantoa.practices.refusals import ChangedMeanwhileError, Draft

__all__ = ["ChangedMeanwhileError", "Draft", "RefusedError"]

State = Practice.State
TOLD = (
    "kind",
    "field",
    "holder",
    "title",
    "summary",
    "cost",
    "needs",
    "contact_role",
    "task",
    "movement",
)


@transaction.atomic
def propose(*, unit: Unit, draft: Draft, start: dt.date, by: Person, at: dt.datetime) -> Practice:
    """Say what works at a unit, and since when. It is counted when somebody above has registered it.

    Args:
        start: the day on which the unit began.

    Raises:
        RefusedError: something in it is wrong.
    """
    rights.require(by, "practices.propose", unit, at)
    for wrong in refusals.wrong_draft(draft, unit):
        raise wrong
    refusals.wrong_start(unit, start, None, day_of(at))
    practice = Practice(unit=unit)
    _tell(practice, draft)
    practice.save()
    practice.objectives.set(draft.objectives)
    _note(practice, State.PROPOSED, start, "", by=by, at=at)
    Adoption.objects.create(
        practice=practice,
        unit=unit,
        state=Adoption.State.CONFIRMED,
        start_date=start,
        asked_at=at,
        asked_by=by,
        confirmed_at=at,
        confirmed_by=by,
    )
    return practice


@transaction.atomic
def amend(
    *, practice: Practice, draft: Draft, seen: int, reason: str = "", by: Person, at: dt.datetime
) -> Practice:
    """Mend its words; what it said before stays to be read. Another kind, field or holder moves what it is counted under.

    Raises:
        ChangedMeanwhileError: somebody was faster.
        RefusedError: something in it is wrong, or everybody reads it already and no reason was given.
    """
    _require_owner(by, practice, at)
    if practice.registered_date:
        for wrong in refusals.no_reason(reason):
            raise wrong
    for wrong in refusals.wrong_draft(draft, practice.unit):
        raise wrong
    versions.keep_first(practice)
    _tell(practice, draft)
    kept = (*TOLD, "contact_unit", "steps", "folded", "sketch")
    _change(practice, seen, **{each: getattr(practice, each) for each in kept})
    practice.objectives.set(draft.objectives)
    versions.keep(practice, by=by, at=at, reason=text.one_line(reason))
    facts.post_practices([practice], by=by, at=at, reason=reason)
    return practice


@transaction.atomic
def register(
    *, practice: Practice, date: dt.date, seen: int, reason: str = "", by: Person, at: dt.datetime
) -> Practice:
    """Take it into the register of the body that asked for practices: from this day it is counted and everyone reads it."""
    rights.require(by, "practices.register", practice.unit, at)
    _judge(practice, "practices.register", by, at)
    _become(practice, State.REGISTERED, date, seen, reason, by=by, at=at)
    adoptions.post_of(practice, by=by, at=at)
    return practice


@transaction.atomic
def appraise(
    *, practice: Practice, date: dt.date, seen: int, reason: str = "", by: Person, at: dt.datetime
) -> Practice:
    """Say that somebody above went to look, and that it works."""
    rights.require(by, "practices.register", practice.unit, at)
    _judge(practice, "practices.register", by, at)
    return _become(practice, State.APPRAISED, date, seen, reason, by=by, at=at)


@transaction.atomic
def recognise(
    *, practice: Practice, date: dt.date, seen: int, reason: str = "", by: Person, at: dt.datetime
) -> Practice:
    """Recognise it, on the ground of a decision. If three units have shown it already, it is replicated with that."""
    rights.require(by, "practices.recognise", practice.unit, at)
    _judge(practice, "practices.recognise", by, at)
    _become(practice, State.RECOGNISED, date, seen, reason, by=by, at=at)
    adoptions.replicate_if_shown([practice], by=by, at=at)
    return practice


@transaction.atomic
def keep(
    *, practice: Practice, date: dt.date, seen: int, reason: str = "", by: Person, at: dt.datetime
) -> Practice:
    """Say, from above, that it has proved itself and goes on."""
    rights.require(by, "practices.register", practice.unit, at)
    _judge(practice, "practices.register", by, at)
    return _become(practice, State.KEPT, date, seen, reason, by=by, at=at)


@transaction.atomic
def stop(
    *, practice: Practice, date: dt.date, reason: str, seen: int, by: Person, at: dt.datetime
) -> Practice:
    """Stop it where it began, and say why. Others that follow it go on until they say so themselves.

    Raises:
        RefusedError: no reason was given, or the day cannot be.
    """
    _require_owner(by, practice, at)
    for wrong in refusals.no_reason(reason):
        raise wrong
    _become(practice, State.STOPPED, date, seen, reason, by=by, at=at)
    own = practice.adoptions.filter(learned_from=None, state=Adoption.State.CONFIRMED).first()
    if own is not None:
        adoptions.end(adoption=own, date=date, reason=reason, seen=own.version, by=by, at=at)
    return practice


def _require_owner(by: Person, practice: Practice, at: dt.datetime) -> None:
    """Whoever proposes at the unit where it began; of one that has closed, also where it landed."""
    if not queries.keepers_among(by, [practice.unit_id], at, "practices.propose"):
        raise rights.NotAllowedError(rights.ACTS["practices.propose"])


def _judge(practice: Practice, act: str, by: Person, at: dt.datetime) -> None:
    if not queries.may_judge(by, practice, act, at):
        raise refusals.own_practice()


def _become(
    practice: Practice,
    state: Practice.State,
    date: dt.date,
    seen: int,
    reason: str,
    *,
    by: Person,
    at: dt.datetime,
) -> Practice:
    events = list(queries.events_of(practice))
    last = max((each.date for each in events), default=date)
    refusals.wrong_step(practice, state, date, last, day_of(at))
    changes: dict[str, object] = {"state": state}
    if state == State.REGISTERED:
        changes["registered_date"] = date
    _change(practice, seen, **changes)
    _note(practice, state, date, reason, by=by, at=at)
    facts.post_practices([practice], by=by, at=at, reason=reason)
    return practice


def _tell(practice: Practice, draft: Draft) -> None:
    for each in (*TOLD, "contact_unit"):
        said = getattr(draft, each)
        setattr(practice, each, text.one_line(said) if isinstance(said, str) else said)
    practice.steps = [text.one_line(step) for step in draft.steps]
    said = f"{practice.title}. {practice.summary}"
    practice.folded, practice.sketch = text.fold(said), likeness.sketch(said)


def _change(practice: Practice, seen: int, **fields: object) -> None:
    """One guarded UPDATE that must touch one row."""
    asked = Practice.objects.filter(pk=practice.pk, version=seen)
    if asked.update(version=seen + 1, **fields) != 1:
        raise ChangedMeanwhileError
    practice.refresh_from_db()


def _note(
    practice: Practice,
    state: Practice.State,
    date: dt.date,
    reason: str,
    *,
    by: Person,
    at: dt.datetime,
) -> None:
    PracticeEvent.objects.create(
        practice=practice, state=state, date=date, reason=text.one_line(reason), at=at, by=by
    )
