"""Words and deeds of what tasks are part of: an objective, a movement, a theme. Each number opens to its tasks."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from lantoa.deeds import queries as deeds
from lantoa.deeds.queries import Wanted
from lantoa.deeds.standing import Tally
from lantoa.desk.http import DeskRequest
from lantoa.look import clock

# How the list of tasks is asked for those of a part.
ASKED = {"objective": "muc-tieu", "movement": "phong-trao", "theme": "chuyen-de"}


@dataclass(frozen=True)
class Stands:
    """How the tasks of a part stand, and the address of their list."""

    tally: Tally
    door: str


def of(request: DeskRequest, part: str, number: int, year: int, today: dt.date) -> Stands:
    """Of the tasks that were said, in one's reach."""
    its: dict[str, Any] = {part: number}
    tasks = deeds.promised(request.person, clock.now(), Wanted(year=year, **its))
    return Stands(deeds.count(tasks, today), door_of(part, number, year))


def by_part(request: DeskRequest, part: str, year: int, today: dt.date) -> dict[int, Stands]:
    """Of all parts of a sort, by number. Seven queries, however many there are."""
    tasks = deeds.promised(request.person, clock.now(), Wanted(year=year))
    found = deeds.count_by(part, tasks, today)
    return {number: Stands(tally, door_of(part, number, year)) for number, tally in found.items()}


def door_of(part: str, number: int, year: int) -> str:
    return f"{reverse('desk:tasks')}?{ASKED[part]}={number}&nam={year}"


def asked(request: DeskRequest) -> dict[str, Any]:
    """The parts that the address of the list asks for, by their names in `Wanted`."""
    told = {part: request.GET.get(name, "")[:9] for part, name in ASKED.items()}
    return {part: int(said) for part, said in told.items() if said.isascii() and said.isdigit()}
