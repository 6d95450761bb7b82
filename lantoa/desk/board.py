"""The overview of a unit (UX S10): what arrived, what is kept, what to look at first. Values only; nothing is kept.

Completeness stands before every share, and "not sent" is never drawn as nought.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantoa.desk import agenda
from lantoa.desk.doors import lang
from lantoa.desk.here import Here
from lantoa.desk.mending import Overseen, overseen
from lantoa.ledger.models import Measure
from lantoa.lib import dates, numbers
from lantoa.lib.periods import Period, period_on
from lantoa.look import tilemap, trend
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Person, UnitName
from lantoa.reports import tiles
from lantoa.submissions import due, queue
from lantoa.submissions import queries as submissions
from lantoa.submissions.due import Timely
from lantoa.submissions.models import Sheet
from lantoa.submissions.queries import Timeliness
from lantoa.warehouse import figures
from lantoa.work import duties

FIRST_TO_SEE = 5
SHOWN_MISSING, SHOWN_ROWS, NAMED = 12, 12, 2
IN_TIME = (Timely.ON_TIME, Timely.EXCUSED)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an overview is about."""

    here: Here
    person: Person
    sheet: Sheet
    span: Period
    measure: Measure
    at: dt.datetime

    @property
    def today(self) -> dt.date:
        return dates.day_of(self.at)

    @property
    def day(self) -> dt.date:
        """The day whose structure is shown: the period's last, or today while it lasts."""
        return min(self.today, self.span.last_day)


@dataclass(frozen=True, slots=True)
class Card:
    """A key figure: what had to be done beside what was. `done` of `said`, which may be None: no promise."""

    title: str
    text: str
    of: str
    href: str
    tag: str
    kind: str
    said: int | None
    done: int


@dataclass(frozen=True, slots=True)
class First:
    """Something to look at first: why, and the one thing to do."""

    tag: str
    kind: str
    title: str
    why: str
    href: str
    action: str


@dataclass(frozen=True, slots=True)
class Row:
    """A direct subordinate: what it had to keep, what it kept, and whether it has sent."""

    name: UnitName
    href: str
    said: int
    done: int
    sent: bool | None


@dataclass(frozen=True, slots=True)
class Board:
    told: Timeliness
    due: dt.date | None
    cards: list[Card]
    first: list[First]
    mending: Overseen
    rows: list[Row]
    rows_more: int
    missing: list[str]
    missing_more: int
    map: tilemap.TileMap | None
    trend: trend.Trend


def board(asked: Asked) -> Board:
    """Read it all. The number of questions does not grow with the number of units."""
    here, day = asked.here, asked.day
    heads = orgs.heads_below(here.unit, asked.sheet.line, day)
    within = submissions.timeliness(asked.sheet, asked.span).within([*heads, here.unit.pk])
    kept = _kept(asked)
    names = orgs.names_on(day, [*kept, *within.missing, *set(heads.values())])
    missing = sorted((names[each] for each in within.missing if each in names), key=_order)
    rows = _rows(asked, kept, names, within)
    by_month, last = _months(asked)
    mended = overseen(asked.here, asked.today)
    return Board(
        told=within,
        due=_due_day(asked),
        cards=[_answered(asked, within), _in_time(asked, within), _regular(rows), _figure(asked)],
        first=_first(asked, rows, within, mended),
        mending=mended,
        rows=rows[:SHOWN_ROWS],
        rows_more=max(0, len(rows) - SHOWN_ROWS),
        missing=[each.name for each in missing[:SHOWN_MISSING]],
        missing_more=max(0, len(missing) - SHOWN_MISSING),
        map=_map(asked, day),
        trend=trend.trend([str(month) for month in range(1, 13)], by_month, last),
    )


def _order(name: UnitName) -> str:
    return name.sort_key


def _kept(asked: Asked) -> dict[int, tuple[int, int]]:
    """By direct subordinate: how many occurrences of all duties were over in the period, and how many were kept."""
    heads: dict[int, dict[int, int]] = {}
    found: dict[int, tuple[int, int]] = {}
    for duty in duties.duties_on(asked.day):
        if duty.line_id not in heads:
            heads[duty.line_id] = orgs.heads_below(asked.here.unit, duty.line, asked.day)
        above = heads[duty.line_id]
        for each in duties.occurrences(
            [duty], above.keys(), first=asked.span.start, last=asked.day, today=asked.today
        ):
            if each.state in (*agenda.DONE, duties.State.MISSED):
                said, done = found.get(above[each.unit_id], (0, 0))
                is_done = each.state in agenda.DONE
                found[above[each.unit_id]] = (said + 1, done + is_done)
    return found


