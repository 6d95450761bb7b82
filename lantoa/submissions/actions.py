"""What one may do about what is sent up: define sheets, answer them, keep a draft."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from lantoa.ledger import actions as ledger
from lantoa.ledger import locks
from lantoa.ledger import queries as entries
from lantoa.ledger.models import Claim, Measure
from lantoa.lib.dates import day_of
from lantoa.lib.errors import RefusedError
from lantoa.lib.periods import Period
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Unit
from lantoa.submissions import define, filling, queries, refusals, versions
from lantoa.submissions.filling import NOTHING, Filled
from lantoa.submissions.models import Sheet, Statement, Submission, Version, VersionValue
from lantoa.submissions.refusals import ChangedMeanwhileError, Stated
from lantoa.submissions.versions import Typed, clean

__all__ = [
    "ChangedMeanwhileError",
    "RefusedError",
    "Stated",
    "Typed",
    "answer",
    "load_sheets",
    "save_draft",
    "send",
]

A_DAY = dt.timedelta(days=1)
State = Submission.State


@dataclass(frozen=True)
class _Sending:
    """One sending: of what, by whom, when, and what was on the screen."""

    sheet: Sheet
    unit: Unit
    span: Period
    by: Person
    at: dt.datetime
    reason: str = ""
    seen: int | None = None
    saved_at: dt.datetime | None = None


@transaction.atomic
def send(
    *,
    sheet: Sheet,
    unit: Unit,
    period: Period | str,
    statements: Sequence[Stated] = (),
    is_nil: bool = False,
    reason: str = "",
    by: Person,
    at: dt.datetime,
) -> Submission:
    """Answer a sheet for a period. Records answer by themselves; what they lack is stated. Nil is an answer.

    Sending again makes a new version; the ledger gets the difference. The same again changes nothing.

    Args:
        reason: why something approved is changed. Needed then, and only then.

    Raises:
        RefusedError: the unit need not answer, or something in the answer is wrong.
        periods.PeriodError: there is no such period.
    """
    rights.require(by, "submissions.send", unit, at)
    sending = _Sending(sheet, unit, queries.span(sheet, period), by, at, clean(reason))
    said = [each._replace(reason=clean(each.reason)) for each in statements]
    must, measures = _asked(sending)
    refusals.wrong_statements(sheet, measures, sending.span, said)
    if is_nil:
        refusals.wrong_nil(sheet, unit, sending.span, said)
    submission, boxes = _opened(sending, must, measures)
    values = [] if is_nil else versions.derived(measures, boxes, said)
    return _sent(sending, submission, said, values, is_nil=is_nil)


def answer(
    *,
    sheet: Sheet,
    unit: Unit,
    period: Period | str,
    typed: Typed,
    seen: int,
    reason: str = "",
    saved_at: dt.datetime | None = None,
    by: Person,
    at: dt.datetime,
) -> Submission:
    """Answer a sheet as it was filled in on the page. What differs from the records becomes a statement.

    Args:
        seen: the version that was on the screen, 0 before the first.
        reason: why something approved is changed.
        saved_at: when the device says that it was saved; the server's clock decides all the same.

    Raises:
        RefusedError: something in it is wrong, or missing and not meant to be.
        ChangedMeanwhileError: another version came first.
    """
    # Asked before the transaction begins: on SQLite everybody else waits for its end.
    rights.require(by, "submissions.send", unit, at)
    span = queries.span(sheet, period)
    return _answer(_Sending(sheet, unit, span, by, at, clean(reason), seen, saved_at), typed)


@transaction.atomic
def save_draft(
    *,
    sheet: Sheet,
    unit: Unit,
    period: Period | str,
    draft: Mapping[str, str],
    seen: int,
    seen_draft: dt.datetime | None,
    by: Person,
    at: dt.datetime,
) -> Submission:
    """Keep what was typed, as it was typed, until it is sent. Nothing is counted by it.

    Args:
        draft: the form's boxes by name.
        seen_draft: when the draft on the screen was saved; None if there was none.

    Raises:
        ChangedMeanwhileError: another draft or version was saved first.
    """
    rights.require(by, "submissions.send", unit, at)
    span = queries.span(sheet, period)
    _asked(_Sending(sheet, unit, span, by, at))
    submission, _ = Submission.objects.get_or_create(sheet=sheet, unit=unit, period=span.code)
    kept = {name: clean(value)[: refusals.REASON_LENGTH] for name, value in draft.items()}
    asked = Submission.objects.filter(pk=submission.pk, version=seen, drafted_at=seen_draft)
    if asked.update(draft=kept, drafted_at=at) != 1:
        raise ChangedMeanwhileError(Submission.objects.get(pk=submission.pk))
    submission.refresh_from_db()
    return submission


@transaction.atomic
def load_sheets(*, path: Path, by: Person, at: dt.datetime) -> None:
    """Bring the sheets in line with a file (`sheets.toml`). Lines and measures must be there already.

    Raises:
        tomls.DefinitionError: a definition is wrong.
    """
    rights.require(by, "submissions.define", None, at)
    define.load(path)


@transaction.atomic
def _answer(sending: _Sending, typed: Typed) -> Submission:
    must, measures = _asked(sending)
    submission, boxes = _opened(sending, must, measures)
    if typed.is_nil:
        if any(_is_there(measure, boxes) for measure in measures):
            raise refusals.nil_with_records(sending.span)
        return _sent(sending, submission, [], [], is_nil=True)
    values = versions.typed_values(measures, boxes, typed)
    said = _said(sending, values, boxes)
    refusals.wrong_statements(sending.sheet, measures, sending.span, said)
    return _sent(sending, submission, said, values, is_nil=False)


def _asked(sending: _Sending) -> tuple[frozenset[int], list[Measure]]:
    """Who must answer, this unit among them, and what is asked."""
    must = queries.expected(sending.sheet, sending.span)
    refusals.wrong_unit(sending.sheet, sending.unit, sending.span, must, sending.at)
    return must, list(sending.sheet.measures.order_by("position", "pk"))


def _opened(
    sending: _Sending, must: frozenset[int], measures: Sequence[Measure]
) -> tuple[Submission, dict[int, Filled]]:
    """The row, held until the transaction ends, and what its boxes read: nothing is posted in between."""
    submission = _held(sending)
    if _is_late(sending, submission) and not _may_be_a_resend(sending, submission):
        raise ChangedMeanwhileError(submission)
    locks.hold_for_sealing()
    unit = sending.unit.pk
    boxes = filling.filled(sending.sheet, measures, sending.span, [unit], must)
    return submission, boxes.get(unit, {})


def _is_late(sending: _Sending, submission: Submission) -> bool:
    return sending.seen is not None and submission.version != sending.seen


def _may_be_a_resend(sending: _Sending, submission: Submission) -> bool:
    """The answer to the first sending was lost on its way, and the same person presses again (RELIABILITY P2)."""
    is_next = sending.seen is not None and submission.version == sending.seen + 1
    return is_next and submission.sent_by_id == sending.by.pk


def _held(sending: _Sending) -> Submission:
    its: dict[str, Any] = {
        "sheet": sending.sheet,
        "unit": sending.unit,
        "period": sending.span.code,
    }
    held = Submission.objects.select_for_update().filter(**its)
    found = held.first()
    if found is None:
        # Another may insert it at this moment: theirs is as good.
        Submission.objects.bulk_create([Submission(**its)], ignore_conflicts=True)
        found = held.get()
    return found


def _sent(
    sending: _Sending,
    submission: Submission,
    said: Sequence[Stated],
    values: Sequence[VersionValue],
    *,
    is_nil: bool,
) -> Submission:
    before = {each.measure_id: each for each in submission.statements.all()}
    if submission.is_nil == is_nil and _is_same(submission, before, said, values):
        return submission
    if _is_late(sending, submission):
        raise ChangedMeanwhileError(submission)
    refusals.unreasoned_adjustment(submission, sending.reason)
    _replace(submission, before, said, sending)
    asked = Submission.objects.filter(
        pk=submission.pk, version=submission.version, state=submission.state
    )
    became = {
        "state": State.SENT,
        "version": submission.version + 1,
        "is_nil": is_nil,
        "sent_at": sending.at,
        "sent_by": sending.by,
        "draft": None,
        "drafted_at": None,
    }
    if asked.update(**became) != 1:
        raise ChangedMeanwhileError(submission)
    for word, now in became.items():
        setattr(submission, word, now)
    _freeze(submission, values, sending)
    return submission


def _freeze(submission: Submission, values: Sequence[VersionValue], sending: _Sending) -> None:
    is_adjustment = submission.approved_version is not None
    version = Version.objects.create(
        submission=submission,
        number=submission.version,
        is_nil=submission.is_nil,
        received_at=sending.at,
        saved_at=sending.saved_at,
        sent_by=sending.by,
        position=entries.position(),
        reason=sending.reason if is_adjustment else "",
    )
    for value in values:
        value.version = version
    VersionValue.objects.bulk_create(values)


def _is_same(
    submission: Submission,
    before: Mapping[int, Statement],
    said: Sequence[Stated],
    values: Sequence[VersionValue],
) -> bool:
    if submission.state not in {State.SENT, State.APPROVED}:
        return False
    if _told(before.values()) != _told(_rows(submission, said)):
        return False
    return versions.is_as_before(submission, values)


def _said(
    sending: _Sending, values: Sequence[VersionValue], boxes: Mapping[int, Filled]
) -> list[Stated]:
    """Totals that the records do not say: the unit's own are what is typed less what stands below it."""
    day = min(sending.span.last_day, day_of(sending.at))
    said = []
    for each in values:
        box = boxes.get(each.measure_id, NOTHING)
        if each.value is None or each.value == (box.recorded or 0):
            continue
        if each.value < box.below:
            raise refusals.less_than_below(each.measure, each.value, box.below)
        said.append(Stated(each.measure, day, each.value - box.below, each.reason))
    return said


