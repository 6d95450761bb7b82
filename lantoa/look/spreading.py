"""What both doors show of how a practice spread: numbers that open, the tree, the map year by year, the curve. Plain values."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from lantoa.lib import dates
from lantoa.look.curve import Curve, curve
from lantoa.look.spread import Point, Spread, spread
from lantoa.look.templatetags.look import number
from lantoa.look.tilemap import Tile, TileMap, tile_map
from lantoa.orgs.models import UnitName
from lantoa.practices import reach, whereabouts
from lantoa.practices.models import Adoption
from lantoa.practices.reach import How, Month, Wanted
from lantoa.practices.spread import Node
from lantoa.reports import tiles

# The address of the list of what is meant: the words of `How`, then the names of a query string.
Door = Callable[..., str]
LONGEST = 20
NOWHERE = 0  # asked for as a place: those that stand under no square


@dataclass(frozen=True, slots=True)
class Number:
    """A number, what it counts, and the list behind it."""

    count: int
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Tag:
    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class Year:
    """A small map of a year's end, which opens as the large one."""

    day: dt.date
    count: int
    places: int
    map: TileMap
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Atlas:
    """The map of a day, the small ones beside it, and what stands on no square."""

    day: dt.date
    map: TileMap
    years: tuple[Year, ...]
    number: Number
    off: Number | None
    rows: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A month in which something changed, every number with its list."""

    start: dt.date
    began: Number
    ended: Number
    at_work: Number
    ever: Number


@dataclass(frozen=True, slots=True)
class Follower:
    """A row of the list behind a number."""

    unit_id: int
    unit: str
    learned_from: str
    start: dt.date | None
    end: dt.date | None
    reason: str
    tag: Tag
    participants: int | None
    saved: int | None
    sign: dt.date | None


@dataclass(frozen=True, slots=True)
class Total:
    """The foot of the list; None where no row knows a number."""

    count: int
    participants: int | None
    saved: int | None


def followers(nodes: Sequence[Node], wanted: Wanted) -> list[Follower]:
    """The adoptions that are meant, as rows."""
    return [
        Follower(
            unit_id=node.adoption.unit_id,
            unit=node.unit,
            learned_from=nodes[node.source].unit,
            start=node.adoption.start_date,
            end=node.adoption.end_date,
            reason=node.adoption.reason,
            tag=tag_of(node),
            participants=node.participants,
            saved=node.saved,
            sign=node.sign,
        )
        for node in reach.chosen(nodes, wanted)
    ]


def total_of(rows: Sequence[Follower]) -> Total:
    people = [row.participants for row in rows if row.participants is not None]
    saved = [row.saved for row in rows if row.saved is not None]
    return Total(len(rows), sum(people) if people else None, sum(saved) if saved else None)


@dataclass(frozen=True, slots=True)
class Listed:
    """The list that an address asks for."""

    wanted: Wanted
    caption: str
    rows: list[Follower]
    total: Total


def listed(query: Mapping[str, str], nodes: Sequence[Node], today: dt.date) -> Listed:
    """The adoptions that an address asks for, with what to call them.

    Raises:
        DayError: a day that is none.
    """
    wanted, place = asked(query, today)
    named = ""
    if place is not None:
        wanted = replace(wanted, units=units_at(nodes, place, today))
        named = place_name(place, today)
    rows = followers(nodes, wanted)
    return Listed(wanted, caption(wanted, named), rows, total_of(rows))


def places(today: dt.date) -> list[tuple[str, str]]:
    """Official code and name of every unit with a square, in the order of the names."""
    found = sorted(_squares(today).values(), key=lambda row: row.sort_key)
    return [(row.code, row.name) for row in found]


def asked(query: Mapping[str, str], today: dt.date) -> tuple[Wanted, int | None]:
    """What an address asks for, and the place it names, if any. What cannot be is the list of today.

    Raises:
        DayError: a day that is none.
    """
    how = How(query["xem"]) if query.get("xem") in set(How) else How.AT_WORK
    day = dates.read_day(query["ngay"][:LONGEST]) if query.get("ngay") else today
    since = dates.read_day(query["tu"][:LONGEST]) if query.get("tu") else None
    place = query.get("noi", "")
    is_number = place.isascii() and place.isdigit() and len(place) < LONGEST
    return Wanted(how, min(day, today), since), int(place) if is_number else None


def query_of(how: How, **said: object) -> str:
    """The other way round: the query string that asks for a list."""
    kept = {"xem": how.value} if how is not How.AT_WORK else {}
    kept |= {name: str(value) for name, value in said.items() if value is not None}
    return f"?{urlencode(kept)}" if kept else ""


def caption(wanted: Wanted, place: str) -> str:
    """What a list holds, in words."""
    words = {
        How.AT_WORK: _("Nơi đang làm theo ngày %(day)s"),
        How.ALIVE: _("Nơi đang làm theo và còn dấu hiệu, ngày %(day)s"),
        How.SILENT: _("Nơi đang làm theo mà im lặng, ngày %(day)s"),
        How.PROVEN: _("Nơi đang làm theo, có kết quả và minh chứng, ngày %(day)s"),
        How.BEGAN: _("Nơi bắt đầu làm theo, đến ngày %(day)s"),
        How.ENDED: _("Nơi đã dừng, đến ngày %(day)s"),
        How.ASKED: _("Nơi chờ xác nhận"),
        How.EVER: _("Nơi từng làm theo, đến ngày %(day)s"),
    }
    said = words[wanted.how] % {"day": dates.show_day(wanted.day)}
    if wanted.since:
        said += _(", từ ngày %(day)s") % {"day": dates.show_day(wanted.since)}
    return f"{said}: {place}" if place else said


def place_name(place: int, today: dt.date) -> str:
    """The square's name; of no square, that it is none."""
    found = _squares(today).get(place)
    return found.name if found else _("không thuộc xã, phường nào")


