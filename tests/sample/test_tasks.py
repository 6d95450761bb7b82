"""The plans of the sample: every standing occurs in every year, and the province is the sum of its tasks."""

import datetime as dt
from collections import Counter

import pytest

from lantoa.deeds import queries
from lantoa.deeds.standing import Tally, tally
from lantoa.ledger.models import Measure
from lantoa.lib import periods
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Line
from lantoa.plans.models import Movement, Plan, Task, Term
from lantoa.practices import served
from lantoa.project.sample.records import TODAY
from lantoa.warehouse import figures
from lantoa.work.models import Activity

pytestmark = pytest.mark.django_db
YEARS = [(2023, dt.date(2023, 12, 31)), (2025, dt.date(2025, 12, 31)), (2026, TODAY)]


@pytest.mark.parametrize(("year", "day"), YEARS)
def test_said_done_reported_and_overdue_all_occur_and_add_up(sample, year, day):
    line = Line.objects.get(code="dang")
    top = orgs.root_on(line, day)

    counted = tally(queries.below_unit(top, line, year=year, day=day).whole, day)

    assert min(counted.done, counted.reported, counted.overdue) > 0
    assert counted.said == Task.objects.filter(plan__year=year, said_in__isnull=False).count()
    measure = Measure.objects.get(code="nhiem-vu-dang-ky")
    period = periods.period(str(year))
    read = figures.family(measures=[measure], unit=top, line=line, periods=[period], structure=day)
    assert read.figure(measure, top.pk).top == counted.said


def test_every_kind_of_task_occurs_in_the_years_since_the_reform(sample):
    for year in (2025, 2026):
        kinds = Counter(Task.objects.filter(plan__year=year).values_list("kind", flat=True))
        assert set(kinds) == set(Task.Kind.values)
        assert kinds["focus"] > kinds["breakthrough"]


def test_plans_are_approved_wait_and_came_back(sample):
    states = set(Plan.objects.filter(year=2026).values_list("state", flat=True))

    assert states == {"approved", "sent", "returned"}


def test_every_launch_of_a_movement_serves_the_movement_that_it_names(sample):
    held = Activity.objects.filter(kind__code="phat-dong").select_related("movement")

    assert {each.date.year for each in held} == {2023, 2024, 2025, 2026}
    for each in held:
        assert f"“{each.movement.name}”" in each.title


@pytest.mark.parametrize("year", [2023, 2026])
def test_practices_serve_objectives_of_every_term_and_some_movements(sample, year):
    counted = served.by_objective(year)

    for term in Term.objects.all():
        kept = [counted.get(each.pk, (0, ()))[0] for each in term.objective_set.all()]
        assert sum(1 for each in kept if each) >= 4
    movements = Movement.objects.filter(practices__registered_date__isnull=False).distinct()
    assert movements.count() >= 3


def by_hand(task, day):
    """A task asked for itself, record by record, practice by practice: the slow twin."""
    held = task.activities.filter(withdrawn_at=None)
    has = any(each.evidence.filter(removed_at=None).exists() for each in held)
    if task.reported_at is not None:
        return "done" if has else "reported"
    return "overdue" if task.due_date < day else "open"


@pytest.mark.parametrize("part", ["objective", "movement", "theme"])
def test_every_objective_movement_and_theme_is_the_sum_of_its_tasks_by_hand(sample, part):
    year, day = YEARS[0]
    said = queries.of_year(year)
    ways = {"objective": "objectives", "movement": "movement", "theme": "plan__theme"}

    counted = queries.count_by(part, said, day)

    slow: dict[int, Counter[str]] = {}
    tagged = said.filter(**{f"{ways[part]}__isnull": False}).values_list("pk", ways[part])
    tasks = {each.pk: each for each in said}
    for pk, number in tagged:
        slow.setdefault(number, Counter())[by_hand(tasks[pk], day)] += 1
    assert counted
    assert counted == {number: Tally(**counts) for number, counts in slow.items()}
