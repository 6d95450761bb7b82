"""Plans of the sample: one or two focus tasks a committee in 2023, 2025 and 2026. Illustrative; roles only, no names.

They stand before the records of their year are filed, so that a record can say which task it serves. Some tasks are done
with evidence, some only reported, some are late.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from random import Random
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from lantoa.lib.dates import day_of
from lantoa.orgs import accounts, superiors
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Line, Person, Post, Unit
from lantoa.plans.actions import plans, reviews
from lantoa.plans.actions import tasks as actions
from lantoa.plans.answers import Answers
from lantoa.plans.models import Movement, Objective, Plan, Task, Theme
from lantoa.plans.queries.directives import asking_for_plan
from lantoa.project.sample import draw
from lantoa.project.sample.history import HANOI, NOW, History
from lantoa.project.sample.records import Record
from lantoa.project.sample.structure import DIRECT, PARTY_PROVINCE, Structure
from lantoa.work import evidence
from lantoa.work.evidence import Sent
from lantoa.work.models import Activity

YEARS = (2023, 2025, 2026)
# Before the reform every third commune plans here; so do, since then, the branches of a few communes.
EVERY, WITH_BRANCHES, BRANCHES = 3, 8, 2
SHOWN_IN_10, REPORTED_IN_10, PUT_OFF_IN_10, SECOND_IN_10, ISSUE_IN_10 = 7, 8, 1, 4, 1
BREAKTHROUGH_IN_10, BREAKTHROUGHS_FROM = (
    4,
    2025,
)  # the article counts those of 2023 together with the focus tasks
RETURNED_EACH, WAITING_EACH = 17, 11
QUESTION = "Con số này của riêng đơn vị hay cả cấp dưới? Ghi rõ giúp."
PAPER_NUMBERS = uuid.UUID("0d7a3c52-94d0-4d7f-9c57-6a2f9a0f5a11")
PAPER = b"%PDF-1.4\n% Minh chung minh hoa cua tinh mau\n%%EOF\n"


class Words(NamedTuple):
    """A task in words: `n` is drawn between two numbers."""

    kind: str
    content: str
    method: str
    product: str
    unit: str
    least: int
    most: int


# By the kind of activity that serves it.
TASKS = (
    Words(
        "chao-co",
        "Chào cờ và sinh hoạt dưới cờ sáng thứ Hai đầu tháng đủ {n} buổi, mỗi buổi một câu chuyện về Bác",
        "Mỗi tháng một chi bộ chuẩn bị; ghi hồ sơ ngay trong buổi",
        "{n} buổi có ảnh hoặc biên bản",
        "buổi",
        10,
        12,
    ),
    Words(
        "toa-dam",
        "Tổ chức {n} buổi tọa đàm về việc nói đi đôi với làm ở các chi bộ thôn, xóm",
        "Chọn chi bộ làm tốt nói trước, chi bộ yếu hỏi; có biên bản",
        "{n} biên bản tọa đàm",
        "buổi",
        2,
        4,
    ),
    Words(
        "trao-doi",
        "Đi học cách làm của {n} đơn vị bạn và chọn một cách làm áp dụng ở cơ sở",
        "Đoàn gồm bí thư chi bộ và trưởng đoàn thể; về họp chọn việc trong 15 ngày",
        "{n} chuyến, một cách làm được áp dụng",
        "chuyến",
        1,
        2,
    ),
    Words(
        "hoi-nghi-truc-tiep",
        "Đưa chuyên đề của năm tới 100% chi bộ trong {n} hội nghị, xong trước mùa cấy",
        "Chia cụm chi bộ; báo cáo viên của cấp ủy đến tận cụm",
        "{n} hội nghị có hồ sơ",
        "hội nghị",
        1,
        3,
    ),
    Words(
        "sinh-hoat-chuyen-de",
        "Sinh hoạt chuyên đề {n} buổi, mỗi buổi một việc đảng viên nhận làm trước dân",
        "Chi ủy phân công người chuẩn bị trước một tuần",
        "{n} buổi, sổ ghi việc đã nhận",
        "buổi",
        3,
        4,
    ),
    Words(
        "lao-dong",
        "Lao động giúp dân {n} buổi: phát quang đường xóm, nạo vét mương",
        "Mỗi tháng một sáng thứ Bảy, mỗi nhà góp một công",
        "{n} buổi, ảnh trước và sau",
        "buổi",
        4,
        8,
    ),
    Words(
        "sinh-hoat-chi-bo",
        "Sinh hoạt chi bộ đúng ngày đủ {n} tháng, buổi nào cũng có phần học và làm theo Bác",
        "Bí thư nhắc trước ba ngày; thư ký ghi hồ sơ tại chỗ",
        "{n} biên bản",
        "buổi",
        10,
        12,
    ),
)
ISSUE = Words(
    "tiep-dan",
    "Giải quyết xong {n} kiến nghị của dân về nước sạch và đường vào xóm còn tồn từ năm trước",
    "Họp dân ở nhà văn hóa, ghi từng kiến nghị và ngày trả lời",
    "{n} biên bản trả lời",
    "kiến nghị",
    2,
    6,
)
# At whatever gathering the unit holds besides those of its focus tasks.
BREAKTHROUGH = Words(
    "",
    "Đột phá về nêu gương: ở {n} buổi chung, bí thư báo cáo trước mọi người việc mình đã hứa và đã làm",
    "Ghi lời hứa vào biên bản, buổi sau đọc lại và nói việc đã làm",
    "{n} biên bản có phần ấy",
    "buổi",
    1,
    3,
)
# For which of the article's movements an activity of a kind is held, and a task of it is set.
MOVEMENTS = {
    "lao-dong": "Cả nước chung sức xây dựng nông thôn mới",
    "giup-do": "Cả nước chung tay vì người nghèo - Không để ai bị bỏ lại phía sau",
    "doi-thoai": "Dân vận khéo",
    "toa-dam": "Dân vận khéo",
    "van-nghe": "Toàn dân đoàn kết xây dựng đời sống văn hóa",
}
STUDIES = (
    "Học chuyên đề của năm trong quý I; mỗi quý một buổi sinh hoạt có liên hệ việc của đơn vị mình ({unit})",
    "Mỗi tháng kể một câu chuyện về Bác, người kể tự chọn và nói mình làm theo được gì ({unit})",
    "Học theo cụm chi bộ, mỗi cụm hai buổi, có câu hỏi gửi trước cho người học ({unit})",
)
FOLLOWS = (
    "Mỗi đảng viên nhận một việc cụ thể, ghi vào sổ và báo lại ở cuộc họp cuối quý",
    "Chọn việc dân đang cần nhất ở thôn, xóm làm trước; việc nào xong thì công khai ở nhà văn hóa",
    "Cán bộ làm trước, dân làm theo: mỗi tháng một sáng thứ Bảy xuống cơ sở",
)


class Planned(NamedTuple):
    """A task in the books, the kind of activity that serves it, and the objectives that both serve."""

    task: Task
    kind: str
    objectives: tuple[Objective, ...] = ()


Serving = Mapping[tuple[str, int], Sequence[Planned]]


def load(
    built: Structure, told: History, placed: Mapping[str, Unit], by: Person, *, seed: int
) -> tuple[Serving, Iterator[tuple[int, int]]]:
    """Plan every year.

    Returns:
        The tasks by unit and year, filled as one goes; and how many years of how many.
    """
    serving: dict[tuple[str, int], list[Planned]] = defaultdict(list)
    return serving, _load(built, told, placed, by, serving, seed)


def _load(
    built: Structure,
    told: History,
    placed: Mapping[str, Unit],
    by: Person,
    serving: dict[tuple[str, int], list[Planned]],
    seed: int,
) -> Iterator[tuple[int, int]]:
    kinds: dict[tuple[str, int], set[str]] = defaultdict(set)
    for filed in told.filed:
        kinds[filed.record.unit, filed.record.date.year].add(filed.record.kind)
    line, judges = Line.objects.get(code="dang"), dict[int, Person]()
    for done, year in enumerate(YEARS, start=1):
        aims = _objectives_of(year)
        with transaction.atomic():
            for place, key in enumerate(_who(built, year)):
                serving[key, year] = _plan(
                    key, year, kinds[key, year], placed[key], line, aims, by, seed
                )
                _decide(serving[key, year][0].task.plan, place, judges, by)
        yield done, len(YEARS)


def planned_for(record: Record, serving: Serving) -> Planned | None:
    """The task of its unit's year that a record serves, if one of them is of its kind."""
    planned = serving.get((record.unit, record.date.year), ())
    return next((each for each in planned if each.kind == record.kind), None)


