"""Units by the code that a file gives: a code names a unit only together with a day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from lantoa.lib.dates import show_day
from lantoa.lib.errors import LantoaError
from lantoa.orgs.models import Unit, UnitName

IDS_A_QUERY = 500
Holders = dict[str, list[UnitName]]


class NoSuchUnitError(LantoaError):
    """No unit has that code, or none had it that day."""


def holders(codes: Collection[str]) -> Holders:
    """Who has borne each code, and when. One query for every 500."""
    asked, found = sorted(codes), defaultdict(list)
    for start in range(0, len(asked), IDS_A_QUERY):
        named = UnitName.objects.filter(code__in=asked[start : start + IDS_A_QUERY]).exclude(
            code=""
        )
        for each in named.select_related("unit").order_by("start_date"):
            found[each.code].append(each)
    return dict(found)


def unit_on(known: Holders, code: str, day: dt.date | None) -> Unit | None:
    """The unit of that code on that day; None when the day could not be read.

    Raises:
        NoSuchUnitError: nobody has it, or nobody had it that day.
    """
    if code not in known:
        raise NoSuchUnitError(
            vi=f"Không có đơn vị nào mang mã “{code}”. Hãy xem lại mã, nhớ giữ số 0 ở đầu.",
            en=f"No unit has the code “{code}”. Check it, and keep its leading zeros.",
        )
    if day is None:
        return None
    for name in known[code]:
        if _holds(name, day):
            return name.unit
    raise NoSuchUnitError(
        vi=f"Ngày {show_day(day)} không có đơn vị nào mang mã {code}: {_spans(known[code], 'vi')}. "
        "Hãy xem lại ngày, hoặc ghi mã của đơn vị kế thừa.",
        en=f"On {show_day(day)} no unit had the code {code}: {_spans(known[code], 'en')}. "
        "Check the day, or write the code of the unit that succeeded it.",
    )


def _holds(name: UnitName, day: dt.date) -> bool:
    """Closing leaves a unit's last name open-ended: the unit itself says when it ended."""
    ends = min(each for each in (name.end_date, name.unit.closed_date, dt.date.max) if each)
    return name.start_date <= day < ends


def _spans(names: Collection[UnitName], lang: str) -> str:
    said = []
    for name in names:
        ends = min(each for each in (name.end_date, name.unit.closed_date, dt.date.max) if each)
        start = show_day(name.start_date)
        if ends == dt.date.max:
            said.append(f"{name.name} {'từ' if lang == 'vi' else 'since'} {start}")
        else:
            last = show_day(ends - dt.timedelta(days=1))
            words = ("từ", "đến") if lang == "vi" else ("from", "to")
            said.append(f"{name.name} {words[0]} {start} {words[1]} {last}")
    return "; ".join(said)
