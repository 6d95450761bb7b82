"""Activities that serve something, as a list shows them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from lantoa.desk import telling
from lantoa.orgs import queries as orgs
from lantoa.practices import queries as practices
from lantoa.work.models import Activity


@dataclass(frozen=True, slots=True)
class Row:
    pk: int
    name: str
    unit: str
    brief: str
    title: str


def rows(found: Sequence[Activity], today: dt.date) -> list[Row]:
    names = named({each.unit_id for each in found}, today)
    return [
        Row(
            each.pk, telling.kind_name(each.kind), names[each.unit_id], telling.brief(each), each.title
        )
        for each in found
    ]  # fmt: skip


def named(units: set[int], today: dt.date) -> dict[int, str]:
    """Names of today; of units that have closed, their last."""
    found = practices.names_of(units, today)
    return found | {unit: orgs.name_near(unit, today) for unit in units - found.keys()}
