"""A small province with a reform in it: five communes of two districts become two on 01/07/2025."""

import datetime as dt
from dataclasses import dataclass

from lantoa.orgs import actions
from lantoa.orgs.changes import Dissolution, Merger, NewPlace, NewUnit
from lantoa.orgs.models import Line, Unit
from tests import kept, make

OPENING = dt.date(2020, 1, 1)
REFORM = dt.date(2025, 7, 1)
BASIS = "Nghị quyết 1657/NQ-UBTVQH15"
COMMUNES = {"A1": "01273", "A2": "01267", "A3": "01696", "B1": "01700", "B2": "01701"}


@dataclass(frozen=True)
class World:
    territory: Line
    party: Line
    women: Line
    units: dict[str, Unit]

    def __getitem__(self, key: str) -> Unit:
        return self.units[key]


def small_province(*, reformed: bool = True) -> World:
    """Districts A (A1, A2, A3) and B (B1, B2), each commune with a Party committee, a cell and a women's branch.

    After the reform the new commune N takes A1, A2 and B1 (and A1's code under another name), M takes A3 and B2.
    """
    return kept.once(_built, reformed=reformed)


def _built(*, reformed: bool) -> World:
    territory, party, women = make.line(), make.line("dang"), make.line("phu-nu")
    by = make.clerk()
    rows = [
        NewUnit("P", "province", "Tỉnh", code="04", places=[NewPlace(territory, None)]),
        NewUnit(
            "TU",
            "party_province",
            "Tỉnh ủy",
            places=[NewPlace(territory, "P"), NewPlace(party, None)],
        ),
        NewUnit("W", "women", "Hội tỉnh", places=[NewPlace(territory, "P"), NewPlace(women, None)]),
    ]
    for district, code in (("A", "040"), ("B", "051")):
        rows.append(
            NewUnit(
                district,
                "district",
                f"Huyện {district}",
                code=code,
                places=[NewPlace(territory, "P")],
            )
        )
    for commune, code in COMMUNES.items():
        rows += commune_rows(commune, f"Xã {commune}", code, commune[0], territory, party, women)
    units = actions.load(units=rows, date=OPENING, by=by, at=make.NOON)
    world = World(territory, party, women, units)
    if reformed:
        reform(world)
    return world


def commune_rows(key, name, code, under, territory, party, women, *, with_branches=True):
    rows = [
        NewUnit(key, "commune", name, code=code, places=[NewPlace(territory, under)]),
        NewUnit(
            f"{key}.du",
            "party_commune",
            f"Đảng ủy {name}",
            places=[NewPlace(territory, key), NewPlace(party, "TU")],
        ),
    ]
    if not with_branches:
        return rows
    return [
        *rows,
        NewUnit(
            f"{key}.cb",
            "party_cell",
            f"Chi bộ 1, {name}",
            places=[NewPlace(territory, key), NewPlace(party, f"{key}.du")],
        ),
        NewUnit(
            f"{key}.pn",
            "women_chapter",
            f"Chi hội 1, {name}",
            places=[NewPlace(territory, key), NewPlace(women, "W")],
        ),
    ]


def reform(world: World) -> None:
    new = []
    taken = {"N": ("A1", "A2", "B1"), "M": ("A3", "B2")}
    for key, code in (("N", "01273"), ("M", "01696")):
        rows = commune_rows(key, f"Xã {key}", code, "", *lines(world), with_branches=False)
        new.append(rows[0]._replace(places=[NewPlace(world.territory, world["P"])]))
        new.append(
            rows[1]._replace(
                places=[NewPlace(world.territory, key), NewPlace(world.party, world["TU"])]
            )
        )
    endings = [
        Merger([world[f"{old}{suffix}"] for old in olds], f"{key}{suffix}")
        for key, olds in taken.items()
        for suffix in ("", ".du")
    ]
    endings += [Dissolution(world[district]) for district in ("A", "B")]
    opened = actions.reorganise(
        date=REFORM, by=make.clerk(), at=make.NOON, opened=new, ended=endings, basis=BASIS
    )
    world.units.update(opened)


def lines(world: World) -> tuple[Line, Line, Line]:
    return world.territory, world.party, world.women
