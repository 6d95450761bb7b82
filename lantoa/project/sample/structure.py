"""Units of the sample and what became of them, as plain rows. A key names a unit in these rows and nowhere else.

Every organisation stands in the territory (`dia-ban`); most also in a line of their own. Dates marked "uncertain" are of the
right month or year only.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import NamedTuple

from lantoa.project.sample import draw, places

# Cao Bằng has stood as 10 districts since 01/03/2020.
OPENED = dt.date(2020, 3, 1)
REFORM = dt.date(2025, 7, 1)
REFORM_BASIS = "Nghị quyết 1657/NQ-UBTVQH15"
DISTRICTS_BASIS = "Kết thúc hoạt động của cấp huyện từ ngày 01/07/2025"
# Ended all over the country on this day.
POLICE_REFORM = dt.date(2025, 3, 1)
POLICE_BASIS = "Kết thúc hoạt động của Công an cấp huyện từ ngày 01/03/2025"
# Uncertain: the central merger is of February 2025; the province's own day is not known to us.
OFFICES_REFORM = dt.date(2025, 2, 1)
OFFICES_BASIS = "Hợp nhất Ban Tuyên giáo và Ban Dân vận (ngày minh họa)"

TERRITORY, PARTY, WOMEN, POLICE, MILITARY = "dia-ban", "dang", "phu-nu", "cong-an", "quan-su"
PROVINCE, PARTY_PROVINCE = "tinh", "tinh-uy"
TOPS = {
    PARTY: PARTY_PROVINCE,
    WOMEN: "phu-nu-tinh",
    POLICE: "cong-an-tinh",
    MILITARY: "quan-su-tinh",
}
DIRECT = {
    # After 2025 the first of these gave way to two others, and the Border Guard's went to the Military's.
    "dang-uy-khoi": "Khối các cơ quan và doanh nghiệp tỉnh",
    "dang-uy-quan-su": "Quân sự tỉnh",
    "dang-uy-cong-an": "Công an tỉnh",
    "dang-uy-bien-phong": "Bộ đội Biên phòng tỉnh",
}
POLICE_OFFICES = (
    "Phòng Tham mưu",
    "Phòng Xây dựng phong trào toàn dân bảo vệ an ninh Tổ quốc",
    "Phòng Công tác chính trị",
    "Phòng Tổ chức cán bộ",
    "Phòng Hậu cần",
    "Phòng An ninh nội địa",
    "Phòng Cảnh sát hình sự",
    "Phòng Cảnh sát giao thông",
    "Phòng Cảnh sát cơ động",
    "Phòng Cảnh sát quản lý hành chính về trật tự xã hội",
    "Phòng Cảnh sát phòng cháy, chữa cháy và cứu nạn, cứu hộ",
    "Phòng Quản lý xuất nhập cảnh",
)
# Chance decides below these; a smaller sample would leave communes without a branch.
FEWEST_UNITS = 2_000
CELLS_OF_BRANCHES, DIRECT_OF_CELLS = 65, 10  # per cent
# As many chapters as keep a practice (sample/practices.py), and those that did for a while.
FEWEST_CHAPTERS = 560


class Unit(NamedTuple):
    key: str
    kind: str
    name: str
    short_name: str
    code: str
    opened: dt.date


class Place(NamedTuple):
    """Where a unit stands from its opening, or from a move, on."""

    line: str
    unit: str
    parent: str  # "" for a root
    start: dt.date


class Merger(NamedTuple):
    date: dt.date
    units: tuple[str, ...]
    into: str
    basis: str


class Ending(NamedTuple):
    date: dt.date
    unit: str
    heir: str  # "" for none
    basis: str


class Renaming(NamedTuple):
    date: dt.date
    unit: str
    name: str
    short_name: str
    basis: str


class Team(NamedTuple):
    """The organisations of one commune, by key, while it stands."""

    code: str
    district: str  # code; "" from 2025 on
    label: str
    territory: str
    party: str
    women: str
    police: str
    military: str
    cells: tuple[str, ...]
    chapters: tuple[str, ...]


@dataclass
class Structure:
    units: list[Unit] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    moves: list[Place] = field(default_factory=list)
    mergers: list[Merger] = field(default_factory=list)
    endings: list[Ending] = field(default_factory=list)
    renamings: list[Renaming] = field(default_factory=list)
    old_teams: list[Team] = field(default_factory=list)
    new_teams: list[Team] = field(default_factory=list)
    direct_cells: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def open(
        self,
        key: str,
        kind: str,
        name: str,
        stands: dict[str, str],
        *,
        short: str = "",
        code: str = "",
        on: dt.date = OPENED,
    ) -> str:
        """A unit under the parent it has in each line."""
        self.units.append(Unit(key, kind, name, short or name, code, on))
        self.places += [Place(line, key, parent, on) for line, parent in stands.items()]
        return key


def build(*, seed: int, units: int) -> Structure:
    """About `units` units: all the official ones, and branches to fill up."""
    if units < FEWEST_UNITS:
        raise ValueError(f"the sample needs at least {FEWEST_UNITS} units")
    built = Structure()
    _province(built)
    for district in places.districts():
        _district(built, district)
    cells, chapters = _branches(built, seed=seed, units=units)
    for commune, its_cells, its_chapters in zip(
        places.old_communes(), cells, chapters, strict=True
    ):
        built.old_teams.append(_old_team(built, commune, its_cells, its_chapters))
    _reform(built)
    return built


def _province(built: Structure) -> None:
    built.open(PROVINCE, "province", "Tỉnh Cao Bằng", {TERRITORY: ""}, short="Cao Bằng", code="04")
    at_province = {TERRITORY: PROVINCE}
    built.open(
        PARTY_PROVINCE,
        "party_province",
        "Tỉnh ủy Cao Bằng",
        at_province | {PARTY: ""},
        short="Tỉnh ủy",
    )
    inside = at_province | {PARTY: PARTY_PROVINCE}
    for key, name in DIRECT.items():
        built.open(key, "party_direct", f"Đảng ủy {name}", inside)
    built.open("ban-tuyen-giao", "other", "Ban Tuyên giáo Tỉnh ủy", inside)
    built.open("ban-dan-van", "other", "Ban Dân vận Tỉnh ủy", inside)
    _province_sectors(built, at_province)


def _province_sectors(built: Structure, at_province: dict[str, str]) -> None:
    built.open(
        TOPS[WOMEN],
        "women",
        "Hội Liên hiệp Phụ nữ tỉnh Cao Bằng",
        at_province | {WOMEN: ""},
        short="Hội LHPN tỉnh",
    )
    built.open(
        TOPS[POLICE],
        "police",
        "Công an tỉnh Cao Bằng",
        at_province | {POLICE: ""},
        short="Công an tỉnh",
    )
    built.open(
        TOPS[MILITARY],
        "military",
        "Bộ Chỉ huy Quân sự tỉnh Cao Bằng",
        at_province | {MILITARY: ""},
        short="Bộ CHQS tỉnh",
    )
    for number, office in enumerate(POLICE_OFFICES, start=1):
        stands = at_province | {POLICE: TOPS[POLICE]}
        built.open(
            f"phong-cong-an-{number}", "police", f"{office}, Công an tỉnh", stands, short=office
        )


def _district(built: Structure, district: places.District) -> None:
    code, label = district.code, f"{district.form} {district.name}"
    here = built.open(
        f"huyen-{code}",
        "district",
        label[0].upper() + label[1:],
        {TERRITORY: PROVINCE},
        short=district.name,
        code=code,
    )
    committee = "Thành ủy" if district.form == "thành phố" else "Huyện ủy"
    built.open(
        f"huyen-uy-{code}",
        "party_district",
        f"{committee} {district.name}",
        {TERRITORY: here, PARTY: PARTY_PROVINCE},
    )
    _sectors(built, code, label, here, TOPS, on=OPENED)


def _sectors(
    built: Structure, suffix: str, label: str, here: str, above: dict[str, str], *, on: dt.date
) -> None:
    """Women's Union, Police and Military of a district or a commune."""
    for line, kind, name, short in (
        (WOMEN, "women", "Hội Liên hiệp Phụ nữ", "Hội LHPN"),
        (POLICE, "police", "Công an", "Công an"),
        (MILITARY, "military", "Ban Chỉ huy Quân sự", "Ban CHQS"),
    ):
        stands = {TERRITORY: here, line: above[line]}
        built.open(
            f"{line}-{suffix}", kind, f"{name} {label}", stands, short=f"{short} {label}", on=on
        )