def numbers_of(nodes: Sequence[Node], today: dt.date, door: Door) -> list[Number]:
    """What a spread comes to today; those that wait or have ended only where there are any."""
    words = {
        How.AT_WORK: _("nơi đang làm theo"),
        How.ALIVE: _("nơi còn dấu hiệu"),
        How.SILENT: _("nơi im lặng"),
        How.PROVEN: _("nơi có kết quả và minh chứng"),
        How.ENDED: _("nơi đã dừng"),
        How.ASKED: _("nơi chờ xác nhận"),
    }
    found = [
        (how, Number(reach.count(nodes, Wanted(how, today)), said, door(how)))
        for how, said in words.items()
    ]
    return [each for how, each in found if each.count or how not in (How.ENDED, How.ASKED)]


def drawn(nodes: Sequence[Node], today: dt.date) -> Spread | None:
    """The tree as a drawing."""
    points = [
        Point(
            day=node.adoption.start_date or today,
            source=node.source,
            how=how_it_stands(node),
            seen=node.seen,
            end=node.adoption.end_date,
            name=node.unit,
            note=_note(node),
        )
        for node in nodes
    ]
    return spread(points, today) if points else None


def how_it_stands(node: Node) -> str:
    """A word for the style sheet: origin, alive, silent, ended or asked."""
    if node.adoption.state != Adoption.State.CONFIRMED:
        return str(node.adoption.state)
    if node.is_origin:
        return "origin"
    return "silent" if node.silent else "alive"


def _note(node: Node) -> str:
    if node.adoption.state == Adoption.State.ENDED:
        return _("dừng")
    return number(node.participants) if node.participants else ""


def tag_of(node: Node) -> Tag:
    """How it stands, in words."""
    said = node.adoption
    if said.state == Adoption.State.ENDED:
        return Tag(_("đã dừng"), "err")
    if said.state == Adoption.State.ASKED:
        return Tag(_("chờ xác nhận"), "warn")
    silent = _("im lặng %(n)s tháng") % {"n": number(node.silent)} if node.silent else ""
    if node.is_origin:
        return Tag(", ".join(filter(None, (_("khởi đầu"), silent))), "brass")
    return Tag(silent, "warn") if silent else Tag(_("đang làm"), "ok")


def moves(nodes: Sequence[Node]) -> list[tuple[Node, Tag, str, range]]:
    """Each with the tags that open or close lists around it: a template cannot call itself as deep as a tree."""
    found, depth = [], -1
    for node in nodes:
        move = "open" if node.depth > depth else "same"
        found.append((node, tag_of(node), move, range(max(0, depth - node.depth))))
        depth = node.depth
    return found


