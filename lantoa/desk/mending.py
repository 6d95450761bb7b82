"""What inspections give to do: what one must mend, what waits for another look, inspections to go to; what is late below."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantoa.desk import inspecting
from lantoa.desk.here import Here
from lantoa.desk.rows import DUE_SOON, LATER, OVERDUE, RETURNED, SOON, THIS_MONTH, Asking, Task
from lantoa.inspections import findings, queries
from lantoa.inspections.findings import Counts
from lantoa.inspections.models import Finding, Inspection
from lantoa.lib import dates
from lantoa.lib.dates import day_of
from lantoa.orgs import rights

MOST, A_MONTH = 20, 31


def of_inspections(asking: Asking) -> Sequence[Task]:
    """For those who mend, who look again, and who inspect."""
    roles, today, found = asking.here.roles, day_of(asking.at), []
    if roles & rights.ACTS["inspections.fix"].roles:
        found += _to_mend(asking)
    if roles & rights.ACTS["inspections.close"].roles:
        found += _to_recheck(asking)
    if roles & rights.ACTS["inspections.inspect"].roles:
        going = queries.to_go_to(asking.person, today)[:MOST]
        found += [_to_go_to(each, asking) for each in going]
    return found


def _to_mend(asking: Asking) -> list[Task]:
    """A row each; one that was opened again says what is missing, and comes first."""
    today = day_of(asking.at)
    rows = list(findings.to_mend(asking.here.unit, today)[:MOST])
    looked = findings.rechecked(rows)
    return [_mend(each, looked[each.pk].note if each.pk in looked else "", asking) for each in rows]


def _mend(finding: Finding, note: str, asking: Asking) -> Task:
    today = day_of(asking.at)
    tag, left = inspecting.finding_tag(finding, today), (finding.due_date - today).days
    by_day = DUE_SOON if left <= SOON else THIS_MONTH if left <= A_MONTH else LATER
    said = {"what": finding.what, "day": dates.show_day(finding.due_date)}
    return Task(
        title=finding.recommendation,
        why=_("Chưa xong: “%(said)s”") % {"said": note}
        if note
        else _("Kiểm tra đã thấy: %(what)s. Hạn %(day)s") % said,
        href=reverse("desk:finding", args=[finding.pk]),
        tag=tag.text,
        tag_kind=tag.kind,
        tag_icon=tag.icon,
        rank=OVERDUE if left < 0 else RETURNED if note else by_day,
        due=finding.due_date,
    )


def _to_recheck(asking: Asking) -> list[Task]:
    """One row for all that waits for another look."""
    waiting = findings.to_recheck(asking.person, asking.at)
    count = waiting.count()
    if not count:
        return []
    title = ngettext("Kiểm lại %(n)s việc đã khắc phục", "Kiểm lại %(n)s việc đã khắc phục", count)
    return [
        Task(
            title=title % {"n": count},
            why=_("Người khắc phục không tự xác nhận được."),
            href=f"{reverse('desk:findings')}?tinh={Finding.State.FIXED}",
            tag=_("Chờ kiểm lại"),
            tag_kind="info",
            tag_icon="search-check",
            rank=DUE_SOON,
            due=day_of(asking.at),
        )
    ]


def _to_go_to(inspection: Inspection, asking: Asking) -> Task:
    today = day_of(asking.at)
    tag = inspecting.tag_of(inspection)
    is_late = inspection.end_date < today
    return Task(
        title=inspection.title,
        why=_("Trong đoàn, %(span)s")
        % {"span": inspecting.span(inspection.start_date, inspection.end_date)},
        href=reverse("desk:inspection", args=[inspection.pk]),
        tag=_("Quá lịch, chưa kết luận") if is_late else tag.text,
        tag_kind="err" if is_late else tag.kind,
        tag_icon="triangle-alert" if is_late else tag.icon,
        rank=OVERDUE if is_late else DUE_SOON,
        due=inspection.end_date,
    )


class Overseen(NamedTuple):
    """Where what must be mended stands, at a unit and all below it; each number opens to its rows."""

    counts: Counts
    href: str
    overdue_href: str


def overseen(here: Here, today: dt.date) -> Overseen:
    rows = f"{reverse('desk:findings')}?duoi={here.unit.pk}"
    counts = findings.standing(here.unit, here.line, today)
    return Overseen(counts, rows, f"{rows}&tinh={inspecting.OVERDUE}")
