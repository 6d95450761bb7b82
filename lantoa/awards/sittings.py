"""What one may ask about councils: who sits, which ballots there are, who has voted (never how), what waits for whom."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lantoa.awards.models import Ballot, Council, Question, Seat, Turnout
from lantoa.lib.dates import day_of
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Unit


@dataclass(frozen=True, slots=True)
class Roll:
    """How far a ballot has come."""

    ballot: Ballot
    questions: int
    voted: int

    def is_over(self, at: dt.datetime) -> bool:
        return at >= self.ballot.closes_at


def unit_for(by: Person, pk: int, at: dt.datetime) -> Unit | None:
    """A unit on whose desk somebody may look; None as for one that is not there."""
    return rights.allowed(by, "awards.read", at).filter(pk=pk).first()


def seats_of(council: Council) -> list[Seat]:
    return list(council.seats.select_related("person").order_by("pk"))


def titles_of(council: Council) -> dict[int, str]:
    """As what each person sits in a council."""
    return dict(council.seats.values_list("person", "title"))


def ballot_for(by: Person, pk: int, at: dt.datetime) -> Ballot | None:
    """A ballot of a council on whose desk somebody may look, or in which they sit."""
    here = rights.allowed(by, "awards.read", at)
    sits = Seat.objects.filter(council=OuterRef("council"), person=by)
    found = Ballot.objects.filter(Q(council__unit__in=here) | Exists(sits), pk=pk)
    return found.select_related("council__unit").first()


def line_of(by: Person, ballot: Ballot) -> Turnout | None:
    """Somebody's own line of the roll."""
    return Turnout.objects.filter(ballot=ballot, seat__person=by).first()


def questions_of(ballot: Ballot) -> list[Question]:
    joined = ballot.questions.select_related("nomination__recipient", "nomination__decider")
    return list(joined.order_by("position"))


def rolls_of(council: Council) -> list[Roll]:
    """The ballots of a council that are not counted yet, the first to end first."""
    return _rolls(Ballot.objects.filter(council=council, closed_at=None))


def roll_of(ballot: Ballot) -> Roll:
    return _rolls(Ballot.objects.filter(pk=ballot.pk))[0]


def to_vote(by: Person, at: dt.datetime) -> list[Ballot]:
    """Ballots that wait for somebody's vote, the first to end first. One query."""
    waiting = Turnout.objects.filter(ballot=OuterRef("pk"), seat__person=by, has_voted=False)
    open_now = Ballot.objects.filter(Exists(waiting), closed_at=None, closes_at__gt=at)
    return list(open_now.select_related("council").order_by("closes_at"))


def may_sit(unit: Unit, at: dt.datetime) -> list[Person]:
    """People who may be given a seat: who hold a post at the unit that may vote."""
    day = day_of(at)
    roles = rights.ACTS["awards.vote"].roles
    held = Q(posts__unit=unit, posts__role__in=roles, posts__start_date__lte=day)
    still = Q(posts__end_date=None) | Q(posts__end_date__gt=day)
    return list(Person.objects.filter(held & still).distinct().order_by("name", "pk"))


def _rolls(ballots: QuerySet[Ballot]) -> list[Roll]:
    counted = ballots.annotate(
        asked=Count("questions", distinct=True),
        came=Count("turnout", filter=Q(turnout__has_voted=True), distinct=True),
    )
    ordered: Sequence[Ballot] = counted.select_related("council").order_by("closes_at", "pk")  # type: ignore[assignment]
    return [Roll(each, each.asked, each.came) for each in ordered]  # type: ignore[attr-defined]
