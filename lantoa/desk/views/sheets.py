"""Báo cáo: the sheets that my unit must send, filled from records; what was sent, version by version; who has sent."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantoa.desk import here, sent, todo
from lantoa.desk.asked import Asked, asked_for, known_of, unit_of, unit_of_form
from lantoa.desk.doors import door, page
from lantoa.desk.forms import sheets as forms
from lantoa.desk.http import DeskRequest
from lantoa.ledger.models import Measure
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError, RefusedError
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.orgs.models import Unit
from lantoa.submissions import actions, agenda, queries, reminders
from lantoa.submissions.models import Submission
from lantoa.submissions.refusals import ChangedMeanwhileError

DRAFT, NIL = "nhap", "khong"


@require_safe
@door("submissions.send")
def sheets(request: DeskRequest) -> HttpResponse:
    """All that is asked of the unit: to be sent, under way, done."""
    unit = unit_of(request)
    rows = [todo.of_sheet(item, unit, clock.now()) for item in agenda.agenda(unit, clock.now())]
    return page(
        request,
        "desk/sheets/list.html",
        {
            "open": [row for row in rows if row.is_open and row.rank != todo.LATER],
            "later": [row for row in rows if row.is_open and row.rank == todo.LATER],
            "done": [row for row in reversed(rows) if not row.is_open],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door("submissions.send")
def sheet(request: DeskRequest, code: str, period: str) -> HttpResponse:
    """Fill it in and send it up; or look at what was sent."""
    asked = asked_for(code, period)
    if request.method == "POST":
        return _sent(request, asked, unit_of_form(request))
    known = known_of(asked, unit_of(request))
    is_opened = "sua" in request.GET or known.submission is None
    if not is_opened and known.submission and known.submission.state in {"sent", "approved"}:
        return redirect("desk:submission", pk=known.submission.pk)
    return _form(request, asked, known, forms.blank(known))


@require_safe
@door("desk.enter")
def submission(request: DeskRequest, pk: int) -> HttpResponse:
    """What was sent, the newest version first, with every decision about it."""
    found = queries.visible_to(request.person, clock.now()).filter(pk=pk, version__gt=0).first()
    if found is None:
        raise Http404
    asked = Asked(found.sheet, queries.span(found.sheet, found.period))
    versions = list(queries.versions_of(found))
    return page(
        request,
        "desk/sheets/submission.html",
        {
            "submission": found,
            "title": forms.title(asked.span),
            "sheet_name": sent.name(found.sheet),
            "unit_name": orgs.name_near(found.unit_id, asked.span.last_day),
            "state": sent.STATES[Submission.State(found.state)],
            "versions": [sent.told(each, found) for each in versions],
            "figures": sent.figures(asked.sheet, asked.span, [found.unit_id], found.unit_id),
            "timely": queries.timely(found),
            "timely_tag": sent.timely_tag(found),
            "due_line": sent.due_line(asked.sheet, found.unit.kind, asked.span),
            "is_mine": found.unit_id == unit_of(request).pk,
        },
    )


@require_safe
@door("desk.oversee")
def units(request: DeskRequest, code: str, period: str) -> HttpResponse:
    """Who has sent, in time or late, and how the official figure stands beside the records."""
    asked = asked_for(code, period)
    now = here.here(request, day_of(clock.now()))
    return page(
        request,
        "desk/sheets/units.html",
        {
            "title": forms.title(asked.span),
            "sheet_name": sent.name(asked.sheet),
            "remind": reverse("desk:remind", args=[code, period]),
            **sent.of_units(asked.sheet, asked.span, request.person, now.unit.pk, clock.now()),
        },
    )


@require_POST
@door("desk.oversee")
def remind(request: DeskRequest, code: str, period: str) -> HttpResponse:
    """Remind everyone below who must send and has not."""
    asked, at = asked_for(code, period), clock.now()
    below = rights.allowed(request.person, "desk.oversee", at)
    told = reminders.remind(
        sheet=asked.sheet,
        span=asked.span,
        units=set(below.values_list("pk", flat=True)),
        link=request.build_absolute_uri(reverse("desk:mine")),
        by=request.person,
        at=at,
    )
    words = ngettext("Đã nhắc %(n)s đơn vị.", "Đã nhắc %(n)s đơn vị.", len(told))
    none = _("Hôm nay đã nhắc rồi, hoặc không còn đơn vị nào chưa gửi.")
    messages.success(request, words % {"n": len(told)} if told else none)
    return redirect("desk:sheet-units", code=code, period=period)


def _sent(request: DeskRequest, asked: Asked, unit: Unit) -> HttpResponse:
    """On the evening of the cut-off everybody is here: what a form that comes back shows is read only when it does."""
    wrong: Sequence[LantoaError] = []
    choice = request.POST.get("viec", "")
    try:
        measures = queries.measures_of(asked.sheet)
        if choice == DRAFT:
            return _drafted(request, asked, unit, measures)
        typed, wrong = forms.understood(measures, request.POST, is_nil=choice == NIL)
        if not wrong:
            actions.answer(
                sheet=asked.sheet,
                unit=unit,
                period=asked.span,
                typed=typed,
                seen=forms.seen(request.POST),
                reason=request.POST.get(forms.WHY, ""),
                saved_at=forms.saved_at(request.POST),
                by=request.person,
                at=clock.now(),
            )
            messages.success(request, _("Đã gửi cấp trên."))
            return redirect("desk:sheet", code=asked.sheet.code, period=asked.span.code)
    except (RefusedError, ChangedMeanwhileError) as error:
        wrong = [error]
    # What another has just sent is read anew: the next press is about that.
    known = known_of(asked, unit)
    return _form(request, asked, known, forms.of(known, request.POST.dict(), wrong), 400)


def _drafted(
    request: DeskRequest, asked: Asked, unit: Unit, measures: Sequence[Measure]
) -> HttpResponse:
    actions.save_draft(
        sheet=asked.sheet,
        unit=unit,
        period=asked.span,
        draft=forms.typed_boxes(measures, request.POST),
        seen=forms.seen(request.POST),
        seen_draft=forms.seen_draft(request.POST),
        by=request.person,
        at=clock.now(),
    )
    messages.success(request, _("Đã lưu nháp. Chưa gửi."))
    return redirect("desk:sheet", code=asked.sheet.code, period=asked.span.code)


def _form(
    request: DeskRequest, asked: Asked, known: forms.Known, form: forms.Form, status: int = 200
) -> HttpResponse:
    now = clock.now()
    item = agenda.one(known.unit, asked.sheet, asked.span, known.submission)
    return page(
        request,
        "desk/sheets/form.html",
        {
            "form": form,
            "task": todo.of_sheet(item, known.unit, now) if item else None,
            "title": forms.title(asked.span),
            "code": asked.sheet.code,
            "unit": known.unit,
            "sheet_name": sent.name(asked.sheet),
            "due_line": sent.due_line(asked.sheet, known.unit.kind, asked.span),
            "span": asked.span,
            "is_over": asked.span.last_day < day_of(now),
        },
        status=status,
    )
