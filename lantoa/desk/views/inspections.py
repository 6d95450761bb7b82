"""Kiểm tra, giám sát: the year's inspections, one of them, setting one down and changing it, its steps, its papers."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantoa.desk import csvs, here, inspecting
from lantoa.desk.doors import door, page, sentence
from lantoa.desk.forms import boxes
from lantoa.desk.forms import inspections as forms
from lantoa.desk.forms.boxes import Box, Boxes
from lantoa.desk.forms.inspections import whole
from lantoa.desk.here import Here
from lantoa.desk.http import DeskRequest, year_asked
from lantoa.desk.views.awards import DOCX, NOTICE
from lantoa.inspections import actions, queries
from lantoa.inspections import findings as finding_queries
from lantoa.inspections.models import Finding, Inspection, InspectionPlan
from lantoa.lib import dates
from lantoa.lib.dates import day_of, show_day
from lantoa.lib.errors import LantoaError
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.reports import inspected, word

A_PAGE, MOST_FOUND = 30, 500
SORTS = {
    "ngay": "start_date", "-ngay": "-start_date", "ten": "title", "-ten": "-title", "so": "finding_count",
    "-so": "-finding_count",
}  # fmt: skip
State = Inspection.State


@require_safe
@door("inspections.read")
def inspections(request: DeskRequest) -> HttpResponse:
    """The plan of a year and its inspections; searched, filtered and sorted by what stands in the address."""
    now, today, asked = clock.now(), day_of(clock.now()), request.GET
    place = here.here(request, today)
    seen = queries.visible_to(request.person, now)
    year = year_asked(request, 0)
    found, is_filtered = _narrowed(request, seen, year)
    sort = asked.get("xep", "-ngay")
    found = found.order_by(SORTS.get(sort, "-start_date"), "pk")
    if asked.get("tai") == "csv":
        return _exported(found, today)
    part = Paginator(found, A_PAGE).get_page(asked.get("trang"))
    plan_year = year or today.year
    plan = queries.plan_of(place.unit, plan_year)
    mends = finding_queries.concluded(finding_queries.findings_seen_by(request.person, now))
    context = {
        "part": part,
        "rows": inspecting.rows(list(part), today),
        "words": asked.get("tim", "")[:200],
        "unit_words": asked.get("don-vi", "")[:100],
        "years": _years(seen, year),
        "states": _chosen(State.choices, asked.get("tinh", "")),
        "kinds": _chosen(Inspection.Kind.choices, asked.get("loai", "")),
        "topics": _topics(asked.get("chuyen-de", "")),
        "sort": sort,
        "is_filtered": is_filtered,
        "plan": plan,
        "plan_year": plan_year,
        "progress": queries.progress(place.unit, plan_year) if plan else None,
        "overdue": finding_queries.overdue(mends, today).count(),
        "may_plan": _may(request, "inspections.plan", place.unit.pk),
    }
    return page(request, "desk/inspections/list.html", context)


def _narrowed(
    request: DeskRequest, seen: QuerySet[Inspection], year: int
) -> tuple[QuerySet[Inspection], bool]:
    asked = request.GET
    words, kind, state = asked.get("tim", "")[:200], asked.get("loai", ""), asked.get("tinh", "")
    unit, topic = asked.get("don-vi", "")[:100].strip(), asked.get("chuyen-de", "")[:50]
    plan = whole(asked.get("ke-hoach", ""))
    found = queries.listed(
        seen,
        words=words,
        kind=kind if kind in Inspection.Kind.values else "",
        state=state if state in State.values else "",
        year=year or None,
        topic=topic,
        units=[row.unit_id for row in orgs.find(unit, most=MOST_FOUND)] if unit else None,
        plan=plan or None,
    )
    return found, bool(words or kind or state or unit or topic or year or plan)


def _years(seen: QuerySet[Inspection], year: int) -> list[tuple[int, bool]]:
    return [(each, each == year) for each in queries.years(seen)]


def _chosen(choices: list[tuple[str, Any]], said: str) -> list[tuple[str, str, bool]]:
    return [(value, str(label).capitalize(), value == said) for value, label in choices]


def _topics(said: str) -> list[tuple[str, str, bool]]:
    return [
        (each.code, inspecting.topic_name(each), each.code == said) for each in queries.topics()
    ]


def _exported(found: QuerySet[Inspection], today: dt.date) -> HttpResponse:
    head = [_("Tên đợt"), _("Loại"), _("Chuyên đề"), _("Đơn vị kiểm tra"), _("Từ ngày"), _("Đến hết ngày"), _("Tình trạng"), _("Đơn vị được kiểm tra"), _("Việc phải sửa")]  # fmt: skip
    rows = [
        (
            each.inspection.title, str(each.inspection.get_kind_display()), each.topic, each.unit,
            show_day(each.inspection.start_date), show_day(each.inspection.end_date), each.tag.text,
            getattr(each.inspection, "subject_count", 0), getattr(each.inspection, "finding_count", 0),
        )
        for each in inspecting.rows(list(found), today)
    ]  # fmt: skip
    return csvs.csv_file("kiem-tra.csv", head, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@door("inspections.plan")
def plan_year(request: DeskRequest) -> HttpResponse:
    """What my unit's inspections of a year are for."""
    now = clock.now()
    unit = here.here(request, day_of(now)).unit
    year = year_asked(request, day_of(now).year)
    told = queries.plan_of(unit, year)
    typed = dict(request.POST.lists()) if request.method == "POST" else _goal(told)
    form = boxes.of([Box("muc-dich", _("Mục đích, yêu cầu"), "long", most=4000)], typed)
    if request.method == "POST":
        try:
            goal = form.text("muc-dich")
            actions.plan_year(unit=unit, year=year, goal=goal, by=request.person, at=now)
            messages.success(request, _("Đã lưu kế hoạch kiểm tra."))
            return redirect(f"{reverse('desk:inspections')}?nam={year}")
        except rights.NotAllowedError:
            raise
        except LantoaError as error:
            form.refuse(error, {}, "muc-dich")
    context = {
        "form": form,
        "heading": _("Kế hoạch kiểm tra, giám sát năm %(n)s") % {"n": year},
        "action": _("Lưu kế hoạch"),
        "back": reverse("desk:inspections"),
        "back_name": _("Kiểm tra, giám sát"),
    }
    return page(request, "desk/boxes.html", context, status=400 if form.wrong else 200)


