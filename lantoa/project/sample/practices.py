"""Practices of the sample and how they spread, as plain rows: what the article counts comes out at the end of 2023 to the last unit.

499 chapters keep one of six practices of the Women's Union, with 20.000 people; 71 practices are in use with the Police. How they
fall on units, who learned from whom, and everything after 2023 is made up.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from random import Random

from lantoa.project.sample import draw
from lantoa.project.sample.places import districts, printed
from lantoa.project.sample.practice_titles import PARTY, PARTY_STEPS, POLICE, WHY_STOPPED, WOMEN
from lantoa.project.sample.spreading import (
    A_DAY,
    Follower,
    Result,
    Told,
    by_then,
    distance,
    everyone,
    homes,
    settle,
    spread,
    tell,
)
from lantoa.project.sample.structure import POLICE_REFORM, REFORM, TOPS, Structure

# Proposed by the branch of the sample's recorder, and not judged yet.
PROPOSED = (
    (
        "mo-hinh",
        "van-hoa-xa-hoi",
        "Chi bộ nuôi lợn nhựa giúp học sinh nghèo",
        "Mỗi đảng viên một con lợn nhựa, cuối năm mổ mua sách vở, áo ấm cho học sinh của xóm.",
    ),
    (
        "phan-viec",
        "kinh-te",
        "Cùng dân làm đường vào bãi ngô",
        "Mỗi thứ Bảy chi bộ cùng dân làm hai mươi mét đường bê tông, đá có sẵn, công cùng góp.",
    ),
)
PROPOSED_STEPS = ("Bàn trong chi bộ, giao người giữ sổ", "Làm thử ba tháng", "Công khai trước dân")
FIRST, ARTICLE = dt.date(2020, 6, 1), 2023
# Shares of the chapters among the six, the first kept by the most.
WOMEN_SHARES = (34, 21, 12, 17, 9, 7)
# By year: chapters that keep a practice at its end, people in them, chapters that stopped in it.
WOMEN_TOTALS = {2024: (521, 20_940, 8), 2025: (529, 21_350, 12), 2026: (534, 21_780, 7)}
POLICE_TOTALS = {2024: (79, 2), 2025: (81, 2), 2026: (84, 2)}


def practices(
    structure: Structure, shows: Mapping[str, Collection[str]], *, seed: int
) -> list[Told]:
    """All of them, by the day they began.

    Args:
        shows: by unit key, the titles of what it recorded: those who can show a practice are the first to keep it.
    """
    told = [
        *women(structure, shows, seed=seed),
        *police(structure, seed=seed),
        *_party(structure, seed=seed),
    ]
    return sorted(told, key=lambda each: each.start)


# The Women's Union


def women(structure: Structure, shows: Mapping[str, Collection[str]], *, seed: int) -> list[Told]:
    """Six practices, each spreading from a chapter to its neighbours."""
    chance = draw.stream(seed, "women's practices")
    keepers = _keepers(structure, shows, chance)
    told = []
    for called, chapters in zip(WOMEN, _shared_out(keepers, shows, chance), strict=True):
        origin, *others = _from_the_middle(chapters, structure, chance)
        start = FIRST + dt.timedelta(days=chance.randrange(120))
        each = Told(origin, **called._asdict(), start=start)
        settle(each, chance)
        each.followers = spread(
            others, homes(structure), origin, (start, dt.date(ARTICLE, 11, 20)), chance
        )
        told.append(each)
    _count_the_people(told, structure, chance)
    return told


def _keepers(
    structure: Structure, shows: Mapping[str, Collection[str]], chance: Random
) -> list[str]:
    """The article's number of chapters, over the communes by how many chapters each has."""
    counts = draw.spread(
        printed("chi-hoi-co-mo-hinh"), [len(team.chapters) for team in structure.old_teams]
    )
    found = []
    for team, count in zip(structure.old_teams, counts, strict=True):
        order = sorted(
            draw.some(chance, team.chapters, len(team.chapters)),
            key=lambda each: not shows.get(each),
        )
        found += order[:count]
    return found


def _shared_out(
    keepers: Sequence[str], shows: Mapping[str, Collection[str]], chance: Random
) -> list[list[str]]:
    """Each chapter to one practice: one that it has something to show of, as far as its share goes."""
    quotas = draw.spread(len(keepers), WOMEN_SHARES)
    free = draw.some(chance, keepers, len(keepers))
    shared = []
    for called, quota in zip(WOMEN, quotas, strict=True):
        free.sort(key=lambda each, title=called.shown_by: title not in shows.get(each, ()))  # type: ignore[misc]
        shared.append(free[:quota])
        free = free[quota:]
    return shared


