"""A task as it is told, before it is kept: the five answers, and what there will be to show."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from lantoa.ledger.models import Measure
from lantoa.lib import text
from lantoa.orgs.models import Unit
from lantoa.plans.models import Movement, Objective, Task


@dataclass(frozen=True)
class Answers:
    """What a task says. The five answers of the seed: role, responsibility, content, method, time.

    Attributes:
        who, responsibility: posts and groups, never somebody's name.
        target_number: in `target_unit`, or of `target_measure`, which then is read from the records.
        owner, owner_role: of a pressing issue: a unit, and a role there.
    """

    who: str = ""
    responsibility: str = ""
    content: str = ""
    method: str = ""
    start_date: dt.date | None = None
    due_date: dt.date | None = None
    product: str = ""
    target_number: int | None = None
    target_unit: str = ""
    target_measure: Measure | None = None
    movement: Movement | None = None
    objectives: Sequence[Objective] = ()
    owner: Unit | None = None
    owner_role: str = ""


KEPT = tuple(each.name for each in fields(Answers) if each.name != "objectives")
TEXTS = ("who", "responsibility", "content", "method", "product", "target_unit")


def of_task(task: Task) -> Answers:
    """What a task says now. One query for its objectives, unless they were read with it."""
    kept = {name: getattr(task, name) for name in KEPT}
    return Answers(**kept, objectives=tuple(sorted(task.objectives.all(), key=_place)))


def _place(objective: Objective) -> tuple[str, int]:
    return objective.kind, objective.position


def cleaned(answers: Answers) -> Answers:
    """Without spaces that say nothing, in the one form in which text is kept."""
    told = {each.name: getattr(answers, each.name) for each in fields(answers)}
    return Answers(**told | {name: text.one_line(told[name]) for name in TEXTS})


def folded(answers: Answers) -> str:
    """What a task is found by."""
    return text.fold(f"{answers.content} {answers.product} {answers.who} {answers.method}")
