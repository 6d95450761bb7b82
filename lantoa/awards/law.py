"""What holds on a day: legal bases to cite (`bases.toml`), days and shares of the procedure, how a council agrees (`rules.toml`).

Source:
    DOMAIN.md, 6.1, 6.3, 6.4; A6.3, A6.6.
"""

import datetime as dt
import functools
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lantoa.awards.models import Form, Level
from lantoa.lib import tomls
from lantoa.orgs.models import Unit

HERE = Path(__file__).parent

# The rank of an award follows the kind of unit that gives it; no other unit gives any.
LEVELS: dict[str, Level] = {
    Unit.Kind.PROVINCE: Level.PROVINCE,
    Unit.Kind.PARTY_PROVINCE: Level.PROVINCE,
    Unit.Kind.DISTRICT: Level.DISTRICT,
    Unit.Kind.PARTY_DISTRICT: Level.DISTRICT,
    Unit.Kind.COMMUNE: Level.COMMUNE,
    Unit.Kind.PARTY_COMMUNE: Level.COMMUNE,
    Unit.Kind.PARTY_DIRECT: Level.COMMUNE,
}
_PARTY = {Unit.Kind.PARTY_PROVINCE, Unit.Kind.PARTY_DISTRICT, Unit.Kind.PARTY_COMMUNE, Unit.Kind.PARTY_DIRECT}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Basis:
    """A text that a decision may cite while it is in force."""

    code: str
    title: str
    families: tuple[str, ...]
    start: dt.date
    end: dt.date
    source: str

    def holds_on(self, day: dt.date) -> bool:
        return self.start <= day < self.end


@dataclass(frozen=True, slots=True)
class Procedure:
    """Days, and the share of direct workers that guidance asks for, per cent from and to."""

    start: dt.date
    end: dt.date
    appraisal_days: int
    incomplete_days: int
    notice_days: int
    direct_workers: tuple[int, int]

    def notice_ends(self, began: dt.date) -> dt.date:
        """The first day on which what was put on notice may be decided."""
        return began + dt.timedelta(self.notice_days)


@dataclass(frozen=True, slots=True)
class Condition:
    """What the law asks of a recipient, said to be met by whoever nominates. `kind`: of individuals, or of both ("")."""

    code: str
    vi: str
    en: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class FormRule:
    """Who may give a form of award, and how a council agrees to it; shares as (part, of).

    Attributes:
        levels: who decides; `votes_at`: where a council votes on it, which is wider for what the Prime Minister gives.
        more: yes must be more than `favour` of the members, not only as much.
    """

    code: str
    start: dt.date
    end: dt.date
    levels: tuple[str, ...]
    votes_at: tuple[str, ...]
    quorum: tuple[int, int]
    favour: tuple[int, int]
    more: bool
    conditions: tuple[Condition, ...]

    def conditions_for(self, kind: str) -> tuple[Condition, ...]:
        return tuple(each for each in self.conditions if each.kind in ("", kind))

    def is_quorate(self, *, voted: int, members: int) -> bool:
        part, of = self.quorum
        return voted * of >= members * part

    def agrees(self, *, yes: int, members: int) -> bool:
        part, of = self.favour
        return yes * of > members * part if self.more else yes * of >= members * part


def family_of(unit: Unit) -> str:
    return "party" if unit.kind in _PARTY else "state"


def numbering_of(unit: Unit) -> str:
    """The Party numbers on through a term, the State through a year (DOMAIN 5.1, 5.2)."""
    return "term" if family_of(unit) == "party" else "year"


def level_of(unit: Unit) -> Level | None:
    """The rank of an award by this unit; None where it gives none."""
    return LEVELS.get(unit.kind)


def level_given(unit: Unit, form: str, day: dt.date) -> Level | None:
    """The rank of what is put to this unit: its own, or the State's where nobody here decides that form."""
    own = level_of(unit)
    return Level.STATE if own and is_decided_above(form, day) else own


def is_decided_above(form: str, day: dt.date) -> bool:
    return not form_rule(form, day).levels


@functools.cache
def bases() -> dict[str, Basis]:
    """Every text that was ever in force, by code."""
    return {
        code: Basis(
            code,
            row["title"],
            tuple(row["for"]),
            row["start"],
            row.get("end", dt.date.max),
            row["source"],
        )
        for code, row in tomls.read(HERE / "bases.toml").items()
    }


def bases_on(day: dt.date, family: str) -> list[Basis]:
    """What an issuer of a family may cite on a day."""
    return [each for each in bases().values() if each.holds_on(day) and family in each.families]


def not_in_force(codes: Iterable[str], day: dt.date) -> list[str]:
    """Those of the codes that nothing in force on the day bears, by title where there is one."""
    known = bases()
    return [
        known[code].title if code in known else code
        for code in codes
        if code not in known or not known[code].holds_on(day)
    ]


def procedure_on(day: dt.date) -> Procedure:
    return next(each for each in _procedures() if each.start <= day < each.end)


def form_rule(form: str, day: dt.date) -> FormRule:
    return next(each for each in _forms() if each.code == form and each.start <= day < each.end)


def forms_at(level: str, day: dt.date) -> list[Form]:
    """What may be put to a unit of this rank on a day."""
    return [form for form in Form if level in form_rule(form, day).votes_at]


@functools.cache
def _procedures() -> tuple[Procedure, ...]:
    return tuple(
        Procedure(**{**_dated(row), "direct_workers": tuple(row["direct_workers"])})
        for row in _rules()["procedure"]
    )


@functools.cache
def _forms() -> tuple[FormRule, ...]:
    return tuple(_form(_dated(row)) for row in _rules()["form"])


def _form(row: dict[str, Any]) -> FormRule:
    conditions = tuple(Condition(**{"kind": "", **each}) for each in row.pop("conditions", ()))
    votes_at = tuple(row.pop("votes_at", row["levels"]))
    lists: dict[str, Any] = {name: tuple(row.pop(name)) for name in ("levels", "quorum", "favour")}
    return FormRule(**row, **lists, votes_at=votes_at, conditions=conditions)


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    return {"end": dt.date.max, **row}


def _rules() -> dict[str, Any]:
    return tomllib.loads((HERE / "rules.toml").read_text("utf-8"))
