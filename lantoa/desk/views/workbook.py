"""A report as an Excel workbook: given out filled from records, taken back, shown in full, sent when somebody agrees."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantoa.desk import sent
from lantoa.desk.asked import Asked, asked_for, known_of, unit_of
from lantoa.desk.doors import door, page, sentence
from lantoa.desk.forms import sheets as forms
from lantoa.desk.forms import workbook as books
from lantoa.desk.forms.sheets import Known
from lantoa.desk.forms.workbook import Kept
from lantoa.desk.http import DeskRequest
from lantoa.intake import given, held, workbooks
from lantoa.intake.refused import Refused
from lantoa.intake.uploads import Capped
from lantoa.intake.workbooks import Wrong
from lantoa.lib import text
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError, RefusedError
from lantoa.look import clock
from lantoa.submissions import actions, queries, refusals
from lantoa.submissions.refusals import ChangedMeanwhileError

DRAFT = "nhap"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_View = Callable[..., HttpResponseBase]


def capped(view: _View) -> _View:
    """The cap stands before the first byte of a file is read; the form's token is looked at behind it."""
    protected = csrf_protect(view)

    @csrf_exempt
    @functools.wraps(view)
    def opened(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        request.upload_handlers.insert(0, Capped(request))
        return protected(request, *args, **named)

    return opened


@require_safe
@door("submissions.send")
def blank(request: DeskRequest, code: str, period: str) -> HttpResponse:
    """The workbook of this unit for this sheet and period, filled from records."""
    asked, known = _known(request, code, period)
    due_line = sent.due_line(asked.sheet, known.unit.kind, asked.span)
    told = books.given_of(known, due_line)
    name = text.slug(f"{asked.sheet.code} {asked.span.code} {told.unit}")
    return HttpResponse(
        given.draw(told),
        content_type=KIND,
        headers={
            "Content-Disposition": f'attachment; filename="{name}.xlsx"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@capped
@door("submissions.send")
def take(request: DeskRequest, code: str, period: str) -> HttpResponse:
    """A workbook that was filled in: every bad cell, and what would be sent. Nothing is loaded here."""
    asked, known = _known(request, code, period)
    if request.method != "POST":
        return _choose(request, asked)
    try:
        content = _content(request)
        read = workbooks.read(content, about=books.about(known), measures=known.measures)
    except Refused as error:
        return _choose(request, asked, error)
    wrong = read.wrong + held.against_records(
        read,
        sheet=asked.sheet,
        span=asked.span,
        measures=known.measures,
        boxes=known.filled,
        today=day_of(clock.now()),
    )
    return _shown(request, asked, known, books.kept_of(known, read), wrong)


@require_POST
@door("submissions.send")
def agree(request: DeskRequest, code: str, period: str) -> HttpResponse:
    """What was shown is sent, or kept as a draft, by the actions of the page's form."""
    asked, known = _known(request, code, period)
    try:
        kept = books.unsigned(request.POST.get(books.KEPT, ""), known, request.person)
    except RefusedError as error:
        return _choose(request, asked, error)
    try:
        _act(request, asked, known, kept)
    except (RefusedError, ChangedMeanwhileError) as error:
        return _shown(request, asked, known, kept, [], error)
    return redirect("desk:sheet", code=code, period=period)


def _act(request: DeskRequest, asked: Asked, known: Known, kept: Kept) -> None:
    about: dict[str, Any] = {
        "sheet": asked.sheet,
        "unit": known.unit,
        "period": asked.span,
        "seen": books.about(known).version,
        "by": request.person,
        "at": clock.now(),
    }
    if request.POST.get("viec") == DRAFT:
        draft = books.draft_of(kept, request.POST)
        actions.save_draft(draft=draft, seen_draft=kept.seen_draft, **about)
        messages.success(request, _("Đã lưu nháp. Chưa gửi."))
    else:
        reason = request.POST.get(forms.WHY, "")
        actions.answer(typed=books.typed_of(kept, request.POST), reason=reason, **about)
        messages.success(request, _("Đã gửi cấp trên."))


def _known(request: DeskRequest, code: str, period: str) -> tuple[Asked, Known]:
    """
    Raises:
        RefusedError: this unit need not answer, or not yet.
    """
    asked, unit = asked_for(code, period), unit_of(request)
    must = queries.expected(asked.sheet, asked.span)
    refusals.wrong_unit(asked.sheet, unit, asked.span, must, clock.now())
    return asked, known_of(asked, unit)


def _content(request: DeskRequest) -> bytes:
    file = request.FILES.get("bang")
    if any(getattr(each, "is_too_large", False) for each in request.upload_handlers):
        raise Refused("too_large")
    if file is None:
        raise Refused("no_file")
    return bytes(file.read())


def _choose(request: DeskRequest, asked: Asked, error: LantoaError | None = None) -> HttpResponse:
    context = _named(asked) | {"refused": sentence(error) if error else ""}
    return page(request, "desk/workbook/choose.html", context, status=400 if error else 200)


def _shown(
    request: DeskRequest,
    asked: Asked,
    known: Known,
    kept: Kept,
    wrong: list[Wrong],
    error: LantoaError | None = None,
) -> HttpResponse:
    post = request.POST if error else None
    return page(
        request,
        "desk/workbook/shown.html",
        _named(asked)
        | {
            "wrong": [_told(each) for each in wrong],
            "refused": sentence(error) if error else "",
            "is_nil": kept.is_nil,
            "rows": books.rows(known, kept, [each.address for each in wrong]),
            "old": books.old_texts(kept, post),
            "has_empty": books.has_empty(kept),
            "is_empty_meant": bool(request.POST.get(forms.MEANT)),
            "adjusts": bool(known.submission and known.submission.approved_version is not None),
            "why": request.POST.get(forms.WHY, ""),
            "kept": "" if wrong else books.signed(kept, known, request.person),
        },
        status=400 if wrong or error else 200,
    )


def _told(wrong: Wrong) -> tuple[str, str, str]:
    """Where, what it says unless the sentence says it, and the sentence."""
    why = sentence(wrong.why)
    return wrong.address, "" if wrong.says in why else wrong.says, why


def _named(asked: Asked) -> dict[str, Any]:
    return {
        "title": forms.title(asked.span),
        "sheet_name": sent.name(asked.sheet),
        "code": asked.sheet.code,
        "period": asked.span.code,
    }
