"""What one may ask about commendation: nominations and awards that somebody may see, found and sorted; what waits for whom."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    prefetch_related_objects,
)

from lantoa.awards import dossiers
from lantoa.awards.dossiers import Condition
from lantoa.awards.models import (
    Award,
    Council,
    Decision,
    DossierPaper,
    Kind,
    Level,
    Merit,
    Nomination,
    Seat,
)
from lantoa.ledger.queries import SourceRow
from lantoa.lib import text
from lantoa.lib.dates import day_of
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.orgs.models import Closure, Line, Person, Unit, UnitName
from lantoa.orgs.queries import valid_on
from lantoa.plans.models import Movement

State = Nomination.State
IN_HAND = (State.SENT, State.APPRAISED, State.VOTING, State.PASSED)
ORDERS = {
    "": ("-pk",),
    "ten": ("called", "pk"),
    "-ten": ("-called", "-pk"),
    "ngay": ("recorded_at", "pk"),
    "-ngay": ("-recorded_at", "-pk"),
}
TIMES_OFTEN = 3


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What a list is asked for. Empty asks for everything.

    Attributes:
        state: a state, "open" for those on their way, "revoked" for awards taken back.
        year: of the decision; of the record while there is none.
        area: recipients that stood below this unit of the territory when it was decided.
        line: recipients that stood in this line then; "dia-ban" for those in the territory alone.
        times: recipients of so many awards that stand; TIMES_OFTEN for that many or more.
    """

    words: str = ""
    state: str = ""
    kind: str = ""
    level: str = ""
    form: str = ""
    year: int | None = None
    direct: bool | None = None
    area: int | None = None
    line: str = ""
    times: int | None = None
    movement: int | None = None
    decider: int | None = None


def visible_to(by: Person, at: dt.datetime) -> QuerySet[Nomination]:
    """What somebody may see: what their units propose or decide, and what they are to vote on."""
    if rights.is_everywhere(by, "awards.read", at):
        return Nomination.objects.all()
    units = rights.allowed(by, "awards.read", at).values("pk")
    seats = Exists(Seat.objects.filter(person=by, council__ballots__questions__nomination=OuterRef("pk")))  # fmt: skip
    return Nomination.objects.filter(Q(unit__in=units) | Q(decider__in=units) | seats)


def find(by: Person, asked: Filter, at: dt.datetime, *, order: str = "") -> QuerySet[Nomination]:
    """Nominations that somebody may see, by what is asked, each with its award and decision."""
    found = visible_to(by, at).filter(_stands(asked), _of_year(asked.year))
    plain = {"kind": asked.kind, "level": asked.level, "form": asked.form}
    found = found.filter(**{name: value for name, value in plain.items() if value})
    numbers = {
        "movement": asked.movement,
        "decider": asked.decider,
        "is_direct_worker": asked.direct,
    }
    found = found.filter(**{name: value for name, value in numbers.items() if value is not None})
    for word in text.fold(asked.words).split():
        found = found.filter(folded__contains=word)
    if asked.area is not None:
        found = found.filter(below_when_decided(asked.area))
    if asked.line:
        found = found.filter(in_line_when_decided(asked.line))
    if asked.times is not None:
        found = _so_often(found, asked.times)
    joined = found.select_related("award__decision", "unit", "decider", "recipient")
    return joined.order_by(*ORDERS.get(order, ORDERS[""]))


def nomination_for(by: Person, pk: int, at: dt.datetime) -> Nomination | None:
    """A dossier that somebody may see, with its papers and merits; None as for one that is not there."""
    found = visible_to(by, at).filter(pk=pk).prefetch_related("papers", "merits")
    joined = found.select_related(
        "unit", "decider", "recipient", "movement", "award__decision", "again_by"
    )
    return joined.first()


def checked(
    nominations: Sequence[Nomination], earlier: Mapping[int, Award] | None = None
) -> Iterator[tuple[Nomination, list[Condition]]]:
    """Each dossier with its checklist. A few queries for every 500.

    Args:
        earlier: what was awarded before, if that has been asked already.
    """
    papers = Prefetch("papers", queryset=DossierPaper.objects.order_by("pk"))
    merits = Prefetch("merits", queryset=Merit.objects.order_by("pk"))
    for start in range(0, len(nominations), dossiers.IDS_A_QUERY):
        some = nominations[start : start + dossiers.IDS_A_QUERY]
        for each in some:
            # What was read before a paper was written would still be held by the row.
            getattr(each, "_prefetched_objects_cache", {}).clear()
        prefetch_related_objects(some, papers, merits)
        lines = dossiers.checklists(some, earlier)
        for each in some:
            yield each, lines[each.pk]


