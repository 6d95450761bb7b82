"""What one may do about a year's plan: begin it, write it, send it up, open what was approved once more."""

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import F

from lantoa.lib import text
from lantoa.lib.dates import day_of
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights, superiors
from lantoa.orgs.models import Line, Person, Unit
from lantoa.plans import answers, refusals, said
from lantoa.plans.models import Directive, Plan, PlanVersion, Task, Theme
from lantoa.plans.refusals import ChangedMeanwhileError, LockedError, RefusedError

ACT = "plans.plan"
LENGTH = 4000
OPEN = (Plan.State.DRAFT, Plan.State.RETURNED)
State = Plan.State


@transaction.atomic
def start(
    *,
    unit: Unit,
    line: Line,
    year: int,
    theme: Theme | None = None,
    directives: Sequence[Directive] = (),
    study: str = "",
    follow: str = "",
    by: Person,
    at: dt.datetime,
) -> Plan:
    """Begin the plan of a unit for a year, to be approved along a line.

    Raises:
        RefusedError: the unit has one already, or was not there in that year.
    """
    rights.require(by, ACT, unit, at)
    for wrong in refusals.wrong_year(unit, year, day_of(at)):
        raise wrong
    plan = Plan(
        unit=unit,
        line=line,
        year=year,
        theme=theme,
        study=_text("study", study),
        follow=_text("follow", follow),
        recorded_at=at,
        recorded_by=by,
    )
    _refuse_wrong_theme(plan)
    try:
        with transaction.atomic():
            plan.save(force_insert=True)
    except IntegrityError:
        raise RefusedError(
            where="year",
            vi=f"Đơn vị đã có kế hoạch năm {year}. Hãy mở kế hoạch đó để làm tiếp.",
            en=f"The unit has a plan for {year} already. Open that one and go on.",
        ) from None
    plan.directives.set(directives)
    return plan


@transaction.atomic
def write(
    *,
    plan: Plan,
    seen: int,
    study: str,
    follow: str,
    theme: Theme | None,
    directives: Sequence[Directive],
    by: Person,
    at: dt.datetime,
) -> Plan:
    """Say how the unit studies and how it follows. Kept unfinished; what lacks is asked for when it is sent.

    Args:
        seen: the edit that was on the screen.

    Raises:
        LockedError: it waits for a decision, or was approved.
        ChangedMeanwhileError: another changed it first.
    """
    rights.require(by, ACT, plan.unit, at)
    plan.theme = theme
    _refuse_wrong_theme(plan)
    told = {"study": _text("study", study), "follow": _text("follow", follow), "theme": theme}
    change(plan, seen, **told)
    plan.directives.set(directives)
    return plan


@transaction.atomic
def send(*, plan: Plan, seen: int, by: Person, at: dt.datetime) -> Plan:
    """Send a plan up, with its tasks. From now on they are said; where nobody stands above, they stand.

    Args:
        seen: the edit that was on the screen.

    Raises:
        RefusedError: something lacks, the first of it.
        LockedError, ChangedMeanwhileError: as `write`.
    """
    rights.require(by, ACT, plan.unit, at)
    change(plan, seen)
    tasks = list(Task.objects.filter(plan=plan).prefetch_related("objectives").order_by("pk"))
    for lacking in refusals.unfinished(plan, [(each, answers.of_task(each)) for each in tasks]):
        raise lacking
    number = plan.version + 1
    is_top = superiors.above(orgs.tree_on(plan.line, day_of(at)), plan.unit_id) is None
    PlanVersion.objects.create(
        plan=plan,
        number=number,
        told=said.told(plan, tasks),
        reason=plan.reason,
        sent_at=at,
        sent_by=by,
    )
    plan.version, plan.sent_at, plan.sent_by, plan.reason = number, at, by, ""
    plan.state = State.APPROVED if is_top else State.SENT
    plan.approved_version = number if is_top else plan.approved_version
    plan.save(
        update_fields=["version", "sent_at", "sent_by", "reason", "state", "approved_version"]
    )
    Task.objects.filter(plan=plan, said_in=None).update(said_in=number)
    now = Task.objects.filter(plan=plan).select_related("plan", "carried_from__plan")
    said.post(plan, now, by=by, at=at)
    return plan


@transaction.atomic
def reopen(*, plan: Plan, seen: int, reason: str, by: Person, at: dt.datetime) -> Plan:
    """Open an approved plan once more, to add to it. What was approved in it stays as it is.

    Raises:
        RefusedError: no reason was given, or it is not approved.
        ChangedMeanwhileError: another changed it first.
    """
    rights.require(by, ACT, plan.unit, at)
    why = text.one_line(reason)
    refusals.needed_reason(why, vi="Điều chỉnh kế hoạch đã duyệt", en="Adjusting an approved plan")
    asked = Plan.objects.filter(pk=plan.pk, edit=seen, state=State.APPROVED)
    if asked.update(edit=F("edit") + 1, state=State.DRAFT, reason=why) != 1:
        raise ChangedMeanwhileError
    plan.refresh_from_db()
    return plan


def change(plan: Plan, seen: int | None = None, **told: object) -> None:
    """One guarded UPDATE that must touch one row; held until the transaction ends, so that rules see one plan.

    Args:
        seen: the edit that was on the screen; None where a task is changed, which has one of its own.
    """
    asked = Plan.objects.filter(pk=plan.pk, state__in=OPEN)
    if seen is not None:
        asked = asked.filter(edit=seen)
    if asked.update(edit=F("edit") + 1, **told) != 1:
        now = Plan.objects.get(pk=plan.pk)
        raise ChangedMeanwhileError if now.state in OPEN else LockedError(now)
    plan.refresh_from_db()


def _refuse_wrong_theme(plan: Plan) -> None:
    if plan.theme is not None and plan.theme.year != plan.year:
        raise RefusedError(
            where="theme",
            vi=f"Chuyên đề này của năm {plan.theme.year}, không phải của năm {plan.year}. Hãy chọn lại.",
            en=f"This theme is of {plan.theme.year}, not of {plan.year}. Choose another.",
        )


def _text(where: str, said: str) -> str:
    """Kept with its lines, as it was written."""
    lines = [text.one_line(line) for line in said.splitlines()]
    kept = "\n".join(lines).strip()
    if len(kept) > LENGTH:
        raise RefusedError(
            where=where,
            vi=f"Phần này dài quá {LENGTH} ký tự. Hãy viết gọn lại, hoặc gắn văn bản kế hoạch.",
            en=f"This part is longer than {LENGTH} characters. Shorten it, or refer to the document.",
        )
    return kept
