"""What there is to do, one row a task: what, why, until when. Việc của tôi and the list of reports are made of these.

Another room's tasks come here as one more function in `SOURCES`.
"""

import datetime as dt
from collections.abc import Callable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantoa.desk.answering import of_enquiries
from lantoa.desk.commended import of_awards
from lantoa.desk.directing import of_directives
from lantoa.desk.doors import lang
from lantoa.desk.forms import sheets as forms
from lantoa.desk.mending import of_inspections
from lantoa.desk.promised import of_plan_review, of_plans
from lantoa.desk.rows import (
    DUE_SOON,
    LATER,
    OVERDUE,
    RETURNED,
    SOON,
    THIS_MONTH,
    Asking,
    Task,
)
from lantoa.lib import dates
from lantoa.lib.dates import day_of
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.orgs.models import Unit
from lantoa.practices import queries as practices
from lantoa.practices.models import Practice
from lantoa.submissions import agenda, queries, reminders
from lantoa.submissions.agenda import Item
from lantoa.work import duties
from lantoa.work.duties import Occurrence, State

__all__ = ["LATER", "Asking", "Task", "adjusted", "due_words", "of_sheet", "summary", "tasks"]

A_MONTH = dt.timedelta(days=31)
WAITING = (State.DUE, State.COMING)
MOST_ADJUSTED = 20
MOST_PRACTICES = 5


def tasks(asking: Asking) -> list[Task]:
    """Everything to do, in order."""
    found = [task for source in SOURCES for task in source(asking) if task.is_open]
    return sorted(found, key=lambda task: (task.rank, task.due))


def summary(found: Sequence[Task]) -> str:
    """`4 việc cần làm, 1 việc đã trễ`."""
    count = len(found)
    late = sum(1 for task in found if task.rank == OVERDUE)
    text = ngettext("%(n)s việc cần làm", "%(n)s việc cần làm", count) % {"n": count}
    if late:
        text += ngettext(", %(n)s việc đã trễ", ", %(n)s việc đã trễ", late) % {"n": late}
    return text


def due_words(task: Task) -> str:
    return _("hạn %(day)s") % {"day": dates.show_day(task.due)}


def adjusted(asking: Asking) -> list[dict[str, str]]:
    """What was changed after an approval, anywhere below: everyone above sees it for a month."""
    if not asking.here.roles & rights.ACTS["desk.oversee"].roles:
        return []
    below = rights.allowed(asking.person, "desk.oversee", asking.at)
    found = list(queries.adjustments(below, asking.at - A_MONTH)[:MOST_ADJUSTED])
    names = orgs.names_on(day_of(asking.at), [each.submission.unit_id for each in found])
    return [
        {
            "title": names[each.submission.unit_id].name
            if each.submission.unit_id in names
            else orgs.name_near(each.submission.unit_id, day_of(asking.at)),
            "why": _("%(report)s, bản %(n)s: %(reason)s")
            % {
                "report": forms.title(queries.span(each.submission.sheet, each.submission.period)),
                "n": each.number,
                "reason": each.reason,
            },
            "href": reverse("desk:submission", args=[each.submission_id]),
        }
        for each in found
    ]


def of_sheets(asking: Asking) -> Sequence[Task]:
    """Reports to send, for those who send at this unit."""
    if not asking.here.roles & rights.ACTS["submissions.send"].roles:
        return []
    unit, at = asking.here.unit, asking.at
    reminded = reminders.reminders_of(unit.pk, day_of(at) - A_MONTH)
    return [
        of_sheet(item, unit, at, reminded.get((item.sheet.pk, item.span.code)))
        for item in agenda.agenda(unit, at)
    ]


def of_review(asking: Asking) -> Sequence[Task]:
    """One row for all that waits for a decision."""
    if not asking.here.roles & rights.ACTS["submissions.review"].roles:
        return []
    waiting = queries.waiting_for(asking.person, asking.at)
    if not waiting:
        return []
    oldest = min(day_of(each.sent_at) for each in waiting if each.sent_at)
    count = len(waiting)
    return [
        Task(
            title=ngettext("Duyệt %(n)s báo cáo", "Duyệt %(n)s báo cáo", count) % {"n": count},
            why=_("Chờ từ %(day)s") % {"day": dates.show_day(oldest)},
            href=reverse("desk:review"),
            tag=_("Chờ duyệt"),
            tag_kind="info",
            tag_icon="clipboard-check",
            rank=DUE_SOON,
            due=oldest,
        )
    ]


def of_duties(asking: Asking) -> Sequence[Task]:
    """What recurs and waits to be held, and what this month still brings."""
    if not asking.here.roles & rights.ACTS["work.record"].roles:
        return []
    today, unit = day_of(asking.at), asking.here.unit
    found = duties.occurrences(
        duties.duties_of(unit, today), [unit.pk], first=today - A_MONTH, last=today + A_MONTH, today=today
    )  # fmt: skip
    return [of_duty(each, today) for each in found if each.state in WAITING]


