"""What one may do about inspections: plan, begin, answer the checklist, find, conclude, withdraw.

A conclusion posts to the ledger, at the unit that inspects, on its day: one inspection (or supervision), the units looked
at, the recommendations, and of these the ones that have been mended and seen to be.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, Q

from lantoa.inspections import define, queries, refusals
from lantoa.inspections.models import (
    ChecklistAnswer,
    ChecklistItem,
    Finding,
    Inspection,
    InspectionPlan,
)
from lantoa.inspections.refusals import ChangedMeanwhileError, Draft
from lantoa.ledger import actions as ledger
from lantoa.ledger.actions import Fact, Posting
from lantoa.ledger.models import Measure
from lantoa.lib import text
from lantoa.lib.dates import day_of
from lantoa.lib.errors import RefusedError
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Unit
from lantoa.plans.models import Task

SOURCE = "inspection"
SUBJECTS, FOUND, MENDED = "to-chuc-duoc-kiem-tra", "kien-nghi", "da-khac-phuc"
State = Inspection.State


class Found(NamedTuple):
    """Something that must be mended, as it was told. `owner` None: the unit where it was found."""

    unit: Unit
    what: str
    recommendation: str
    due: dt.date
    owner: Unit | None = None
    owner_role: str = ""
    item: ChecklistItem | None = None
    task: Task | None = None


class Conclusion(NamedTuple):
    inspection: Inspection
    date: dt.date
    text: str


@transaction.atomic
def load_topics(*, path: Path, by: Person, at: dt.datetime) -> None:
    """Bring the topics in line with a file (`topics.toml`). Loading twice is loading once.

    Raises:
        tomls.DefinitionError: a definition is wrong.
    """
    rights.require(by, "work.define", None, at)
    define.load(path)


@transaction.atomic
def plan_year(*, unit: Unit, year: int, goal: str, by: Person, at: dt.datetime) -> InspectionPlan:
    """Say what a unit's inspections of a year are for. Saying it again replaces it."""
    rights.require(by, "inspections.plan", unit, at)
    for wrong in refusals.wrong_words(goal, "goal", refusals.TEXT):
        raise wrong
    told = {"goal": text.nfc(goal).strip(), "recorded_at": at, "recorded_by": by}
    return InspectionPlan.objects.update_or_create(unit=unit, year=year, defaults=told)[0]


@transaction.atomic
def plan(*, draft: Draft, by: Person, at: dt.datetime) -> Inspection:
    """Set an inspection or a supervision down: who looks at whom, about what, when.

    Raises:
        RefusedError: something in it is wrong; a member of the team holds a post where they would inspect.
    """
    rights.require(by, "inspections.plan", draft.unit, at)
    for wrong in refusals.wrong_with(draft):
        raise wrong
    made = Inspection.objects.create(
        unit=draft.unit, line=draft.line, recorded_at=at, recorded_by=by, **_columns(draft)
    )
    made.subjects.set(draft.subjects)
    made.team.set(draft.team)
    return made


@transaction.atomic
def change(*, inspection: Inspection, draft: Draft, by: Person, at: dt.datetime) -> None:
    """Set it down otherwise, as long as it has not begun. Whose it is, and in which line, stays.

    Raises:
        RefusedError: something in it is wrong, or it has begun.
    """
    rights.require(by, "inspections.plan", inspection.unit, at)
    refusals.refuse_state(inspection, State.PLANNED)
    draft = replace(draft, unit=inspection.unit, line=inspection.line)
    for wrong in refusals.wrong_with(draft):
        raise wrong
    move(inspection, State.PLANNED, State.PLANNED, **_columns(draft))
    inspection.subjects.set(draft.subjects)
    inspection.team.set(draft.team)


def _columns(draft: Draft) -> dict[str, Any]:
    return {
        "kind": draft.kind,
        "plan": draft.plan,
        "topic": draft.topic,
        "title": _line(draft.title),
        "start_date": draft.start,
        "end_date": draft.end,
    }


