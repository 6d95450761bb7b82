"""The key figures of an overview: who has answered, in time, what is kept, and the chosen measure. Completeness comes first."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantoa.desk.doors import lang
from lantoa.desk.overview import Asked, Card, Row, shown, units_page
from lantoa.lib import numbers
from lantoa.submissions.due import Timely
from lantoa.submissions.queries import Timeliness
from lantoa.warehouse import figures

IN_TIME = (Timely.ON_TIME, Timely.EXCUSED)


def cards(asked: Asked, rows: Sequence[Row], told: Timeliness) -> list[Card]:
    return [_answered(asked, told), _in_time(asked, told), _regular(rows), _figure(asked)]


def _answered(asked: Asked, told: Timeliness) -> Card:
    left = len(told.missing)
    words = ngettext("%(n)s đơn vị chưa gửi", "%(n)s đơn vị chưa gửi", left) % {"n": shown(left)}
    return Card(
        title=_("Đơn vị đã gửi"),
        text=shown(len(told.reported)),
        of=_("/ %(n)s") % {"n": shown(len(told.expected))},
        href=units_page(asked),
        tag=words if left else _("đã đủ"),
        kind="warn" if left else "ok",
        said=len(told.expected),
        done=len(told.reported),
    )


def _in_time(asked: Asked, told: Timeliness) -> Card:
    in_time = sum(len(told.by.get(each, ())) for each in IN_TIME)
    sent = len(told.reported)
    return Card(
        title=_("Gửi đúng hạn"),
        text=numbers.show_percent(in_time, sent, 0, lang()) if sent else numbers.NO_VALUE,
        of=_("tính trên %(n)s đơn vị đã gửi") % {"n": shown(sent)},
        href=units_page(asked),
        tag=_("%(n)s đơn vị trễ") % {"n": shown(sent - in_time)} if sent - in_time else "",
        kind="warn",
        said=None,
        done=in_time,
    )


def _regular(rows: Sequence[Row]) -> Card:
    said, done = sum(row.said for row in rows), sum(row.done for row in rows)
    return Card(
        title=_("Việc định kỳ đã giữ"),
        text=numbers.show_percent(done, said, 0, lang()) if said else numbers.NO_VALUE,
        of=_("%(done)s/%(said)s lần đến hạn") % {"done": shown(done), "said": shown(said)},
        href=reverse("desk:regularity"),
        tag=_("%(n)s lần bỏ lỡ") % {"n": shown(said - done)} if said - done else "",
        kind="warn",
        said=said,
        done=done,
    )


def _figure(asked: Asked) -> Card:
    """The chosen measure in the period, beside the same period of the year before."""
    last = asked.span.year_before()
    read = figures.family(
        measures=[asked.measure],
        unit=asked.here.unit,
        line=asked.here.line,
        periods=[asked.span, last],
    )
    now, before = (
        read.figure(asked.measure, asked.here.unit.pk, each).top for each in (asked.span, last)
    )
    address = reverse("portal:records", args=[asked.measure.code])
    return Card(
        title=asked.measure.name_en if lang() == "en" else asked.measure.name_vi,
        text=numbers.NO_VALUE if now is None else shown(now),
        of=asked.measure.unit_en if lang() == "en" else asked.measure.unit_vi,
        href=f"{address}?ky={asked.span.code}&he={asked.here.line.code}&don-vi={asked.here.unit.pk}",
        tag=_("cùng kỳ %(n)s") % {"n": shown(before)} if before else "",
        kind="",
        said=None,
        done=now or 0,
    )
