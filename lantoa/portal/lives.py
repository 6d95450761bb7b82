"""One unit through its time: names, codes, places, what it came from and what became of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from lantoa.orgs.models import Line, Succession, Unit, UnitName
from lantoa.orgs.queries import name_on_the_day
from lantoa.portal import asking

INHERITED = (Succession.Kind.MERGER, Succession.Kind.SPLIT, Succession.Kind.DISSOLUTION)


@dataclass(frozen=True, slots=True)
class Life:
    """All dated rows of a unit, the oldest first. `fates` and `origins` carry the other unit's name."""

    unit: Unit
    names: list[UnitName]
    places: list[Any]
    fates: list[Any]
    origins: list[Any]


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the timeline. `links`: (words, address) of the other units in it."""

    day: dt.date
    words: str
    links: tuple[tuple[str, str], ...]
    basis: str
    is_now: bool = False


def life_of(unit: Unit) -> Life:
    """Everything that happened to a unit. Three queries."""
    places = unit.placements.select_related("line").annotate(
        date=F("start_date"), parent_name=name_on_the_day("parent")
    )
    both = (unit.successions.all() | unit.predecessions.all()).annotate(
        before_name=name_on_the_day("before"), after_name=name_on_the_day("after")
    )
    rows = list(both.order_by("date", "pk"))
    return Life(
        unit=unit,
        names=list(unit.names.order_by("start_date")),
        places=list(places.order_by("start_date", "line__position")),
        fates=[row for row in rows if row.before_id == unit.pk],
        origins=[row for row in rows if row.after_id == unit.pk and row.kind in INHERITED],
    )


def lines_of(life: Life) -> list[Line]:
    """The lines the unit ever stood in, in their order."""
    found = {place.line_id: place.line for place in life.places}
    return sorted(found.values(), key=lambda line: (line.position, line.code))


def name_on(life: Life, day: dt.date) -> UnitName | None:
    """The name of the day; before the first name the first, after the last the last."""
    before = [name for name in life.names if name.start_date <= day]
    return before[-1] if before else (life.names[0] if life.names else None)


def is_closed(unit: Unit, day: dt.date) -> bool:
    return unit.closed_date is not None and unit.closed_date <= day


def timeline(life: Life, day: dt.date) -> list[Event]:
    """Everything that happened to the unit, the oldest first; what holds on the day is marked."""
    events = [*_opened(life), *_renamed(life), *_moved(life), *_ended(life)]
    events.sort(key=lambda event: event.day)
    happened = [event for event in events if event.day <= day]
    return [
        Event(
            each.day,
            each.words,
            each.links,
            each.basis,
            is_now=bool(happened) and each is happened[-1],
        )
        for each in events
    ]


def _opened(life: Life) -> list[Event]:
    day = life.unit.opened_date
    origins = [row for row in life.origins if row.date == day]
    links = tuple(
        (row.before_name, asking.unit_address(row.before_id, row.before_name)) for row in origins
    )
    words = _("Thành lập")
    if links:
        words = _("Thành lập, kế thừa %(n)s đơn vị:") % {"n": len(links)}
    later = [
        Event(
            row.date,
            _("Nhận thêm:"),
            ((row.before_name, asking.unit_address(row.before_id, row.before_name)),),
            row.basis,
        )
        for row in life.origins
        if row.date != day
    ]
    basis = next((row.basis for row in origins if row.basis), "")
    return [Event(day, words, links, basis), *later]


def _renamed(life: Life) -> list[Event]:
    found = []
    for before, after in zip(life.names, life.names[1:], strict=False):
        if before.name != after.name:
            words = _("Đổi tên từ “%(old)s” thành “%(new)s”") % {
                "old": before.name,
                "new": after.name,
            }
        else:
            words = _("Đổi mã từ %(old)s thành %(new)s") % {
                "old": before.code or "–", "new": after.code or "–",
            }  # fmt: skip
        found.append(Event(after.start_date, words, (), after.basis))
    return found


def _moved(life: Life) -> list[Event]:
    """A new parent in a line, after the first one."""
    last: dict[int, Any] = {}
    found = []
    for place in life.places:
        before = last.get(place.line_id)
        last[place.line_id] = place
        if before is None or before.parent_id == place.parent_id:
            continue
        words = _("Chuyển trực thuộc (%(line)s):") % {"line": asking.line_name(place.line)}
        links = ((place.parent_name, asking.unit_address(place.parent_id, place.parent_name)),)
        found.append(Event(place.start_date, words, links if place.parent_id else (), ""))
    return found


def _ended(life: Life) -> list[Event]:
    if life.unit.closed_date is None:
        return []
    fates = [row for row in life.fates if row.date == life.unit.closed_date]
    links = tuple(
        (row.after_name, asking.unit_address(row.after_id, row.after_name))
        for row in fates
        if row.after_id
    )
    words = {
        Succession.Kind.MERGER: _("Sáp nhập vào"),
        Succession.Kind.SPLIT: _("Chia tách thành"),
        Succession.Kind.DISSOLUTION: _("Kết thúc hoạt động, việc chuyển cho")
        if links
        else _("Kết thúc hoạt động"),
    }
    kind = Succession.Kind(fates[0].kind) if fates else Succession.Kind.DISSOLUTION
    basis = next((row.basis for row in fates if row.basis), "")
    return [Event(life.unit.closed_date, words.get(kind, _("Kết thúc hoạt động")), links, basis)]
