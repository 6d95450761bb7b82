"""Directives of the small province: what a test does not name is filled in."""

import datetime as dt

from lantoa.lib import symbols
from lantoa.plans.actions import directives
from lantoa.plans.drafts import DirectiveDraft
from tests import make


def draft(unit, code, *, on, kind="", date=dt.date(2026, 2, 3), extract="Về chuyên đề năm", **more):
    symbol = symbols.read(code)
    return DirectiveDraft(
        unit=unit, symbol=symbol, kind=kind or symbol.kinds[0], date=date, extract=extract,
        line=on, **more,
    )  # fmt: skip


def filed(unit, code, *, on, by=None, **more):
    return directives.file(
        draft=draft(unit, code, on=on, **more), by=by or make.clerk(), at=make.NOON
    )
