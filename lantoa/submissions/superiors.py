"""Who decides about what was sent: `orgs.superiors`, asked about submissions."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from lantoa.orgs import queries as orgs
from lantoa.orgs import superiors
from lantoa.orgs.models import Line, Person
from lantoa.orgs.superiors import Reviewer
from lantoa.submissions.models import Submission

ACT = "submissions.approve"


def may(reviewer: Reviewer, submission: Submission, superior: int | None) -> bool:
    """Whether this one is theirs to decide. Who sent it is asked of its versions, not here."""
    return reviewer.may(
        unit=submission.unit_id,
        sent_at=submission.sent_at,
        line=submission.sheet.line_id,
        superior=superior,
    )


def reviewer(by: Person, at: dt.datetime) -> Reviewer:
    """One query."""
    return superiors.reviewer(by, ACT, at)


def of(submissions: Iterable[Submission], day: dt.date) -> dict[int, int | None]:
    """The unit that decides about each, by submission id; None at the top, where nobody stands above.

    One look at the structure a line.
    """
    by_line: dict[Line, list[Submission]] = defaultdict(list)
    for each in submissions:
        by_line[each.sheet.line].append(each)
    found: dict[int, int | None] = {}
    for line, some in by_line.items():
        tree = orgs.tree_on(line, day)
        found |= {each.pk: superiors.above(tree, each.unit_id) for each in some}
    return found