def _from_the_middle(units: Sequence[str], structure: Structure, chance: Random) -> list[str]:
    """One of them first, then the others by how near they are to it, more or less."""
    lies = homes(structure)
    origin = chance.choice(units)
    far = {unit: distance(lies[origin], lies[unit]) + 2 * chance.random() for unit in units}
    return sorted(units, key=lambda unit: (unit != origin, far[unit]))


def _count_the_people(told: Sequence[Told], structure: Structure, chance: Random) -> None:
    """The article's people at the end of 2023; before it fewer, after it as the totals say."""
    alive: list[tuple[Follower | Told, list[Result]]] = [
        (who, who.origin if isinstance(who, Told) else who.results)
        for each in told
        for who in everyone(each)
    ]
    people = draw.spread(
        printed("nguoi-tham-gia-mo-hinh"), draw.weights(chance, [40] * len(alive)), least=12
    )
    for (who, results), count in zip(alive, people, strict=True):
        for year in range(who.start.year, ARTICLE):
            tell(who, results, year, count * chance.randint(55, 90) // 100, chance)
        tell(who, results, ARTICLE, count, chance)
    unused = _unused(told, structure, chance)
    for year, (chapters, total, stopping) in WOMEN_TOTALS.items():
        alive = _a_year_on(told, alive, unused, (year, chapters, stopping), chance)
        before = [results[-1][1] if results else 30 for _who, results in alive]
        people = draw.spread(total, draw.weights(chance, before), least=8)
        for (who, results), count in zip(alive, people, strict=True):
            tell(who, results, year, count, chance)


def _a_year_on(
    told: Sequence[Told],
    alive: list[tuple[Follower | Told, list[Result]]],
    unused: list[str],
    wanted: tuple[int, int, int],
    chance: Random,
) -> list[tuple[Follower | Told, list[Result]]]:
    """Some stop, others begin, so that as many keep a practice at the end of the year as are wanted."""
    year, chapters, stopping = wanted
    taught = {
        id(each.followers[who.source]) for each in told for who in each.followers if who.source >= 0
    }
    leaves = [who for who, _ in alive if isinstance(who, Follower) and id(who) not in taught]
    for who in chance.sample(leaves, stopping):
        who.end = dt.date(year, chance.randint(2, 9), chance.randint(1, 28))
        who.reason = chance.choice(WHY_STOPPED)
    kept = [row for row in alive if not (isinstance(row[0], Follower) and row[0].end)]
    for _ in range(max(0, chapters - len(kept))):
        if not unused:
            break
        each = chance.choices(told, WOMEN_SHARES)[0]
        day = dt.date(year, chance.randint(1, 9), chance.randint(1, 28))
        sources = [
            -1,
            *(at for at, who in enumerate(each.followers) if not who.end and who.start <= day),
        ]
        new = Follower(unused.pop(), chance.choice(sources), day)
        each.followers.append(new)
        kept.append((new, new.results))
    return kept


def _unused(told: Sequence[Told], structure: Structure, chance: Random) -> list[str]:
    """Chapters that keep none, in a drawn order."""
    used = {who.unit for each in told for who in everyone(each)}
    chapters = [unit for team in structure.old_teams for unit in team.chapters]
    return draw.some(
        chance, [unit for unit in chapters if unit not in used], len(chapters) - len(used)
    )


# The Police


def police(structure: Structure, *, seed: int) -> list[Told]:
    """71 in use at the end of 2023, as the article says; some stop and more come in each later year."""
    chance = draw.stream(seed, "police")
    units, bases = _police_units(structure)
    counts = draw.spread(printed("mo-hinh"), draw.weights(chance, bases))
    at = [unit for unit, count in zip(units, counts, strict=True) for _ in range(count)]
    names = iter(draw.some(chance, range(len(POLICE) * 3), len(POLICE) * 3))
    told = [_police_one(unit, next(names), (2021, ARTICLE), chance) for unit in at]
    for year, (total, stopping) in POLICE_TOTALS.items():
        _stop_some(told, year, stopping, structure, chance)
        missing = total - sum(not each.stopped for each in told)
        now = _standing_police(structure, year)
        told += [
            _police_one(chance.choice(now), next(names), (year, year), chance)
            for _ in range(missing)
        ]
    for place, each in enumerate(told):
        _spread_among(each, place, [team.police for team in structure.old_teams], structure, chance)
    return told


def _police_units(structure: Structure) -> tuple[list[str], list[int]]:
    offices = [unit.key for unit in structure.units if unit.key.startswith("phong-cong-an-")]
    forces = [f"cong-an-{each.code}" for each in districts()]
    communes = [team.police for team in structure.old_teams]
    units = [TOPS["cong-an"], *offices, *forces, *communes]
    return units, [40, *[12] * len(offices), *[20] * len(forces), *[2] * len(communes)]


def _standing_police(structure: Structure, year: int) -> list[str]:
    """Those that stand the whole year through: new ones begin there."""
    offices = [unit.key for unit in structure.units if unit.key.startswith("phong-cong-an-")]
    teams = structure.old_teams if year < REFORM.year else structure.new_teams
    return [*offices, *([] if year == REFORM.year else [team.police for team in teams])]


def _police_one(unit: str, number: int, years: tuple[int, int], chance: Random) -> Told:
    kind, field_of_it, name, of_what, summary, steps, shown_by = POLICE[number // 3]
    start = dt.date(chance.randint(*years), chance.randint(1, 4), chance.randint(1, 28))
    each = Told(
        unit,
        kind,
        field_of_it,
        name.format(of_what[number % 3]),
        summary,
        steps,
        "Hai cán bộ phụ trách, trưởng xóm cùng làm",
        chance.choice((None, 0, 500_000, 2_000_000, 6_000_000, 15_000_000)),
        shown_by,
        start,
        holder=chance.choice(("tap-the",) * 5 + ("ca-nhan",)),
    )
    settle(each, chance, until=chance.choice(("registered", "appraised", "recognised", "kept")))
    return by_then(each, dt.date(years[1], 11, 10))


def _stop_some(
    told: Sequence[Told], year: int, count: int, structure: Structure, chance: Random
) -> None:
    """Only where somebody is still there to say so."""
    closed = {unit for merger in structure.mergers for unit in merger.units}
    closed |= {ending.unit for ending in structure.endings}
    open_ones = [each for each in told if not each.stopped and each.unit not in closed]
    for each in chance.sample(open_ones, min(count, len(open_ones))):
        each.stopped = dt.date(year, chance.randint(5, 9), chance.randint(1, 28))
        each.kept = None if each.kept and each.kept > each.stopped else each.kept


def _spread_among(
    each: Told, place: int, units: Sequence[str], structure: Structure, chance: Random
) -> None:
    """One in six spreads far, half of them a little, the others not at all."""
    count = chance.randint(24, 60) if place % 24 == 5 else max(0, chance.randint(-5, 7))
    last = min(each.stopped or REFORM, REFORM, POLICE_REFORM) - 40 * A_DAY
    start = each.registered
    if start is None or (last - start).days < 200 or not count:
        return
    lies = homes(structure)
    lies[each.unit] = lies.get(each.unit) or chance.choice(list(lies.values()))
    others = chance.sample([unit for unit in units if unit != each.unit], count)
    others.sort(key=lambda unit: distance(lies[each.unit], lies[unit]) + 3 * chance.random())
    each.followers = spread(others, lies, each.unit, (start, last), chance)
    for who in each.followers:
        for year in (2024, 2026):
            tell(who, who.results, year, chance.randint(6, 60), chance)
        if not who.results and chance.randrange(3) == 0:
            who.end, who.reason = who.start + 90 * A_DAY, chance.choice(WHY_STOPPED)


# The Party


def _party(structure: Structure, *, seed: int) -> Iterator[Told]:
    """Of committees and branches, from 2024 on."""
    chance = draw.stream(seed, "party practices")
    committees = [team.party for team in structure.new_teams]
    branches = [cell for team in structure.old_teams for cell in team.cells]
    for number, (kind, field_of_it, title, summary) in enumerate(PARTY):
        unit = chance.choice(branches)
        start = dt.date(2024 + number % 3, chance.randint(1, 6), chance.randint(1, 28))
        each = Told(
            unit, kind, field_of_it, title, summary, PARTY_STEPS,
            "Cấp ủy phân công một đồng chí theo dõi",
            chance.choice((None, 0, 1_500_000, 8_000_000, 30_000_000)), "", start,
        )  # fmt: skip
        settle(each, chance, until=("registered", "appraised", "recognised")[number % 3])
        by_then(each, dt.date(2026, 10, 20))
        others = (
            [
                *chance.sample([cell for cell in branches if cell != unit], 6),
                *chance.sample(committees, 3),
            ]
            if number % 3 == 0
            else []
        )
        for cell in others:
            day = max(each.start, REFORM) + dt.timedelta(days=chance.randint(30, 300))
            who = Follower(cell, -1, day)
            tell(who, who.results, 2026, chance.randint(8, 80), chance)
            each.followers.append(who)
        yield each


def homes_in_use(told: Iterable[Told], day: dt.date) -> set[str]:
    """The units at which a practice that is registered is in use on a day."""
    return {
        each.unit
        for each in told
        if each.registered and each.registered <= day and not (each.stopped and each.stopped <= day)
    }
