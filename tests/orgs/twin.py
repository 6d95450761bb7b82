"""A structure as it would be kept without a database: for each unit, in each line, from which day on under whom.

Slow and obvious on purpose: every question is answered by looking, every rule by looking at every day.
"""

import copy
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

# Everything happens on one of these days, so what holds on each of them holds always.
DAYS = [dt.date(2020, 1, 1) + dt.timedelta(days=100 * number) for number in range(6)]


class RefusedError(Exception):
    """It would break a rule."""


@dataclass
class Twin:
    territory: int
    sectors: tuple[int, ...]
    opened: dict[int, dt.date] = field(default_factory=dict)
    closed: dict[int, dt.date] = field(default_factory=dict)
    names: dict[int, dict[dt.date, str]] = field(default_factory=dict)
    # By line and unit: the days on which a place was taken, and under whom (None for a root).
    places: dict[tuple[int, int], dict[dt.date, int | None]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    fates: set[tuple] = field(default_factory=set)

    def copy(self):
        return copy.deepcopy(self)

    # What may be asked.

    def lives(self, unit, day):
        return self.opened[unit] <= day and not (unit in self.closed and self.closed[unit] <= day)

    def standing(self, line, day):
        """Who stands in a line on a day, and under whom."""
        found = {}
        for (where, unit), places in self.places.items():
            begun = [start for start in places if start <= day]
            ended = unit in self.closed and self.closed[unit] <= day
            if where == line and begun and not ended:
                found[unit] = places[max(begun)]
        return found

    def above(self, line, day):
        """Rows (ancestor, unit, depth): everyone with everybody on the way up, themselves at depth 0."""
        parents = self.standing(line, day)
        rows = []
        for unit in parents:
            ancestor, depth = unit, 0
            while ancestor is not None:
                rows.append((ancestor, unit, depth))
                ancestor, depth = parents[ancestor], depth + 1
        return rows

    def name(self, unit, day):
        return self.names[unit][max(start for start in self.names[unit] if start <= day)]

    # What may be done. Each is applied to a copy, and kept if the rules hold.

    def open(self, unit, day, name):
        self.opened[unit] = day
        self.names[unit] = {day: name}

    def place(self, unit, line, parent, day):
        refuse(unit in self.standing(line, day))
        refuse(not self.lives(unit, day))
        self.places[line, unit][day] = parent

    def move(self, unit, line, parent, day):
        refuse(unit not in self.standing(line, day))
        self.places[line, unit][day] = parent
        self.fates = {fate for fate in self.fates if fate[:4] != ("transfer", unit, day, line)}
        self.fates.add(("transfer", unit, day, line, unit, None))

    def rename(self, unit, name, day):
        refuse(not self.lives(unit, day))
        self.names[unit][day] = name
        self.fates.add(("renaming", unit, day, None, unit, None))

    def end(self, kind, units, heirs, day, home):
        """Close units; `home` says for each child where it goes, None for nowhere."""
        refuse(len(set(units)) < len(units) or len(set(heirs)) < len(heirs))
        for unit in units:
            refuse(not self.lives(unit, day) or self.opened[unit] == day or unit in self.closed)
            refuse(any(start > day for start in self.names[unit]))
            refuse(
                any(s > day for (_, u), starts in self.places.items() if u == unit for s in starts)
            )
            refuse(any(fate[4] == unit != fate[1] and fate[2] >= day for fate in self.fates))
        refuse(any(not self.lives(heir, day) or heir in units for heir in heirs))
        for (_line, unit), starts in self.places.items():
            if unit in units:
                starts.pop(day, None)
            else:
                self._rehouse(unit, starts, units, day, home)
        for unit in units:
            self.names[unit].pop(day, None)
            self.closed[unit] = day
            self.fates = {f for f in self.fates if f[1] != unit or f[2] != day}
        for unit in units:
            self.fates |= {
                (kind, unit, day, None, heir, share)
                for heir, share in (heirs.items() or [(None, None)])
            }

    def _rehouse(self, child, starts, units, day, home):
        for start in sorted(starts):
            following = min((s for s in starts if s > start), default=self.closed.get(child))
            over = following is not None and following <= day
            if starts[start] in units and not over:
                refuse(home is None or home == child)
                starts[max(start, day)] = home

    # What must be true.

    def broken(self):
        return any(self._broken_on(day) for day in DAYS)

    def _broken_on(self, day):
        stands = {line: self.standing(line, day) for line in (self.territory, *self.sectors)}
        for line, parents in stands.items():
            for unit, parent in parents.items():
                if not self.lives(unit, day) or (parent is not None and parent not in parents):
                    return True
                if in_a_ring(unit, parents):
                    return True
            if line != self.territory and parents.keys() - stands[self.territory].keys():
                return True
        placed = {unit for (_, unit), starts in self.places.items() if starts}
        if any(self.lives(unit, day) and unit not in stands[self.territory] for unit in placed):
            return True
        one, other = (stands[line] for line in self.sectors)
        return bool(one.keys() & other.keys())


def refuse(wrong):
    if wrong:
        raise RefusedError


def in_a_ring(unit, parents):
    seen = set()
    while unit is not None and unit in parents:
        if unit in seen:
            return True
        seen.add(unit)
        unit = parents[unit]
    return False
