"""What is typed about people: a name, a role, a day. Kept as typed when it is sent back."""

import datetime as dt
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from lantoa.desk.doors import sentence
from lantoa.lib import dates
from lantoa.lib.errors import LantoaError
from lantoa.orgs.models import Post

MOST = 120


@dataclass
class AppointForm:
    """A post to be given, and the name of the person if they are new."""

    name: str = ""
    role: str = Post.Role.RECORDER
    day: str = ""
    date: dt.date | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def is_right(self) -> bool:
        return not self.errors


def read_appointment(sent: QueryDict, *, is_new: bool) -> AppointForm:
    form = AppointForm(
        name=sent.get("ten", "")[: MOST + 1], role=sent.get("vai", ""), day=sent.get("ngay", "")
    )
    if is_new and not form.name.strip():
        form.errors["ten"] = _("Ghi họ tên.")
    if len(form.name) > MOST:
        form.errors["ten"] = _("Họ tên dài quá. Ghi tối đa 120 chữ.")
    if form.role not in Post.Role.values:
        form.errors["vai"] = _("Chọn một vai trò.")
    form.date = _day(form.day, form.errors)
    return form


def read_day(sent: QueryDict) -> tuple[dt.date | None, str]:
    """A day that stands alone in a form, or what is wrong with it."""
    errors: dict[str, str] = {}
    return _day(sent.get("ngay", ""), errors), errors.get("ngay", "")


def _day(typed: str, errors: dict[str, str]) -> dt.date | None:
    try:
        return dates.read_day(typed[:40])
    except LantoaError as error:
        errors["ngay"] = sentence(error)
        return None
