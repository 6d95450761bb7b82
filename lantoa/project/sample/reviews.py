"""What became of what units sent: approved the next day, right above, but for some reports of the last quarter."""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction

from lantoa.ledger import queries as ledger
from lantoa.lib.dates import day_of
from lantoa.orgs import accounts
from lantoa.orgs.models import Line, Person, Post, Unit
from lantoa.project.sample import draw
from lantoa.project.sample.history import NOW
from lantoa.submissions import actions as submission_actions
from lantoa.submissions import reviews, superiors
from lantoa.submissions.models import Submission
from lantoa.submissions.reviews import Shown
from lantoa.submissions.versions import Typed

A_DAY = dt.timedelta(days=1)
STILL_WAITING = ("hoc-tap-chuyen-de", "2026-Q3")
LEFT_IN_10 = 2
RETURNED_IN_10 = 1
QUESTION = "Số lượt người trực tuyến lấy ở đâu, có trùng với buổi học trực tiếp không?"
A_STEP = 200
EMPTIED = "quan-chung-tham-gia"


def decide(by: Person, *, seed: int) -> Iterator[tuple[int, int]]:
    """Decide about all that waits, in the order in which it came. Yields how many of how many."""
    judges: dict[tuple[int, int], Person] = {}
    waiting = Submission.objects.filter(state=Submission.State.SENT).order_by("sent_at", "pk")
    found = list(waiting.select_related("sheet__line", "unit"))
    position = ledger.position()
    for first in range(0, len(found), A_STEP):
        with transaction.atomic():
            for submission in found[first : first + A_STEP]:
                _decide(submission, position, judges, by, seed)
        yield min(first + A_STEP, len(found)), len(found)


def _decide(
    submission: Submission,
    position: int,
    judges: dict[tuple[int, int], Person],
    by: Person,
    seed: int,
) -> None:
    assert submission.sent_at is not None  # noqa: S101 - it was sent
    chance = draw.stream(seed, "review", submission.unit_id).randrange(10)
    is_new = (submission.sheet.code, submission.period) == STILL_WAITING
    at = min(submission.sent_at + A_DAY, NOW)
    superior = superiors.of([submission], day_of(at))[submission.pk]
    if is_new and chance == 0 and not submission.is_nil:
        _empty_a_box(submission, by)
    if superior is None or (is_new and chance < LEFT_IN_10):
        return
    place = submission.sheet.line, superior
    if (place[0].pk, superior) not in judges:
        judges[place[0].pk, superior] = _appointed(*place, number=len(judges) + 1, by=by)
    shown = Shown(submission.version, position)
    judge = judges[place[0].pk, superior]
    if is_new and chance < LEFT_IN_10 + RETURNED_IN_10:
        reviews.send_back(submission=submission, shown=shown, question=QUESTION, by=judge, at=at)
    else:
        reviews.approve(submission=submission, shown=shown, by=judge, at=at)


def _empty_a_box(submission: Submission, by: Person) -> None:
    """Sent again with a box emptied that the records fill: something to ask about, and nothing counted otherwise."""
    assert submission.sent_at is not None  # noqa: S101 - it was sent
    submission_actions.answer(
        sheet=submission.sheet,
        unit=submission.unit,
        period=submission.period,
        typed=Typed({EMPTIED: None}, {}, is_empty_meant=True),
        seen=submission.version,
        by=by,
        at=submission.sent_at + A_DAY,
    )


def _appointed(line: Line, unit_id: int, *, number: int, by: Person) -> Person:
    """One judge a unit: who held posts at two could not judge the one below."""
    unit = Unit.objects.get(pk=unit_id)
    person = accounts.register(name=f"Cán bộ duyệt biểu {number} (mẫu)", by=by, at=NOW)
    accounts.appoint(
        person=person,
        unit=unit,
        line=line,
        role=Post.Role.APPROVER,
        date=unit.opened_date,
        by=by,
        at=NOW,
    )
    return person
