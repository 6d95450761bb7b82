"""What a practice serves (a task, objectives), and the library narrowed to what serves an objective."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.desk.http import DeskRequest, year_asked
from lantoa.lib.dates import day_of
from lantoa.look import clock
from lantoa.orgs import rights
from lantoa.plans.queries import programmes
from lantoa.practices.models import Practice

OBJECTIVE = "muc-tieu"


@dataclass(frozen=True, slots=True)
class Served:
    """Something served: what sort of thing, its name, its page."""

    word: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What the address of the library asks for: an objective in a year, what it stands for, and the boxes that keep them."""

    objective: int = 0
    year: int = 0
    name: str = ""
    kept: tuple[tuple[str, str], ...] = ()


def of(request: DeskRequest, practice: Practice) -> list[Served]:
    """What a practice serves, as far as the reader may open it. Four queries at most."""
    now, found = clock.now(), []
    task = practice.task
    if task and rights.units_among(request.person, "plans.read", [task.plan.unit_id], now).exists():
        there = reverse("desk:task", args=[task.pk])
        found.append(Served(_("Nhiệm vụ"), task.content, there))
    seen = {each.pk for each in programmes.objectives(request.person, now)}
    for each in practice.objectives.order_by("kind", "position"):
        if each.pk in seen:
            there = reverse("desk:objective", args=[each.pk])
            found.append(Served(_("Mục tiêu"), each.title, there))
    return found


def narrowed(request: DeskRequest) -> Narrowed:
    """An objective that is not there, or not for the reader, answers like any page that is not there."""
    asked, now = request.GET.get(OBJECTIVE, ""), clock.now()
    if not asked:
        return Narrowed()
    year = year_asked(request, day_of(now).year)
    for each in programmes.objectives(request.person, now):
        if str(each.pk) == asked:
            kept = ((OBJECTIVE, asked), ("nam", str(year)))
            return Narrowed(objective=each.pk, year=year, name=f"{each.title}, {year}", kept=kept)
    raise Http404
