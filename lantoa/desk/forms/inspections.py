"""What is typed about inspections: who looks at whom, what was found, what was drawn. Read into drafts, mistakes beside their boxes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lantoa.desk.forms import boxes
from lantoa.desk.forms.boxes import Box, Boxes
from lantoa.desk.inspecting import item_text, topic_name
from lantoa.inspections import queries
from lantoa.inspections.actions import Found
from lantoa.inspections.models import ChecklistItem, Inspection, InspectionPlan, Topic
from lantoa.inspections.refusals import Draft
from lantoa.lib import dates
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Line, Person, Post, Unit
from lantoa.plans.models import Task

Typed = Mapping[str, Sequence[str]]
# The boxes, by the name that a refusal gives them.
BOX_OF = {
    "title": "ten", "kind": "loai", "topic": "chuyen-de", "start": "tu", "end": "den", "subjects": "don-vi",
    "team": "doan", "state": "ten",
}  # fmt: skip
FOUND_BOX_OF = {
    "what": "thay", "recommendation": "viec", "due": "han", "unit": "sua", "team": "thay", "state": "thay",
}  # fmt: skip
TITLE, SENTENCE = 200, 300


@dataclass(frozen=True)
class Offered:
    """What can be chosen for an inspection: for a unit, in a line, from a day on."""

    unit: Unit
    line: Line
    topics: Sequence[Topic]
    plans: Sequence[InspectionPlan]
    subjects: Mapping[int, tuple[Unit, str]]
    team: Mapping[int, Person]


def inspection_form(offered: Offered, typed: Typed | None) -> Boxes:
    kinds = [(str(value), str(label).capitalize()) for value, label in Inspection.Kind.choices]
    topics = [(each.code, topic_name(each)) for each in offered.topics]
    plans = [(str(each.pk), _("Kế hoạch năm %(n)s") % {"n": each.year}) for each in offered.plans]
    subjects = [(str(pk), name) for pk, (_unit, name) in offered.subjects.items()]
    team = [(str(pk), person.name) for pk, person in offered.team.items()]
    ahead = _("Người giữ chức vụ ở đơn vị được kiểm tra thì không vào đoàn.")
    return boxes.of(
        [
            Box("ten", _("Tên đợt"), most=TITLE),
            Box("loai", _("Loại"), "choice", kinds),
            Box("chuyen-de", _("Chuyên đề"), "choice", topics, _("Chuyên đề quyết định bảng kiểm.")),
            Box("tu", _("Từ ngày"), "day", most=40),
            Box("den", _("Đến hết ngày"), "day", most=40),
            *([Box("ke-hoach", _("Thuộc kế hoạch"), "choice", plans, _("Đợt đột xuất thì để trống."), is_needed=False)] if plans else []),
            Box("doan", _("Đoàn"), "many", team, ahead),
            Box("don-vi", _("Đơn vị được kiểm tra"), "many", subjects),
        ],
        typed,
    )  # fmt: skip


def typed_of(found: Inspection) -> Typed:
    """An inspection as its form holds it."""
    return {
        "ten": [found.title],
        "loai": [found.kind],
        "chuyen-de": [found.topic.code],
        "tu": [dates.show_day(found.start_date)],
        "den": [dates.show_day(found.end_date)],
        "ke-hoach": [str(found.plan_id or "")],
        "doan": [str(each.pk) for each in found.team.all()],
        "don-vi": [str(each.pk) for each in found.subjects.all()],
    }


def draft(form: Boxes, offered: Offered) -> Draft | None:
    """None where a box is wrong: the form says which."""
    kind, topic = form.choice("loai"), form.choice("chuyen-de")
    start, end = form.day("tu"), form.day("den")
    if form.wrong or start is None or end is None:
        return None
    of_year = form.text("ke-hoach")
    return Draft(
        kind=Inspection.Kind(kind),
        unit=offered.unit,
        line=offered.line,
        topic=next(each for each in offered.topics if each.code == topic),
        title=form.text("ten"),
        start=start,
        end=end,
        subjects=[offered.subjects[pk][0] for pk in _numbers(form, "don-vi") if pk in offered.subjects],
        team=[offered.team[pk] for pk in _numbers(form, "doan") if pk in offered.team],
        plan=next((each for each in offered.plans if str(each.pk) == of_year), None),
    )  # fmt: skip


def _numbers(form: Boxes, name: str) -> list[int]:
    return [whole(each) for each in form.many(name)]


def whole(typed: str) -> int:
    """A number as a form sends it; 0 for anything else."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def finding_form(
    items: Sequence[ChecklistItem],
    owners: Sequence[tuple[str, str]],
    tasks: Sequence[Task],
    typed: Typed | None,
) -> Boxes:
    told = [(str(each.pk), each.content) for each in tasks]
    asked = [(str(each.pk), item_text(each)) for each in items]
    roles = [(str(value), str(label).capitalize()) for value, label in Post.Role.choices]
    return boxes.of(
        [
            Box("thay", _("Điều phát hiện"), "long", most=SENTENCE),
            Box("viec", _("Việc phải sửa"), "long", [], _("Viết như giao việc: ai đọc cũng biết phải làm gì."), SENTENCE),
            Box("han", _("Hạn"), "day", most=40),
            Box("sua", _("Đơn vị phải sửa"), "choice", owners),
            Box("chuc", _("Chức vụ chịu trách nhiệm"), "choice", roles, is_needed=False),
            Box("muc", _("Thuộc mục kiểm tra"), "choice", asked, is_needed=False),
            Box("nhiem-vu", _("Về nhiệm vụ nào của đơn vị"), "choice", told, _("Sửa xong, có người khác xác nhận, thì là minh chứng cho nhiệm vụ ấy."), is_needed=False),
        ],
        typed,
    )  # fmt: skip


def found(
    form: Boxes,
    unit: Unit,
    owners: Mapping[str, Unit],
    items: Sequence[ChecklistItem],
    tasks: Sequence[Task],
) -> Found | None:
    due: dt.date | None = form.day("han")
    owner, role, item = form.choice("sua"), form.choice("chuc"), form.choice("muc")
    task = form.choice("nhiem-vu")
    if form.wrong or due is None:
        return None
    return Found(
        unit=unit,
        what=form.text("thay"),
        recommendation=form.text("viec"),
        due=due,
        owner=owners[owner],
        owner_role=role,
        item=next((each for each in items if str(each.pk) == item), None),
        task=next((each for each in tasks if str(each.pk) == task), None),
    )


def offered_for(unit: Unit, line: Line, day: dt.date, words: str, kept: Sequence[int]) -> Offered:
    """What a unit may choose from on a day: those right below; those below that are so named; those chosen before."""
    rows = queries.candidates(unit, line, day)
    if words:
        rows = [*queries.candidates(unit, line, day, words), *rows]
    rows += queries.candidates_among(unit, line, day, kept)
    units = orgs.units_numbered({row.unit_id for row in rows})
    return Offered(
        unit=unit,
        line=line,
        topics=list(queries.topics()),
        plans=queries.plans_of(unit, (day.year - 1, day.year, day.year + 1)),
        subjects={row.unit_id: (units[row.unit_id], row.name) for row in rows},
        team={each.pk: each for each in queries.inspectors_for(unit, day)},
    )
