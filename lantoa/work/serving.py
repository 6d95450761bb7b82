"""What an activity serves: a task, a theme, a movement, a directive, objectives. Told by the one who records, who knows it then."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model

from lantoa.lib.errors import LantoaError
from lantoa.orgs.models import Person, Unit
from lantoa.plans.models import Directive, Movement, Objective, Task, Theme
from lantoa.plans.reach import seen_units
from lantoa.work.models import Activity

# What one names by its number, on a page or on a phone.
NAMED: dict[str, type[Model]] = {
    "task": Task,
    "theme": Theme,
    "movement": Movement,
    "directive": Directive,
}


OBJECTIVES = "objectives"
MOST_OBJECTIVES = 50
SAID = (*NAMED, OBJECTIVES)


@dataclass(frozen=True)
class Serves:
    """Nothing, unless it is said. A task comes with its plan."""

    task: Task | None = None
    theme: Theme | None = None
    movement: Movement | None = None
    directive: Directive | None = None
    objectives: Sequence[Objective] = ()

    def columns(self) -> dict[str, Any]:
        """As an activity keeps them, but for the objectives."""
        return {name: getattr(self, name) for name in NAMED}

    def told(self) -> dict[str, Any]:
        """In plain values; what is not said is not there, so that records of before read as they did."""
        said = {name: each.pk for name, each in self.columns().items() if each is not None}
        return said | (
            {"objectives": sorted(each.pk for each in self.objectives)} if self.objectives else {}
        )


NOTHING = Serves()


def served_by(activity: Activity) -> Serves:
    """What a record says it serves. A query for its objectives, and one for each of the others that is there."""
    its = {name: getattr(activity, name) for name in NAMED}
    return Serves(**its, objectives=tuple(activity.objectives.all()))


def amended(activity: Activity, said: Mapping[str, str] | None, serves: Serves) -> Serves:
    """What a record serves, with only that changed which a form asked about: the rest was not on the screen."""
    named = {name: getattr(serves, name) for name in SAID if name in (said or {})}
    return replace(served_by(activity), **named)


def told(activity: Activity) -> dict[str, Any]:
    """The same in plain values. One query."""
    its = {name: getattr(activity, f"{name}_id") for name in NAMED}
    said = {name: number for name, number in its.items() if number is not None}
    objectives = sorted(activity.objectives.values_list("pk", flat=True))
    return said | ({"objectives": objectives} if objectives else {})


class NotThereError(LantoaError):
    """It names a task, a theme or a movement that is not there. `where`: which."""

    def __init__(self, where: str) -> None:
        super().__init__(
            vi="Nhiệm vụ, chuyên đề hoặc phong trào đã chọn không còn. Hãy chọn lại, hoặc bỏ trống.",
            en="The task, theme or movement that was chosen is no longer there. Choose again, or leave it empty.",
        )
        self.where = where


def read(said: Mapping[str, str], by: Person, at: dt.datetime) -> Serves:
    """What was named by numbers, as text; objectives parted by commas. Empty is nothing. One query for each that is named.

    Raises:
        NotThereError: there is nothing with that number, or nothing that they may read: the two answer the same.
    """
    found: dict[str, Any] = {}
    for name, model in NAMED.items():
        number = said.get(name, "").strip()
        if number:
            found[name] = _found(name, model, number, by, at)
    numbers = [each for each in said.get(OBJECTIVES, "").split(",") if each.strip()]
    if numbers:
        found[OBJECTIVES] = tuple(_objectives(numbers, by, at))
    return Serves(**found)


def _found(name: str, model: type[Model], number: str, by: Person, at: dt.datetime) -> Model:
    rows = model._default_manager.filter(pk=_number(name, number))
    if name == "task":
        # Of which unit it is, the action asks: another unit's is refused with a sentence of its own.
        rows = rows.select_related("plan")
    else:
        rows = rows.filter(unit__in=seen_units(by, at).values("pk"))
    found = rows.first()
    if found is None:
        raise NotThereError(name)
    return found


def _objectives(numbers: Sequence[str], by: Person, at: dt.datetime) -> list[Objective]:
    wanted = {_number(OBJECTIVES, each.strip()) for each in numbers[:MOST_OBJECTIVES]}
    seen = seen_units(by, at).values("pk")
    found = list(Objective.objects.filter(pk__in=wanted, unit__in=seen).order_by("pk"))
    if len(found) != len(wanted):
        raise NotThereError(OBJECTIVES)
    return found


def _number(name: str, said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        raise NotThereError(name)
    return int(said)


def wrong(serves: Serves, hosts: Sequence[Unit], date: dt.date) -> Iterator[tuple[str, str, str]]:
    """What cannot be so: where, and the sentence in both languages.

    Args:
        hosts: the host and its co-organisers.
    """
    if serves.task is not None and serves.task.plan.unit_id not in {each.pk for each in hosts}:
        yield (
            "task",
            "Nhiệm vụ này của đơn vị khác. Hãy chọn nhiệm vụ của đơn vị mình, hoặc bỏ trống.",
            "This task is another unit's. Choose one of your own unit, or leave it empty.",
        )
    if serves.task is not None and not 0 <= date.year - serves.task.plan.year <= 1:
        year = serves.task.plan.year
        yield (
            "task",
            f"Nhiệm vụ này của kế hoạch năm {year}, không phải của ngày đã ghi. Hãy chọn lại.",
            f"This task is of the plan for {year}, not of the day that was written. Choose again.",
        )
    if serves.theme is not None and serves.theme.year != date.year:
        year = serves.theme.year
        yield (
            "theme",
            f"Chuyên đề này của năm {year}, không phải của ngày đã ghi. Hãy chọn lại.",
            f"This theme is of {year}, not of the day that was written. Choose again.",
        )
