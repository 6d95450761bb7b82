"""What one may ask about findings: those one may see, where they stand, who must mend what, who must look again."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from lantoa.inspections.models import Finding, Fix, FixFile, Inspection, Recheck
from lantoa.inspections.queries import READ, visible_to, with_words
from lantoa.lib import text
from lantoa.lib.dates import day_of
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.orgs.models import Line, Person, Unit
from lantoa.rollup.tree import Tree

Standing = Finding.State


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


def findings_of(inspection: Inspection) -> QuerySet[Finding]:
    return inspection.findings.select_related("item").order_by("unit", "pk")


def findings_seen_by(by: Person, at: dt.datetime) -> QuerySet[Finding]:
    """Those of the inspections that one may see; and, once concluded, those that one's own units must mend."""
    reads = rights.allowed(by, READ, at)
    mine = Q(owner__in=reads) | Q(owner__in=_inherited(reads, day_of(at)))
    theirs = Q(inspection__state=Inspection.State.CONCLUDED) & mine
    found = Finding.objects.filter(Q(inspection__in=visible_to(by, at)) | theirs)
    return found.exclude(inspection__state=Inspection.State.WITHDRAWN)


def heirs(day: dt.date) -> dict[int, int]:
    """By unit that has closed and had something to mend: the unit that must mend it on the day, where it landed."""
    closed = concluded(Finding.objects.filter(owner__closed_date__lte=day))
    by_line: dict[int, list[int]] = defaultdict(list)
    for line, owner in closed.order_by().values_list("inspection__line", "owner").distinct():
        by_line[line].append(owner)
    found: dict[int, int] = {}
    for each in Line.objects.filter(pk__in=by_line):
        tree = orgs.tree_on(each, day)
        for owner in by_line[each.pk]:
            place = _place(tree, owner)
            found[owner] = int(tree.unit[place]) if place >= 0 else owner
    return found


def must_mend(findings: Iterable[Finding], day: dt.date) -> dict[int, int]:
    """By finding, the unit that must mend it on the day: its owner, or where that has landed."""
    landed = heirs(day)
    return {each.pk: landed.get(each.owner_id, each.owner_id) for each in findings}


def _inherited(reads: QuerySet[Unit], day: dt.date) -> list[int]:
    """Closed units whose things to mend have come to units among these."""
    landed = heirs(day)
    if not landed:
        return []
    here = set(reads.filter(pk__in=set(landed.values())).values_list("pk", flat=True))
    return [owner for owner, heir in landed.items() if heir in here]


def finding_for(by: Person, pk: int, at: dt.datetime) -> Finding | None:
    """One that somebody may see, with all that became of it."""
    found = findings_seen_by(by, at).filter(pk=pk)
    fixes = Fix.objects.select_related(
        "by", "recheck__by", "recheck__reopening__by", "activity__kind"
    ).order_by("pk")
    told = found.select_related("inspection__unit", "inspection__topic", "owner", "unit", "item")
    return told.prefetch_related(Prefetch("fixes", queryset=fixes), "fixes__files").first()


def concluded(found: QuerySet[Finding]) -> QuerySet[Finding]:
    """Without those that nobody has been told of yet."""
    return found.filter(inspection__state=Inspection.State.CONCLUDED)


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
        found = found.filter(pk__in=list(with_words(told, folded)))
    files = FixFile.objects.filter(fix__finding=OuterRef("pk")).order_by()
    shown = files.values("fix__finding").annotate(n=Count("pk")).values("n")
    told_of = found.annotate(shown=Coalesce(Subquery(shown), 0))
    return told_of.select_related("owner", "inspection")


def rechecked(findings: Iterable[Finding]) -> dict[int, Recheck]:
    """The last look again at each of the findings, if there was one."""
    looked = Recheck.objects.filter(fix__finding__in=[each.pk for each in findings])
    return {each.fix.finding_id: each for each in looked.select_related("fix", "by").order_by("pk")}


def to_mend(unit: Unit, day: dt.date) -> QuerySet[Finding]:
    """What a unit must mend on the day and has not, by due day; also what came to it from units that have closed."""
    owners = [unit.pk, *(owner for owner, heir in heirs(day).items() if heir == unit.pk)]
    found = concluded(Finding.objects.filter(owner__in=owners, state=Standing.OPEN))
    return found.select_related("inspection").order_by("due_date", "pk")


def to_recheck(by: Person, at: dt.datetime) -> QuerySet[Finding]:
    """What was mended and waits for somebody to look again, where one may; not what one mended oneself."""
    found = concluded(Finding.objects.filter(state=Standing.FIXED))
    may = rights.allowed(by, "inspections.close", at)
    return found.filter(inspection__unit__in=may).exclude(fixes__by=by)


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
    within = range(place, int(tree.end[place]))
    return {each for each in among if _place(tree, each) in within}


def _place(tree: Tree, unit: int) -> int:
    """Where a unit stands, or has landed; what was split with shares, where its parts meet. -1 outside the line."""
    column = int(tree.column[min(unit, len(tree.column) - 1)])
    if column < len(tree.unit):
        return column
    shared = column - len(tree.unit)
    return int(tree.meets[shared]) if shared < len(tree.meets) else -1


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
