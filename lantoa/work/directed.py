"""How units stand to what directives ask: by plans and documents, and by the activities that name the directive."""

import datetime as dt
from collections.abc import Collection, Sequence

from lantoa.plans.models import DirectiveDuty
from lantoa.plans.queries import directives
from lantoa.plans.queries.directives import Answer, Standing
from lantoa.work.models import Activity


def standings(
    duties: Sequence[DirectiveDuty], *, today: dt.date, units: Collection[int] | None = None
) -> list[Standing]:
    """Of these units, or of all that are bound. Three queries for all answers, one more a duty."""
    named = Activity.objects.filter(
        directive__in={each.directive_id for each in duties}, withdrawn_at=None
    )
    held: dict[tuple[int, int], Answer] = {}
    for directive, unit, date, pk in named.order_by("date", "pk").values_list(
        "directive_id", "unit_id", "date", "pk"
    ):
        held.setdefault((directive or 0, unit), Answer(date, "activity", pk))
    return directives.standings(duties, held, today=today, units=units)
