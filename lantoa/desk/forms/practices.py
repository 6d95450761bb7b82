"""What is typed about a practice: read into a draft, with all that is wrong at once, each at its box."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lantoa.desk.doors import sentence
from lantoa.desk.forms import boxes
from lantoa.desk.forms.boxes import Box, Boxes
from lantoa.lib import numbers
from lantoa.lib.dates import show_day
from lantoa.lib.errors import LantoaError
from lantoa.orgs.models import Person, Post, Unit
from lantoa.plans.models import Movement, Objective, Task
from lantoa.plans.queries import movements, plans, programmes
from lantoa.practices import refusals
from lantoa.practices.models import Practice
from lantoa.practices.refusals import Draft

# The boxes, by the name that a refusal gives them.
BOX_OF = {
    "title": "ten", "summary": "tom-tat", "steps": "cach-lam", "kind": "loai", "field": "linh-vuc", "holder": "cua",
    "cost": "chi-phi", "needs": "can-ai", "contact": "hoi-ai", "start": "tu-ngay", "task": "nhiem-vu", "reason": "ly-do",
}  # fmt: skip


@dataclass(frozen=True)
class Offered:
    """What a practice of a unit may be said to serve."""

    tasks: Sequence[Task]
    movements: Sequence[Movement]
    objectives: Sequence[Objective]


def offered(
    unit: Unit, by: Person, at: dt.datetime, today: dt.date, *, chosen: Practice | None = None
) -> Offered:
    seen = movements.search(movements.seen_by(by, at), running=today).order_by("folded")
    return Offered(plans.open_tasks(unit, today), list(seen), _objectives(by, at, today, chosen))


def _objectives(
    by: Person, at: dt.datetime, today: dt.date, chosen: Practice | None
) -> list[Objective]:
    """Those of the terms that run, and those that one to be amended serves already."""
    has = set(chosen.objectives.all()) if chosen else set()
    return [
        each
        for each in programmes.objectives(by, at)
        if each in has or each.term.runs(today, today)
    ]


def form(
    offers: Offered, typed: Mapping[str, Sequence[str]], *, today: dt.date, is_amended: bool = False
) -> Boxes:
    """The boxes of a practice; of one that is amended no day, but a reason."""
    last = (
        Box("ly-do", _("Vì sao sửa"), hint=_("Bản trước vẫn còn đọc được, kèm lý do này."))
        if is_amended
        else Box("tu-ngay", _("Làm từ ngày"), "day")
    )
    return boxes.of(
        [
            Box("ten", _("Tên mô hình"), most=refusals.TITLE_LENGTH),
            Box("tom-tat", _("Làm gì, cho ai, được gì: một hai câu"), "long", most=refusals.SUMMARY_LENGTH),
            Box("cach-lam", _("Cách làm, mỗi bước một dòng"), "long", most=4000),
            Box("loai", _("Loại"), "choice", _choices(Practice.Kind.choices)),
            Box("linh-vuc", _("Lĩnh vực"), "choice", _choices(Practice.Field.choices)),
            Box("cua", _("Của"), "choice", _choices(Practice.Holder.choices)),
            Box("chi-phi", _("Chi phí ban đầu (đồng)"), most=20, is_needed=False, hint=_("Không tốn tiền thì ghi 0; chưa tính thì bỏ trống.")),
            Box("can-ai", _("Cần ai"), is_needed=False),
            Box("hoi-ai", _("Nơi khác hỏi chức vụ nào của đơn vị"), "choice", _choices(Post.Role.choices)),
            Box("nhiem-vu", _("Thuộc nhiệm vụ"), "choice", [(str(each.pk), each.content) for each in offers.tasks], is_needed=False),
            Box("phong-trao", _("Thuộc phong trào"), "choice", [(str(each.pk), each.name) for each in offers.movements], is_needed=False),
            Box("muc-tieu", _("Góp vào mục tiêu nhiệm kỳ nào"), "many", [(str(each.pk), f"{each.title} ({each.get_kind_display()})") for each in offers.objectives], is_needed=False),
            last,
        ],
        typed or {"tu-ngay": [show_day(today)], "loai": ["mo-hinh"], "cua": ["tap-the"]},
    )  # fmt: skip


def as_it_stands(practice: Practice) -> Mapping[str, Sequence[str]]:
    """What stands in the boxes of one that is to be amended."""
    told = {
        "ten": practice.title, "tom-tat": practice.summary, "cach-lam": "\n".join(practice.steps), "loai": practice.kind,
        "linh-vuc": practice.field, "cua": practice.holder, "can-ai": practice.needs, "hoi-ai": practice.contact_role,
        "chi-phi": "" if practice.cost is None else numbers.show(practice.cost),
        "nhiem-vu": str(practice.task_id or ""), "phong-trao": str(practice.movement_id or ""),
    }  # fmt: skip
    objectives = [str(pk) for pk in practice.objectives.values_list("pk", flat=True)]
    return {name: [said] for name, said in told.items()} | {"muc-tieu": objectives}


def read(form: Boxes, unit: Unit, offers: Offered) -> Draft:
    """The practice as typed. What is wrong in it stands in the form, all at once."""
    task, movement = form.choice("nhiem-vu"), form.choice("phong-trao")
    draft = Draft(
        kind=form.choice("loai"),
        field=form.choice("linh-vuc"),
        title=form.text("ten"),
        summary=form.text("tom-tat"),
        steps=_steps(form.text("cach-lam")),
        contact_unit=unit,
        contact_role=form.choice("hoi-ai"),
        holder=form.choice("cua"),
        cost=_amount(form, "chi-phi"),
        needs=form.text("can-ai"),
        task=next((each for each in offers.tasks if str(each.pk) == task), None),
        movement=next((each for each in offers.movements if str(each.pk) == movement), None),
        objectives=[
            each for each in offers.objectives if str(each.pk) in set(form.many("muc-tieu"))
        ],
    )
    for wrong in refusals.wrong_draft(draft, unit):
        form.wrong.setdefault(BOX_OF.get(wrong.where, "ten"), sentence(wrong))
    return draft


def _steps(typed: str) -> list[str]:
    """A step a line, whatever people put before it."""
    lines = (line.strip().lstrip("0123456789.)-•– ") for line in typed.splitlines())
    return [line for line in lines if line]


def _amount(form: Boxes, name: str) -> int | None:
    typed = form.text(name)
    try:
        return numbers.read(typed) if typed else None
    except LantoaError as error:
        form.wrong[name] = sentence(error)
        return None


def _choices(choices: Sequence[tuple[str, object]]) -> list[tuple[str, str]]:
    return [(str(value), str(words).capitalize()) for value, words in choices]
