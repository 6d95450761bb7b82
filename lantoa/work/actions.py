"""What one may do about the work: record it, correct it, withdraw it. Each says to the ledger what it means now."""

import datetime as dt
import itertools
import uuid as uuids
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction

from lantoa.ledger import actions as ledger
from lantoa.ledger.actions import Fact, Posting
from lantoa.lib import text
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError, RefusedError
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Unit
from lantoa.work import define, queries, versions, watching
from lantoa.work.drafts import Draft, refusals
from lantoa.work.models import Activity, ActivityKind, ActivityValue, KindMeasure
from lantoa.work.serving import NOTHING, Serves, served_by

SOURCE = "activity"
IDS_A_QUERY = 500


class SentBeforeError(LantoaError):
    """The same number was sent before with other content: both are for a person to compare."""

    def __init__(self, uuid: uuids.UUID) -> None:
        super().__init__(
            vi=f"Bản ghi {uuid} đã gửi trước đây với nội dung khác. Hãy mở bản đã gửi để sửa, hoặc ghi mới.",
            en=f"The record {uuid} was sent before with other content. Open that one, or record anew.",
        )


class ChangedMeanwhileError(LantoaError):
    """It is no longer as it was shown."""

    def __init__(self) -> None:
        super().__init__(
            vi="Hoạt động này vừa được người khác sửa hoặc rút. Hãy tải lại trang rồi sửa tiếp.",
            en="Someone has just changed or withdrawn this activity. Reload the page and go on.",
        )


def record(
    *,
    kind: ActivityKind,
    unit: Unit,
    date: dt.date,
    values: Mapping[str, int | None],
    title: str = "",
    co_organisers: Sequence[Unit] = (),
    uuid: uuids.UUID | None = None,
    claimed_at: dt.datetime | None = None,
    serves: Serves = NOTHING,
    by: Person,
    at: dt.datetime,
) -> Activity:
    """Record what was done, once. The same again, under the same number, gives the same record.

    Args:
        values: by measure code; None, or not named, is no value.
        uuid: made where it was typed, so that a resend counts once; keys never expire.
        claimed_at: when it was saved, by the clock of the phone.
        serves: the task, theme, movement, directive and objectives that it serves.

    Raises:
        RefusedError: something in it is wrong.
        SentBeforeError: the number was used for something else.
    """
    number = uuid or uuids.uuid4()
    draft = Draft(kind, unit, date, values, title, co_organisers, number, claimed_at, serves)
    return record_many(drafts=[draft], by=by, at=at)[0]


def record_many(*, drafts: Sequence[Draft], by: Person, at: dt.datetime) -> list[Activity]:
    """`record` for many, all or none, each under a number of its own. Raises the first thing that is wrong."""
    rights.require_all(by, "work.record", {draft.unit.pk for draft in drafts}, at)
    if len({draft.uuid for draft in drafts}) != len(drafts):
        raise ValueError("two drafts have one number")
    drafts = [_cleaned(draft) for draft in drafts]
    takes = queries.takes_of({draft.kind.pk for draft in drafts})
    _refuse_new(drafts, takes, day_of(at))
    try:
        return _insert(drafts, takes, by=by, at=at)
    except IntegrityError:
        # Inserted first and asked afterwards: two resends at once would both find nothing (RELIABILITY E9).
        there = _recorded(drafts)
        if not there:
            raise
        rest = [draft for draft in drafts if draft.uuid not in there]
        made = _insert(rest, takes, by=by, at=at)
        there |= {activity.uuid: activity for activity in made}
        return [there[draft.uuid] for draft in drafts]


