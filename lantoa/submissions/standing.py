"""How the official figure reads, beside the live one: "hồ sơ nay là 433 (+2)".

Official is what was approved, at the ledger's position of its sending. Live is the ledger now. The unit at the top of a line
has nobody above it: what it sends stands.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F, Q

from lantoa.ledger.models import Measure
from lantoa.lib.periods import Period
from lantoa.orgs import queries as orgs
from lantoa.orgs import superiors
from lantoa.submissions import filling, queries
from lantoa.submissions.filling import NOTHING
from lantoa.submissions.models import Sheet, VersionValue

APPROVED = Q(version__submission__approved_version=F("version__number"))


@dataclass(frozen=True)
class Reading:
    """A measure of a sheet over some units. None where nobody said anything.

    Attributes:
        official: the sum of what was approved.
        live: what the ledger says now, of the same units.
    """

    measure: Measure
    official: int | None
    live: int | None

    @property
    def change(self) -> int:
        """What the records have become since; 0 where there is nothing official to compare with."""
        return 0 if self.official is None else (self.live or 0) - self.official


@dataclass(frozen=True)
class Standing:
    """A sheet's figures over some units, and how many of those asked were approved."""

    readings: Sequence[Reading]
    approved: int
    expected: int


def standing(sheet: Sheet, span: Period, units: Collection[int]) -> Standing:
    """Official and live over the units that must answer: one of them, or all below somebody. Their parts never overlap."""
    must = queries.expected(sheet, span)
    asked = must & set(units)
    measures = list(sheet.measures.order_by("position", "pk"))
    said = _official(sheet, span, asked)
    boxes = filling.filled(sheet, measures, span, said.keys(), must)
    readings = [
        Reading(
            measure,
            _sum(said[unit].get(measure.pk) for unit in said),
            _sum(boxes.get(unit, {}).get(measure.pk, NOTHING).total for unit in said),
        )
        for measure in measures
    ]
    return Standing(readings, len(said), len(asked))


def _official(
    sheet: Sheet, span: Period, asked: Collection[int]
) -> Mapping[int, Mapping[int, int | None]]:
    """By unit that stands officially: by measure, its value. Nil is there, with no values."""
    tree = orgs.tree_on(sheet.line, span.last_day)
    tops = {unit for unit in asked if superiors.above(tree, unit) is None}
    sent = queries.sent_of(sheet, span).filter(unit__in=asked)
    stands = sent.filter(Q(approved_version__isnull=False) | Q(unit__in=tops))
    found: dict[int, dict[int, int | None]] = {
        unit: {} for unit in stands.values_list("unit", flat=True)
    }
    newest = Q(
        version__submission__unit__in=tops, version__number=F("version__submission__version")
    )
    values = VersionValue.objects.filter(APPROVED | newest, version__submission__in=stands)
    for unit, measure, value in values.values_list("version__submission__unit", "measure", "value"):
        found[unit][measure] = value
    return found


def _sum(values: Iterable[int | None]) -> int | None:
    said = [value for value in values if value is not None]
    return sum(said) if said else None
