"""What becomes of a finding: mended by its owner, with evidence; then somebody else looks, and closes it or opens it again.

What was closed may turn out not to be mended: it is opened again with a reason, and all that was said before stays.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.db import transaction

from lantoa.inspections import actions, findings, papers, refusals
from lantoa.inspections.models import Finding, Fix, FixFile, Inspection, Recheck, Reopening
from lantoa.inspections.refusals import ChangedMeanwhileError
from lantoa.lib import text
from lantoa.lib.dates import day_of, show_day
from lantoa.lib.errors import RefusedError
from lantoa.orgs import rights
from lantoa.orgs.models import Person
from lantoa.work.evidence import Sent
from lantoa.work.models import Activity

State = Finding.State


class Mended(NamedTuple):
    """What was done about a finding, and what shows it."""

    finding: Finding
    what: str
    activity: Activity | None = None
    sent: Sequence[Sent] = ()


class Looked(NamedTuple):
    """What somebody else saw when they looked again."""

    fix: Fix
    is_mended: bool
    note: str = ""


def fix(*, mended: Mended, by: Person, at: dt.datetime) -> Fix:
    """Say that a finding is mended, how, and what shows it. It waits then for somebody else to look.

    Raises:
        RefusedError: nothing shows it, or it cannot be mended now.
        ChangedMeanwhileError: somebody else has just mended it.
    """
    return fix_many(mended=[mended], by=by, at=at)[0]


@transaction.atomic
def fix_many(*, mended: Sequence[Mended], by: Person, at: dt.datetime) -> list[Fix]:
    """`fix` for several, all or none. What a closed unit had to mend is its heir's."""
    today = day_of(at)
    menders = findings.must_mend([each.finding for each in mended], today)
    rights.require_all(by, "inspections.fix", set(menders.values()), at)
    for each in mended:
        _refuse(each, {each.finding.owner_id, menders[each.finding.pk]})
        _move(each.finding, State.OPEN, State.FIXED)
    made = Fix.objects.bulk_create(
        Fix(
            finding=each.finding,
            what=text.nfc(each.what).strip(),
            activity=each.activity,
            at=at,
            by=by,
        )
        for each in mended
    )
    for row, each in zip(made, mended, strict=True):
        for file in papers.kept(each.sent, "evidence"):
            FixFile.objects.create(fix=row, **file)
    return made


def recheck(*, looked: Looked, by: Person, at: dt.datetime) -> Recheck:
    """Look again at what was mended: close the finding, or open it again and say what is missing.

    Raises:
        RefusedError: the fixer looks at their own work, or does not say what is missing.
        ChangedMeanwhileError: somebody else has just looked.
    """
    return recheck_many(looked=[looked], by=by, at=at)[0]


@transaction.atomic
def recheck_many(*, looked: Sequence[Looked], by: Person, at: dt.datetime) -> list[Recheck]:
    """`recheck` for several, all or none."""
    mended = [each.fix.finding for each in looked]
    inspections = {each.inspection_id: each.inspection for each in mended}
    units = {each.unit_id for each in inspections.values()}
    rights.require_all(by, "inspections.close", units, at)
    refusals.refuse_fixer(mended, by)
    for each in looked:
        _refuse_note(each)
        after = State.CLOSED if each.is_mended else State.OPEN
        closed = day_of(at) if each.is_mended else None
        _move(each.fix.finding, State.FIXED, after, closed_date=closed)
    made = Recheck.objects.bulk_create(
        Recheck(
            fix=each.fix, is_mended=each.is_mended, note=text.nfc(each.note).strip(), at=at, by=by
        )
        for each in looked
    )
    reason = f"Xác nhận khắc phục ngày {show_day(day_of(at))}"
    actions.post(list(inspections.values()), by=by, at=at, reason=reason)
    return made


@transaction.atomic
def reopen(
    *, finding: Finding, reason: str, due: dt.date, by: Person, at: dt.datetime
) -> Reopening:
    """Open again what had been confirmed, with a new day by which it is to be mended. It counts as mended no more.

    Raises:
        RefusedError: no reason, or a day before today.
        ChangedMeanwhileError: it is not closed, or somebody else has just opened it.
    """
    inspection, today = finding.inspection, day_of(at)
    rights.require(by, "inspections.close", inspection.unit, at)
    refusals.refuse_state(inspection, Inspection.State.CONCLUDED)
    for wrong in refusals.wrong_words(reason, "reason", refusals.NOTE):
        raise wrong
    refusals.refuse_past(due, today)
    before = finding.due_date
    _move(finding, State.CLOSED, State.OPEN, closed_date=None, due_date=due)
    closing = Recheck.objects.filter(fix__finding=finding, is_mended=True).latest("pk")
    made = Reopening.objects.create(
        recheck=closing, reason=text.nfc(reason).strip(), due_before=before, at=at, by=by
    )
    actions.post([inspection], by=by, at=at, reason=f"Mở lại việc phải sửa ngày {show_day(today)}")
    return made


def _refuse(mended: Mended, menders: Collection[int]) -> None:
    refusals.refuse_state(mended.finding.inspection, Inspection.State.CONCLUDED)
    for wrong in refusals.wrong_words(mended.what, "what", refusals.NOTE):
        raise wrong
    if mended.activity is None and not mended.sent:
        raise RefusedError(
            where="evidence",
            vi="Chưa có minh chứng. Hãy kèm ảnh, tệp PDF hoặc chọn một việc đã ghi.",
            en="Nothing shows it. Add a photo or a PDF, or choose a record.",
        )
    papers.refuse_too_many(len(mended.sent), "evidence")
    shown = mended.activity
    if shown and (shown.unit_id not in menders or shown.withdrawn_at):
        raise RefusedError(
            where="evidence",
            vi="Việc đã ghi được chọn không phải của đơn vị phải sửa, hoặc đã rút. Hãy chọn việc khác.",
            en="The record chosen is not of the unit that must mend, or was withdrawn. Choose another.",
        )


def _refuse_note(looked: Looked) -> None:
    if not looked.is_mended or looked.note:
        for wrong in refusals.wrong_words(looked.note, "note", refusals.NOTE):
            raise wrong


def _move(finding: Finding, before: State, after: State, **fields: object) -> None:
    """One guarded UPDATE that must touch one row."""
    asked = Finding.objects.filter(pk=finding.pk, state=before)
    if asked.update(state=after, **fields) != 1:
        raise ChangedMeanwhileError
    finding.state = after
