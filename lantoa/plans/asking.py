"""What a plan might have copied: from its own of the year before, from a neighbour. A question in words, never a refusal."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lantoa.lib import text
from lantoa.orgs import queries as orgs
from lantoa.plans import clarity
from lantoa.plans.answers import of_task
from lantoa.plans.clarity import Question
from lantoa.plans.models import Plan
from lantoa.plans.queries import plans


class Words(NamedTuple):
    """What a plan says, whose, of which year: its two parts, and what its tasks do."""

    year: int
    name: str
    is_own: bool
    texts: Sequence[str]


def copied(said: Words, others: Sequence[Words]) -> Iterator[Question]:
    """A question for each text that is nearly another's, the first of them that is found."""
    for ours in said.texts:
        for other in others:
            if any(text.is_alike(ours, theirs) for theirs in other.texts):
                yield _question(ours, other)
                break


def questions(plan: Plan, day: dt.date) -> list[Question]:
    """All that may be asked about a plan: what is copied, and what cannot be measured. Eight queries."""
    own, told = around(plan, day)
    said = (of_task(task) for task in plans.tasks_of(plan))
    unclear = ((each.content, clarity.question(each)) for each in said)
    return [*copied(own, told), *(_about(task, asked) for task, asked in unclear if asked)]


def around(plan: Plan, day: dt.date) -> tuple[Words, list[Words]]:
    """What a plan says; and what its own of the year before says, and those of its neighbours. Seven queries."""
    found = plans.beside(plan, day)
    contents = plans.contents_of([plan, *found])
    names = orgs.names_on(day, {each.unit_id for each in found})
    told = [
        Words(
            each.year,
            names[each.unit_id].name if each.unit_id in names else "",
            each.unit_id == plan.unit_id,
            [each.study, each.follow, *contents[each.pk]],
        )
        for each in found
    ]
    own = Words(plan.year, "", True, [plan.study, plan.follow, *contents[plan.pk]])  # noqa: FBT003
    return own, told


def _short(said: str) -> str:
    return said if len(said) <= 80 else f"{said[:79]}…"


def _about(content: str, asked: Question) -> Question:
    """A question about one task, where several are read together: of which."""
    vi, en = (f"“{_short(content)}”: {each[:1].lower()}{each[1:]}" for each in (asked.vi, asked.en))
    return Question(asked.where, vi, en)


def _question(ours: str, other: Words) -> Question:
    said = _short(ours)
    whose = f"kế hoạch năm {other.year} của chính đơn vị" if other.is_own else f"của {other.name}"
    whose_en = f"your own plan for {other.year}" if other.is_own else f"that of {other.name}"
    return Question(
        "plan",
        f"“{said}” gần như giống hệt {whose}. Năm nay, ở đơn vị mình, có gì khác?",
        f"“{said}” is almost the same as {whose_en}. What is different here, this year?",
    )
