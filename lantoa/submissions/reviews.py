"""What one may do about what was sent: approve what was shown, return it with a question, undo, excuse the network."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from lantoa.ledger import queries as ledger
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError, RefusedError
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Unit
from lantoa.submissions import queries, superiors
from lantoa.submissions.due import Timely
from lantoa.submissions.models import Review, Submission, Version
from lantoa.submissions.refusals import REASON_LENGTH, ChangedMeanwhileError
from lantoa.submissions.superiors import ACT
from lantoa.submissions.versions import clean

State = Submission.State
Decision = Review.Decision

UNDO_SECONDS = 10
# A press at the tenth second still has to come through a slow network.
UNDO_WITHIN = dt.timedelta(seconds=UNDO_SECONDS + 5)


class NotTheirsError(LantoaError):
    """Not theirs to decide: their own, or not of a unit right below. One that does not exist answers the same."""

    def __init__(self) -> None:
        super().__init__(
            vi=(
                "Báo cáo này không do bạn duyệt: chỉ cấp trên trực tiếp duyệt, và không ai duyệt báo cáo "
                "của mình hay của đơn vị mình."
            ),
            en=(
                "This report is not yours to review: only the direct superior reviews, and nobody reviews "
                "their own report or their own unit's."
            ),
        )


class TooLateError(LantoaError):
    """Undone after its seconds, or when something else has happened since."""

    def __init__(self) -> None:
        super().__init__(
            vi=f"Chỉ hoàn tác được trong {UNDO_SECONDS} giây, khi báo cáo chưa có gì mới.",
            en=f"Undoing works for {UNDO_SECONDS} seconds, while nothing new has happened to the report.",
        )


class Shown(NamedTuple):
    """What was on the page: which version, and where the ledger stood."""

    version: int
    position: int


@transaction.atomic
def approve(*, submission: Submission, shown: Shown, by: Person, at: dt.datetime) -> Review:
    """Approve the version that was shown. It is locked and official from now on.

    Raises:
        NotTheirsError: not right above it, or it is their own.
        ChangedMeanwhileError: a newer version came, or somebody else decided.
    """
    rights.require(by, ACT, None, at)
    above = _superior(submission, by, at)
    became = {"state": State.APPROVED, "approved_version": shown.version}
    return _decide(submission, shown, Decision.APPROVED, became, above, by=by, at=at)


@transaction.atomic
def send_back(
    *, submission: Submission, shown: Shown, question: str, by: Person, at: dt.datetime
) -> Review:
    """Return the version that was shown, with a question: the unit reads it word for word.

    Raises:
        RefusedError: nothing is asked.
        NotTheirsError, ChangedMeanwhileError: as `approve`.
    """
    rights.require(by, "submissions.return", None, at)
    asked = clean(question)
    if not asked or len(asked) > REASON_LENGTH:
        raise RefusedError(
            where="question",
            vi=f"Trả lại thì phải hỏi: ghi câu hỏi cho đơn vị, trong {REASON_LENGTH} ký tự.",
            en=f"Returning asks something: write the question to the unit, in {REASON_LENGTH} characters.",
        )
    above = _superior(submission, by, at)
    became = {"state": State.RETURNED}
    return _decide(
        submission, shown, Decision.RETURNED, became, above, question=asked, by=by, at=at
    )


def approve_many(
    *, shown: Mapping[int, Shown], by: Person, at: dt.datetime
) -> tuple[list[Review], list[Submission]]:
    """Approve many as they were shown, by submission id.

    Returns:
        The reviews; and those that had changed meanwhile, left for another look.
    """
    rights.require(by, ACT, None, at)
    done, left = [], []
    for submission in queries.waiting_for(by, at):
        if submission.pk in shown:
            try:
                seen = shown[submission.pk]
                done.append(approve(submission=submission, shown=seen, by=by, at=at))
            except ChangedMeanwhileError:
                left.append(submission)
    return done, left


@transaction.atomic
def undo(*, reviews: Collection[int], by: Person, at: dt.datetime) -> list[Review]:
    """Take back decisions of one's own within their seconds, all or none. The rows stay, and say so.

    Raises:
        TooLateError: not one's own, too late, or something has happened since.
    """
    rights.require(by, "submissions.review", None, at)
    fresh = Review.objects.filter(
        ~Q(decision=Decision.EXCUSED), pk__in=reviews, by=by, undone_at=None
    )
    found = list(fresh.filter(at__gt=at - UNDO_WITHIN).select_related("version"))
    if not found or len(found) != len(set(reviews)):
        raise TooLateError
    for each in found:
        _take_back(each, at)
    return found


@transaction.atomic
def excuse(*, submission: Submission, by: Person, at: dt.datetime) -> Review:
    """Hold an answer to be on time that was saved on a device in time, and received late.

    Raises:
        NotTheirsError: not right above it, or it is their own.
        TooLateError: there is nothing of the kind to excuse.
    """
    rights.require(by, ACT, None, at)
    above = _superior(submission, by, at)
    if queries.timely(submission) != Timely.LATE_BY_NETWORK:
        raise RefusedError(
            where="excuse",
            vi="Báo cáo này không trễ do mất mạng, nên không có gì để miễn.",
            en="This report is not late for want of a network, so there is nothing to excuse.",
        )
    first = Version.objects.get(submission=submission, number=1)
    return Review.objects.create(
        version=first,
        decision=Decision.EXCUSED,
        position=ledger.position(),
        unit=above,
        by=by,
        at=at,
    )


def _superior(submission: Submission, by: Person, at: dt.datetime) -> Unit:
    """The unit in whose name they decide."""
    above = superiors.of([submission], day_of(at))[submission.pk]
    is_own = Version.objects.filter(submission=submission, sent_by=by).exists()
    mine = superiors.reviewer(by, at)
    if is_own or above is None or not superiors.may(mine, submission, above):
        raise NotTheirsError
    return Unit.objects.get(pk=above)


def _decide(
    submission: Submission,
    shown: Shown,
    decision: Decision,
    became: Mapping[str, object],
    above: Unit,
    *,
    question: str = "",
    by: Person,
    at: dt.datetime,
) -> Review:
    """One guarded UPDATE that must touch one row (RELIABILITY D10)."""
    asked = Submission.objects.filter(pk=submission.pk, version=shown.version, state=State.SENT)
    if asked.update(**became) != 1:
        raise ChangedMeanwhileError(Submission.objects.get(pk=submission.pk))
    submission.refresh_from_db()
    version = Version.objects.get(submission=submission, number=shown.version)
    if not version.position <= shown.position:
        raise ChangedMeanwhileError(submission)
    return Review.objects.create(
        version=version,
        decision=decision,
        question=question,
        position=shown.position,
        unit=above,
        by=by,
        at=at,
    )


def _take_back(review: Review, at: dt.datetime) -> None:
    version = review.version
    was = State.APPROVED if review.decision == Decision.APPROVED else State.RETURNED
    before = Review.objects.filter(
        version__submission=version.submission_id,
        version__number__lt=version.number,
        decision=Decision.APPROVED,
        undone_at=None,
    )
    asked = Submission.objects.filter(
        pk=version.submission_id, version=version.number, state=was, draft__isnull=True
    )
    approved = before.order_by("-version__number").values_list("version__number", flat=True)
    if asked.update(state=State.SENT, approved_version=approved.first()) != 1:
        raise TooLateError
    Review.objects.filter(pk=review.pk).update(undone_at=at)
