"""Who answers: the unit that a place and a topic lead to, on a day; and until when.

An administrator's row for the topic and the place goes first, then one for the topic anywhere. Without a row it is the
nearest unit with somebody who answers: the place itself, then what stands above it in the territory; at last the root.
"""

import datetime as dt

from django.conf import settings

from lantoa.enquiries.models import Routing
from lantoa.lib import workhours
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Closure, Post, Unit
from lantoa.orgs.queries import valid_on


class NobodyAnswersError(LantoaError):
    """A house without a structure: there is nobody to ask."""

    def __init__(self) -> None:
        super().__init__(
            vi="Trang này chưa có đơn vị nào trả lời. Hãy gọi cho cơ quan gần nhất.",
            en="No unit answers here yet. Please telephone the nearest office.",
        )


def unit_for(topic: str, place: Unit | None, at: dt.datetime) -> Unit:
    """
    Raises:
        NobodyAnswersError
    """
    rows = Routing.objects.filter(topic=topic, unit__closed_date=None).select_related("unit")
    found = rows.filter(place=place).first() if place else None
    found = found or rows.filter(place=None).first()
    if found:
        return found.unit
    day, line = day_of(at), orgs.territory()
    near = _nearest(place, day) if place else None
    root = near or orgs.root_on(line, day)
    if root is None:
        raise NobodyAnswersError
    return root


def due_after(topic: str, start: dt.datetime) -> dt.datetime:
    """When an answer is due that is asked for at a moment: so many working days of office hours."""
    days = settings.ANSWER_DAYS.get(topic) or settings.ANSWER_DAYS["khac"]
    return workhours.after(start, days * workhours.minutes_a_day())


def _nearest(place: Unit, day: dt.date) -> Unit | None:
    """The place or a unit above it at which somebody answers today: the one with the fewest below it."""
    above = Closure.objects.filter(valid_on(day), unit=place, line=orgs.territory())
    held = Post.objects.filter(valid_on(day), role=Post.Role.ANSWERER)
    units = held.filter(unit__in=above.values("ancestor")).select_related("unit")
    found = {post.unit.pk: post.unit for post in units if post.unit}
    if not found:
        return None
    depths = dict(above.values_list("ancestor", "depth"))
    return found[min(found, key=lambda each: depths[each])]
