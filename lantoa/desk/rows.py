"""A row of Việc của tôi: what to do, why, until when. Every room's part of the desk makes its own."""

import datetime as dt
from dataclasses import dataclass

from lantoa.desk.here import Here
from lantoa.orgs.models import Person

SOON = 7
# Order of the list (UX S5): returned, overdue, due within a week, this month.
RETURNED, OVERDUE, DUE_SOON, THIS_MONTH, LATER = range(5)


@dataclass(frozen=True)
class Task:
    """One row. The whole of it is the link; the tag says how it stands, in words.

    Attributes:
        rank: RETURNED to LATER.
        tag_kind: "" or ok, warn, err, info.
        sub: the sheet, or whatever stands under the title before the why.
        said, done: of a promise, as its pair is drawn; nothing is drawn where nothing was said.
    """

    title: str
    why: str
    href: str
    tag: str
    tag_kind: str
    tag_icon: str
    rank: int
    due: dt.date
    is_open: bool = True
    sub: str = ""
    said: int = 0
    done: int = 0

    @property
    def is_returned(self) -> bool:
        return self.rank == RETURNED

    @property
    def is_now(self) -> bool:
        """To be done now: returned, overdue, or due within a week."""
        return self.rank <= DUE_SOON


@dataclass(frozen=True)
class Asking:
    """Who asks for their tasks, where, when."""

    person: Person
    here: Here
    at: dt.datetime
