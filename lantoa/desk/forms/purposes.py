"""What a record serves besides its task: the theme, a movement, a directive, objectives. A folded box with a guess from the task."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from lantoa.orgs.models import Unit
from lantoa.plans.models import Directive, Movement, Objective, Task, Theme
from lantoa.plans.queries import directives, movements, programmes
from lantoa.work.models import Activity

# By the name in `Serves`, the name of the box.
BOXES = {
    "theme": "chuyen-de",
    "movement": "phong-trao",
    "directive": "van-ban",
    "objectives": "muc-tieu",
}
MOST = 40
T = TypeVar("T")
# How far back a directive that asked something may still be what a record carries out, and how far ahead.
BEHIND, AHEAD = dt.timedelta(days=366), dt.timedelta(days=60)


@dataclass(frozen=True)
class Offered:
    """What there is to serve, read once."""

    themes: Sequence[Theme] = ()
    movements: Sequence[Movement] = ()
    directives: Sequence[Directive] = ()
    objectives: Sequence[Objective] = ()


@dataclass(frozen=True)
class Choice:
    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True)
class Purposes:
    """The box as it is drawn. `said`: what is chosen, in words; `is_chosen`: by a person, not by the guess."""

    boxes: Mapping[str, list[Choice]] = field(default_factory=dict)
    said: str = ""
    is_chosen: bool = False

    @property
    def is_needed(self) -> bool:
        return any(self.boxes.values())


def offered(unit: Unit, day: dt.date) -> Offered:
    """Five queries."""
    asking = directives.duties_for(unit, first=day - BEHIND, last=day + AHEAD)
    return Offered(
        programmes.themes_above(unit, day),
        movements.open_to(unit, day)[:MOST],
        list(dict.fromkeys(each.directive for each in asking))[:MOST],
        programmes.objectives_above(unit, day),
    )


def with_those_of(there: Offered, activity: Activity) -> Offered:
    """And what a record serves already, though it may no longer be offered."""
    own = activity.theme, activity.movement, activity.directive
    return Offered(
        _joined(there.themes, own[0]), _joined(there.movements, own[1]), _joined(there.directives, own[2]),
        list(dict.fromkeys([*there.objectives, *activity.objectives.all()])),
    )  # fmt: skip


def _joined(known: Sequence[T], one: T | None) -> list[T]:
    return [*known] if one is None or one in known else [*known, one]


def guessed(task: Task | None) -> dict[str, str]:
    """What a task is part of, its records are too."""
    if task is None:
        return {}
    objectives = ",".join(str(each.pk) for each in task.objectives.all())
    return {
        "theme": str(task.plan.theme_id or ""),
        "movement": str(task.movement_id or ""),
        "objectives": objectives,
    }


def drawn(there: Offered, said: Mapping[str, str], *, is_chosen: bool) -> Purposes:
    """The box with what is chosen: `said` by the names of `Serves`, as text."""
    rows: dict[str, list[tuple[str, str]]] = {
        "theme": [(str(each.pk), each.title) for each in there.themes],
        "movement": [(str(each.pk), each.name) for each in there.movements],
        "directive": [(str(each.pk), f"{each.code} {each.extract}") for each in there.directives],
        "objectives": [(str(each.pk), each.title) for each in there.objectives],
    }
    boxes = {
        name: [
            Choice(value, words, value in said.get(name, "").split(",")) for value, words in found
        ]
        for name, found in rows.items()
    }
    words = [each.words for found in boxes.values() for each in found if each.is_chosen]
    return Purposes(boxes, "; ".join(words), is_chosen)
