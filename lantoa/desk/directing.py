"""Directives as pages show them: rows, tags, who has done what is asked; and what they give to do."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.desk.rows import DUE_SOON, LATER, OVERDUE, SOON, Asking, Task
from lantoa.lib import dates
from lantoa.lib.dates import day_of
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.plans.models import Directive, DirectiveDuty, DirectiveRelation, DirectiveVersion
from lantoa.plans.queries import directives as queries
from lantoa.plans.queries.directives import Answer, Standing, State
from lantoa.work import directed

# How far back what was not done is still asked for, and how far ahead what is to come is shown.
BEHIND, AHEAD = dt.timedelta(days=366), dt.timedelta(days=60)
# Word, kind of tag, icon.
TOLD = {
    State.DONE: (gettext_lazy("Đã làm đúng hạn"), "ok", "check"),
    State.LATE: (gettext_lazy("Đã làm, trễ hạn"), "warn", "clock"),
    State.MISSED: (gettext_lazy("Chưa làm, quá hạn"), "err", "triangle-alert"),
    State.OPEN: (gettext_lazy("Chưa làm, còn hạn"), "info", "clock"),
}


@dataclass(frozen=True, slots=True)
class Count:
    """So many units in a state; `state` "" is all that are bound."""

    state: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A duty with its figure: who must, who has, each opening to its units."""

    duty: DirectiveDuty
    word: str
    bound: int
    done: int
    counts: Sequence[Count]


@dataclass(frozen=True, slots=True)
class Stand:
    """How a unit stands to a duty."""

    unit: str
    word: str
    due: dt.date
    tag: str
    tag_kind: str
    tag_icon: str
    href: str
    date: dt.date | None


def asked(duties: Sequence[DirectiveDuty], found: Sequence[Standing]) -> list[Asked]:
    told = []
    for duty in duties:
        mine = [each for each in found if each.duty.pk == duty.pk]
        counts = [
            Count(state.value, str(TOLD[state][0]), sum(1 for each in mine if each.state == state))
            for state in State
        ]
        done = sum(each.count for each in counts if each.state in (State.DONE, State.LATE))
        told.append(Asked(duty, str(duty.get_what_display()), len(mine), done, counts))
    return told


@dataclass(frozen=True, slots=True)
class Change:
    """What a correction changed: its name, what it was, what it became."""

    name: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Corrected:
    version: DirectiveVersion
    changes: list[Change]


def versions(found: Sequence[DirectiveVersion]) -> list[Corrected]:
    """The corrections of a directive, the newest first, each with what it changed."""
    names = {
        "code": _("Số và ký hiệu"), "kind": _("Loại"), "date": _("Ngày ban hành"), "issuer": _("Cơ quan ban hành"),
        "extract": _("Trích yếu"), "signer": _("Người ký"), "line": _("Hệ thống"), "is_public": _("Đăng công khai"), "related": _("Căn cứ"),
        "asked": _("Việc phải làm theo văn bản"),
    }  # fmt: skip
    told = []
    for before, after in pairwise(found):
        changes = [
            Change(name, _plain(key, before.told.get(key)), _plain(key, after.told.get(key)))
            for key, name in names.items()
            if before.told.get(key) != after.told.get(key)
        ]
        told.append(Corrected(after, changes))
    return told[::-1]


def _plain(key: str, value: Any) -> str:
    """A value of a version in words; a dash where nothing was said."""
    if key == "kind":
        return str(dict(Directive.Kind.choices).get(value, value))
    if key == "is_public":
        return _("có") if value else _("không")
    if key == "date":
        return dates.show_day(dt.date.fromisoformat(value))
    if key == "related":
        words = dict(DirectiveRelation.Kind.choices)
        return "; ".join(f"{words.get(kind, kind)} {code}" for kind, code in value) or "–"
    if key == "asked":
        words = dict(DirectiveDuty.What.choices)
        days = [(words.get(what, what), dt.date.fromisoformat(due)) for what, _l, _k, due in value]
        return "; ".join(f"{word}, {dates.show_day(due)}" for word, due in days) or "–"
    return str(value) or "–"


def stands(found: Sequence[Standing], today: dt.date) -> list[Stand]:
    """By the order of units' names. One query for every due day."""
    named: dict[tuple[int, dt.date], tuple[str, str]] = {}
    for day in {min(each.duty.due_date, today) for each in found}:
        for unit, name in orgs.names_on(day, {each.unit_id for each in found}).items():
            named[unit, day] = (name.sort_key, name.name)
    ordered = sorted(
        found,
        key=lambda each: (
            each.duty.due_date,
            named.get((each.unit_id, min(each.duty.due_date, today)), ("", ""))[0],
            each.unit_id,
        ),
    )
    return [_stand(each, named, today) for each in ordered]


def _stand(
    each: Standing, named: dict[tuple[int, dt.date], tuple[str, str]], today: dt.date
) -> Stand:
    word, tag_kind, icon = TOLD[each.state]
    _key, name = named.get((each.unit_id, min(each.duty.due_date, today)), ("", ""))
    return Stand(
        unit=name,
        word=str(each.duty.get_what_display()),
        due=each.duty.due_date,
        tag=str(word),
        tag_kind=tag_kind,
        tag_icon=icon,
        href=_address(each.answer) if each.answer else "",
        date=each.answer.date if each.answer else None,
    )


def _address(answer: Answer) -> str:
    routes = {"directive": "desk:directive", "plan": "desk:plan", "activity": "desk:one-record"}
    return reverse(routes[answer.source], args=[answer.number])


def of_directives(asking: Asking) -> Sequence[Task]:
    """What directives ask of this unit and is not done, for those who may file or record at it."""
    if not asking.here.roles & rights.ACTS["plans.file"].roles:
        return []
    today, unit = day_of(asking.at), asking.here.unit
    duties = queries.duties_for(unit, first=today - BEHIND, last=today + AHEAD)
    if not duties:
        return []
    found = directed.standings(duties, today=today, units=[unit.pk])
    return [_task(each, today) for each in found if each.answer is None]


def _task(each: Standing, today: dt.date) -> Task:
    left = (each.duty.due_date - today).days
    title, why, href = _asked_for(each.duty)
    return Task(
        title=title,
        why=why,
        href=href,
        tag=_("Quá hạn") if left < 0 else dates.show_day(each.duty.due_date),
        tag_kind="err" if left < 0 else "warn" if left <= SOON else "",
        tag_icon="triangle-alert" if left < 0 else "clock" if left <= SOON else "",
        rank=OVERDUE if left < 0 else DUE_SOON if left <= SOON else LATER,
        due=each.duty.due_date,
    )


def _asked_for(duty: DirectiveDuty) -> tuple[str, str, str]:
    """Title, reason and address: a plan is asked for where it is written, anything else where the directive is read."""
    told = {
        "code": duty.directive.code, "extract": duty.directive.extract, "day": dates.show_day(duty.due_date),
        "year": duty.due_date.year,
    }  # fmt: skip
    if duty.what == DirectiveDuty.What.PLAN:
        return (
            _("Đăng ký nhiệm vụ năm %(year)s") % told,
            _("Trước hoặc vào ngày %(day)s, theo %(code)s: %(extract)s") % told,
            f"{reverse('desk:plans')}?nam={duty.due_date.year}",
        )
    word = str(duty.get_what_display())
    why = _("Theo %(code)s: %(extract)s") % told
    return word[:1].upper() + word[1:], why, reverse("desk:directive", args=[duty.directive_id])
