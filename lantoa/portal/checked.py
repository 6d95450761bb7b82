"""Verifications behind a figure's door: what was found over what was reported, in how many records of how many.

They change no figure. Each stands for the records that it was drawn from, and for no others.
"""

import datetime as dt
from typing import NamedTuple

from lantoa.inspections import verified
from lantoa.inspections.verified import Verified
from lantoa.lib import dates, numbers
from lantoa.portal.asking import Question
from lantoa.portal.doors import lang
from lantoa.portal.reading import names_near

PLACES, TEN_THOUSAND = 1, 10_000
A_DAY = dt.timedelta(days=1)


class Row(NamedTuple):
    """A finished verification, in words. `interval`: with 95 per cent certainty, a dash where nothing can be said."""

    unit: str
    span: str
    factor: str
    found: int
    reported: int
    interval: str
    checked: int
    records: int
    right: int


def rows(question: Question) -> list[Row]:
    """Those of the figure's unit and of units below it, of days within its period."""
    first, last = question.period.start, question.period.last_day
    found = verified.behind(question.measure, question.unit, question.line, first, last)
    told = [each for each in found if each.factor]
    names = names_near(question.line, last, [each.verification.unit_id for each in told])
    return [_row(each, names[each.verification.unit_id].name) for each in told]


def _row(each: Verified, unit: str) -> Row:
    factor = each.factor
    assert factor is not None  # noqa: S101 - those without are left out
    start, end = each.verification.start_date, each.verification.end_date
    return Row(
        unit=unit,
        span=f"{dates.show_day(start)} – {dates.show_day(end - A_DAY)}",
        factor=numbers.show_percent(factor.found, factor.reported, PLACES, lang()),
        found=factor.found,
        reported=factor.reported,
        interval=_interval(factor.low, factor.high),
        checked=factor.checked,
        records=factor.records,
        right=factor.right,
    )


def _interval(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return numbers.NO_VALUE
    ends = (numbers.show_percent(each, TEN_THOUSAND, PLACES, lang()) for each in (low, high))
    return " – ".join(ends)
