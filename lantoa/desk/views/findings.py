"""Theo việc phải sửa: what inspections found, by thing to mend rather than by document; mended, looked at again, closed."""

import datetime as dt
import uuid as uuids
from collections.abc import Collection
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, QuerySet, When
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lantoa.desk import csvs, here, inspecting, telling
from lantoa.desk.doors import door, page, sentence
from lantoa.desk.forms import boxes
from lantoa.desk.forms.boxes import Box, Boxes
from lantoa.desk.forms.inspections import whole
from lantoa.desk.http import DeskRequest
from lantoa.desk.views.evidence import as_it_lies, sent_with
from lantoa.inspections import actions, mending
from lantoa.inspections import findings as queries
from lantoa.inspections import queries as inspection_queries
from lantoa.inspections.mending import Looked, Mended
from lantoa.inspections.models import Finding, Inspection
from lantoa.inspections.refusals import ChangedMeanwhileError
from lantoa.lib.dates import day_of, show_day
from lantoa.lib.errors import LantoaError
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.work import queries as work

A_PAGE, MOST_FOUND, MOST_RECORDS = 30, 500, 12
SORTS = {"han": "due_date", "-han": "-due_date", "viec": "recommendation", "-viec": "-recommendation"}  # fmt: skip
Standing = Finding.State
# What is mended and seen to be comes last, unless an order is asked for.
CLOSED_LAST = Case(When(state=Standing.CLOSED, then=1), default=0)


@require_safe
@door("inspections.read")
def findings(request: DeskRequest) -> HttpResponse:
    """Those of concluded inspections, as far as one may read them: what is still open first, by its day."""
    now, today, asked = clock.now(), day_of(clock.now()), request.GET
    words, unit = asked.get("tim", "")[:200], asked.get("don-vi", "")[:100].strip()
    state = asked.get("tinh", "")
    state = state if state in dict(inspecting.STANDINGS) else ""
    seen = queries.concluded(queries.findings_seen_by(request.person, now))
    units: Collection[int] | None = None
    if unit:
        units = [row.unit_id for row in orgs.find(unit, most=MOST_FOUND)]
    below = whole(asked.get("duoi", ""))
    if below:
        units = queries.owners_below(below, here.here(request, today).line, today)
    found = queries.narrowed(seen, words=words, state=state, units=units, today=today)
    sort = asked.get("xep", "")
    ways = [SORTS[sort]] if sort in SORTS else [CLOSED_LAST, "due_date"]
    found = found.order_by(*ways, "pk")
    if asked.get("tai") == "csv":
        return _exported(found, today)
    part = Paginator(found, A_PAGE).get_page(asked.get("trang"))
    context = {
        "part": part,
        "rows": inspecting.mends(list(part), today),
        "words": words,
        "unit_words": unit,
        "below": below,
        "below_name": orgs.name_near(below, today) if below else "",
        "states": [(v, str(n).capitalize(), v == state) for v, n in inspecting.STANDINGS],
        "sort": sort,
        "is_filtered": bool(words or unit or state or below),
    }
    return page(request, "desk/inspections/findings.html", context)


def _exported(found: QuerySet[Finding], today: dt.date) -> HttpResponse:
    head = [_("Việc phải sửa"), _("Điều phát hiện"), _("Đơn vị phải sửa"), _("Hạn"), _("Minh chứng"), _("Người kiểm lại"), _("Tình trạng")]  # fmt: skip
    rows = [
        (
            each.finding.recommendation, each.finding.what, each.owner, show_day(each.finding.due_date),
            each.shown, each.rechecker, each.tag.text,
        )
        for each in inspecting.mends(list(found), today)
    ]  # fmt: skip
    return csvs.csv_file("viec-phai-sua.csv", head, rows)


@require_safe
@door("inspections.read")
def finding(request: DeskRequest, pk: int) -> HttpResponse:
    """One thing to mend, and all that became of it."""
    return _one(request, _found(request, pk), {})


