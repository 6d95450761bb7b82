"""What stands on the front page beside the figures: what spreads, what citizens asked, who was commended."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from lantoa.awards import honours
from lantoa.enquiries import publishing
from lantoa.portal.views import practices
from lantoa.practices import published
from lantoa.practices.queries import Wanted

PRACTICES, ANSWERS, HONOURS = 3, 3, 4


@dataclass(frozen=True, slots=True)
class Honour:
    """An award as the front page names it: of a collective, which always may be named."""

    name: str
    unit: str
    form: str
    date: dt.date
    href: str


def beside(today: dt.date) -> dict[str, Any]:
    """All of it."""
    return {**spreading(today), **answered(), **commended()}


def spreading(today: dt.date) -> dict[str, Any]:
    """The practices that most units follow, and how many there are in the library; nothing where there are none."""
    found = published.library(Wanted(), today)
    first = list(found[:PRACTICES])
    if not first:
        return {}
    return {"practices": practices.cards(first, today), "practice_count": found.count()}


def answered() -> dict[str, Any]:
    """The newest published answers."""
    return {"answers": list(publishing.search("")[:ANSWERS])}


def commended() -> dict[str, Any]:
    return {
        "honours": [
            Honour(
                name=row.name,
                unit=row.unit if row.unit != row.name else "",
                form=row.form,
                date=row.date,
                href=reverse("portal:honour", args=[award.decision_id, award.position]),
            )
            for award, row in honours.newest(HONOURS)
        ]
    }
