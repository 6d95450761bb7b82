"""Citizens' questions as the work area shows them: a row of the inbox, a line of the conversation, a row of Việc của tôi."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantoa.desk.rows import DUE_SOON, OVERDUE, Asking, Task
from lantoa.enquiries import queries
from lantoa.enquiries.models import Enquiry, Handover
from lantoa.enquiries.queries import Said
from lantoa.lib.dates import day_of
from lantoa.orgs import rights

# A title fits on a line of a phone.
TITLE, LINE = 60, 160
SOON = 1


@dataclass(frozen=True, slots=True)
class Tag:
    text: str
    kind: str
    icon: str


@dataclass(frozen=True, slots=True)
class Row:
    """A question in the inbox: what it begins with, whose it is, how it stands to its due time."""

    href: str
    code: str
    title: str
    where: str
    tag: Tag


@dataclass(frozen=True, slots=True)
class Line:
    """Something said, as it is drawn: a citizen's words, an answer, a note, a handing over."""

    said: Said
    who: str
    heading: str


def rows(found: Sequence[Enquiry], at: dt.datetime) -> list[Row]:
    """Three queries, however many."""
    begin, names = queries.first_words(found), queries.names(found, at)
    return [
        Row(
            href=reverse("desk:enquiry", args=[each.pk]),
            code=each.code,
            title=short(begin.get(each.pk, ""), TITLE) or _("(lời đã xóa)"),
            where=" · ".join(
                filter(None, [names.get(each.place_id or 0), each.get_channel_display()])
            ),
            tag=standing(each, at),
        )
        for each in found
    ]


def handed_rows(found: Sequence[Handover], names: Mapping[int, str], at: dt.datetime) -> list[Row]:
    """What was handed on: the code, to whom, and how it stands there. Its words went with it."""
    return [
        Row(
            "",
            each.enquiry.code,
            each.enquiry.code,
            _("chuyển tới %(unit)s") % {"unit": names.get(each.after_id, "")},
            standing(each.enquiry, at),
        )
        for each in found
    ]


def standing(enquiry: Enquiry, at: dt.datetime) -> Tag:
    """In words: late by so many working days, so many left, waiting for the citizen, answered."""
    if enquiry.state == Enquiry.State.WAITING:
        return Tag(_("Chờ người hỏi"), "", "clock")
    if enquiry.state == Enquiry.State.ANSWERED:
        return Tag(_("Đã trả lời"), "ok", "check")
    if enquiry.state == Enquiry.State.CLOSED:
        return Tag(_("Đã kết thúc"), "", "circle-x")
    left = queries.days_left(enquiry, at)
    if left < 0:
        late = max(-1 - left, 0)
        if late == 0:
            return Tag(_("Quá hạn"), "err", "triangle-alert")
        words = ngettext("Quá hạn %(n)s ngày", "Quá hạn %(n)s ngày", late) % {"n": late}
        return Tag(words, "err", "triangle-alert")
    if left == 0:
        return Tag(_("Hạn trong ngày"), "warn", "clock")
    words = ngettext("Còn %(n)s ngày", "Còn %(n)s ngày", left) % {"n": left}
    return Tag(words, "warn" if left <= SOON else "", "clock")


def lines(said: Sequence[Said], names: Mapping[int, str]) -> list[Line]:
    heads = {
        "citizen": _("Người hỏi"),
        "answer": _("Trả lời"),
        "question": _("Hỏi lại"),
        "note": _("Ghi chú nội bộ, dân không thấy"),
        "handover": _("Chuyển tới"),
    }
    return [
        Line(
            each,
            names.get(each.unit_id, "") if each.kind == "handover" else each.by,
            heads[each.kind],
        )
        for each in said
    ]


def short(said: str, most: int) -> str:
    """The beginning of what was said, on one line."""
    line = " ".join(said.split())
    if len(line) <= most:
        return line
    # At the end of a word; inside one only where it is longer than the line.
    words = line[:most].rpartition(" ")[0] or line[: most - 1]
    return words.rstrip(" ,.;:") + "…"


def of_enquiries(asking: Asking) -> Sequence[Task]:
    """One row for all questions that wait for me, due with the first of them."""
    if not asking.here.roles & rights.ACTS["enquiries.answer"].roles:
        return []
    waiting = list(queries.to_answer(asking.person, queries.MINE, asking.at)[:100])
    waiting = [each for each in waiting if each.state != Enquiry.State.WAITING]
    if not waiting:
        return []
    tag, count = standing(waiting[0], asking.at), len(waiting)
    is_late = waiting[0].due_at < asking.at
    title = ngettext("Trả lời %(n)s câu dân hỏi", "Trả lời %(n)s câu dân hỏi", count)
    return [
        Task(
            title=title % {"n": count},
            why=_("Câu đến hạn trước nhất: %(code)s") % {"code": waiting[0].code},
            href=reverse("desk:enquiries"),
            tag=tag.text,
            tag_kind=tag.kind,
            tag_icon=tag.icon,
            rank=OVERDUE if is_late else DUE_SOON,
            due=day_of(waiting[0].due_at),
        )
    ]
