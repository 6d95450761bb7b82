"""How a task stands between word and deed, and how many stand how. Plain values in, plain values out; nothing is kept.

Done is what was finished *and* can be shown. What a unit only says of itself stays a report, however often it says so.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lantoa.rollup.tables import NONE
from lantoa.rollup.tree import Tree


class Standing(StrEnum):
    """One of these and no other, so that the four add up to what was said."""

    DONE = "done"  # finished, and something shows it
    REPORTED = "reported"  # said to be finished; nothing shows it
    OVERDUE = "overdue"  # not finished, and its day is over
    OPEN = "open"  # not finished, and its day is to come


@dataclass(frozen=True, slots=True)
class Told:
    """A task as words and deeds are read from it.

    Attributes:
        is_shown: an activity with a photo or a paper, a practice that is alive, or a finding that was closed.
        reached: of `target`, what records with evidence add up to; None where the target is not a measure.
    """

    pk: int
    unit: int
    due: dt.date
    is_reported: bool
    is_shown: bool
    target: int | None = None
    reached: int | None = None

    @property
    def is_finished(self) -> bool:
        """The unit says so, or its records have reached the target."""
        has_reached = (
            self.target is not None and self.reached is not None and self.reached >= self.target
        )
        return self.is_reported or has_reached


def standing(told: Told, day: dt.date) -> Standing:
    if told.is_finished:
        return Standing.DONE if told.is_shown else Standing.REPORTED
    return Standing.OVERDUE if told.due < day else Standing.OPEN


@dataclass(frozen=True, slots=True)
class Tally:
    """How many tasks were said, and how they stand. The four are `said` together."""

    done: int = 0
    reported: int = 0
    overdue: int = 0
    open: int = 0

    @property
    def said(self) -> int:
        return self.done + self.reported + self.overdue + self.open


def tally(tasks: Iterable[Told], day: dt.date) -> Tally:
    counted = Counter(standing(each, day).value for each in tasks)
    return Tally(**counted)


@dataclass(frozen=True, slots=True)
class Below:
    """A subtree: the whole, the unit's own, and each direct subordinate with all that stands below it.

    Attributes:
        meets: of units that were split with shares: they belong to the whole, and to no subordinate alone.
    """

    whole: list[Told]
    own: list[Told]
    by_head: dict[int, list[Told]]
    meets: list[Told]


def below(tasks: Iterable[Told], tree: Tree, unit: int) -> Below:
    """The tasks of a unit and of all that stands below it on the tree's day; of closed units, where they have landed."""
    top = tree.position(unit)
    found = Below([], [], {}, [])
    if top == NONE:
        return found
    heads = {int(at): int(tree.unit[at]) for at in (tree.parent == top).nonzero()[0]}
    for told in tasks:
        at, is_split = _lands(tree, told.unit)
        if at == NONE or not top <= at < int(tree.end[top]):
            continue
        found.whole.append(told)
        place = found.meets if is_split else found.own
        if at != top:
            place = found.by_head.setdefault(heads[_head(tree, at, top)], [])
        place.append(told)
    return found


def _lands(tree: Tree, unit: int) -> tuple[int, bool]:
    """The position under which a unit's tasks count; of one split with shares, where its pieces meet. NONE outside."""
    column = int(tree.column[unit]) if unit < len(tree.column) else tree.width - 1
    nodes = len(tree.unit)
    if column < nodes:
        return column, False
    if column < nodes + len(tree.meets):
        return int(tree.meets[column - nodes]), True
    return NONE, False


def _head(tree: Tree, at: int, top: int) -> int:
    while int(tree.parent[at]) != top:
        at = int(tree.parent[at])
    return at
