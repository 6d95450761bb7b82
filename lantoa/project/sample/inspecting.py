"""Inspections of the sample, by the actions that people use: planned, begun, answered, concluded, mended, looked at again.

Illustrative, and nobody is named: whoever inspects is "Kiểm tra (mẫu)" and a second one. What a fix shows is a record that
the unit had made by then. In 2025 some things to mend are found before the communes merge, and mended by their heirs.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import NamedTuple

from django.db import transaction

from lantoa.inspections import actions, findings, mending, verifying
from lantoa.inspections import queries as inspections
from lantoa.inspections.actions import Conclusion, Found
from lantoa.inspections.mending import Looked, Mended
from lantoa.inspections.models import ChecklistAnswer, Finding, Inspection, InspectionPlan, Topic
from lantoa.inspections.refusals import Draft
from lantoa.inspections.verifying import Drawing
from lantoa.orgs import accounts
from lantoa.orgs.models import Line, Person, Post, Unit
from lantoa.project.sample import draw, people
from lantoa.project.sample.history import HANOI, NOW
from lantoa.project.sample.records import TODAY
from lantoa.project.sample.structure import OPENED, PARTY_PROVINCE, REFORM, Structure
from lantoa.work.evidence import Sent
from lantoa.work.models import Activity

PAPERS = uuid.UUID("3f0c1f0e-9a2b-4f0e-8a59-7d3c2b1a6e54")
SECOND = "Cán bộ kiểm tra thứ hai (mẫu)"
# From, until before, inspections, supervisions: 2023 in full, 2024 few, 2025 before and after the reform, 2026 so far.
SPANS = (
    (dt.date(2023, 2, 1), dt.date(2023, 12, 1), 44, 28),
    (dt.date(2024, 3, 1), dt.date(2024, 11, 1), 18, 12),
    (dt.date(2025, 2, 1), dt.date(2025, 6, 1), 16, 10),
    (dt.date(2025, 8, 1), dt.date(2025, 12, 1), 16, 12),
    (dt.date(2026, 2, 1), dt.date(2026, 10, 20), 34, 22),
)
GOAL = "Mỗi quý kiểm tra ít nhất bốn đảng bộ; việc phải sửa xong trước khi hết năm (minh họa)."
CONCLUDED = "Cấp ủy đã triển khai học tập và làm theo theo kế hoạch. Còn mục chưa đạt thì sửa theo hạn đã ghi (minh họa)."
NOT_YET = "Mới sửa được một phần; bổ sung phần còn thiếu (minh họa)."
MENDED = "Đã bổ sung, kèm việc đã ghi (minh họa)."
ON_PAPER = "Đã bổ sung, kèm biên bản (minh họa)."
AGAIN = "Xem lại sổ thì phần bổ sung chưa đủ (minh họa)"
AGAIN_IN_100, DAYS_AGAIN = 3, 30
UNMET_IN_100, MENDED_IN_100, NOT_YET_IN_100, CHECKED_IN_100 = 24, 90, 7, 97
SAMPLE, WRONG_IN_100 = 15, 8
# What is found about an item, and what must be mended, by the item's code.
WORDS = {
    "ban-hanh": ("Kế hoạch chưa tách phần học tập và phần làm theo", "Bổ sung hai phần vào kế hoạch năm"),
    "trong-tam": ("Chưa chọn nhiệm vụ trọng tâm", "Chọn một đến hai nhiệm vụ trọng tâm và gửi cấp trên duyệt"),
    "phan-cong": ("Nhiệm vụ chưa ghi ai làm và hạn", "Ghi rõ ai làm, cách làm và hạn của từng nhiệm vụ"),
    "do-duoc": ("Nhiệm vụ chưa có sản phẩm đếm được", "Ghi sản phẩm đếm được cho từng nhiệm vụ"),
    "chep-lai": ("Nội dung gần như của năm trước", "Viết lại phần nội dung theo việc của năm nay"),
    "bien-ban": ("Thiếu biên bản hội nghị quý I", "Bổ sung biên bản hội nghị quý I"),
    "so-nguoi": ("Số người trong sổ khác số đã báo cáo", "Đếm lại theo sổ và sửa hồ sơ đã ghi"),
    "vang-mat": ("Chưa tổ chức học bù", "Tổ chức học bù cho người vắng mặt"),
    "chao-co": ("Có tháng không chào cờ đúng lịch", "Giữ chào cờ đúng lịch ba tháng liền"),
    "co-that": ("Một mô hình đã báo cáo không còn hoạt động", "Dừng mô hình không còn hoạt động, ghi rõ lý do"),
    "minh-chung": ("Nhiều việc đã ghi không có ảnh hoặc văn bản", "Bổ sung minh chứng cho việc đã ghi"),
    "neu-guong": ("Chưa nêu được việc làm nêu gương cụ thể", "Người đứng đầu đăng ký một việc nêu gương"),
    "noi-com": ("Vấn đề nổi cộm chưa có người chịu trách nhiệm", "Giao người chịu trách nhiệm và hạn"),
    "co-ho-so": ("Số tự khai chưa có nguồn", "Ghi nguồn của số tự khai"),
    "khong-trung": ("Một việc ghi hai lần", "Rút bản ghi trùng"),
    "dung-han": ("Báo cáo quý gửi trễ", "Gửi báo cáo quý tới đúng hạn"),
}  # fmt: skip


class Told(NamedTuple):
    """An inspection of the sample before it is one. `days`: how long it runs; `until`: days to the conclusion."""

    kind: Inspection.Kind
    unit: str
    subjects: tuple[str, ...]
    topic: int
    start: dt.date
    days: int
    until: int


def told(built: Structure, *, seed: int) -> list[Told]:
    """All of them, by day."""
    rows = []
    for start, end, inspected, supervised in SPANS:
        chance = draw.stream(seed, "inspections", start)
        below = _below(built, start)
        hosts = [PARTY_PROVINCE] * 12 + [unit for unit in sorted(below) if unit != PARTY_PROVINCE]
        kinds = [Inspection.Kind.INSPECTION] * inspected + [
            Inspection.Kind.SUPERVISION
        ] * supervised
        for kind, unit in zip(kinds, draw.some(chance, hosts, len(kinds)), strict=True):
            subjects = draw.some(chance, below[unit], min(len(below[unit]), chance.randint(1, 4)))
            day, length = draw.day(chance, start, end), chance.randint(2, 8)
            row = Told(
                kind,
                unit,
                tuple(subjects),
                chance.randrange(4),
                day,
                length,
                length + chance.randint(2, 9),
            )
            rows.append(row)
    return sorted(rows, key=lambda row: (row.start, row.unit, row.kind))


def _below(built: Structure, day: dt.date) -> dict[str, list[str]]:
    """Who may look at whom: the province at committees right below, they at the cells and committees below them."""
    teams = built.new_teams if day >= REFORM else built.old_teams
    found: dict[str, list[str]] = defaultdict(list)
    for team in teams:
        if team.cells:
            found[team.party] = list(team.cells)
        if day < REFORM:
            found[f"huyen-uy-{team.district}"].append(team.party)
        else:
            found[PARTY_PROVINCE].append(team.party)
    if day < REFORM:
        found[PARTY_PROVINCE] = sorted(each for each in found if each.startswith("huyen-uy-"))
    return found


def load(
    built: Structure, placed: Mapping[str, Unit], by: Person, *, seed: int
) -> Iterator[tuple[int, int]]:
    """Yields how many inspections of how many."""
    rows = told(built, seed=seed)
    books = _books(placed, by, seed)
    with transaction.atomic():
        for year in sorted({row.start.year for row in rows}):
            books.plan_year(year)
    for number, row in enumerate(rows, start=1):
        with transaction.atomic():
            books.inspect(number, row)
        if number % 20 == 0:
            yield number, len(rows)
    with transaction.atomic():
        books.mend_all()
        books.mend_late()
        books.leave_open(built)
        books.verify(built)
    yield len(rows), len(rows)


def _books(placed: Mapping[str, Unit], by: Person, seed: int) -> "Books":
    line = Line.objects.get(code="dang")
    names = (people.name_of(Post.Role.INSPECTOR), SECOND)
    role, top = Post.Role.INSPECTOR, placed[PARTY_PROVINCE]
    team = [
        accounts.enrol(name=name, unit=top, line=line, role=role, date=OPENED, by=by, at=NOW)
        for name in names
    ]
    records: dict[int, list[Activity]] = defaultdict(list)
    for each in Activity.objects.filter(withdrawn_at=None).order_by("date", "pk"):
        records[each.unit_id].append(each)
    return Books(placed, by, team, line, list(inspections.topics()), records, seed)


@dataclass
class Books:
    """What the loading works with, and what is still to be mended, by the day on which it will be."""

    placed: Mapping[str, Unit]
    by: Person
    team: Sequence[Person]
    line: Line
    topics: Sequence[Topic]
    records: Mapping[int, Sequence[Activity]]
    seed: int
    plans: dict[int, InspectionPlan] = field(default_factory=dict)
    left: list[tuple[dt.date, Finding]] = field(default_factory=list)

    def plan_year(self, year: int) -> None:
        at = _moment(dt.date(year, 1, 10))
        unit, who = self.placed[PARTY_PROVINCE], self.team[0]
        self.plans[year] = actions.plan_year(unit=unit, year=year, goal=GOAL, by=who, at=at)

    def planned(self, row: Told, title: str) -> Inspection:
        topic = self.topics[row.topic % len(self.topics)]
        is_of_the_plan = row.unit == PARTY_PROVINCE
        draft = Draft(
            kind=row.kind,
            unit=self.placed[row.unit],
            line=self.line,
            topic=topic,
            title=title,
            start=row.start,
            end=row.start + dt.timedelta(days=row.days),
            subjects=[self.placed[key] for key in row.subjects],
            team=self.team,
            plan=self.plans[row.start.year] if is_of_the_plan else None,
        )
        at = _moment(row.start - dt.timedelta(days=6))
        return actions.plan(draft=draft, by=self.team[0], at=at)

    def inspect(self, number: int, row: Told) -> None:
        """From the plan to the conclusion, each step on its day."""
        chance = draw.stream(self.seed, "inspection", number)
        made = self.planned(row, _title(row, self.topics))
        who, day = self.team[0], row.start + dt.timedelta(days=row.until)
        actions.start(inspection=made, date=row.start, by=who, at=_moment(row.start))
        found = self.answered(made, chance, day)
        at = _moment(day)
        if found:
            rows = actions.find_many(inspection=made, found=found, by=who, at=at)
            for each in rows:
                each.inspection = made
                self.left.append((each.due_date - dt.timedelta(days=chance.randint(-12, 25)), each))
        actions.conclude_many(conclusions=[Conclusion(made, day, CONCLUDED)], by=who, at=at)

    def answered(self, made: Inspection, chance: Random, day: dt.date) -> list[Found]:
        """The checklist at every unit; of what is not met, the first item must be mended."""
        found, items = [], inspections.items_of(made)
        for unit in made.subjects.all():
            results = {
                each.pk: (_result(chance), "")
                for each in items
                if chance.randrange(100) < CHECKED_IN_100
            }
            at = _moment(min(day, (made.started_date or day) + dt.timedelta(days=2)))
            actions.answer(inspection=made, unit=unit, answers=results, by=self.team[0], at=at)
            lacking = [
                each
                for each in items
                if results.get(each.pk, ("",))[0] == ChecklistAnswer.Result.UNMET
            ]
            for item in lacking[:1]:
                what, mend = WORDS[item.code]
                due = day + dt.timedelta(days=chance.choice((20, 30, 45, 60)))
                found.append(Found(unit, what, mend, due, owner_role=Post.Role.LEADER, item=item))
        return found

    def mend_all(self) -> None:
        """Day by day, what is shown by a record made by then; the rest stays open, some of it overdue."""
        chance = draw.stream(self.seed, "mended")
        for day, finding in sorted(self.left, key=lambda each: (each[0], each[1].pk)):
            day = max(day, (finding.inspection.concluded_date or day) + dt.timedelta(days=1))
            if day > TODAY - dt.timedelta(days=2) or chance.randrange(100) >= MENDED_IN_100:
                continue
            self.mend(finding, day, chance)

    def mend_late(self) -> None:
        """What an earlier year left open is mended in the half year after it: nothing is late by years."""
        chance = draw.stream(self.seed, "mended late")
        of_before = Finding.objects.filter(state=Finding.State.OPEN, due_date__year__lt=TODAY.year)
        told = of_before.filter(inspection__state=Inspection.State.CONCLUDED)
        for each in told.select_related("inspection").order_by("due_date", "pk"):
            day = dt.date(each.due_date.year + 1, chance.randint(1, 6), chance.randint(1, 28))
            self.mend(each, day, chance, is_last=True)

    def mend(
        self, finding: Finding, day: dt.date, chance: Random, *, is_last: bool = False
    ) -> None:
        """By the unit that must mend it on that day; looked at again a week later, now and then twice.

        What shows it is a record of the unit, or the minutes where it had none by then.
        """
        unit = findings.must_mend([finding], day)[finding.pk]
        held = (each for each in reversed(self.records.get(unit, ())) if each.date <= day)
        shown = next(held, None)
        mended = Mended(finding, MENDED, shown)
        if shown is None:
            number = uuid.uuid5(PAPERS, str(finding.pk))
            mended = Mended(finding, ON_PAPER, sent=[Sent("bien-ban.pdf", minutes(), number)])
        fixed = mending.fix(mended=mended, by=self.by, at=_moment(day))
        seen = day + dt.timedelta(days=chance.randint(3, 9))
        if seen > TODAY:
            return
        is_mended = is_last or chance.randrange(100) >= NOT_YET_IN_100
        looked = Looked(fixed, is_mended, "" if is_mended else NOT_YET)
        mending.recheck(looked=looked, by=self.team[1], at=_moment(seen))
        again = seen + dt.timedelta(days=DAYS_AGAIN)
        if is_mended and not is_last and again <= TODAY and chance.randrange(100) < AGAIN_IN_100:
            due = again + dt.timedelta(days=DAYS_AGAIN)
            mending.reopen(
                finding=finding, reason=AGAIN, due=due, by=self.team[1], at=_moment(again)
            )

    def leave_open(self, built: Structure) -> None:
        """On the desks of November 2026: one that runs, one that is planned, one that was withdrawn."""
        chance = draw.stream(self.seed, "open inspections")
        below = _below(built, TODAY)[PARTY_PROVINCE]
        subjects = tuple(draw.some(chance, below, 6))
        for number, days in enumerate((-4, 12, -20)):
            start = TODAY + dt.timedelta(days=days)
            row = Told(
                Inspection.Kind.INSPECTION,
                PARTY_PROVINCE,
                subjects[number * 2 : number * 2 + 2],
                number,
                start,
                10,
                0,
            )
            made = self.planned(row, _title(row, self.topics))
            if number == 0:
                actions.start(inspection=made, date=start, by=self.team[0], at=_moment(start))
                self.answered(made, chance, TODAY)
            elif number == 2:
                reason = "Dời sang quý I năm sau (minh họa)"
                actions.withdraw(inspection=made, reason=reason, by=self.team[0], at=_moment(TODAY))

    def verify(self, built: Structure) -> None:
        """Records of three committees drawn and held against their logs; the last is still being looked at."""
        chance = draw.stream(self.seed, "verified")
        keys = [team.party for team in built.new_teams][:3]
        for place, key in enumerate(keys):
            at = _moment(TODAY - dt.timedelta(days=20 - 9 * place))
            unit, who = self.placed[key], self.team[0]
            drawing = Drawing(unit, self.line, dt.date(2026, 1, 1), dt.date(2026, 7, 1))
            size = min(SAMPLE, verifying.population(drawing).count())
            if not size:
                continue
            made = verifying.draw(
                drawing=drawing, seed=f"mau-{place + 1}-2026", size=size, by=who, at=at
            )
            values = [
                value
                for record in made.sample.order_by("place")
                for value in record.values.order_by("measure", "pk")
            ]
            kept = values if place < 2 else values[: len(values) // 3]
            found: dict[int, int | None] = {
                value.pk: value.reported - _wrong(chance, value.reported) for value in kept
            }
            verifying.write(verification=made, found=found, notes={}, by=who, at=at)
            if place < 2:
                verifying.finish(verification=made, by=who, at=at)


def minutes() -> bytes:
    """A PDF of one page that says that it is a sample."""
    said = b"BT /F1 14 Tf 60 760 Td (Bien ban (so lieu minh hoa)) Tj ET".replace(
        b"Bien ban (", b"Bien ban \\("
    )
    said = said.replace(b"hoa))", b"hoa\\))")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(said), said),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(made)
    return made + b"xref\n0 6\n0000000000 65535 f \n" + table + end


def _wrong(chance: Random, reported: int) -> int:
    """Now and then fewer heads than reported; a record that counts as one is there."""
    is_wrong = chance.randrange(100) < WRONG_IN_100 and reported > 5
    return chance.randint(1, max(1, reported // 8)) if is_wrong else 0


def _result(chance: Random) -> str:
    is_unmet = chance.randrange(100) < UNMET_IN_100
    return ChecklistAnswer.Result.UNMET if is_unmet else ChecklistAnswer.Result.MET


def _title(row: Told, topics: Sequence[Topic]) -> str:
    verb = "Kiểm tra" if row.kind == Inspection.Kind.INSPECTION else "Giám sát"
    about = topics[row.topic % len(topics)].name_vi
    return f"{verb} {about[:1].lower()}{about[1:]}"


def _moment(day: dt.date) -> dt.datetime:
    return min(dt.datetime.combine(day, dt.time(15), HANOI), NOW)
