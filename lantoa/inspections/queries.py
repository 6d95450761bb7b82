"""What one may ask about inspections: plans, teams, checklists, and how far they have got."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Count, Exists, Manager, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lantoa.inspections.models import (
    ChecklistAnswer,
    ChecklistItem,
    Finding,
    Inspection,
    InspectionPlan,
    Topic,
)
from lantoa.ledger.queries import SourceRow
from lantoa.lib import text
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.orgs.models import Closure, Line, Person, Post, Unit, UnitName
from lantoa.orgs.queries import valid_on

IDS_A_QUERY = 500
READ, INSPECT = "inspections.read", "inspections.inspect"
State = Inspection.State


def topics() -> QuerySet[Topic]:
    """Those that are offered, in their order."""
    return Topic.objects.filter(is_open=True).order_by("position", "pk")


def plan_of(unit: Unit, year: int) -> InspectionPlan | None:
    return InspectionPlan.objects.filter(unit=unit, year=year).first()


def plans_of(unit: Unit, years: Collection[int]) -> list[InspectionPlan]:
    """The unit's plans of some years, in order."""
    return list(InspectionPlan.objects.filter(unit=unit, year__in=years).order_by("year"))


def inspectors_for(unit: Unit, day: dt.date) -> QuerySet[Person]:
    """Who holds the role of an inspector where this unit stands, on the day."""
    here = Closure.objects.filter(
        valid_on(day), line=OuterRef("line"), ancestor=OuterRef("unit"), unit=unit
    )
    posts = Post.objects.filter(valid_on(day), Exists(here), role=Post.Role.INSPECTOR)
    return Person.objects.filter(pk__in=posts.values("person")).order_by("name", "pk")


def ties(
    team: Collection[Person], subjects: Collection[Unit], day: dt.date
) -> list[tuple[Person, int]]:
    """Members of a team who hold a post at one of the units, or below it, on the day; with the unit. One query."""
    below = Closure.objects.filter(
        valid_on(day), ancestor__in=[unit.pk for unit in subjects], unit=OuterRef("unit")
    )
    posts = Post.objects.filter(
        valid_on(day), Exists(below), person__in=[each.pk for each in team]
    ).select_related("person")
    return [(post.person, post.unit_id) for post in posts.order_by("pk") if post.unit_id]


def below_of(unit: Unit, line: Line, among: Collection[Unit], day: dt.date) -> set[int]:
    """Those of the units that stand below this one in a line on the day; not itself."""
    rows = Closure.objects.filter(
        valid_on(day), line=line, ancestor=unit, unit__in=[each.pk for each in among], depth__gt=0
    )
    return set(rows.values_list("unit_id", flat=True))


def candidates(unit: Unit, line: Line, day: dt.date, words: str = "") -> list[UnitName]:
    """Units that this one may inspect: those right below, or with words all below that are so named. In order."""
    if words:
        return candidates_among(unit, line, day, [row.unit_id for row in orgs.find(words, day)])
    right_below = Closure.objects.filter(valid_on(day), line=line, ancestor=unit, depth=1)
    return _in_order(right_below.values_list("unit_id", flat=True), day)


def candidates_among(
    unit: Unit, line: Line, day: dt.date, among: Collection[int]
) -> list[UnitName]:
    """Those of the units that this one may inspect, in order."""
    below = Closure.objects.filter(
        valid_on(day), line=line, ancestor=unit, unit__in=among, depth__gt=0
    )
    return _in_order(below.values_list("unit_id", flat=True), day)


def _in_order(units: Iterable[int], day: dt.date) -> list[UnitName]:
    return sorted(orgs.names_on(day, units).values(), key=lambda name: name.sort_key)


def teams_with(person: Person, among: Collection[Inspection]) -> set[int]:
    """Those of the inspections in whose team this person is."""
    members = Inspection.team.through.objects.filter(
        person=person, inspection__in=[each.pk for each in among]
    )
    return set(members.values_list("inspection_id", flat=True))


def visible_to(by: Person, at: dt.datetime) -> QuerySet[Inspection]:
    """Before the conclusion, those of the units where one inspects; after it, also those about a unit that one may read."""
    inspects, reads = rights.allowed(by, INSPECT, at), rights.allowed(by, READ, at)
    about = Inspection.subjects.through.objects.filter(inspection=OuterRef("pk"), unit__in=reads)
    concluded = Q(state=State.CONCLUDED) & (Q(unit__in=reads) | Exists(about))
    return Inspection.objects.filter(Q(unit__in=inspects) | concluded)


def inspection_for(by: Person, pk: int, at: dt.datetime) -> Inspection | None:
    """One that somebody may see; None for one that they may not, as for one that is not there."""
    found = visible_to(by, at).filter(pk=pk).select_related("unit", "line", "topic", "plan")
    return found.prefetch_related("subjects", "team").first()


