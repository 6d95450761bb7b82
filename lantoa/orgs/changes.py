"""The words in which a change of structure is told: plain rows, for `actions.reorganise` and `actions.load`.

Where a unit is named, it is a `Unit`, or the key under which the same change opens one.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lantoa.orgs.models import Line, Unit

Named = Unit | str


class NewPlace(NamedTuple):
    """Where a new unit stands: from its opening to its closing, unless said."""

    line: Line
    parent: Named | None
    start_date: dt.date | None = None
    end_date: dt.date | None = None


class NewUnit(NamedTuple):
    """A unit to open, with its places. `key` is any word by which the rest of the change names it."""

    key: str
    kind: str
    name: str
    short_name: str = ""
    code: str = ""
    opened_date: dt.date | None = None  # the day of the change, unless said
    closed_date: dt.date | None = None
    places: Sequence[NewPlace] = ()


class Move(NamedTuple):
    """A unit goes under another parent in a line."""

    unit: Unit
    line: Line
    parent: Named | None


class Renaming(NamedTuple):
    """A unit is called otherwise; None leaves the code (or the short name) as it was."""

    unit: Unit
    name: str
    short_name: str | None = None
    code: str | None = None


# Where the units go that stood under a closing one: each by its own, or all under one.
Homes = Mapping[Unit, Named] | Named | None


class Merger(NamedTuple):
    """Whole units become part of one. What stood under them goes under it, unless `children` says else."""

    units: Sequence[Unit]
    into: Named
    children: Mapping[Unit, Named] | None = None


class Split(NamedTuple):
    """A unit becomes several: with shares in ten-thousandths that add up to 10.000, or none at all."""

    unit: Unit
    into: Sequence[tuple[Named, int | None]]
    children: Homes = None


class Dissolution(NamedTuple):
    """A unit ends; its figures count for the heir, or without one for its last parent."""

    unit: Unit
    heir: Named | None = None
    children: Homes = None


Ending = Merger | Split | Dissolution
