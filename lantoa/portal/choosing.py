"""What a reader may choose: the periods and the structures that a list offers. An address may hold any other."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lantoa.lib import dates
from lantoa.lib.periods import Period
from lantoa.lib.periods import period as period_of
from lantoa.orgs.models import Line
from lantoa.portal import structure
from lantoa.portal.doors import lang

PARTS = ("", "-H1", "-9M", "-H2", "-Q1", "-Q2", "-Q3", "-Q4")
MONTHS = tuple(f"-{month:02}" for month in range(1, 13))
LATEST = 6


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    words: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The choices under one heading of a list."""

    words: str
    choices: list[Choice]


def periods(asked: Period, today: dt.date, first: dt.date) -> list[Group]:
    """Every period of every year from the line's first day to today, the newest year first; the one asked for too."""
    years = {*range(first.year, today.year + 1), asked.year}
    return [
        Group(
            str(year),
            [_period(f"{year:04}{part}", asked) for part in (*PARTS, *MONTHS)],
        )
        for year in sorted(years, reverse=True)
    ]


def _period(code: str, asked: Period) -> Choice:
    return Choice(code, period_of(code, asked.rule).name(lang()), code == asked.code)


def structures(line: Line, asked: dt.date | None, today: dt.date) -> list[Choice]:
    """Of its day, as it stands today, and before each of the latest changes; the day asked for too."""
    eves = [
        change.day - dt.timedelta(days=1)
        for change in structure.changes(structure.history(line))[:LATEST]
        if change.day <= today
    ]
    found = [Choice("", _("theo cấp trên của từng ngày"), asked is None)]
    for day in sorted({today, *eves, *([asked] if asked else [])}, reverse=True):
        words = _("như hôm nay") if day == today else _("như ngày %(day)s")
        value = dates.show_day(day)
        found.append(Choice(value, words % {"day": value}, day == asked))
    return found


def first_day(line: Line, today: dt.date) -> dt.date:
    return structure.begins(structure.history(line)) or today
