"""Who decides about what was sent: those who hold a post at the direct superior, as the tree stands today.

A unit that has closed is judged where it landed: what it sent is reviewed above its successor. Nobody decides about what
they sent themselves, nor about a unit at which they have held a post since it was sent (RELIABILITY A24).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from lantoa.lib.dates import day_of
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.orgs.models import Line, Person, Post
from lantoa.rollup.tables import NONE
from lantoa.rollup.tree import Tree
from lantoa.submissions.models import Submission

ACT = "submissions.approve"


@dataclass(frozen=True)
class Reviewer:
    """What a person may decide about today.

    Attributes:
        at: the (line, unit) where they may decide about what stands right below; everywhere for a founder.
        own: of each unit where they held a post, the last day of it (None: still).
    """

    person: Person
    is_founder: bool
    at: frozenset[tuple[int, int]]
    own: Mapping[int, dt.date | None]

    def may(self, submission: Submission, superior: int | None) -> bool:
        """Whether this one is theirs to decide. Who sent it is asked of its versions, not here."""
        if superior is None or self._is_own(submission):
            return False
        return self.is_founder or (submission.sheet.line_id, superior) in self.at

    def _is_own(self, submission: Submission) -> bool:
        if submission.unit_id not in self.own:
            return False
        until = self.own[submission.unit_id]
        return until is None or (
            submission.sent_at is not None and until > day_of(submission.sent_at)
        )


def reviewer(by: Person, at: dt.datetime) -> Reviewer:
    """One query."""
    day = day_of(at)
    here, own, is_founder = set(), dict[int, dt.date | None](), False
    for post in Post.objects.filter(person=by, start_date__lte=day):
        if post.unit_id is not None:
            until = own.get(post.unit_id, post.end_date)
            own[post.unit_id] = _later(until, post.end_date)
        if post.role not in rights.ACTS[ACT].roles or not _is_held(post, day):
            continue
        if post.unit_id is None or post.line_id is None:
            is_founder = True
        else:
            here.add((post.line_id, post.unit_id))
    return Reviewer(by, is_founder, frozenset(here), own)


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
        found |= {each.pk: above(tree, each.unit_id) for each in some}
    return found


def above(tree: Tree, unit: int) -> int | None:
    """The unit right above one that stands, or above where one that closed has landed."""
    column = int(tree.column[unit]) if unit < len(tree.column) else tree.width - 1
    nodes = len(tree.unit)
    if column >= nodes + len(tree.meets):
        return None
    if column >= nodes:  # split with shares: where its pieces meet
        meets = int(tree.meets[column - nodes])
        return None if meets == NONE else int(tree.unit[meets])
    parent = int(tree.parent[column])
    if parent != NONE:
        return int(tree.unit[parent])
    stands = int(tree.unit[column]) == unit
    return None if stands else int(tree.unit[column])


def sent_by(by: Person) -> Q:
    """Submissions of which they sent any version."""
    return Q(versions__sent_by=by)


def _is_held(post: Post, day: dt.date) -> bool:
    return post.end_date is None or post.end_date > day


def _later(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return None if one is None or other is None else max(one, other)
