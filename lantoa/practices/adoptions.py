"""What one may do about an adoption: ask for it, confirm or decline it, tell results, show records, end it.

Only the unit that follows a practice says so: whoever asks, its own recorder confirms. `keep_many` and `adopt_many` say the
same about many at once, as from a register kept on paper.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from lantoa.lib import text
from lantoa.lib.dates import day_of
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Unit
from lantoa.practices import facts, queries, refusals
from lantoa.practices.models import Adoption, AdoptionResult, Practice, PracticeEvent, Sign
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


@dataclass(frozen=True, eq=False)
class Life:
    """How an adoption began, went on and ended, as its unit tells it. `source`: an adoption, or another life told with it."""

    practice: Practice
    unit: Unit
    source: "Adoption | Life"
    start: dt.date


@dataclass(frozen=True)
class Since:
    """What became of an adoption: results, records that show it, and its end with the reason."""

    adoption: Adoption
    results: Sequence[Result] = ()
    signs: Sequence[Activity] = ()
    end: tuple[dt.date, str] | None = None


@transaction.atomic
def ask(
    *, practice: Practice, unit: Unit, source: Adoption, by: Person, at: dt.datetime
) -> Adoption:
    """Put a unit down for a practice, and say from whom it learns. Nothing is counted before the unit has confirmed.

    The unit itself asks, or the one it learned from tells that it was there.

    Raises:
        RefusedError: the practice is not open, the unit follows it, learned from itself, or it would be a circle.
    """
    rights.require_all(by, "practices.adopt", [_asking(unit, source, by, at)], at)
    refusals.not_open(practice)
    refusals.wrong_source(practice, unit.pk, source, _units_above(source))
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
    rights.require(by, "practices.adopt", adoption.unit, at)
    refusals.not_in(adoption, State.ASKED)
    refusals.not_open(adoption.practice)
    refusals.wrong_source(adoption.practice, adoption.unit_id, source, _units_above(source))
    refusals.wrong_start(adoption.unit, start, source, day_of(at))
    told = {"learned_from": source, "start_date": start, "confirmed_at": at, "confirmed_by": by}
    _change(adoption, seen, state=State.CONFIRMED, **told)
    facts.post_adoptions([adoption], by=by, at=at)
    return adoption


@transaction.atomic
def decline(*, adoption: Adoption, reason: str, seen: int, by: Person, at: dt.datetime) -> Adoption:
    """Say, for the unit itself, that it does not follow the practice, and why."""
    rights.require(by, "practices.adopt", adoption.unit, at)
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
    rights.require(by, "practices.adopt", adoption.unit, at)
    refusals.not_in(adoption, State.CONFIRMED)
    _refuse_result(adoption, result, day_of(at))
    if adoption.results.filter(date=result.date).exists():
        for wrong in refusals.no_reason(reason):
            raise wrong
    _change(adoption, seen)
    AdoptionResult.objects.create(**_row(adoption, result, by, at), reason=text.one_line(reason))
    facts.post_adoptions([adoption], by=by, at=at, reason=reason)
    replicate_if_shown([adoption.practice], by=by, at=at)
    return adoption


@transaction.atomic
def show(*, adoption: Adoption, activity: Activity, by: Person, at: dt.datetime) -> Sign:
    """Show a record of work as proof that the adoption is alive. The same again is shown once.

    Raises:
        RefusedError: it is no record of the unit or of those below it, in the days of the adoption.
    """
    rights.require(by, "practices.adopt", adoption.unit, at)
    refusals.not_in(adoption, State.CONFIRMED)
    before = Sign.objects.filter(adoption=adoption, activity=activity).first()
    if before:
        return before
    if not queries.showable(adoption).filter(pk=activity.pk).exists():
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
    rights.require(by, "practices.adopt", adoption.unit, at)
    told = facts.results_of([adoption.pk]).get(adoption.pk, [])
    _refuse_end(adoption, date, reason, told[-1].date if told else None, day_of(at))
    _change(adoption, seen, state=State.ENDED, end_date=date, reason=text.one_line(reason))
    facts.post_adoptions([adoption], by=by, at=at, reason=reason)
    return adoption


@transaction.atomic
def adopt_many(*, lives: Sequence[Life], by: Person, at: dt.datetime) -> list[Adoption]:
    """`ask` and `confirm` for many, all or none, by somebody who keeps them all. In the order given.

    A life may name another of the same list as its source.

    Raises:
        RefusedError: the first thing that is wrong.
    """
    rights.require_all(by, "practices.adopt", {life.unit.pk for life in lives}, at)
    made: dict[int, Adoption] = {}
    paths = _Paths(life.source for life in lives if isinstance(life.source, Adoption))
    waiting = list(lives)
    while waiting:
        ready = [
            each for each in waiting if not isinstance(each.source, Life) or id(each.source) in made
        ]
        if not ready:
            raise ValueError("a life names a source that is not in the list")
        rows = [_begun(life, made, paths, by=by, at=at) for life in ready]
        for life, row in zip(ready, Adoption.objects.bulk_create(rows), strict=True):
            made[id(life)] = row
            paths.add(row)
        waiting = [each for each in waiting if id(each) not in made]
    adoptions = [made[id(life)] for life in lives]
    facts.post_adoptions(adoptions, by=by, at=at)
    return adoptions


@transaction.atomic
def keep_many(*, told: Sequence[Since], by: Person, at: dt.datetime) -> None:
    """`report`, `show` and `end` for many, all or none, by somebody who keeps them all. One of a day told before is refused.

    Raises:
        RefusedError: the first thing that is wrong.
    """
    rights.require_all(by, "practices.adopt", {each.adoption.unit_id for each in told}, at)
    today, ended = day_of(at), []
    before = facts.results_of(each.adoption.pk for each in told)
    for each in told:
        refusals.not_in(each.adoption, State.CONFIRMED)
        for result in each.results:
            _refuse_result(each.adoption, result, today)
        if each.end:
            days = [row.date for row in (*before.get(each.adoption.pk, ()), *each.results)]
            _refuse_end(each.adoption, *each.end, max(days, default=None), today)
            ended.append(_ended(each.adoption, *each.end))
    AdoptionResult.objects.bulk_create(
        AdoptionResult(**_row(each.adoption, result, by, at))
        for each in told
        for result in each.results
    )
    _show_many(told, by=by, at=at)
    Adoption.objects.bulk_update(ended, ["state", "end_date", "reason", "version"], batch_size=200)
    facts.post_adoptions([each.adoption for each in told], by=by, at=at)
    followed = Practice.objects.filter(pk__in={each.adoption.practice_id for each in told})
    replicate_if_shown(followed, by=by, at=at)


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


def post_of(practice: Practice, *, by: Person, at: dt.datetime) -> None:
    """Say to the ledger what the adoptions of a practice mean, once it is registered."""
    facts.post_adoptions(list(practice.adoptions.all()), by=by, at=at)


def _asking(unit: Unit, source: Adoption, by: Person, at: dt.datetime) -> int:
    """The unit at which one must keep adoptions in order to ask: the one that learns, or the one that taught."""
    taught = rights.units_among(by, "practices.adopt", [source.unit_id], at).exists()
    return source.unit_id if taught else unit.pk


def _units_above(source: Adoption) -> list[int]:
    """The units from a source up to the origin. One query: a tree of a practice is small."""
    return _Paths([source]).units(source)


class _Paths:
    """Who learned from whom, in the practices of some adoptions. One query."""

    def __init__(self, sources: Iterable[Adoption]) -> None:
        rows = Adoption.objects.filter(practice__in={each.practice_id for each in sources})
        self.rows: dict[int, tuple[int, int | None]] = {
            pk: (unit, above)
            for pk, unit, above in rows.values_list("pk", "unit_id", "learned_from_id")
        }

    def add(self, adoption: Adoption) -> None:
        self.rows[adoption.pk] = (adoption.unit_id, adoption.learned_from_id)

    def units(self, source: Adoption) -> list[int]:
        units: list[int] = []
        at: int | None = source.pk
        while at is not None:
            unit, at = self.rows[at]
            units.append(unit)
        return units


def _begun(
    life: Life, made: dict[int, Adoption], paths: _Paths, *, by: Person, at: dt.datetime
) -> Adoption:
    source = made[id(life.source)] if isinstance(life.source, Life) else life.source
    refusals.not_open(life.practice)
    refusals.wrong_source(life.practice, life.unit.pk, source, paths.units(source))
    refusals.wrong_start(life.unit, life.start, source, day_of(at))
    return Adoption(
        practice=life.practice,
        unit=life.unit,
        learned_from=source,
        state=State.CONFIRMED,
        start_date=life.start,
        asked_at=at,
        asked_by=by,
        confirmed_at=at,
        confirmed_by=by,
    )


def _show_many(told: Sequence[Since], *, by: Person, at: dt.datetime) -> None:
    """Only a unit's own records are shown in bulk: those of its subordinates are looked up one by one by `show`."""
    for each in told:
        for activity in each.signs:
            refusals.outside(each.adoption, activity.date, day_of(at), "activity")
            if activity.unit_id != each.adoption.unit_id or activity.withdrawn_at:
                raise refusals.not_its_own()
    Sign.objects.bulk_create(
        Sign(adoption=each.adoption, activity=activity, at=at, by=by)
        for each in told
        for activity in each.signs
    )


def _refuse_result(adoption: Adoption, result: Result, today: dt.date) -> None:
    for wrong in refusals.says_nothing(result.participants, result.saved, result.told):
        raise wrong
    refusals.outside(adoption, result.date, today)


def _refuse_end(
    adoption: Adoption, date: dt.date, reason: str, last: dt.date | None, today: dt.date
) -> None:
    refusals.not_in(adoption, State.CONFIRMED)
    refusals.origin_stays(adoption)
    for wrong in refusals.no_reason(reason):
        raise wrong
    refusals.outside(adoption, date, today)
    refusals.ends_too_soon(date, last)


def _ended(adoption: Adoption, date: dt.date, reason: str) -> Adoption:
    adoption.state, adoption.version = State.ENDED, adoption.version + 1
    adoption.end_date, adoption.reason = date, text.one_line(reason)
    return adoption


def _row(adoption: Adoption, result: Result, by: Person, at: dt.datetime) -> dict[str, object]:
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
