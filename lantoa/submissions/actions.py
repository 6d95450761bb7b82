"""What one may do about what is sent up: define sheets, and answer them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.db.models import Sum

from lantoa.ledger import actions as ledger
from lantoa.ledger.claims import STATED
from lantoa.ledger.models import Claim, Entry, Measure
from lantoa.lib import text
from lantoa.lib.dates import day_of, show_day
from lantoa.lib.errors import LantoaError
from lantoa.lib.numbers import LARGEST
from lantoa.lib.periods import Period
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Unit
from lantoa.submissions import define, queries
from lantoa.submissions.models import Sheet, Statement, Submission

REASON_LENGTH = 300
A_DAY = dt.timedelta(days=1)


class RefusedError(LantoaError):
    """An answer that cannot be taken as it was sent. `where` is the box: a measure's code, or a word."""

    def __init__(self, *, where: str, vi: str, en: str) -> None:
        super().__init__(vi=vi, en=en)
        self.where = where


class Stated(NamedTuple):
    """A typed total of a unit's own: what it counts up to on `date`, and why the records do not say it."""

    measure: Measure
    date: dt.date
    total: int
    reason: str


@transaction.atomic
def send(
    *,
    sheet: Sheet,
    unit: Unit,
    period: Period | str,
    statements: Sequence[Stated] = (),
    is_nil: bool = False,
    by: Person,
    at: dt.datetime,
) -> Submission:
    """Answer a sheet for a period. Records answer by themselves; what they lack is stated. Nil is an answer.

    Sending again replaces the answer; the ledger gets the difference. The same again changes nothing.

    Raises:
        RefusedError: the unit need not answer, or something in the answer is wrong.
        periods.PeriodError: there is no such period.
    """
    rights.require(by, "submissions.send", unit, at)
    span = queries.span(sheet, period)
    said = [_cleaned(each) for each in statements]
    _refuse_wrong_unit(sheet, unit, span, at)
    _refuse_wrong_statements(sheet, span, said)
    if is_nil:
        _refuse_wrong_nil(sheet, unit, span, said)
    answer = {"is_nil": is_nil, "sent_at": at, "sent_by": by}
    Submission.objects.get_or_create(sheet=sheet, unit=unit, period=span.code, defaults=answer)
    submission = Submission.objects.select_for_update().get(
        sheet=sheet, unit=unit, period=span.code
    )
    before = {each.measure_id: each for each in submission.statements.all()}
    if submission.is_nil == is_nil and _told(before.values()) == _told(_rows(submission, said)):
        return submission
    Submission.objects.filter(pk=submission.pk).update(**answer)
    submission.refresh_from_db()
    _replace(submission, before, said, span, by=by, at=at)
    return submission


@transaction.atomic
def load_sheets(*, path: Path, by: Person, at: dt.datetime) -> None:
    """Bring the sheets in line with a file (`sheets.toml`). Lines and measures must be there already.

    Raises:
        tomls.DefinitionError: a definition is wrong.
    """
    rights.require(by, "submissions.define", None, at)
    define.load(path)


def _replace(
    submission: Submission,
    before: dict[int, Statement],
    said: Sequence[Stated],
    span: Period,
    *,
    by: Person,
    at: dt.datetime,
) -> None:
    """One row a measure keeps its number for ever: it is the source of its entries."""
    rows = _rows(submission, said)
    stays = {row.measure_id for row in rows}
    gone = [each.pk for measure, each in before.items() if measure not in stays]
    for row in rows:
        if row.measure_id in before:
            row.pk = before[row.measure_id].pk
    Statement.objects.bulk_create(row for row in rows if row.pk is None)
    Statement.objects.bulk_update(
        [row for row in rows if row.measure_id in before], ["date", "total", "reason"]
    )
    Statement.objects.filter(pk__in=gone).delete()
    claims = [_claim(row, submission.unit_id, span) for row in rows]
    ledger.state(said=claims, unsaid=gone, by=by, at=at)


def _rows(submission: Submission, said: Sequence[Stated]) -> list[Statement]:
    return [
        Statement(
            submission=submission,
            measure=each.measure,
            date=each.date,
            total=each.total,
            reason=each.reason,
        )
        for each in said
    ]


def _told(rows: Iterable[Statement]) -> set[tuple[int, dt.date, int, str]]:
    return {(row.measure_id, row.date, row.total, row.reason) for row in rows}


