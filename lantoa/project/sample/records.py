"""Activities of the sample, as plain rows: 2023 adds up to the article, the later years are made up in the same manner.

A year is told span by span, because the hosts change on 01/07/2025. A host is drawn, then its day, then its numbers; the
totals of 2023 are given, and spread over the records so that they come out exactly.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from random import Random
from typing import NamedTuple

from lantoa.project.sample import draw, titles
from lantoa.project.sample.places import rows
from lantoa.project.sample.structure import DIRECT, PARTY_PROVINCE, REFORM, TOPS, Structure, Team

# The sample's own today: it never asks the clock.
TODAY = dt.date(2026, 11, 20)
FLAG_DISTRICTS = ("042", "043", "045", "048")  # Bảo Lâm, Bảo Lạc, Hà Quảng, Hạ Lang
NIL_COMMUNES_2023 = ("01342", "01537")  # sent "nothing to report": no study conference of their own
NIL_COMMUNE_2026 = "01768"
MONDAY = 0
MEETINGS_SINCE = dt.date(2026, 10, 1)
KEPT_IN_100, HELD_IN_100 = 91, 96

Values = tuple[tuple[str, int], ...]


class Record(NamedTuple):
    """An activity; `values` are what was typed, by measure code."""

    kind: str
    unit: str
    date: dt.date
    values: Values
    title: str
    co_organisers: tuple[str, ...] = ()


class Totals(NamedTuple):
    """What the study conferences of a span add up to."""

    in_person: int
    heads_in_person: int
    online: int
    points: int
    heads_online: int


@dataclass(frozen=True)
class Span:
    """Some months (end exclusive) in which the structure stands still, and how busy they are."""

    start: dt.date
    end: dt.date
    totals: Totals
    percent: int  # of what 2023 saw, all year, of everything but study conferences
    structure: Structure
    seed: int

    @property
    def teams(self) -> list[Team]:
        return self.structure.new_teams if self.start >= REFORM else self.structure.old_teams

    def part(self, count: int) -> int:
        return max(1, count * self.percent // 100)

    def stream(self, *words: object) -> Random:
        return draw.stream(self.seed, self.start, *words)


def seed_totals() -> Totals:
    """The article's five figures of conferences, from the data file."""
    printed = {row["measures"]: int(row["value"]) for row in rows("seed_figures.csv")}
    return Totals(
        printed["hoi-nghi-truc-tiep"],
        printed["luot-nguoi-truc-tiep"],
        printed["hoi-nghi-truc-tuyen"],
        printed["diem-cau"],
        printed["luot-nguoi-truc-tuyen"],
    )


def spans(structure: Structure, *, seed: int) -> tuple[Span, ...]:
    new_year = [dt.date(year, 1, 1) for year in range(2023, 2027)]
    made_up = (
        (new_year[1], new_year[2], Totals(1_147, 38_214, 24, 371, 9_412), 104),
        (new_year[2], REFORM, Totals(486, 15_873, 9, 142, 3_655), 48),
        (REFORM, new_year[3], Totals(548, 19_406, 14, 263, 5_920), 46),
        (new_year[3], TODAY, Totals(1_032, 36_871, 31, 504, 11_238), 94),
    )
    first = (new_year[0], new_year[1], seed_totals(), 100)
    return tuple(Span(*told, structure=structure, seed=seed) for told in (first, *made_up))


def records(structure: Structure, *, seed: int) -> list[Record]:
    """All activities that stand at the end, by day."""
    told = (kind(span) for span in spans(structure, seed=seed) for kind in KINDS)
    return sorted(chain.from_iterable(told), key=lambda record: record.date)


def _in_person(span: Span) -> Iterator[Record]:
    chance = span.stream("in person")
    hosts = _conference_hosts(span, chance)
    heads = draw.spread(
        span.totals.heads_in_person, draw.weights(chance, [size for _, size in hosts]), least=5
    )
    for (unit, _), count in zip(hosts, heads, strict=True):
        yield Record(
            "hoi-nghi-truc-tiep",
            unit,
            draw.day(chance, *_season(span, unit)),
            (("luot-nguoi-truc-tiep", count), *_members(chance, count)),
            titles.conference(chance, span.start.year),
        )


