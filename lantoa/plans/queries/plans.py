"""What one may ask about plans and their tasks."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from lantoa.ledger.queries import SourceRow
from lantoa.lib.dates import day_of
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights, superiors
from lantoa.orgs.models import Person, Unit
from lantoa.plans.models import Plan, PlanReview, PlanVersion, Task

READ = "plans.read"
IDS_A_QUERY = 500
MOST_BESIDE = 200
# As a door names them, in both languages at once.
KINDS = {
    Task.Kind.FOCUS: ("Nhiệm vụ trọng tâm", "Focus task"),
    Task.Kind.BREAKTHROUGH: ("Giải pháp đột phá", "Breakthrough"),
    Task.Kind.PRESSING: ("Vấn đề nổi cộm, bức xúc", "Pressing issue"),
}


def is_approved(task: Task) -> bool:
    """Whether the superior approved it as it stands: then only its date can be put off."""
    approved = task.plan.approved_version
    return approved is not None and task.said_in is not None and task.said_in <= approved


def plan_of(unit: Unit, year: int) -> Plan | None:
    found = Plan.objects.filter(unit=unit, year=year)
    return found.select_related("unit", "line", "theme", "sent_by").first()


def plan_for(by: Person, pk: int, at: dt.datetime, *, act: str = READ) -> Plan | None:
    """A plan that somebody may read, or do something about; None for one that they may not, as for one that is not there."""
    found = Plan.objects.filter(pk=pk).select_related("unit", "line", "theme", "sent_by")
    plan = found.first()
    return plan if plan and _may(by, act, plan.unit_id, at) else None


def task_for(by: Person, pk: int, at: dt.datetime, *, act: str = READ) -> Task | None:
    """As `plan_for`, of a task."""
    found = Task.objects.filter(pk=pk).select_related(
        "plan__unit", "plan__line", "target_measure", "movement", "owner", "reported_by"
    )
    task = found.first()
    return task if task and _may(by, act, task.plan.unit_id, at) else None


def tasks_of(plan: Plan) -> list[Task]:
    """The tasks of a plan, the focus tasks first, each with how often it was put off."""
    found = Task.objects.filter(plan=plan).select_related("plan", "target_measure", "owner")
    order = {kind: place for place, kind in enumerate(Task.Kind)}
    counted = (
        found.annotate(times=Count("extensions")).prefetch_related("objectives").order_by("pk")
    )
    return sorted(counted, key=lambda each: order[Task.Kind(each.kind)])


def tasks_numbered(numbers: Collection[int]) -> QuerySet[Task]:
    """Some tasks by their numbers, each with its unit's name on the day it starts, and how often it was put off."""
    named = Task.objects.filter(pk__in=numbers).select_related("plan", "target_measure")
    counted = named.annotate(times=Count("extensions"))
    return counted.annotate(unit_name=orgs.name_on_the_day("plan__unit", "start_date"))


def may_be_carried(task: Task, day: dt.date) -> bool:
    """Whether a task of last year can be taken over into this one's plan."""
    is_left = task.said_in is not None and task.reported_at is None
    is_of_before = task.plan.year < day.year
    return is_left and is_of_before and not Task.objects.filter(carried_from=task).exists()


def open_tasks(unit: Unit, day: dt.date) -> list[Task]:
    """The tasks that a unit is at on a day, the focus tasks first: what an activity may serve.

    Of the year, and of the year before what was neither reported done nor carried over.
    """
    of_year = Q(plan__year=day.year)
    left = Q(plan__year=day.year - 1, reported_at=None, carried_to=None, said_in__isnull=False)
    found = Task.objects.filter(of_year | left, plan__unit=unit).exclude(content="")
    order = {kind: place for place, kind in enumerate(Task.Kind)}
    rows = found.select_related("plan", "target_measure").prefetch_related("objectives")
    rows = rows.order_by("-plan__year", "pk")
    return sorted(rows, key=lambda each: order[Task.Kind(each.kind)])


def unfinished_of(unit: Unit, year: int) -> QuerySet[Task]:
    """What a unit had planned for a year and did not report done, nor carry over yet."""
    said = Task.objects.filter(plan__unit=unit, plan__year=year, said_in__isnull=False)
    return said.filter(reported_at=None, carried_to=None).select_related("plan").order_by("pk")


def versions_of(plan: Plan) -> QuerySet[PlanVersion]:
    """Everything that was sent, the newest first, with what was decided about it."""
    told = PlanReview.objects.select_related("unit", "by").order_by("pk")
    found = plan.versions.select_related("sent_by").order_by("-number")
    return found.prefetch_related(Prefetch("reviews", told))