def go_on(serving: Serving, by: Person, *, seed: int) -> Iterator[tuple[int, int]]:
    """What became of the tasks, once the records are there: shown, reported, put off, or nothing."""
    years = sorted({year for _key, year in serving})
    for done, year in enumerate(years, start=1):
        with transaction.atomic():
            for (key, of_year), planned in serving.items():
                if of_year == year:
                    _fare([each.task for each in planned], key, by, seed)
        yield done, len(years)


def _who(built: Structure, year: int) -> list[str]:
    if year == 2026:
        teams = built.new_teams
        cells = [cell for team in teams[:WITH_BRANCHES] for cell in team.cells[:BRANCHES]]
        direct = ["dang-uy-co-quan-dang", "dang-uy-ubnd"]
        there = {unit.key for unit in built.units}
        known = [each for each in direct if each in there]
        return [PARTY_PROVINCE, *known, *(team.party for team in teams), *cells]
    teams = built.old_teams
    districts = sorted({f"huyen-uy-{team.district}" for team in teams})
    return [PARTY_PROVINCE, *districts, *DIRECT, *(team.party for team in teams[::EVERY])]


def _plan(
    key: str,
    year: int,
    kinds: set[str],
    unit: Unit,
    line: Line,
    aims: Sequence[Objective],
    by: Person,
    seed: int,
) -> list[Planned]:
    chance = draw.stream(seed, "plans", key, year)
    at = dt.datetime(year, 1, 10 + chance.randrange(15), 9, tzinfo=HANOI)
    study = chance.choice(STUDIES).format(unit=orgs.name_near(unit.pk, day_of(at)))
    asked = [each for each in asking_for_plan(unit, year) if each.date <= day_of(at)]
    plan = plans.start(
        unit=unit, line=line, year=year, theme=_theme(year), directives=asked, study=study,
        follow=chance.choice(FOLLOWS), by=by, at=at,
    )  # fmt: skip
    fitting = [each for each in TASKS if each.kind in kinds] or [TASKS[3]]
    chance.shuffle(fitting)
    count = 2 if chance.randrange(10) < SECOND_IN_10 and len(fitting) > 1 else 1
    made = [_task(plan, words, Task.Kind.FOCUS, aims, chance, by, at) for words in fitting[:count]]
    if chance.randrange(10) < ISSUE_IN_10:
        made.append(_task(plan, ISSUE, Task.Kind.PRESSING, aims, chance, by, at))
    left = fitting[count:]
    if year >= BREAKTHROUGHS_FROM and left and chance.randrange(10) < BREAKTHROUGH_IN_10:
        words = BREAKTHROUGH._replace(kind=left[0].kind)
        made.append(_task(plan, words, Task.Kind.BREAKTHROUGH, aims, chance, by, at))
    plan.refresh_from_db()
    plans.send(plan=plan, seen=plan.edit, by=by, at=at)
    for each in made:
        each.task.refresh_from_db()
    return made