def _branches(built: Structure, *, seed: int, units: int) -> tuple[list[int], list[int]]:
    """How many cells and chapters each commune has; the cells straight below the province are opened here."""
    communes = len(places.old_communes())
    # Per commune before and after: itself, its committee and three sectors; two more direct committees in 2025.
    fixed = len(built.units) + 5 * (communes + len(places.new_communes())) + 2
    cells = min((units - fixed) * CELLS_OF_BRANCHES // 100, units - fixed - FEWEST_CHAPTERS)
    direct = cells * DIRECT_OF_CELLS // 100
    numbers = draw.spread(direct, [5, 2, 2, 1], least=1)
    for (key, name), count in zip(DIRECT.items(), numbers, strict=True):
        built.direct_cells[key] = tuple(
            built.open(
                f"{key}-chi-bo-{number}",
                "party_cell",
                f"Chi bộ {number}, {name}",
                {TERRITORY: PROVINCE, PARTY: key},
                short=f"Chi bộ {number}",
            )
            for number in range(1, count + 1)
        )
    chance = draw.stream(seed, "branches")
    of_communes = draw.spread(cells - direct, draw.weights(chance, [10] * communes), least=1)
    chapters = units - fixed - cells
    return of_communes, draw.spread(chapters, of_communes, least=1)


def _old_team(built: Structure, commune: places.Commune, cells: int, chapters: int) -> Team:
    code, district = commune.code, commune.district
    above = {line: f"{line}-{district}" for line in (WOMEN, POLICE, MILITARY)}
    above |= {TERRITORY: f"huyen-{district}", PARTY: f"huyen-uy-{district}"}
    team = _team(built, commune, suffix=code, above=above, on=OPENED)
    return team._replace(
        district=district,
        cells=tuple(
            built.open(
                f"chi-bo-{code}-{number}",
                "party_cell",
                f"Chi bộ {number}, {team.label}",
                {TERRITORY: team.territory, PARTY: team.party},
                short=f"Chi bộ {number}",
            )
            for number in range(1, cells + 1)
        ),
        chapters=tuple(
            built.open(
                f"chi-hoi-{code}-{number}",
                "women_chapter",
                f"Chi hội Phụ nữ {number}, {team.label}",
                {TERRITORY: team.territory, WOMEN: team.women},
                short=f"Chi hội {number}",
            )
            for number in range(1, chapters + 1)
        ),
    )


def _team(
    built: Structure, commune: places.Commune, *, suffix: str, above: dict[str, str], on: dt.date
) -> Team:
    """A commune with its Party committee and sectors, without branches yet."""
    label = f"{commune.form} {commune.name}"
    here = built.open(
        f"xa-{suffix}",
        "commune",
        label[0].upper() + label[1:],
        {TERRITORY: above[TERRITORY]},
        short=commune.name,
        code=commune.code,
        on=on,
    )
    party = built.open(
        f"dang-uy-{suffix}",
        "party_commune",
        f"Đảng ủy {label}",
        {TERRITORY: here, PARTY: above[PARTY]},
        on=on,
    )
    _sectors(built, suffix, label, here, above, on=on)
    women, police, military = (f"{line}-{suffix}" for line in (WOMEN, POLICE, MILITARY))
    return Team(commune.code, "", label, here, party, women, police, military, (), ())


def _reform(built: Structure) -> None:
    """What became of the units in 2025."""
    built.renamings.append(
        Renaming(
            OFFICES_REFORM,
            "ban-tuyen-giao",
            "Ban Tuyên giáo và Dân vận Tỉnh ủy",
            "Ban Tuyên giáo và Dân vận Tỉnh ủy",
            OFFICES_BASIS,
        )
    )
    built.endings.append(Ending(OFFICES_REFORM, "ban-dan-van", "ban-tuyen-giao", OFFICES_BASIS))
    _reform_police(built)
    _reform_communes(built)
    _reform_direct(built)
    for district in places.districts():
        for key in (
            f"huyen-uy-{district.code}",
            f"{WOMEN}-{district.code}",
            # Uncertain: the Military's district commands became area defence commands; details are not known to us.
            f"{MILITARY}-{district.code}",
            f"huyen-{district.code}",
        ):
            built.endings.append(Ending(REFORM, key, "", DISTRICTS_BASIS))


def _reform_police(built: Structure) -> None:
    for team in built.old_teams:
        built.moves.append(Place(POLICE, team.police, TOPS[POLICE], POLICE_REFORM))
    for district in places.districts():
        built.endings.append(
            Ending(POLICE_REFORM, f"{POLICE}-{district.code}", TOPS[POLICE], POLICE_BASIS)
        )


def _reform_communes(built: Structure) -> None:
    before: dict[str, list[Team]] = {}
    for commune, team in zip(places.old_communes(), built.old_teams, strict=True):
        before.setdefault(commune.merged_into, []).append(team)
    above = TOPS | {TERRITORY: PROVINCE}
    for commune in places.new_communes():
        old = before[commune.code]
        new = _team(built, commune, suffix=f"moi-{commune.code}", above=above, on=REFORM)
        for part in ("territory", "party", "women", "police", "military"):
            olds = tuple(getattr(team, part) for team in old)
            built.mergers.append(Merger(REFORM, olds, getattr(new, part), REFORM_BASIS))
        cells = tuple(cell for team in old for cell in team.cells)
        chapters = tuple(chapter for team in old for chapter in team.chapters)
        built.new_teams.append(new._replace(cells=cells, chapters=chapters))


def _reform_direct(built: Structure) -> None:
    """Uncertain days: two new committees straight below the province, and the Border Guard's under the Military's."""
    inside = {TERRITORY: PROVINCE, PARTY: PARTY_PROVINCE}
    party = built.open(
        "dang-uy-co-quan-dang", "party_direct", "Đảng ủy các cơ quan Đảng tỉnh", inside, on=REFORM
    )
    state = built.open(
        "dang-uy-ubnd", "party_direct", "Đảng ủy Ủy ban nhân dân tỉnh", inside, on=REFORM
    )
    for number, cell in enumerate(built.direct_cells["dang-uy-khoi"]):
        built.moves.append(Place(PARTY, cell, (party, state)[number % 2], REFORM))
    for cell in built.direct_cells["dang-uy-bien-phong"]:
        built.moves.append(Place(PARTY, cell, "dang-uy-quan-su", REFORM))
    basis = "Sắp xếp đảng bộ trực thuộc Tỉnh ủy (ngày minh họa)"
    built.endings.append(Ending(REFORM, "dang-uy-khoi", PARTY_PROVINCE, basis))
    built.endings.append(Ending(REFORM, "dang-uy-bien-phong", "dang-uy-quan-su", basis))
