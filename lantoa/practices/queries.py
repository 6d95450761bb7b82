"""What one may ask about practices: the library, one of them and how it spread, what is alive, what waits for whom."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce

from lantoa.lib import text
from lantoa.lib.dates import day_of
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights, superiors
from lantoa.orgs.models import Closure, Person, Succession, Unit, UnitName
from lantoa.practices import facts, likeness, served, signs, spread, steps, whereabouts
from lantoa.practices.models import (
    Adoption,
    AdoptionResult,
    Practice,
    PracticeEvent,
    PracticeVersion,
    Sign,
)
from lantoa.practices.spread import Node, Told
from lantoa.rollup.tables import NONE
from lantoa.work.models import Activity

IDS_A_QUERY = 400
State = Practice.State
ON = Adoption.State.CONFIRMED
# Units that must have shown what it brought them, before a practice is called replicated (UX S3).
ENOUGH = 3
# Who judges what comes next.
JUDGES = {
    State.PROPOSED: "practices.register",
    State.REGISTERED: "practices.register",
    State.APPRAISED: "practices.recognise",
}
ORDERS: Mapping[str, tuple[str | OrderBy, ...]] = {
    "": ("-followers", "-pk"),
    "moi": ("-registered_date", "-pk"),
    "re": (F("cost").asc(nulls_last=True), "-pk"),
    "ten": ("folded", "pk"),
}


@dataclass(frozen=True)
class Wanted:
    """What is looked for in the library. Empty is no matter.

    Attributes:
        words: all of them must be in the name or the summary; marks and case are immaterial.
        place: an official code of a unit of today: it began there, or is followed there.
        reach: least number of units that follow it.
        cost: at most so many đồng; what nobody has reckoned is left out.
        movement: by its id.
        objective: by its id; then in use in `year`.
    """

    words: str = ""
    field: str = ""
    kind: str = ""
    state: str = ""
    place: str = ""
    reach: int = 0
    cost: int | None = None
    movement: int | None = None
    objective: int = 0
    year: int = 0
    order: str = ""


class Alike(NamedTuple):
    practice: Practice
    hundredths: int


def library(by: Person, wanted: Wanted, at: dt.datetime) -> QuerySet[Practice]:
    """The practices that somebody may see, with the number of units that follow each.

    Those that are registered are everybody's; proposals are for their unit and for those above it.
    """
    found = Practice.objects.filter(_may_see(by, at))
    if wanted.objective:
        year = wanted.year or day_of(at).year
        found &= served.for_objective(wanted.objective, year)
    return narrowed(found, wanted, day_of(at))


def narrowed(found: QuerySet[Practice], wanted: Wanted, day: dt.date) -> QuerySet[Practice]:
    """Those of some practices that are looked for, in the order asked for, with the number of units that follow each."""
    for column in ("field", "kind", "state"):
        if said := getattr(wanted, column):
            found = found.filter(**{column: said})
    for word in text.fold(wanted.words).split():
        found = found.filter(folded__contains=word)
    if wanted.place:
        units = units_at(wanted.place, day)
        followed = Adoption.objects.filter(practice=OuterRef("pk"), unit__in=units, state=ON)
        found = found.filter(Exists(followed))
    if wanted.cost is not None:
        found = found.filter(cost__lte=wanted.cost)
    if wanted.movement is not None:
        found = found.filter(movement=wanted.movement)
    found = found.annotate(followers=_followers())
    if wanted.reach:
        found = found.filter(followers__gte=wanted.reach)
    return found.order_by(*ORDERS.get(wanted.order, ORDERS[""]))


def _followers() -> Coalesce:
    """How many units follow it now, the origin left out."""
    others = Adoption.objects.filter(practice=OuterRef("pk"), state=ON, learned_from__isnull=False)
    counted = others.order_by().values("practice").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def _may_see(by: Person, at: dt.datetime) -> Q:
    """Proposals are few: looked up apart, so that the database need not ask of every practice who stands where."""
    near = rights.allowed(by, "practices.read", at)
    proposals = Practice.objects.filter(registered_date=None, unit__in=near)
    return Q(registered_date__isnull=False) | Q(pk__in=list(proposals.values_list("pk", flat=True)))


def units_at(code: str, day: dt.date) -> list[int]:
    """The unit that bears an official code and all below it, with those that have landed there. Empty for no such code."""
    unit = orgs.unit_on(code, day)
    if unit is None:
        return []
    tree = orgs.tree_on(orgs.territory(), day)
    at = tree.position(unit.pk)
    if at == NONE:
        return []
    inside = (tree.column[:-1] >= at) & (tree.column[:-1] < int(tree.end[at]))
    found: list[int] = np.flatnonzero(inside).tolist()
    return found


def practice_for(by: Person, pk: int, at: dt.datetime) -> Practice | None:
    """A practice that somebody may see; None for one that they may not, as for one that is not there."""
    found = Practice.objects.filter(pk=pk).annotate(followers=_followers())
    practice = found.select_related("unit", "contact_unit").first()
    if practice is None or practice.registered_date is not None:
        return practice
    may = rights.units_among(by, "practices.read", [practice.unit_id], at).exists()
    return practice if may else None


def adoption_for(by: Person, pk: int, at: dt.datetime) -> Adoption | None:
    """An adoption of a unit at which somebody keeps them; None for any other, as for one that is not there."""
    found = Adoption.objects.filter(pk=pk).select_related("practice", "unit", "learned_from")
    adoption = found.first()
    if adoption is None:
        return None
    return adoption if keepers_among(by, [adoption.unit_id], at) else None


def events_of(practice: Practice) -> QuerySet[PracticeEvent]:
    """Its life so far, the first step first."""
    return steps.standing().filter(practice=practice).select_related("by").order_by("pk")


def history_of(practice: Practice) -> QuerySet[PracticeEvent]:
    """Its life so far, with the steps that were taken back at once."""
    return practice.events.select_related("by").order_by("pk")


def versions_of(practice: Practice) -> QuerySet[PracticeVersion]:
    """What it said before and says now, the newest first; none for one that was never amended."""
    return practice.versions.select_related("by").order_by("-number")


def spread_of(practice: Practice, day: dt.date) -> list[Node]:
    """Who learned it from whom, the origin first; who declined is left out. Five queries for every 400 units."""
    found = practice.adoptions.exclude(state=Adoption.State.DECLINED)
    return spread.tree(found, _told(list(found), day), day)


def _told(adoptions: Sequence[Adoption], day: dt.date) -> dict[int, Told]:
    ids = [each.pk for each in adoptions]
    names = names_of({each.unit_id for each in adoptions}, day)
    results, signs = facts.results_of(ids), last_signs(ids)
    return {
        each.pk: Told(
            names.get(each.unit_id, ""),
            _people(results.get(each.pk, [])),
            _saved(results.get(each.pk, [])),
            signs.get(each.pk),
            each.pk in results,
        )
        for each in adoptions
    }


def _people(results: Sequence[AdoptionResult]) -> int | None:
    told = [each.participants for each in results if each.participants is not None]
    return told[-1] if told else None


def _saved(results: Sequence[AdoptionResult]) -> int | None:
    told = [each.saved for each in results if each.saved is not None]
    return sum(told) if told else None


def names_of(unit_ids: Collection[int], day: dt.date) -> dict[int, str]:
    """The newest full name of each up to a day: of one that has closed, the name it closed with."""
    found: dict[int, str] = {}
    for some in by_hundreds(sorted(unit_ids)):
        named = UnitName.objects.filter(unit__in=some, start_date__lte=day).order_by("start_date")
        found.update(named.values_list("unit_id", "name"))
    return found


def last_signs(adoption_ids: Sequence[int]) -> dict[int, dt.date]:
    """The day of the newest record shown for each that has one."""
    found: dict[int, dt.date] = {}
    for some in by_hundreds(adoption_ids):
        shown = signs.standing().filter(adoption__in=some)
        newest = shown.order_by().values("adoption").annotate(last=Max("activity__date"))
        found.update(newest.values_list("adoption", "last"))
    return found


def signs_of(practice: Practice) -> QuerySet[Sign]:
    """The records that show that it is alive somewhere, the newest first."""
    shown = signs.standing().filter(adoption__practice=practice)
    return shown.select_related("activity__kind", "adoption").order_by("-activity__date", "-pk")


def showable(adoption: Adoption, words: str = "") -> QuerySet[Activity]:
    """Records that could show an adoption that goes on, not shown yet: of its unit, of those below it, and of what it was merged into.

    Args:
        words: must stand in the title; as typed.
    """
    if adoption.state != ON:
        return Activity.objects.none()
    day = OuterRef("date")
    above = Closure.objects.filter(
        Q(end_date=None) | Q(end_date__gt=day), unit=OuterRef("unit"), start_date__lte=day
    )
    merged = above.filter(
        ancestor__predecessions__kind=Succession.Kind.MERGER,
        ancestor__predecessions__before=adoption.unit_id,
        ancestor__predecessions__date__lte=day,
    )
    held = Activity.objects.filter(
        Exists(above.filter(ancestor=adoption.unit_id)) | Exists(merged),
        withdrawn_at=None,
        date__gte=adoption.start_date,
        title__icontains=text.one_line(words),
    )
    return held.exclude(signs__adoption=adoption).select_related("kind").order_by("-date", "-pk")


def keepers_among(
    by: Person, unit_ids: Collection[int], at: dt.datetime, act: str = "practices.adopt"
) -> set[int]:
    """The units for which somebody keeps adoptions: where they may, and what has closed and landed there."""
    lands = whereabouts.landings(unit_ids, day_of(at))
    may = set(
        rights.units_among(by, act, {*lands, *lands.values()}, at).values_list("pk", flat=True)
    )
    return {unit for unit, place in lands.items() if unit in may or place in may}


def kept_at(practice: Practice, unit: Unit, day: dt.date) -> list[Adoption]:
    """What a unit keeps of a practice: its own adoption that waits or goes on, and those of units that landed there."""
    live = practice.adoptions.filter(state__in=[Adoption.State.ASKED, ON])
    units = whereabouts.landed_at(unit.pk, day)
    return [each for each in live.select_related("unit").order_by("pk") if each.unit_id in units]


def is_followed_by(practice: Practice, unit: Unit) -> Adoption | None:
    """The adoption that waits or goes on of the unit itself, or of one that was merged into it."""
    live = practice.adoptions.filter(state__in=[Adoption.State.ASKED, ON])
    return live.filter(unit__in=whereabouts.lineage(unit.pk)).order_by("pk").first()


def proven(practice_ids: Iterable[int]) -> dict[int, int]:
    """Of each practice, how many other units follow it, have told a result and shown a record. One query."""
    told = AdoptionResult.objects.filter(adoption=OuterRef("pk"))
    shown = signs.standing().filter(adoption=OuterRef("pk"))
    others = Adoption.objects.filter(
        Exists(told), Exists(shown), practice__in=list(practice_ids), state=ON
    )
    counted = others.exclude(learned_from=None).order_by().values("practice")
    return dict(
        counted.annotate(count=Count("unit", distinct=True)).values_list("practice", "count")
    )


def shown_enough(practice_ids: Iterable[int]) -> dict[int, dt.date]:
    """Those that enough units have shown and that were never called replicated, with the day of their newest step."""
    enough = [pk for pk, count in proven(practice_ids).items() if count >= ENOUGH]
    taken = steps.standing().filter(practice__in=enough)
    days = taken.order_by().values("practice").annotate(last=Max("date"))
    last = dict(days.values_list("practice", "last"))
    before = taken.filter(state=State.REPLICATED)
    called = set(before.values_list("practice", flat=True))
    return {pk: day for pk, day in last.items() if pk not in called}


def similar(said: str, *, most: int = 5, leave_out: int | None = None) -> list[Alike]:
    """The practices that say nearly the same, the nearest first. One reading of all sketches."""
    kept = Practice.objects.exclude(registered_date=None).exclude(state=State.STOPPED)
    if leave_out is not None:
        kept = kept.exclude(pk=leave_out)
    rows = list(kept.values_list("pk", "sketch"))
    shares = likeness.likeness(likeness.sketch(said), [bytes(each) for _, each in rows])
    nearest = np.argsort(-shares, kind="stable")[:most]
    near = {rows[at][0]: int(shares[at]) for at in nearest if shares[at] >= likeness.ALIKE}
    found = Practice.objects.annotate(followers=_followers()).in_bulk(near)
    return [Alike(found[pk], share) for pk, share in near.items()]


# What waits, and for whom


def waiting_for(by: Person, at: dt.datetime) -> list[Practice]:
    """What somebody may judge now: of units below their posts, never of their own, nor what they proposed."""
    judge = superiors.reviewer(by, "practices.register", at)
    found: list[Practice] = []
    for act in sorted(set(JUDGES.values())):
        states = [state for state, needs in JUDGES.items() if needs == act]
        near = rights.allowed(by, act, at).exclude(pk__in=judge.own)
        asked = Practice.objects.filter(state__in=states, unit__in=near)
        theirs = PracticeEvent.objects.filter(practice=OuterRef("pk"), state=State.PROPOSED, by=by)
        found += asked.exclude(Exists(theirs)).order_by("pk")
    return found


def may_judge(by: Person, practice: Practice, act: str, at: dt.datetime) -> bool:
    """Whether somebody may decide about a practice: from above its unit, and not what they proposed themselves."""
    if practice.unit_id in superiors.reviewer(by, act, at).own:
        return False
    if practice.events.filter(state=State.PROPOSED, by=by).exists():
        return False
    return rights.units_among(by, act, [practice.unit_id], at).exists()


def adoption_of(practice: Practice, pk: int) -> Adoption | None:
    """One of a practice's adoptions."""
    return practice.adoptions.filter(pk=pk).first()


