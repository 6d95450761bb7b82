"""What an address asks for: measure, period, line, structure, unit. Every state of a page is in its address."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.shortcuts import get_list_or_404, get_object_or_404
from django.urls import reverse

from lantoa.ledger.models import Measure
from lantoa.lib import dates, text
from lantoa.lib.dates import DayError
from lantoa.lib.periods import Period, PeriodError
from lantoa.lib.periods import period as period_of
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Line, Unit, UnitName
from lantoa.portal.doors import AskError, NothingYetError, lang

TERRITORY = "dia-ban"
OF_ITS_DAY = ""
LONGEST = 40
PAGE = 100
MOST_PAGES = 100_000


@dataclass(frozen=True, slots=True)
class Question:
    """One figure. `structure` None: of its day; `position`: the ledger as it stood there, None as it stands."""

    measure: Measure
    period: Period
    line: Line
    unit: int
    structure: dt.date | None
    position: int | None = None

    def query(self, **other: object) -> str:
        """The question as a query string; what is said in `other` replaces or is added."""
        said: dict[str, object] = {
            "ky": self.period.code,
            "chot": "" if self.period.rule == "calendar" else self.period.rule,
            "he": self.line.code,
            "moc": self.structure.isoformat() if self.structure else "",
            "don-vi": self.unit,
            "vi-tri": self.position,
        }
        said.update({name.replace("_", "-"): value for name, value in other.items()})
        return query_of(said)

    def address(self, name: str = "figure", **other: object) -> str:
        return _path(name, self.measure.code, lang()) + self.query(**other)


@lru_cache(maxsize=1024)
def _path(name: str, code: str, _language: str) -> str:
    """The path of one measure's page: a page has hundreds of figures of the same one."""
    return reverse(f"portal:{name}", args=[code])


def query_of(said: Mapping[str, object]) -> str:
    """A query string of what is said, names in order, without what is not."""
    kept = {name: value for name, value in said.items() if value not in ("", None)}
    return f"?{urlencode(kept)}" if kept else ""


def period(asked: QueryDict, *, default: Period) -> Period:
    code, rule = said(asked, "ky"), said(asked, "chot")
    if not code and not rule:
        return default
    try:
        return period_of(code or default.code, rule or "calendar")
    except PeriodError as error:
        raise AskError(field="ky" if code else "chot", vi=error.vi, en=error.en) from error


def day(asked: QueryDict, field: str) -> dt.date | None:
    typed = said(asked, field)
    if not typed:
        return None
    try:
        return dates.read_day(typed)
    except DayError as error:
        raise AskError(field=field, vi=error.vi, en=error.en) from error


def line(asked: QueryDict, lines: list[Line]) -> Line:
    """The line asked for; the territory when none is."""
    code = said(asked, "he")
    for each in lines:
        if each.code == code or (not code and each.kind == Line.Kind.TERRITORY):
            return each
    if not code:
        return lines[0]
    known = ", ".join(each.code for each in lines)
    raise AskError(
        field="he",
        vi=f"Không có hệ thống “{code[:LONGEST]}”. Chọn một trong: {known}.",
        en=f"There is no line “{code[:LONGEST]}”. Choose one of: {known}.",
    )


def unit_number(asked: QueryDict, field: str = "don-vi") -> int | None:
    typed = said(asked, field)
    if not typed:
        return None
    number = whole(typed)
    if number is None:
        raise AskError(
            field=field,
            vi=f"“{typed[:LONGEST]}” không phải mã đơn vị của trang này. Tìm đơn vị theo tên rồi mở lại.",
            en=f"“{typed[:LONGEST]}” is not this site's number of a unit. Find the unit by name instead.",
        )
    return number


def position(asked: QueryDict, field: str) -> int | None:
    """A ledger position, as issued reports print it."""
    typed = said(asked, field)
    number = whole(typed) if typed else None
    if typed and not number:
        raise AskError(
            field=field,
            vi=f"“{typed[:LONGEST]}” không phải vị trí sổ cái. Ghi số in ở báo cáo, hoặc bỏ trống.",
            en=f"“{typed[:LONGEST]}” is no ledger position. Give the number that a report prints, or none.",
        )
    return number


def page_number(asked: QueryDict) -> int:
    typed = said(asked, "trang")
    number = whole(typed or "1")
    if not number or number > MOST_PAGES:
        raise AskError(
            field="trang",
            vi=f"Không có trang “{typed[:LONGEST]}”. Ghi một số từ 1.",
            en=f"There is no page “{typed[:LONGEST]}”. Give a number from 1.",
        )
    return number


def choice(asked: QueryDict, field: str, choices: tuple[str, ...]) -> str:
    """One of the choices; the first when nothing is said."""
    typed = said(asked, field)
    if not typed or typed in choices:
        return typed or choices[0]
    known = ", ".join(each for each in choices if each)
    raise AskError(
        field=field,
        vi=f"Không có lựa chọn “{typed[:LONGEST]}”. Chọn một trong: {known}.",
        en=f"There is no choice “{typed[:LONGEST]}”. Choose one of: {known}.",
    )


def said(asked: QueryDict, field: str) -> str:
    """What stands in the address under a name; a text in one form, without what no keyboard writes."""
    typed = text.nfc(asked.get(field, ""))
    return "".join(each for each in typed if each.isprintable()).strip()


def whole(typed: str) -> int | None:
    """A plain number of at most 18 digits."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 18 else None


def measures() -> list[Measure]:
    """All measures in their order, each ratio with its two totals at hand."""
    found = sorted(get_list_or_404(Measure), key=lambda each: (each.position, each.code))
    by_id = {each.pk: each for each in found}
    for each in found:
        if each.nature == Measure.Nature.RATIO:
            each.top, each.bottom = by_id[each.top_id or 0], by_id[each.bottom_id or 0]
    return found


def measure(code: str) -> Measure:
    for each in measures():
        if each.code == code:
            return each
    raise Http404


def lines() -> list[Line]:
    """All lines, in order.

    Raises:
        NothingYetError: a new house.
    """
    found = orgs.lines()
    if not found:
        raise NothingYetError
    return found


def unit(number: int) -> Unit:
    if number >= 2**63:
        raise Http404
    return get_object_or_404(Unit, pk=number)


def kinds(units: Iterable[int]) -> dict[int, str]:
    """What each unit is, in words."""
    wanted = list(units)
    found = get_list_or_404(Unit, pk__in=wanted) if wanted else []
    return {each.pk: each.get_kind_display() for each in found}


def unit_address(number: int, name: UnitName | str | None, **query: object) -> str:
    words = name.name if isinstance(name, UnitName) else (name or "")
    path = reverse("portal:unit", args=[number, text.slug(words) or "don-vi"])
    return path + query_of({key.replace("_", "-"): value for key, value in query.items()})


def measure_name(asked: Measure) -> str:
    return asked.name_en if lang() == "en" else asked.name_vi


def measure_unit(asked: Measure) -> str:
    return asked.unit_en if lang() == "en" else asked.unit_vi


def definition(asked: Measure) -> str:
    return asked.definition_en if lang() == "en" else asked.definition_vi


def line_name(asked: Line) -> str:
    return asked.name_en if lang() == "en" else asked.name_vi