def _goal(plan: InspectionPlan | None) -> forms.Typed | None:
    return {"muc-dich": [plan.goal]} if plan else None


@require_safe
@door("inspections.read")
def inspection(request: DeskRequest, pk: int) -> HttpResponse:
    """One inspection: who looks at whom, how far the checklist has got, what must be mended."""
    return one(request, found_for(request, pk), {})


def one(
    request: DeskRequest, found: Inspection, more: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    today = day_of(clock.now())
    findings = list(_findings(found))
    may_plan = _may(request, "inspections.plan", found.unit_id)
    is_there = bool(queries.teams_with(request.person, [found]))
    context = {
        "inspection": found,
        "tag": inspecting.tag_of(found),
        "topic": inspecting.topic_name(found.topic),
        "unit_name": orgs.name_near(found.unit_id, found.start_date),
        "seen": inspecting.seen(found, findings, today),
        "findings": inspecting.mends(findings, today),
        "today": show_day(today),
        "may_change": may_plan and found.state == State.PLANNED,
        "may_start": is_there and found.state == State.PLANNED and found.start_date <= today,
        "may_write": is_there and found.state == State.STARTED,
        "may_withdraw": may_plan and found.state != State.WITHDRAWN,
        "may_inspect": _may(request, "inspections.inspect", found.unit_id),
    }
    return page(request, "desk/inspections/one.html", context | more, status=status)


def _findings(found: Inspection) -> QuerySet[Finding]:
    narrowed = finding_queries.narrowed(finding_queries.findings_of(found), today=found.start_date)
    return narrowed.select_related("item", "owner", "inspection").order_by("due_date", "pk")


@require_http_methods(["GET", "HEAD", "POST"])
@door("inspections.plan")
def new(request: DeskRequest) -> HttpResponse:
    """Set an inspection down, at the unit where one works."""
    now = clock.now()
    place = here.here(request, day_of(now))
    return _edited(request, place, None)


@require_http_methods(["GET", "HEAD", "POST"])
@door("inspections.plan")
def change(request: DeskRequest, pk: int) -> HttpResponse:
    """Set it down otherwise, as long as it has not begun."""
    found = found_for(request, pk, act="inspections.plan")
    place = here.here(request, day_of(clock.now()))
    return _edited(request, place, found)


def _edited(request: DeskRequest, place: Here, found: Inspection | None) -> HttpResponse:
    is_sent = request.method == "POST"
    typed: forms.Typed | None = dict(request.POST.lists()) if is_sent else None
    if found is not None and not is_sent:
        typed = forms.typed_of(found)
    offered = _offered(request, place, found, typed or {})
    form = forms.inspection_form(offered, typed)
    if is_sent and request.POST.get("viec") != "tim":
        kept = _kept(request, form, offered, found)
        if kept is not None:
            return redirect("desk:inspection", pk=kept.pk)
    context = {
        "form": form,
        "heading": _("Sửa cuộc kiểm tra, giám sát") if found else _("Lập cuộc kiểm tra, giám sát"),
        "unit_words": request.POST.get("tim-don-vi", "")[:100],
        "back": reverse("desk:inspection", args=[found.pk]) if found else reverse("desk:inspections"),
        "back_name": _("Kiểm tra, giám sát"),
    }  # fmt: skip
    return page(request, "desk/inspections/edit.html", context, status=400 if form.wrong else 200)


def _offered(
    request: DeskRequest, place: Here, found: Inspection | None, typed: forms.Typed
) -> forms.Offered:
    """As the structure stands on the day on which it begins."""
    day = _day(next(iter(typed.get("tu", ())), ""))
    kept = [whole(each) for each in typed.get("don-vi", ())]
    unit, line = (found.unit, found.line) if found else (place.unit, place.line)
    return forms.offered_for(unit, line, day, request.POST.get("tim-don-vi", "")[:100], kept)


def _day(typed: str) -> dt.date:
    try:
        return dates.read_day(typed[:40])
    except LantoaError:
        return day_of(clock.now())


def _kept(
    request: DeskRequest, form: Boxes, offered: forms.Offered, found: Inspection | None
) -> Inspection | None:
    """What was written down; None, and the form says why, where it was refused."""
    told = forms.draft(form, offered)
    if told is None:
        return None
    by, at = request.person, clock.now()
    try:
        if found is None:
            found = actions.plan(draft=told, by=by, at=at)
        else:
            actions.change(inspection=found, draft=told, by=by, at=at)
    except rights.NotAllowedError:
        raise
    except LantoaError as error:
        form.refuse(error, forms.BOX_OF, "ten")
        return None
    messages.success(request, _("Đã lưu. Đoàn thấy cuộc này trong “Việc của tôi”."))
    return found


@require_POST
@door("inspections.inspect")
def step(request: DeskRequest, pk: int) -> HttpResponse:
    """Begin, conclude or withdraw."""
    found = found_for(request, pk, act="inspections.inspect")
    what, by, at = request.POST.get("viec", ""), request.person, clock.now()
    said = request.POST.get("loi", "")[:4001]
    try:
        if what == "rut":
            actions.withdraw(inspection=found, reason=said, by=by, at=at)
            messages.success(request, _("Đã rút. Lý do được giữ lại."))
            return redirect("desk:inspection", pk=pk)
        date = dates.read_day(request.POST.get("ngay", "")[:40])
        if what == "ket-luan":
            actions.conclude(inspection=found, date=date, text=said, by=by, at=at)
            messages.success(request, _("Đã kết luận. Các đơn vị được kiểm tra đọc được từ bây giờ."))  # fmt: skip
        else:
            actions.start(inspection=found, date=date, by=by, at=at)
            messages.success(request, _("Đã bắt đầu. Chọn một đơn vị để ghi bảng kiểm."))
    except rights.NotAllowedError:
        raise
    except LantoaError as error:
        more = {"wrong": sentence(error), "wrong_at": what, "said": said}
        return one(request, found_for(request, pk), more, status=400)
    return redirect("desk:inspection", pk=pk)


@require_safe
@door("inspections.read")
def paper(request: DeskRequest, pk: int) -> HttpResponse:
    """Biên bản kiểm tra, as Word."""
    found = found_for(request, pk)
    if found.state != State.CONCLUDED:
        raise Http404
    drawn = inspected.record_paper(found, notice=NOTICE if settings.IS_DEMO else "")
    answer = HttpResponse(word.render(drawn), content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="bien-ban-{pk}.docx"'
    return answer


@require_safe
@door("inspections.inspect")
def sheet(request: DeskRequest, pk: int) -> HttpResponse:
    """The checklist to take along on paper: a page a unit."""
    found = found_for(request, pk, act="inspections.inspect")
    items = [(each.pk, inspecting.item_text(each)) for each in queries.items_of(found)]
    context = {
        "inspection": found,
        "topic": inspecting.topic_name(found.topic),
        "unit_name": orgs.name_near(found.unit_id, found.start_date),
        "seen": inspecting.seen(found, [], day_of(clock.now())),
        "items": items,
    }
    return page(request, "desk/inspections/sheet.html", context)


def found_for(request: DeskRequest, pk: int, *, act: str = "inspections.read") -> Inspection:
    """One that may not be seen, or where one may not do the act, answers like one that is not there."""
    found = queries.inspection_for(request.person, pk, clock.now())
    if found is None or (act != "inspections.read" and not _may(request, act, found.unit_id)):
        raise Http404
    return found


def _may(request: DeskRequest, act: str, unit: int) -> bool:
    return rights.units_among(request.person, act, [unit], clock.now()).exists()
