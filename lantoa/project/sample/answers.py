"""What units sent up: sheets answered, nothing to report, and typed totals for what has no records yet.

The totals of 2023 are the article's; how they fall on units, and every other year, is made up and says so in its reason.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lantoa.project.sample import awards, draw, practices
from lantoa.project.sample.history import HANOI, NOW
from lantoa.project.sample.records import NIL_COMMUNE_2026, NIL_COMMUNES_2023
from lantoa.project.sample.structure import DIRECT, PARTY_PROVINCE, TOPS, Structure, Team

MISSING_2026_Q3 = ("01336", "01822")
MEMBERS = "Số đảng viên tại ngày chốt, minh họa; chưa có hồ sơ trong hệ thống."


class Stated(NamedTuple):
    measure: str
    date: dt.date
    total: int
    reason: str


class Answer(NamedTuple):
    """One unit's answer to a sheet. Nil when it says that there is nothing to report."""

    sheet: str
    unit: str
    period: str
    is_nil: bool
    at: dt.datetime
    stated: tuple[Stated, ...] = ()


def answers(structure: Structure, *, seed: int) -> list[Answer]:
    """All answers, by time."""
    told = [
        *_studies(structure, seed),
        *_members(structure, seed),
        *_women(structure, seed),
        *_police(structure, seed),
        *_commended(structure, seed),
        *_party_practices(structure, seed),
    ]
    return sorted(told, key=lambda answer: answer.at)


def _sent(seed: int, sheet: str, period: str, unit: str, day: dt.date) -> dt.datetime:
    """Within twelve days of `day`, in office hours."""
    chance = draw.stream(seed, sheet, period, unit)
    moment = dt.datetime.combine(day, dt.time(8), HANOI)
    moment += dt.timedelta(days=chance.randrange(12), minutes=chance.randrange(9 * 60))
    return min(moment, NOW)


def _after(year: int) -> dt.date:
    return dt.date(year, 12, 20)


def _studies(structure: Structure, seed: int) -> Iterator[Answer]:
    sheet = "hoc-tap-chuyen-de"
    old, new = structure.old_teams, structure.new_teams
    asked: list[tuple[str, dt.date, Sequence[Team], tuple[str, ...], tuple[str, ...]]] = [
        ("2023", _after(2023), old, NIL_COMMUNES_2023, ()),
        ("2024", _after(2024), old, (), ()),
        ("2025-Q3", dt.date(2025, 10, 1), new, (), ()),
        ("2025", _after(2025), new, (), ()),
        ("2026-Q1", dt.date(2026, 4, 1), new, (NIL_COMMUNE_2026,), ()),
        ("2026-Q2", dt.date(2026, 7, 1), new, (NIL_COMMUNE_2026,), ()),
        ("2026-Q3", dt.date(2026, 10, 1), new, (NIL_COMMUNE_2026,), MISSING_2026_Q3),
    ]
    for period, day, teams, nil, missing in asked:
        for team in teams:
            if team.code not in missing:
                at = _sent(seed, sheet, period, team.party, day)
                yield Answer(sheet, team.party, period, team.code in nil, at)


def _members(structure: Structure, seed: int) -> Iterator[Answer]:
    """Members by committee, after the number of its cells: about 60.000 in all, made up."""
    units = [*DIRECT, *(team.party for team in structure.old_teams)]
    cells = [len(structure.direct_cells[key]) for key in DIRECT]
    cells += [len(team.cells) for team in structure.old_teams]
    for year, total in ((2022, 59_600), (2023, 60_150), (2024, 60_700)):
        totals = draw.spread(total, cells)
        for unit, count in zip(units, totals, strict=True):
            at = _sent(seed, "dang-vien", str(year), unit, _after(year))
            stated = Stated("dang-vien", dt.date(year, 12, 31), count, MEMBERS)
            yield Answer("dang-vien", unit, str(year), is_nil=False, at=at, stated=(stated,))


def _women(structure: Structure, seed: int) -> Iterator[Answer]:
    """Filled by the records of their chapters; the levels above keep no practice of their own."""
    sheet = "mo-hinh-phu-nu"
    nil = [TOPS["phu-nu"], *(f"phu-nu-{code}" for code in _districts(structure))]
    for year in (2023, 2024):
        for unit in (*nil, *(team.women for team in structure.old_teams)):
            at = _sent(seed, sheet, str(year), unit, _after(year))
            yield Answer(sheet, unit, str(year), unit in nil, at)


def _police(structure: Structure, seed: int) -> Iterator[Answer]:
    """Filled by the practices in use at each."""
    sheet, told = "mo-hinh-cong-an", practices.police(structure, seed=seed)
    offices = [unit.key for unit in structure.units if unit.key.startswith("phong-cong-an-")]
    districts = [f"cong-an-{code}" for code in _districts(structure)]
    communes = [team.police for team in structure.old_teams]
    for year in (2023, 2024):
        homes = practices.homes_in_use(told, dt.date(year, 12, 31))
        for unit in (TOPS["cong-an"], *offices, *districts, *communes):
            at = _sent(seed, sheet, str(year), unit, _after(year))
            yield Answer(sheet, unit, str(year), unit not in homes, at)


def _commended(structure: Structure, seed: int) -> Iterator[Answer]:
    """Sent from the records of decisions; who commended nobody says so."""
    districts = [f"huyen-uy-{code}" for code in _districts(structure)]
    communes = [team.party for team in structure.old_teams]
    given = awards.givers(structure, seed=seed)
    for year in (2023, 2024):
        for unit in (PARTY_PROVINCE, *districts, *DIRECT, *communes):
            at = _sent(seed, "khen-thuong", str(year), unit, _after(year))
            yield Answer("khen-thuong", unit, str(year), (year, unit) not in given, at)


def _party_practices(structure: Structure, seed: int) -> Iterator[Answer]:
    """Party organisations keep practices of their own from 2024 on (sample/practices.py): for 2023 all say that there are none."""
    units = [f"huyen-uy-{code}" for code in _districts(structure)]
    units += [*DIRECT, *(team.party for team in structure.old_teams)]
    for unit in units:
        at = _sent(seed, "mo-hinh-dang-bo", "2023", unit, _after(2023))
        yield Answer("mo-hinh-dang-bo", unit, "2023", is_nil=True, at=at)


def _districts(structure: Structure) -> list[str]:
    return sorted({team.district for team in structure.old_teams})
