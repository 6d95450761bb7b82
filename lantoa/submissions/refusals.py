"""What cannot be taken as it was sent, in words: what, where, what to do."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from django.db.models import Sum

from lantoa.ledger.claims import STATED
from lantoa.ledger.models import Entry, Measure
from lantoa.lib.dates import day_of, show_day
from lantoa.lib.errors import LantoaError, RefusedError
from lantoa.lib.numbers import LARGEST_TYPED, show
from lantoa.lib.periods import Period
from lantoa.orgs.models import Unit
from lantoa.submissions.models import Sheet, Submission

REASON_LENGTH = 300


class ChangedMeanwhileError(LantoaError):
    """It is no longer as it was shown: a newer version came, or somebody else decided."""

    def __init__(self, now: Submission) -> None:
        state = now.get_state_display()
        super().__init__(
            vi=f"Báo cáo này vừa đổi: nay là bản {now.version}, {state}. Hãy xem lại rồi làm tiếp.",
            en=f"This report has just changed: it is now version {now.version}, {now.state}. Look again, then go on.",
        )


class Stated(NamedTuple):
    """A typed total of a unit's own: what it counts up to on `date`, and why the records do not say it."""

    measure: Measure
    date: dt.date
    total: int
    reason: str


def wrong_unit(
    sheet: Sheet, unit: Unit, span: Period, must: Collection[int], at: dt.datetime
) -> None:
    if span.start > day_of(at):
        raise RefusedError(
            where="period",
            vi=f"Kỳ {span.name()} chưa bắt đầu nên chưa gửi được. Hãy gửi khi kỳ đã bắt đầu.",
            en=f"The period {span.name('en')} has not begun, so nothing can be sent for it. Send it once it has.",
        )
    if unit.pk not in must:
        last = show_day(span.last_day)
        raise RefusedError(
            where="unit",
            vi=f"Đơn vị này không phải gửi biểu “{sheet.name_vi}”, hoặc không hoạt động vào ngày {last}.",
            en=f"This unit need not answer “{sheet.name_en}”, or was not there on {last}.",
        )


def wrong_statements(
    sheet: Sheet, measures: Iterable[Measure], span: Period, said: Sequence[Stated]
) -> None:
    asked = {each.pk for each in measures}
    for each in said:
        vi, en = each.measure.name_vi, each.measure.name_en
        if each.measure.pk not in asked:
            raise RefusedError(
                where=each.measure.code,
                vi=f"Biểu “{sheet.name_vi}” không hỏi “{vi}”. Hãy bỏ số này.",
                en=f"The sheet “{sheet.name_en}” does not ask for “{en}”. Leave it out.",
            )
        asked.remove(each.measure.pk)  # a second time it is no longer asked for
        _wrong_total(each)
        if not span.contains(each.date):
            day = show_day(each.date)
            raise RefusedError(
                where=each.measure.code,
                vi=f"“{vi}” tính vào ngày {day}, ngoài {span.name()}. Hãy chọn một ngày trong kỳ.",
                en=f"“{en}” counts on {day}, outside {span.name('en')}. Choose a day in the period.",
            )


def _wrong_total(stated: Stated) -> None:
    code, vi, en = stated.measure.code, stated.measure.name_vi, stated.measure.name_en
    if type(stated.total) is not int:
        raise TypeError(f"a total is a whole number, not {stated.total!r}")
    if not 0 <= stated.total <= LARGEST_TYPED:
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


def wrong_nil(sheet: Sheet, unit: Unit, span: Period, said: Sequence[Stated]) -> None:
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
        raise nil_with_records(span)


def unreasoned_adjustment(submission: Submission, reason: str) -> None:
    """What was approved is locked: it is changed by an adjustment that says why, for everyone above to see."""
    if submission.approved_version is None:
        return
    if not reason or len(reason) > REASON_LENGTH:
        raise RefusedError(
            where="reason",
            vi=(
                f"Bản {submission.approved_version} đã duyệt nên đã khóa. Muốn điều chỉnh, hãy ghi lý do "
                f"trong {REASON_LENGTH} ký tự; mọi cấp trên đều thấy."
            ),
            en=(
                f"Version {submission.approved_version} was approved and is locked. To adjust it, say why "
                f"in {REASON_LENGTH} characters; everyone above will see it."
            ),
        )


def less_than_below(measure: Measure, typed: int, below: int) -> RefusedError:
    vi, en = measure.name_vi, measure.name_en
    return RefusedError(
        where=measure.code,
        vi=(
            f"“{vi}”: riêng các đơn vị bên dưới đã ghi {show(below)}, nhiều hơn số {show(typed)} vừa nhập. "
            "Hãy xem lại số này, hoặc nhờ đơn vị bên dưới sửa hồ sơ."
        ),
        en=(
            f"“{en}”: the units below alone recorded {show(below, 'en')}, more than the {show(typed, 'en')} typed. "
            "Check the number, or ask them to mend their records."
        ),
    )


def nil_with_records(span: Period) -> RefusedError:
    return RefusedError(
        where="is_nil",
        vi=f"Trong {span.name()} đã có hồ sơ của đơn vị. Hãy gửi theo hồ sơ, hoặc rút hồ sơ ghi nhầm.",
        en=f"There are records of the unit in {span.name('en')}. Send by them, or withdraw them.",
    )


def empty_boxes(measures: Sequence[Measure]) -> RefusedError:
    """What is missing is asked: an empty box may be meant, but somebody has to say so."""
    return RefusedError(
        where=measures[0].code,
        vi=f"Còn trống: {', '.join(each.name_vi for each in measures)}. Hãy điền, hoặc đánh dấu “ô trống là cố ý”.",
        en=f"Still empty: {', '.join(each.name_en for each in measures)}. Fill in, or tick “left empty on purpose”.",
    )
