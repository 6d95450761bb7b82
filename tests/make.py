"""Plain makers: what a test does not name, they fill in."""

import datetime as dt
import itertools

from lantoa.ledger.models import Measure
from lantoa.orgs import actions as orgs
from lantoa.orgs.models import Line, Person, Post, Unit
from lantoa.work.models import ActivityKind, KindMeasure

NOON = dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC)
START = dt.date(2020, 1, 1)

_count = itertools.count(1)
_clerk: list[Person] = []


def start_over() -> None:
    _clerk.clear()


def person(name: str = "") -> Person:
    return Person.objects.create(name=name or f"Người ghi {next(_count)}")


def line(code: str = "dia-ban", *, kind: str = "") -> Line:
    kind = kind or ("territory" if code == "dia-ban" else "sector")
    return Line.objects.get_or_create(
        code=code, defaults={"kind": kind, "name_vi": code, "name_en": code}
    )[0]


def unit(
    name: str = "",
    *,
    kind: str = "other",
    code: str = "",
    under: Unit | None = None,
    on: Line | None = None,
    start: dt.date = START,
    place: bool = True,
) -> Unit:
    """A unit opened on `start`, placed under `under` in `on` (the territory if not said).

    With another line it stands in the territory too, as every unit must: under the same unit.
    """
    name = name or f"Đơn vị {next(_count)}"
    by = clerk()
    made = orgs.open_unit(
        kind=kind, name=name, short_name=name, code=code, date=start, by=by, at=NOON
    )
    if place:
        for each in dict.fromkeys([line(), on or line()]):
            orgs.place(unit=made, line=each, parent=under, date=start, by=by, at=NOON)
    return made


def clerk() -> Person:
    """The one who may do everything everywhere: administrators hold posts at no unit's mercy in tests."""
    if not _clerk:
        _clerk.append(administrator())
    return _clerk[0]


def administrator() -> Person:
    """A person whom `orgs.rights` lets do everything (a founder: a post at no particular unit)."""
    made = person("Quản trị")
    Post.objects.create(person=made, role=Post.Role.ADMINISTRATOR, start_date=dt.date(1945, 9, 2))
    return made


def recorder(unit: Unit, *, on: Line | None = None) -> Person:
    made = person()
    Post.objects.create(
        person=made, unit=unit, line=on or line(), role=Post.Role.RECORDER, start_date=START
    )
    return made


def measure(code: str = "", *, nature: str = "flow", **fields: object) -> Measure:
    code = code or f"chi-tieu-{next(_count)}"
    return Measure.objects.create(
        code=code,
        name_vi=code,
        name_en=code,
        unit_vi="lượt",
        unit_en="times",
        nature=nature,
        **fields,
    )


def kind(code: str = "", *, one: Measure | None = None, needed=(), optional=()) -> ActivityKind:
    code = code or f"hinh-thuc-{next(_count)}"
    made = ActivityKind.objects.create(code=code, name_vi=code, name_en=code)
    takes = [("one", one)] if one else []
    takes += [("needed", each) for each in needed] + [("optional", each) for each in optional]
    for position, (how, each) in enumerate(takes):
        KindMeasure.objects.create(kind=made, measure=each, takes=how, position=position)
    return made
