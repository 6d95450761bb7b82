"""What one may do about an adoption: ask for it, confirm or decline it, tell results, show records, end it.

Only the unit that follows a practice says so: whoever asks, its own recorder confirms; of a unit that has closed, the recorder
where it landed. `register` says the same about many at once.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from lantoa.lib import text
from lantoa.lib.dates import day_of
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Unit
from lantoa.practices import facts, queries, refusals
from lantoa.practices.models import Adoption, AdoptionResult, Practice, PracticeEvent, Sign
from lantoa.practices.paths import Paths
from lantoa.practices.refusals import ChangedMeanwhileError
from lantoa.work.models import Activity

State = Adoption.State


@dataclass(frozen=True)
class Result:
    """What it came to by a day. None is not told, which is not nought."""

    date: dt.date
    participants: int | None = None
    saved: int | None = None
    told: str = ""


@transaction.atomic
def ask(
    *, practice: Practice, unit: Unit, source: Adoption, by: Person, at: dt.datetime
) -> Adoption:
    """Put a unit down for a practice, and say from whom it learns. Nothing is counted before the unit has confirmed.

    The unit itself asks, or the one it learned from tells that it was there.

    Raises:
        RefusedError: the practice is not open, the unit follows it, learned from itself, or it would be a circle.
    """
    _require_either(by, unit, source, at)
    refusals.not_open(practice)
    paths = Paths([source])
    refusals.wrong_source(practice, paths.ours(unit), source, paths.units(source))
    if queries.is_followed_by(practice, unit):
        raise refusals.twice()
    try:
        with transaction.atomic():
            return Adoption.objects.create(
                practice=practice, unit=unit, learned_from=source, asked_at=at, asked_by=by
            )
    except IntegrityError as error:
        if queries.is_followed_by(practice, unit):
            raise refusals.twice() from error
        raise


@transaction.atomic
def confirm(
    *,
    adoption: Adoption,
    source: Adoption,
    start: dt.date,
    seen: int,
    by: Person,
    at: dt.datetime,
) -> Adoption:
    """Say, for the unit itself, that it follows the practice, since when, and from whom it learned.

    Raises:
        RefusedError: the day or the source cannot be.
        ChangedMeanwhileError: somebody was faster.
    """
    _require_keeper(by, adoption, at)
    refusals.not_in(adoption, State.ASKED)
    refusals.not_open(adoption.practice)
    paths = Paths([source])
    refusals.wrong_source(adoption.practice, paths.ours(adoption.unit), source, paths.units(source))
    refusals.wrong_start(adoption.unit, start, source, day_of(at))
    told = {"learned_from": source, "start_date": start, "confirmed_at": at, "confirmed_by": by}
    _change(adoption, seen, state=State.CONFIRMED, **told)
    facts.post_adoptions([adoption], by=by, at=at)
    return adoption


@transaction.atomic
def decline(*, adoption: Adoption, reason: str, seen: int, by: Person, at: dt.datetime) -> Adoption:
    """Say, for the unit itself, that it does not follow the practice, and why."""
    _require_keeper(by, adoption, at)
    refusals.not_in(adoption, State.ASKED)
    for wrong in refusals.no_reason(reason):
        raise wrong
    _change(adoption, seen, state=State.DECLINED, reason=text.one_line(reason))
    return adoption


@transaction.atomic
def report(
    *,
    adoption: Adoption,
    result: Result,
    seen: int,
    reason: str = "",
    by: Person,
    at: dt.datetime,
) -> Adoption:
    """Tell what it has come to. A second result for a day takes the place of the first, with a reason; the ledger gets the difference.

    Raises:
        RefusedError: it says nothing, its day cannot be, or a day told before is told again without a reason.
    """
    _require_keeper(by, adoption, at)
    refusals.not_in(adoption, State.CONFIRMED)
    refuse_result(adoption, result, day_of(at))
    if adoption.results.filter(date=result.date).exists():
        for wrong in refusals.no_reason(reason):
            raise wrong
    _change(adoption, seen)
    AdoptionResult.objects.create(**row_of(adoption, result, by, at), reason=text.one_line(reason))
    facts.post_adoptions([adoption], by=by, at=at, reason=reason)
    replicate_if_shown([adoption.practice], by=by, at=at)
    return adoption


@transaction.atomic
def show(*, adoption: Adoption, activity: Activity, by: Person, at: dt.datetime) -> Sign:
    """Show a record of work as proof that the adoption is alive. The same again is shown once.

    Raises:
        RefusedError: it is no record of the unit or of those below it, in the days of the adoption.
    """
    _require_keeper(by, adoption, at)
    refusals.not_in(adoption, State.CONFIRMED)
    before = Sign.objects.filter(adoption=adoption, activity=activity).first()
    if before:
        return before
    # Held until this is kept: who withdraws it at the same moment waits, and then finds the sign that rests on it.
    held = Activity.objects.select_for_update().filter(pk=activity.pk, withdrawn_at=None)
    if held.first() is None or not queries.showable(adoption).filter(pk=activity.pk).exists():
        raise refusals.not_its_own()
    sign = Sign.objects.create(adoption=adoption, activity=activity, at=at, by=by)
    facts.post_adoptions([adoption], by=by, at=at)
    replicate_if_shown([adoption.practice], by=by, at=at)
    return sign


@transaction.atomic
def end(
    *, adoption: Adoption, date: dt.date, reason: str, seen: int, by: Person, at: dt.datetime
) -> Adoption:
    """Stop following, and say why. Who takes part is taken out of the balance; what was saved stays saved."""
    _require_keeper(by, adoption, at)
    told = facts.results_of([adoption.pk]).get(adoption.pk, [])
    refuse_end(adoption, date, reason, told[-1].date if told else None, day_of(at))
    _change(adoption, seen, state=State.ENDED, end_date=date, reason=text.one_line(reason))
    facts.post_adoptions([adoption], by=by, at=at, reason=reason)
    return adoption


def replicate_if_shown(practices: Iterable[Practice], *, by: Person, at: dt.datetime) -> None:
    """A recognised practice that enough units have shown is replicated: nobody decides it, and once is for ever."""
    may_be = [each for each in practices if each.state in refusals.AFTER[Practice.State.REPLICATED]]
    shown = queries.shown_enough(each.pk for each in may_be)
    for practice in may_be:
        if practice.pk in shown:
            _replicate(practice, shown[practice.pk], by=by, at=at)


def _replicate(practice: Practice, last: dt.date, *, by: Person, at: dt.datetime) -> None:
    PracticeEvent.objects.create(
        practice=practice,
        state=Practice.State.REPLICATED,
        date=max(last, day_of(at)),
        at=at,
        by=by,
    )
    asked = Practice.objects.filter(pk=practice.pk, version=practice.version)
    told = {"state": Practice.State.REPLICATED, "version": practice.version + 1}
    if asked.update(**told) != 1:
        raise ChangedMeanwhileError
    practice.refresh_from_db()


def post_of(practice: Practice, *, by: Person, at: dt.datetime, reason: str = "") -> None:
    """Say to the ledger what the adoptions of a practice mean: something once it is registered, nothing before."""
    facts.post_adoptions(list(practice.adoptions.all()), by=by, at=at, reason=reason)


def _require_keeper(by: Person, adoption: Adoption, at: dt.datetime) -> None:
    """Whoever keeps adoptions at the unit; of one that has closed, also where it landed."""
    if not queries.keepers_among(by, [adoption.unit_id], at):
        raise rights.NotAllowedError(rights.ACTS["practices.adopt"])


def _require_either(by: Person, unit: Unit, source: Adoption, at: dt.datetime) -> None:
    """One asks who keeps adoptions at the unit that learns, or where it was taught."""
    if not rights.units_among(by, "practices.adopt", [unit.pk], at).exists():
        _require_keeper(by, source, at)


def refuse_result(adoption: Adoption, result: Result, today: dt.date) -> None:
    for wrong in refusals.says_nothing(result.participants, result.saved, result.told):
        raise wrong
    refusals.outside(adoption, result.date, today)


def refuse_end(
    adoption: Adoption, date: dt.date, reason: str, last: dt.date | None, today: dt.date
) -> None:
    refusals.not_in(adoption, State.CONFIRMED)
    refusals.origin_stays(adoption)
    for wrong in refusals.no_reason(reason):
        raise wrong
    refusals.outside(adoption, date, today)
    refusals.ends_too_soon(date, last)


def row_of(adoption: Adoption, result: Result, by: Person, at: dt.datetime) -> dict[str, object]:
    return {
        "adoption": adoption,
        "date": result.date,
        "participants": result.participants,
        "saved": result.saved,
        "told": text.one_line(result.told),
        "at": at,
        "by": by,
    }


def _change(adoption: Adoption, seen: int, **fields: object) -> None:
    """One guarded UPDATE that must touch one row."""
    asked = Adoption.objects.filter(pk=adoption.pk, version=seen)
    if asked.update(version=seen + 1, **fields) != 1:
        raise ChangedMeanwhileError
    adoption.refresh_from_db()
