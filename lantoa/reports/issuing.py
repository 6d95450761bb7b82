"""Who issues a document and how it says so at the top and at the end: dated data (`issuers.toml`)."""

import datetime as dt
import functools
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from lantoa.lib.errors import LantoaError
from lantoa.orgs.models import Line, Placement, Unit
from lantoa.orgs.queries import valid_on
from lantoa.reports.paper import Head, Signature
from lantoa.reports.reading import names

_FILE = Path(__file__).with_name("issuers.toml")
_PLACES = (Unit.Kind.PROVINCE, Unit.Kind.DISTRICT, Unit.Kind.COMMUNE)


class NoIssuerError(LantoaError):
    """Units of this kind have no rule on how they issue documents."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """How units of a kind issue documents; see the data file."""

    kind: str
    family: str
    issuer: list[str]
    suffix: str
    whole: str
    body: str
    position: str
    authority: str
    recipients: list[str]
    archive: str
    parent: str = ""
    suffix_of: dict[str, str] = field(default_factory=dict)
    start: dt.date = dt.date.min
    end: dt.date = dt.date.max


def issuer_for(unit: Unit, date: dt.date) -> Issuer:
    """The row for a unit's kind on a document's date.

    Raises:
        NoIssuerError: there is none.
    """
    for row in _rows():
        if row.kind == unit.kind and row.start <= date < row.end:
            return row
    raise NoIssuerError(
        vi=f"Chưa có thể thức văn bản cho loại đơn vị “{unit.get_kind_display()}”. Chọn đơn vị ban hành khác.",
        en=f"There are no rules on documents of units of the kind “{unit.kind}”. Choose another issuer.",
    )


def head_for(
    unit: Unit, row: Issuer, *, date: dt.date, kind: str, symbol: str, abstract: str, number: int
) -> Head:
    """The block at the top, with the names of the document's date."""
    name = _name(unit.pk, date)
    above = _above(unit, date)
    words = {"name": name, "above": _name(above, date) if above else ""}
    return Head(
        family=row.family,
        parent=row.parent.format(**words).upper(),
        issuer=tuple(line.format(**words).upper() for line in row.issuer),
        suffix=suffix_for(row, name),
        place=_place(unit, date),
        date=date,
        kind=kind,
        symbol=symbol,
        abstract=abstract if row.family == "party" else abstract[:1].upper() + abstract[1:],
        number=number,
    )


def suffix_for(row: Issuer, name: str) -> str:
    """What ends the symbol of an issuer's documents; it hangs on its name: Thành ủy has another than Huyện ủy."""
    of_name = [suffix for start, suffix in row.suffix_of.items() if name.startswith(start)]
    return of_name[0] if of_name else row.suffix


def name_in_a_sentence(unit: Unit, row: Issuer, date: dt.date) -> str:
    """The issuer as a sentence names it: `Tỉnh ủy Cao Bằng`, `Ủy ban nhân dân tỉnh Cao Bằng`."""
    name = _name(unit.pk, date)
    first, *others = [line.format(name=name) for line in row.issuer]
    return " ".join([first, *(other[:1].lower() + other[1:] for other in others)])


def signature_of(row: Issuer) -> Signature:
    return Signature(row.authority, row.body.upper(), row.position.upper())


@functools.cache
def _rows() -> tuple[Issuer, ...]:
    return tuple(Issuer(**row) for row in tomllib.loads(_FILE.read_text("utf-8"))["issuer"])


def _name(unit_id: int, date: dt.date) -> str:
    found = names([unit_id], date).get(unit_id)
    return found.name if found else ""


def _above(unit: Unit, date: dt.date) -> int | None:
    """The unit above, in the unit's own line; in the territory if it has no other."""
    stands = Placement.objects.filter(valid_on(date), unit=unit).select_related("line")
    own = sorted(stands, key=lambda each: each.line.kind == Line.Kind.TERRITORY)
    return own[0].parent_id if own else None


def _place(unit: Unit, date: dt.date) -> str:
    """The name of the province, district or commune in which the unit stands."""
    at: int | None = unit.pk
    while at is not None:
        here = Unit.objects.get(pk=at)
        placed = Placement.objects.filter(
            valid_on(date), unit=at, line__kind=Line.Kind.TERRITORY
        ).first()
        if here.kind in _PLACES:
            return names([at], date)[at].short_name
        at = placed.parent_id if placed else None
    return ""
