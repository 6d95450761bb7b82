"""What an overview is about, and what it is made of (UX S10). Plain values; nothing is kept."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from lantoa.desk.doors import lang
from lantoa.desk.here import Here
from lantoa.ledger.models import Measure
from lantoa.lib import dates, numbers
from lantoa.lib.periods import Period
from lantoa.orgs.models import Person, UnitName
from lantoa.submissions import due
from lantoa.submissions.models import Sheet


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


def due_day(asked: Asked) -> dt.date | None:
    """The last due day among the kinds of unit that must send."""
    days = [due.due(asked.sheet, kind, asked.span) for kind in asked.sheet.unit_kinds]
    return max((each.day for each in days if each), default=None)


def units_page(asked: Asked) -> str:
    return reverse("desk:sheet-units", args=[asked.sheet.code, asked.span.code])


def shown(value: int) -> str:
    return numbers.show(value, lang())
