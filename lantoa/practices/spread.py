"""How a practice spread, as a tree: who learned it from whom, the origin first. Plain values, ready to be drawn or listed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dateutil.relativedelta import relativedelta
from django.conf import settings

from lantoa.practices.models import Adoption


@dataclass(frozen=True)
class Node:
    """A unit in the tree.

    Attributes:
        source: the place of the node it learned from in the list; -1 for the origin.
        depth: 0 for the origin.
        seen: the day of the last sign of life, its start if there is none.
        silent: whole months since then, if that is too long for one that goes on; 0 for one alive.
        sign: the day of the newest record that shows it.
        saved: đồng, of all its results together; None where none tells it.
        is_proven: it has told a result and shown a record.
    """

    adoption: Adoption
    unit: str
    source: int
    depth: int
    participants: int | None
    saved: int | None
    sign: dt.date | None
    seen: dt.date | None
    silent: int
    is_proven: bool

    @property
    def is_origin(self) -> bool:
        return self.source < 0

    def is_at_work(self, day: dt.date) -> bool:
        """Whether it had begun and not yet ended: on the day of its end it is over, as in the ledger."""
        start, end = self.adoption.start_date, self.adoption.end_date
        return start is not None and start <= day and (end is None or end > day)


@dataclass(frozen=True)
class Told:
    """What is known of an adoption beside its row."""

    unit: str
    participants: int | None
    saved: int | None
    last_sign: dt.date | None
    has_result: bool


def tree(adoptions: Iterable[Adoption], told: dict[int, Told], day: dt.date) -> list[Node]:
    """In preorder, by the day each began; who waits to be confirmed comes last."""
    taught: dict[int | None, list[Adoption]] = defaultdict(list)
    for each in sorted(adoptions, key=lambda each: (each.start_date or dt.date.max, each.pk)):
        taught[each.learned_from_id].append(each)
    nodes: list[Node] = []
    waiting = [(origin, -1, 0) for origin in reversed(taught[None])]
    while waiting:
        adoption, source, depth = waiting.pop()
        nodes.append(_node(adoption, told[adoption.pk], source, depth, day))
        place = len(nodes) - 1
        waiting += [(each, place, depth + 1) for each in reversed(taught[adoption.pk])]
    return nodes


def _node(adoption: Adoption, told: Told, source: int, depth: int, day: dt.date) -> Node:
    seen = max(filter(None, (adoption.start_date, told.last_sign)), default=None)
    return Node(
        adoption=adoption,
        unit=told.unit,
        source=source,
        depth=depth,
        participants=told.participants,
        saved=told.saved,
        sign=told.last_sign,
        seen=seen,
        silent=silent_months(seen, day) if adoption.state == Adoption.State.CONFIRMED else 0,
        is_proven=told.has_result and told.last_sign is not None,
    )


def silent_months(seen: dt.date | None, day: dt.date) -> int:
    """Whole months without a sign, 0 as long as that is not too long."""
    if seen is None or seen >= alive_since(day):
        return 0
    gone = relativedelta(day, seen)
    return int(12 * gone.years + gone.months)


def alive_since(day: dt.date) -> dt.date:
    """A sign on this day or later shows that something is alive."""
    since: dt.date = day - relativedelta(months=settings.SILENT_MONTHS)
    return since
