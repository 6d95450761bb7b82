"""The arithmetic once more, in plain Python: slow, obvious, and what the other engines are held to.

It walks from every fact to every unit above it, one by one, and keeps no clever numbering. Read
this to know what a figure means; read `arrays` to know how it is had quickly. The same sentences
stand, with examples, in docs/sums.md.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lantoa.rollup.landing import Parts, SharesError, SuccessionLoopError
from lantoa.rollup.tables import (
    FIRST,
    LIMIT,
    NONE,
    WHOLE,
    Fact,
    Period,
    Rule,
    Succession,
    TotalTooLargeError,
)


class Place(NamedTuple):
    """A row of placements: the unit stands under the parent from start until before end."""

    unit: int
    parent: int
    start: int
    end: int


@dataclass(frozen=True)
class Cell:
    """One total. `count`: how many own values (of units, or of days) stand behind it."""

    value: int
    count: int
    is_estimated: bool


class Own(NamedTuple):
    """What one unit brings to one cell, and the day that says where it stood."""

    unit: int
    day: int
    value: int


@dataclass(frozen=True)
class Line:
    """One line's placements and successions, of all times."""

    places: Sequence[Place]
    successions: Sequence[Succession]

    def parents(self, day: int) -> dict[int, int]:
        """Every unit that stands on the day, with the unit above it."""
        return {row.unit: row.parent for row in self.places if row.start <= day < row.end}

    def changes(self) -> list[int]:
        """The days on which the structure became another one."""
        days = {day for row in self.places for day in (row.start, row.end)}
        return sorted(days | {row.day for row in self.successions})


Totals = dict[tuple[int, int, int], Cell]


def totals(
    facts: Iterable[Fact],
    line: Line,
    *,
    measures: Sequence[int],
    periods: Sequence[Period],
    rule: Rule,
    day: int | None = None,
    climb: bool = True,
) -> Totals:
    """Every measure, in every period, at every unit that has something to count.

    Args:
        day: the day whose structure is read; None reads every fact on the structure of its day.
        climb: False for what lies on each unit itself.

    Returns:
        (measure, number of the period, unit; NONE for outside the line) -> Cell.

    Raises:
        TotalTooLargeError: a total does not fit 64 bits.
    """
    rule.checked()
    rows, found = list(facts), {}
    for measure in measures:
        for number, period in enumerate(periods):
            start = FIRST if rule.nature == "balance" else period.start
            dated = [fact for fact in rows if fact.measure == measure]
            dated = [fact for fact in dated if start <= fact.day < period.end]
            for unit, cell in _cell(dated, line, rule, day, climb=climb).items():
                found[measure, number, unit] = cell
    return found


def _cell(
    facts: list[Fact], line: Line, rule: Rule, day: int | None, *, climb: bool
) -> dict[int, Cell]:
    """Everything that one measure comes to in one period."""
    values: dict[int, list[int]] = defaultdict(list)
    estimated = set()
    own = _sums(facts, line, day) if rule.is_linear else _choices(facts, rule)
    for unit, own_day, value in own:
        read_day = own_day if day is None else day
        for node, part, is_estimated in _parts(unit, value, line, read_day, rule, climb=climb):
            values[node].append(part)
            if is_estimated:
                estimated.add(node)
    add = {"min": min, "max": max}.get(rule.along_units, sum)
    return {
        unit: Cell(_fitting(add(parts)), len(parts), unit in estimated)
        for unit, parts in values.items()
    }


def _sums(facts: list[Fact], line: Line, day: int | None) -> list[Own]:
    """Flows and balances: the sum of a unit's facts.

    Of its day, the facts of each time between two changes of the structure are a sum of their own.
    """
    changes = line.changes() if day is None else []
    added: dict[tuple[int, int], int] = defaultdict(int)
    days = {}
    for fact in facts:
        span = bisect_right(changes, fact.day)
        added[fact.unit, span] += fact.value
        days[fact.unit, span] = fact.day
    return [Own(unit, days[unit, span], value) for (unit, span), value in added.items()]


def _choices(facts: list[Fact], rule: Rule) -> list[Own]:
    """One value per unit, or per day of it. A unit stands where it stood on its last day with one."""
    if rule.nature != "level":
        return [
            Own(unit, max(fact.day for fact in mine), sum(fact.value for fact in mine))
            for unit, mine in _by_unit(facts).items()
            if sum(fact.value for fact in mine) != 0
        ]
    own = []
    for unit, mine in _by_unit(facts).items():
        # The facts of a day are corrections of one another; what they took back is no value.
        days: dict[int, int] = defaultdict(int)
        for fact in mine:
            days[fact.day] += fact.value
        days = {day: value for day, value in days.items() if value != 0}
        if rule.along_time == "average":
            own += [Own(unit, day, value) for day, value in days.items()]
        elif days:
            last = max(days)
            chosen = {"last": days[last], "min": min(days.values()), "max": max(days.values())}
            own.append(Own(unit, last, chosen[rule.along_time]))
    return own


