"""What a unit has to send: every sheet and period that is asked of it, with where it stands and how much is filled."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from lantoa.lib.dates import day_of
from lantoa.lib.periods import Period
from lantoa.lib.workdays import Due
from lantoa.orgs.models import Placement, Unit
from lantoa.submissions import due, filling, queries
from lantoa.submissions.filling import NOTHING
from lantoa.submissions.models import Review, Sheet, Submission

State = Submission.State


@dataclass(frozen=True)
class Item:
    """One sheet for one period, as it stands to a unit.

    Attributes:
        question: what was asked when it was returned, word for word.
        asker: the unit that asked.
        filled, boxes: how many boxes the records fill, of how many; counted while it is not sent.
    """

    sheet: Sheet
    span: Period
    due: Due
    submission: Submission | None
    question: str = ""
    asker: int | None = None
    filled: int = 0
    boxes: int = 0

    @property
    def state(self) -> str:
        """A `Submission.State`; "" before anything was typed."""
        return self.submission.state if self.submission else ""

    @property
    def is_open(self) -> bool:
        """Whether the unit still has something to do."""
        return self.state in {"", State.DRAFT, State.RETURNED}

    def days_left(self, today: dt.date) -> int:
        """Days until the due day, below zero when it has passed."""
        return (self.due.day - today).days


def agenda(unit: Unit, at: dt.datetime) -> list[Item]:
    """All that is asked of a unit, what is due first. Periods from each sheet's first one to today's."""
    today = day_of(at)
    sheets = [
        each
        for each in Sheet.objects.filter(start_date__lte=today).select_related("line")
        if unit.kind in each.unit_kinds
    ]
    asked = [(sheet, span) for sheet in sheets for span in due.asked_periods(sheet, today)]
    stays = list(Placement.objects.filter(unit=unit))
    asked = [(sheet, span) for sheet, span in asked if _must(unit, sheet, span, stays)]
    sent = {
        (each.sheet_id, each.period): each
        for each in Submission.objects.filter(unit=unit, sheet__in=sheets)
    }
    returns = _returns(sent.values())
    items = [
        _item(unit, sheet, span, sent.get((sheet.pk, span.code)), returns) for sheet, span in asked
    ]
    return sorted(items, key=lambda each: (each.due.day, each.sheet.pk))


def one(unit: Unit, sheet: Sheet, span: Period, submission: Submission | None) -> Item | None:
    """One of them; None for a sheet that is sent on demand."""
    if sheet.start_date is None:
        return None
    returns = _returns([submission] if submission else [])
    return _item(unit, sheet, span, submission, returns)


def _item(
    unit: Unit,
    sheet: Sheet,
    span: Period,
    submission: Submission | None,
    returns: dict[int, Review],
) -> Item:
    day = due.due(sheet, unit.kind, span)
    assert day is not None  # noqa: S101 - only what is asked regularly is on the agenda
    item = Item(sheet, span, day, submission)
    if not item.is_open:
        return item
    asked = returns.get(submission.pk) if submission else None
    filled, boxes = counted(unit, sheet, span)
    return Item(
        sheet,
        span,
        day,
        submission,
        question=asked.question if asked else "",
        asker=asked.unit_id if asked else None,
        filled=filled,
        boxes=boxes,
    )


def counted(unit: Unit, sheet: Sheet, span: Period) -> tuple[int, int]:
    """How many boxes the records fill, of how many."""
    measures = list(sheet.measures.all())
    must = queries.expected(sheet, span)
    boxes = filling.filled(sheet, measures, span, [unit.pk], must).get(unit.pk, {})
    there = [each for each in measures if boxes.get(each.pk, NOTHING).recorded is not None]
    return len(there), len(measures)


def _must(unit: Unit, sheet: Sheet, span: Period, stays: Iterable[Placement]) -> bool:
    """As `queries.who_must` says it, for one unit and many periods without asking again."""
    day = span.last_day
    if unit.opened_date > day or (unit.closed_date is not None and unit.closed_date <= day):
        return False
    return any(
        stay.line_id == sheet.line_id
        and stay.start_date <= day
        and (stay.end_date is None or stay.end_date > day)
        for stay in stays
    )


def _returns(submissions: Iterable[Submission]) -> dict[int, Review]:
    """What was asked last, by submission that is returned now."""
    returned = [each.pk for each in submissions if each.state == State.RETURNED]
    asked = Review.objects.filter(
        version__submission__in=returned, decision=Review.Decision.RETURNED, undone_at=None
    )
    found = asked.select_related("version").order_by("version__number")
    return {each.version.submission_id: each for each in found}
