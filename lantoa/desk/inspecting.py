"""Inspections, findings and verifications as pages show them: tags, rows, names. Plain values."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lantoa.desk.doors import lang
from lantoa.desk.serving import named
from lantoa.desk.telling import measure_name
from lantoa.inspections import findings as finding_queries
from lantoa.inspections import queries
from lantoa.inspections.models import ChecklistItem, Finding, Inspection, Topic
from lantoa.inspections.verified import Verified
from lantoa.lib import dates, numbers
from lantoa.orgs import queries as orgs

SOON = 7
TEN_THOUSAND = 10_000
State, Standing = Inspection.State, Finding.State

OVERDUE = "overdue"
STANDINGS = [
    (OVERDUE, gettext_lazy("quá hạn")),
    *((value, label) for value, label in Finding.State.choices),
]


class Tag(NamedTuple):
    """A status: words, kind of colour, icon."""

    text: str
    kind: str
    icon: str


class Row(NamedTuple):
    """An inspection in a list."""

    inspection: Inspection
    topic: str
    unit: str
    tag: Tag


class Mend(NamedTuple):
    """A thing to mend in a list. `rechecker`: who looked again at its last fix."""

    finding: Finding
    owner: str
    tag: Tag
    shown: str
    rechecker: str


class Seen(NamedTuple):
    """A unit of an inspection: how many items of the checklist are answered, met and not met, and what was found there."""

    pk: int
    name: str
    asked: int
    answered: int
    unmet: int
    findings: int


KINDS_OF_TAG = {
    State.PLANNED: ("info", "calendar-check"),
    State.STARTED: ("warn", "search-check"),
    State.CONCLUDED: ("ok", "check"),
    State.WITHDRAWN: ("", "undo-2"),
}


def topic_name(topic: Topic) -> str:
    return topic.name_en if lang() == "en" else topic.name_vi


def item_text(item: ChecklistItem) -> str:
    return item.text_en if lang() == "en" else item.text_vi


def tag_of(inspection: Inspection) -> Tag:
    kind, icon = KINDS_OF_TAG[State(inspection.state)]
    return Tag(str(inspection.get_state_display()).capitalize(), kind, icon)


def rows(found: Sequence[Inspection], today: dt.date) -> list[Row]:
    names = named({each.unit_id for each in found}, today)
    return [Row(each, topic_name(each.topic), names[each.unit_id], tag_of(each)) for each in found]


def finding_tag(finding: Finding, today: dt.date) -> Tag:
    """How it stands: days late or left while it is open, a word otherwise."""
    if finding.state == Standing.CLOSED:
        return Tag(_("Đã xác nhận"), "ok", "check")
    if finding.state == Standing.FIXED:
        return Tag(_("Chờ kiểm lại"), "info", "search-check")
    left = (finding.due_date - today).days
    if left < 0:
        late = ngettext("Trễ %(n)s ngày", "Trễ %(n)s ngày", -left) % {
            "n": numbers.show(-left, lang())
        }
        return Tag(late, "err", "triangle-alert")
    words = ngettext("Còn %(n)s ngày", "Còn %(n)s ngày", left) % {"n": left}
    return Tag(words if left else _("Hạn hôm nay"), "warn" if left <= SOON else "", "clock")


def mends(found: Sequence[Finding], today: dt.date) -> list[Mend]:
    """Findings as rows; the names and who looked again in as many questions as for one."""
    names = named({each.owner_id for each in found}, today)
    looked = finding_queries.rechecked(found)
    return [
        Mend(
            each,
            names[each.owner_id],
            finding_tag(each, today),
            _files(getattr(each, "shown", 0)),
            looked[each.pk].by.name if each.pk in looked else "",
        )
        for each in found
    ]


def _files(count: int) -> str:
    return ngettext("%(n)s tệp", "%(n)s tệp", count) % {"n": count} if count else ""


def seen(inspection: Inspection, findings: Iterable[Finding], today: dt.date) -> list[Seen]:
    """Every unit of an inspection with how far the checklist has got there."""
    units = [each.pk for each in inspection.subjects.all()]
    day = inspection.started_date or inspection.start_date
    names = {unit: row.name for unit, row in orgs.names_on(day, units).items()}
    names |= named(set(units) - names.keys(), today)
    asked, told = len(queries.items_of(inspection)), queries.answered(inspection)
    found: dict[int, int] = {}
    for each in findings:
        found[each.unit_id] = found.get(each.unit_id, 0) + 1
    rows = [
        Seen(
            unit, names[unit], asked, sum(told[unit].values()) if unit in told else 0,
            told[unit]["unmet"] if unit in told else 0, found.get(unit, 0),
        )
        for unit in units
    ]  # fmt: skip
    return sorted(rows, key=lambda row: row.name)


class Factor(NamedTuple):
    """What a verification says of a measure, in words. Dashes where nothing can be said."""

    name: str
    unit: str
    records: int
    checked: int
    reported: int | None
    found: int | None
    share: str
    interval: str
    right: str


def factors(told: Iterable[Verified]) -> list[Factor]:
    return [_factor(each) for each in told]


def _factor(each: Verified) -> Factor:
    measure, factor = each.measure, each.factor
    unit = measure.unit_en if lang() == "en" else measure.unit_vi
    if factor is None:
        dash = numbers.NO_VALUE
        return Factor(measure_name(measure), unit, each.records, 0, None, None, dash, dash, dash)
    return Factor(
        measure_name(measure),
        unit,
        each.records,
        factor.checked,
        factor.reported,
        factor.found,
        numbers.show_percent(factor.found, factor.reported, 1, lang()),
        _interval(factor.low, factor.high),
        f"{factor.right}/{factor.checked}",
    )


def _interval(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return numbers.NO_VALUE
    return " – ".join(numbers.show_percent(each, TEN_THOUSAND, 1, lang()) for each in (low, high))


def span(first: dt.date, last: dt.date) -> str:
    """`01/03/2026 – 15/03/2026`; both days are in."""
    return f"{dates.show_day(first)} – {dates.show_day(last)}"
