"""A month of duties as a unit sees it, and as those above it see it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lantoa.lib.periods import Period
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Line, Unit, UnitName
from lantoa.work import duties
from lantoa.work.duties import Occurrence, State
from lantoa.work.models import Duty

# Word, kind of tag, icon.
TOLD = {
    State.KEPT: (_("Đã giữ đúng ngày"), "ok", "check"),
    State.LATE: (_("Đã làm, trễ ngày"), "warn", "clock"),
    State.MISSED: (_("Đã bỏ lỡ"), "err", "triangle-alert"),
    State.DUE: (_("Đến hạn"), "info", "clock"),
    State.COMING: (_("Sắp tới"), "", "calendar"),
}
DONE = (State.KEPT, State.LATE)


@dataclass(frozen=True, slots=True)
class Item:
    """One day of a duty, and where it leads."""

    date: dt.date
    until: dt.date
    name: str
    state: State
    word: str
    kind: str
    icon: str
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """How the units below one unit kept a duty in a month: counts by state; `bound` is all of them."""

    name: UnitName
    kept: int
    late: int
    missed: int
    open: int

    @property
    def bound(self) -> int:
        return self.kept + self.late + self.missed + self.open

    @property
    def done(self) -> int:
        return self.kept + self.late


def month_of(unit: Unit, month: Period, *, today: dt.date, lang: str) -> list[Item]:
    """All days of the unit's duties in a month, in order. Four queries and two for each duty."""
    bound = duties.duties_of(unit, min(max(today, month.start), month.last_day))
    found = duties.occurrences(
        bound, [unit.pk], first=month.start, last=month.last_day, today=today
    )
    return [item(each, lang) for each in found]


def item(each: Occurrence, lang: str) -> Item:
    word, kind, icon = TOLD[each.state]
    name = each.duty.name_en if lang == "en" else each.duty.name_vi
    href = ""
    if each.state in (State.DUE, State.MISSED):
        href = f"{reverse('desk:record')}?viec={each.duty.kind.code}"
    return Item(each.date, each.until, name, each.state, str(word), kind, icon, href)


def below(duty: Duty, unit: Unit, line: Line, month: Period, *, today: dt.date) -> list[Row]:
    """How everything below each direct subordinate kept one duty, the least kept first. Five queries."""
    day = min(max(today, month.start), month.last_day)
    heads = orgs.heads_below(unit, line, day)
    found = duties.occurrences(
        [duty], heads.keys(), first=month.start, last=month.last_day, today=today
    )
    counted: dict[int, Counter[State]] = {}
    for each in found:
        counted.setdefault(heads[each.unit_id], Counter())[each.state] += 1
    names = orgs.names_on(day, counted)
    rows = [_row(names[head], states) for head, states in counted.items() if head in names]
    return sorted(rows, key=lambda row: (row.done * 10_000 // row.bound, row.name.sort_key))


def _row(name: UnitName, states: Mapping[State, int]) -> Row:
    waiting = states.get(State.DUE, 0) + states.get(State.COMING, 0)
    kept, late, missed = (states.get(each, 0) for each in (State.KEPT, State.LATE, State.MISSED))
    return Row(name, kept, late, missed, waiting)


def whole(rows: Iterable[Row]) -> tuple[int, int, int, int]:
    """Kept, late, missed and still open, of all rows."""
    told = list(rows)
    return (
        sum(row.kept for row in told),
        sum(row.late for row in told),
        sum(row.missed for row in told),
        sum(row.open for row in told),
    )
