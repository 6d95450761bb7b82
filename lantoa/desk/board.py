"""The overview of a unit (UX S10): what arrived, what is kept, what to look at first. Values only; nothing is kept.

Completeness stands before every share, and "not sent" is never drawn as nought.
"""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from lantoa.desk import agenda
from lantoa.desk.cards import cards
from lantoa.desk.first import first
from lantoa.desk.mending import Overseen, overseen
from lantoa.desk.overview import Asked, Card, First, Row, due_day, shown
from lantoa.lib import numbers
from lantoa.lib.periods import period_on
from lantoa.look import tilemap, trend
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import UnitName
from lantoa.reports import tiles
from lantoa.submissions import queries as submissions
from lantoa.submissions.queries import Timeliness
from lantoa.warehouse import figures
from lantoa.work import duties

SHOWN_MISSING, SHOWN_ROWS = 12, 12


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
        due=due_day(asked),
        cards=cards(asked, rows, within),
        first=first(asked, rows, within, mended),
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
    text = shown(known) if known else numbers.NO_VALUE
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
