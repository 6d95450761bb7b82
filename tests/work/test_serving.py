"""What an activity serves: told with it, kept in its versions, and nothing of the sort in records of before."""

import datetime as dt
import hashlib
import json

import pytest

from lantoa.lib.errors import RefusedError
from lantoa.plans import refusals
from lantoa.plans.actions import movements, tasks
from lantoa.plans.models import Objective, Term
from lantoa.work import actions, serving
from lantoa.work.models import Activity
from lantoa.work.serving import NotThereError, Serves
from tests import make
from tests.orgs import world as worlds
from tests.plans import planning

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 7)


@pytest.fixture
def world():
    return worlds.small_province()


@pytest.fixture
def task(world):
    _plan, [task] = planning.approved(world["N.du"], world["TU"], on=world.party)
    return task


def record(unit, **more):
    told = {"kind": make.kind(), "date": DAY, "values": {}} | more
    return actions.record(unit=unit, by=make.clerk(), at=make.NOON, **told)


def test_an_activity_names_the_task_and_the_objectives_that_it_serves(world, task):
    term = Term.objects.create(level="province", name="2025-2030", start_date=dt.date(2025, 9, 1))
    objective = Objective.objects.create(
        unit=world["TU"], term=term, kind="advantage", position=1, title="Cửa khẩu"
    )

    made = record(world["N.du"], serves=Serves(task=task, objectives=[objective]))

    assert made.task == task
    assert list(made.objectives.all()) == [objective]
    assert list(task.activities.all()) == [made]


def test_a_correction_keeps_what_is_not_named_and_its_version_tells_it(world, task):
    made = record(world["N.du"], serves=Serves(task=task))

    actions.correct(activity=made, seen=1, values={}, title="Khác", by=make.clerk(), at=make.NOON)
    assert made.task == task
    actions.correct(
        activity=made, seen=2, values={}, serves=Serves(), by=make.clerk(), at=make.NOON
    )

    assert made.task is None
    assert [each.told.get("task") for each in made.versions.order_by("number")] == [
        task.pk, task.pk, None,
    ]  # fmt: skip


def test_the_same_record_for_another_task_is_other_content(world, task):
    kind = make.kind()
    made = record(world["N.du"], kind=kind, serves=Serves(task=task))

    again = record(world["N.du"], kind=kind, serves=Serves(task=task), uuid=made.uuid)
    assert again == made
    with pytest.raises(actions.SentBeforeError):
        record(world["N.du"], kind=kind, uuid=made.uuid)


def test_a_record_without_service_has_the_mark_that_it_always_had(world):
    made = record(world["N.du"], title="Sinh hoạt")

    told = [made.kind_id, made.unit_id, "2026-03-07", [], "Sinh hoạt", []]
    assert made.digest == hashlib.sha256(json.dumps(told).encode()).hexdigest()


def test_a_task_of_another_unit_or_another_year_is_refused(world, task):
    with pytest.raises(RefusedError, match="của đơn vị khác") as refused:
        record(world["M.du"], serves=Serves(task=task))
    assert refused.value.where == "task"
    with pytest.raises(RefusedError, match="của kế hoạch năm 2026"):
        record(world["N.du"], date=dt.date(2025, 8, 1), serves=Serves(task=task))


def test_a_guest_may_record_for_a_task_of_one_beside_it(world, task):
    made = record(world["M.du"], co_organisers=[world["N.du"]], serves=Serves(task=task))

    assert made.task == task


@pytest.mark.parametrize("said", ["999999", "x", "١٢", "9" * 30])
def test_a_number_of_nothing_is_told_so(said):
    by = make.clerk()
    for where in serving.SAID:
        with pytest.raises(NotThereError) as told:
            serving.read({where: said}, by, make.NOON)
        assert told.value.where == where


def test_what_directs_others_answers_like_nothing(world):
    """A number is not a way to read the name of what stands beyond one's reach."""
    told = {"unit": world["M.du"], "line": world.party, "by": make.clerk(), "at": make.NOON}
    movement = movements.launch(kind="movement", name="Của M", start_date=make.START, **told)
    said = {"movement": str(movement.pk)}
    near, far = (
        make.recorder(world["M.du"], on=world.party),
        make.recorder(world["N.du"], on=world.party),
    )

    assert serving.read(said, near, make.NOON).movement == movement
    with pytest.raises(NotThereError):
        serving.read(said, far, make.NOON)


def test_a_task_for_which_something_was_recorded_stays(world):
    plan = planning.plan(world["N.du"], on=world.party)
    task = planning.task(plan)
    record(world["N.du"], serves=Serves(task=task))

    with pytest.raises(refusals.RefusedError, match="Đã có việc ghi"):
        tasks.remove(task=task, by=make.clerk(), at=planning.AT)

    assert Activity.objects.filter(task=task).count() == 1
