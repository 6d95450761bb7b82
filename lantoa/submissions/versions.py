"""The boxes of a version: what was typed or what the records say, with the records beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lantoa.ledger.models import Measure
from lantoa.lib import text
from lantoa.submissions import refusals
from lantoa.submissions.filling import NOTHING, Filled
from lantoa.submissions.models import Submission, VersionValue
from lantoa.submissions.refusals import Stated


@dataclass(frozen=True)
class Typed:
    """What was typed into a sheet. A box that is not named stays with its records; an emptied one is no value.

    Attributes:
        totals: by measure code, of the whole part that the unit answers for.
        reasons: by measure code, why a total differs from the records.
        is_empty_meant: empty boxes are left so on purpose.
    """

    totals: Mapping[str, int | None]
    reasons: Mapping[str, str]
    is_nil: bool = False
    is_empty_meant: bool = False


def clean(said: str) -> str:
    """One line of NFC."""
    return " ".join(text.nfc(said).split())


def derived(
    measures: Sequence[Measure], boxes: Mapping[int, Filled], said: Sequence[Stated]
) -> list[VersionValue]:
    """The boxes of an answer that says what the records lack: its own totals, with what stands below."""
    stated = {each.measure.pk: each for each in said}
    values = []
    for measure in measures:
        box, own = boxes.get(measure.pk, NOTHING), stated.get(measure.pk)
        value = box.recorded if own is None else box.below + own.total
        reason = own.reason if own else ""
        values.append(
            VersionValue(measure=measure, value=value, recorded=box.recorded, reason=reason)
        )
    return values


def typed_values(
    measures: Sequence[Measure], boxes: Mapping[int, Filled], typed: Typed
) -> list[VersionValue]:
    values = []
    for measure in measures:
        recorded = boxes.get(measure.pk, NOTHING).recorded
        value = typed.totals.get(measure.code, recorded)
        reason = clean(typed.reasons.get(measure.code, "")) if value != recorded else ""
        values.append(VersionValue(measure=measure, value=value, recorded=recorded, reason=reason))
    empty = [each.measure for each in values if each.value is None]
    if empty and not typed.is_empty_meant:
        raise refusals.empty_boxes(empty)
    return values


def is_as_before(submission: Submission, values: Iterable[VersionValue]) -> bool:
    """Whether the newest version says just this."""
    there = VersionValue.objects.filter(
        version__submission=submission, version__number=submission.version
    )
    return _said(there) == _said(values)


def _said(values: Iterable[VersionValue]) -> set[tuple[int, int | None, int | None, str]]:
    return {(each.measure_id, each.value, each.recorded, each.reason) for each in values}
