"""Who is commended, as counts: the share of direct workers first (A6.3), then levels, lines, areas, and how often whom.

Every count carries the words of the list that holds exactly its awards, so that it opens and adds up.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Count as Counted
from django.db.models import Q
from django.db.models.functions import ExtractYear

from lantoa.awards import law, queries
from lantoa.awards.models import Kind, Level, Nomination
from lantoa.awards.queries import TERRITORY_ALONE, TIMES_OFTEN, Filter
from lantoa.orgs import people
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Closure, Line, Person, Placement

IDS_A_QUERY = 500


@dataclass(frozen=True, slots=True)
class Count:
    """A number of awards, and what to ask the list for to see them. `name`: "" where the page has the words."""

    name: str
    count: int
    asked: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Share:
    """Direct workers among the individuals."""

    count: int
    of: int


@dataclass(frozen=True, slots=True)
class Section:
    """One way to look at the awards: direct, level, line, area, often. All but the last count each award once."""

    code: str
    counts: list[Count] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class View:
    total: int
    direct: Share
    target: tuple[int, int]
    sections: list[Section]


@dataclass(frozen=True, slots=True)
class OfYear:
    """Direct workers among the individuals of a year."""

    year: int
    count: int
    of: int


class _Row(NamedTuple):
    recipient: int
    kind: str
    name: str
    level: str
    direct: bool | None
    date: dt.date


def view(by: Person, year: int, at: dt.datetime) -> View:
    """The awards of a year that stand, as far as somebody may see them. A fixed number of queries for every 500."""
    awarded = queries.find(by, Filter(state=Nomination.State.DECIDED, year=year), at)
    fields = ("recipient", "kind", "name", "level", "is_direct_worker", "award__decision__date")
    rows = [_Row(*each) for each in awarded.order_by("pk").values_list(*fields)]
    individuals = [row for row in rows if row.kind == Kind.INDIVIDUAL]
    workers = sum(bool(row.direct) for row in individuals)
    return View(
        total=len(rows),
        direct=Share(workers, len(individuals)),
        target=law.procedure_on(dt.date(year, 12, 31)).direct_workers,
        sections=[
            Section("direct", _direct(individuals)),
            Section("level", _levels(rows)),
            Section("line", _lines(rows)),
            Section("area", _areas(rows)),
            Section("often", _often(by, rows, at)),
        ],
    )


def by_year(by: Person, at: dt.datetime) -> list[OfYear]:
    """The share of direct workers among individuals, year by year, as far as somebody may see the awards. One query."""
    awarded = queries.find(by, Filter(state=Nomination.State.DECIDED, kind=Kind.INDIVIDUAL), at)
    counted = (
        awarded.order_by()
        .values(year=ExtractYear("award__decision__date"))
        .annotate(workers=Counted("pk", filter=Q(is_direct_worker=True)), everybody=Counted("pk"))
    )
    return [
        OfYear(row["year"], row["workers"], row["everybody"]) for row in counted.order_by("year")
    ]


def _direct(individuals: Iterable[_Row]) -> list[Count]:
    said = Counter(bool(row.direct) for row in individuals)
    words = {True: "co", False: "khong"}
    return [Count("", said[is_one], {"truc-tiep": words[is_one]}) for is_one in (True, False)]


def _levels(rows: Iterable[_Row]) -> list[Count]:
    said = Counter((row.level, row.kind) for row in rows)
    return [
        Count(f"{level.label}, {kind.label}", said[level, kind], {"cap": level, "ai": kind})
        for level in Level
        for kind in Kind
        if said[level, kind]
    ]


def _lines(rows: list[_Row]) -> list[Count]:
    """By the line of its own in which a recipient stood on the day; in none: the territory alone."""
    names = {each.pk: each for each in orgs.lines() if each.kind == Line.Kind.SECTOR}
    stays = _stays(rows, Q(depth=0, line__in=list(names)), "line")
    said = Counter(line for row in rows for line in _then(stays, row))
    alone = sum(not _then(stays, row) for row in rows)
    found = [
        Count(line.name_vi, said[pk], {"he-thong": line.code})
        for pk, line in names.items()
        if said[pk]
    ]
    return found + ([Count("", alone, {"he-thong": TERRITORY_ALONE})] if alone else [])


def _areas(rows: list[_Row]) -> list[Count]:
    """By the district, or since July 2025 the commune, in which a recipient stood on the day."""
    root = orgs.root_on(orgs.territory(), max((row.date for row in rows), default=dt.date.min))
    placed = Placement.objects.filter(line__kind=Line.Kind.TERRITORY, parent=root)
    tops = set(placed.values_list("unit_id", flat=True))
    stays = _stays(rows, Q(line__kind=Line.Kind.TERRITORY), "ancestor")
    tally = Counter(top for row in rows for top in _then(stays, row) if top in tops)
    names = people.last_names(tally)
    ordered = sorted(tally.items(), key=lambda each: (-each[1], names[each[0]]))
    return [Count(names[pk], count, {"dia-ban": str(pk)}) for pk, count in ordered]


def _often(by: Person, rows: list[_Row], at: dt.datetime) -> list[Count]:
    """How many recipients of the year have one award that stands, of any year, how many two, how many more."""
    everything = queries.visible_to(by, at).filter(award__revoked_at=None, state="decided")
    wanted = {(row.recipient, row.kind, row.name) for row in rows}
    said: Counter[tuple[int, str, str]] = Counter()
    ids = sorted({row.recipient for row in rows})
    for start in range(0, len(ids), IDS_A_QUERY):
        some = everything.filter(recipient__in=ids[start : start + IDS_A_QUERY])
        said.update(key for key in some.values_list("recipient", "kind", "name") if key in wanted)
    times = Counter(min(count, TIMES_OFTEN) for count in said.values())
    return [Count(str(n), times[n], {"lan": str(n)}) for n in range(1, TIMES_OFTEN + 1) if times[n]]


Stays = dict[int, list[tuple[dt.date, dt.date | None, int]]]


def _stays(rows: Iterable[_Row], which: Q, what: str) -> Stays:
    """Of each recipient, from when to when it stood below what."""
    ids = sorted({row.recipient for row in rows})
    found: Stays = defaultdict(list)
    for start in range(0, len(ids), IDS_A_QUERY):
        stood = Closure.objects.filter(which, unit__in=ids[start : start + IDS_A_QUERY])
        for unit, *stay in stood.values_list("unit", "start_date", "end_date", what):
            found[unit].append((stay[0], stay[1], stay[2]))
    return found


def _then(stays: Stays, row: _Row) -> list[int]:
    return [
        what
        for start, end, what in stays.get(row.recipient, ())
        if start <= row.date and (end is None or row.date < end)
    ]
