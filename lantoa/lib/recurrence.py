"""Days that recur by a rule of RFC 5545, such as "the first Monday of each month"."""

import datetime as dt

from dateutil.rrule import rrulestr

from lantoa.lib.errors import LantoaError

# A rule of seconds could name more days than anybody lives; an end belongs to the duty, not to its rule.
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_ENDINGS = ("COUNT", "UNTIL")


class RuleError(LantoaError):
    """A text that is no rule for recurring days."""

    def __init__(self, rule: str) -> None:
        super().__init__(
            vi=f"“{rule}” không phải quy tắc lặp ngày. Ví dụ thứ Hai đầu tháng: FREQ=MONTHLY;BYDAY=1MO.",
            en=f"“{rule}” is no rule for recurring days. The first Monday of a month: FREQ=MONTHLY;BYDAY=1MO.",
        )


def days(rule: str, *, start: dt.date, first: dt.date, last: dt.date) -> list[dt.date]:
    """The days of a rule from `first` to `last`, both included, in order.

    Args:
        rule: as in RFC 5545, section 3.3.10, of days or longer, without COUNT or UNTIL.
        start: the day from which it counts; none comes before it.

    Raises:
        RuleError: it is no such rule.
    """
    words = dict(part.partition("=")[::2] for part in rule.split(";"))
    if words.get("FREQ") not in _FREQUENCIES or any(word in words for word in _ENDINGS):
        raise RuleError(rule)
    try:
        recurring = rrulestr(rule, dtstart=_midnight(start))
    except (ValueError, TypeError) as error:
        raise RuleError(rule) from error
    found = recurring.between(_midnight(max(first, start)), _midnight(last), inc=True)
    return [moment.date() for moment in found]


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())
