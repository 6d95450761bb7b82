"""What a reviewer should look at, in words: each doubt a plain question to the unit, never a score.

Each is a function of what was sent, what the records say now, and what the unit itself sent before.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median_high, median_low
from typing import NamedTuple

from django.db.models import F

from lantoa.ledger.models import Measure
from lantoa.lib import periods
from lantoa.lib.numbers import show
from lantoa.submissions.filling import NOTHING, Filled
from lantoa.submissions.models import Submission, Version, VersionValue

# Fewer periods say nothing about what is usual.
LEAST_PERIODS = 3
MOST_PERIODS = 6
# UX S8: beyond three times the usual deviation; and by more than half, for a unit that always sends the same.
DEVIATIONS = 3


class Doubt(NamedTuple):
    """One thing to look at, in words. `measure` is the box; None for the whole."""

    vi: str
    en: str
    measure: Measure | None = None


@dataclass(frozen=True)
class Shown:
    """What a reviewer sees of an answer.

    Attributes:
        live: what the records say now, by measure id.
        before: what this unit sent for its last periods, by measure id, the newest first.
    """

    version: Version
    values: Sequence[VersionValue]
    live: Mapping[int, Filled]
    before: Mapping[int, Sequence[int]]


def doubts(shown: Shown) -> list[Doubt]:
    """All of them, by box."""
    if shown.version.is_nil:
        return list(_nil_with_records(shown))
    return [doubt for value in shown.values for doubt in _of_box(value, shown)]


def _of_box(value: VersionValue, shown: Shown) -> Iterator[Doubt]:
    yield from _differs_from_records(value)
    yield from _has_changed_since(value, shown.live.get(value.measure_id, NOTHING))
    yield from _jumps(value, shown.before.get(value.measure_id, ()))


def _differs_from_records(value: VersionValue) -> Iterator[Doubt]:
    name_vi, name_en = value.measure.name_vi, value.measure.name_en
    if value.value is None:
        if value.recorded:
            yield Doubt(
                f"{name_vi}: để trống, hồ sơ ghi {show(value.recorded)}.",
                f"{name_en}: left empty, the records say {show(value.recorded, 'en')}.",
                value.measure,
            )
    elif value.value != (value.recorded or 0):
        held = "chưa có" if value.recorded is None else show(value.recorded)
        held_en = "say nothing" if value.recorded is None else f"say {show(value.recorded, 'en')}"
        yield Doubt(
            f"{name_vi}: gửi {show(value.value)}, hồ sơ {held}. Lý do: “{value.reason}”",
            f"{name_en}: sent {show(value.value, 'en')}, the records {held_en}. Reason: “{value.reason}”",
            value.measure,
        )


def _has_changed_since(value: VersionValue, now: Filled) -> Iterator[Doubt]:
    """A statement takes up what is recorded later, so its total stays; what was filled from records moves with them."""
    if value.value is None or now.total is None or now.total == value.value:
        return
    change = now.total - value.value
    yield Doubt(
        f"{value.measure.name_vi}: gửi {show(value.value)}, hồ sơ nay là {show(now.total)} ({signed(change)}).",
        f"{value.measure.name_en}: sent {show(value.value, 'en')}, the records now say "
        f"{show(now.total, 'en')} ({signed(change, 'en')}).",
        value.measure,
    )


def _jumps(value: VersionValue, before: Sequence[int]) -> Iterator[Doubt]:
    """Far from its own last periods: more than three times their usual deviation, and by more than half."""
    if value.value is None or len(before) < LEAST_PERIODS:
        return
    usual = median_low(before)
    deviation = median_high([abs(each - usual) for each in before])
    away = abs(value.value - usual)
    if away <= DEVIATIONS * deviation or 2 * away <= usual:
        return
    yield Doubt(
        f"{value.measure.name_vi}: {show(value.value)}, trong khi {len(before)} kỳ trước "
        f"thường khoảng {show(usual)}.",
        f"{value.measure.name_en}: {show(value.value, 'en')}, while the last {len(before)} periods "
        f"were about {show(usual, 'en')}.",
        value.measure,
    )


def _nil_with_records(shown: Shown) -> Iterator[Doubt]:
    if any(box.total for box in shown.live.values()):
        yield Doubt(
            "Gửi “không phát sinh”, nhưng hồ sơ trong kỳ nay đã có số.",
            "Sent “nothing to report”, but there are records in the period now.",
        )


def before(submissions: Collection[Submission]) -> dict[int, dict[int, list[int]]]:
    """What each unit sent for the last periods of the same grain, by submission and measure id. One query."""
    found: dict[tuple[int, int], list[tuple[str, int, int]]] = defaultdict(list)
    sent = VersionValue.objects.filter(
        version__submission__sheet__in={each.sheet_id for each in submissions},
        version__submission__unit__in={each.unit_id for each in submissions},
        version__number=F("version__submission__version"),
        value__isnull=False,
    ).order_by("-version__submission__period")
    columns = (
        "version__submission__sheet",
        "version__submission__unit",
        "version__submission__period",
        "measure",
        "value",
    )
    for sheet, unit, period, measure, value in sent.values_list(*columns):
        found[sheet, unit].append((period, measure, value))
    return {each.pk: _last(found[each.sheet_id, each.unit_id], each.period) for each in submissions}


def _last(sent: Iterable[tuple[str, int, int]], period: str) -> dict[int, list[int]]:
    """Codes of one grain sort by time."""
    by_measure: dict[int, list[int]] = defaultdict(list)
    grain = periods.period(period).grain
    for code, measure, value in sent:
        is_before = code < period and periods.period(code).grain == grain
        if is_before and len(by_measure[measure]) < MOST_PERIODS:
            by_measure[measure].append(value)
    return by_measure


def signed(change: int, lang: str = "vi") -> str:
    """`+2`, `−1.040`."""
    return f"{'+' if change > 0 else '−'}{show(abs(change), lang)}"
