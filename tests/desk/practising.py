"""Practices for the permission matrix: a proposal of a unit, which only it and those above may see."""

import datetime as dt

from tests import make
from tests.practices.telling import BEGUN, proposed


def proposal_of(unit, title):
    """A practice and its origin's adoption, by id."""
    start = max(BEGUN, unit.opened_date)
    if unit.closed_date and start >= unit.closed_date:
        start = unit.closed_date - dt.timedelta(days=1)
    practice = proposed(unit, start=start, by=make.clerk(), title=title)
    return {"practice": practice.pk, "adoption": practice.adoptions.get().pk}
