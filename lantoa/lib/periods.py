"""Reporting periods: half-open spans of days with a code, by the calendar or by Decree 09's cut-offs.

Codes: `2023`, `2023-H1`, `2023-H2`, `2023-9M`, `2023-Q4`, `2023-01`. By Decree 09 a month runs from the
15th of the month before to its own 14th, and longer periods are made of such months.

Source:
    Decree 09/2019/NĐ-CP, article 12; DOMAIN.md, section 4.1.
"""

import datetime as dt
import re
from dataclasses import dataclass

from lantoa.lib import dates
from lantoa.lib.errors import LantoaError

CALENDAR = "calendar"
DECREE_09 = "nd09"
RULES = (CALENDAR, DECREE_09)

# The day of the month before on which Decree 09's month begins.
_DECREE_09_FIRST_DAY = 15

# How many months a period of each grain has.
_LENGTHS = {"month": 1, "quarter": 3, "half": 6, "nine": 9, "year": 12}
GRAINS = tuple(_LENGTHS)

_CODE = re.compile(r"([0-9]{4})(?:-(Q[1-4]|H[12]|9M|0[1-9]|1[0-2]))?")


class PeriodError(LantoaError):
    """A code, rule, grain or day that makes no period."""


@dataclass(frozen=True, slots=True)
class Period:
    """A span of days, `end` left out, and what it is called."""

    code: str
    rule: str
    start: dt.date
    end: dt.date

    @property
    def year(self) -> int:
        return int(self.code[:4])

    @property
    def grain(self) -> str:
        """One of `GRAINS`."""
        return _parsed(self.code)[1]

    @property
    def last_day(self) -> dt.date:
        return self.end - dt.timedelta(days=1)

    def contains(self, day: dt.date) -> bool:
        return self.start <= day < self.end

    def months(self) -> list["Period"]:
        """The months that tile this period, each by the same rule."""
        year, grain, first = _parsed(self.code)
        return [
            period(f"{year:04}-{month:02}", self.rule)
            for month in range(first, first + _LENGTHS[grain])
        ]

    def previous(self) -> "Period":
        """The period of the same grain before this one; before nine months, those of the year before."""
        year, grain, first = _parsed(self.code)
        step = 12 if grain == "nine" else _LENGTHS[grain]
        return _period_from(year * 12 + first - 1 - step, grain, self.rule)

    def year_before(self) -> "Period":
        """The period of the same name one year earlier."""
        return period(f"{self.year - 1:04}{self.code[4:]}", self.rule)

    def name(self, lang: str = "vi") -> str:
        """What people call it: `quý IV/2023`, `tháng 01/2024`; in English `Q4 2023`, `January 2024`."""
        year, grain, first = _parsed(self.code)
        return (
            _name_en(year, grain, first) if lang.startswith("en") else _name_vi(year, grain, first)
        )

    def span(self) -> str:
        """The first and last day: `15/12/2023–14/01/2024`."""
        return f"{dates.show_day(self.start)}–{dates.show_day(self.last_day)}"


def period(code: str, rule: str = CALENDAR) -> Period:
    """Make the period a code stands for.

    Args:
        rule: `calendar`, or `nd09` for the cut-offs of Decree 09/2019, article 12.

    Raises:
        PeriodError: no such code or rule.
    """
    if rule not in RULES:
        raise PeriodError(
            vi=f"Không có cách chốt kỳ “{rule}”. Chọn một trong: {', '.join(RULES)}.",
            en=f"There is no period rule “{rule}”. Choose one of: {', '.join(RULES)}.",
        )
    year, grain, first = _parsed(code)
    index = year * 12 + first - 1
    return Period(code, rule, _first_day(index, rule), _first_day(index + _LENGTHS[grain], rule))


def period_on(day: dt.date, grain: str, rule: str = CALENDAR) -> Period:
    """Find the period of a grain (`GRAINS`) a day falls in.

    Raises:
        PeriodError: no such grain or rule, or nine months asked for a day in the last three.
    """
    if grain not in _LENGTHS:
        raise PeriodError(
            vi=f"Không có loại kỳ “{grain}”. Chọn một trong: {', '.join(GRAINS)}.",
            en=f"There is no grain “{grain}”. Choose one of: {', '.join(GRAINS)}.",
        )
    is_of_next_month = rule == DECREE_09 and day.day >= _DECREE_09_FIRST_DAY
    year, month = divmod(day.year * 12 + day.month - 1 + is_of_next_month, 12)
    if grain == "nine" and month >= _LENGTHS["nine"]:
        raise PeriodError(
            vi=f"Ngày {dates.show_day(day)} không thuộc kỳ 9 tháng nào. Chọn ngày trong 9 tháng đầu năm.",
            en=f"{dates.show_day(day)} is in no nine-month period. Choose a day in the first nine months.",
        )
    return _period_from(year * 12 + month - month % _step(grain), grain, rule)


def _step(grain: str) -> int:
    return 12 if grain == "nine" else _LENGTHS[grain]


def _period_from(index: int, grain: str, rule: str) -> Period:
    """The period of a grain whose first month is the index-th since year 0."""
    year, month = divmod(index, 12)
    ends = {
        "month": f"-{month + 1:02}",
        "quarter": f"-Q{month // 3 + 1}",
        "half": f"-H{month // 6 + 1}",
        "nine": "-9M",
        "year": "",
    }
    return period(f"{year:04}{ends[grain]}", rule)


def _first_day(index: int, rule: str) -> dt.date:
    """The day on which the index-th month since year 0 begins."""
    if rule == CALENDAR:
        return dt.date(index // 12, index % 12 + 1, 1)
    return dt.date((index - 1) // 12, (index - 1) % 12 + 1, _DECREE_09_FIRST_DAY)


def _parsed(code: str) -> tuple[int, str, int]:
    """Year, grain and number of the first month."""
    found = _CODE.fullmatch(code)
    if not found or not dates.FIRST_YEAR <= int(found[1]) <= dates.LAST_YEAR:
        raise PeriodError(
            vi=f"Không có kỳ “{code[:40]}”. Ghi như 2023, 2023-H1, 2023-9M, 2023-Q4 hoặc 2023-01.",
            en=f"There is no period “{code[:40]}”. Write 2023, 2023-H1, 2023-9M, 2023-Q4 or 2023-01.",
        )
    year, part = int(found[1]), found[2]
    if part is None:
        return year, "year", 1
    if part == "9M":
        return year, "nine", 1
    if part[0] == "Q":
        return year, "quarter", 3 * int(part[1]) - 2
    if part[0] == "H":
        return year, "half", 6 * int(part[1]) - 5
    return year, "month", int(part)


def _name_vi(year: int, grain: str, first: int) -> str:
    match grain:
        case "month":
            return f"tháng {dates.show_month(first)}/{year}"
        case "quarter":
            return f"quý {dates.roman_quarter(first // 3 + 1)}/{year}"
        case "half":
            return f"6 tháng {'đầu' if first == 1 else 'cuối'} năm {year}"
        case "nine":
            return f"9 tháng năm {year}"
        case _:
            return f"năm {year}"


def _name_en(year: int, grain: str, first: int) -> str:
    match grain:
        case "month":
            return f"{dates.month_name(first)} {year}"
        case "quarter":
            return f"Q{first // 3 + 1} {year}"
        case "half":
            return f"{'first' if first == 1 else 'second'} half of {year}"
        case "nine":
            return f"first nine months of {year}"
        case _:
            return str(year)