def units_at(nodes: Sequence[Node], place: int, today: dt.date) -> set[int]:
    """The followers' units that stand under a square of today's map, or under none (`NOWHERE`)."""
    units = {node.adoption.unit_id for node in nodes}
    places = whereabouts.places_of(units, _squares(today), today)
    return {unit for unit in units if places.get(unit, NOWHERE) == place}


def _squares(today: dt.date) -> dict[int, UnitName]:
    return whereabouts.holders(tiles.positions(today), today)


def atlas(nodes: Sequence[Node], day: dt.date, today: dt.date, door: Door) -> Atlas | None:
    """Where those at work on a day stand, on today's map, beside the end of every year. None where no map is known."""
    squares = _squares(today)
    if not squares:
        return None
    places = whereabouts.places_of({node.adoption.unit_id for node in nodes}, squares, today)
    days = reach.year_ends(nodes, today)
    counts = {each: _counted(nodes, each, places) for each in {*days, day}}
    scale = [count for each in counts.values() for place, count in each.items() if place]
    drawing = _Drawing(squares, tiles.positions(today), scale, door)
    here = counts[day]
    return Atlas(
        day=day,
        map=drawing.of(here, day),
        years=tuple(
            Year(
                each,
                counts[each].total(),
                len(counts[each].keys() - {NOWHERE}),
                drawing.of(counts[each]),
                each == day,
            )
            for each in days
        ),
        number=Number(here.total(), "", door(How.AT_WORK, ngay=day)),
        off=Number(here[NOWHERE], "", door(How.AT_WORK, ngay=day, noi=NOWHERE))
        if here[NOWHERE]
        else None,
        rows=drawing.rows(here, day),
    )


def _counted(nodes: Sequence[Node], day: dt.date, places: Mapping[int, int]) -> Counter[int]:
    found = reach.chosen(nodes, Wanted(How.AT_WORK, day))
    return Counter(places.get(node.adoption.unit_id, NOWHERE) for node in found)


@dataclass(frozen=True, slots=True)
class _Drawing:
    squares: Mapping[int, UnitName]
    positions: Mapping[str, tuple[int, int]]
    scale: Sequence[int]
    door: Door

    def of(self, counts: Counter[int], day: dt.date | None = None) -> TileMap:
        """With a day, a square opens its list; one without anybody opens an empty list, which says so."""
        drawn = []
        for unit, name in self.squares.items():
            row, column = self.positions[name.code]
            href = self.door(How.AT_WORK, ngay=day, noi=unit) if day else ""
            said = number(counts[unit])
            drawn.append(
                Tile(name.name, counts[unit], said, href, column + 1, row + 1, name.short_name)
            )
        return tile_map(drawn, scale=self.scale)

    def rows(self, counts: Counter[int], day: dt.date) -> tuple[Number, ...]:
        """The same as a table: places with somebody, the most first."""
        placed = [(unit, count) for unit, count in counts.items() if unit != NOWHERE]
        placed.sort(key=lambda each: (-each[1], self.squares[each[0]].sort_key))
        return tuple(
            Number(count, self.squares[unit].name, self.door(How.AT_WORK, ngay=day, noi=unit))
            for unit, count in placed
        )


def curve_of(nodes: Sequence[Node], today: dt.date) -> Curve | None:
    """Nothing to draw before two months are there."""
    months = reach.months(nodes, today)
    if len(months) < 2:
        return None
    return curve([(each.start.year, each.start.month, each.at_work, each.ever) for each in months])


def month_rows(nodes: Sequence[Node], today: dt.date, door: Door) -> list[MonthRow]:
    """The months in which something changed, the newest first."""
    found = [each for each in reach.months(nodes, today) if each.began or each.ended]
    return [_month_row(each, min(each.last, today), door) for each in reversed(found)]


def _month_row(month: Month, last: dt.date, door: Door) -> MonthRow:
    return MonthRow(
        start=month.start,
        began=Number(month.began, "", door(How.BEGAN, tu=month.start, ngay=last)),
        ended=Number(month.ended, "", door(How.ENDED, tu=month.start, ngay=last)),
        at_work=Number(month.at_work, "", door(How.AT_WORK, ngay=last)),
        ever=Number(month.ever, "", door(How.EVER, ngay=last)),
    )
