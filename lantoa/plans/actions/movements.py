"""What one may do about movements and campaigns: launch them, join them, leave them."""

import datetime as dt
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from lantoa.ledger import actions as ledger
from lantoa.ledger.actions import Fact, Posting
from lantoa.ledger.models import Measure
from lantoa.lib import secrecy, text
from lantoa.lib.dates import day_of, show_day
from lantoa.orgs import rights
from lantoa.orgs.models import Closure, Line, Person, Placement, Unit
from lantoa.orgs.queries import valid_on
from lantoa.plans.models import Directive, Joining, Movement, Programme
from lantoa.plans.refusals import RefusedError, needed_reason

SOURCE = "joining"
MEASURE = "don-vi-trong-phong-trao"
IDS_A_QUERY = 500


def launch(
    *,
    kind: str,
    name: str,
    unit: Unit,
    line: Line,
    start_date: dt.date,
    end_date: dt.date | None = None,
    launcher: str = "",
    aim: str = "",
    programme: Programme | None = None,
    directive: Directive | None = None,
    by: Person,
    at: dt.datetime,
) -> Movement:
    """Launch a movement or campaign for all that stands below a unit in a line. A `launcher` is named if it is outside.

    Args:
        end_date: the first day on which it no longer runs; None: it goes on.

    Raises:
        RefusedError: no name, a line in which the unit does not stand, days the wrong way round, or launched before.
    """
    rights.require(by, "plans.launch", unit, at)
    made = Movement(
        kind=kind,
        name=text.one_line(name),
        aim=text.nfc(aim).strip(),
        unit=unit,
        launcher=text.one_line(launcher),
        line=line,
        start_date=start_date,
        end_date=end_date,
        programme=programme,
        directive=directive,
        recorded_at=at,
        recorded_by=by,
    )
    made.folded = text.fold(f"{made.name} {made.launcher} {made.aim}")
    _refuse_wrong(made)
    return _kept(made)


@transaction.atomic
def end(*, movement: Movement, date: dt.date, by: Person, at: dt.datetime) -> None:
    """End a movement before a day. Whoever takes part is in it up to then.

    Raises:
        RefusedError: the day is not after its start.
    """
    rights.require(by, "plans.launch", movement.unit, at)
    if date <= movement.start_date:
        raise _not_after("end_date", date, movement.start_date)
    Movement.objects.filter(pk=movement.pk).update(end_date=date)
    movement.refresh_from_db()
    staying = list(Joining.objects.filter(movement=movement, end_date=None, start_date__lt=date))
    for each in staying:
        each.end_date = date
    Joining.objects.bulk_update(staying, ["end_date"], batch_size=IDS_A_QUERY)
    _post(staying, by=by, at=at)


def join(*, movement: Movement, unit: Unit, date: dt.date, by: Person, at: dt.datetime) -> Joining:
    """Let a unit take part in a movement from a day on.

    Raises:
        RefusedError: it is in it already, it does not stand below the launching unit, or the movement does not run then.
    """
    return join_many(movement=movement, units=[unit], date=date, by=by, at=at)[0]


@transaction.atomic
def join_many(
    *, movement: Movement, units: Sequence[Unit], date: dt.date, by: Person, at: dt.datetime
) -> list[Joining]:
    """`join` for many, all or none."""
    rights.require_all(by, "plans.join", {unit.pk for unit in units}, at)
    _refuse_day(movement, date, day_of(at))
    _refuse_outside(movement, units, date)
    made = [
        Joining(movement=movement, unit=unit, start_date=date, recorded_at=at, recorded_by=by)
        for unit in units
    ]
    for each in made:
        each.end_date = movement.end_date
    _refuse_twice(movement, units, date)
    Joining.objects.bulk_create(made)
    _post(made, by=by, at=at)
    return made


@transaction.atomic
def leave(*, joining: Joining, date: dt.date, reason: str, by: Person, at: dt.datetime) -> Joining:
    """Let a unit leave a movement before a day, and say why.

    Raises:
        RefusedError: no reason, a day before it joined, or it has left already.
    """
    rights.require(by, "plans.join", joining.unit, at)
    reason = text.one_line(reason)
    needed_reason(reason, vi="Thôi tham gia", en="Leaving a movement")
    secrecy.refuse(reason)
    if date <= joining.start_date:
        raise _not_after("date", date, joining.start_date)
    still = Joining.objects.filter(pk=joining.pk, left_reason="")
    if (joining.end_date and joining.end_date < date) or (
        still.update(end_date=date, left_reason=reason) != 1
    ):
        raise RefusedError(
            where="date",
            vi="Đơn vị đã thôi tham gia trước đó. Hãy tải lại trang.",
            en="The unit has left before. Reload the page.",
        )
    joining.refresh_from_db()
    _post([joining], by=by, at=at)
    return joining


