"""What one may tell about many adoptions at once, as from a register kept on paper: the same rules, all or none."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from lantoa.lib import text
from lantoa.lib.dates import day_of
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Unit
from lantoa.practices import adoptions, facts, refusals
from lantoa.practices.adoptions import Result
from lantoa.practices.models import Adoption, AdoptionResult, Practice, Sign
from lantoa.practices.paths import Paths
from lantoa.work.models import Activity

State = Adoption.State


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
def adopt_many(*, lives: Sequence[Life], by: Person, at: dt.datetime) -> list[Adoption]:
    """`ask` and `confirm` for many, all or none, by somebody who keeps them all. In the order given.

    A life may name another of the same list as its source.

    Raises:
        RefusedError: the first thing that is wrong.
    """
    rights.require_all(by, "practices.adopt", {life.unit.pk for life in lives}, at)
    made: dict[int, Adoption] = {}
    paths = Paths(life.source for life in lives if isinstance(life.source, Adoption))
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
    found = [made[id(life)] for life in lives]
    facts.post_adoptions(found, by=by, at=at)
    return found


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
            adoptions.refuse_result(each.adoption, result, today)
        if each.end:
            days = [row.date for row in (*before.get(each.adoption.pk, ()), *each.results)]
            adoptions.refuse_end(each.adoption, *each.end, max(days, default=None), today)
            ended.append(_ended(each.adoption, *each.end))
    AdoptionResult.objects.bulk_create(
        AdoptionResult(**adoptions.row_of(each.adoption, result, by, at))
        for each in told
        for result in each.results
    )
    _show_many(told, by=by, at=at)
    Adoption.objects.bulk_update(ended, ["state", "end_date", "reason", "version"], batch_size=200)
    facts.post_adoptions([each.adoption for each in told], by=by, at=at)
    followed = Practice.objects.filter(pk__in={each.adoption.practice_id for each in told})
    adoptions.replicate_if_shown(followed, by=by, at=at)


def _begun(
    life: Life, made: dict[int, Adoption], paths: Paths, *, by: Person, at: dt.datetime
) -> Adoption:
    source = made[id(life.source)] if isinstance(life.source, Life) else life.source
    refusals.not_open(life.practice)
    refusals.wrong_source(life.practice, paths.ours(life.unit), source, paths.units(source))
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


def _ended(adoption: Adoption, date: dt.date, reason: str) -> Adoption:
    adoption.state, adoption.version = State.ENDED, adoption.version + 1
    adoption.end_date, adoption.reason = date, text.one_line(reason)
    return adoption
