"""Words beside deeds: four standings that add up to what was said, and a subtree that is the sum of its tasks."""

import datetime as dt
import random
import uuid
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from lantoa import ledger
from lantoa.deeds import queries
from lantoa.deeds.standing import Standing, Tally, Told, standing, tally
from lantoa.ledger import actions as measures
from lantoa.ledger.models import Measure
from lantoa.lib import periods
from lantoa.orgs.models import Placement, Succession
from lantoa.plans.actions import movements, programmes
from lantoa.plans.actions import tasks as actions
from lantoa.plans.models import Objective, Plan, Task, Term
from lantoa.warehouse import figures, segments, store
from lantoa.work import actions as work
from lantoa.work import evidence
from lantoa.work.evidence import Sent
from lantoa.work.serving import Serves
from tests import make
from tests.inspections.life import Life
from tests.orgs import world as worlds
from tests.plans import planning
from tests.practices import telling
from tests.work.photos import photo

DAY = dt.date(2026, 11, 20)
NOON = make.NOON


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA, settings.SEGMENTS = tmp_path / "media", tmp_path / "segments"
    store.forget()
    return worlds.small_province()


def told(due, *, is_reported=False, is_shown=False, target=None, reached=None):
    return Told(1, 1, due, is_reported, is_shown, target, reached)


YESTERDAY, TODAY = DAY - dt.timedelta(days=1), DAY


@pytest.mark.parametrize(
    ("task", "stands"),
    [
        (told(TODAY), Standing.OPEN),
        (told(YESTERDAY), Standing.OVERDUE),
        (told(TODAY, is_shown=True), Standing.OPEN),
        (told(YESTERDAY, is_shown=True), Standing.OVERDUE),
        (told(YESTERDAY, is_reported=True), Standing.REPORTED),
        (told(YESTERDAY, is_reported=True, is_shown=True), Standing.DONE),
        (told(YESTERDAY, is_shown=True, target=400, reached=399), Standing.OVERDUE),
        (told(YESTERDAY, is_shown=True, target=400, reached=400), Standing.DONE),
    ],
)
def test_a_task_stands_in_one_way(task, stands):
    assert standing(task, DAY) == stands


def test_the_four_add_up_to_what_was_said():
    some = [told(TODAY), told(YESTERDAY), told(TODAY, is_reported=True)]

    counted = tally(some, DAY)

    assert counted == Tally(done=0, reported=1, overdue=1, open=1)
    assert counted.said == 1 + 1 + 1


def held(task, *, with_photo=True, number=0, **more):
    told = {"kind": make.kind(), "values": {}} | more
    made = work.record(
        unit=task.plan.unit, date=task.start_date, serves=Serves(task=task), by=make.clerk(), at=NOON, **told
    )  # fmt: skip
    if with_photo:
        shot = Sent("a.jpg", photo(seed=number), uuid.uuid4())
        evidence.attach(activity=made, sent=[shot], by=make.clerk(), at=NOON)
    return made


def one(world, **changes):
    answers = [replace(planning.ROAD, **changes)]
    _plan, [task] = planning.approved(world["N.du"], world["TU"], on=world.party, answers=answers)
    return task


def stands(task):
    return queries.standings(Task.objects.filter(pk=task.pk), DAY)[task.pk]


@pytest.mark.django_db
def test_done_without_evidence_stays_reported_until_a_record_shows_it(world):
    task = one(world)
    assert stands(task) == Standing.OVERDUE
    actions.report_done(task=task, outcome="Xong", by=make.clerk(), at=NOON)
    assert stands(task) == Standing.REPORTED
    made = held(task, with_photo=False)
    assert stands(task) == Standing.REPORTED

    shot = Sent("a.jpg", photo(), uuid.uuid4())
    [kept] = evidence.attach(activity=made, sent=[shot], by=make.clerk(), at=NOON)
    assert stands(task) == Standing.DONE

    evidence.remove(evidence=kept, by=make.clerk(), at=NOON)
    assert stands(task) == Standing.REPORTED


@pytest.mark.django_db
def test_a_record_that_was_taken_back_shows_nothing(world):
    task = one(world)
    actions.report_done(task=task, outcome="Xong", by=make.clerk(), at=NOON)
    made = held(task)
    assert stands(task) == Standing.DONE

    work.withdraw(activity=made, reason="Ghi nhầm", by=make.clerk(), at=NOON)

    assert stands(task) == Standing.REPORTED