def listed(
    found: QuerySet[Inspection],
    *,
    words: str = "",
    kind: str = "",
    state: str = "",
    year: int | None = None,
    topic: str = "",
    units: Collection[int] | None = None,
    plan: int | None = None,
) -> QuerySet[Inspection]:
    """A list of inspections, narrowed, each with its number of subjects and findings.

    Args:
        topic: its code.
        units: those that inspect, or are looked at.
        plan: of the year, by its id.
    """
    if plan:
        found = found.filter(plan=plan)
    if kind:
        found = found.filter(kind=kind)
    if topic:
        found = found.filter(topic__code=topic)
    found = found.filter(state=state) if state else found.exclude(state=State.WITHDRAWN)
    if year:
        found = found.filter(start_date__year=year)
    if units is not None:
        there = Inspection.subjects.through.objects.filter(
            inspection=OuterRef("pk"), unit__in=units
        )
        found = found.filter(Q(unit__in=units) | Exists(there))
    if folded := text.fold(words).split():
        told = found.values_list("pk", "title", "topic__name_vi", "topic__name_en")
        found = found.filter(pk__in=list(with_words(told, folded)))
    return found.select_related("unit", "topic").annotate(
        subject_count=_counted(Inspection.subjects.through.objects),
        finding_count=_counted(Finding.objects),
    )


def _counted(rows: QuerySet[Any] | Manager[Any]) -> Coalesce:
    """How many rows an inspection has: each counted apart, or one would multiply the other."""
    of_it = rows.filter(inspection=OuterRef("pk")).order_by().values("inspection")
    return Coalesce(Subquery(of_it.annotate(n=Count("pk")).values("n")), 0)


def years(found: QuerySet[Inspection]) -> list[int]:
    """The years in which they begin, the newest first."""
    days = found.order_by().values_list("start_date__year", flat=True).distinct()
    return sorted(days, reverse=True)


def with_words(told: QuerySet[Any, Any], folded: Sequence[str]) -> Iterator[int]:
    """The rows that hold all the words. Found here: no database folds as we do, and inspections are hundreds."""
    for pk, *said in told.iterator():
        whole = text.fold(" ".join(map(str, said)))
        if all(word in whole for word in folded):
            yield int(str(pk))


def progress(unit: Unit, year: int) -> tuple[int, int]:
    """Of the inspections planned for the year: how many there are, and how many are concluded."""
    planned = Inspection.objects.filter(plan__unit=unit, plan__year=year).exclude(
        state=State.WITHDRAWN
    )
    counted = planned.aggregate(said=Count("pk"), done=Count("pk", filter=Q(state=State.CONCLUDED)))
    return counted["said"], counted["done"]


def items_of(inspection: Inspection) -> list[ChecklistItem]:
    """The checklist of the day on which it began, or will."""
    day = inspection.started_date or inspection.start_date
    asked = ChecklistItem.objects.filter(valid_on(day), topic=inspection.topic_id)
    return list(asked.order_by("position", "pk"))


def answers_at(inspection: Inspection, unit: Unit) -> dict[int, ChecklistAnswer]:
    """What was seen at a unit, by item."""
    found = ChecklistAnswer.objects.filter(inspection=inspection, unit=unit)
    return {each.item_id: each for each in found}


def answers_of(inspection: Inspection) -> dict[int, dict[int, str]]:
    """By unit and item, the result. One query."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = ChecklistAnswer.objects.filter(inspection=inspection)
    for unit, item, result in rows.values_list("unit", "item", "result"):
        found[unit][item] = result
    return found


def answered(inspection: Inspection) -> dict[int, Counter[str]]:
    """By unit, how many items have each result. One query."""
    rows = ChecklistAnswer.objects.filter(inspection=inspection)
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for unit, result, count in rows.values_list("unit", "result").annotate(Count("pk")):
        found[unit][result] = count
    return found


def to_go_to(by: Person, today: dt.date) -> QuerySet[Inspection]:
    """Inspections of one's teams that run, or begin within a week."""
    soon = Q(state=State.PLANNED, start_date__lte=today + dt.timedelta(days=7))
    found = Inspection.objects.filter(soon | Q(state=State.STARTED), team=by)
    return found.order_by("end_date", "pk")


def rows_for(source_ids: Iterable[int]) -> dict[int, SourceRow]:
    """The inspections behind ledger entries of source kind "inspection". One query for every 500."""
    ids = sorted(set(source_ids))
    rows: dict[int, SourceRow] = {}
    for start in range(0, len(ids), IDS_A_QUERY):
        found = Inspection.objects.filter(pk__in=ids[start : start + IDS_A_QUERY])
        named = found.annotate(unit_name=orgs.name_on_the_day(date="concluded_date"))
        for each in named.select_related("topic"):
            is_supervision = each.kind == Inspection.Kind.SUPERVISION
            rows[each.pk] = SourceRow(
                source_id=each.pk,
                date=each.concluded_date or each.start_date,
                unit_id=each.unit_id,
                unit=each.unit_name,
                kind_vi="Giám sát" if is_supervision else "Kiểm tra",
                kind_en="Supervision" if is_supervision else "Inspection",
                title=each.title,
                is_withdrawn=each.state == State.WITHDRAWN,
            )
    return rows
