"""How a practice of the sample is told, and how it spreads: to neighbours first, slowly, then faster. Plain rows."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made
from random import Random
from typing import NamedTuple

from lantoa.project.sample.places import districts
from lantoa.project.sample.structure import Structure

A_DAY = dt.timedelta(days=1)
MONTH_OF_RESULTS = {2026: 11}

Result = tuple[dt.date, int, int]


@dataclass
class Follower:
    """A unit that took a practice up: from which of those before it in the list (-1: the origin), and what it came to."""

    unit: str
    source: int
    start: dt.date
    results: list[Result] = made(default_factory=list)
    end: dt.date | None = None
    reason: str = ""


@dataclass
class Told:
    """A practice, with the days of its steps and those who took it up. `origin` is its own unit's results."""

    unit: str
    kind: str
    field: str
    title: str
    summary: str
    steps: tuple[str, ...]
    needs: str
    cost: int | None
    shown_by: str
    start: dt.date
    holder: str = "tap-the"
    registered: dt.date | None = None
    appraised: dt.date | None = None
    recognised: dt.date | None = None
    kept: dt.date | None = None
    stopped: dt.date | None = None
    origin: list[Result] = made(default_factory=list)
    followers: list[Follower] = made(default_factory=list)


def everyone(told: Told) -> list[Told | Follower]:
    """The origin, then those who took it up."""
    return [told, *told.followers]


class Home(NamedTuple):
    """Where a unit lies: its commune and district before the reform, by code."""

    team: str
    district: str


def homes(structure: Structure) -> dict[str, Home]:
    return {
        unit: Home(team.code, team.district)
        for team in structure.old_teams
        for unit in (*team.chapters, *team.cells, team.women, team.police, team.party)
    }


def distance(one: Home, other: Home) -> int:
    if one.district != other.district:
        tiles = {each.code: each.tile for each in districts()}
        (x, y), (u, v) = tiles[one.district], tiles[other.district]
        return 2 + abs(x - u) + abs(y - v)
    return 0 if one.team == other.team else 1


def spread(
    units: Sequence[str],
    homes: Mapping[str, Home],
    origin: str,
    span: tuple[dt.date, dt.date],
    chance: Random,
) -> list[Follower]:
    """Slowly at first, then faster, then slowly again; each learns from somebody near who was there before."""
    start, end = span
    found: list[Follower] = []
    for number, unit in enumerate(units, start=1):
        share = number / (len(units) + 1)
        share = share * share * (3 - 2 * share) * 0.4 + share**0.6 * 0.6
        day = start + dt.timedelta(days=45 + int(((end - start).days - 60) * share))
        found.append(Follower(unit, _teacher(unit, homes, origin, found, day, chance), day))
    return found


def _teacher(
    unit: str,
    homes: Mapping[str, Home],
    origin: str,
    before: Sequence[Follower],
    day: dt.date,
    chance: Random,
) -> int:
    own = homes[unit]
    places = [-1, *(at for at, each in enumerate(before) if each.start < day - 20 * A_DAY)]
    near = [distance(own, homes[origin if at < 0 else before[at].unit]) for at in places]
    weights = [60 // (1 + far * far) + 1 for far in near]
    return chance.choices(places, weights)[0]


def tell(
    who: Follower | Told, results: list[Result], year: int, people: int, chance: Random
) -> None:
    """A result before the year ends, for one that has begun by then and goes on."""
    day = dt.date(year, MONTH_OF_RESULTS.get(year, 12), chance.randint(1, 10))
    end = who.end if isinstance(who, Follower) else who.stopped
    if who.start < day and (end is None or day < end):
        results.append((day, people, people * chance.randint(60, 240) * 1000))


def settle(each: Told, chance: Random, *, until: str = "recognised") -> None:
    """The days of its steps, some months apart."""
    day = each.start
    for step in ("registered", "appraised", "recognised", "kept"):
        day += dt.timedelta(days=chance.randint(20, 140))
        setattr(each, step, day)
        if step == until:
            return


def by_then(each: Told, last: dt.date) -> Told:
    """Without the steps that would come later; it is registered in any case."""
    for step in ("registered", "appraised", "recognised", "kept"):
        day = getattr(each, step)
        if day and day > last:
            setattr(each, step, last if step == "registered" else None)
    return each
