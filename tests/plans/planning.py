"""Plans and tasks of the small province: what a test does not name is filled in."""

import datetime as dt
from dataclasses import replace

from lantoa.orgs.models import Post
from lantoa.plans.actions import plans, reviews, tasks
from lantoa.plans.answers import Answers
from lantoa.plans.models import Task
from tests import make

YEAR = 2026
AT = dt.datetime(2026, 1, 20, 3, tzinfo=dt.UTC)
BALANCES = ("nhiem-vu-trong-tam", "van-de-noi-com")
CODES = ("ke-hoach-nam", "nhiem-vu-dang-ky", "nhiem-vu-bao-da-lam", "van-de-giai-quyet", *BALANCES)
ROAD = Answers(
    who="Cả chi bộ và các hộ trong xóm",
    responsibility="Bí thư chi bộ",
    content="Đổ bê tông 400 m đường xóm",
    method="Góp công thứ Bảy, xã hỗ trợ xi măng",
    start_date=dt.date(2026, 2, 1),
    due_date=dt.date(2026, 10, 31),
    product="400 m đường và 10 ảnh",
    target_number=400,
    target_unit="m",
)


def measures():
    return [make.measure(code, nature="balance" if code in BALANCES else "flow") for code in CODES]


def plan(unit, *, on, year=YEAR, by=None, **more):
    """A plan being written, with both its parts."""
    told = {"study": "Học chuyên đề quý một lần", "follow": "Làm đường xóm"} | more
    return plans.start(unit=unit, line=on, year=year, by=by or make.clerk(), at=AT, **told)


def task(plan, answers=ROAD, *, kind=Task.Kind.FOCUS, by=None, **changes):
    if plan.year != YEAR:
        changes = {
            "start_date": answers.start_date.replace(year=plan.year),
            "due_date": answers.due_date.replace(year=plan.year),
        } | changes
    told = replace(answers, **changes)
    return tasks.add(plan=plan, kind=kind, answers=told, by=by or make.clerk(), at=AT)


def send(plan, *, by=None, at=AT):
    plan.refresh_from_db()
    return plans.send(plan=plan, seen=plan.edit, by=by or make.clerk(), at=at)


def superior(unit, *, on, role=Post.Role.APPROVER):
    made = make.person()
    Post.objects.create(person=made, unit=unit, line=on, role=role, start_date=make.START)
    return made


def approved(unit, above, *, on, year=YEAR, answers=(ROAD,), kind=Task.Kind.FOCUS):
    """An approved plan with its tasks. `above`: the unit that approves it."""
    made = plan(unit, on=on, year=year)
    found = [task(made, each, kind=kind) for each in answers]
    send(made)
    reviews.approve(plan=made, shown=made.version, by=superior(above, on=on), at=AT)
    for each in found:
        each.refresh_from_db()
    return made, found