def of_practices(asking: Asking) -> Sequence[Task]:
    """What waits above for a word, what waits here to be confirmed, what has gone silent here."""
    today = day_of(asking.at)
    found = []
    if asking.here.roles & rights.ACTS["practices.adopt"].roles:
        found += [
            _practice(
                each.practice,
                _("Xác nhận: đơn vị mình có làm theo không"),
                day_of(each.asked_at),
                DUE_SOON,
            )
            for each in practices.asked_of(asking.here.unit, today)
        ]
        found += [
            _practice(
                each.practice,
                ngettext(
                    "Im lặng %(n)s tháng: còn làm thì nêu một việc, không thì dừng",
                    "Im lặng %(n)s tháng: còn làm thì nêu một việc, không thì dừng",
                    months,
                )
                % {"n": months},
                today,
                THIS_MONTH,
            )
            for each, months in practices.silent_of(asking.here.unit, today)
        ]
    judges = {rights.ACTS[act] for act in practices.JUDGES.values()}
    if any(asking.here.roles & act.roles for act in judges):
        found += [
            _practice(
                each,
                _("Mô hình chờ xét: %(state)s") % {"state": each.get_state_display()},
                today,
                DUE_SOON,
            )
            for each in practices.waiting_for(asking.person, asking.at)[:MOST_PRACTICES]
        ]
    return found


def _practice(practice: Practice, why: str, day: dt.date, rank: int) -> Task:
    return Task(
        title=practice.title,
        why=why,
        href=reverse("desk:practice", args=[practice.pk]),
        tag=_("Mô hình"),
        tag_kind="info",
        tag_icon="sprout",
        rank=rank,
        due=day,
    )


SOURCES: Sequence[Callable[[Asking], Sequence[Task]]] = [
    of_sheets,
    of_review,
    of_duties,
    of_practices,
    of_plans,
    of_plan_review,
    of_directives,
    of_awards,
    of_inspections,
    of_enquiries,
]


def of_duty(each: Occurrence, today: dt.date) -> Task:
    is_due = each.state == State.DUE
    left = (each.until - today).days
    in_days = ngettext("Còn %(n)s ngày", "Còn %(n)s ngày", left) % {"n": left}
    is_this_month = (each.date.year, each.date.month) == (today.year, today.month)
    return Task(
        title=each.duty.name_en if lang() == "en" else each.duty.name_vi,
        why=_("Ngày %(day)s") % {"day": dates.show_day(each.date)},
        href=f"{reverse('desk:record')}?viec={each.duty.kind.code}",
        tag=in_days if is_due else dates.show_day(each.date),
        tag_kind="warn" if is_due else "",
        tag_icon="clock" if is_due else "",
        rank=DUE_SOON if is_due else THIS_MONTH if is_this_month else LATER,
        due=each.until,
    )


def of_sheet(item: Item, unit: Unit, at: dt.datetime, reminded: dt.date | None = None) -> Task:
    """A report as a row: what is asked, why, until when; and when somebody above asked for it."""
    today = day_of(at)
    rank = _rank(item, today)
    tag, kind, icon = _tag(item, today)
    title = forms.title(item.span)
    if item.state == "returned":
        title = _("Sửa %(report)s") % {"report": title[0].lower() + title[1:]}
    return Task(
        title=title,
        why=f"{_why(item, at)}{_asked_for(reminded)}",
        href=reverse("desk:sheet", args=[item.sheet.code, item.span.code]),
        tag=tag,
        tag_kind=kind,
        tag_icon=icon,
        rank=rank,
        due=item.due.day,
        is_open=item.is_open,
        sub=item.sheet.name_en if lang() == "en" else item.sheet.name_vi,
    )


def _asked_for(day: dt.date | None) -> str:
    return _(". Cấp trên nhắc ngày %(day)s") % {"day": dates.show_day(day)} if day else ""


def _rank(item: Item, today: dt.date) -> int:
    left = item.days_left(today)
    if item.state == "returned":
        return RETURNED
    if left < 0:
        return OVERDUE
    if left <= SOON:
        return DUE_SOON
    is_this_month = (item.due.day.year, item.due.day.month) == (today.year, today.month)
    return THIS_MONTH if is_this_month else LATER


def _tag(item: Item, today: dt.date) -> tuple[str, str, str]:
    if item.state == "sent":
        return _("Chờ duyệt"), "info", "clock"
    if item.state == "approved":
        return _("Đã duyệt"), "ok", "check"
    left = item.days_left(today)
    if left < 0:
        late = ngettext("Trễ %(n)s ngày", "Trễ %(n)s ngày", -left) % {"n": -left}
        return late, "err", "triangle-alert"
    if left == 0:
        return _("Hạn hôm nay"), "warn", "clock"
    if left <= SOON:
        return ngettext("Còn %(n)s ngày", "Còn %(n)s ngày", left) % {"n": left}, "warn", "clock"
    return dates.show_day(item.due.day), "", ""


def _why(item: Item, at: dt.datetime) -> str:
    if item.question:
        asker = orgs.name_near(item.asker, day_of(at)) if item.asker else ""
        return _("%(unit)s hỏi: “%(question)s”") % {"unit": asker, "question": item.question}
    if item.state == "draft":
        return _("Đang soạn dở, chưa gửi")
    if not item.is_open and item.submission and item.submission.sent_at:
        moment = dates.show_moment(item.submission.sent_at, lang())
        told = {"n": item.submission.version, "moment": moment}
        return _("Bản %(n)s, gửi %(moment)s") % told
    return _("Máy đã điền sẵn %(n)s/%(m)s ô từ các việc đã ghi") % {
        "n": item.filled,
        "m": item.boxes,
    }