@pytest.mark.django_db
def test_a_practice_that_serves_it_shows_a_task_while_it_is_alive(world):
    path = Path(ledger.__file__).parent / "measures.toml"
    measures.load_measures(path=path, by=make.clerk(), at=NOON)
    task = one(world)
    actions.report_done(task=task, outcome="Xong", by=make.clerk(), at=NOON)
    serving = telling.proposed(world["N.du"], start=dt.date(2025, 8, 1), by=make.clerk(), task=task)
    telling.shown(telling.origin(serving), dt.date(2025, 8, 5))
    assert stands(task) == Standing.REPORTED  # silent for more than a year

    telling.shown(telling.origin(serving), DAY - dt.timedelta(days=30))

    assert stands(task) == Standing.DONE
    [(found, last)] = queries.practices_of(task, DAY)
    assert (found, last) == (serving, DAY - dt.timedelta(days=30))


@pytest.mark.django_db
def test_a_finding_shows_a_task_when_somebody_else_has_confirmed_that_it_was_mended(world):
    life = Life(world)
    task = one(world)
    actions.report_done(task=task, outcome="Xong", by=make.clerk(), at=NOON)
    inspection = life.started()
    finding = life.find(inspection, task=task)
    life.conclude(inspection)
    fix = life.fix(finding)
    assert stands(task) == Standing.REPORTED

    life.recheck(fix)

    assert stands(task) == Standing.DONE


@pytest.mark.django_db
def test_a_target_that_is_measured_is_reached_by_records_with_evidence_alone(world):
    heads = make.measure("ngay-cong")
    kind = make.kind(needed=[heads])
    task = one(world, target_number=30, target_measure=heads)
    told = {"kind": kind, "values": {"ngay-cong": 20}}
    held(task, number=1, **told)
    held(task, number=2, with_photo=False, **told)
    assert stands(task) == Standing.OVERDUE

    held(task, number=3, **told)

    assert stands(task) == Standing.DONE
    [read] = queries.read(Task.objects.filter(pk=task.pk), DAY)
    assert read.reached == 20 + 20


@pytest.mark.django_db
def test_a_target_that_counts_what_was_held_counts_each_record_with_evidence_once(world):
    meetings = make.measure("sinh-hoat")
    kind = make.kind(one=meetings)
    task = one(world, target_number=2, target_measure=meetings)
    told = {"kind": kind, "values": {}}
    held(task, number=1, **told)
    held(task, number=2, with_photo=False, **told)
    assert stands(task) == Standing.OVERDUE

    held(task, number=3, **told)

    assert stands(task) == Standing.DONE


@pytest.mark.django_db
def test_an_objective_counts_the_tasks_that_serve_it(world):
    term = Term.objects.create(level="province", name="2025-2030", start_date=dt.date(2025, 9, 1))
    border, road = (
        Objective.objects.create(unit=world["TU"], term=term, kind="advantage", position=n, title=t)
        for n, t in enumerate(("Cửa khẩu", "Giao thông"))
    )
    one(world, objectives=(road,))

    assert queries.count(queries.said().filter(objectives=road), DAY) == Tally(overdue=1)
    assert queries.count(queries.said().filter(objectives=border), DAY) == Tally()


UNITS = {
    2025: ("A1.du", "A2.du", "B1.du", "A3.du", "B2.du"),
    2026: ("N.du", "M.du", "A1.cb", "A3.cb", "TU"),
}


def a_living_province(world, seed):
    """Some twenty tasks of two years, each fared in its own way."""
    chance = random.Random(seed)
    for year, units in UNITS.items():
        for unit in units:
            plan = planning.plan(world[unit], on=world.party, year=year)
            made = [planning.task(plan) for _ in range(chance.randint(1, 2))]
            planning.send(plan)
            for task in made:
                task.refresh_from_db()
                if chance.random() < 0.5:
                    held(task, with_photo=chance.random() < 0.7, number=chance.randrange(10**6))
                if chance.random() < 0.5:
                    actions.report_done(task=task, outcome="Xong", by=make.clerk(), at=NOON)


def by_hand(world, top, year, day):
    """The slow, obvious twin: every task asked for itself, every unit walked up by its rows."""
    counted = Counter()
    for task in Task.objects.filter(plan__year=year):
        if task.said_in and stands_under(world, task.plan.unit, top, day):
            has = any(
                each.evidence.filter(removed_at=None).exists()
                for each in task.activities.filter(withdrawn_at=None)
            )
            if task.reported_at:
                counted["done" if has else "reported"] += 1
            else:
                counted["overdue" if task.due_date < day else "open"] += 1
    return Tally(**counted)