def asked_of(unit: Unit, day: dt.date) -> QuerySet[Adoption]:
    """What waits for a unit to confirm; also what waited for one that has landed there since."""
    units = whereabouts.landed_at(unit.pk, day)
    asked = Adoption.objects.filter(unit__in=units, state=Adoption.State.ASKED)
    return asked.select_related("practice").order_by("asked_at")


def silent_of(unit: Unit, day: dt.date) -> list[tuple[Adoption, int]]:
    """What a unit follows without having shown anything for too long, with the months."""
    followed = Adoption.objects.filter(unit=unit, state=ON).select_related("practice")
    ids = [each.pk for each in followed]
    shown = last_signs(ids)
    seen = [
        (each, max(filter(None, (each.start_date, shown.get(each.pk))), default=None))
        for each in followed
    ]
    months = [(each, spread.silent_months(last, day)) for each, last in seen]
    return [(each, count) for each, count in months if count]


# For other rooms


def practices_of(unit: Unit) -> QuerySet[Practice]:
    """What began at a unit, the newest first."""
    return Practice.objects.filter(unit=unit).order_by("-registered_date", "-pk")


def followed_by(unit: Unit) -> QuerySet[Adoption]:
    """What a unit follows now, its own practices among them."""
    return Adoption.objects.filter(unit=unit, state=ON).select_related("practice").order_by("pk")


def alive_on(practice_ids: Collection[int], day: dt.date) -> dict[int, dt.date]:
    """Of these practices, those alive on a day, with the day of the last record that shows it: somewhere, recently enough."""
    found: dict[int, dt.date] = {}
    for some in by_hundreds(sorted(set(practice_ids))):
        shown = signs.standing().filter(
            adoption__practice__in=some,
            activity__date__gte=spread.alive_since(day),
            activity__date__lte=day,
        )
        last = shown.order_by().values("adoption__practice").annotate(last=Max("activity__date"))
        found.update(last.values_list("adoption__practice", "last"))
    return found


def by_hundreds(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    """Ids by the hundreds, below SQLite's limit of parameters a statement."""
    for first in range(0, len(ids), IDS_A_QUERY):
        yield ids[first : first + IDS_A_QUERY]
