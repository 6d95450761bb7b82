"""When a sheet is due: the periods that are asked for, and the last day on which each level is on time.

On time is decided by the server's clock in Vietnam: received before midnight at the end of the due day (RELIABILITY D13).
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from lantoa.lib import dates, periods, workdays
from lantoa.lib.periods import Period
from lantoa.lib.workdays import Due
from lantoa.submissions.models import Sheet

# Decree 09/2019, article 8: at least one working day after the cut-off.
LEAST_DAYS = 1


class Timely(StrEnum):
    """How an answer stands to its due day."""

    ON_TIME = "on_time"
    LATE = "late"
    # Saved on a device in time, received afterwards, and nobody has decided about it yet.
    LATE_BY_NETWORK = "late_by_network"
    EXCUSED = "excused"


@dataclass(frozen=True)
class First:
    """The first version of an answer: what on time is judged by, however often it is mended afterwards."""

    received_at: dt.datetime
    saved_at: dt.datetime | None
    is_excused: bool


def asked_periods(sheet: Sheet, day: dt.date) -> list[Period]:
    """The periods that have begun by the day, from the first that is asked for, oldest first. None on demand."""
    if sheet.start_date is None or sheet.start_date > day:
        return []
    found = [periods.period_on(sheet.start_date, sheet.frequency, sheet.period_rule)]
    while found[-1].end <= day:
        found.append(periods.period_on(found[-1].end, sheet.frequency, sheet.period_rule))
    return found


def due(sheet: Sheet, kind: str, span: Period) -> Due | None:
    """The last day on which a unit of this kind is on time; None for a sheet that is sent on demand."""
    if sheet.start_date is None:
        return None
    return workdays.after(span.last_day, sheet.days.get(kind, LEAST_DAYS))


def cut_off(due_day: dt.date) -> dt.datetime:
    """The first moment that is late."""
    return dt.datetime.combine(due_day + workdays.A_DAY, dt.time(), dates.VIETNAM)


def judge(first: First, due_day: dt.date) -> Timely:
    end = cut_off(due_day)
    if first.received_at < end:
        return Timely.ON_TIME
    if first.is_excused:
        return Timely.EXCUSED
    if first.saved_at is not None and first.saved_at < end:
        return Timely.LATE_BY_NETWORK
    return Timely.LATE
