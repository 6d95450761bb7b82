"""The plan of a year and its tasks: written by the unit, approved right above, kept as approved."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from lantoa.ledger import queries as ledger
from lantoa.ledger.models import Measure
from lantoa.orgs.rights import NotAllowedError
from lantoa.plans.actions import plans, reviews, tasks
from lantoa.plans.models import Plan, Task, TaskExtension, Theme
from lantoa.plans.queries import plans as queries
from lantoa.plans.refusals import (
    ChangedMeanwhileError,
    LockedError,
    NotTheirsError,
    RefusedError,
    TooManyFocusError,
)
from tests import make
from tests.orgs import world as worlds
from tests.plans import planning
from tests.plans.planning import AT, ROAD

pytestmark = pytest.mark.django_db
LATER = AT + dt.timedelta(days=200)


@pytest.fixture
def world():
    return worlds.small_province()


def said(measure, unit, until=dt.date(2026, 12, 31)):
    """What the ledger holds of a measure at a unit, up to a day."""
    entries = ledger.entries_as_of(10**9).filter(measure__code=measure, unit=unit)
    entries = entries.filter(date__lte=until)
    return sum(entries.values_list("value", flat=True))


def test_a_unit_has_one_plan_a_year(world):
    planning.plan(world["N.du"], on=world.party)

    with pytest.raises(RefusedError, match="đã có kế hoạch năm 2026") as refused:
        planning.plan(world["N.du"], on=world.party)

    assert "has a plan for 2026" in refused.value.en
    assert planning.plan(world["N.du"], on=world.party, year=2025)


@pytest.mark.both
def test_the_database_too_keeps_one_plan_a_unit_and_year(world):
    planning.plan(world["N.du"], on=world.party)
    other = Plan(unit=world["N.du"], year=2026, line=world.party, recorded_at=AT)
    other.recorded_by = make.clerk()

    with pytest.raises(IntegrityError), transaction.atomic():
        other.save()


@pytest.mark.parametrize("year", [2015, 2028])
def test_no_plan_is_made_for_a_year_out_of_reach(world, year):
    with pytest.raises(RefusedError, match=str(year)):
        planning.plan(world["TU"], on=world.party, year=year)


def test_no_plan_is_made_for_a_unit_that_was_not_there(world):
    with pytest.raises(RefusedError, match="chưa thành lập"):
        planning.plan(world["N.du"], on=world.party, year=2024)
    world["A1.du"].refresh_from_db()
    with pytest.raises(RefusedError, match="đã kết thúc hoạt động"):
        planning.plan(world["A1.du"], on=world.party, year=2026)


def test_a_third_focus_task_is_refused(world):
    plan = planning.plan(world["N.du"], on=world.party)
    planning.task(plan)
    planning.task(plan)

    with pytest.raises(TooManyFocusError) as refused:
        planning.task(plan)

    assert str(refused.value) == "Chỉ chọn 1–2 việc trọng tâm. Việc khác ghi ở Kế hoạch."
    assert refused.value.en == "Choose 1–2 focus tasks. Put others in the plan."
    assert planning.task(plan, kind=Task.Kind.BREAKTHROUGH)


def test_a_task_is_not_due_before_it_starts(world):
    plan = planning.plan(world["N.du"], on=world.party)

    with pytest.raises(RefusedError, match="trước ngày bắt đầu") as refused:
        planning.task(plan, due_date=dt.date(2026, 1, 5))

    assert refused.value.where == "due_date"
    assert "before it starts" in refused.value.en


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"start_date": dt.date(2025, 2, 1)}, "start_date"),
        ({"due_date": dt.date(2028, 2, 1)}, "due_date"),
        ({"target_number": 0}, "target_number"),
        ({"content": "a" * 501}, "content"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_box(world, changes, where):
    plan = planning.plan(world["N.du"], on=world.party)

    with pytest.raises(RefusedError) as refused:
        planning.task(plan, **changes)

    assert refused.value.where == where


def test_a_pressing_issue_needs_a_unit_that_settles_it(world):
    plan = planning.plan(world["N.du"], on=world.party)

    with pytest.raises(RefusedError, match="phải có đơn vị") as refused:
        planning.task(plan, kind=Task.Kind.PRESSING)

    assert refused.value.where == "owner"
    assert planning.task(plan, kind=Task.Kind.PRESSING, owner=world["N.du"], owner_role="leader")


@pytest.mark.parametrize("part", ["study", "follow"])
def test_a_plan_without_one_of_its_parts_is_not_sent(world, part):
    plan = planning.plan(world["N.du"], on=world.party, **{part: " "})
    planning.task(plan)

    with pytest.raises(RefusedError, match="phần học tập và phần làm theo") as refused:
        planning.send(plan)

    assert refused.value.where == part


def test_a_plan_without_a_focus_task_or_with_an_open_question_is_not_sent(world):
    plan = planning.plan(world["N.du"], on=world.party)
    with pytest.raises(RefusedError, match="chọn 1–2 việc"):
        planning.send(plan)
    planning.task(plan, product="")

    with pytest.raises(RefusedError, match="chưa ghi sản phẩm"):
        planning.send(plan)

    plan.refresh_from_db()
    assert (plan.state, plan.version) == ("draft", 0)


def test_what_is_sent_is_frozen_and_said_to_the_ledger(world):
    planning.measures()
    plan = planning.plan(world["N.du"], on=world.party)
    planning.task(plan)
    planning.task(plan, kind=Task.Kind.PRESSING, owner=world["N.du"])
    assert said("nhiem-vu-dang-ky", world["N.du"]) == 0

    planning.send(plan)

    assert said("ke-hoach-nam", world["N.du"]) == 1
    assert said("nhiem-vu-dang-ky", world["N.du"]) == 1 + 1
    assert said("nhiem-vu-trong-tam", world["N.du"]) == 1
    assert said("nhiem-vu-trong-tam", world["N.du"], until=dt.date(2027, 1, 1)) == 1 - 1
    assert said("van-de-noi-com", world["N.du"]) == 1
    [version] = queries.versions_of(plan)
    assert [each["content"] for each in version.told["tasks"]] == [ROAD.content] * 2
    with pytest.raises(LockedError, match="đang chờ cấp trên duyệt"):
        planning.task(plan)


def test_the_direct_superior_approves_and_nobody_else(world):
    plan = planning.plan(world["N.du"], on=world.party)
    planning.task(plan)
    planning.send(plan)
    own = planning.superior(world["N.du"], on=world.party)
    beside = planning.superior(world["M.du"], on=world.party)
    other_line = planning.superior(world["P"], on=world.territory)
    for somebody in (own, beside, other_line):
        with pytest.raises(NotTheirsError):
            reviews.approve(plan=plan, shown=1, by=somebody, at=AT)
    with pytest.raises(NotAllowedError):
        reviews.approve(plan=plan, shown=1, by=make.recorder(world["TU"], on=world.party), at=AT)
    superior = planning.superior(world["TU"], on=world.party)
    assert queries.waiting_for(superior, AT) == [plan]

    reviews.approve(plan=plan, shown=1, by=superior, at=AT)

    assert (plan.state, plan.approved_version) == ("approved", 1)
    assert queries.waiting_for(superior, AT) == []


def test_nobody_approves_what_they_sent(world):
    both = planning.superior(world["TU"], on=world.party, role="administrator")
    plan = planning.plan(world["N.du"], on=world.party, by=both)
    planning.task(plan, by=both)
    planning.send(plan, by=both)

    with pytest.raises(NotTheirsError):
        reviews.approve(plan=plan, shown=1, by=both, at=AT)


def test_at_the_top_nobody_stands_above_and_what_is_sent_stands(world):
    plan = planning.plan(world["TU"], on=world.party)
    planning.task(plan)

    planning.send(plan)

    assert (plan.state, plan.approved_version) == ("approved", 1)


def test_a_plan_comes_back_with_a_question_and_goes_up_again(world):
    plan = planning.plan(world["N.du"], on=world.party)
    task = planning.task(plan)
    planning.send(plan)
    superior = planning.superior(world["TU"], on=world.party)
    with pytest.raises(RefusedError, match="Trả lại thì phải hỏi"):
        reviews.send_back(plan=plan, shown=1, question=" ", by=superior, at=AT)
    reviews.send_back(plan=plan, shown=1, question="400 m ở xóm nào?", by=superior, at=AT)
    assert queries.question_about(plan).question == "400 m ở xóm nào?"

    told = replace(ROAD, content="Đổ bê tông 400 m đường xóm Lũng Ri")
    task.refresh_from_db()
    tasks.answer(task=task, seen=task.edit, answers=told, by=make.clerk(), at=AT)
    planning.send(plan)

    with pytest.raises(ChangedMeanwhileError):
        reviews.approve(plan=plan, shown=1, by=superior, at=AT)
    reviews.approve(plan=plan, shown=2, by=superior, at=AT)
    first = plan.versions.get(number=1)
    assert first.told["tasks"][0]["content"] == ROAD.content


def test_what_was_approved_is_not_changed_but_added_to_with_a_reason(world):
    plan, [task] = planning.approved(world["N.du"], world["TU"], on=world.party)
    with pytest.raises(LockedError, match="đã duyệt nên đã khóa"):
        tasks.answer(task=task, seen=task.edit, answers=ROAD, by=make.clerk(), at=AT)
    plan.refresh_from_db()
    with pytest.raises(RefusedError, match="ghi lý do"):
        plans.reopen(plan=plan, seen=plan.edit, reason="", by=make.clerk(), at=AT)
    plans.reopen(
        plan=plan, seen=plan.edit, reason="Nảy sinh việc nước sạch", by=make.clerk(), at=AT
    )

    with pytest.raises(LockedError):
        tasks.answer(task=task, seen=task.edit, answers=ROAD, by=make.clerk(), at=AT)
    with pytest.raises(LockedError):
        tasks.remove(task=task, by=make.clerk(), at=AT)
    added = planning.task(plan, content="Sửa 2 bể nước sạch")
    planning.send(plan)

    added.refresh_from_db()
    assert (added.said_in, plan.version, plan.approved_version) == (2, 2, 1)
    assert plan.versions.get(number=2).reason == "Nảy sinh việc nước sạch"


def test_an_extension_needs_a_reason_and_is_kept(world):
    _plan, [task] = planning.approved(world["N.du"], world["TU"], on=world.party)
    until = dt.date(2026, 12, 15)
    with pytest.raises(RefusedError, match="Gia hạn thì phải ghi lý do") as refused:
        tasks.extend(task=task, due=until, reason=" ", by=make.clerk(), at=LATER)
    assert "An extension needs a reason" in refused.value.en

    tasks.extend(task=task, due=until, reason="Mưa kéo dài", by=make.clerk(), at=LATER)

    assert task.due_date == until
    told = TaskExtension.objects.values_list("was", "due_date", "reason")
    assert list(told) == [(dt.date(2026, 10, 31), until, "Mưa kéo dài")]
    assert [each.times for each in queries.tasks_of(task.plan)] == [1]


@pytest.mark.parametrize("day", [dt.date(2026, 10, 31), dt.date(2026, 3, 1), dt.date(2028, 1, 1)])
def test_an_extension_is_to_a_later_day_within_the_next_year(world, day):
    _plan, [task] = planning.approved(world["N.du"], world["TU"], on=world.party)

    with pytest.raises(RefusedError) as refused:
        tasks.extend(task=task, due=day, reason="Mưa", by=make.clerk(), at=LATER)

    assert refused.value.where == "due_date"


def test_a_date_that_nobody_approved_yet_is_changed_not_extended(world):
    task = planning.task(planning.plan(world["N.du"], on=world.party))

    with pytest.raises(RefusedError, match="Chỉ gia hạn nhiệm vụ đã duyệt"):
        tasks.extend(task=task, due=dt.date(2026, 12, 1), reason="Mưa", by=make.clerk(), at=AT)


def test_a_report_says_what_came_of_it_and_counts_as_said_until_taken_back(world):
    planning.measures()
    _plan, [task] = planning.approved(world["N.du"], world["TU"], on=world.party)
    with pytest.raises(RefusedError, match="ghi kết quả"):
        tasks.report_done(task=task, outcome="", by=make.clerk(), at=LATER)
    tasks.report_done(task=task, outcome="Xong 400 m", reached=400, by=make.clerk(), at=LATER)
    assert said("nhiem-vu-bao-da-lam", world["N.du"]) == 1

    tasks.take_back_report(task=task, seen=task.edit, by=make.clerk(), at=LATER)

    assert said("nhiem-vu-bao-da-lam", world["N.du"]) == 0
    assert (task.outcome, task.reported_at) == ("", None)


def test_an_issue_is_open_until_it_is_reported_settled(world):
    planning.measures()
    settled = {"owner": world["N.du"]}
    plan = planning.plan(world["N.du"], on=world.party)
    planning.task(plan)
    issue = planning.task(plan, kind=Task.Kind.PRESSING, **settled)
    planning.send(plan)
    issue.refresh_from_db()

    tasks.report_done(task=issue, outcome="Có nước sạch", by=make.clerk(), at=LATER)

    day = LATER.date()
    assert said("van-de-noi-com", world["N.du"], until=day - dt.timedelta(days=1)) == 1
    assert said("van-de-noi-com", world["N.du"], until=day) == 1 - 1
    assert said("van-de-giai-quyet", world["N.du"]) == 1


def test_what_was_not_finished_is_carried_over_once(world):
    _plan, [task] = planning.approved(world["M.du"], world["TU"], on=world.party, year=2025)
    into = planning.plan(world["M.du"], on=world.party)
    assert list(queries.unfinished_of(world["M.du"], 2025)) == [task]

    made = tasks.carry_over(task=task, into=into, by=make.clerk(), at=AT)

    assert (made.content, made.kind, made.carried_from) == (task.content, task.kind, task)
    assert (made.start_date, made.due_date) == (dt.date(2026, 1, 1), dt.date(2026, 10, 28))
    assert list(queries.unfinished_of(world["M.du"], 2025)) == []
    with pytest.raises(RefusedError, match="đã chuyển sang"):
        tasks.carry_over(task=task, into=into, by=make.clerk(), at=AT)


def test_a_task_taken_out_before_approval_is_no_longer_said(world):
    planning.measures()
    plan = planning.plan(world["N.du"], on=world.party)
    planning.task(plan)
    task = planning.task(plan)
    planning.send(plan)
    superior = planning.superior(world["TU"], on=world.party)
    reviews.send_back(plan=plan, shown=1, question="Một việc thôi?", by=superior, at=AT)
    task.refresh_from_db()

    tasks.remove(task=task, by=make.clerk(), at=AT)

    assert said("nhiem-vu-dang-ky", world["N.du"]) == 2 - 1


def test_two_who_change_a_task_at_once_do_not_overwrite_each_other(world):
    plan = planning.plan(world["N.du"], on=world.party)
    task = planning.task(plan)
    seen = task.edit
    tasks.answer(task=task, seen=seen, answers=ROAD, by=make.clerk(), at=AT)

    with pytest.raises(ChangedMeanwhileError):
        tasks.answer(task=task, seen=seen, answers=ROAD, by=make.clerk(), at=AT)


def test_a_theme_of_another_year_is_refused(world):
    theme = Theme(year=2025, unit=world["TU"])

    with pytest.raises(RefusedError, match="Chuyên đề này của năm 2025"):
        planning.plan(world["N.du"], on=world.party, theme=theme)


def test_only_who_plans_for_the_unit_may_plan(world):
    for somebody in (make.person(), make.recorder(world["M.du"], on=world.party)):
        with pytest.raises(NotAllowedError):
            planning.plan(world["N.du"], on=world.party, by=somebody)


def test_the_measures_of_plans_are_all_in_the_file(world):
    from pathlib import Path

    import lantoa
    from lantoa.ledger import define
    from lantoa.plans import said as told

    define.load(Path(lantoa.__file__).parent / "ledger/measures.toml")

    assert Measure.objects.filter(code__in=told.CODES).count() == len(told.CODES)


def test_the_door_of_a_figure_names_the_tasks(world):
    _plan, [task] = planning.approved(world["N.du"], world["TU"], on=world.party)

    [row] = queries.rows_for([task.pk]).values()

    assert (row.unit, row.kind_vi, row.title) == (
        "Đảng ủy Xã N",
        "Nhiệm vụ trọng tâm",
        ROAD.content,
    )


def test_the_door_of_plans_names_them(world):
    plan, _tasks = planning.approved(world["N.du"], world["TU"], on=world.party)

    [row] = queries.plan_rows([plan.pk]).values()

    assert (row.unit, row.kind_vi, row.title) == ("Đảng ủy Xã N", "Kế hoạch năm", "2026")
