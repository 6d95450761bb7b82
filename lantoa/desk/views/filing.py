"""Vào sổ văn bản: file a directive, correct what the register says of it, add its document, take it back."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lantoa.desk import here
from lantoa.desk.doors import door, page, sentence
from lantoa.desk.forms import boxes
from lantoa.desk.forms import directives as forms
from lantoa.desk.forms.boxes import Box, Boxes
from lantoa.desk.http import DeskRequest
from lantoa.desk.views.directives import found_for, may_file_at
from lantoa.desk.views.plans import whole
from lantoa.keeping import papers
from lantoa.lib import secrecy
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError
from lantoa.look import clock
from lantoa.orgs import rights
from lantoa.plans import said
from lantoa.plans.actions import directives as actions
from lantoa.plans.models import Directive
from lantoa.plans.queries import directives as queries
from lantoa.plans.queries import movements
from lantoa.plans.refusals import ChangedMeanwhileError, RefusedError


@require_http_methods(["GET", "HEAD", "POST"])
@door("plans.file")
def new(request: DeskRequest) -> HttpResponse:
    """File a directive at the unit where one works, with its document if it is at hand."""
    now = clock.now()
    unit = here.here(request, day_of(now)).unit
    lines = movements.lines_of(unit)
    typed = dict(request.POST.lists()) if request.method == "POST" else None
    form = forms.form(lines, typed)
    if request.method == "POST" and forms.ADD not in request.POST:
        rights.require(request.person, "plans.file", unit, now)
        draft = forms.read(form, unit, lines, queries.seen_by(request.person, now))
        sent = request.FILES.get("tep")
        document = (sent.name or "", sent.read()) if sent else None
        made = draft and _tried(
            form,
            lambda: actions.file_with(draft=draft, document=document, by=request.person, at=now),
        )
        if made:
            messages.success(request, _("Đã vào sổ %(code)s.") % {"code": made.code})
            return redirect("desk:directive", pk=made.pk)
    told = {
        "heading": _("Vào sổ văn bản"),
        "action": _("Vào sổ"),
        "back": reverse("desk:directives"),
        "back_name": _("Văn bản"),
    }
    return _drawn(request, form, told)


@require_http_methods(["GET", "HEAD", "POST"])
@door("plans.file")
def correct(request: DeskRequest, pk: int) -> HttpResponse:
    """Say anew what the register says of a directive, and why."""
    found, now = _mine(request, pk), clock.now()
    if found.withdrawn_at is not None:
        raise Http404
    lines = movements.lines_of(found.unit)
    is_sent = request.method == "POST"
    typed = (
        dict(request.POST.lists()) if is_sent else forms.as_filed(found, said.told_directive(found))
    )
    form = forms.form(lines, typed, corrects=True)
    if is_sent and forms.ADD not in request.POST:
        seen, reason = whole(request.POST.get("ban", ""), 0), form.text("ly-do")
        draft = forms.read(form, found.unit, lines, queries.seen_by(request.person, now))
        kept = draft and _tried(
            form,
            lambda: actions.correct(
                directive=found, seen=seen, draft=draft, reason=reason, by=request.person, at=now
            ),
        )
        if kept:
            messages.success(
                request, _("Đã sửa %(code)s. Bản trước vẫn xem lại được.") % {"code": kept.code}
            )
            return redirect("desk:directive", pk=pk)
    told = {
        "heading": _("Sửa %(code)s trong sổ") % {"code": found.code},
        "action": _("Ghi bản sửa"),
        "back": reverse("desk:directive", args=[pk]),
        "back_name": found.code,
        "version": request.POST.get("ban", found.version),
    }
    return _drawn(request, form, told)


def _tried(form: Boxes, act: Callable[[], Directive]) -> Directive | None:
    """Done, or its refusal beside the box that it is about."""
    try:
        return act()
    except rights.NotAllowedError:
        raise
    except secrecy.SecretError as error:
        form.wrong["do-mat"] = sentence(error)
    except papers.NotAPaperError as error:
        form.wrong["tep"] = sentence(error)
    except RefusedError as error:
        form.refuse(error, forms.BOX_OF, "so")
    except ChangedMeanwhileError:
        form.wrong["so"] = _("Văn bản này vừa được người khác sửa hoặc rút. Hãy tải lại trang rồi sửa tiếp.")  # fmt: skip
    return None


def _drawn(request: DeskRequest, form: Boxes, told: Mapping[str, object]) -> HttpResponse:
    context = {"form": form, "sections": forms.sections(form), **told}
    return page(request, "desk/directives/file.html", context, status=400 if form.wrong else 200)


@require_POST
@door("plans.file")
def attach(request: DeskRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    sent = request.FILES.get("tep")
    if sent:
        try:
            actions.attach(
                directive=found, name=sent.name or "", content=sent.read(), by=request.person,
                at=clock.now(),
            )  # fmt: skip
            messages.success(request, _("Đã lưu tệp."))
        except LantoaError as error:
            messages.error(request, sentence(error))
    return redirect("desk:directive", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@door("plans.file")
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    found = _mine(request, pk)
    typed = dict(request.POST.lists()) if request.method == "POST" else None
    form = boxes.of([Box("ly-do", _("Vì sao rút?"))], typed)
    if request.method == "POST":
        try:
            actions.withdraw(
                directive=found, reason=form.text("ly-do"), by=request.person, at=clock.now()
            )
            messages.success(request, _("Đã rút. Số này có thể dùng lại."))
            return redirect("desk:directive", pk=pk)
        except RefusedError as error:
            form.refuse(error, {}, "ly-do")
    context = {
        "form": form,
        "heading": _("Rút %(code)s") % {"code": found.code},
        "note": found.extract,
        "action": _("Rút văn bản"),
        "back": reverse("desk:directive", args=[pk]),
        "back_name": found.code,
    }
    return page(request, "desk/boxes.html", context, status=400 if form.wrong else 200)


def _mine(request: DeskRequest, pk: int) -> Directive:
    """One at whose unit they may file."""
    found = found_for(request, pk)
    if not may_file_at(request, found):
        raise Http404
    return found
