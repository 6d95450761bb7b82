"""Directives, the programme with its themes and objectives, and movements of the sample: three living years, 2023, 2025, 2026.

Facts are what SEED.md and DOMAIN.md state: Directive 05-CT/TW, Conclusion 01-KL/TW, Resolution 1657/NQ-UBTVQH15, the theme of
2023 under its full title, the ten movements by name, the seven styles, and that there are 3, 3, 5 and 3 objectives. All that
is local (numbers, days, what each unit did, what the objectives say) is illustrative and says so.
"""

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import docx
from docx.shared import Mm

import lantoa.plans
from lantoa.lib import symbols
from lantoa.orgs.models import Line, Person, Unit
from lantoa.plans.actions import directives, movements, programmes
from lantoa.plans.drafts import Asked, DirectiveDraft, Related
from lantoa.plans.models import Directive, Objective, Programme
from lantoa.plans.queries.programmes import topics
from lantoa.project.sample import draw, places
from lantoa.project.sample.history import NOW
from lantoa.project.sample.structure import (
    MILITARY,
    OPENED,
    PARTY,
    PARTY_PROVINCE,
    POLICE,
    PROVINCE,
    REFORM,
    TERRITORY,
    TOPS,
    WOMEN,
    Structure,
    Team,
)

YEARS = (2023, 2025, 2026)
# What goes up or stays within a house: not for the public pages.
WITHIN = ("report", "letter")
IN_TIME, LATE = 88, 7  # per cent; the rest did not
JOINING = 20  # communes a movement
LAST_ARTICLE_DAY = dt.date(2023, 12, 31)
CITY = "040"
# Source: Báo Cao Bằng, 18/01/2024.
OF_2023 = (
    "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh, phát huy truyền thống quê hương cội nguồn cách mạng, "
    "khơi dậy ý chí tự lực, tự cường, khát vọng xây dựng Cao Bằng phát triển bền vững"
)
THEMES = {
    2023: OF_2023,
    2025: "Học và làm theo Bác về gần dân, sát cơ sở (chuyên đề minh họa)",
    2026: "Học và làm theo Bác về nói đi đôi với làm (chuyên đề minh họa)",
}
PROGRAMME = "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh"
# Name, whether a campaign. Source: Báo Cao Bằng, 18/01/2024; which is which, DOMAIN.md 1.3.
MOVEMENTS = (
    ("Toàn dân đoàn kết xây dựng đời sống văn hóa", True),
    ("Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh", True),
    ("Cả nước chung sức xây dựng nông thôn mới", False),
    ("Doanh nghiệp Việt Nam hội nhập và phát triển", False),
    ("Cả nước chung tay vì người nghèo - Không để ai bị bỏ lại phía sau", False),
    ("Toàn dân bảo vệ an ninh Tổ quốc", False),
    ("Toàn dân tham gia bảo vệ chủ quyền lãnh thổ, an ninh biên giới quốc gia trong tình hình mới", False),
    ("Dân vận khéo", False),
    ("Nông dân sản xuất, kinh doanh giỏi", False),
)  # fmt: skip
OF_TRUNG_KHANH = "Đoàn kết, kỷ cương, gương mẫu, chủ động đổi mới, sáng tạo, khát vọng phát triển"
TRUNG_KHANH = "047"
NAMED = "Tên theo Báo Cao Bằng, 18/01/2024; ngày phát động và đơn vị tham gia là minh họa."
OUTLINE = (
    "Mỗi đơn vị có kế hoạch năm, gửi cấp trên trực tiếp đúng hạn.",
    "Mỗi đơn vị chọn một hoặc hai nhiệm vụ trọng tâm, ghi rõ ai làm, làm gì, bao giờ xong, sản phẩm là gì.",
    "Quán triệt tới chi bộ; ghi hồ sơ ngay khi làm xong, không gõ lại khi báo cáo.",
)
SIGNERS = ("Bí thư", "Phó bí thư thường trực")
Kind = Objective.Kind
OBJECTIVES = {
    Kind.KEY_PROGRAMME: ("Phát triển hạ tầng", "Nông nghiệp hàng hóa", "Du lịch – dịch vụ"),
    Kind.BREAKTHROUGH: ("Nguồn nhân lực", "Chuyển đổi số", "Cải cách hành chính"),
    Kind.ADVANTAGE: ("Cửa khẩu", "Du lịch", "Nông sản đặc hữu", "Rừng", "Khoáng sản"),
    Kind.BOTTLENECK: ("Giao thông", "Thủ tục đầu tư", "Chất lượng cán bộ cơ sở"),
}