def _theme(year: int) -> Theme | None:
    """The province's, under which all plan."""
    return Theme.objects.filter(year=year, unit__kind=Unit.Kind.PARTY_PROVINCE).first()


def _task(
    plan: Plan,
    words: Words,
    kind: str,
    aims: Sequence[Objective],
    chance: Random,
    by: Person,
    at: dt.datetime,
) -> Planned:
    number = chance.randint(words.least, words.most)
    objectives = (chance.choice(aims),)
    answers = Answers(
        who="Cấp ủy và các chi bộ trực thuộc",
        responsibility=chance.choice(
            ("Bí thư cấp ủy", "Phó bí thư thường trực", "Ủy viên phụ trách")
        ),
        content=words.content.format(n=number),
        method=words.method,
        start_date=dt.date(plan.year, 1, 20),
        due_date=dt.date(plan.year, chance.choice((6, 9, 10, 11, 12)), 28),
        product=words.product.format(n=number),
        target_number=number,
        target_unit=words.unit,
        owner=plan.unit if kind == Task.Kind.PRESSING else None,
        objectives=objectives,
        movement=Movement.objects.filter(name=MOVEMENTS.get(words.kind, "")).first(),
    )
    task = actions.add(plan=plan, kind=kind, answers=answers, by=by, at=at)
    return Planned(task, words.kind, objectives)


