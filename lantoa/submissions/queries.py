"""What one may ask about what was sent up: who must, who did, who had nothing, who is missing, who waits for whom."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from lantoa.ledger.models import Measure
from lantoa.ledger.queries import SourceRow
from lantoa.lib import periods
from lantoa.lib.dates import day_of
from lantoa.lib.periods import Period
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Placement, Unit
from lantoa.submissions import due, superiors
from lantoa.submissions.due import Timely
from lantoa.submissions.models import (
    Review,
    Sheet,
    Statement,
    Submission,
    Version,
    VersionValue,
)

IDS_A_QUERY = 500


@dataclass(frozen=True)
class Answers:
    """Units, by how they stand to a sheet for a period. `nil` is part of `reported`."""

    expected: frozenset[int]
    reported: frozenset[int]
    nil: frozenset[int]

    @property
    def missing(self) -> frozenset[int]:
        return self.expected - self.reported


@dataclass(frozen=True)
class Timeliness:
    """Units that must answer a sheet for a period, by when they did. Those not sent are the rest."""

    expected: frozenset[int]
    by: dict[Timely, frozenset[int]]

    @property
    def reported(self) -> frozenset[int]:
        return frozenset().union(*self.by.values())

    @property
    def missing(self) -> frozenset[int]:
        return self.expected - self.reported

    def within(self, units: Collection[int]) -> "Timeliness":
        """Of some units only, such as all below one."""
        here = frozenset(units)
        return Timeliness(self.expected & here, {each: who & here for each, who in self.by.items()})


def span(sheet: Sheet, period: Period | str) -> Period:
    """The period by the sheet's own rule, whatever the rule of the one that is asked with.

    Raises:
        periods.PeriodError: there is no such period.
    """
    code = period if isinstance(period, str) else period.code
    return periods.period(code, sheet.period_rule)


def expected(sheet: Sheet, period: Period | str) -> frozenset[int]:
    """The units that must answer: of the sheet's kinds, standing in its line on the period's last day.

    A unit that closed within the period is answered for by its successor. Read once for each state of the structure:
    everybody who sends asks for it.
    """
    version = orgs.structure_version(sheet.line)
    kinds = tuple(sheet.unit_kinds)
    return _expected(version, sheet.line_id, kinds, span(sheet, period).last_day)


@lru_cache(maxsize=64)
def _expected(
    version: UUID, line_id: int, kinds: tuple[str, ...], last_day: dt.date
) -> frozenset[int]:
    return frozenset(_standing(line_id, kinds, last_day).values_list("pk", flat=True))


def who_must(sheet: Sheet, period: Period | str) -> QuerySet[Unit]:
    return _standing(sheet.line_id, sheet.unit_kinds, span(sheet, period).last_day)


def _standing(line_id: int, kinds: Collection[str], day: dt.date) -> QuerySet[Unit]:
    stands = Placement.objects.filter(orgs.valid_on(day), line=line_id, unit=OuterRef("pk"))
    return Unit.objects.filter(
        Q(closed_date=None) | Q(closed_date__gt=day),
        Exists(stands),
        kind__in=kinds,
        opened_date__lte=day,
    )


def answers(sheet: Sheet, period: Period | str) -> Answers:
    """Who must answer, who did, and who had nothing to report. Two queries.

    An answer of a unit that need not (it has closed since) counts in nothing.
    """
    must = expected(sheet, period)
    sent = dict(sent_of(sheet, period).values_list("unit_id", "is_nil"))
    reported = must & sent.keys()
    nil = {unit for unit in reported if sent[unit]}
    return Answers(frozenset(must), frozenset(reported), frozenset(nil))


def sent_of(sheet: Sheet, period: Period | str) -> QuerySet[Submission]:
    """What was sent for a period; drafts are nobody's business yet."""
    return Submission.objects.filter(sheet=sheet, period=span(sheet, period).code, version__gt=0)


def reported(sheet: Sheet, period: Period | str) -> set[int]:
    """The units that must answer and did, nil or not. Known from who sent, never from whose sum is above zero."""
    return set(answers(sheet, period).reported)


def nil(sheet: Sheet, period: Period | str) -> set[int]:
    """The units that answered that there was nothing to report."""
    return set(answers(sheet, period).nil)


def missing(sheet: Sheet, period: Period | str) -> set[int]:
    """The units that must answer and have not."""
    return set(answers(sheet, period).missing)


def timeliness(sheet: Sheet, period: Period | str) -> Timeliness:
    """Who answered in time, late, or was excused. Three queries. On demand nobody is late."""
    asked = span(sheet, period)
    kinds = dict(who_must(sheet, asked).values_list("pk", "kind"))
    by: dict[Timely, set[int]] = {each: set() for each in Timely}
    for unit, first in _firsts(sent_of(sheet, asked)).items():
        if unit in kinds:
            day = due.due(sheet, kinds[unit], asked)
            by[due.judge(first, day.day) if day else Timely.ON_TIME].add(unit)
    return Timeliness(frozenset(kinds), {each: frozenset(who) for each, who in by.items()})


