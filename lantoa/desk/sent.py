"""What was sent, as a page tells it: versions, decisions, on time or late, official beside live."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lantoa.desk.doors import lang
from lantoa.desk.forms.sheets import records_of, title
from lantoa.ledger.models import Measure
from lantoa.lib import dates, numbers
from lantoa.lib.periods import Period
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.orgs.models import Person
from lantoa.submissions import due, queries, standing
from lantoa.submissions.doubts import signed
from lantoa.submissions.due import Timely
from lantoa.submissions.models import Review, Sheet, Submission, Version, VersionValue
from lantoa.submissions.standing import Reading

State = Submission.State


class Tag(NamedTuple):
    """A status: words, kind of colour, icon."""

    text: Any
    kind: str
    icon: str


STATES = {
    State.DRAFT: Tag(gettext_lazy("Nháp"), "", "pencil"),
    State.SENT: Tag(gettext_lazy("Chờ duyệt"), "info", "clock"),
    State.RETURNED: Tag(gettext_lazy("Bị trả lại"), "warn", "rotate-ccw"),
    State.APPROVED: Tag(gettext_lazy("Đã duyệt"), "ok", "check"),
}
TIMELY = {
    Timely.ON_TIME: Tag(gettext_lazy("Đúng hạn"), "ok", "check"),
    Timely.LATE: Tag(gettext_lazy("Trễ"), "err", "triangle-alert"),
    Timely.LATE_BY_NETWORK: Tag(gettext_lazy("Trễ do mất mạng"), "warn", "wifi-off"),
    Timely.EXCUSED: Tag(gettext_lazy("Được miễn do mất mạng"), "ok", "wifi-off"),
}
NOT_SENT = Tag(gettext_lazy("Chưa gửi"), "warn", "circle-x")


class Row(NamedTuple):
    """A box of a version."""

    label: str
    unit: str
    value: int | None
    recorded: int | None
    reason: str
    href: str


class Decided(NamedTuple):
    """A decision in a sentence, and the question word for word."""

    text: str
    question: str
    is_undone: bool


@dataclass(frozen=True)
class Told:
    """A version as the page tells it."""

    number: int
    is_nil: bool
    sent: str
    saved: str
    reason: str
    is_official: bool
    rows: Sequence[Row]
    decided: Sequence[Decided]


class UnitRow(NamedTuple):
    """A unit that must answer, and how it stands."""

    name: str
    href: str
    timely: Tag
    state: Tag | None
    adjusted: str


class Figure(NamedTuple):
    """Official and live side by side: `hồ sơ nay là 433 (+2)`."""

    label: str
    unit: str
    official: int | None
    now: str
    href: str


def name(thing: Measure | Sheet) -> str:
    return thing.name_en if lang() == "en" else thing.name_vi


def told(version: Version, submission: Submission) -> Told:
    span = queries.span(submission.sheet, submission.period)
    moment = dates.show_moment(version.received_at, lang())
    return Told(
        number=version.number,
        is_nil=version.is_nil,
        sent=_("%(person)s gửi lúc %(moment)s")
        % {"person": version.sent_by.name, "moment": moment},
        saved=dates.show_moment(version.saved_at, lang()) if version.saved_at else "",
        reason=version.reason,
        is_official=version.number == submission.approved_version,
        rows=[_row(each, submission, span) for each in version.values.all()],
        decided=[_decided(each) for each in version.reviews.all()],
    )


def _row(value: VersionValue, submission: Submission, span: Period) -> Row:
    measure = value.measure
    return Row(
        label=name(measure),
        unit=measure.unit_en if lang() == "en" else measure.unit_vi,
        value=value.value,
        recorded=value.recorded,
        reason=value.reason,
        href=records_of(measure, submission.sheet, span, submission.unit_id),
    )


def _decided(review: Review) -> Decided:
    words = {
        Review.Decision.APPROVED: _("%(person)s, %(unit)s, duyệt lúc %(moment)s"),
        Review.Decision.RETURNED: _("%(person)s, %(unit)s, trả lại lúc %(moment)s"),
        Review.Decision.EXCUSED: _("%(person)s, %(unit)s, miễn trễ do mất mạng lúc %(moment)s"),
    }[Review.Decision(review.decision)]
    unit = orgs.name_near(review.unit_id, dates.day_of(review.at))
    moment = dates.show_moment(review.at, lang())
    text = words % {"person": review.by.name, "unit": unit, "moment": moment}
    return Decided(text, review.question, review.undone_at is not None)


def timely_tag(submission: Submission) -> Tag | None:
    found = queries.timely(submission)
    return TIMELY[found] if found else None


def figures(sheet: Sheet, span: Period, units: Sequence[int], shown_at: int) -> list[Figure]:
    """Official beside live, of what these units sent. `shown_at`: the unit whose records open."""
    readings = standing.standing(sheet, span, units).readings
    return [_figure(each, sheet, span, shown_at) for each in readings]


def _figure(reading: Reading, sheet: Sheet, span: Period, unit: int) -> Figure:
    now = ""
    if reading.change:
        live = numbers.show(reading.live or 0, lang())
        change = signed(reading.change, lang())
        now = _("hồ sơ nay là %(live)s (%(change)s)") % {"live": live, "change": change}
    measure = reading.measure
    return Figure(
        label=name(measure),
        unit=measure.unit_en if lang() == "en" else measure.unit_vi,
        official=reading.official,
        now=now,
        href=records_of(measure, sheet, span, unit),
    )


def of_units(
    sheet: Sheet, span: Period, by: Person, here: int, at: dt.datetime
) -> dict[str, object]:
    """Who has sent of all that this person oversees: the page's counts and rows."""
    said = queries.timeliness(sheet, span)
    overseen = rights.allowed(by, "desk.oversee", at).filter(pk__in=said.expected)
    said = said.within(set(overseen.values_list("pk", flat=True)))
    sent = {each.unit_id: each for each in queries.sent_of(sheet, span)}
    names = orgs.names_on(span.last_day, said.expected)
    how = {unit: TIMELY[each] for each, units in said.by.items() for unit in units}
    since = dt.datetime.combine(span.start, dt.time(), dates.VIETNAM)
    changed = queries.adjustments(said.expected, since)
    reasons = {
        each.submission_id: each.reason for each in changed if each.submission.sheet_id == sheet.pk
    }
    rows = [
        (names[unit].sort_key if unit in names else "", _unit_row(unit, sent, how, names, reasons))
        for unit in said.expected
    ]
    stands = standing.standing(sheet, span, said.expected)
    return {
        "counts": counts(said),
        "missing": len(said.missing),
        "rows": [row for _key, row in sorted(rows, key=lambda each: each[0])],
        "approved": ngettext("%(n)s/%(m)s đã duyệt", "%(n)s/%(m)s đã duyệt", stands.approved)
        % {"n": stands.approved, "m": stands.expected},
        "figures": [_figure(each, sheet, span, here) for each in stands.readings],
    }


