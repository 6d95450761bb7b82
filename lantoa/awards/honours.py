"""What anybody may read of commendation: decisions that were made public, and their lists without who has not agreed.

Nothing here asks who reads: it hands out what the public may know, and no more (DOMAIN.md, A6.5). An award that was
revoked is gone at once, for it is asked every time.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lantoa.awards import law, queries
from lantoa.awards.models import Award, Decision, Form, Kind, Level, Nomination
from lantoa.awards.queries import Published
from lantoa.orgs import queries as orgs

PUBLIC = Q(published_at__isnull=False)
STANDING = Q(revoked_at=None)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a list is asked for. Empty asks for everything.

    Attributes:
        line: of the recipients on the day of the decision; "dia-ban" for those in the territory alone.
    """

    year: int | None = None
    form: str = ""
    kind: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A public decision and how many awards of it stand, as far as they were asked for."""

    decision: Decision
    unit: str
    level: Level | None
    collectives: int
    individuals: int


@dataclass(frozen=True, slots=True)
class Honoured:
    """The list of a decision as the public sees it; `held` have not agreed to be named, `revoked` are gone."""

    collectives: list[tuple[Award, Published]]
    individuals: list[tuple[Award, Published]]
    held: int
    revoked: int


@dataclass(frozen=True, slots=True)
class Noticed:
    """What a council agreed to and nobody has decided yet; `day` is the first on which it may be decided."""

    name: str
    unit: str
    form: str
    decider: str
    kind: Kind
    day: dt.date
    is_over: bool


def noticed(today: dt.date) -> tuple[list[Noticed], int]:
    """What anybody may speak against (UX S11), the first to be decided first; and how many have not agreed to be named.

    Two queries.
    """
    passed = _on_notice().order_by("noticed_date", "kind", "pk")
    found = [(each, each.noticed_date) for each in passed if each.noticed_date]
    named = [row for row in found if row[0].kind == Kind.COLLECTIVE or row[0].consent_date]
    ids = {pk for each, _day in named for pk in (each.recipient_id, each.decider_id)}
    names = {pk: name for (pk, _day), name in orgs.names_near((pk, today) for pk in ids).items()}
    ends = law.procedure_on(today).notice_ends
    told = [
        Noticed(
            each.called,
            names[each.recipient_id],
            each.get_form_display(),
            names[each.decider_id],
            Kind(each.kind),
            ends(began),
            ends(began) <= today,
        )
        for each, began in named
    ]
    return told, len(found) - len(named)


def waiting() -> int:
    """How many are on notice, named or not."""
    return _on_notice().count()


def _on_notice() -> QuerySet[Nomination]:
    return Nomination.objects.filter(state=Nomination.State.PASSED, noticed_date__isnull=False)


def years() -> list[int]:
    """The years of public decisions, the newest first."""
    return [day.year for day in _public().dates("date", "year", order="DESC")]


def listed(asked: Asked) -> list[Listed]:
    """Public decisions with something left of what is asked for, the newest first. Two queries."""
    awards = Award.objects.filter(STANDING, _chosen(asked), decision__in=_public())
    counted = awards.order_by().values("decision").annotate(
        collectives=Count("pk", filter=Q(nomination__kind=Kind.COLLECTIVE)),
        individuals=Count("pk", filter=Q(nomination__kind=Kind.INDIVIDUAL)),
    )  # fmt: skip
    counts = {row["decision"]: row for row in counted}
    named = Decision.objects.annotate(unit_name=orgs.name_on_the_day(word="name")).select_related(
        "unit"
    )
    found = named.filter(pk__in=counted.values("decision")).order_by("-date", "-number", "pk")
    return [
        Listed(
            each,
            each.authority or each.unit_name,
            Level.STATE if each.authority else law.level_of(each.unit),
            counts[each.pk]["collectives"],
            counts[each.pk]["individuals"],
        )
        for each in found
    ]


def decision(pk: int) -> Decision | None:
    """A decision of which anything was ever made public; None as for one that is not there."""
    return _public().filter(pk=pk).select_related("unit").first()


def honoured(found: Decision) -> Honoured:
    """Who stands on the list of a decision and may be named, in its order; the others as numbers."""
    awards = queries.awards_of(found)
    named = [each for each in awards if each.published_at and not each.revoked_at]
    rows = list(zip(named, queries.public_rows(named), strict=True))
    standing = sum(each.revoked_at is None for each in awards)
    return Honoured(
        collectives=_of(rows, Kind.COLLECTIVE),
        individuals=_of(rows, Kind.INDIVIDUAL),
        held=standing - len(named),
        revoked=len(awards) - standing,
    )


def newest(most: int) -> list[tuple[Award, Published]]:
    """The newest public awards of collectives, the newest first. A query, and one a day of decision among them."""
    standing = Award.objects.filter(PUBLIC, STANDING, nomination__kind=Kind.COLLECTIVE)
    found = list(
        standing.select_related("nomination__recipient", "decision").order_by(
            "-decision__date", "-decision__number", "position"
        )[:most]
    )
    return list(zip(found, queries.public_rows(found), strict=True))


def award(decision_pk: int, position: int) -> Award | None:
    """An award that was made public, even if it was revoked since; None as for one that is not there."""
    found = Award.objects.filter(PUBLIC, decision=decision_pk, position=position)
    return found.select_related("nomination__recipient", "decision__unit").first()


def forms(year: int | None) -> list[Form]:
    """The forms of award that public decisions of a year gave."""
    found = _public().filter(date__year=year) if year else _public()
    given = set(found.values_list("form", flat=True))
    return [form for form in Form if form in given]


def _public() -> QuerySet[Decision]:
    shown = Award.objects.filter(PUBLIC, decision=OuterRef("pk"))
    return Decision.objects.filter(Exists(shown))


def _chosen(asked: Asked) -> Q:
    chosen = Q()
    if asked.year is not None:
        start = dt.date(asked.year, 1, 1)
        chosen &= Q(
            decision__date__gte=start, decision__date__lt=start.replace(year=asked.year + 1)
        )
    if asked.form:
        chosen &= Q(decision__form=asked.form)
    if asked.kind:
        chosen &= Q(nomination__kind=asked.kind)
    if asked.line:
        here = queries.in_line_when_decided(asked.line)
        chosen &= Q(nomination__in=Nomination.objects.filter(here, award__isnull=False))
    return chosen


def _of(rows: Sequence[tuple[Award, Published]], kind: Kind) -> list[tuple[Award, Published]]:
    return [(award, row) for award, row in rows if award.nomination.kind == kind]
