"""Who decides about what a unit sent: those who hold a post at its direct superior, as the tree stands today.

A unit that has closed is judged where it landed: what it sent is decided above its successor. Nobody decides about what
they sent themselves, nor about a unit at which they have held a post since it was sent (RELIABILITY A24).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from lantoa.lib.dates import day_of
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Post
from lantoa.rollup.tables import NONE
from lantoa.rollup.tree import Tree


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

    def may(
        self, *, unit: int, sent_at: dt.datetime | None, line: int, superior: int | None
    ) -> bool:
        """Whether what a unit sent is theirs to decide, its superior being that. Who sent it is asked elsewhere."""
        if superior is None or self._is_own(unit, sent_at):
            return False
        return self.is_founder or (line, superior) in self.at

    def _is_own(self, unit: int, sent_at: dt.datetime | None) -> bool:
        if unit not in self.own:
            return False
        until = self.own[unit]
        return until is None or (sent_at is not None and until > day_of(sent_at))


def reviewer(by: Person, act: str, at: dt.datetime) -> Reviewer:
    """Where they hold the act's right. One query."""
    day = day_of(at)
    here, own, is_founder = set(), dict[int, dt.date | None](), False
    for post in Post.objects.filter(person=by, start_date__lte=day):
        if post.unit_id is not None:
            until = own.get(post.unit_id, post.end_date)
            own[post.unit_id] = _later(until, post.end_date)
        if post.role not in rights.ACTS[act].roles or not _is_held(post, day):
            continue
        if post.unit_id is None or post.line_id is None:
            is_founder = True
        else:
            here.add((post.line_id, post.unit_id))
    return Reviewer(by, is_founder, frozenset(here), own)


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


def _is_held(post: Post, day: dt.date) -> bool:
    return post.end_date is None or post.end_date > day


def _later(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return None if one is None or other is None else max(one, other)
