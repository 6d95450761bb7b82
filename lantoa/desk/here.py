"""Where somebody works: the unit of a post of theirs, chosen among several, and what the bar says of it."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lantoa.desk.http import DeskRequest
from lantoa.lib.errors import LantoaError
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.orgs.models import Line, Person, Post, Unit

CHOSEN = "here"


@dataclass(frozen=True, slots=True)
class Here:
    """A unit in a line, with the roles held there by the one who looks."""

    unit: Unit
    line: Line
    name: str
    above: str
    roles: frozenset[str]

    @property
    def key(self) -> str:
        return _key(self.line, self.unit)

    @property
    def may_record(self) -> bool:
        return bool(self.roles & rights.ACTS["work.record"].roles)


class NowhereError(LantoaError):
    """An account without a post: nothing to see, nobody to be."""

    def __init__(self) -> None:
        super().__init__(
            vi="Tài khoản này chưa được giao chức vụ ở đơn vị nào. Hãy nhờ người quản trị giao chức vụ.",
            en="This account holds no post at any unit. Ask an administrator to appoint you.",
        )


def places(request: DeskRequest, day: dt.date) -> list[Here]:
    """Where they hold a post on the day. Asked once for each request: the page and the bar above it both want it."""
    held: dict[dt.date, list[Here]] = request.__dict__.setdefault("places_held", {})
    if day not in held:
        held[day] = places_of(request.person, day)
    return held[day]


def places_of(person: Person, day: dt.date) -> list[Here]:
    """All units where they hold a post on the day; a post at no unit stands at the top of the territory."""
    roles = _roles(person, day)
    names = orgs.names_on(day, [unit.pk for _line, unit in roles])
    return [
        Here(
            unit,
            line,
            names[unit.pk].name if unit.pk in names else str(unit),
            _above(unit, line, day),
            frozenset(held),
        )
        for (line, unit), held in roles.items()
    ]


def here(request: DeskRequest, day: dt.date) -> Here:
    """The place chosen in this session, or the first.

    Raises:
        NowhereError: no post on this day.
    """
    found = places(request, day)
    if not found:
        raise NowhereError
    chosen = request.session.get(CHOSEN, "")
    return next((each for each in found if each.key == chosen), found[0])


def units(request: DeskRequest, day: dt.date) -> dict[str, Unit]:
    """The units of all those places, by number as a form says it; without what the bar says of them."""
    return {str(unit.pk): unit for _line, unit in _roles(request.person, day)}


def unit(request: DeskRequest, day: dt.date) -> Unit:
    """The unit of that place, without what the bar says of it. One query, where the post is held at a unit.

    Raises:
        NowhereError: no post on this day.
    """
    stands = list(_roles(request.person, day))
    if not stands:
        raise NowhereError
    chosen = request.session.get(CHOSEN, "")
    return next((unit for line, unit in stands if _key(line, unit) == chosen), stands[0][1])


def _roles(person: Person, day: dt.date) -> dict[tuple[Line, Unit], set[str]]:
    roles: dict[tuple[Line, Unit], set[str]] = {}
    for post in orgs.posts_of(person, day):
        stands = _stands(post, day)
        if stands:
            roles.setdefault(stands, set()).add(post.role)
    return roles


def _key(line: Line, unit: Unit) -> str:
    return f"{line.pk}-{unit.pk}"


def _stands(post: Post, day: dt.date) -> tuple[Line, Unit] | None:
    if post.unit and post.line:
        return post.line, post.unit
    line = orgs.territory()
    root = orgs.root_on(line, day)
    return (line, root) if root else None


def _above(unit: Unit, line: Line, day: dt.date) -> str:
    parent = orgs.parent_on(unit, line, day)
    return orgs.name_near(parent.pk, day) if parent else _("Cấp cao nhất")