@transaction.atomic
def start(*, inspection: Inspection, date: dt.date, by: Person, at: dt.datetime) -> None:
    """Begin. The team is judged again, as people and units stand on that day."""
    rights.require(by, "inspections.inspect", inspection.unit, at)
    refusals.refuse_state(inspection, State.PLANNED)
    refusals.refuse_day(date, inspection.unit.opened_date, day_of(at))
    team, subjects = list(inspection.team.all()), list(inspection.subjects.all())
    for wrong in refusals.wrong_team(team, inspection.unit, subjects, date):
        raise wrong
    refusals.refuse_strangers([inspection], by)
    move(inspection, State.PLANNED, State.STARTED, started_date=date)


@transaction.atomic
def answer(
    *,
    inspection: Inspection,
    unit: Unit,
    answers: Mapping[int, tuple[str, str]],
    by: Person,
    at: dt.datetime,
) -> None:
    """Say what was seen at a unit. What was answered before is replaced; what is not named stays.

    Args:
        answers: by item, the result and a note.
    """
    _refuse_unless_there(inspection, unit, by, at)
    asked = {item.pk for item in queries.items_of(inspection)}
    for item, (result, note) in answers.items():
        if item not in asked or result not in ChecklistAnswer.Result.values:
            raise RefusedError(
                where=f"muc-{item}",
                vi="Mục này không có trong bảng kiểm của cuộc này. Hãy tải lại trang.",
                en="This item is not on the checklist of this inspection. Reload the page.",
            )
        if note:
            for wrong in refusals.wrong_words(note, f"ghi-chu-{item}", refusals.NOTE):
                raise wrong
    ChecklistAnswer.objects.bulk_create(
        [
            ChecklistAnswer(
                inspection=inspection,
                unit=unit,
                item_id=item,
                result=result,
                note=_line(note),
                answered_at=at,
                answered_by=by,
            )
            for item, (result, note) in answers.items()
        ],
        update_conflicts=True,
        unique_fields=["inspection", "unit", "item"],
        update_fields=["result", "note", "answered_at", "answered_by"],
    )


def find(*, inspection: Inspection, found: Found, by: Person, at: dt.datetime) -> Finding:
    """Write down something that must be mended."""
    return find_many(inspection=inspection, found=[found], by=by, at=at)[0]


@transaction.atomic
def find_many(
    *, inspection: Inspection, found: Sequence[Found], by: Person, at: dt.datetime
) -> list[Finding]:
    """`find` for several of one inspection, all or none.

    Raises:
        RefusedError: a due day before today, nothing said, or a unit that is not looked at.
    """
    for unit in {each.unit for each in found}:
        _refuse_unless_there(inspection, unit, by, at)
    for each in found:
        _refuse_finding(each, day_of(at))
    return Finding.objects.bulk_create(
        Finding(
            inspection=inspection,
            unit=each.unit,
            item=each.item,
            task=each.task,
            what=_line(each.what),
            recommendation=_line(each.recommendation),
            owner=each.owner or each.unit,
            owner_role=each.owner_role,
            due_date=each.due,
            recorded_at=at,
            recorded_by=by,
        )
        for each in found
    )


@transaction.atomic
def drop(*, finding: Finding, by: Person, at: dt.datetime) -> None:
    """Strike a finding out, as long as nobody has been told of it."""
    _refuse_unless_there(finding.inspection, finding.unit, by, at)
    finding.delete()


def conclude(
    *, inspection: Inspection, date: dt.date, text: str, by: Person, at: dt.datetime
) -> None:
    """Conclude. From now on the units looked at read it, and it counts."""
    conclude_many(conclusions=[Conclusion(inspection, date, text)], by=by, at=at)


@transaction.atomic
def conclude_many(*, conclusions: Sequence[Conclusion], by: Person, at: dt.datetime) -> None:
    """`conclude` for several, all or none."""
    found = [each.inspection for each in conclusions]
    rights.require_all(by, "inspections.inspect", {each.unit_id for each in found}, at)
    refusals.refuse_strangers(found, by)
    due = _first_due(found)
    for inspection, date, said in conclusions:
        refusals.refuse_state(inspection, State.STARTED)
        refusals.refuse_day(date, inspection.started_date or date, day_of(at))
        for wrong in refusals.wrong_words(said, "conclusion", refusals.TEXT):
            raise wrong
        refusals.refuse_due(due.get(inspection.pk, date), date)
        told = {"concluded_date": date, "conclusion": text.nfc(said).strip()}
        move(inspection, State.STARTED, State.CONCLUDED, **told)
    post(found, by=by, at=at)


