"""The review queue as a page shows it: a list, and one report opened beside it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantoa.desk import sent
from lantoa.desk.doors import lang
from lantoa.desk.forms.sheets import records_of, title
from lantoa.desk.sent import TIMELY, Tag
from lantoa.lib import dates, numbers
from lantoa.lib.dates import day_of
from lantoa.orgs import queries as orgs
from lantoa.submissions.doubts import Doubt, signed
from lantoa.submissions.due import Timely
from lantoa.submissions.models import Review
from lantoa.submissions.queue import Box, Looked


class Line(NamedTuple):
    """A report in the list."""

    pk: int
    version: int
    unit: str
    title: str
    first_doubt: str
    more: int
    href: str
    is_chosen: bool


class Cell(NamedTuple):
    """A box of the opened report. `before` is what the version before said, where it said otherwise."""

    label: str
    unit: str
    value: int | None
    recorded: int | None
    now: str
    before: str
    reason: str
    href: str
    is_doubtful: bool


@dataclass(frozen=True)
class Opened:
    """The report that is looked at."""

    pk: int
    version: int
    unit: str
    title: str
    sheet: str
    sender: str
    is_nil: bool
    adjusts: str
    doubts: Sequence[str]
    cells: Sequence[Cell]
    history: str
    timely: Tag | None
    is_late_by_network: bool


def queue(looked: Sequence[Looked], chosen: str, now: dt.datetime) -> dict[str, object]:
    """The page's list in two parts, and the report opened: the one asked for, or the first."""
    names = _names(looked, now)
    ordered = [
        *(each for each in looked if not each.is_normal),
        *(each for each in looked if each.is_normal),
    ]
    opened = next((each for each in ordered if str(each.submission.pk) == chosen), None)
    opened = opened or (ordered[0] if ordered else None)
    lines = {each.submission.pk: _line(each, names, is_chosen=each is opened) for each in ordered}
    place = ordered.index(opened) if opened else 0
    return {
        "doubtful": [lines[each.submission.pk] for each in ordered if not each.is_normal],
        "normal": [lines[each.submission.pk] for each in ordered if each.is_normal],
        "opened": _opened(opened, names) if opened else None,
        "count": len(ordered),
        "was_missed": bool(chosen) and (opened is None or str(opened.submission.pk) != chosen),
        "next": _href(ordered[place + 1]) if ordered[place + 1 :] else "",
        "before": _href(ordered[place - 1]) if place else "",
    }


def said(decisions: Sequence[Review], now: dt.datetime) -> str:
    """What was decided, for the status line."""
    if len(decisions) > 1:
        count = len(decisions)
        return ngettext("Đã duyệt %(n)s báo cáo.", "Đã duyệt %(n)s báo cáo.", count) % {"n": count}
    (review,) = decisions
    unit = orgs.name_near(review.version.submission.unit_id, day_of(now))
    words = {
        Review.Decision.APPROVED: _("Đã duyệt %(unit)s."),
        Review.Decision.RETURNED: _("Đã trả lại %(unit)s kèm câu hỏi."),
    }
    return words[Review.Decision(review.decision)] % {"unit": unit}


def _names(looked: Sequence[Looked], now: dt.datetime) -> dict[int, str]:
    """Names of today; of units that have closed, their last."""
    units = {each.submission.unit_id for each in looked}
    named = {unit: row.name for unit, row in orgs.names_on(day_of(now), units).items()}
    return named | {unit: orgs.name_near(unit, day_of(now)) for unit in units - named.keys()}


def _href(looked: Looked) -> str:
    return f"{reverse('desk:review')}?xem={looked.submission.pk}"


def _text(doubt: Doubt) -> str:
    return doubt.en if lang() == "en" else doubt.vi


def _line(looked: Looked, names: dict[int, str], *, is_chosen: bool) -> Line:
    return Line(
        pk=looked.submission.pk,
        version=looked.version.number,
        unit=names[looked.submission.unit_id],
        title=title(looked.span),
        first_doubt=_text(looked.doubts[0]) if looked.doubts else "",
        more=max(len(looked.doubts) - 1, 0),
        href=_href(looked),
        is_chosen=is_chosen,
    )


def _opened(looked: Looked, names: dict[int, str]) -> Opened:
    submission, version = looked.submission, looked.version
    moment = dates.show_moment(version.received_at, lang())
    doubtful = {each.measure.pk for each in looked.doubts if each.measure}
    tag = sent.timely_tag(submission)
    return Opened(
        pk=submission.pk,
        version=version.number,
        unit=names[submission.unit_id],
        title=title(looked.span),
        sheet=sent.name(submission.sheet),
        sender=_("%(person)s gửi lúc %(moment)s")
        % {"person": version.sent_by.name, "moment": moment},
        is_nil=version.is_nil,
        adjusts=version.reason,
        doubts=[_text(each) for each in looked.doubts],
        cells=[
            _cell(each, looked, is_doubtful=each.measure.pk in doubtful) for each in looked.boxes
        ],
        history=reverse("desk:submission", args=[submission.pk]),
        timely=tag,
        is_late_by_network=tag is TIMELY[Timely.LATE_BY_NETWORK],
    )


def _cell(box: Box, looked: Looked, *, is_doubtful: bool) -> Cell:
    measure, submission = box.measure, looked.submission
    now = ""
    if box.value is not None and box.live is not None and box.live != box.value:
        live, change = numbers.show(box.live, lang()), signed(box.live - box.value, lang())
        now = _("hồ sơ nay là %(live)s (%(change)s)") % {"live": live, "change": change}
    before = numbers.NO_VALUE if box.before is None else numbers.show(box.before, lang())
    return Cell(
        label=sent.name(measure),
        unit=measure.unit_en if lang() == "en" else measure.unit_vi,
        value=box.value,
        recorded=box.recorded,
        now=now,
        before=before if box.is_changed else "",
        reason=box.reason,
        href=records_of(measure, submission.sheet, looked.span, submission.unit_id),
        is_doubtful=is_doubtful,
    )
