"""A small province for the pages: two districts, six communes that become three, cells, a women's line, records, a report."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from pathlib import Path

import lantoa
from lantoa.awards.models import Award, Decision, Nomination
from lantoa.ledger import actions as ledger
from lantoa.ledger.models import Measure
from lantoa.lib import symbols
from lantoa.lib.periods import period
from lantoa.orgs import actions as orgs
from lantoa.orgs.changes import Dissolution, Merger, NewPlace, NewUnit
from lantoa.orgs.models import Line, Unit
from lantoa.plans.actions import directives
from lantoa.plans.drafts import DirectiveDraft, Related
from lantoa.plans.models import Directive
from lantoa.reports import actions as reports
from lantoa.reports.models import Report
from lantoa.submissions import actions as submissions
from lantoa.submissions.actions import Stated
from lantoa.submissions.models import Sheet
from lantoa.work import actions as work
from lantoa.work.models import Activity, ActivityKind
from tests import make

PACKAGE = Path(lantoa.__file__).parent
START = dt.date(2020, 3, 1)
REFORM = dt.date(2025, 7, 1)
EVE = dt.datetime(2024, 1, 10, 5, tzinfo=dt.UTC)
HOSTILE = "Xã <script>alert(x)</script> =cmd|'/C'!A"
LINES = [
    ("dia-ban", "territory", "Theo địa bàn", "By territory"),
    ("dang", "sector", "Đảng", "Party"),
    ("phu-nu", "sector", "Phụ nữ", "Women's Union"),
    ("cong-an", "sector", "Công an", "Police"),
]
DISTRICTS = [("045", "Huyện Hà Quảng"), ("043", "Huyện Bảo Lạc")]
# code, name, district, new commune's key
OLD = [
    ("01357", "Xã Thanh Long", "045", "thanh-long"),
    ("01358", "Xã Ngọc Động", "045", "thanh-long"),
    ("01359", "Xã Yên Sơn", "043", "thanh-long"),
    ("01360", "Xã Cần Yên", "045", "can-yen"),
    ("01361", "Xã Lương Thông", "045", "can-yen"),
    ("01362", HOSTILE, "043", "can-yen"),
]
NEW = [("thanh-long", "01357", "Xã Thanh Long"), ("can-yen", "01360", "Xã Cần Yên")]


@dataclass
class World:
    province: Unit
    districts: dict[str, Unit]
    old: dict[str, Unit]
    new: dict[str, Unit]
    parties: dict[str, Unit]
    activities: list[Activity]
    report: Report | None = None


def build() -> World:
    by = make.clerk()
    for position, (code, kind, vi, en) in enumerate(LINES):
        Line.objects.create(code=code, kind=kind, name_vi=vi, name_en=en, position=position)
    ledger.load_measures(path=PACKAGE / "ledger/measures.toml", by=by, at=make.NOON)
    work.load_kinds(path=PACKAGE / "work/kinds.toml", by=by, at=make.NOON)
    submissions.load_sheets(path=PACKAGE / "submissions/sheets.toml", by=by, at=make.NOON)
    opened = orgs.load(units=_units(), date=START, by=by, at=make.NOON)
    world = World(
        province=opened["tinh"],
        districts={code: opened[code] for code, _name in DISTRICTS},
        old={code: opened[code] for code, *_rest in OLD},
        new={},
        parties={code: opened[f"dang-{code}"] for code, *_rest in OLD},
        activities=[],
    )
    _reform(world)
    _records(world)
    _answers(world)
    _issue(world)
    direct(world.province, Line.objects.get(code="dia-ban"))
    return world


def _units() -> list[NewUnit]:
    land, party = Line.objects.get(code="dia-ban"), Line.objects.get(code="dang")
    made = [
        NewUnit("tinh", "province", "Tỉnh Cao Bằng", "Cao Bằng", "04", places=[NewPlace(land, None)]),
        NewUnit("tinh-uy", "party_province", "Tỉnh ủy Cao Bằng", "Tỉnh ủy", places=[
            NewPlace(land, "tinh"), NewPlace(party, None)]),
    ]  # fmt: skip
    for code, name in DISTRICTS:
        made.append(NewUnit(code, "district", name, name, code, places=[NewPlace(land, "tinh")]))
    for code, name, district, _into in OLD:
        made.append(NewUnit(code, "commune", name, name, code, places=[NewPlace(land, district)]))
        made.append(
            NewUnit(
                f"dang-{code}",
                "party_commune",
                f"Đảng ủy {name.lower()}"[:100],
                places=[NewPlace(land, code), NewPlace(party, "tinh-uy")],
            )
        )
    return made


def _reform(world: World) -> None:
    land, party = Line.objects.get(code="dia-ban"), Line.objects.get(code="dang")
    tinh_uy = Unit.objects.get(kind="party_province")
    opened = []
    for key, code, name in NEW:
        opened.append(
            NewUnit(key, "commune", name, name, code, places=[NewPlace(land, world.province)])
        )
        opened.append(
            NewUnit(
                f"dang-{key}",
                "party_commune",
                f"Đảng ủy {name.lower()}",
                places=[NewPlace(land, key), NewPlace(party, tinh_uy)],
            )
        )
    ended: list[Merger | Dissolution] = []
    for key, _code, _name in NEW:
        ended.append(Merger([world.old[c] for c, _n, _d, into in OLD if into == key], key))
        ended.append(
            Merger([world.parties[c] for c, _n, _d, into in OLD if into == key], f"dang-{key}")
        )
    ended += [Dissolution(unit) for unit in world.districts.values()]
    world.new = orgs.reorganise(
        date=REFORM, by=make.clerk(), at=make.NOON, opened=opened, ended=ended,
        basis="Nghị quyết 1657/NQ-UBTVQH15",
    )  # fmt: skip


def hold(unit: Unit, date: dt.date, *, people: int = 30, at: dt.datetime = make.NOON) -> Activity:
    """A conference more, at a Party committee."""
    kind = ActivityKind.objects.get(code="hoi-nghi-truc-tiep")
    values = {"luot-nguoi-truc-tiep": people}
    return work.record(kind=kind, unit=unit, date=date, values=values, by=make.clerk(), at=at)


def _records(world: World) -> None:
    """In 2023 each old commune's Party committee held as many conferences as its place in the list, 30 people each."""
    kind = ActivityKind.objects.get(code="hoi-nghi-truc-tiep")
    by = make.clerk()
    for at, unit in enumerate(world.parties.values(), start=1):
        for month in range(1, at + 1):
            world.activities.append(
                work.record(
                    kind=kind,
                    unit=unit,
                    date=dt.date(2023, month, 9),
                    values={"luot-nguoi-truc-tiep": 30, "dang-vien-tham-gia": 20},
                    title="Học tập chuyên đề năm 2023",
                    by=by,
                    at=EVE,
                )
            )
    hold(world.parties["01357"], dt.date(2022, 5, 9), people=25, at=EVE)
    hold(world.new["dang-can-yen"], dt.date(2026, 2, 2), people=40)
    work.correct(
        activity=world.activities[0], seen=1, values={"luot-nguoi-truc-tiep": 35, "dang-vien-tham-gia": 20},
        reason="Đếm lại danh sách dự", by=by, at=EVE + dt.timedelta(hours=1),
    )  # fmt: skip


