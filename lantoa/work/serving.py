"""What an activity serves: a task, a theme, a movement, a directive, objectives. Told by the one who records, who knows it then."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model

from lantoa.lib.errors import LantoaError
from lantoa.orgs.models import Unit
from lantoa.plans.models import Directive, Movement, Objective, Task, Theme
from lantoa.work.models import Activity

# What one names by its number, on a page or on a phone.
NAMED: dict[str, type[Model]] = {
    "task": Task,
    "theme": Theme,
    "movement": Movement,
    "directive": Directive,
}


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
    named = {name: getattr(serves, name) for name in NAMED if name in (said or {})}
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


def read(said: Mapping[str, str]) -> Serves:
    """What was named by numbers, as text. Empty is nothing. One query for each that is named.

    Raises:
        NotThereError: there is nothing with that number.
    """
    found: dict[str, Any] = {}
    for name, model in NAMED.items():
        number = said.get(name, "").strip()
        if number:
            found[name] = _found(name, model, number)
    return Serves(**found)


def _found(name: str, model: type[Model], number: str) -> Model:
    is_a_number = number.isascii() and number.isdigit() and len(number) < 19
    rows = model._default_manager.filter(pk=int(number)) if is_a_number else None
    if rows is not None and name == "task":
        rows = rows.select_related("plan")
    found = rows.first() if rows is not None else None
    if found is None:
        raise NotThereError(name)
    return found


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