def _rows(
    asked: Asked, kept: dict[int, tuple[int, int]], names: dict[int, UnitName], told: Timeliness
) -> list[Row]:
    """The least kept first."""
    rows = [
        Row(
            names[unit],
            reverse("portal:unit-bare", args=[unit]),
            said,
            done,
            None if unit not in told.expected else unit in told.reported,
        )
        for unit, (said, done) in kept.items()
        if unit in names
    ]
    return sorted(rows, key=lambda row: (row.done * 10_000 // max(row.said, 1), _order(row.name)))


def _due_day(asked: Asked) -> dt.date | None:
    """The last due day among the kinds of unit that must send."""
    days = [due.due(asked.sheet, kind, asked.span) for kind in asked.sheet.unit_kinds]
    return max((each.day for each in days if each), default=None)


def _units_page(asked: Asked) -> str:
    return reverse("desk:sheet-units", args=[asked.sheet.code, asked.span.code])


def _answered(asked: Asked, told: Timeliness) -> Card:
    left = len(told.missing)
    words = ngettext("%(n)s đơn vị chưa gửi", "%(n)s đơn vị chưa gửi", left) % {"n": _n(left)}
    return Card(
        title=_("Đơn vị đã gửi"),
        text=_n(len(told.reported)),
        of=_("/ %(n)s") % {"n": _n(len(told.expected))},
        href=_units_page(asked),
        tag=words if left else _("đã đủ"),
        kind="warn" if left else "ok",
        said=len(told.expected),
        done=len(told.reported),
    )


def _in_time(asked: Asked, told: Timeliness) -> Card:
    in_time = sum(len(told.by.get(each, ())) for each in IN_TIME)
    sent = len(told.reported)
    return Card(
        title=_("Gửi đúng hạn"),
        text=numbers.show_percent(in_time, sent, 0, lang()) if sent else numbers.NO_VALUE,
        of=_("tính trên %(n)s đơn vị đã gửi") % {"n": _n(sent)},
        href=_units_page(asked),
        tag=_("%(n)s đơn vị trễ") % {"n": _n(sent - in_time)} if sent - in_time else "",
        kind="warn",
        said=None,
        done=in_time,
    )


def _regular(rows: Sequence[Row]) -> Card:
    said, done = sum(row.said for row in rows), sum(row.done for row in rows)
    return Card(
        title=_("Việc định kỳ đã giữ"),
        text=numbers.show_percent(done, said, 0, lang()) if said else numbers.NO_VALUE,
        of=_("%(done)s/%(said)s lần đến hạn") % {"done": _n(done), "said": _n(said)},
        href=reverse("desk:regularity"),
        tag=_("%(n)s lần bỏ lỡ") % {"n": _n(said - done)} if said - done else "",
        kind="warn",
        said=said,
        done=done,
    )


def _figure(asked: Asked) -> Card:
    """The chosen measure in the period, beside the same period of the year before."""
    last = asked.span.year_before()
    read = figures.family(
        measures=[asked.measure],
        unit=asked.here.unit,
        line=asked.here.line,
        periods=[asked.span, last],
    )
    now, before = (
        read.figure(asked.measure, asked.here.unit.pk, each).top for each in (asked.span, last)
    )
    address = reverse("portal:records", args=[asked.measure.code])
    return Card(
        title=asked.measure.name_en if lang() == "en" else asked.measure.name_vi,
        text=numbers.NO_VALUE if now is None else _n(now),
        of=asked.measure.unit_en if lang() == "en" else asked.measure.unit_vi,
        href=f"{address}?ky={asked.span.code}&he={asked.here.line.code}&don-vi={asked.here.unit.pk}",
        tag=_("cùng kỳ %(n)s") % {"n": _n(before)} if before else "",
        kind="",
        said=None,
        done=now or 0,
    )


def _first(asked: Asked, rows: Sequence[Row], told: Timeliness, mended: Overseen) -> list[First]:
    """At most five, each with its reason and one thing to do."""
    found = [*_to_decide(asked), *_overdue(asked, told), *_not_mended(mended), *_not_kept(rows)]
    return found[:FIRST_TO_SEE]


def _to_decide(asked: Asked) -> list[First]:
    waiting = submissions.waiting_for(asked.person, asked.at)
    if not waiting:
        return []
    doubtful = [each for each in queue.looked_at(waiting) if each.doubts]
    href, open_it = reverse("desk:review"), _("Mở hàng chờ")
    found = [
        First(
            _("Chờ duyệt"),
            "info",
            _("%(n)s báo cáo chờ quyết định") % {"n": _n(len(waiting))},
            _("Cấp dưới chỉ biết kết quả sau khi có người duyệt."),
            href,
            open_it,
        )
    ]
    if doubtful:
        said = doubtful[0].doubts[0]
        found.insert(
            0,
            First(
                _("Cần hỏi lại"),
                "warn",
                _("%(n)s báo cáo có chỗ cần hỏi") % {"n": _n(len(doubtful))},
                said.en if lang() == "en" else said.vi,
                href,
                open_it,
            ),
        )
    return found


def _overdue(asked: Asked, told: Timeliness) -> list[First]:
    day = _due_day(asked)
    if not told.missing or day is None or asked.today <= day:
        return []
    return [
        First(
            _("Quá hạn"),
            "err",
            _("%(n)s đơn vị quá hạn chưa gửi") % {"n": _n(len(told.missing))},
            _("Hạn là %(day)s.") % {"day": dates.show_day(day)},
            _units_page(asked),
            _("Xem các đơn vị"),
        )
    ]


def _not_mended(found: Overseen) -> list[First]:
    """What inspections found below and nobody has mended in time."""
    if not found.counts.overdue:
        return []
    title = _("%(n)s việc phải sửa quá hạn") % {"n": _n(found.counts.overdue)}
    why = _("Kiểm tra đã thấy, đơn vị chưa báo khắc phục.")
    return [First(_("Quá hạn"), "err", title, why, found.overdue_href, _("Xem từng việc"))]


def _not_kept(rows: Sequence[Row]) -> list[First]:
    """Those that kept less than half, as one thing to look at: the least kept are named."""
    weak = [row for row in rows if row.said and 2 * row.done < row.said]
    if not weak:
        return []
    named = ", ".join(row.name.name for row in weak[:NAMED])
    return [
        First(
            _("Chưa giữ nền nếp"),
            "warn",
            ngettext(
                "%(n)s đơn vị giữ chưa tới một nửa số lần",
                "%(n)s đơn vị giữ chưa tới một nửa số lần",
                len(weak),
            )
            % {"n": _n(len(weak))},
            _("Ít nhất là %(names)s.") % {"names": named},
            reverse("desk:regularity"),
            _("Xem các đơn vị"),
        )
    ]


def _map(asked: Asked, day: dt.date) -> tilemap.TileMap | None:
    """The measure in each commune, for those who oversee the whole province."""
    territory = orgs.territory()
    root = orgs.root_on(territory, day)
    is_at_the_top = asked.here.unit.pk == getattr(orgs.root_on(asked.here.line, day), "pk", None)
    if root is None or not is_at_the_top:
        return None
    read = figures.family(
        measures=[asked.measure], unit=root, line=territory, periods=[asked.span], structure=day
    )
    places = tiles.positions(day)
    names = orgs.names_on(day, read.units)
    drawn = [
        _tile(read.figure(asked.measure, unit).top, names[unit], places[names[unit].code])
        for unit in read.units
        if unit in names and names[unit].code in places
    ]
    return tilemap.tile_map(drawn) if drawn else None


def _tile(value: int | None, name: UnitName, place: tuple[int, int]) -> tilemap.Tile:
    row, column = place
    href = reverse("portal:unit-bare", args=[name.unit_id])
    # Records alone cannot tell none from not recorded: a dash, never a nought.
    known = value or None
    text = _n(known) if known else numbers.NO_VALUE
    return tilemap.Tile(name.name, known, text, href, column + 1, row + 1, name.short_name)


def _months(asked: Asked) -> tuple[trend.Series, trend.Series]:
    """The measure month by month, this year and the year before; a month that has not begun is a gap."""
    year = asked.span.year
    months = [
        [period_on(dt.date(each, month, 1), "month") for month in range(1, 13)]
        for each in (year, year - 1)
    ]
    read = figures.family(
        measures=[asked.measure],
        unit=asked.here.unit,
        line=asked.here.line,
        periods=[*months[0], *months[1]],
    )
    series = [
        trend.Series(
            str(each[0].year),
            tuple(
                read.figure(asked.measure, asked.here.unit.pk, month).top
                if month.start <= asked.today
                else None
                for month in each
            ),
        )
        for each in months
    ]
    return series[0], series[1]


def _n(value: int) -> str:
    return numbers.show(value, lang())
