"""Days, read and printed as in Vietnam: day before month, in words for documents, weeks from Monday.

Source:
    DOMAIN.md, section 9 (dates); Decree 30/2020/NĐ-CP, Annex I (a zero before days below ten and months
    one and two, and before no other number).
"""

import datetime as dt
import re

from lantoa.lib.errors import LantoaError
from lantoa.lib.text import nfc

# Without daylight saving since 1975, so a fixed offset is the zone and needs no database of zones.
VIETNAM = dt.timezone(dt.timedelta(hours=7), "Asia/Ho_Chi_Minh")
FIRST_YEAR = 1900
LAST_YEAR = 9998  # so that the day after the last one still is a date

_SLASHED = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LONG = re.compile(r"ngày ([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})")
# As POSIX reads two digits: 69 to 99 are of the last century.
_FIRST_TWO_DIGIT_YEAR = 69
_QUOTED_LENGTH = 40

_WEEKDAYS = {
    "vi": ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ Nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ROMAN_QUARTERS = ("I", "II", "III", "IV")


class DayError(LantoaError):
    """What was typed is no day, or may be another one."""


def read_day(text: str) -> dt.date:
    """Read `18/01/2024`, `5/2/24`, `ngày 18 tháng 01 năm 2024`, or what a date box sends: `2024-01-18`.

    Raises:
        DayError: month before day, a day the calendar does not have, or no day at all.
    """
    typed = nfc(" ".join(text.split()))
    if found := _ISO.fullmatch(typed):
        year, month, day = found.groups()
    elif found := _LONG.fullmatch(typed.casefold()):
        day, month, year = found.groups()
    elif found := _SLASHED.fullmatch(typed):
        day, _, month, year = found.groups()
    else:
        raise _not_a_day(typed)
    return _day(int(day), int(month), _full_year(year), typed)


def read_day_cell(value: object) -> dt.date | None:
    """Read a day from a box or a spreadsheet's cell; None when it is empty.

    Raises:
        DayError: it is neither a day nor a text that says one.
    """
    match value:
        case None:
            return None
        case dt.datetime():
            return value.date()
        case dt.date():
            return value
        case str():
            return read_day(value) if value.strip() else None
        case _:
            raise _not_a_day(str(value))


def day_of(moment: dt.datetime) -> dt.date:
    """Tell on which day in Vietnam a moment falls; cut-offs are decided by it.

    Raises:
        ValueError: the moment has no zone.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone falls on no day")
    return moment.astimezone(VIETNAM).date()


def show_day(day: dt.date) -> str:
    """Print a day for tables and the web: `18/01/2024`."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def show_long(day: dt.date, lang: str = "vi") -> str:
    """Print a day for documents: `ngày 05 tháng 02 năm 2026`, `ngày 27 tháng 5 năm 2026`.

    Source:
        Decree 30/2020/NĐ-CP, Annex I, part I, section II, item 4.
    """
    if lang.startswith("en"):
        return f"{day.day} {month_name(day.month)} {day.year}"
    return f"ngày {day.day:02} tháng {show_month(day.month)} năm {day.year}"


def show_moment(moment: dt.datetime, lang: str = "vi") -> str:
    """Print a moment as the clock and the calendar in Vietnam have it: `09:36 ngày 18/01/2024`.

    Raises:
        ValueError: the moment has no zone.
    """
    day = show_day(day_of(moment))
    clock = f"{moment.astimezone(VIETNAM):%H:%M}"
    return f"{clock}, {day}" if lang.startswith("en") else f"{clock} ngày {day}"


def show_month(month: int) -> str:
    """Print a month's number by the same rule: `01`, `02`, `3` … `12`."""
    return f"{month:02}" if month <= 2 else str(month)


def month_name(month: int) -> str:
    """Name a month in English: `January`."""
    return _ENGLISH_MONTHS[month - 1]


def weekday(day: dt.date, lang: str = "vi") -> str:
    """Name the day of the week: `Thứ Năm`, in English `Thursday`."""
    return _WEEKDAYS["en" if lang.startswith("en") else "vi"][day.weekday()]


def roman_quarter(quarter: int) -> str:
    """Number a quarter, 1 to 4, the Roman way: `IV`."""
    return _ROMAN_QUARTERS[quarter - 1]


def _full_year(year: str) -> int:
    number = int(year)
    if len(year) == 4:
        return number
    return number + (1900 if number >= _FIRST_TWO_DIGIT_YEAR else 2000)


def _day(day: int, month: int, year: int, typed: str) -> dt.date:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise _not_a_day(typed)
    if month > 12 and 1 <= day <= 12:
        raise DayError(
            vi=f"“{typed}” không có tháng {month}. Ghi ngày trước, tháng sau, ví dụ 18/01/2024.",
            en=f"“{typed}” has no month {month}. Write the day before the month, as in 18/01/2024.",
        )
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise DayError(
            vi=f"“{typed}” không có trong lịch. Kiểm tra lại ngày và tháng.",
            en=f"“{typed}” is not in the calendar. Check the day and the month.",
        ) from None


def _not_a_day(typed: str) -> DayError:
    shown = "".join(letter if letter.isprintable() else " " for letter in typed)[:_QUOTED_LENGTH]
    return DayError(
        vi=f"“{shown}” không phải ngày. Ghi ngày, tháng, năm, ví dụ 18/01/2024.",
        en=f"“{shown}” is not a day. Write day, month, year, as in 18/01/2024.",
    )