@transaction.atomic
def correct(
    *,
    activity: Activity,
    seen: int,
    values: Mapping[str, int | None],
    unit: Unit | None = None,
    date: dt.date | None = None,
    title: str | None = None,
    co_organisers: Sequence[Unit] | None = None,
    serves: Serves | None = None,
    reason: str = "",
    by: Person,
    at: dt.datetime,
) -> Activity:
    """Correct a record as it was shown. The ledger gets the difference.

    Args:
        seen: the version that was on the screen.
        values: all of them; an emptied box is no value. Anything else that is not given stays as it is.

    Raises:
        ChangedMeanwhileError: another corrected or withdrew it first.
        RefusedError: something in it is wrong.
    """
    changes = {
        "unit": unit,
        "date": date,
        "title": title,
        "co_organisers": co_organisers,
        "serves": serves,
    }
    draft = _corrected(activity, values, changes)
    rights.require_all(by, "work.correct", {activity.unit_id, draft.unit.pk}, at)
    takes = queries.takes_of([draft.kind.pk])[draft.kind.pk]
    for wrong in refusals(draft, takes, day_of(at)):
        raise wrong
    told = {"unit": draft.unit, "date": draft.date, "title": draft.title}
    told |= draft.serves.columns()
    versions.keep_first(activity)
    _change(activity, seen, **told)
    ActivityValue.objects.filter(activity=activity).delete()
    ActivityValue.objects.bulk_create(_values(activity, draft, takes))
    activity.co_organisers.set(draft.co_organisers)
    activity.objectives.set(draft.serves.objectives)
    versions.keep(activity, by=by, at=at, reason=reason)
    _post(activity, _facts(draft, takes), by=by, at=at, reason=reason)
    watching.changed(activity, by=by, at=at, reason=reason)
    return activity


@transaction.atomic
def withdraw(
    *, activity: Activity, reason: str, by: Person, at: dt.datetime, seen: int | None = None
) -> Activity:
    """Take a record back, and say why. It stays to be read; the ledger gets its negation.

    Raises:
        RefusedError: no reason was given.
        ChangedMeanwhileError: another corrected or withdrew it first.
    """
    rights.require(by, "work.withdraw", activity.unit, at)
    if not reason.strip():
        raise RefusedError(
            where="reason",
            vi="Chưa ghi lý do rút. Hãy ghi vì sao hoạt động này không còn tính.",
            en="The reason is missing. Say why this activity no longer counts.",
        )
    versions.keep_first(activity)
    _change(activity, activity.version if seen is None else seen, withdrawn_at=at)
    versions.keep(activity, by=by, at=at, reason=reason)
    _post(activity, [], by=by, at=at, reason=reason)
    watching.changed(activity, by=by, at=at, reason=reason)
    return activity


@transaction.atomic
def load_kinds(*, path: Path, by: Person, at: dt.datetime) -> None:
    """Bring the kinds of activity in line with a file (`kinds.toml`). Loading twice is loading once.

    Raises:
        tomls.DefinitionError: a definition is wrong.
    """
    rights.require(by, "work.define", None, at)
    define.load(path)


@transaction.atomic
def load_duties(*, path: Path, by: Person, at: dt.datetime) -> None:
    """Bring the duties in line with a file (`duties.toml`). Kinds and lines must be there already.

    Raises:
        tomls.DefinitionError, recurrence.RuleError: a definition is wrong.
    """
    rights.require(by, "work.define", None, at)
    define.load_duties(path)


def _cleaned(draft: Draft) -> Draft:
    return replace(draft, title=text.one_line(draft.title))


def _corrected(
    activity: Activity, values: Mapping[str, int | None], changes: Mapping[str, Any]
) -> Draft:
    draft = Draft(
        # A kind that is no longer offered still has records to mend.
        kind=_as_open(activity.kind),
        unit=activity.unit,
        date=activity.date,
        values=values,
        title=activity.title,
        co_organisers=list(activity.co_organisers.all()),
        uuid=activity.uuid,
        serves=served_by(activity),
    )
    given = {word: said for word, said in changes.items() if said is not None}
    return _cleaned(replace(draft, **given))


def _as_open(kind: ActivityKind) -> ActivityKind:
    return ActivityKind(pk=kind.pk, name_vi=kind.name_vi, name_en=kind.name_en, is_open=True)