def counts(said: queries.Timeliness) -> list[tuple[str, str]]:
    """Completeness and timeliness in figures; what is nought is left out, but for the first."""
    rows = [(str(TIMELY[each].text), len(said.by[each])) for each in Timely]
    rows.append((str(NOT_SENT.text), len(said.missing)))
    sent = f"{numbers.show(len(said.reported), lang())}/{numbers.show(len(said.expected), lang())}"
    return [(_("Đã gửi"), sent), *((text, numbers.show(n, lang())) for text, n in rows if n)]


def _unit_row(
    unit: int,
    sent: dict[int, Submission],
    how: dict[int, Tag],
    names: dict[int, Any],
    reasons: dict[int, str],
) -> UnitRow:
    found = sent.get(unit)
    return UnitRow(
        name=names[unit].name if unit in names else str(unit),
        href=reverse("desk:submission", args=[found.pk]) if found else "",
        timely=how.get(unit, NOT_SENT),
        state=STATES[State(found.state)] if found else None,
        adjusted=reasons.get(found.pk, "") if found else "",
    )


def latest(by: Person, at: dt.datetime) -> list[tuple[str, str, str]]:
    """Of each sheet that units below send: the last period that has ended, and the page of who has sent it."""
    day = dates.day_of(at)
    found = []
    for sheet in queries.sheets_below(by, at):
        ended = [span for span in due.asked_periods(sheet, day) if span.end <= day]
        if ended:
            address = reverse("desk:sheet-units", args=[sheet.code, ended[-1].code])
            found.append((title(ended[-1]), name(sheet), address))
    return found


def due_line(sheet: Sheet, kind: str, span: Period) -> str:
    """Until when, and whether that day may still move."""
    day = due.due(sheet, kind, span)
    if day is None:
        return _("Gửi khi có yêu cầu")
    text = _("Hạn %(day)s") % {"day": dates.show_day(day.day)}
    if day.unknown_years:
        years = ", ".join(str(year) for year in day.unknown_years)
        return f"{text}. " + _("Lịch nghỉ năm %(years)s chưa công bố, hạn có thể lùi.") % {
            "years": years
        }
    return text