def _kept(made: Movement) -> Movement:
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise RefusedError(
            where="name",
            vi="Đơn vị đã phát động phong trào này từ ngày đó. Hãy mở phong trào đã có.",
            en="The unit launched this movement on that day before. Open the one that is there.",
        ) from None
    return made


def _refuse_wrong(made: Movement) -> None:
    secrecy.refuse(made.name, made.aim)
    if not made.name or len(made.name) > (Movement._meta.get_field("name").max_length or 0):
        raise RefusedError(
            where="name",
            vi="Ghi tên phong trào, tối đa 300 ký tự.",
            en="Name the movement, in at most 300 characters.",
        )
    if made.kind not in Movement.Kind.values:
        raise RefusedError(
            where="kind",
            vi="Chọn phong trào thi đua hay cuộc vận động.",
            en="Choose movement or campaign.",
        )
    if made.end_date is not None and made.end_date <= made.start_date:
        raise _not_after("end_date", made.end_date, made.start_date)
    if not Placement.objects.filter(unit=made.unit, line=made.line).exists():
        raise RefusedError(
            where="line",
            vi=f"Đơn vị không thuộc hệ thống “{made.line.name_vi}”, nên không phát động ở đó được. Hãy chọn hệ thống khác.",
            en=f"The unit does not stand in “{made.line.name_en}”. Choose another line.",
        )


def _refuse_day(movement: Movement, date: dt.date, today: dt.date) -> None:
    is_over = movement.end_date is not None and date >= movement.end_date
    if is_over or date < movement.start_date or date > today:
        until = f" đến trước {show_day(movement.end_date)}" if movement.end_date else ""
        until_en = f" until before {show_day(movement.end_date)}" if movement.end_date else ""
        raise RefusedError(
            where="date",
            vi=f"Ngày {show_day(date)} không được: phong trào từ {show_day(movement.start_date)}{until}, và chỉ ghi ngày đã tới.",
            en=f"{show_day(date)} will not do: the movement runs from {show_day(movement.start_date)}{until_en}, and the day must have come.",
        )


def _refuse_outside(movement: Movement, units: Sequence[Unit], date: dt.date) -> None:
    below = set(
        Closure.objects.filter(
            valid_on(date), line=movement.line_id, ancestor=movement.unit_id
        ).values_list("unit_id", flat=True)
    )
    if any(unit.pk not in below for unit in units):
        raise RefusedError(
            where="unit",
            vi="Đơn vị không thuộc phạm vi phát động của phong trào này vào ngày đó. Hãy xem lại ngày hoặc đơn vị.",
            en="On that day the unit does not stand where this movement was launched. Check the day or the unit.",
        )


def _refuse_twice(movement: Movement, units: Sequence[Unit], date: dt.date) -> None:
    numbers = [unit.pk for unit in units]
    there: set[int] = set()
    for start in range(0, len(numbers), IDS_A_QUERY):
        some = Joining.objects.filter(
            movement=movement, unit__in=numbers[start : start + IDS_A_QUERY]
        )
        there |= {each.unit_id for each in some if each.end_date is None or each.end_date > date}
    if there or len(set(numbers)) != len(numbers):
        raise RefusedError(
            where="unit",
            vi="Đơn vị đang tham gia phong trào này rồi. Không cần ghi lại.",
            en="The unit is in this movement already. There is nothing to do.",
        )


def _not_after(where: str, date: dt.date, start: dt.date) -> RefusedError:
    return RefusedError(
        where=where,
        vi=f"Ngày {show_day(date)} không sau ngày bắt đầu {show_day(start)}. Hãy chọn ngày sau đó.",
        en=f"{show_day(date)} is not after the start {show_day(start)}. Choose a later day.",
    )


def _post(joinings: Sequence[Joining], *, by: Person, at: dt.datetime) -> None:
    """One from the day it joins, none from the day it leaves."""
    measure = Measure.objects.get(code=MEASURE).pk
    postings = []
    for each in joinings:
        facts = [Fact(measure, each.unit_id, each.start_date, 1)]
        if each.end_date is not None:
            facts.append(Fact(measure, each.unit_id, each.end_date, -1))
        postings.append(Posting(SOURCE, each.pk, facts))
    ledger.post_many(postings=postings, by=by, at=at)