@transaction.atomic
def withdraw(*, inspection: Inspection, reason: str, by: Person, at: dt.datetime) -> None:
    """Take an inspection back, and say why. It stays to be read by those who inspect; the ledger gets its negation."""
    rights.require(by, "inspections.plan", inspection.unit, at)
    refusals.refuse_state(inspection, State.PLANNED, State.STARTED, State.CONCLUDED)
    for wrong in refusals.wrong_words(reason, "reason", refusals.SENTENCE):
        raise wrong
    move(inspection, State(inspection.state), State.WITHDRAWN, withdrawn_reason=_line(reason))
    post([inspection], by=by, at=at, reason=_line(reason))


def move(inspection: Inspection, before: State, after: State, **fields: object) -> None:
    """One guarded UPDATE that must touch one row.

    Raises:
        ChangedMeanwhileError: it is no longer where it was.
    """
    asked = Inspection.objects.filter(pk=inspection.pk, state=before)
    if asked.update(state=after, **fields) != 1:
        raise ChangedMeanwhileError
    inspection.state = after
    for name, value in fields.items():
        setattr(inspection, name, value)


def post(
    inspections: Sequence[Inspection], *, by: Person, at: dt.datetime, reason: str = ""
) -> None:
    """Say to the ledger what these inspections mean now. Three queries beside the ledger's own."""
    ids = [each.pk for each in inspections]
    counted = Inspection.objects.filter(pk__in=ids).annotate(
        units=Count("subjects", distinct=True),
        found=Count("findings", distinct=True),
        mended=Count("findings", filter=Q(findings__state=Finding.State.CLOSED), distinct=True),
    )
    sums = {pk: rest for pk, *rest in counted.values_list("pk", "units", "found", "mended")}
    codes = (*Inspection.Kind.values, SUBJECTS, FOUND, MENDED)
    measures = dict(Measure.objects.filter(code__in=codes).values_list("code", "pk"))
    postings = [
        Posting(SOURCE, each.pk, _facts(each, sums[each.pk], measures), reason)
        for each in inspections
    ]
    ledger.post_many(postings=postings, by=by, at=at)


def _facts(inspection: Inspection, sums: Sequence[int], measures: Mapping[str, int]) -> list[Fact]:
    day = inspection.concluded_date
    if inspection.state != State.CONCLUDED or day is None:
        return []
    values = zip((inspection.kind, SUBJECTS, FOUND, MENDED), (1, *sums), strict=True)
    return [Fact(measures[code], inspection.unit_id, day, value) for code, value in values]


def _first_due(inspections: Sequence[Inspection]) -> dict[int, dt.date]:
    """The earliest due day among the findings of each."""
    rows = Finding.objects.filter(inspection__in=[each.pk for each in inspections])
    return dict(rows.order_by("-due_date").values_list("inspection_id", "due_date"))


def _refuse_unless_there(inspection: Inspection, unit: Unit, by: Person, at: dt.datetime) -> None:
    """What is seen at a unit is written by the team, while the inspection runs."""
    rights.require(by, "inspections.inspect", inspection.unit, at)
    refusals.refuse_state(inspection, State.STARTED)
    refusals.refuse_strangers([inspection], by)
    if not inspection.subjects.filter(pk=unit.pk).exists():
        raise RefusedError(
            where="unit",
            vi="Đơn vị này không thuộc cuộc kiểm tra. Hãy chọn một đơn vị trong danh sách.",
            en="This unit is not part of the inspection. Choose one of its list.",
        )


def _refuse_finding(found: Found, today: dt.date) -> None:
    for said, where in ((found.what, "what"), (found.recommendation, "recommendation")):
        for wrong in refusals.wrong_words(said, where, refusals.SENTENCE):
            raise wrong
    refusals.refuse_due(found.due, today)


def _line(said: str) -> str:
    return " ".join(text.nfc(said).split())