def _answers(world: World) -> None:
    """Five of six answered for 2023; one of them that nothing happened; two state what they have no records of."""
    by, end = make.clerk(), dt.date(2023, 12, 31)
    sheet = Sheet.objects.get(code="hoc-tap-chuyen-de")
    members = Sheet.objects.get(code="dang-vien")
    people = Measure.objects.get(code="dang-vien")
    practices = Sheet.objects.get(code="mo-hinh-dang-bo")
    for at, unit in enumerate(list(world.parties.values())[:5]):
        submissions.send(sheet=sheet, unit=unit, period="2023", is_nil=False, by=by, at=EVE)
        said = [Stated(people, end, 100 + at, "Số đảng viên theo sổ")]
        submissions.send(sheet=members, unit=unit, period="2023", statements=said, by=by, at=EVE)
    said = [Stated(Measure.objects.get(code="mo-hinh"), end, 7, "Chưa có hồ sơ mô hình")]
    submissions.send(
        sheet=practices, unit=world.parties["01357"], period="2023", statements=said, by=by, at=EVE
    )


def _issue(world: World) -> None:
    by = make.clerk()
    template = reports.keep_template(
        path=PACKAGE / "reports/templates_data/bao-cao-nam.toml", by=by, at=make.NOON
    )
    passages = PACKAGE / "reports/templates_data/bao-cao-nam-minh-hoa.toml"
    world.report = reports.issue(
        template=template,
        unit=Unit.objects.get(kind="party_province"),
        scope=world.province,
        period=period("2023"),
        date=dt.date(2024, 1, 18),
        by=by,
        at=make.NOON,
        prose=tomllib.loads(passages.read_text("utf-8")),
    )