def timely(submission: Submission) -> Timely | None:
    """How one answer stands to its due day; None before it is sent."""
    asked = span(submission.sheet, submission.period)
    day = due.due(submission.sheet, submission.unit.kind, asked)
    first = _firsts(Submission.objects.filter(pk=submission.pk)).get(submission.unit_id)
    if first is None:
        return None
    return due.judge(first, day.day) if day else Timely.ON_TIME


def _firsts(sent: QuerySet[Submission]) -> dict[int, due.First]:
    """By unit, what on time is judged by."""
    excuses = Review.objects.filter(
        version=OuterRef("pk"), decision=Review.Decision.EXCUSED, undone_at=None
    )
    firsts = Version.objects.filter(submission__in=sent, number=1).annotate(
        is_excused=Exists(excuses)
    )
    rows = firsts.values_list("submission__unit", "received_at", "saved_at", "is_excused")
    return {unit: due.First(received, saved, excused) for unit, received, saved, excused in rows}


def sheet_of(code: str) -> Sheet | None:
    return Sheet.objects.filter(code=code).select_related("line").first()


def asked_sheets(day: dt.date) -> list[Sheet]:
    """The sheets that are asked for period by period on a day, the most frequent first."""
    order = list(Sheet.Frequency)
    found = Sheet.objects.filter(start_date__lte=day).select_related("line")
    return sorted(
        found, key=lambda sheet: (order.index(Sheet.Frequency(sheet.frequency)), sheet.code)
    )


def sheets_below(by: Person, at: dt.datetime) -> list[Sheet]:
    """The sheets that are asked regularly of units which this person oversees."""
    overseen = rights.allowed(by, "desk.oversee", at)
    kinds = set(overseen.order_by().values_list("kind", flat=True).distinct())
    asked = Sheet.objects.filter(start_date__lte=day_of(at)).select_related("line")
    return [each for each in asked.order_by("pk") if kinds & set(each.unit_kinds)]


def measures_of(sheet: Sheet) -> list[Measure]:
    """What a sheet asks, in order."""
    return list(sheet.measures.order_by("position", "pk"))


def submission_of(sheet: Sheet, unit: Unit, period: Period) -> Submission | None:
    found = Submission.objects.filter(sheet=sheet, unit=unit, period=period.code)
    return found.select_related("sheet__line", "unit").first()


def waiting_for(by: Person, at: dt.datetime) -> list[Submission]:
    """What waits for this person's decision: sent, right below a unit of theirs, and not their own. Oldest first."""
    mine = superiors.reviewer(by, at)
    if not mine.is_founder and not mine.at:
        return []
    own = Version.objects.filter(submission=OuterRef("pk"), sent_by=by)
    sent = Submission.objects.filter(~Exists(own), state=Submission.State.SENT)
    found = list(sent.select_related("sheet__line", "unit").order_by("sent_at", "pk"))
    above = superiors.of(found, day_of(at))
    return [each for each in found if superiors.may(mine, each, above[each.pk])]


def visible_to(by: Person, at: dt.datetime) -> QuerySet[Submission]:
    """What this person may read: of units where they send, and of all that stands below where they oversee."""
    here = rights.allowed(by, "submissions.send", at) | rights.allowed(by, "desk.oversee", at)
    return Submission.objects.filter(unit__in=here).select_related("sheet__line", "unit")


def versions_of(submission: Submission) -> QuerySet[Version]:
    """Everything that was sent and decided, the newest first."""
    return versions_of_many([submission])


def versions_of_many(submissions: Collection[Submission]) -> QuerySet[Version]:
    """The versions of each, the newest first, with their values and reviews. Four queries when read."""
    values = VersionValue.objects.select_related("measure").order_by("measure__position", "pk")
    decided = Review.objects.select_related("by", "unit").order_by("at", "pk")
    return (
        Version.objects.filter(submission__in=[each.pk for each in submissions])
        .select_related("sent_by")
        .prefetch_related(
            Prefetch("values", queryset=values), Prefetch("reviews", queryset=decided)
        )
        .order_by("submission", "-number")
    )


def adjustments(units: Collection[int] | QuerySet[Unit], since: dt.datetime) -> QuerySet[Version]:
    """Changes after an approval, of these units: everyone above sees them. The newest first."""
    changed = Version.objects.filter(submission__unit__in=units, received_at__gte=since)
    told = changed.exclude(reason="").select_related("submission__sheet", "submission__unit")
    return told.order_by("-received_at", "-pk")


def rows_for(source_ids: Iterable[int]) -> dict[int, SourceRow]:
    """The statements behind ledger entries of source kind "statement", named as on their day; the title says why.

    Returns:
        By statement id. One query for every 500. A statement that was taken back is not there: it adds up to nothing.
    """
    ids = sorted(set(source_ids))
    rows: dict[int, SourceRow] = {}
    for start in range(0, len(ids), IDS_A_QUERY):
        found = Statement.objects.filter(pk__in=ids[start : start + IDS_A_QUERY])
        named = found.annotate(unit_name=orgs.name_on_the_day("submission__unit"))
        for each in named.select_related("submission__sheet"):
            sheet = each.submission.sheet
            rows[each.pk] = SourceRow(
                source_id=each.pk,
                date=each.date,
                unit_id=each.submission.unit_id,
                unit=each.unit_name,
                kind_vi=sheet.name_vi,
                kind_en=sheet.name_en,
                title=each.reason,
                is_withdrawn=False,
            )
    return rows
