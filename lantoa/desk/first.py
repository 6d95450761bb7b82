"""What to look at first on an overview: at most five, each with its reason and the one thing to do."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lantoa.desk.doors import lang
from lantoa.desk.mending import Overseen
from lantoa.desk.overview import Asked, First, Row, due_day, shown, units_page
from lantoa.lib import dates
from lantoa.submissions import queries as submissions
from lantoa.submissions import queue
from lantoa.submissions.queries import Timeliness

FIRST_TO_SEE, NAMED = 5, 2


def first(asked: Asked, rows: Sequence[Row], told: Timeliness, mended: Overseen) -> list[First]:
    found = [*_to_decide(asked), *_overdue(asked, told), *_not_mended(mended), *_not_kept(rows)]
    return found[:FIRST_TO_SEE]


def _to_decide(asked: Asked) -> list[First]:
    waiting = submissions.waiting_for(asked.person, asked.at)
    if not waiting:
        return []
    doubtful = [each for each in queue.looked_at(waiting) if each.doubts]
    href, open_it = reverse("desk:review"), _("Mở hàng chờ")
    found = [
        First(
            _("Chờ duyệt"),
            "info",
            _("%(n)s báo cáo chờ quyết định") % {"n": shown(len(waiting))},
            _("Cấp dưới chỉ biết kết quả sau khi có người duyệt."),
            href,
            open_it,
        )
    ]
    if doubtful:
        said = doubtful[0].doubts[0]
        found.insert(
            0,
            First(
                _("Cần hỏi lại"),
                "warn",
                _("%(n)s báo cáo có chỗ cần hỏi") % {"n": shown(len(doubtful))},
                said.en if lang() == "en" else said.vi,
                href,
                open_it,
            ),
        )
    return found


def _overdue(asked: Asked, told: Timeliness) -> list[First]:
    day = due_day(asked)
    if not told.missing or day is None or asked.today <= day:
        return []
    return [
        First(
            _("Quá hạn"),
            "err",
            _("%(n)s đơn vị quá hạn chưa gửi") % {"n": shown(len(told.missing))},
            _("Hạn là %(day)s.") % {"day": dates.show_day(day)},
            units_page(asked),
            _("Xem các đơn vị"),
        )
    ]


def _not_mended(found: Overseen) -> list[First]:
    """What inspections found below and nobody has mended in time."""
    if not found.counts.overdue:
        return []
    title = _("%(n)s việc phải sửa quá hạn") % {"n": shown(found.counts.overdue)}
    why = _("Kiểm tra đã thấy, đơn vị chưa báo khắc phục.")
    return [First(_("Quá hạn"), "err", title, why, found.overdue_href, _("Xem từng việc"))]


def _not_kept(rows: Sequence[Row]) -> list[First]:
    """Those that kept less than half, as one thing to look at: the least kept are named."""
    weak = [row for row in rows if row.said and 2 * row.done < row.said]
    if not weak:
        return []
    named = ", ".join(row.name.name for row in weak[:NAMED])
    return [
        First(
            _("Chưa giữ nền nếp"),
            "warn",
            ngettext(
                "%(n)s đơn vị giữ chưa tới một nửa số lần",
                "%(n)s đơn vị giữ chưa tới một nửa số lần",
                len(weak),
            )
            % {"n": shown(len(weak))},
            _("Ít nhất là %(names)s.") % {"names": named},
            reverse("desk:regularity"),
            _("Xem các đơn vị"),
        )
    ]
