"""The places of the work area, as far as somebody may go: the left column on a desk, the bottom bar on a phone."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lantoa.orgs import rights

# Route, name, icon, what it needs. The first three, and "more", stand in the bottom bar.
PLACES = [
    ("desk:mine", _("Việc của tôi"), "list-todo", "desk.enter"),
    ("desk:review", _("Duyệt"), "clipboard-check", "submissions.review"),
    ("desk:record", _("Ghi việc"), "plus", "work.record"),
    ("desk:sheets", _("Báo cáo"), "file-text", "submissions.send"),
    ("desk:records", _("Việc đã ghi"), "inbox", "work.read"),
    ("desk:outbox", _("Chờ gửi"), "send", "work.record"),
    ("desk:board", _("Bảng điều hành"), "layout-dashboard", "desk.oversee"),
    ("desk:calendar", _("Lịch định kỳ"), "calendar-check", "desk.enter"),
    ("desk:people", _("Đơn vị, tài khoản"), "users", "orgs.appoint"),
]
IN_THE_BAR = 3


@dataclass(frozen=True, slots=True)
class Place:
    href: str
    name: str
    icon: str
    is_here: bool
    is_more: bool
    count: int = 0


def for_roles(roles: frozenset[str], path: str) -> list[Place]:
    """The places that these roles open, and "more" for a phone if there are many."""
    opened = [each for each in PLACES if roles & rights.ACTS[each[3]].roles]
    found = [
        Place(reverse(route), str(name), icon, _is_at(path, reverse(route)), number >= IN_THE_BAR)
        for number, (route, name, icon, _needs) in enumerate(opened)
    ]
    more = reverse("desk:me")
    return [*found, Place(more, str(_("Mục khác")), "menu", path == more, is_more=False)]


def _is_at(path: str, href: str) -> bool:
    return path == href if href == reverse("desk:mine") else path.startswith(href)