class Books(NamedTuple):
    """What the loading works with: units and lines by key, and who writes."""

    placed: Mapping[str, Unit]
    lines: Mapping[str, Line]
    by: Person


def load(
    built: Structure,
    placed: Mapping[str, Unit],
    lines: Mapping[str, Line],
    by: Person,
    *,
    seed: int,
) -> Iterator[tuple[int, int]]:
    """Yields how many steps of how many."""
    books = Books(placed, lines, by)
    conclusion = _from_the_centre(books)
    programme = _programme(books, conclusion)
    _objectives(books)
    for done, year in enumerate(YEARS, start=1):
        plan = _year(built, books, conclusion, year, seed)
        name = f"{plan.code.replace('/', '-')}.docx"
        directives.attach(
            directive=plan, name=name, content=_paper(plan, THEMES[year]), by=by, at=NOW
        )
        programmes.set_theme(
            programme=programme, unit=placed[PARTY_PROVINCE], year=year, title=THEMES[year],
            directive=plan, by=by, at=NOW,
        )  # fmt: skip
        yield done, len(YEARS) + 1
    _movements(built, books, programme, seed)
    yield len(YEARS) + 1, len(YEARS) + 1


def _paper(plan: Directive, theme: str) -> bytes:
    """A plan of the province as a file: its outline, in our words, and it says that it is made up."""
    paper, content = docx.Document(), io.BytesIO()
    paper.sections[0].page_width, paper.sections[0].page_height = Mm(210), Mm(297)
    paper.add_heading(f"Kế hoạch số {plan.code}", 1)
    paper.add_paragraph("Văn bản minh họa của tỉnh mẫu, không phải văn bản thật.")
    paper.add_paragraph(f"Chuyên đề năm {plan.date.year}: {theme}.")
    for each in OUTLINE:
        paper.add_paragraph(each, style="List Number")
    paper.save(content)
    return content.getvalue()


def _draft(
    books: Books,
    unit: str,
    line: str,
    code: str,
    date: dt.date,
    extract: str,
    *,
    kind: str = "",
    issuer: str = "",
    related: Sequence[Related] = (),
    asked: Sequence[Asked] = (),
) -> DirectiveDraft:
    symbol = symbols.read(code)
    drawn_up = kind or symbol.kinds[0]
    return DirectiveDraft(
        unit=books.placed[unit], symbol=symbol, kind=drawn_up, date=date, extract=extract,
        line=books.lines[line], issuer=issuer, signer=_signer(line, date, issuer), related=related, asked=asked,
        is_public=drawn_up not in WITHIN,
    )  # fmt: skip


def _signer(line: str, date: dt.date, issuer: str) -> str:
    """A post, never a name; whoever signed what came from outside is not made up."""
    return "" if issuer or line != PARTY else SIGNERS[date.day % len(SIGNERS)]


def _file(books: Books, *drafts: DirectiveDraft) -> list[Directive]:
    return directives.file_many(drafts=drafts, by=books.by, at=NOW)


def _from_the_centre(books: Books) -> Directive:
    """The directive and the conclusion that continues it, and the resolution that redrew the communes."""
    centre = "Bộ Chính trị"
    [first] = _file(
        books,
        _draft(
            books, PARTY_PROVINCE, PARTY, "05-CT/TW", dt.date(2016, 5, 15),
            "Về đẩy mạnh học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh", issuer=centre,
        ),
    )  # fmt: skip
    conclusion, _ = _file(
        books,
        _draft(
            books, PARTY_PROVINCE, PARTY, "01-KL/TW", dt.date(2021, 5, 18),
            "Về tiếp tục thực hiện Chỉ thị số 05-CT/TW về đẩy mạnh học tập và làm theo tư tưởng, đạo đức, "
            "phong cách Hồ Chí Minh", issuer=centre, related=[Related("continues", first)],
        ),
        _draft(
            books, PROVINCE, TERRITORY, "1657/NQ-UBTVQH15", dt.date(2025, 6, 16),
            "Về việc sắp xếp các đơn vị hành chính cấp xã của tỉnh Cao Bằng năm 2025",
            issuer="Ủy ban Thường vụ Quốc hội",
        ),
    )  # fmt: skip
    return conclusion


