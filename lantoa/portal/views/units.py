"""Units: the structure through time, and a page for each."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.lib import dates, text
from lantoa.look import clock
from lantoa.look.bands import bands
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Line, Succession, UnitName
from lantoa.portal import asking, choosing, issued, lives, reading, rows, structure
from lantoa.portal.doors import AskError, door, lang, page
from lantoa.rollup import tables
from lantoa.rollup.tree import Tree
from lantoa.warehouse import figures

MOST_BANDS = 80
FEW = 12
MOST_HITS = 50


@dataclass(frozen=True, slots=True)
class Row:
    """A unit of the outline, ready to be shown."""

    name: str
    code: str
    href: str
    open_href: str
    children: int
    below: int
    is_open: bool
    is_here: bool
    shown: tuple["Row", ...]
    folded: tuple["Row", ...]


@door
def structure_page(request: HttpRequest) -> HttpResponse:
    today = dates.day_of(clock.now())
    lines = asking.lines()
    line = asking.line(request.GET, lines)
    told_of = structure.history(line)
    first = structure.begins(told_of) or today
    if "so" in request.GET:
        return _slid(request, first, today)
    day = asking.day(request.GET, "ngay") or today
    tree = orgs.tree_on(line, day)
    opened = asking.unit_number(request.GET)
    branches = structure.outline(tree, opened)
    names = orgs.names_on(day, structure.units_of(branches))
    changes = structure.changes(told_of)
    context = {
        "section": "units",
        "lines": [(each, asking.line_name(each), each == line) for each in lines],
        "line": line,
        "day": day,
        "is_today": day == today,
        "slider": {"value": (day - first).days, "last": (today - first).days, "first": first},
        "marks": [(change, (change.day - first).days) for change in reversed(changes)],
        "count": len(tree.unit),
        "rows": [_row(branch, names, line, day, opened) for branch in branches],
        "opened": opened,
        **_found(request, line, day),
        **_change(request, told_of, line, changes),
    }
    return page(request, "portal/structure.html", context)


def _slid(request: HttpRequest, first: dt.date, today: dt.date) -> HttpResponse:
    """The slider counts days; its answer has the day itself in the address."""
    steps = asking.whole(asking.said(request.GET, "so"))
    if steps is None or steps > (today - first).days:
        raise AskError(
            field="so",
            vi=f"Thanh trượt chỉ đi từ 0 đến {(today - first).days} ngày. Chọn lại, hoặc ghi ngày.",
            en=f"The slider goes from 0 to {(today - first).days} days. Choose again, or give a date.",
        )
    query = request.GET.copy()
    del query["so"]
    query["ngay"] = (first + dt.timedelta(days=steps)).isoformat()
    return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")


def _row(
    branch: structure.Branch,
    names: Mapping[int, UnitName],
    line: Line,
    day: dt.date,
    opened: int | None,
) -> Row:
    named = names.get(branch.unit)
    shown = sorted(
        (_row(each, names, line, day, opened) for each in branch.shown),
        key=lambda row: (row.code or "~", not row.children),
    )
    return Row(
        name=named.name if named else _("Đơn vị %(n)s") % {"n": branch.unit},
        code=named.code if named else "",
        href=asking.unit_address(branch.unit, named, ngay=day.isoformat(), he=line.code),
        open_href=f"?he={line.code}&ngay={day.isoformat()}&don-vi={branch.unit}#cay",
        children=branch.children,
        below=branch.below,
        is_open=branch.is_open,
        is_here=branch.unit == opened,
        shown=tuple(row for row in shown if not is_folded(row)),
        folded=tuple(row for row in shown if is_folded(row)),
    )


def is_folded(row: Row) -> bool:
    """Hundreds of cells stand directly under a province: those without a code and without units below fold away."""
    return not row.code and not row.children and not row.is_here


def _found(request: HttpRequest, line: Line, day: dt.date) -> dict[str, Any]:
    typed = asking.said(request.GET, "tim")
    if not typed:
        return {}
    # Who names no day looks for a unit of any time: a commune that was merged is found under its old name too.
    hits = orgs.find(typed, day if asking.said(request.GET, "ngay") else None, most=MOST_HITS + 1)
    rows = [(hit, asking.unit_address(hit.unit_id, hit, **_day_of(hit))) for hit in hits]
    return {
        "typed": typed,
        "typed_find": typed,
        "hits": rows[:MOST_HITS],
        "has_more": len(rows) > MOST_HITS,
    }


def _day_of(name: UnitName) -> dict[str, str]:
    """The last day on which a unit bore a name, where it no longer does."""
    if name.end_date is None:
        return {}
    return {"ngay": (name.end_date - dt.timedelta(days=1)).isoformat()}


def _change(
    request: HttpRequest, told_of: structure.History, line: Line, changes: list[structure.Change]
) -> dict[str, Any]:
    """The drawing of one day's mergers and the same as a list: the day asked for, or the newest with mergers."""
    asked = asking.day(request.GET, "su-kien")
    days = [change.day for change in changes if structure.MERGER in change.kinds]
    chosen = asked if asked in days else (days[0] if days else None)
    context: dict[str, Any] = {"changes": [(each, told(each)) for each in changes]}
    if chosen is None:
        return context
    mergers = structure.mergers_on(told_of, line, chosen)
    eve = chosen - dt.timedelta(days=1)
    old = orgs.names_on(eve, [each for merger in mergers for pair in merger.old for each in pair])
    new = orgs.names_on(chosen, [merger.new for merger in mergers])
    flows = structure.flows(mergers, old, new)
    lists = [
        (
            new.get(each.new),
            asking.unit_address(each.new, new.get(each.new)),
            sorted((structure.short(old, unit) for unit, _parent in each.old), key=text.sort_key),
        )
        for each in mergers
    ]
    lists.sort(key=lambda row: row[0].sort_key if row[0] else "")
    drawn = bands(flows) if 0 < len(flows) <= MOST_BANDS else None
    return {**context, "event": chosen, "bands": drawn, "merged": lists,
            "merged_count": sum(len(each.old) for each in mergers)}  # fmt: skip


