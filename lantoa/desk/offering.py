"""What a plan and its tasks may choose from: measures, objectives, movements, units. Read only for the question that asks."""

import datetime as dt

from lantoa.desk.doors import lang
from lantoa.desk.forms.plans import PART_OF, QUESTIONS, SETTLED_BY, Option, Options
from lantoa.desk.http import DeskRequest
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.orgs import superiors
from lantoa.orgs.models import Post
from lantoa.plans.models import Task
from lantoa.plans.queries import movements, programmes
from lantoa.work import queries as work

MOST_MOVEMENTS, MOST_UNITS = 60, 100


def for_step(request: DeskRequest, task: Task, step: int, today: dt.date) -> Options:
    if step == QUESTIONS:
        return {"chi-tieu": _measures(task)}
    if step == PART_OF:
        return {"muc-tieu": _objectives(request, task), "phong-trao": _movements(request, task)}
    if step == SETTLED_BY:
        roles = [Option(str(value), str(words), value) for value, words in Post.Role.choices]
        return {"don-vi-giai-quyet": _units(task, today), "chuc-vu": roles}
    return {}


def _measures(task: Task) -> list[Option]:
    """What records of some kind carry, and what adds up over a year; and what is chosen already."""
    taken = {take.measure for kind in work.open_kinds() for take in kind.takes.all()}
    found = {each for each in taken if each.nature == each.Nature.FLOW}
    if task.target_measure is not None:
        found.add(task.target_measure)
    named = [(each.name_en if lang() == "en" else each.name_vi, each) for each in found]
    return [
        Option(str(each.pk), name, each) for name, each in sorted(named, key=lambda row: row[0])
    ]


def _objectives(request: DeskRequest, task: Task) -> list[Option]:
    """Those of the terms that run in the plan's year, and those that are chosen already."""
    first, last = dt.date(task.plan.year, 1, 1), dt.date(task.plan.year, 12, 31)
    chosen = set(task.objectives.all())
    found = programmes.objectives(request.person, clock.now())
    return [
        Option(str(each.pk), f"{each.title} ({each.get_kind_display()})", each)
        for each in found
        if each in chosen or each.term.runs(first, last)
    ]


def _movements(request: DeskRequest, task: Task) -> list[Option]:
    """Those that run when it starts, those of one's own unit's first."""
    day = task.start_date or dt.date(task.plan.year, 1, 1)
    seen = movements.seen_by(request.person, clock.now())
    found = list(movements.search(seen, running=day).order_by("folded", "pk")[:MOST_MOVEMENTS])
    if task.movement is not None and task.movement not in found:
        found.append(task.movement)
    return [Option(str(each.pk), each.name, each) for each in found]


def _units(task: Task, today: dt.date) -> list[Option]:
    """Itself, the one above it, and those right below it; and the one that is chosen already."""
    tree, own = orgs.tree_on(task.plan.line, today), task.plan.unit_id
    at = tree.position(own)
    below = [int(each) for each in tree.unit[tree.parent == at]][:MOST_UNITS] if at >= 0 else []
    above = superiors.above(tree, own)
    numbers = [own, *([above] if above is not None else []), *below]
    if task.owner_id and task.owner_id not in numbers:
        numbers.append(task.owner_id)
    names = orgs.names_near((each, today) for each in numbers)
    units = orgs.units_numbered(numbers)
    return [Option(str(each), names[each, today], units[each]) for each in numbers if each in units]