def _claim(row: Statement, unit_id: int, span: Period) -> Claim:
    """A flow over its period, a balance from the beginning up to its day, a level on its day."""
    start, end = {
        Measure.Nature.FLOW: (span.start, span.end),
        Measure.Nature.BALANCE: (None, row.date + A_DAY),
        Measure.Nature.LEVEL: (row.date, row.date + A_DAY),
    }[Measure.Nature(row.measure.nature)]
    return Claim(
        source_id=row.pk,
        measure_id=row.measure_id,
        unit_id=unit_id,
        start_date=start,
        end_date=end,
        date=row.date,
        total=row.total,
        reason=row.reason,
    )


def _cleaned(stated: Stated) -> Stated:
    return stated._replace(reason=" ".join(text.nfc(stated.reason).split()))


def _refuse_wrong_unit(sheet: Sheet, unit: Unit, span: Period, at: dt.datetime) -> None:
    if span.start > day_of(at):
        raise RefusedError(
            where="period",
            vi=f"Kỳ {span.name()} chưa bắt đầu nên chưa gửi được.",
            en=f"The period {span.name('en')} has not begun, so nothing can be sent for it.",
        )
    if not queries.who_must(sheet, span).filter(pk=unit.pk).exists():
        last = show_day(span.last_day)
        raise RefusedError(
            where="unit",
            vi=f"Đơn vị này không phải gửi biểu “{sheet.name_vi}”, hoặc không hoạt động vào ngày {last}.",
            en=f"This unit need not answer “{sheet.name_en}”, or was not there on {last}.",
        )


def _refuse_wrong_statements(sheet: Sheet, span: Period, said: Sequence[Stated]) -> None:
    asked = set(sheet.measures.values_list("pk", flat=True))
    for each in said:
        vi, en = each.measure.name_vi, each.measure.name_en
        if each.measure.pk not in asked:
            raise RefusedError(
                where=each.measure.code,
                vi=f"Biểu “{sheet.name_vi}” không hỏi “{vi}”. Hãy bỏ số này.",
                en=f"The sheet “{sheet.name_en}” does not ask for “{en}”. Leave it out.",
            )
        asked.remove(each.measure.pk)  # a second time it is no longer asked for
        _refuse_wrong_total(each)
        if not span.contains(each.date):
            day = show_day(each.date)
            raise RefusedError(
                where=each.measure.code,
                vi=f"“{vi}” tính vào ngày {day}, ngoài {span.name()}. Hãy chọn một ngày trong kỳ.",
                en=f"“{en}” counts on {day}, outside {span.name('en')}. Choose a day in the period.",
            )


def _refuse_wrong_total(stated: Stated) -> None:
    code, vi, en = stated.measure.code, stated.measure.name_vi, stated.measure.name_en
    if type(stated.total) is not int:
        raise TypeError(f"a total is a whole number, not {stated.total!r}")
    if not 0 <= stated.total <= LARGEST:
        raise RefusedError(
            where=code,
            vi=f"“{vi}” là {stated.total}: số âm hoặc quá lớn. Hãy xem lại.",
            en=f"“{en}” is {stated.total}: negative or too large. Please check.",
        )
    if not stated.reason or len(stated.reason) > REASON_LENGTH:
        raise RefusedError(
            where=code,
            vi=f"Hãy ghi vì sao tự khai “{vi}” mà không lấy từ hồ sơ, trong {REASON_LENGTH} ký tự.",
            en=f"Say why “{en}” is stated and not taken from records, in {REASON_LENGTH} characters.",
        )


def _refuse_wrong_nil(sheet: Sheet, unit: Unit, span: Period, said: Sequence[Stated]) -> None:
    if said:
        raise RefusedError(
            where="is_nil",
            vi="Đã chọn “không phát sinh” mà vẫn khai số. Hãy chọn một trong hai.",
            en="“Nothing to report” and totals were both sent. Choose one.",
        )
    recorded = (
        Entry.objects.filter(
            unit=unit,
            measure__in=sheet.measures.filter(nature=Measure.Nature.FLOW),
            date__gte=span.start,
            date__lt=span.end,
        )
        .exclude(source_kind=STATED)
        .values("source_kind", "source_id")
        .annotate(left=Sum("value"))
        .exclude(left=0)
    )
    if recorded.exists():
        raise RefusedError(
            where="is_nil",
            vi=f"Trong {span.name()} đã có hồ sơ của đơn vị. Hãy gửi theo hồ sơ, hoặc rút hồ sơ ghi nhầm.",
            en=f"There are records of the unit in {span.name('en')}. Send by them, or withdraw them.",
        )
