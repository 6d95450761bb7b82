"""The places of the work area, as far as somebody may go: the groups of the left column and of "Mục khác", and the bar of a phone."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lantoa.orgs import rights
from lantoa.orgs.models import Post


class Group(TextChoices):
    """Places that belong together, in the order in which they stand."""

    DAILY = "daily", _("Hằng ngày")
    REPORTS = "reports", _("Báo cáo")
    PLANS = "plans", _("Chương trình, nhiệm vụ")
    SPREAD = "spread", _("Lan tỏa")
    OVERSIGHT = "oversight", _("Điều hành")


# Route, name, icon, what it needs, where it stands.
PLACES = [
    ("desk:mine", _("Việc của tôi"), "list-todo", "desk.enter", Group.DAILY),
    ("desk:record", _("Ghi việc"), "plus", "work.record", Group.DAILY),
    ("desk:outbox", _("Chờ gửi"), "send", "work.record", Group.DAILY),
    ("desk:records", _("Việc đã ghi"), "inbox", "work.read", Group.DAILY),
    ("desk:enquiries", _("Hộp thư dân hỏi"), "message-circle", "enquiries.answer", Group.DAILY),
    ("desk:calendar", _("Lịch định kỳ"), "calendar-check", "desk.enter", Group.DAILY),
    ("desk:review", _("Duyệt"), "clipboard-check", "submissions.review", Group.REPORTS),
    ("desk:sheets", _("Báo cáo"), "file-text", "submissions.send", Group.REPORTS),
    ("desk:tasks", _("Nhiệm vụ"), "target", "plans.read", Group.PLANS),
    ("desk:plans", _("Kế hoạch năm"), "list-todo", "plans.read", Group.PLANS),
    ("desk:directives", _("Văn bản"), "scroll-text", "plans.read", Group.PLANS),
    ("desk:programmes", _("Chương trình"), "layers", "plans.read", Group.PLANS),
    ("desk:movements", _("Phong trào"), "megaphone", "plans.read", Group.PLANS),
    ("desk:awards", _("Khen thưởng"), "award", "awards.read", Group.SPREAD),
    ("desk:practices", _("Mô hình hay"), "sprout", "practices.read", Group.SPREAD),
    ("desk:visits", _("Trao đổi kinh nghiệm"), "users", "work.read", Group.SPREAD),
    ("wagtailadmin_home", _("Viết bài, đăng bài"), "pencil", "articles.write", Group.SPREAD),
    ("desk:board", _("Bảng điều hành"), "layout-dashboard", "desk.oversee", Group.OVERSIGHT),
    (
        "desk:inspections",
        _("Kiểm tra, giám sát"),
        "search-check",
        "inspections.read",
        Group.OVERSIGHT,
    ),
    ("desk:people", _("Đơn vị, tài khoản"), "users", "orgs.appoint", Group.OVERSIGHT),
]

# The bar of a phone by role, most wanted first: the first row that holds one of their roles. What is not open to them
# is left out, and made up for by what is; "Mục khác" closes the bar.
_ABOVE = frozenset({Post.Role.ADMINISTRATOR, Post.Role.REVIEWER, Post.Role.APPROVER})
BARS: list[tuple[frozenset[Post.Role], list[str]]] = [
    (_ABOVE, ["desk:review", "desk:mine", "desk:board"]),
    (frozenset({Post.Role.LEADER}), ["desk:board", "desk:mine", "desk:records"]),
    (frozenset({Post.Role.BOARD}), ["desk:awards", "desk:mine", "desk:board"]),
    (frozenset({Post.Role.ANSWERER}), ["desk:enquiries", "desk:mine", "desk:practices"]),
    (frozenset({Post.Role.INSPECTOR}), ["desk:inspections", "desk:mine", "desk:board"]),
    (frozenset({Post.Role.EDITOR}), ["desk:mine", "wagtailadmin_home", "desk:practices"]),
    (frozenset(Post.Role), ["desk:mine", "desk:tasks", "desk:sheets"]),
]
IN_THE_BAR = 3


@dataclass(frozen=True, slots=True)
class Place:
    href: str
    name: str
    icon: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Places:
    """Where somebody may go: `groups` for a desk, `bar` for a thumb."""

    groups: list[tuple[str, list[Place]]]
    bar: list[Place]


def for_roles(roles: frozenset[str], path: str) -> Places:
    """The places that these roles open."""
    opened = {
        route: (group, Place(reverse(route), str(name), icon, _is_at(path, reverse(route))))
        for route, name, icon, needs, group in PLACES
        if roles & rights.ACTS[needs].roles
    }
    groups = [
        (str(group.label), [place for at, place in opened.values() if at == group])
        for group in Group
    ]
    more = reverse("desk:me")
    bar = [opened[route][1] for route in _wanted(roles, list(opened))][:IN_THE_BAR]
    bar.append(Place(more, str(_("Mục khác")), "menu", path == more))
    return Places([(name, places) for name, places in groups if places], bar)


def _wanted(roles: frozenset[str], opened: list[str]) -> Iterator[str]:
    wanted = next(routes for holders, routes in BARS if roles & holders)
    yield from (route for route in wanted if route in opened)
    yield from (route for route in opened if route not in wanted)


def _is_at(path: str, href: str) -> bool:
    return path == href if href == reverse("desk:mine") else path.startswith(href)