def _objectives_of(year: int) -> list[Objective]:
    """The objectives in whose term a year begins."""
    day = dt.date(year, 1, 1)
    in_force = Q(term__end_date=None) | Q(term__end_date__gt=day)
    return list(Objective.objects.filter(in_force, term__start_date__lte=day).order_by("pk"))


def _decide(plan: Plan, place: int, judges: dict[int, Person], by: Person) -> None:
    """Approved right above a few days later; of this year some still wait, and some came back."""
    plan.refresh_from_db()
    assert plan.sent_at is not None  # noqa: S101 - it was sent
    at = plan.sent_at + dt.timedelta(days=5)
    above = superiors.above(orgs.tree_on(plan.line, day_of(at)), plan.unit_id)
    is_new = plan.year == YEARS[-1] and place > WITH_BRANCHES
    if above is None or (is_new and place % WAITING_EACH == 0):
        return
    if above not in judges:
        judges[above] = _judge(above, plan.line, len(judges) + 1, by)
    if is_new and place % RETURNED_EACH == 0:
        reviews.send_back(plan=plan, shown=plan.version, question=QUESTION, by=judges[above], at=at)
    else:
        reviews.approve(plan=plan, shown=plan.version, by=judges[above], at=at)


def _judge(unit_id: int, line: Line, number: int, by: Person) -> Person:
    unit = Unit.objects.get(pk=unit_id)
    person = accounts.register(name=f"Cán bộ duyệt kế hoạch {number} (mẫu)", by=by, at=NOW)
    role, day = Post.Role.APPROVER, unit.opened_date
    accounts.appoint(person=person, unit=unit, line=line, role=role, date=day, by=by, at=NOW)
    return person


def _fare(tasks: Iterable[Task], key: str, by: Person, seed: int) -> None:
    for task in tasks:
        chance = draw.stream(seed, "tasks", key, task.pk)
        task.refresh_from_db()
        year, due = task.plan.year, task.due_date
        assert due is not None and task.target_number is not None  # noqa: S101, PT018 - planned so
        held = Activity.objects.filter(task=task, withdrawn_at=None).order_by("date", "pk").first()
        if held is not None and chance.randrange(10) < SHOWN_IN_10:
            number = uuid.uuid5(PAPER_NUMBERS, str(task.pk))
            sent = [Sent("bien-ban.pdf", PAPER, number)]
            evidence.attach(activity=held, sent=sent, by=by, at=NOW)
        is_approved = task.plan.state == Plan.State.APPROVED
        if is_approved and chance.randrange(10) < PUT_OFF_IN_10 and due < dt.date(year, 12, 1):
            at = dt.datetime(year, due.month, 20, 9, tzinfo=HANOI)
            later = dt.date(year, 12, 28)
            reason = "Mưa lũ kéo dài, phải lùi lịch các buổi ở xóm"
            actions.extend(task=task, due=later, reason=reason, by=by, at=min(at, NOW))
        elif chance.randrange(10) < REPORTED_IN_10 and due < NOW.date():
            at = dt.datetime(due.year, due.month, due.day, 15, tzinfo=HANOI)
            words = f"Đã xong {task.target_number} {task.target_unit}"
            actions.report_done(task=task, outcome=words, reached=task.target_number, by=by, at=at)