def _is_there(measure: Measure, boxes: Mapping[int, Filled]) -> bool:
    return measure.nature == Measure.Nature.FLOW and bool(boxes.get(measure.pk, NOTHING).recorded)


def _replace(
    submission: Submission,
    before: Mapping[int, Statement],
    said: Sequence[Stated],
    sending: _Sending,
) -> None:
    """One row a measure keeps its number for ever: it is the source of its entries."""
    if not (before or said):
        return
    rows = _rows(submission, said)
    stays = {row.measure_id for row in rows}
    gone = [each.pk for measure, each in before.items() if measure not in stays]
    for row in rows:
        if row.measure_id in before:
            row.pk = before[row.measure_id].pk
    Statement.objects.bulk_create(row for row in rows if row.pk is None)
    Statement.objects.bulk_update(
        [row for row in rows if row.measure_id in before], ["date", "total", "reason"]
    )
    Statement.objects.filter(pk__in=gone).delete()
    claims = [_claim(row, submission.unit_id, sending.span) for row in rows]
    ledger.state(said=claims, unsaid=gone, by=sending.by, at=sending.at)


def _rows(submission: Submission, said: Sequence[Stated]) -> list[Statement]:
    return [
        Statement(
            submission=submission,
            measure=each.measure,
            date=each.date,
            total=each.total,
            reason=each.reason,
        )
        for each in said
    ]


def _told(rows: Iterable[Statement]) -> set[tuple[int, dt.date, int, str]]:
    return {(row.measure_id, row.date, row.total, row.reason) for row in rows}


def _claim(row: Statement, unit_id: int, span: Period) -> Claim:
    """A flow over its period, a balance from the beginning up to its day, a level on its day."""
    start, end = {
        Measure.Nature.FLOW: (span.start, span.end),
        Measure.Nature.BALANCE: (None, row.date + A_DAY),
        Measure.Nature.LEVEL: (row.date, row.date + A_DAY),
    }[Measure.Nature(row.measure.nature)]
    return Claim(
        source_id=row.pk,
        measure_id=row.measure_id,
        unit_id=unit_id,
        start_date=start,
        end_date=end,
        date=row.date,
        total=row.total,
        reason=row.reason,
    )