def _refuse_new(
    drafts: Sequence[Draft], takes: dict[int, list[KindMeasure]], today: dt.date
) -> None:
    """What was recorded once is not refused when a phone sends it again after the rules have changed."""
    refused = {
        draft.uuid: (draft, wrong)
        for draft in drafts
        for wrong in itertools.islice(refusals(draft, takes[draft.kind.pk], today), 1)
    }
    there = _recorded([draft for draft, _ in refused.values()])
    for number, (_, wrong) in refused.items():
        if number not in there:
            raise wrong


@transaction.atomic
def _insert(
    drafts: Sequence[Draft], takes: dict[int, list[KindMeasure]], *, by: Person, at: dt.datetime
) -> list[Activity]:
    activities = Activity.objects.bulk_create(
        Activity(
            uuid=draft.uuid,
            kind=draft.kind,
            unit=draft.unit,
            date=draft.date,
            title=draft.title,
            recorded_at=at,
            recorded_by=by,
            claimed_at=draft.claimed_at,
            digest=draft.digest(),
            **draft.serves.columns(),
        )
        for draft in drafts
    )
    told = list(zip(activities, drafts, strict=True))
    ActivityValue.objects.bulk_create(
        value for each, draft in told for value in _values(each, draft, takes[draft.kind.pk])
    )
    _name_the_rest(told)
    ledger.post_many(
        postings=[
            Posting(SOURCE, each.pk, _facts(draft, takes[draft.kind.pk])) for each, draft in told
        ],
        by=by,
        at=at,
    )
    return activities


def _name_the_rest(told: Sequence[tuple[Activity, Draft]]) -> None:
    """Who was beside it, and which objectives it serves. Two statements, however many records."""
    named = Activity.co_organisers.through
    named.objects.bulk_create(
        named(activity_id=each.pk, unit_id=unit.pk)
        for each, draft in told
        for unit in draft.co_organisers
    )
    served = Activity.objectives.through
    served.objects.bulk_create(
        served(activity_id=each.pk, objective_id=objective.pk)
        for each, draft in told
        for objective in draft.serves.objectives
    )


def _recorded(drafts: Sequence[Draft]) -> dict[uuids.UUID, Activity]:
    """Those that are there already, by number; refused if one was sent with other content."""
    told = {draft.uuid: draft.digest() for draft in drafts}
    numbers, there = list(told), {}
    for start in range(0, len(numbers), IDS_A_QUERY):
        for each in Activity.objects.filter(uuid__in=numbers[start : start + IDS_A_QUERY]):
            if each.digest != told[each.uuid]:
                raise SentBeforeError(each.uuid)
            there[each.uuid] = each
    return there


def _change(activity: Activity, seen: int, **fields: object) -> None:
    """One guarded UPDATE that must touch one row."""
    asked = Activity.objects.filter(pk=activity.pk, version=seen, withdrawn_at=None)
    if asked.update(version=seen + 1, **fields) != 1:
        raise ChangedMeanwhileError
    activity.refresh_from_db()


def _values(
    activity: Activity, draft: Draft, takes: Sequence[KindMeasure]
) -> Iterator[ActivityValue]:
    typed = draft.typed()
    for take in takes:
        if take.measure.code in typed:
            value = typed[take.measure.code]
            yield ActivityValue(activity=activity, measure_id=take.measure_id, value=value)


def _facts(draft: Draft, takes: Sequence[KindMeasure]) -> list[Fact]:
    """It counts at its host alone, on its day: once for itself, and its numbers."""
    said = draft.typed() | {
        take.measure.code: 1 for take in takes if take.takes == KindMeasure.Takes.ONE
    }
    return [
        Fact(take.measure_id, draft.unit.pk, draft.date, said[take.measure.code])
        for take in takes
        if take.measure.code in said
    ]


def _post(
    activity: Activity, facts: list[Fact], *, by: Person, at: dt.datetime, reason: str
) -> None:
    ledger.post(source_kind=SOURCE, source_id=activity.pk, facts=facts, by=by, at=at, reason=reason)