def _programme(books: Books, conclusion: Directive) -> Programme:
    told = {"by": books.by, "at": NOW}
    file = Path(lantoa.plans.__path__[0]) / "topics.toml"
    programmes.load_topics(path=file, by=books.by, at=NOW)
    made = programmes.found(
        unit=books.placed[PARTY_PROVINCE], name=PROGRAMME, start_date=conclusion.date,
        directive=conclusion, by=books.by, at=NOW,
    )  # fmt: skip
    for kind, name, date in (
        ("two_years", "2 năm thực hiện Kết luận số 01-KL/TW", dt.date(2023, 5, 18)),
        ("mid_term", "Giữa nhiệm kỳ đại hội Đảng các cấp 2020 - 2025 (ngày minh họa)", dt.date(2023, 6, 30)),
        ("five_years", "5 năm thực hiện Kết luận số 01-KL/TW (minh họa)", dt.date(2026, 5, 18)),
    ):  # fmt: skip
        programmes.set_milestone(programme=made, kind=kind, name=name, date=date, **told)  # type: ignore[arg-type]
    programmes.set_theme(
        programme=made, unit=books.placed[TOPS[MILITARY]], year=2023, topics=topics(),
        title="Học tập và làm theo các phong cách của Bác (chuyên đề của hạ sĩ quan, chiến sĩ)",
        by=books.by, at=NOW,
    )  # fmt: skip
    return made


def _objectives(books: Books) -> None:
    for name, ordinal, start, end in (
        ("2020-2025", "XIX", dt.date(2020, 10, 1), dt.date(2025, 9, 1)),
        ("2025-2030", "XX", dt.date(2025, 9, 1), None),
    ):
        term = programmes.open_term(
            level="province", name=name, ordinal=ordinal, start_date=start, end_date=end,
            by=books.by, at=NOW,
        )  # fmt: skip
        for kind, titles in OBJECTIVES.items():
            for position, title in enumerate(titles, start=1):
                programmes.set_objective(
                    unit=books.placed[PARTY_PROVINCE], term=term, kind=kind, position=position,
                    title=f"{title} (minh họa)", by=books.by, at=NOW,
                )  # fmt: skip


def _year(built: Structure, books: Books, conclusion: Directive, year: int, seed: int) -> Directive:
    """The province's plan with what it asks, and what each unit answered: in time, late, or not."""
    party = books.lines[PARTY]
    middle = (
        ("party_direct", "party_commune")
        if year > REFORM.year
        else ("party_district", "party_direct")
    )
    asked = [
        Asked("plan", party, middle, dt.date(year, 2, 28)),
        Asked("plan", party, ("party_commune",), dt.date(year, 3, 31)),
        Asked("report", party, middle, dt.date(year, 11, 30)),
    ]
    if year > REFORM.year:
        asked = [asked[0], asked[2]]
    [plan] = _file(
        books,
        _draft(
            books, PARTY_PROVINCE, PARTY, f"{year - 1990}-KH/TU", dt.date(year, 1, 12),
            f"Thực hiện chuyên đề học tập và làm theo Bác năm {year} (minh họa)",
            related=[Related("implements", conclusion)], asked=asked,
        ),
    )  # fmt: skip
    rests = [Related("implements", plan)]
    _file(books, *_sectors(books, year, rests), *_districts(books, year, rests, seed))
    _file(books, *_communes(built, books, year, rests, seed))
    if year == REFORM.year:
        _after_the_reform(built, books, plan, seed)
    return plan


def _after_the_reform(built: Structure, books: Books, plan: Directive, seed: int) -> None:
    """The plan of 2025 adjusted to the new communes: each goes on where its old ones had left off, most of them in time."""
    asked = [Asked("plan", books.lines[PARTY], ("party_commune",), dt.date(2025, 8, 31))]
    [again] = _file(
        books,
        _draft(
            books, PARTY_PROVINCE, PARTY, "48-KH/TU", dt.date(2025, 7, 15),
            "Điều chỉnh kế hoạch chuyên đề năm 2025 sau sắp xếp đơn vị hành chính cấp xã (minh họa)",
            related=[Related("amends", plan)], asked=asked,
        ),
    )  # fmt: skip
    drafts = []
    for team in built.new_teams:
        chance = draw.stream(seed, "directives", "reform", team.party)
        luck = chance.randrange(100)
        if luck < IN_TIME + LATE:
            first = dt.date(2025, 7, 20) if luck < IN_TIME else dt.date(2025, 9, 2)
            date = first + dt.timedelta(days=chance.randint(0, 38))
            extract = "Tiếp tục thực hiện chuyên đề năm 2025 ở xã mới (minh họa)"
            code = f"{_number(chance, 2025)}-KH/ĐU"
            drafts.append(
                _draft(
                    books,
                    team.party,
                    PARTY,
                    code,
                    date,
                    extract,
                    related=[Related("implements", again)],
                )
            )
    _file(books, *drafts)