def told(change: structure.Change) -> str:
    """A day's changes in words: `161 đơn vị sáp nhập, 10 giải thể`."""
    words = {
        Succession.Kind.MERGER: _("%(n)s đơn vị sáp nhập"),
        Succession.Kind.SPLIT: _("%(n)s đơn vị chia tách"),
        Succession.Kind.DISSOLUTION: _("%(n)s đơn vị kết thúc hoạt động"),
    }
    return ", ".join(words[Succession.Kind(kind)] % {"n": n} for kind, n in change.kinds.items())


@door
def bare(request: HttpRequest, pk: int) -> HttpResponse:
    return _to(request, lives.life_of(asking.unit(pk)))


@door
def unit(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    life = lives.life_of(asking.unit(pk))
    if slug != _slug(life):
        return _to(request, life)
    today = dates.day_of(clock.now())
    day = asking.day(request.GET, "ngay") or today
    lines = lives.lines_of(life)
    line = asking.line(request.GET, lines) if "he" in request.GET else _main_line(lines)
    context = {
        "section": "units",
        "unit": life.unit,
        "day": day,
        "is_today": day == today,
        "is_open": life.unit.opened_date <= day and not lives.is_closed(life.unit, day),
        "is_closed": lives.is_closed(life.unit, day),
        "name": lives.name_on(life, day),
        "names": life.names,
        "events": lives.timeline(life, day),
        "line": line,
        "line_name": asking.line_name(line),
        "own_lines": [(each, asking.line_name(each)) for each in lines],
        **_standing(request, life, line, day, today),
    }
    return page(request, "portal/unit.html", context)


def _main_line(lines: list[Line]) -> Line:
    """The unit's own line: a sector's if it stands in one, for there its own children are."""
    return next((line for line in lines if line.kind != Line.Kind.TERRITORY), lines[0])


def _standing(
    request: HttpRequest, life: lives.Life, line: Line, day: dt.date, today: dt.date
) -> dict[str, Any]:
    """Where the unit stands on the day, what stands below it, and its figures of the period."""
    tree = orgs.tree_on(line, day)
    pk = life.unit.pk
    way, directly = structure.path(tree, pk), structure.children(tree, pk)
    named = orgs.names_on(day, [*way, *directly])
    return {
        "crumbs": [_linked(each, named, day, line) for each in way[:-1]],
        **_directly(directly, tree, named, day, line),
        "in_line": bool(way),
        **_figures(request, pk, line, tree, day, today),
    }


def _figures(
    request: HttpRequest, pk: int, line: Line, tree: Tree, day: dt.date, today: dt.date
) -> dict[str, Any]:
    """The unit's figures of the period; of a period before it stood, the sum of what became of it."""
    period = issued.asked_period(request, today)
    stood = orgs.tree_on(line, period.last_day).position(pk) != tables.NONE
    stands = tree.position(pk) != tables.NONE
    recast = day if stands and not stood else None
    known = asking.measures()
    table = figures.family(measures=known, unit=pk, line=line, periods=[period], structure=recast)
    shown = rows.measure_rows(reading.bare_scene(table, pk, period, line, tree), known)
    return {
        "period": period,
        "period_name": period.name(lang()),
        "periods": choosing.periods(period, today, choosing.first_day(line, today)),
        "figures": [row for row in shown if row.value],
        "recast": recast,
        "stood": stood or stands,
    }


def _directly(
    units: list[int], tree: Tree, named: Mapping[int, UnitName], day: dt.date, line: Line
) -> dict[str, Any]:
    """The units directly below: many of one kind, without a code and without units of their own, stand folded."""
    kinds = asking.kinds(units)
    found: dict[str, list[tuple[tuple[str, str, str], int]]] = {}
    for each in units:
        row = (_linked(each, named, day, line), structure.below(tree, each))
        found.setdefault(kinds[each], []).append(row)
    children, folded = [], []
    for kind, pairs in found.items():
        is_open = len(pairs) <= FEW or any(row[2] or below for row, below in pairs)
        those = sorted((row for row, _below in pairs), key=lambda row: row[2] or "~")
        if is_open:
            children += those
        else:
            folded.append((kind[:1].upper() + kind[1:], those))
    return {"children": children, "folded": folded}


def _linked(
    unit: int, named: Mapping[int, UnitName], day: dt.date, line: Line
) -> tuple[str, str, str]:
    name = named.get(unit)
    address = asking.unit_address(unit, name, ngay=day.isoformat(), he=line.code)
    return (name.name if name else str(unit)), address, (name.code if name else "")


def _slug(life: lives.Life) -> str:
    return (text.slug(life.names[-1].name) if life.names else "") or "don-vi"


def _to(request: HttpRequest, life: lives.Life) -> HttpResponse:
    """The lasting address of a unit; what was asked beside it stays."""
    address = reverse("portal:unit", args=[life.unit.pk, _slug(life)])
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)