def _parts(
    unit: int, value: int, line: Line, day: int, rule: Rule, *, climb: bool
) -> list[tuple[int, int, bool]]:
    """Where a value counts: (unit or NONE for outside, how much of it, whether that is a guess)."""
    parents = line.parents(day)
    landed = landing(line, unit, day)
    meets = nearest_common(list(landed), parents)
    if not rule.is_linear:
        landed = {meets: WHOLE}
    parts, taken = [], 0
    for node, share in landed.items():
        # Rounded down at both ends, so that the parts of a value always add up to it.
        part = value * (taken + share) // WHOLE - value * taken // WHOLE
        taken += share
        above_meeting = set(path(meets, parents))
        for ancestor in path(node, parents) if climb and node != NONE else [node]:
            is_piece = len(landed) > 1 and value != 0 and ancestor != NONE
            parts.append((ancestor, part, is_piece and not (climb and ancestor in above_meeting)))
    return parts


def landing(line: Line, unit: int, day: int, asked: tuple[int, ...] = ()) -> Parts:
    """The units that stand on the day and hold the facts of this unit, with their shares."""
    if unit in line.parents(day):
        return {unit: WHOLE}
    stood = sorted((row for row in line.places if row.unit == unit), key=lambda row: row.start)
    if not stood:
        return {NONE: WHOLE}
    if unit in asked:
        raise SuccessionLoopError(unit)
    asked = (*asked, unit)
    ended = [row for row in stood if row.end <= day]
    if ended:
        return _after(line, ended[-1], day, asked)
    return _before(line, stood[0], day, asked)


def _after(line: Line, last: Place, day: int, asked: tuple[int, ...]) -> Parts:
    """Closed: what became of it."""
    heirs = [
        row
        for row in line.successions
        if row.before == last.unit and row.after not in (NONE, last.unit)
        if last.end <= row.day <= day
    ]
    heirs = sorted(row for row in heirs if row.day == min(row.day for row in heirs))
    heirs.sort(key=lambda row: row.after)
    if not heirs:
        return landing(line, last.parent, day, asked)
    landed = []
    for row in heirs:
        opened = [place.start for place in line.places if place.unit == row.after]
        can_hold = opened and min(opened) <= day
        landed.append(landing(line, row.after if can_hold else last.parent, day, asked))
    shares = [row.share for row in heirs]
    if any(shares):
        if 0 in shares or sum(shares) != WHOLE:
            raise SharesError(last.unit)
        return _shares_of_shares(landed, shares)
    return _held_by_all(line, landed, day)


def _before(line: Line, first: Place, day: int, asked: tuple[int, ...]) -> Parts:
    """Not yet open: what it came from."""
    origins = [
        row.before
        for row in line.successions
        if row.after == first.unit and row.before != first.unit and row.day <= first.start
    ]
    known = {row.unit for row in line.places}
    origins = [unit if unit in known else first.parent for unit in origins] or [first.parent]
    return _held_by_all(line, [landing(line, unit, day, asked) for unit in origins], day)


def _held_by_all(line: Line, landed: list[Parts], day: int) -> Parts:
    if len(landed) == 1:
        return landed[0]
    units = [unit for parts in landed for unit in parts]
    return {nearest_common(units, line.parents(day)): WHOLE}


def _shares_of_shares(landed: list[Parts], shares: list[int]) -> Parts:
    whole: Parts = defaultdict(int)
    for parts, share in zip(landed, shares, strict=True):
        taken = 0
        for unit, part in parts.items():
            whole[unit] += share * (taken + part) // WHOLE - share * taken // WHOLE
            taken += part
    return {unit: share for unit, share in whole.items() if share}


def nearest_common(units: Sequence[int], parents: dict[int, int]) -> int:
    """The first unit, going up from one of these, that is at or above all of them."""
    for candidate in path(units[0], parents):
        if all(candidate in path(unit, parents) for unit in units):
            return candidate
    return NONE


def path(unit: int, parents: dict[int, int]) -> list[int]:
    """The unit and everything above it."""
    units = []
    while unit != NONE:
        units.append(unit)
        unit = parents[unit]
    return units


def _by_unit(facts: list[Fact]) -> dict[int, list[Fact]]:
    units = defaultdict(list)
    for fact in facts:
        units[fact.unit].append(fact)
    return units


def _fitting(total: int) -> int:
    if not -LIMIT <= total < LIMIT:
        raise TotalTooLargeError
    return total