def question_about(plan: Plan) -> PlanReview | None:
    """With what question the newest version was returned."""
    if plan.state != Plan.State.RETURNED:
        return None
    asked = PlanReview.objects.filter(
        version__plan=plan, version__number=plan.version, undone_at=None
    )
    return asked.select_related("unit").first()


def waiting_for(by: Person, at: dt.datetime) -> list[Plan]:
    """What waits for this person's decision: sent, right below a unit of theirs, and not their own. Oldest first."""
    mine = superiors.reviewer(by, "plans.review", at)
    if not mine.is_founder and not mine.at:
        return []
    own = PlanVersion.objects.filter(plan=OuterRef("pk"), sent_by=by)
    sent = Plan.objects.filter(~Exists(own), state=Plan.State.SENT)
    found = list(sent.select_related("unit", "line", "theme", "sent_by").order_by("sent_at", "pk"))
    above = superiors_of(found, day_of(at))
    return [
        each
        for each in found
        if mine.may(
            unit=each.unit_id, sent_at=each.sent_at, line=each.line_id, superior=above[each.pk]
        )
    ]


def superiors_of(plans: Iterable[Plan], day: dt.date) -> dict[int, int | None]:
    """The unit that decides about each, by plan id; None at the top. One look at the structure a line."""
    trees = {each.line: orgs.tree_on(each.line, day) for each in plans}
    return {each.pk: superiors.above(trees[each.line], each.unit_id) for each in plans}


def beside(plan: Plan, day: dt.date) -> list[Plan]:
    """The plans of the same year of the units with the same direct superior, and its own of the year before."""
    tree = orgs.tree_on(plan.line, day)
    above = superiors.above(tree, plan.unit_id)
    near: list[int] = []
    if above is not None:
        at = tree.position(above)
        near = tree.unit[tree.parent == at].tolist()
    others = Plan.objects.filter(year=plan.year, unit__in=near[:IDS_A_QUERY], version__gt=0)
    own = Plan.objects.filter(unit=plan.unit_id, year=plan.year - 1)
    return [*own, *others.exclude(unit=plan.unit_id)[:MOST_BESIDE]]


def contents_of(plans: Collection[Plan]) -> dict[int, list[str]]:
    """What the tasks of each plan say they do, by plan id. One query."""
    found: dict[int, list[str]] = {plan.pk: [] for plan in plans}
    rows = Task.objects.filter(plan__in=list(found)).order_by("pk")
    for plan, content in rows.values_list("plan_id", "content"):
        found[plan].append(content)
    return found


def _may(by: Person, act: str, unit_id: int, at: dt.datetime) -> bool:
    return rights.units_among(by, act, [unit_id], at).exists()


def years() -> list[int]:
    """The years of which there are plans, the newest first."""
    return list(Plan.objects.order_by("-year").values_list("year", flat=True).distinct())


def rows_for(source_ids: Iterable[int]) -> dict[int, SourceRow]:
    """The tasks behind ledger entries of source kind "task", named as on the day they start.

    Returns:
        By task id. One query for every 500. A task that was taken out of its plan is not there: it adds up to nothing.
    """
    ids = sorted(set(source_ids))
    rows: dict[int, SourceRow] = {}
    for start in range(0, len(ids), IDS_A_QUERY):
        found = Task.objects.filter(pk__in=ids[start : start + IDS_A_QUERY])
        named = found.annotate(unit_name=orgs.name_on_the_day("plan__unit", "start_date"))
        for each in named.exclude(start_date=None).select_related("plan"):
            assert each.start_date is not None  # noqa: S101 - asked for
            kind_vi, kind_en = KINDS[Task.Kind(each.kind)]
            rows[each.pk] = SourceRow(
                source_id=each.pk,
                date=each.start_date,
                unit_id=each.plan.unit_id,
                unit=each.unit_name,
                kind_vi=kind_vi,
                kind_en=kind_en,
                title=each.content,
                is_withdrawn=False,
            )
    return rows


def plan_rows(source_ids: Iterable[int]) -> dict[int, SourceRow]:
    """The plans behind ledger entries of source kind "plan", named as on the first day of their year. As `rows_for`."""
    ids = sorted(set(source_ids))
    rows: dict[int, SourceRow] = {}
    for start in range(0, len(ids), IDS_A_QUERY):
        found = Plan.objects.filter(pk__in=ids[start : start + IDS_A_QUERY])
        for each in found.annotate(unit_name=orgs.name_on_the_day(date="sent_at")):
            rows[each.pk] = SourceRow(
                source_id=each.pk,
                date=dt.date(each.year, 1, 1),
                unit_id=each.unit_id,
                unit=each.unit_name,
                kind_vi="Kế hoạch năm",
                kind_en="Yearly plan",
                title=str(each.year),
                is_withdrawn=False,
            )
    return rows