def to_complete(unit: Unit) -> QuerySet[Nomination]:
    """Dossiers of a unit that have not gone upward or came back, the latter first."""
    mine = Nomination.objects.filter(unit=unit, state__in=dossiers.OWN_HANDS)
    return mine.order_by("-state", "pk")


def to_appraise(by: Person, at: dt.datetime) -> QuerySet[Nomination]:
    """What waits to be appraised where somebody may, the longest waiting first."""
    here = rights.allowed(by, "awards.appraise", at)
    return Nomination.objects.filter(state=State.SENT, decider__in=here).order_by("sent_date", "pk")


def on_the_desk(by: Person, at: dt.datetime, decider: Unit) -> QuerySet[Nomination]:
    """What lies with a unit that decides, step by step, with papers, merits and what was voted."""
    found = visible_to(by, at).filter(decider=decider, state__in=IN_HAND)
    joined = found.select_related("unit", "recipient", "decider")
    return joined.prefetch_related("papers", "merits", "questions__ballot").order_by(
        "sent_date", "pk"
    )


def desks_of(by: Person, at: dt.datetime, own: Unit) -> list[Unit]:
    """The units on whose desk somebody may look: their own, and those with something in hand."""
    here = rights.allowed(by, "awards.read", at)
    waiting = Nomination.objects.filter(decider=OuterRef("pk"), state__in=IN_HAND)
    councils = Council.objects.filter(unit=OuterRef("pk"), end_date=None)
    found = here.filter(Exists(waiting) | Q(Exists(councils), pk=own.pk))
    return sorted(found, key=lambda each: (each.pk != own.pk, each.pk))


def council_of(unit: Unit) -> Council | None:
    """The council that a unit has now."""
    return Council.objects.filter(unit=unit, end_date=None).first()


def decision_for(by: Person, pk: int, at: dt.datetime) -> Decision | None:
    """A decision that somebody may see; None as for one that is not there."""
    here = rights.allowed(by, "awards.read", at)
    return Decision.objects.filter(pk=pk, unit__in=here).select_related("unit", "issued_by").first()


def awards_of(decision: Decision) -> list[Award]:
    """The list of a decision, in its order."""
    joined = decision.awards.select_related("nomination__recipient", "nomination__unit")
    return list(joined.order_by("position"))


def published() -> QuerySet[Award]:
    """What the public may see: published, and not revoked. Hidden at once, for it is asked every time (A6.5)."""
    shown = Award.objects.filter(published_at__isnull=False, revoked_at=None)
    return shown.select_related("nomination", "decision__unit").order_by(
        "-decision__date", "position"
    )


@dataclass(frozen=True, slots=True)
class Published:
    """All that a public page says of an award (A6.5): nothing else of the dossier is handed over."""

    name: str
    unit: str
    form: str
    number: int
    date: dt.date


def public_rows(awards: Iterable[Award]) -> list[Published]:
    """Awards as the public sees them, with the names of the day of the decision. One query a day."""
    found = list(awards)
    names: dict[tuple[int, dt.date], str] = {}
    for day in {each.decision.date for each in found}:
        units = [each.nomination.recipient_id for each in found if each.decision.date == day]
        named = orgs.names_on(day, units)
        names |= {(unit, day): row.name for unit, row in named.items()}
    return [
        Published(
            each.nomination.called,
            names.get((each.nomination.recipient_id, each.decision.date), ""),
            each.nomination.get_form_display(),
            each.decision.number,
            each.decision.date,
        )
        for each in found
    ]


def on_notice(by: Person, at: dt.datetime) -> QuerySet[Nomination]:
    """What a council agreed to and nobody has decided yet: anybody may say what speaks against it."""
    found = visible_to(by, at).filter(state=State.PASSED)
    return found.select_related("unit", "recipient", "decider").order_by("noticed_date", "pk")


def years(by: Person, at: dt.datetime) -> list[int]:
    """The years of decisions that somebody may see, the newest first."""
    here = rights.allowed(by, "awards.read", at)
    dates = Decision.objects.filter(unit__in=here).dates("date", "year", order="DESC")
    return [day.year for day in dates]


def rows_for(source_ids: Iterable[int]) -> dict[int, SourceRow]:
    """The awards behind ledger entries of source kind "award": form and decision, never a name."""
    ids, rows = sorted(set(source_ids)), dict[int, SourceRow]()
    for start in range(0, len(ids), dossiers.IDS_A_QUERY):
        some = Award.objects.filter(pk__in=ids[start : start + dossiers.IDS_A_QUERY])
        for each in some.select_related("nomination", "decision"):
            form, decision = each.nomination.get_form_display(), each.decision
            rows[each.pk] = SourceRow(
                source_id=each.pk,
                date=decision.date,
                unit_id=decision.unit_id,
                unit="",
                kind_vi=f"{form}, Quyết định số {decision.said_number}",
                kind_en=f"{form}, decision {decision.said_number}",
                title="",
                is_withdrawn=each.revoked_at is not None,
            )
    return rows


