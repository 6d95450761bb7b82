"""What the public may read: practices of a collective that a board has recognised. Nobody's own, and nothing that is only proposed.

Source:
    docs/decisions/2026-11-28-which-practices-the-public-reads.md
"""

import datetime as dt
from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from lantoa.practices import facts, queries, steps
from lantoa.practices.models import Adoption, Practice, PracticeVersion
from lantoa.practices.queries import Wanted

State = Practice.State
LISTED = (State.RECOGNISED, State.REPLICATED, State.KEPT)


def library(wanted: Wanted, day: dt.date) -> QuerySet[Practice]:
    """What is recognised and goes on, with the number of units that follow each."""
    listed = Practice.objects.filter(state__in=LISTED, holder=Practice.Holder.COLLECTIVE)
    return queries.narrowed(listed, wanted, day)


def changed() -> QuerySet[Practice]:
    """What is recognised and goes on; `stepped`: when it became what it is, `amended`: when its words last changed, or None."""
    step = steps.standing().filter(practice=OuterRef("pk")).order_by("-at").values("at")[:1]
    version = PracticeVersion.objects.filter(practice=OuterRef("pk")).order_by("-at")
    listed = Practice.objects.filter(state__in=LISTED, holder=Practice.Holder.COLLECTIVE)
    return listed.annotate(
        stepped=Subquery(step), amended=Subquery(version.values("at")[:1])
    ).order_by("pk")


def readable() -> QuerySet[Practice]:
    """What may be read at its own address. One that has stopped since keeps its: links to it were handed on."""
    recognised = steps.standing().filter(practice=OuterRef("pk"), state=State.RECOGNISED)
    return Practice.objects.filter(
        Q(state__in=LISTED) | Q(Exists(recognised), state=State.STOPPED),
        holder=Practice.Holder.COLLECTIVE,
    )


def practice(pk: int) -> Practice | None:
    """One of those that may be read."""
    return readable().filter(pk=pk).select_related("unit", "contact_unit").first()


def people_in(practice_ids: Collection[int]) -> dict[int, int]:
    """Of each practice, how many take part at the units that follow it now, as they told last. Two queries for every 400."""
    followed = Adoption.objects.filter(
        practice__in=list(practice_ids), state=Adoption.State.CONFIRMED
    ).exclude(learned_from=None)
    practices = dict(followed.values_list("pk", "practice_id"))
    found: dict[int, int] = {}
    for adoption, results in facts.results_of(practices).items():
        told = [each.participants for each in results if each.participants is not None]
        if told:
            found[practices[adoption]] = found.get(practices[adoption], 0) + told[-1]
    return found
