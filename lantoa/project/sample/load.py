"""The sample goes into the books by the same actions that people use, in the order in which it would have happened."""

import datetime as dt
import gc
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from lantoa import inspections, ledger, submissions, work
from lantoa.inspections import actions as inspection_actions
from lantoa.ledger import actions as ledger_actions
from lantoa.ledger.models import Measure
from lantoa.orgs import actions as orgs
from lantoa.orgs.changes import Dissolution, Merger, Move, NewPlace, NewUnit, Renaming
from lantoa.orgs.models import Line, Person, Unit
from lantoa.project.sample import (
    answers,
    awards,
    directives,
    enquiries,
    history,
    inspecting,
    plans,
    practising,
    records,
    reviews,
    serving,
    stories,
    structure,
    visiting,
)
from lantoa.project.sample.history import NOW
from lantoa.project.sample.places import rows
from lantoa.submissions import actions as submission_actions
from lantoa.submissions.actions import Stated
from lantoa.submissions.models import Sheet
from lantoa.work import actions as work_actions
from lantoa.work.drafts import Draft
from lantoa.work.models import Activity, ActivityKind

FOUNDER = "Người quản trị tỉnh mẫu"
RECORD_NUMBERS = uuid.UUID("6f1f6c1e-51a5-4c53-8f61-7b8d1e4a2c90")
ANSWERS_A_STEP = 200


class Step(NamedTuple):
    """How far the loading is: which part, and how much of it."""

    part: str
    done: int
    total: int


