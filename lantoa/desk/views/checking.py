"""Kiểm tra tại một đơn vị: the checklist answered there, what was found there and must be mended."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantoa.desk import inspecting
from lantoa.desk.doors import door, page, sentence
from lantoa.desk.forms import inspections as forms
from lantoa.desk.http import DeskRequest
from lantoa.desk.views.inspections import found_for
from lantoa.inspections import actions, findings, queries
from lantoa.inspections.models import ChecklistAnswer, Inspection
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.orgs.models import Unit
from lantoa.plans.models import Task
from lantoa.plans.queries import plans

NOTE = 500
Result = ChecklistAnswer.Result


class Item(NamedTuple):
    """An item of the checklist with what was said of it here."""

    pk: int
    text: str
    result: str
    said: str
    note: str
    wrong: str


@require_safe
@door("inspections.read")
def at_unit(request: DeskRequest, pk: int, unit: int) -> HttpResponse:
    """What was seen and found at one unit."""
    found = found_for(request, pk)
    return _at_unit(request, found, _subject(found, unit), {})


def _at_unit(
    request: DeskRequest, found: Inspection, unit: Unit, wrong: dict[str, str]
) -> HttpResponse:
    today = day_of(clock.now())
    here = findings.narrowed(findings.findings_of(found).filter(unit=unit), today=today)
    is_there = bool(queries.teams_with(request.person, [found]))
    context: dict[str, Any] = {
        "inspection": found,
        "tag": inspecting.tag_of(found),
        "unit": unit,
        "unit_name": orgs.name_near(unit.pk, found.start_date),
        "items": _items(request, found, unit, wrong),
        "results": Result.choices,
        "findings": inspecting.mends(list(here.select_related("owner", "inspection")), today),
        "may_write": is_there and found.state == Inspection.State.STARTED,
        "mistakes": list(wrong.items()),
    }
    status = 400 if wrong else 200
    return page(request, "desk/inspections/unit.html", context, status=status)


def _items(
    request: DeskRequest, found: Inspection, unit: Unit, wrong: dict[str, str]
) -> list[Item]:
    """With what was typed, where it was sent back; else as answered so far."""
    answers, sent = queries.answers_at(found, unit), request.POST
    rows = []
    for each in queries.items_of(found):
        told = answers.get(each.pk)
        result, note = (told.result, told.note) if told else ("", "")
        if wrong:
            result, note = sent.get(f"muc-{each.pk}", ""), sent.get(f"ghi-chu-{each.pk}", "")
        said = str(Result(result).label) if result in Result.values else ""
        problem = wrong.get(f"muc-{each.pk}") or wrong.get(f"ghi-chu-{each.pk}") or ""
        rows.append(Item(each.pk, inspecting.item_text(each), result, said, note, problem))
    return rows


@require_POST
@door("inspections.inspect")
def answer(request: DeskRequest, pk: int, unit: int) -> HttpResponse:
    found = found_for(request, pk, act="inspections.inspect")
    subject, sent = _subject(found, unit), request.POST
    answers = {
        each.pk: (sent[f"muc-{each.pk}"], sent.get(f"ghi-chu-{each.pk}", "")[: NOTE + 1])
        for each in queries.items_of(found)
        if sent.get(f"muc-{each.pk}")
    }
    try:
        actions.answer(
            inspection=found, unit=subject, answers=answers, by=request.person, at=clock.now()
        )
    except rights.NotAllowedError:
        raise
    except LantoaError as error:
        where = getattr(error, "where", "") or "bang-kiem"
        return _at_unit(request, found, subject, {where: sentence(error)})
    messages.success(request, _("Đã lưu bảng kiểm."))
    return redirect("desk:inspection-unit", pk=pk, unit=unit)


@require_http_methods(["GET", "HEAD", "POST"])
@door("inspections.inspect")
def find(request: DeskRequest, pk: int, unit: int) -> HttpResponse:
    """Something found at a unit: what must be mended, by whom, until when."""
    inspection = found_for(request, pk, act="inspections.inspect")
    subject, items = _subject(inspection, unit), queries.items_of(inspection)
    owners, tasks = _owners(inspection, subject), _tasks(subject)
    first = {"sua": [str(unit)], "muc": [request.GET.get("muc", "")]}
    typed = dict(request.POST.lists()) if request.method == "POST" else first
    form = forms.finding_form(
        items, [(key, name) for key, (_u, name) in owners.items()], tasks, typed
    )
    if request.method == "POST":
        units = {key: owner for key, (owner, _name) in owners.items()}
        told = forms.found(form, subject, units, items, tasks)
        try:
            if told is not None:
                actions.find(inspection=inspection, found=told, by=request.person, at=clock.now())
                messages.success(request, _("Đã ghi việc phải sửa."))
                return redirect("desk:inspection-unit", pk=pk, unit=unit)
        except rights.NotAllowedError:
            raise
        except LantoaError as error:
            form.refuse(error, forms.FOUND_BOX_OF, "thay")
    name = orgs.name_near(unit, inspection.start_date)
    context = {
        "form": form,
        "heading": _("Việc phải sửa ở %(unit)s") % {"unit": name},
        "note": _("Đơn vị chỉ đọc được sau khi cuộc kiểm tra kết luận."),
        "action": _("Ghi việc phải sửa"),
        "back": reverse("desk:inspection-unit", args=[pk, unit]),
        "back_name": name,
    }
    return page(request, "desk/boxes.html", context, status=400 if form.wrong else 200)


def _tasks(unit: Unit) -> list[Task]:
    """What the unit has promised and is at: what is found may be about one of them."""
    return [each for each in plans.open_tasks(unit, day_of(clock.now())) if each.said_in]


def _owners(inspection: Inspection, unit: Unit) -> dict[str, tuple[Unit, str]]:
    """The unit itself, and those right below it: who may have to mend what was found there."""
    day = inspection.started_date or inspection.start_date
    rows = queries.candidates(unit, inspection.line, day)
    units = orgs.units_numbered([row.unit_id for row in rows])
    own = {str(unit.pk): (unit, orgs.name_near(unit.pk, day))}
    return own | {str(row.unit_id): (units[row.unit_id], row.name) for row in rows}


def _subject(inspection: Inspection, unit: int) -> Unit:
    found = next((each for each in inspection.subjects.all() if each.pk == unit), None)
    if found is None:
        raise Http404
    return found
