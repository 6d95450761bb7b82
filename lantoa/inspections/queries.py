"""What one may ask about inspections: plans, teams, checklists, findings, and where they stand."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Manager, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lantoa.inspections.models import (
    ChecklistAnswer,
    ChecklistItem,
    Finding,
    Fix,
    FixFile,
    Inspection,
    InspectionPlan,
    Recheck,
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
State, Standing = Inspection.State, Finding.State


@dataclass(frozen=True, slots=True)
class Counts:
    """Findings by how they stand. `overdue` of the open ones: the due day has passed."""

    open: int = 0
    overdue: int = 0
    fixed: int = 0
    closed: int = 0

    @property
    def all(self) -> int:
        return self.open + self.fixed + self.closed


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


def units_numbered(numbers: Collection[int]) -> dict[int, Unit]:
    return Unit.objects.in_bulk(numbers)


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
) -> QuerySet[Inspection]:
    """A list of inspections, narrowed, each with its number of subjects and findings.

    Args:
        topic: its code.
        units: those that inspect, or are looked at.
    """
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
        found = found.filter(pk__in=list(_with_words(told, folded)))
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


def _with_words(told: QuerySet[Any, Any], folded: Sequence[str]) -> Iterator[int]:
    """Found here, not in the database: no database folds as we do, and inspections are hundreds."""
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


def findings_of(inspection: Inspection) -> QuerySet[Finding]:
    return inspection.findings.select_related("item").order_by("unit", "pk")


def findings_seen_by(by: Person, at: dt.datetime) -> QuerySet[Finding]:
    """Those of the inspections that one may see; and, once concluded, those that one's own units must mend."""
    reads = rights.allowed(by, READ, at)
    theirs = Q(inspection__state=State.CONCLUDED, owner__in=reads)
    found = Finding.objects.filter(Q(inspection__in=visible_to(by, at)) | theirs)
    return found.exclude(inspection__state=State.WITHDRAWN)


def finding_for(by: Person, pk: int, at: dt.datetime) -> Finding | None:
    """One that somebody may see, with all that became of it."""
    found = findings_seen_by(by, at).filter(pk=pk)
    fixes = Fix.objects.select_related("by", "recheck__by", "activity__kind").order_by("pk")
    told = found.select_related("inspection__unit", "inspection__topic", "owner", "unit", "item")
    return told.prefetch_related(Prefetch("fixes", queryset=fixes), "fixes__files").first()


def concluded(found: QuerySet[Finding]) -> QuerySet[Finding]:
    """Without those that nobody has been told of yet."""
    return found.filter(inspection__state=State.CONCLUDED)


def overdue(found: QuerySet[Finding], today: dt.date) -> QuerySet[Finding]:
    """Those that should be mended by now and are not said to be."""
    return found.filter(state=Standing.OPEN, due_date__lt=today)


def narrowed(
    found: QuerySet[Finding],
    *,
    today: dt.date,
    words: str = "",
    state: str = "",
    units: Collection[int] | None = None,
) -> QuerySet[Finding]:
    """A list of findings: `state` is one of them, or "overdue"; `units` those that must mend."""
    if state == "overdue":
        found = overdue(found, today)
    elif state:
        found = found.filter(state=state)
    if units is not None:
        found = found.filter(owner__in=units)
    if folded := text.fold(words).split():
        told = found.values_list("pk", "what", "recommendation")
        found = found.filter(pk__in=list(_with_words(told, folded)))
    files = FixFile.objects.filter(fix__finding=OuterRef("pk")).order_by()
    shown = files.values("fix__finding").annotate(n=Count("pk")).values("n")
    told_of = found.annotate(shown=Coalesce(Subquery(shown), 0))
    return told_of.select_related("owner", "inspection")


def rechecked(findings: Iterable[Finding]) -> dict[int, Recheck]:
    """The last look again at each of the findings, if there was one."""
    looked = Recheck.objects.filter(fix__finding__in=[each.pk for each in findings])
    return {each.fix.finding_id: each for each in looked.select_related("fix", "by").order_by("pk")}


def to_mend(unit: Unit) -> QuerySet[Finding]:
    """What a unit must mend and has not, by due day."""
    found = concluded(Finding.objects.filter(owner=unit, state=Standing.OPEN))
    return found.select_related("inspection").order_by("due_date", "pk")


def to_recheck(by: Person, at: dt.datetime) -> QuerySet[Finding]:
    """What was mended and waits for somebody to look again, where one may; not what one mended oneself."""
    found = concluded(Finding.objects.filter(state=Standing.FIXED))
    may = rights.allowed(by, "inspections.close", at)
    return found.filter(inspection__unit__in=may).exclude(fixes__by=by)


def to_go_to(by: Person, today: dt.date) -> QuerySet[Inspection]:
    """Inspections of one's teams that run, or begin within a week."""
    soon = Q(state=State.PLANNED, start_date__lte=today + dt.timedelta(days=7))
    found = Inspection.objects.filter(soon | Q(state=State.STARTED), team=by)
    return found.order_by("end_date", "pk")


def standing(unit: Unit, line: Line, today: dt.date) -> Counts:
    """Where the findings stand that this unit and all below it must mend. Two queries.

    A unit that has closed is counted where it landed: a merger loses nothing that must be mended.
    """
    rows = concluded(Finding.objects.all()).values("owner", "state")
    told = list(rows.annotate(count=Count("pk"), late=Count("pk", filter=Q(due_date__lt=today))))
    within = _landed(unit.pk, line, today, {row["owner"] for row in told})
    sums: Counter[str] = Counter()
    for row in told:
        if row["owner"] in within:
            sums[row["state"]] += row["count"]
            sums["overdue"] += row["late"] if row["state"] == Standing.OPEN else 0
    return Counts(sums[Standing.OPEN], sums["overdue"], sums[Standing.FIXED], sums[Standing.CLOSED])


def owners_below(unit: int, line: Line, today: dt.date) -> set[int]:
    """Those who have something to mend, of the unit and all below it: the rows behind `standing`. Two queries."""
    owners = concluded(Finding.objects.order_by()).values_list("owner", flat=True).distinct()
    return _landed(unit, line, today, owners)


def _landed(unit: int, line: Line, today: dt.date, among: Iterable[int]) -> set[int]:
    """Those of the units that stand at a unit or below it today; one that has closed, where it landed."""
    tree = orgs.tree_on(line, today)
    place = tree.position(unit)
    if place < 0:
        return set()
    within, last = range(place, int(tree.end[place])), len(tree.column) - 1
    return {each for each in among if int(tree.column[min(each, last)]) in within}


def mended_by(by: Person, findings: Iterable[Finding]) -> set[int]:
    """Those of the findings that this person mended, at whatever try."""
    mine = Fix.objects.filter(by=by, finding__in=[each.pk for each in findings])
    return set(mine.values_list("finding_id", flat=True))


def verified_findings(
    *, units: Collection[int] | None = None, tasks: Collection[int] | None = None
) -> QuerySet[Finding]:
    """What was mended and confirmed by somebody else, of units, of tasks, or of both: evidence that was looked at."""
    found = concluded(Finding.objects.filter(state=Standing.CLOSED))
    if units is not None:
        found = found.filter(owner__in=units)
    if tasks is not None:
        found = found.filter(task__in=tasks)
    return found.order_by("closed_date", "pk")


def file_for(by: Person, number: UUID, at: dt.datetime) -> FixFile | None:
    """A file that somebody may see; None for one that they may not."""
    found = FixFile.objects.filter(uuid=number, fix__finding__in=findings_seen_by(by, at))
    return found.select_related("fix").first()


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