def _sectors(books: Books, year: int, rests: Sequence[Related]) -> Iterator[DirectiveDraft]:
    """Both lines: what the police and the women's union send down their own."""
    for line, code in ((POLICE, "KH-CAT"), (WOMEN, "KH-BTV")):
        extract = f"Thực hiện chuyên đề năm {year} trong hệ thống (minh họa)"
        date = dt.date(year, 1, 25)
        yield _draft(books, TOPS[line], line, f"{year - 2010}/{code}", date, extract, related=rests)


def _districts(
    books: Books, year: int, rests: Sequence[Related], seed: int
) -> Iterator[DirectiveDraft]:
    if year > REFORM.year:
        return
    for district in places.districts():
        suffix = "ThU" if district.code == CITY else "HU"
        unit = f"huyen-uy-{district.code}"
        chance = draw.stream(seed, "directives", year, unit)
        date = dt.date(year, 2, chance.randint(1, 28))
        extract = f"Thực hiện chuyên đề năm {year} (minh họa)"
        yield _draft(books, unit, PARTY, f"{_number(chance, year)}-KH/{suffix}", date, extract, related=rests)  # fmt: skip
        if year == LAST_ARTICLE_DAY.year:
            told = dt.date(year, 11, chance.randint(5, 30))
            extract = f"Kết quả thực hiện chuyên đề năm {year} (minh họa)"
            yield _draft(books, unit, PARTY, f"{_number(chance, year)}-BC/{suffix}", told, extract, related=rests)  # fmt: skip


def _communes(
    built: Structure, books: Books, year: int, rests: Sequence[Related], seed: int
) -> Iterator[DirectiveDraft]:
    for team in _teams(built, year):
        chance = draw.stream(seed, "directives", year, team.party)
        luck = chance.randrange(100)
        if luck >= IN_TIME + LATE:
            continue
        first = dt.date(year, 1, 20) if luck < IN_TIME else dt.date(year, 4, 2)
        date = first + dt.timedelta(days=chance.randint(0, 38))
        extract = f"Thực hiện chuyên đề năm {year} (minh họa)"
        yield _draft(books, team.party, PARTY, f"{_number(chance, year)}-KH/ĐU", date, extract, related=rests)  # fmt: skip


def _number(chance: Random, year: int) -> int:
    """Another every year: a term counts through."""
    return 40 * (year - OPENED.year) + chance.randint(1, 40)


def _teams(built: Structure, year: int) -> list[Team]:
    return built.new_teams if year > REFORM.year else built.old_teams


def _movements(built: Structure, books: Books, programme: Programme, seed: int) -> None:
    """The nine of the whole province, with the communes of before and of after the reform, and Trùng Khánh's own."""
    start, reform = dt.date(2021, 1, 4), REFORM
    for name, is_campaign in MOVEMENTS:
        made = movements.launch(
            kind="campaign" if is_campaign else "movement", name=name, unit=books.placed[PROVINCE],
            line=books.lines[TERRITORY], start_date=start, aim=NAMED, programme=programme,
            by=books.by, at=NOW,
        )  # fmt: skip
        chance = draw.stream(seed, "movements", name)
        before = chance.sample(built.old_teams, JOINING)
        after = chance.sample(built.new_teams, JOINING)
        units = [books.placed[team.territory] for team in before]
        day = dt.date(2023, chance.randint(1, 6), 1)
        for each in movements.join_many(movement=made, units=units, date=day, by=books.by, at=NOW):
            movements.leave(
                joining=each, date=reform, reason="Sáp nhập đơn vị hành chính", by=books.by, at=NOW
            )
        units = [books.placed[team.territory] for team in after]
        movements.join_many(movement=made, units=units, date=reform, by=books.by, at=NOW)
    _of_trung_khanh(built, books)


def _of_trung_khanh(built: Structure, books: Books) -> None:
    """Kept by the district's committee, in the Party's line: whoever oversees that line reads of it. Its communes take part."""
    made = movements.launch(
        kind="movement", name=OF_TRUNG_KHANH, unit=books.placed[f"huyen-uy-{TRUNG_KHANH}"],
        launcher="Huyện Trùng Khánh", aim=NAMED, line=books.lines[PARTY],
        start_date=dt.date(2023, 1, 16), end_date=REFORM, by=books.by, at=NOW,
    )  # fmt: skip
    teams = [team for team in built.old_teams if team.district == TRUNG_KHANH]
    units = [books.placed[team.party] for team in teams]
    movements.join_many(movement=made, units=units, date=dt.date(2023, 2, 1), by=books.by, at=NOW)
