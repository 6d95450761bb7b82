"""What plans and tasks give to do: a plan that came back or was never sent, tasks near their day, plans that wait above."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantoa.deeds import queries as deeds
from lantoa.deeds.standing import Standing, standing
from lantoa.desk import planning
from lantoa.desk.rows import DUE_SOON, OVERDUE, RETURNED, SOON, THIS_MONTH, Asking, Task
from lantoa.lib import dates
from lantoa.lib.dates import day_of
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.plans.models import Plan
from lantoa.plans.models import Task as Planned
from lantoa.plans.queries import plans

NEAR = dt.timedelta(days=31)


def of_plans(asking: Asking) -> Sequence[Task]:
    """For those who plan at this unit."""
    if not asking.here.roles & rights.ACTS["plans.plan"].roles:
        return []
    today, unit = day_of(asking.at), asking.here.unit
    plan = plans.plan_of(unit, today.year)
    rows = [] if plan is None else list(_of_plan(plan, today))
    return [*rows, *_of_tasks(asking, today)]


def of_plan_review(asking: Asking) -> Sequence[Task]:
    """One row for all plans that wait for a decision."""
    if not asking.here.roles & rights.ACTS["plans.review"].roles:
        return []
    waiting = plans.waiting_for(asking.person, asking.at)
    if not waiting:
        return []
    oldest = min(day_of(each.sent_at) for each in waiting if each.sent_at)
    count = len(waiting)
    title = ngettext("Duyệt %(n)s kế hoạch", "Duyệt %(n)s kế hoạch", count) % {"n": count}
    why = _("Chờ từ %(day)s") % {"day": dates.show_day(oldest)}
    return [
        Task(
            title,
            why,
            reverse("desk:plan-review"),
            _("Chờ duyệt"),
            "info",
            "clipboard-check",
            DUE_SOON,
            oldest,
        )
    ]


def _of_plan(plan: Plan, today: dt.date) -> Iterator[Task]:
    href, year = reverse("desk:plan", args=[plan.pk]), plan.year
    asked = plans.question_about(plan)
    if asked is not None:
        unit = orgs.name_near(asked.unit_id, today)
        why = _("%(unit)s hỏi: “%(question)s”") % {"unit": unit, "question": asked.question}
        title = _("Sửa kế hoạch năm %(year)s") % {"year": year}
        returned = _("Bị trả lại")
        yield Task(title, why, href, returned, "warn", "message-circle", RETURNED, day_of(asked.at))
    elif plan.state == Plan.State.DRAFT:
        title = _("Gửi kế hoạch năm %(year)s") % {"year": year}
        last = dt.date(year, 12, 31)
        why = _("Đang soạn dở, chưa gửi")
        yield Task(title, why, href, _("Nháp"), "", "", THIS_MONTH, last)


def _of_tasks(asking: Asking, today: dt.date) -> Iterator[Task]:
    """Tasks of the unit that are over their day or near it, each with its pair in words."""
    mine = deeds.said().filter(plan__unit=asking.here.unit, due_date__lte=today + NEAR)
    near = mine.filter(plan__year__gte=today.year - 1, reported_at=None, carried_to=None)
    told = {each.pk: each for each in deeds.read(near, today)}
    for task in near.select_related("plan").order_by("due_date", "pk"):
        stands = standing(told[task.pk], today)
        if stands in (Standing.OPEN, Standing.OVERDUE) and task.due_date is not None:
            yield _row(task, stands, today, planning.pair_of(told[task.pk]))


def _row(task: Planned, stands: Standing, today: dt.date, pair: tuple[int, int]) -> Task:
    assert task.due_date is not None  # noqa: S101 - asked for by its day
    tag = planning.task_tag(stands, task.due_date, today)
    left = (task.due_date - today).days
    rank = OVERDUE if left < 0 else DUE_SOON if left <= SOON else THIS_MONTH
    why = _("Hạn %(day)s") % {"day": dates.show_day(task.due_date)}
    said, done = pair
    return Task(
        task.content,
        why,
        reverse("desk:task", args=[task.pk]),
        tag.text,
        tag.kind,
        tag.icon,
        rank,
        task.due_date,
        sub=planning.kind_name(task),
        said=said,
        done=done,
    )
