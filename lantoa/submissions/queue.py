"""What waits for a reviewer, with all that they look at: the newest version, the one before, the records now, the doubts."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from lantoa.ledger.models import Measure
from lantoa.lib.periods import Period
from lantoa.submissions import doubts, filling, queries
from lantoa.submissions.doubts import Doubt, Shown
from lantoa.submissions.filling import NOTHING, Filled
from lantoa.submissions.models import Sheet, Submission, Version, VersionValue


@dataclass(frozen=True)
class Box:
    """One row of what was sent.

    Attributes:
        live: what the ledger says now.
        before: what the version before said; `is_changed` if this one says otherwise.
    """

    measure: Measure
    value: int | None
    recorded: int | None
    live: int | None
    reason: str
    before: int | None
    is_changed: bool


@dataclass(frozen=True)
class Looked:
    """One answer as a reviewer sees it. Without doubts it is normal."""

    submission: Submission
    span: Period
    version: Version
    boxes: Sequence[Box]
    doubts: Sequence[Doubt]

    @property
    def is_normal(self) -> bool:
        return not self.doubts


def looked_at(submissions: Collection[Submission]) -> list[Looked]:
    """What each says and what to ask about it: most doubts first, then the oldest.

    Four queries, and a few for every sheet and period among them, however many units.
    """
    versions: dict[int, list[Version]] = defaultdict(list)
    for version in queries.versions_of_many(submissions):
        versions[version.submission_id].append(version)
    live, earlier = _live(submissions), doubts.before(submissions)
    found = [
        _looked(each, versions[each.pk], live.get(each.pk, {}), earlier[each.pk])
        for each in submissions
        if versions[each.pk]
    ]
    return sorted(found, key=lambda each: (-len(each.doubts), each.version.received_at))


def _looked(
    submission: Submission,
    versions: Sequence[Version],
    live: Mapping[int, Filled],
    earlier: Mapping[int, Sequence[int]],
) -> Looked:
    """From its versions, the newest first."""
    newest = versions[0]
    values = list(newest.values.all())
    told = (
        {each.measure_id: each.value for each in versions[1].values.all()} if versions[1:] else None
    )
    boxes = [_box(each, live.get(each.measure_id, NOTHING), told) for each in values]
    asked = doubts.doubts(Shown(newest, values, live, earlier))
    span = queries.span(submission.sheet, submission.period)
    return Looked(submission, span, newest, boxes, asked)


def _box(value: VersionValue, now: Filled, told: Mapping[int, int | None] | None) -> Box:
    before = told.get(value.measure_id) if told else None
    return Box(
        measure=value.measure,
        value=value.value,
        recorded=value.recorded,
        live=now.total,
        reason=value.reason,
        before=before,
        is_changed=told is not None and before != value.value,
    )


def _live(submissions: Collection[Submission]) -> dict[int, dict[int, Filled]]:
    """What the records say now, by submission and measure id."""
    together: dict[tuple[Sheet, str], list[Submission]] = defaultdict(list)
    for each in submissions:
        together[each.sheet, each.period].append(each)
    found: dict[int, dict[int, Filled]] = {}
    for (sheet, period), some in together.items():
        span = queries.span(sheet, period)
        must = queries.expected(sheet, span)
        units = [each.unit_id for each in some]
        boxes = filling.filled(sheet, list(sheet.measures.all()), span, units, must)
        found |= {each.pk: boxes.get(each.unit_id, {}) for each in some}
    return found