def below_when_decided(area: int) -> Exists:
    """Recipients that stood below a unit of the territory on the day of the decision."""
    stood = _stood().filter(line__kind=Line.Kind.TERRITORY, ancestor=area)
    return Exists(stood)


def in_line_when_decided(code: str) -> Q:
    """Recipients that stood in a line on the day of the decision; "dia-ban": in the territory alone."""
    sectors = _stood().filter(depth=0, line__kind=Line.Kind.SECTOR)
    if code == TERRITORY_ALONE:
        return Q(~Exists(sectors), award__isnull=False)
    return Q(Exists(sectors.filter(line__code=code)))


TERRITORY_ALONE = "dia-ban"


def _stood() -> QuerySet[Closure]:
    day = OuterRef("award__decision__date")
    return Closure.objects.filter(
        Q(end_date=None) | Q(end_date__gt=day), unit=OuterRef("recipient"), start_date__lte=day
    )


def _stands(asked: Filter) -> Q:
    if asked.state == "open":
        return Q(state__in=(*dossiers.OWN_HANDS, *IN_HAND))
    if asked.state == "revoked":
        return Q(award__revoked_at__isnull=False)
    if asked.state == State.DECIDED:
        return Q(state=State.DECIDED, award__revoked_at=None)
    return Q(state=asked.state) if asked.state else Q()


def _of_year(year: int | None) -> Q:
    if year is None:
        return Q()
    return Q(award__decision__date__year=year) | Q(award=None, recorded_at__year=year)


def _so_often(found: QuerySet[Nomination], times: int) -> QuerySet[Nomination]:
    standing = Nomination.objects.filter(award__revoked_at=None, state=State.DECIDED)
    same = standing.filter(
        recipient=OuterRef("recipient"), kind=OuterRef("kind"), name=OuterRef("name")
    )
    count = same.order_by().values("recipient").annotate(n=Count("pk")).values("n")
    counted = found.annotate(times=Subquery(count))
    return counted.filter(times__gte=times) if times >= TIMES_OFTEN else counted.filter(times=times)


def nominations_on(paper: DossierPaper) -> list[Nomination]:
    """The dossiers that a paper names, collectives first."""
    joined = paper.nominations.select_related("decider", "recipient")
    return sorted(joined.order_by("pk"), key=lambda each: each.kind != Kind.COLLECTIVE)


def to_decide(by: Person, unit: Unit, at: dt.datetime) -> list[Nomination]:
    """What the council of a unit has agreed to and the unit decides itself, in the order of its notice."""
    return list(_agreed(by, unit, at).exclude(level=Level.STATE))


def sent_above(by: Person, unit: Unit, at: dt.datetime) -> list[Nomination]:
    """What the council of a unit has agreed to and a higher authority decides."""
    return list(_agreed(by, unit, at).filter(level=Level.STATE))


def _agreed(by: Person, unit: Unit, at: dt.datetime) -> QuerySet[Nomination]:
    found = visible_to(by, at).filter(decider=unit, state=State.PASSED)
    joined = found.select_related("decider", "recipient", "unit")
    return joined.order_by("noticed_date", "pk")


def recipients_of(unit: Unit, typed: str, day: dt.date, *, most: int = 20) -> list[tuple[int, str]]:
    """Units that a unit may nominate: itself, and those below it in any line, by what is typed. As (id, name)."""
    below = Closure.objects.filter(valid_on(day), ancestor=unit).values("unit")
    names = UnitName.objects.filter(valid_on(day), unit__in=below)
    if folded := text.fold(typed):
        names = names.filter(folded__contains=folded)
    own = list(names.filter(unit=unit)[:1])
    others = names.exclude(unit=unit).order_by("sort_key", "unit")[: most - len(own)]
    return [(row.unit_id, row.name) for row in (*own, *others)]


def movements_on(unit: Unit, day: dt.date) -> list[Movement]:
    """Movements that run on a day, launched by a unit above this one or by itself."""
    above = Closure.objects.filter(valid_on(day), unit=unit).values("ancestor")
    return list(Movement.objects.filter(valid_on(day), unit__in=above).order_by("name", "pk"))


def places_of(nominations: Collection[Nomination]) -> dict[int, str]:
    """By recipient, the unit right above it, where its own name does not say so already: many cells are "Chi bộ 1"."""
    if not nominations:
        return {}
    day = max(day_of(each.recorded_at) for each in nominations)
    parents = orgs.parents_near([each.recipient_id for each in nominations], day)
    names = orgs.names_near((unit, day) for pair in parents.items() for unit in pair)
    found = {}
    for unit, parent in parents.items():
        above = names[parent, day]
        if text.fold(above) not in text.fold(names[unit, day]):
            found[unit] = above
    return found