def direct(province: Unit, line: Line) -> None:
    """The directive and the conclusion that continues it, both from outside, both public."""
    topic = "đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh"
    above: list[Related] = []
    for code, date, extract in (
        ("05-CT/TW", dt.date(2016, 5, 15), f"Về {topic}"),
        ("01-KL/TW", dt.date(2021, 5, 18), f"Về tiếp tục thực hiện Chỉ thị số 05-CT/TW về {topic}"),
    ):
        symbol = symbols.read(code)
        draft = DirectiveDraft(
            unit=province, symbol=symbol, kind=symbol.kinds[0], date=date, extract=extract, line=line,
            issuer="Bộ Chính trị", is_public=True, related=above,
        )  # fmt: skip
        above = [Related("continues", directives.file(draft=draft, by=make.clerk(), at=make.NOON))]


def honour(world: World) -> Decision:
    """A public decision: a collective, one who has agreed, one who has not, one whose award was revoked."""
    unit, by = Unit.objects.get(kind="party_province"), make.clerk()
    decision = Decision.objects.create(
        unit=unit,
        number=1,
        date=dt.date(2023, 11, 23),
        series_date=START,
        form="bang-khen",
        achievement="Thành tích xuất sắc",
        signer_post="Phó Bí thư",
        issued_at=make.NOON,
        issued_by=by,
    )
    for position, name in enumerate(("", "Cá nhân số 1", "Cá nhân số 2", "Cá nhân số 3"), start=1):
        nomination = Nomination.objects.create(
            unit=unit,
            decider=unit,
            level="province",
            kind="individual" if name else "collective",
            form="bang-khen",
            recipient=world.parties["01357"],
            name=name,
            is_direct_worker=True if name else None,
            achievement="Thành tích xuất sắc",
            called=name or "Đảng ủy xã thanh long",
            folded="",
            state="decided",
            recorded_at=make.NOON,
            recorded_by=by,
        )
        is_revoked = name == "Cá nhân số 3"
        Award.objects.create(
            nomination=nomination,
            decision=decision,
            position=position,
            published_at=None if name == "Cá nhân số 2" else make.NOON,
            revoked_at=make.NOON if is_revoked else None,
            revoked_by=by if is_revoked else None,
            revoked_reason="Khai chưa đúng" if is_revoked else "",
        )
    return decision


def pages(world: World) -> list[str]:
    """The address of every kind of page at least once, with its states; also those that say what is wrong."""
    figure, commune = "/so-lieu/hoi-nghi-truc-tiep/", world.new["can-yen"].pk
    honoured = honour(world).pk
    found = [
        "/",
        "/gioi-thieu/",
        "/ho-tro-tiep-can/",
        "/du-lieu-ca-nhan/",
        "/so-do-trang/",
        "/thanh-phan/",
        "/so-lieu/?ky=2023",
        figure + "?ky=2023",
        figure + "?ky=2023&xem=bang&so-voi=cung-ky",
        figure + "?ky=2023&xem=xu-huong&moc=2025-07-01",
        figure + f"?ky=2025&don-vi={world.districts['045'].pk}&so-voi=cung-ky",
        "/so-lieu/kiem-tra/?ky=2023",
        figure + "ho-so/?ky=2023",
        figure + "ho-so/?ky=2023&xem=don-vi",
        figure + "ho-so/?ky=2023&xem=thang",
        figure + "ho-so/?ky=2023&xem=cach-dem",
        "/so-lieu/luot-nguoi-truc-tiep/ho-so/?ky=2023&xem=sua",
        "/so-lieu/mo-hinh/ho-so/?ky=2023",
        "/so-lieu/ty-le-dang-vien-tham-gia/ho-so/?ky=2023",
        "/don-vi/",
        f"/don-vi/?ngay=2024-01-18&don-vi={world.districts['045'].pk}",
        "/don-vi/?tim=can+yen",
        "/don-vi/?tim=khong+thay",
        f"/don-vi/{commune}-xa-can-yen/",
        f"/don-vi/{world.old['01362'].pk}/",
        "/van-ban/",
        "/van-ban/?tim=khong+co",
        *(f"/van-ban/{each.pk}/" for each in Directive.objects.order_by("pk")[:1]),
        "/vinh-danh/",
        "/vinh-danh/?ai=individual&he=phu-nu",
        "/vinh-danh/lay-y-kien/",
        f"/vinh-danh/{honoured}/",
        f"/vinh-danh/{honoured}/2/",
        f"/vinh-danh/{honoured}/4/",
        "/bao-cao/",
        f"/bao-cao/{world.report.pk}/" if world.report else "/bao-cao/",
        "/khong-co/",
        figure + "?ky=sai",
    ]
    return [*found, *("/en" + path for path in found)]
