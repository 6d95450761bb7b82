"""A workbook that was read, held against the records before anybody agrees: by the very rules of sending, cell by cell."""

import datetime as dt
from collections.abc import Mapping, Sequence

from lantoa.intake.workbooks import Read, Wrong
from lantoa.ledger.models import Measure
from lantoa.lib.errors import LantoaError, RefusedError
from lantoa.lib.numbers import show
from lantoa.lib.periods import Period
from lantoa.submissions import refusals
from lantoa.submissions.filling import NOTHING, Filled
from lantoa.submissions.models import Sheet
from lantoa.submissions.refusals import Stated


def against_records(
    read: Read,
    *,
    sheet: Sheet,
    span: Period,
    measures: Sequence[Measure],
    boxes: Mapping[int, Filled],
    today: dt.date,
) -> list[Wrong]:
    """What sending would refuse, all of it, where one sending tells only the first."""
    if read.is_nil:
        flows = [each for each in measures if each.nature == Measure.Nature.FLOW]
        if not any(boxes.get(each.pk, NOTHING).recorded for each in flows):
            return []
        return [Wrong(read.answer_at, "", refusals.nil_with_records(span))]
    day = min(span.last_day, today)
    wrong = []
    for measure in measures:
        value, box = read.totals.get(measure.code), boxes.get(measure.pk, NOTHING)
        if value is None or value == (box.recorded or 0):
            continue
        reason = (
            read.old[measure.code].after if measure.code in read.old else read.reasons[measure.code]
        )
        try:
            if value < box.below:
                raise refusals.less_than_below(measure, value, box.below)
            stated = Stated(measure, day, value - box.below, reason)
            refusals.wrong_statements(sheet, [measure], span, [stated])
        except RefusedError as error:
            wrong.append(_wrong(read, measure.code, value, reason, error))
    return wrong


def _wrong(read: Read, code: str, value: int, reason: str, error: LantoaError) -> Wrong:
    is_reason = not reason or len(reason) > refusals.REASON_LENGTH
    at = read.reason_at[code] if is_reason else read.total_at[code]
    return Wrong(at, reason[:60] if is_reason else show(value), error)
