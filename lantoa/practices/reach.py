"""What a spread comes to, read off its tree: who was at work on a day, who began and ended month by month. Plain values.

Every number is the length of a list of adoptions, and is asked for in the same words as the list. The origin is in none of
them: it learned from nobody.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dateutil.relativedelta import relativedelta

from lantoa.practices.models import Adoption
from lantoa.practices.spread import Node


class How(StrEnum):
    """Which adoptions of a practice are meant."""

    AT_WORK = "dang-lam"
    ALIVE = "con-song"
    SILENT = "im-lang"
    PROVEN = "co-minh-chung"
    BEGAN = "bat-dau"
    ENDED = "da-dung"
    ASKED = "cho-xac-nhan"
    EVER = "tung-lam"


@dataclass(frozen=True)
class Wanted:
    """The adoptions that are asked for.

    Attributes:
        day: the one on which they are at work; of those that began or ended, the last that counts.
        since: of those that began or ended, the first day; None is the beginning.
        units: only of these; None is no matter where.
    """

    how: How
    day: dt.date
    since: dt.date | None = None
    units: Collection[int] | None = None


@dataclass(frozen=True)
class Month:
    """A month of a spread: how many began and ended in it, at work at its end, and ever begun by then."""

    start: dt.date
    began: int
    ended: int
    at_work: int
    ever: int

    @property
    def last(self) -> dt.date:
        return last_day(self.start)


def chosen(nodes: Iterable[Node], wanted: Wanted) -> list[Node]:
    """The adoptions that are meant, in the order of the tree."""
    return [
        node
        for node in nodes
        if not node.is_origin
        and (wanted.units is None or node.adoption.unit_id in wanted.units)
        and _is_meant(node, wanted)
    ]


def count(nodes: Iterable[Node], wanted: Wanted) -> int:
    return len(chosen(nodes, wanted))


def _is_meant(node: Node, wanted: Wanted) -> bool:
    how, start, end = wanted.how, node.adoption.start_date, node.adoption.end_date
    if how is How.ASKED:
        return node.adoption.state == Adoption.State.ASKED
    if how in (How.BEGAN, How.EVER):
        return _lies(start, wanted)
    if how is How.ENDED:
        return _lies(end, wanted)
    is_right = {
        How.ALIVE: not node.silent,
        How.SILENT: bool(node.silent),
        How.PROVEN: node.is_proven,
    }
    return node.is_at_work(wanted.day) and is_right.get(how, True)


def _lies(day: dt.date | None, wanted: Wanted) -> bool:
    return day is not None and day <= wanted.day and (wanted.since is None or day >= wanted.since)


def months(nodes: Sequence[Node], until: dt.date) -> list[Month]:
    """Month by month from the origin's first to the one that holds a day. One pass over the nodes."""
    others = [node.adoption for node in nodes if not node.is_origin]
    began = Counter(_month(each.start_date) for each in others if _is_by(each.start_date, until))
    ended = Counter(_month(each.end_date) for each in others if _is_by(each.end_date, until))
    first = _first_day(nodes)
    if first is None:
        return []
    start, found = _month(first), [Month(_month(first), 0, 0, 0, 0)]
    while start <= until:
        found.append(_after(found[-1], start, began, ended))
        start += relativedelta(months=1)
    return found[1:]


def _after(
    before: Month, start: dt.date, began: Counter[dt.date], ended: Counter[dt.date]
) -> Month:
    return Month(
        start,
        began[start],
        ended[start],
        before.at_work + began[start] - ended[start],
        before.ever + began[start],
    )


def year_ends(nodes: Sequence[Node], until: dt.date) -> list[dt.date]:
    """The last day of every year since the origin began, and the day itself in the last."""
    first = _first_day(nodes) or until
    return [min(dt.date(year, 12, 31), until) for year in range(first.year, until.year + 1)]


def _first_day(nodes: Iterable[Node]) -> dt.date | None:
    return min(
        (each.adoption.start_date for each in nodes if each.adoption.start_date), default=None
    )


def last_day(start: dt.date) -> dt.date:
    """The last day of the month that begins on a day."""
    end: dt.date = start + relativedelta(months=1, days=-1)
    return end


def _month(day: dt.date | None) -> dt.date:
    assert day is not None  # noqa: S101 - those without a day were left out
    return day.replace(day=1)


def _is_by(day: dt.date | None, until: dt.date) -> bool:
    return day is not None and day <= until
