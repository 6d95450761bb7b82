"""What may be asked about people: whom one sees, whom one looks after, what was done about them.

One sees a person who holds, or held, a post at a unit where one may appoint, and whoever one entered oneself
before any post was given. One looks after a person whose posts, those of today and those to come, all lie
there: a link for a new password is worth as much as all the posts behind it.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from lantoa.lib import dates, text
from lantoa.orgs import queries, rights
from lantoa.orgs.models import (
    Account,
    Invitation,
    Line,
    Person,
    PersonEvent,
    Placement,
    Post,
    Unit,
    UnitName,
)

ACT = "orgs.appoint"


def who_enter() -> QuerySet[Account]:
    """Every account that may enter, with its person, in the order in which they were opened."""
    return Account.objects.filter(is_active=True).select_related("person").order_by("pk")


def seen_by(by: Person, at: dt.datetime) -> QuerySet[Person]:
    """The people whom `by` may know of, by name."""
    if rights.is_everywhere(by, ACT, at):
        return Person.objects.order_by("name", "pk")
    posts = Post.objects.filter(person=OuterRef("pk"))
    entered = PersonEvent.objects.filter(
        person=OuterRef("pk"), by_id=by.pk, kind=PersonEvent.Kind.REGISTERED
    )
    here = Exists(posts.filter(unit__in=rights.allowed(by, ACT, at)))
    mine = Exists(entered) & ~Exists(posts)
    return Person.objects.filter(here | mine).order_by("name", "pk")


def find(by: Person, typed: str, at: dt.datetime) -> QuerySet[Person]:
    """Of those whom `by` may know of, the ones so named: `hoa` finds `Hòa`."""
    return seen_by(by, at).filter(folded__contains=text.fold(typed))


def looks_after(by: Person, person: Person, at: dt.datetime) -> bool:
    """Whether everything that this person may do lies where `by` may appoint; never oneself."""
    if person.pk == by.pk or not seen_by(by, at).filter(pk=person.pk).exists():
        return False
    to_come = Q(end_date=None) | Q(end_date__gt=dates.day_of(at))
    posts = Post.objects.filter(to_come, person=person)
    if rights.is_everywhere(by, ACT, at):
        return True
    elsewhere = Q(unit=None) | ~Q(unit__in=rights.allowed(by, ACT, at))
    return not posts.filter(elsewhere).exists()


def posts_seen_by(by: Person, person: Person, at: dt.datetime) -> QuerySet[Post]:
    """The posts of a person, of all times, at units where `by` may appoint; the newest first."""
    posts = Post.objects.filter(person=person).select_related("unit", "line")
    if not rights.is_everywhere(by, ACT, at):
        posts = posts.filter(unit__in=rights.allowed(by, ACT, at))
    return posts.order_by("-start_date", "-pk")


def events_of(by: Person, person: Person, at: dt.datetime) -> QuerySet[PersonEvent]:
    """What was done about a person, the newest first; nothing about posts that `by` may not see."""
    seen = Q(post=None) | Q(post__in=posts_seen_by(by, person, at))
    events = PersonEvent.objects.filter(seen, person=person)
    return events.select_related("post__unit", "post__line", "by").order_by("-at", "-pk")


def invitation(token: str, at: dt.datetime) -> Invitation | None:
    """The invitation that a token opens, if it still opens anything."""
    held = Invitation.objects.filter(digest=digest(token), used_at=None, expires_at__gt=at)
    return held.select_related("person__account").first()


def digest(token: str) -> str:
    """What is kept of a token: 256 random bits need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Stand:
    """A unit in a line, where a post may be given."""

    unit: Unit
    line: Line
    name: str


def stands(by: Person, typed: str, day: dt.date, at: dt.datetime) -> list[Stand]:
    """Where `by` may appoint, found by the name or code of the unit; at most 30, the nearest first."""
    found = queries.find(typed, day, most=200)
    may = set(
        rights.units_among(by, ACT, {row.unit_id for row in found}, at).values_list("pk", flat=True)
    )
    placed: dict[int, list[Placement]] = {}
    stays = Placement.objects.filter(queries.valid_on(day), unit__in=may)
    for stay in stays.select_related("unit", "line").order_by("line__position", "line"):
        placed.setdefault(stay.unit_id, []).append(stay)
    return [
        Stand(stay.unit, stay.line, row.name)
        for row in found
        for stay in placed.get(row.unit_id, [])
    ][:30]


def stand(by: Person, key: str, day: dt.date, at: dt.datetime) -> Stand:
    """The stand that `line-unit` names.

    Raises:
        NotAllowedError: there is none, or not for `by`.
    """
    line, _dash, unit = key.partition("-")
    refused = rights.NotAllowedError(rights.ACTS[ACT])
    if not (line.isdecimal() and unit.isdecimal() and len(key) <= 30):
        raise refused
    stays = Placement.objects.filter(queries.valid_on(day), line=int(line), unit=int(unit))
    found = stays.select_related("unit", "line").first()
    if not found or not rights.units_among(by, ACT, {found.unit_id}, at).exists():
        raise refused
    return Stand(found.unit, found.line, queries.name_near(found.unit_id, day))


def posts_today(by: Person, person_ids: list[int], at: dt.datetime) -> list[Post]:
    """The posts that these people hold today at units where `by` may appoint."""
    held = Post.objects.filter(queries.valid_on(dates.day_of(at)), person__in=person_ids)
    if not rights.is_everywhere(by, ACT, at):
        held = held.filter(unit__in=rights.allowed(by, ACT, at))
    return list(held.order_by("start_date", "pk"))


def last_names(unit_ids: Iterable[int | None]) -> dict[int, str]:
    """What each unit is called, or was called last. One query."""
    named = UnitName.objects.filter(unit__in={pk for pk in unit_ids if pk}).order_by("start_date")
    return dict(named.values_list("unit_id", "name"))
