"""A province of two districts in 2023: records, typed totals, one answer that is missing."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path

import lantoa
from lantoa.ledger import actions as ledger
from lantoa.ledger.models import Measure
from lantoa.lib.periods import period
from lantoa.orgs import actions as orgs
from lantoa.orgs.models import Line, Unit
from lantoa.reports import actions as reports
from lantoa.reports import template
from lantoa.reports.models import ReportTemplate
from lantoa.submissions import actions as submissions
from lantoa.submissions.actions import Stated
from lantoa.submissions.models import Sheet
from lantoa.work import actions as work
from lantoa.work.models import Activity, ActivityKind
from tests import make
from tests.make import NOON

PACKAGE = Path(lantoa.__file__).parent
ANNUAL = template.FOLDER / "bao-cao-nam.toml"
PASSAGES = template.FOLDER / "bao-cao-nam-minh-hoa.toml"
YEAR = period("2023")
DAY = dt.date(2024, 1, 5)
END = dt.date(2023, 12, 31)
# Heads at each conference held in one place.
HA_QUANG, ITS_COMMUNE, BAO_LAM = (30, 12), 8, 25
POINTS, ONLINE = 5, 200
CHAPTERS, PEOPLE, POLICE = 4, 120, 3
FROM_PROVINCE, FROM_BELOW = (2, 1), (3, 4)


def passages(**changed: str) -> dict[str, str]:
    """Everything that a person writes."""
    return tomllib.loads(PASSAGES.read_text("utf-8")) | {
        name.replace("_", "-"): text for name, text in changed.items()
    }


@dataclass(frozen=True)
class World:
    province: Unit
    committee: Unit
    districts: tuple[Unit, Unit]
    below: tuple[Unit, Unit]  # the district committees
    communes: tuple[Unit, Unit]  # the communes' committees
    women: Unit
    police: Unit
    template: ReportTemplate


def build() -> World:
    by = make.clerk()
    lines()
    ledger.load_measures(path=PACKAGE / "ledger/measures.toml", by=by, at=NOON)
    work.load_kinds(path=PACKAGE / "work/kinds.toml", by=by, at=NOON)
    submissions.load_sheets(path=PACKAGE / "submissions/sheets.toml", by=by, at=NOON)
    made = units()
    record(made)
    answer(made)
    return made


def lines() -> None:
    for code, name in (
        ("dia-ban", "Địa bàn"),
        ("dang", "Đảng bộ"),
        ("phu-nu", "Hội Phụ nữ"),
        ("cong-an", "Công an"),
    ):
        make.line(code)
        Line.objects.filter(code=code).update(name_vi=name)


def units() -> World:
    province = stand("Tỉnh Cao Bằng", "province", {}, short="Cao Bằng", code="04")
    committee = stand("Tỉnh ủy Cao Bằng", "party_province", {"dia-ban": province, "dang": None})
    districts, below, communes = [], [], []
    for code, name in (("042", "Bảo Lâm"), ("045", "Hà Quảng")):
        district = stand(f"Huyện {name}", "district", {"dia-ban": province}, short=name, code=code)
        party = stand(
            f"Huyện ủy {name}", "party_district", {"dia-ban": district, "dang": committee}
        )
        commune = stand(
            f"Đảng ủy thị trấn {name}", "party_commune", {"dia-ban": district, "dang": party}
        )
        districts.append(district)
        below.append(party)
        communes.append(commune)
    women = stand("Hội LHPN tỉnh", "women", {"dia-ban": province, "phu-nu": None})
    police = stand("Công an tỉnh", "police", {"dia-ban": province, "cong-an": None})
    kept = reports.keep_template(path=ANNUAL, by=make.clerk(), at=NOON)
    return World(
        province, committee, tuple(districts), tuple(below), tuple(communes), women, police, kept
    )


def stand(
    name: str, kind: str, places: dict[str, Unit | None], *, short: str = "", code: str = ""
) -> Unit:
    by = make.clerk()
    made = orgs.open_unit(
        kind=kind, name=name, short_name=short or name, code=code, date=make.START, by=by, at=NOON
    )
    for line, parent in (places or {"dia-ban": None}).items():
        orgs.place(unit=made, line=make.line(line), parent=parent, date=make.START, by=by, at=NOON)
    return made


def record(made: World) -> None:
    bao_lam, ha_quang = made.below
    held("hoi-nghi-truc-tiep", ha_quang, dt.date(2023, 3, 10), heads=HA_QUANG[0])
    held("hoi-nghi-truc-tiep", ha_quang, dt.date(2023, 5, 2), heads=HA_QUANG[1])
    held("hoi-nghi-truc-tiep", made.communes[1], dt.date(2023, 5, 20), heads=ITS_COMMUNE)
    held("hoi-nghi-truc-tiep", bao_lam, dt.date(2023, 4, 4), heads=BAO_LAM)
    work.record(
        kind=ActivityKind.objects.get(code="hoi-nghi-truc-tuyen"),
        unit=made.committee,
        date=dt.date(2023, 2, 20),
        values={"diem-cau": POINTS, "luot-nguoi-truc-tuyen": ONLINE},
        by=make.clerk(),
        at=NOON,
    )


def held(kind: str, unit: Unit, date: dt.date, *, heads: int) -> Activity:
    return work.record(
        kind=ActivityKind.objects.get(code=kind),
        unit=unit,
        date=date,
        values={"luot-nguoi-truc-tiep": heads},
        by=make.clerk(),
        at=NOON,
    )


def answer(made: World) -> None:
    send("hoc-tap-chuyen-de", made.communes[1])
    send(
        "mo-hinh-phu-nu",
        made.women,
        {"chi-hoi-co-mo-hinh": CHAPTERS, "nguoi-tham-gia-mo-hinh": PEOPLE},
    )
    send("mo-hinh-cong-an", made.police, {"mo-hinh": POLICE})
    above = dict(zip(("khen-tinh-tap-the", "khen-tinh-ca-nhan"), FROM_PROVINCE, strict=True))
    send("khen-thuong", made.committee, above)
    lower = dict(zip(("khen-co-so-tap-the", "khen-co-so-ca-nhan"), FROM_BELOW, strict=True))
    send("khen-thuong", made.below[1], lower)


def send(
    sheet: str, unit: Unit, totals: dict[str, int] | None = None, *, is_nil: bool = False
) -> None:
    submissions.send(
        sheet=Sheet.objects.get(code=sheet),
        unit=unit,
        period=YEAR,
        statements=[
            Stated(Measure.objects.get(code=code), END, total, "Chưa có hồ sơ")
            for code, total in (totals or {}).items()
        ],
        is_nil=is_nil,
        by=make.clerk(),
        at=NOON,
    )