def _conference_hosts(span: Span, chance: Random) -> list[tuple[str, int]]:
    """Who hosts how large a conference: province, direct committees, districts, communes, then cells."""
    teams = _studying(span)
    hosts = [(PARTY_PROVINCE, 300), ("ban-tuyen-giao", 120)]
    hosts += [(key, 110) for key in _direct(span) * 2]
    hosts += [(f"huyen-uy-{code}", 140) for code in _districts(teams) * 2]
    hosts += [(team.party, 55) for team in teams]
    hosts += [(team.party, 40) for team in draw.some(chance, teams, len(teams) // 3)]
    hosts = hosts[: span.totals.in_person]
    cells = [cell for team in teams for cell in team.cells]
    cells += [cell for own in span.structure.direct_cells.values() for cell in own]
    more = draw.some(chance, cells, span.totals.in_person - len(hosts))
    return hosts + [(cell, 22) for cell in more]


def _studying(span: Span) -> list[Team]:
    """The communes whose Party organisations hold conferences in the span."""
    nil = {2023: NIL_COMMUNES_2023, 2026: (NIL_COMMUNE_2026,)}.get(span.start.year, ())
    return [team for team in span.teams if team.code not in nil]


def _direct(span: Span) -> list[str]:
    if span.start < REFORM:
        return list(DIRECT)
    return ["dang-uy-quan-su", "dang-uy-cong-an", "dang-uy-co-quan-dang", "dang-uy-ubnd"]


def _districts(teams: Iterable[Team]) -> list[str]:
    return sorted({team.district for team in teams if team.district})


def _season(span: Span, unit: str) -> tuple[dt.date, dt.date]:
    """When a level studies the year's theme: the province first, communes until mid-May, cells after."""
    months = {PARTY_PROVINCE: (2, 3), "ban-tuyen-giao": (2, 4)}.get(unit)
    if months is None:
        level = unit.rsplit("-", 1)[0] if "chi-bo" not in unit else "chi-bo"
        months = {"chi-bo": (5, 12), "huyen-uy": (3, 5)}.get(level, (4, 6))
    year = span.start.year
    start, end = dt.date(year, months[0], 1), dt.date(year, months[1], 1)
    start, end = max(start, span.start), min(end, span.end)
    return (start, end) if start < end else (span.start, span.end)


def _members(chance: Random, heads: int) -> Values:
    members = heads * chance.randint(78, 95) // 100
    return (("dang-vien-tham-gia", members), ("quan-chung-tham-gia", heads - members))


def _online(span: Span) -> Iterator[Record]:
    chance = span.stream("online")
    hosts = [PARTY_PROVINCE] * 3 + _direct(span)
    hosts += [f"huyen-uy-{code}" for code in _districts(_studying(span))]
    hosts = draw.some(chance, hosts, span.totals.online)
    points = draw.spread(span.totals.points, draw.weights(chance, [10] * len(hosts)), least=2)
    heads = draw.spread(span.totals.heads_online, draw.weights(chance, points), least=10)
    for unit, point_count, count in zip(hosts, points, heads, strict=True):
        typed = (("diem-cau", point_count), ("luot-nguoi-truc-tuyen", count))
        yield Record(
            "hoi-nghi-truc-tuyen",
            unit,
            draw.day(chance, span.start, span.end),
            (*typed, *_members(chance, count)),
            titles.conference(chance, span.start.year),
        )


def _flag_salutes(span: Span) -> Iterator[Record]:
    """On the first Monday of each month, in the four districts, and in the communes that followed theirs."""
    chance = span.stream("flag")
    hosts = [f"huyen-uy-{code}" for code in _districts(span.teams) if code in FLAG_DISTRICTS]
    hosts += _flag_communes(span)
    for monday in first_mondays(span.start, span.end):
        for unit in hosts:
            heads = (
                chance.randint(40, 90) if unit.startswith("huyen-uy") else chance.randint(18, 45)
            )
            title = titles.flag_talk(chance)
            yield Record("chao-co", unit, monday, (("luot-nguoi-chao-co", heads),), title)


def _branch_meetings(span: Span) -> Iterator[Record]:
    """In the first days of each month since this work is recorded; some branches come late, a few not at all."""
    chance = span.stream("branch meetings")
    cells = [cell for team in span.teams for cell in team.cells]
    cells += [cell for own in span.structure.direct_cells.values() for cell in own]
    for month in _months(max(span.start, MEETINGS_SINCE), span.end):
        for cell in cells:
            drawn = chance.randrange(100)
            day = chance.randint(1, 5) if drawn < KEPT_IN_100 else chance.randint(6, 15)
            heads = chance.randint(9, 34)
            held = month + dt.timedelta(days=day - 1)
            if drawn < HELD_IN_100 and held < span.end:
                values = (("luot-nguoi-sinh-hoat-chi-bo", heads),)
                yield Record("sinh-hoat-chi-bo", cell, held, values, titles.MEETING)


def _months(start: dt.date, end: dt.date) -> Iterator[dt.date]:
    month = start.replace(day=1)
    while month < end:
        yield month
        month = (month + dt.timedelta(days=32)).replace(day=1)


def _flag_communes(span: Span) -> list[str]:
    old = [team for team in span.structure.old_teams if team.district in FLAG_DISTRICTS]
    if span.start < REFORM:
        return [team.party for team in old]
    kept = {team.party for team in old}
    return [merger.into for merger in span.structure.mergers if kept.issuperset(merger.units)]


def first_mondays(start: dt.date, end: dt.date) -> list[dt.date]:
    """The first Monday of every month of which it falls in the span."""
    days = (start + dt.timedelta(days=number) for number in range((end - start).days))
    return [day for day in days if day.weekday() == MONDAY and day.day <= 7]


def _themes(span: Span) -> Iterator[Record]:
    chance = span.stream("themes")
    cells = [cell for team in span.teams for cell in team.cells]
    for cell in draw.some(chance, cells, span.part(len(cells))):
        typed = (("luot-nguoi-chuyen-de", chance.randint(9, 34)),)
        date = draw.day(chance, span.start, span.end)
        yield Record("sinh-hoat-chuyen-de", cell, date, typed, titles.theme(chance))


def _soldiers(span: Span) -> Iterator[Record]:
    """The seven styles, taught to non-commissioned officers and soldiers."""
    chance = span.stream("soldiers")
    districts = _districts(span.teams) or [""]
    units = [TOPS["quan-su"], *(f"quan-su-{code}" for code in districts if code)]
    for unit in units:
        for style in titles.STYLES[: max(1, span.part(len(titles.STYLES)))]:
            heads = chance.randint(25, 80)
            soldiers = heads * chance.randint(70, 95) // 100
            typed = (("luot-nguoi-chuyen-de", heads), ("chien-si-tham-gia", soldiers))
            date = draw.day(chance, span.start, span.end)
            yield Record("sinh-hoat-chuyen-de", unit, date, typed, f"Học theo Bác: {style}")


def _service(span: Span) -> Iterator[Record]:
    chance = span.stream("service")
    chapters = [chapter for team in span.teams for chapter in team.chapters]
    for chapter in draw.some(chance, chapters, span.part(len(chapters) * 3 // 5)):
        heads = chance.randint(12, 48)
        typed = (("luot-nguoi-lao-dong", heads), ("hoi-vien-tham-gia", heads * 4 // 5))
        date = draw.day(chance, span.start, span.end)
        yield Record("lao-dong", chapter, date, typed, titles.service(chance))


def _visits(span: Span) -> Iterator[Record]:
    """A committee receives another one: counted once, at the host."""
    chance = span.stream("visits")
    order = draw.some(chance, span.teams, span.part(60) + 1)
    for host, guest in pairwise(order):
        if host == guest:
            continue
        typed = (("luot-nguoi-trao-doi", chance.randint(12, 60)),)
        date = draw.day(chance, span.start, span.end)
        yield Record("trao-doi", host.party, date, typed, titles.visit(chance), (guest.party,))


def _launches(span: Span) -> Iterator[Record]:
    """A commune launches a movement, or answers its launch from above."""
    chance = span.stream("launches")
    for team in draw.some(chance, span.teams, span.part(84)):
        typed = (("luot-nguoi-phat-dong", chance.randint(35, 180)),)
        date = draw.day(chance, span.start, span.end)
        yield Record("phat-dong", team.party, date, typed, titles.launch(chance))


def _propaganda(span: Span) -> Iterator[Record]:
    chance = span.stream("propaganda")
    communes = [team.party for team in span.teams]
    women = [team.women for team in span.teams]
    police = [TOPS["cong-an"], *(team.police for team in span.teams)]
    for kind, hosts, count in (
        ("phat-thanh", communes, 160),
        ("mang-xa-hoi", police, 190),
        ("ke-chuyen", women, 120),
        ("toa-dam", communes, 70),
        ("pa-no", communes, 60),
        ("hoi-thi", women, 20),
    ):
        for unit in draw.some(chance, hosts, span.part(count)):
            is_counted = kind in ("ke-chuyen", "toa-dam", "hoi-thi")
            typed = (("luot-nguoi-tuyen-truyen", chance.randint(20, 120)),) if is_counted else ()
            date = draw.day(chance, span.start, span.end)
            yield Record(kind, unit, date, typed, titles.propaganda(kind))


def _documents(span: Span) -> Iterator[Record]:
    chance = span.stream("documents")
    hosts = [PARTY_PROVINCE] * 4 + ["ban-tuyen-giao"] * 6
    hosts += [f"huyen-uy-{code}" for code in _districts(span.teams) * 3]
    hosts += [team.party for team in span.teams]
    for unit in draw.some(chance, hosts, span.part(260)):
        date = draw.day(chance, span.start, span.end)
        yield Record("ban-hanh-van-ban", unit, date, (), titles.document(chance))


KINDS: tuple[Callable[[Span], Iterator[Record]], ...] = (
    _in_person,
    _online,
    _flag_salutes,
    _branch_meetings,
    _themes,
    _soldiers,
    _service,
    _visits,
    _launches,
    _propaganda,
    _documents,
)