def load(*, seed: int, units: int) -> Iterator[Step]:
    """Fill an empty database; a step at a time, so that someone can watch. Deterministic for a seed and a size.

    Python looks through memory for rubbish much less often meanwhile: it took a tenth of the time, and found next to none.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(usual[0] * 50, *usual[1:])
    try:
        yield from _load(seed, units)
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def _load(seed: int, units: int) -> Iterator[Step]:
    built = structure.build(seed=seed, units=units)
    by = orgs.found(name=FOUNDER, date=structure.OPENED)
    yield Step("structure", 0, 4)
    lines = _define(by)
    placed = _open(built, lines, by)
    yield Step("structure", 1, 4)
    # By day, the reason given for it.
    days = {change.date: change.basis for change in built.endings}
    for number, day in enumerate(sorted(days), start=2):
        _change(built, day, days[day], placed, lines, by)
        yield Step("structure", number, 1 + len(days))
    told = history.tell(records.records(built, seed=seed), seed=seed)
    told_down = directives.load(built, placed, lines, by, seed=seed)
    yield from (Step("directives", *many) for many in told_down)
    tasks, steps = plans.load(built, told, placed, by, seed=seed)
    yield from (Step("plans", *many) for many in steps)
    yield from _work(told, placed, tasks, by)
    yield from (Step("tasks", *many) for many in plans.go_on(tasks, by, seed=seed))
    yield from (
        Step("practices", *many) for many in practising.load(built, told, placed, by, seed=seed)
    )
    visiting.load(by, seed=seed)
    inspected = inspecting.load(built, placed, by, seed=seed)
    yield from (Step("inspections", *many) for many in inspected)
    yield from (Step("awards", *many) for many in awards.load(built, placed, by, seed=seed))
    yield from _send(answers.answers(built, seed=seed), placed, by)
    yield from (Step("reviews", *many) for many in reviews.decide(by, seed=seed))
    yield from (Step("enquiries", *many) for many in enquiries.load(by, seed=seed))
    yield Step("articles", 0, 1)
    stories.load(by, at=NOW)
    yield Step("articles", 1, 1)


def _define(by: Person) -> dict[str, Line]:
    lines = {
        row["code"]: orgs.open_line(**row, position=number, by=by, at=NOW)
        for number, row in enumerate(rows("lines.csv"))
    }
    ledger_actions.load_measures(path=_beside(ledger, "measures.toml"), by=by, at=NOW)
    work_actions.load_kinds(path=_beside(work, "kinds.toml"), by=by, at=NOW)
    work_actions.load_duties(path=_beside(work, "duties.toml"), by=by, at=NOW)
    inspection_actions.load_topics(path=_beside(inspections, "topics.toml"), by=by, at=NOW)
    submission_actions.load_sheets(path=_beside(submissions, "sheets.toml"), by=by, at=NOW)
    return lines


def _beside(room: object, file: str) -> Path:
    return Path(str(room.__file__)).parent / file  # type: ignore[attr-defined]


def _open(built: structure.Structure, lines: dict[str, Line], by: Person) -> dict[str, Unit]:
    """The units of before the reform."""
    first = [unit for unit in built.units if unit.opened == structure.OPENED]
    new = _new_units(built, first, lines, {})
    return orgs.load(units=new, date=structure.OPENED, by=by, at=NOW)


def _new_units(
    built: structure.Structure,
    units: Sequence[structure.Unit],
    lines: dict[str, Line],
    placed: dict[str, Unit],
) -> list[NewUnit]:
    stands: dict[str, list[NewPlace]] = defaultdict(list)
    for place in built.places:
        parent = placed.get(place.parent, place.parent) or None
        stands[place.unit].append(NewPlace(lines[place.line], parent))
    return [
        NewUnit(
            unit.key,
            unit.kind,
            unit.name,
            unit.short_name,
            unit.code,
            unit.opened,
            places=stands[unit.key],
        )
        for unit in units
    ]


def _change(
    built: structure.Structure,
    day: dt.date,
    basis: str,
    placed: dict[str, Unit],
    lines: dict[str, Line],
    by: Person,
) -> None:
    """All that happened on one day, as one act."""
    opened = [unit for unit in built.units if unit.opened == day]
    new = {unit.key for unit in opened}
    moves = [
        Move(
            placed[move.unit],
            lines[move.line],
            move.parent if move.parent in new else placed[move.parent],
        )
        for move in built.moves
        if move.start == day
    ]
    renamed = [
        Renaming(placed[change.unit], change.name, change.short_name)
        for change in built.renamings
        if change.date == day
    ]
    placed |= orgs.reorganise(
        date=day,
        by=by,
        at=NOW,
        opened=_new_units(built, opened, lines, placed),
        renamed=renamed,
        moved=moves,
        ended=_endings(built, day, placed),
        basis=basis,
    )


def _endings(
    built: structure.Structure, day: dt.date, placed: dict[str, Unit]
) -> list[Merger | Dissolution]:
    mergers = [
        Merger([placed[key] for key in merger.units], placed.get(merger.into, merger.into))
        for merger in built.mergers
        if merger.date == day
    ]
    endings = [
        Dissolution(
            placed[ending.unit],
            placed[ending.heir] if ending.heir else None,
            None if ending.heir else placed[structure.PROVINCE],
        )
        for ending in built.endings
        if ending.date == day
    ]
    return [*mergers, *endings]


def _work(
    told: history.History, placed: dict[str, Unit], tasks: plans.Serving, by: Person
) -> Iterator[Step]:
    """Month by month: what was filed, then what was mended or taken back."""
    kinds = {kind.code: kind for kind in ActivityKind.objects.all()}
    there, total = serving.known(tasks), len(told.filed)
    activities: dict[int, Activity] = {}
    yield Step("records", 0, total)
    months = {_month(row.at) for row in told.filed}
    months |= {_month(row.at) for row in told.corrections}
    months |= {_month(row.at) for row in told.withdrawals}
    for month in sorted(months):
        filed = [row for row in told.filed if _month(row.at) == month]
        if filed:
            drafts = [_draft(row, kinds, placed, there) for row in filed]
            made = work_actions.record_many(drafts=drafts, by=by, at=filed[-1].at)
            activities |= {row.number: one for row, one in zip(filed, made, strict=True)}
        _mend(told, month, activities, by)
        yield Step("records", len(activities), total)


def _month(moment: dt.datetime) -> tuple[int, int]:
    return moment.year, moment.month


def _draft(
    filed: history.Filed,
    kinds: dict[str, ActivityKind],
    placed: dict[str, Unit],
    there: serving.Known,
) -> Draft:
    record = filed.record
    return Draft(
        kind=kinds[record.kind],
        unit=placed[record.unit],
        date=record.date,
        values=dict(record.values),
        title=record.title,
        co_organisers=tuple(placed[key] for key in record.co_organisers),
        uuid=uuid.uuid5(RECORD_NUMBERS, str(filed.number)),
        serves=serving.of(record, there),
    )


@transaction.atomic
def _mend(
    told: history.History, month: tuple[int, int], activities: dict[int, Activity], by: Person
) -> None:
    for correction in told.corrections:
        if _month(correction.at) == month:
            activity = activities[correction.number]
            work_actions.correct(
                activity=activity,
                seen=activity.version,
                values=dict(correction.values),
                reason=correction.reason,
                by=by,
                at=correction.at,
            )
    for withdrawal in told.withdrawals:
        if _month(withdrawal.at) == month:
            activity = activities[withdrawal.number]
            work_actions.withdraw(
                activity=activity, reason=withdrawal.reason, by=by, at=withdrawal.at
            )


def _send(sent: Sequence[answers.Answer], placed: dict[str, Unit], by: Person) -> Iterator[Step]:
    sheets = {sheet.code: sheet for sheet in Sheet.objects.all()}
    measures = {measure.code: measure for measure in Measure.objects.all()}
    yield Step("answers", 0, len(sent))
    for first in range(0, len(sent), ANSWERS_A_STEP):
        some = sent[first : first + ANSWERS_A_STEP]
        with transaction.atomic():
            for answer in some:
                submission_actions.send(
                    sheet=sheets[answer.sheet],
                    unit=placed[answer.unit],
                    period=answer.period,
                    statements=[
                        Stated(measures[row.measure], row.date, row.total, row.reason)
                        for row in answer.stated
                    ],
                    is_nil=answer.is_nil,
                    by=by,
                    at=answer.at,
                )
        yield Step("answers", first + len(some), len(sent))
