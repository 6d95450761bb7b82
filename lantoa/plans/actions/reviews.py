"""What one may do about a plan that was sent: approve what was shown, return it with a question, take that back at once."""

import datetime as dt

from django.db import transaction

from lantoa.lib import text
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights, superiors
from lantoa.orgs.models import Person, Unit
from lantoa.plans.models import Plan, PlanReview, PlanVersion
from lantoa.plans.refusals import REASON_LENGTH, ChangedMeanwhileError, NotTheirsError, RefusedError

ACT = "plans.review"
Decision = PlanReview.Decision
State = Plan.State
UNDO_SECONDS = 10
# A little more than what the page says: the way to the server takes time too.
UNDO_WITHIN = dt.timedelta(seconds=UNDO_SECONDS + 5)


class TooLateError(LantoaError):
    """Undone after its seconds, or when something else has happened since."""

    def __init__(self) -> None:
        super().__init__(
            vi=f"Chỉ hoàn tác được trong {UNDO_SECONDS} giây, khi kế hoạch chưa có gì mới.",
            en=f"Undoing works for {UNDO_SECONDS} seconds, while nothing new has happened to the plan.",
        )


@transaction.atomic
def approve(*, plan: Plan, shown: int, by: Person, at: dt.datetime) -> PlanReview:
    """Approve the version that was shown: its tasks stand as they are from now on.

    Raises:
        NotTheirsError: not right above it, or it is their own.
        ChangedMeanwhileError: another version came, or somebody else decided.
    """
    rights.require(by, ACT, None, at)
    above = _superior(plan, by, at)
    became = {"state": State.APPROVED, "approved_version": shown}
    return _decide(plan, shown, Decision.APPROVED, became, "", above, by=by, at=at)


@transaction.atomic
def send_back(*, plan: Plan, shown: int, question: str, by: Person, at: dt.datetime) -> PlanReview:
    """Return the version that was shown, with a question: the unit reads it word for word.

    Raises:
        RefusedError: nothing is asked.
        NotTheirsError, ChangedMeanwhileError: as `approve`.
    """
    rights.require(by, ACT, None, at)
    asked = text.one_line(question)
    if not asked or len(asked) > REASON_LENGTH:
        raise RefusedError(
            where="question",
            vi=f"Trả lại thì phải hỏi: ghi câu hỏi cho đơn vị, trong {REASON_LENGTH} ký tự.",
            en=f"Returning asks something: write the question to the unit, in {REASON_LENGTH} characters.",
        )
    above = _superior(plan, by, at)
    return _decide(
        plan, shown, Decision.RETURNED, {"state": State.RETURNED}, asked, above, by=by, at=at
    )


@transaction.atomic
def undo(*, review: int, by: Person, at: dt.datetime) -> PlanReview:
    """Take back a decision of one's own within its seconds. The row stays, and says so.

    Raises:
        TooLateError: not one's own, too late, or something has happened since.
    """
    rights.require(by, ACT, None, at)
    fresh = PlanReview.objects.filter(pk=review, by=by, undone_at=None, at__gt=at - UNDO_WITHIN)
    found = fresh.select_related("version__plan").first()
    if found is None or fresh.update(undone_at=at) != 1:
        raise TooLateError
    plan, number = found.version.plan, found.version.number
    earlier = PlanReview.objects.filter(
        version__plan=plan, version__number__lt=number, decision=Decision.APPROVED, undone_at=None
    )
    before = earlier.order_by("-version__number").values_list("version__number", flat=True).first()
    became = State.APPROVED if found.decision == Decision.APPROVED else State.RETURNED
    asked = Plan.objects.filter(pk=plan.pk, version=number, state=became)
    if asked.update(state=State.SENT, approved_version=before) != 1:
        raise TooLateError
    found.refresh_from_db()
    return found


def _superior(plan: Plan, by: Person, at: dt.datetime) -> Unit:
    """The unit in whose name they decide."""
    above = superiors.above(orgs.tree_on(plan.line, day_of(at)), plan.unit_id)
    is_own = PlanVersion.objects.filter(plan=plan, sent_by=by).exists()
    mine = superiors.reviewer(by, ACT, at)
    may = mine.may(unit=plan.unit_id, sent_at=plan.sent_at, line=plan.line_id, superior=above)
    if is_own or above is None or not may:
        raise NotTheirsError
    return Unit.objects.get(pk=above)


def _decide(
    plan: Plan,
    shown: int,
    decision: Decision,
    became: dict[str, object],
    question: str,
    above: Unit,
    *,
    by: Person,
    at: dt.datetime,
) -> PlanReview:
    """One guarded UPDATE that must touch one row (RELIABILITY D10)."""
    asked = Plan.objects.filter(pk=plan.pk, version=shown, state=State.SENT)
    if asked.update(**became) != 1:
        raise ChangedMeanwhileError
    plan.refresh_from_db()
    return PlanReview.objects.create(
        version=PlanVersion.objects.get(plan=plan, number=shown),
        decision=decision,
        question=question,
        unit=above,
        by=by,
        at=at,
    )