def stands_under(world, unit, top, day):
    while (
        not Placement.objects.filter(unit=unit, line=world.party, start_date__lte=day)
        .exclude(end_date__lte=day)
        .exists()
    ):
        unit = Succession.objects.get(before=unit, kind="merger").after
    while unit is not None and unit != top:
        placed = Placement.objects.filter(unit=unit, line=world.party, start_date__lte=day)
        unit = placed.exclude(end_date__lte=day).get().parent
    return unit == top


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2])
def test_words_and_deeds_of_the_province_are_the_sum_of_its_tasks_by_hand(world, seed):
    planning.measures()
    a_living_province(world, seed)
    segments.seal(at=NOON)
    for year, day in ((2025, dt.date(2025, 3, 1)), (2025, dt.date(2025, 12, 31)), (2026, DAY)):
        for top in ("TU", "N.du", "M.du"):
            if top != "TU" and day < worlds.REFORM:
                continue
            read = queries.below_unit(world[top], world.party, year=year, day=day)

            whole = tally(read.whole, day)
            assert whole == by_hand(world, world[top], year, day), (top, year, day)
            parts = [tally(read.own, day), *(tally(each, day) for each in read.by_head.values())]
            assert whole.said == sum(each.said for each in parts)
            assert whole.said == in_the_ledger(world, world[top], year, day)


def parts_of(world, chance):
    """Objectives, movements and themes of the province, some of each."""
    by = {"by": make.clerk(), "at": NOON}
    term = Term.objects.create(level="province", name="2025-2030", start_date=dt.date(2025, 9, 1))
    programme = programmes.found(unit=world["TU"], name="Học và làm", start_date=make.START, **by)
    told = {"unit": world["TU"], "line": world.party, "start_date": make.START, **by}
    return {
        "objective": [
            Objective.objects.create(unit=world["TU"], term=term, kind="advantage", position=n, title=str(n))
            for n in range(3)
        ],
        "movement": [movements.launch(kind="movement", name=str(n), **told) for n in range(2)],
        "theme": [
            programmes.set_theme(programme=programme, unit=world[key], year=2026, title=key, **by)
            for key in ("TU", "N.du")
        ],
    }  # fmt: skip


def tag(parts, chance):
    for task in Task.objects.select_related("plan"):
        task.objectives.set(chance.sample(parts["objective"], chance.randrange(3)))
        Task.objects.filter(pk=task.pk).update(movement=chance.choice([None, *parts["movement"]]))
        Plan.objects.filter(pk=task.plan_id, year=2026).update(
            theme=chance.choice([None, *parts["theme"]])
        )


def is_of(task, part, thing):
    if part == "objective":
        return thing in task.objectives.all()
    return (task.movement if part == "movement" else task.plan.theme) == thing


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [5, 6])
def test_words_and_deeds_of_every_part_and_every_task_are_what_one_counts_by_hand(world, seed):
    planning.measures()
    a_living_province(world, seed)
    chance = random.Random(seed)
    parts = parts_of(world, chance)
    tag(parts, chance)
    said = queries.of_year(2026)
    by_task = queries.standings(said, DAY)

    for part, things in parts.items():
        counted = queries.count_by(part, said, DAY)
        for thing in things:
            mine = [
                task
                for task in Task.objects.filter(plan__year=2026, said_in__isnull=False)
                if is_of(task, part, thing)
            ]
            slow = Tally(**Counter(by_hand_of(task).value for task in mine))
            assert counted.get(thing.pk, Tally()) == slow, (part, thing)
    for task in Task.objects.filter(plan__year=2026):
        assert (by_task.get(task.pk)) == (by_hand_of(task) if task.said_in else None)


def by_hand_of(task):
    """A task asked for itself, record by record."""
    held = task.activities.filter(withdrawn_at=None)
    has = any(each.evidence.filter(removed_at=None).exists() for each in held)
    if task.reported_at:
        return Standing.DONE if has else Standing.REPORTED
    return Standing.OVERDUE if task.due_date < DAY else Standing.OPEN


def in_the_ledger(world, unit, year, day):
    measure = Measure.objects.get(code="nhiem-vu-dang-ky")
    period = periods.period(str(year))
    read = figures.family(
        measures=[measure], unit=unit, line=world.party, periods=[period], structure=day
    )
    return read.figure(measure, unit.pk).top or 0


@pytest.mark.django_db
def test_the_reading_asks_no_question_per_task(world, django_assert_max_num_queries):
    a_living_province(world, 3)

    with django_assert_max_num_queries(8):
        queries.below_unit(world["TU"], world.party, year=2026, day=DAY)
