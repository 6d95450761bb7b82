"""Units whose records speak for them, by a rule that says itself. It names; people nominate."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncMonth

from lantoa.awards.models import Award, Nomination
from lantoa.lib.dates import day_of
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Unit
from lantoa.work.models import Activity

FEWEST_RECORDS, FEWEST_MONTHS, SPAN_DAYS = 12, 6, 365
MOST = 50


@dataclass(frozen=True, slots=True)
class Suggested:
    """A unit and what its records say: so many, in so many different months."""

    unit_id: int
    records: int
    months: int


def suggested(by: Person, at: dt.datetime) -> list[Suggested]:
    """Units that may be nominated by somebody and fulfil the rule, those who did it most steadily first. One query.

    The rule: in the last year at least FEWEST_RECORDS records that count, in at least FEWEST_MONTHS different months; no
    award in that year, and no nomination on its way.
    """
    today = day_of(at)
    since = today - dt.timedelta(days=SPAN_DAYS)
    mine = _silent(rights.allowed(by, "awards.nominate", at), since)
    held = Activity.objects.filter(
        unit__in=mine, date__gt=since, date__lte=today, withdrawn_at=None
    )
    grouped = (
        held.order_by()
        .values("unit")
        .annotate(records=Count("pk"), months=Count(TruncMonth("date"), distinct=True))
    )
    enough = grouped.filter(records__gte=FEWEST_RECORDS, months__gte=FEWEST_MONTHS)
    ordered = enough.order_by("-months", "-records", "unit")[:MOST]
    return [Suggested(row["unit"], row["records"], row["months"]) for row in ordered]


def _silent(units: QuerySet[Unit], since: dt.date) -> QuerySet[Unit]:
    """Those that were not commended since a day and are not nominated now."""
    open_states = [
        state
        for state in Nomination.State
        if state not in ("decided", "refused", "withdrawn")
    ]  # fmt: skip
    collective = Nomination.objects.filter(recipient=OuterRef("pk"), kind="collective")
    awarded = Award.objects.filter(
        nomination__recipient=OuterRef("pk"),
        nomination__kind="collective",
        decision__date__gt=since,
        revoked_at=None,
    )
    return units.filter(~Exists(awarded), ~Exists(collective.filter(state__in=open_states)))
