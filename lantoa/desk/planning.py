"""Plans and tasks as pages show them: rows, tags, pairs. Values only; nothing is kept."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantoa.deeds import queries as deeds
from lantoa.deeds.standing import Standing, Tally, Told, standing, tally
from lantoa.lib import dates
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Line, Unit
from lantoa.plans.models import Plan, Task


class Tag(NamedTuple):
    text: str
    kind: str
    icon: str


@dataclass(frozen=True)
class Row:
    """A task in a list. `said` and `done` of its pair: the target and what was reached, or one and whether it can be shown."""

    pk: int
    title: str
    kind: str
    unit: str
    due: str
    tag: Tag
    said: int
    done: int
    times: str
    href: str


def plan_tag(plan: Plan | str) -> Tag:
    state = plan if isinstance(plan, str) else plan.state
    return {
        Plan.State.DRAFT: Tag(_("Nháp"), "", ""),
        Plan.State.SENT: Tag(_("Chờ duyệt"), "info", "clock"),
        Plan.State.RETURNED: Tag(_("Bị trả lại"), "warn", "message-circle"),
        Plan.State.APPROVED: Tag(_("Đã duyệt"), "ok", "check"),
    }[Plan.State(state)]


def task_tag(stands: Standing | None, due: dt.date | None, today: dt.date) -> Tag:
    """How a task stands, in words; before it was sent, that it is a draft."""
    if stands is None:
        return Tag(_("Nháp"), "", "")
    if stands == Standing.OPEN and due is not None:
        left = (due - today).days
        words = ngettext("Còn %(n)s ngày", "Còn %(n)s ngày", left) % {"n": left}
        return Tag(words, "warn" if left <= 7 else "", "clock" if left <= 7 else "")
    return {
        Standing.DONE: Tag(_("Đã làm, có minh chứng"), "ok", "check"),
        Standing.REPORTED: Tag(_("Báo đã làm, chưa có minh chứng"), "warn", "camera"),
        Standing.OVERDUE: Tag(_("Quá hạn"), "err", "triangle-alert"),
        Standing.OPEN: Tag(_("Đang làm"), "", ""),
    }[stands]


def kind_name(task: Task) -> str:
    label = str(Task.Kind(task.kind).label)
    return label[0].upper() + label[1:]


def times_put_off(count: int) -> str:
    """`gia hạn 1 lần`; nothing where the day stayed."""
    if not count:
        return ""
    return ngettext("gia hạn %(n)s lần", "gia hạn %(n)s lần", count) % {"n": count}


def rows(
    tasks: Sequence[Task],
    told: Mapping[int, Told],
    today: dt.date,
) -> list[Row]:
    return [_row(task, told.get(task.pk), today) for task in tasks]


def _row(task: Task, told: Told | None, today: dt.date) -> Row:
    stands = standing(told, today) if told else None
    said, done = pair_of(told)
    return Row(
        pk=task.pk,
        title=task.content or _("(chưa ghi việc gì)"),
        kind=kind_name(task),
        unit=getattr(task, "unit_name", ""),
        due=dates.show_day(task.due_date) if task.due_date else "",
        tag=task_tag(stands, task.due_date, today),
        said=said,
        done=done,
        times=times_put_off(getattr(task, "times", 0)),
        href=reverse("desk:task", args=[task.pk]),
    )


def pair_of(told: Told | None) -> tuple[int, int]:
    """What was said and what was done of one task: in the measure of its target, or one and whether it is done."""
    if told is None:
        return 0, 0
    if told.target is not None and told.reached is not None:
        return told.target, told.reached
    return 1, int(told.is_finished and told.is_shown)


@dataclass(frozen=True)
class Promised:
    """What a unit and all below it said for a year, and did: for the overview. `more`: the rows that are left out."""

    year: int
    tally: Tally
    rows: list["UnitRow"]
    more: int
    door: str


@dataclass(frozen=True)
class UnitRow:
    """A direct subordinate: its tasks and those of all below it, and its own plan."""

    name: str
    sort_key: str
    href: str
    tally: Tally
    plan: Tag | None


def promised(unit: Unit, line: Line, *, year: int, day: dt.date, most: int) -> Promised:
    """Read it all; the number of questions does not grow with the number of units."""
    below = deeds.below_unit(unit, line, year=year, day=day)
    plans = deeds.plans_below(unit, line, year=year, day=day)
    rows = [
        row
        for row in unit_rows(below.by_head, plans, year=year, today=day)
        if row.tally.said or row.plan
    ]
    door = f"{reverse('desk:tasks')}?nam={year}&don-vi={unit.pk}"
    return Promised(year, tally(below.whole, day), rows[:most], max(0, len(rows) - most), door)


def unit_rows(
    by_head: Mapping[int, Iterable[Told]],
    plans: Mapping[int, str],
    *,
    year: int,
    today: dt.date,
) -> list[UnitRow]:
    """The least done first."""
    names = orgs.names_on(today, [*by_head, *plans])
    found = [
        UnitRow(
            name=names[unit].name,
            sort_key=names[unit].sort_key,
            href=f"{reverse('desk:tasks')}?nam={year}&don-vi={unit}",
            tally=tally(by_head.get(unit, ()), today),
            plan=plan_tag(plans[unit]) if unit in plans else None,
        )
        for unit in dict.fromkeys([*by_head, *plans])
        if unit in names
    ]
    return sorted(
        found, key=lambda row: (row.tally.done * 10_000 // max(row.tally.said, 1), row.sort_key)
    )