def _one(
    request: DeskRequest, found: Finding, more: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    today = day_of(clock.now())
    tries = list(found.fixes.all())
    last = tries[-1] if tries else None
    is_told = found.inspection.state == Inspection.State.CONCLUDED
    mended = is_told and found.state == Standing.FIXED
    may_close = mended and _may(request, "inspections.close", found.inspection.unit_id)
    mender = queries.must_mend([found], today)[found.pk]
    is_open = is_told and found.state == Standing.OPEN
    may_fix = is_open and _may(request, "inspections.fix", mender)
    is_closed = is_told and found.state == Standing.CLOSED
    may_reopen = is_closed and _may(request, "inspections.close", found.inspection.unit_id)
    context = {
        "finding": found,
        "tag": inspecting.finding_tag(found, today),
        "topic": inspecting.topic_name(found.inspection.topic),
        "inspector": orgs.name_near(found.inspection.unit_id, found.inspection.start_date),
        "unit_name": orgs.name_near(found.unit_id, found.inspection.start_date),
        "owner_name": orgs.name_near(found.owner_id, today),
        "item": inspecting.item_text(found.item) if found.item else "",
        "tries": tries,
        "last": last,
        "may_fix": may_fix,
        "may_close": may_close,
        "reopening": _reopening() if may_reopen else None,
        "is_own": may_close and bool(queries.mended_by(request.person, [found])),
        "may_drop": _may_drop(request, found),
        "mender_name": orgs.name_near(mender, today) if mender != found.owner_id else "",
        "may_open": inspection_queries.inspection_for(
            request.person, found.inspection_id, clock.now()
        ),
        "records": _records(mender) if may_fix else [],
    }
    return page(request, "desk/inspections/finding.html", context | more, status=status)


def _records(mender: int) -> list[tuple[int, str]]:
    """The newest records of the unit that must mend, to be chosen as what shows it."""
    unit = orgs.units_numbered([mender])[mender]
    held = work.records_of(unit)[:MOST_RECORDS]
    return [
        (each.pk, f"{show_day(each.date)} · {telling.kind_name(each.kind)} {each.title}".strip())
        for each in held
    ]


def _may_drop(request: DeskRequest, found: Finding) -> bool:
    is_open = found.inspection.state == Inspection.State.STARTED
    return is_open and bool(inspection_queries.teams_with(request.person, [found.inspection]))


@require_POST
@door("inspections.fix")
def fix(request: DeskRequest, pk: int) -> HttpResponse:
    """Say that it is mended, how, and what shows it."""
    found = _found(request, pk, at="inspections.fix")
    what, chosen = request.POST.get("da-lam", "")[:501], whole(request.POST.get("viec", ""))
    try:
        record = work.record_for(request.person, chosen, clock.now()) if chosen else None
        sent = sent_with(request.FILES.getlist("tep"), uuids.uuid4())
        mended = Mended(found, what, record, sent)
        mending.fix(mended=mended, by=request.person, at=clock.now())
    except rights.NotAllowedError:
        raise
    except LantoaError as error:
        box = {"what": "da-lam", "evidence": "tep"}.get(getattr(error, "where", ""), "da-lam")
        more = {"mistakes": [(box, sentence(error))], "what": what, "chosen": chosen}
        return _one(request, _found(request, pk), more, status=400)
    messages.success(request, _("Đã báo khắc phục. Một người khác sẽ kiểm lại."))
    return redirect("desk:finding", pk=pk)


@require_POST
@door("inspections.close")
def recheck(request: DeskRequest, pk: int) -> HttpResponse:
    """Somebody else looked again: mended, or not yet."""
    found = _found(request, pk, at="inspections.close")
    tries = list(found.fixes.all())
    is_mended, note = request.POST.get("viec") == "xong", request.POST.get("nhan-xet", "")[:501]
    try:
        if not tries or whole(request.POST.get("lan", "")) != tries[-1].pk:
            raise ChangedMeanwhileError
        looked = Looked(tries[-1], is_mended, note)
        mending.recheck(looked=looked, by=request.person, at=clock.now())
    except rights.NotAllowedError:
        raise
    except LantoaError as error:
        more = {"mistakes": [("nhan-xet", sentence(error))], "note": note}
        return _one(request, _found(request, pk), more, status=400)
    messages.success(request, _("Đã xác nhận khắc phục.") if is_mended else _("Đã mở lại. Đơn vị thấy lý do."))  # fmt: skip
    return redirect("desk:finding", pk=pk)


@require_POST
@door("inspections.close")
def reopen(request: DeskRequest, pk: int) -> HttpResponse:
    """What had been confirmed is not mended after all: opened again, with a reason and a new day."""
    found = _found(request, pk, at="inspections.close")
    form = _reopening(dict(request.POST.lists()))
    due = form.day("han")
    try:
        if due is not None:
            mending.reopen(
                finding=found, reason=form.text("ly-do"), due=due, by=request.person, at=clock.now()
            )
            messages.success(request, _("Đã mở lại. Đơn vị thấy lý do và hạn mới."))
            return redirect("desk:finding", pk=pk)
    except rights.NotAllowedError:
        raise
    except LantoaError as error:
        form.refuse(error, {"reason": "ly-do", "due": "han"}, "ly-do")
    more = {"mistakes": form.mistakes, "reopening": form}
    return _one(request, _found(request, pk), more, status=400)


def _reopening(typed: dict[str, list[str]] | None = None) -> Boxes:
    return boxes.of(
        [
            Box("ly-do", _("Vì sao mở lại"), "long", [], _("Đơn vị và người xác nhận đọc được."), most=500),
            Box("han", _("Hạn mới"), "day", most=40),
        ],
        typed,
    )  # fmt: skip


@require_POST
@door("inspections.inspect")
def drop(request: DeskRequest, pk: int) -> HttpResponse:
    """Strike it out, as long as nobody has been told of it."""
    found = _found(request, pk, at="inspections.inspect")
    inspection, unit = found.inspection_id, found.unit_id
    actions.drop(finding=found, by=request.person, at=clock.now())
    messages.success(request, _("Đã bỏ việc phải sửa này."))
    return redirect("desk:inspection-unit", pk=inspection, unit=unit)


@require_safe
@door("inspections.read")
def file(request: DeskRequest, number: uuids.UUID) -> HttpResponse:
    """A photo or a paper of a fix."""
    found = queries.file_for(request.person, number, clock.now())
    if found is None:
        raise Http404
    return as_it_lies(found.file, found.uuid, is_photo=found.is_photo)


def _found(request: DeskRequest, pk: int, at: str = "") -> Finding:
    """One that may not be seen, or where one may not do the act, answers like one that is not there."""
    found = queries.finding_for(request.person, pk, clock.now())
    if found is None:
        raise Http404
    where = found.inspection.unit_id
    if at == "inspections.fix":
        where = queries.must_mend([found], day_of(clock.now()))[found.pk]
    if at and not _may(request, at, where):
        raise Http404
    return found


def _may(request: DeskRequest, act: str, unit: int) -> bool:
    return rights.units_among(request.person, act, [unit], clock.now()).exists()
