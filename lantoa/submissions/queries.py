"""What one may ask about what was sent up: who must, who did, who had nothing, who is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from lantoa.ledger.queries import SourceRow
from lantoa.lib import periods
from lantoa.lib.periods import Period
from lantoa.orgs.models import Placement, Unit
from lantoa.orgs.queries import valid_on
from lantoa.submissions.models import Sheet, Statement, Submission
from lantoa.work.queries import name_on_the_day

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


def span(sheet: Sheet, period: Period | str) -> Period:
    """The period by the sheet's own rule, whatever the rule of the one that is asked with.

    Raises:
        periods.PeriodError: there is no such period.
    """
    code = period if isinstance(period, str) else period.code
    return periods.period(code, sheet.period_rule)


def expected(sheet: Sheet, period: Period | str) -> set[int]:
    """The units that must answer: of the sheet's kinds, standing in its line on the period's last day.

    A unit that closed within the period is answered for by its successor.
    """
    return set(who_must(sheet, period).values_list("pk", flat=True))


def who_must(sheet: Sheet, period: Period | str) -> QuerySet[Unit]:
    last_day = span(sheet, period).last_day
    stands = Placement.objects.filter(valid_on(last_day), line=sheet.line_id, unit=OuterRef("pk"))
    return Unit.objects.filter(
        Q(closed_date=None) | Q(closed_date__gt=last_day),
        Exists(stands),
        kind__in=sheet.unit_kinds,
        opened_date__lte=last_day,
    )


def answers(sheet: Sheet, period: Period | str) -> Answers:
    """Who must answer, who did, and who had nothing to report. Two queries.

    An answer of a unit that need not (it has closed since) counts in nothing.
    """
    must = expected(sheet, period)
    sent = dict(
        Submission.objects.filter(sheet=sheet, period=span(sheet, period).code).values_list(
            "unit_id", "is_nil"
        )
    )
    reported = must & sent.keys()
    nil = {unit for unit in reported if sent[unit]}
    return Answers(frozenset(must), frozenset(reported), frozenset(nil))


def reported(sheet: Sheet, period: Period | str) -> set[int]:
    """The units that must answer and did, nil or not. Known from who sent, never from whose sum is above zero."""
    return set(answers(sheet, period).reported)


def nil(sheet: Sheet, period: Period | str) -> set[int]:
    """The units that answered that there was nothing to report."""
    return set(answers(sheet, period).nil)


def missing(sheet: Sheet, period: Period | str) -> set[int]:
    """The units that must answer and have not."""
    return set(answers(sheet, period).missing)


def rows_for(source_ids: Iterable[int]) -> dict[int, SourceRow]:
    """The statements behind ledger entries of source kind "statement", named as on their day; the title says why.

    Returns:
        By statement id. One query for every 500. A statement that was taken back is not there: it adds up to nothing.
    """
    ids = sorted(set(source_ids))
    rows: dict[int, SourceRow] = {}
    for start in range(0, len(ids), IDS_A_QUERY):
        found = Statement.objects.filter(pk__in=ids[start : start + IDS_A_QUERY])
        named = found.annotate(unit_name=name_on_the_day("submission__unit"))
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
