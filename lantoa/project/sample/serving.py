"""What the records of the sample serve: the task of their unit, the theme of their year, a movement, objectives. Illustrative."""

from typing import NamedTuple

from lantoa.plans.models import Movement, Theme
from lantoa.project.sample import plans, titles
from lantoa.project.sample.plans import Planned, Serving
from lantoa.project.sample.records import Record
from lantoa.work.serving import Serves

LAUNCH = "phat-dong"
STUDIES = {"hoi-nghi-truc-tiep", "hoi-nghi-truc-tuyen", "sinh-hoat-chuyen-de", "toa-dam"}


class Known(NamedTuple):
    """What there is to serve, read once."""

    themes: dict[int, Theme]
    movements: dict[str, Movement]
    tasks: Serving


def known(tasks: Serving) -> Known:
    themes = {each.year: each for each in Theme.objects.filter(unit__kind="party_province")}
    movements = {each.name: each for each in Movement.objects.all()}
    return Known(themes, movements, tasks)


def of(record: Record, there: Known) -> Serves:
    """What a record serves."""
    planned: Planned | None = plans.planned_for(record, there.tasks)
    movement = plans.MOVEMENTS.get(record.kind, "")
    if record.kind == LAUNCH:
        movement = titles.launched_by(record.title)
    return Serves(
        task=planned.task if planned else None,
        theme=there.themes.get(record.date.year) if record.kind in STUDIES else None,
        movement=there.movements.get(movement),
        objectives=planned.objectives if planned else (),
    )
