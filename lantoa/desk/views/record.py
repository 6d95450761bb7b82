"""Ghi việc đã làm: three answers and a number. Works without scripts; with them the phone keeps it first (outbox.py)."""

import uuid as uuids
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lantoa.desk import here, telling
from lantoa.desk.doors import door, page
from lantoa.desk.forms import record as forms
from lantoa.desk.http import DeskRequest
from lantoa.desk.views import evidence as files
from lantoa.lib.dates import day_of
from lantoa.lib.errors import RefusedError
from lantoa.look import clock
from lantoa.orgs import rights
from lantoa.orgs.models import Unit
from lantoa.work import actions, evidence, queries, typed
from lantoa.work.actions import SentBeforeError
from lantoa.work.drafts import Draft
from lantoa.work.models import Activity

ALL = "khac"


@require_http_methods(["GET", "HEAD", "POST"])
@door("work.record")
def record(request: DeskRequest) -> HttpResponse:
    today = day_of(clock.now())
    if request.method == "POST":
        return _save(request, forms.known(_unit(request, request.POST.get("don-vi", "")), today))
    known = forms.known(here.here(request, today).unit, today)
    asked = request.GET.get("viec", "")
    if asked == ALL:
        return page(request, "desk/record/kinds.html", {"form": forms.blank(known)})
    saved = _saved(request, request.GET.get("da-luu", ""))
    line = telling.line(saved) if saved else ""
    return _shown(request, forms.blank(known, asked), saved=saved, saved_line=line)


def _save(request: DeskRequest, known: forms.Known) -> HttpResponse:
    told = forms.understood(request.POST)
    draft, wrong = typed.read(
        told,
        unit=known.unit,
        kinds=known.kinds,
        today=known.today,
        by=request.person,
        at=clock.now(),
    )
    try:
        sent = files.sent_with(request.FILES.getlist("anh"), told.uuid)
        if draft is not None:
            activity = evidence.record_with(
                draft=draft, sent=sent, by=request.person, at=clock.now()
            )
            return HttpResponseRedirect(f"{reverse('desk:record')}?da-luu={activity.uuid}")
    except RefusedError as error:
        wrong = [*wrong, error]
    except SentBeforeError:
        assert draft is not None  # noqa: S101 - only what was read can have been sent
        return _differing(request, draft)
    return _shown(request, forms.of(known, told, wrong=wrong), status=400)


def _unit(request: DeskRequest, asked: str) -> Unit:
    """The unit that the form was opened for, though another tab has since moved elsewhere."""
    units = {str(each.unit.pk): each.unit for each in here.places(request, day_of(clock.now()))}
    if asked not in units:
        raise rights.NotAllowedError(rights.ACTS["work.record"])
    return units[asked]


def _saved(request: DeskRequest, asked: str) -> Activity | None:
    """What was saved just now, by its number; None if it was taken back since."""
    try:
        number = uuids.UUID(asked)
    except ValueError:
        return None
    found = queries.record_by_uuid(request.person, number, clock.now())
    return found if found and found.withdrawn_at is None else None


def _shown(
    request: DeskRequest, form: forms.Form, *, status: int = 200, **more: Any
) -> HttpResponse:
    return page(request, "desk/record/form.html", {"form": form, **more}, status=status)


def _differing(request: DeskRequest, draft: Draft) -> HttpResponse:
    """The same number with other content: both versions, side by side, and the person chooses."""
    there = queries.record_by_uuid(request.person, draft.uuid, clock.now())
    if there is None:
        raise rights.NotAllowedError(rights.ACTS["work.record"])
    takes = queries.takes_of([there.kind_id, draft.kind.pk])
    theirs = telling.of_activity(there, takes[there.kind_id])
    mine = telling.of_draft(draft, takes[draft.kind.pk])
    kept = {name: request.POST[name] for name in request.POST if name != "csrfmiddlewaretoken"}
    context = {
        "activity": there,
        "why": _("Việc này đã gửi trước đó với nội dung khác. Xem hai bản rồi chọn."),
        "theirs": telling.beside(theirs, mine),
        "mine": telling.beside(mine, theirs),
        "action": request.path,
        "typed": list((kept | {"ma": str(uuids.uuid4())}).items()),
        "may_keep_mine": True,
        "is_new": True,
    }
    return page(request, "desk/record/differing.html", context, status=400)


@require_POST
@door("work.withdraw")
def undo(request: DeskRequest) -> HttpResponse:
    """Take back what was saved just now."""
    found = _saved(request, request.POST.get("ma", ""))
    if found:
        actions.withdraw(
            activity=found, reason=_("Hoàn tác ngay sau khi ghi"), by=request.person, at=clock.now()
        )
    messages.success(request, _("Đã bỏ việc vừa ghi."))
    return redirect("desk:record")
