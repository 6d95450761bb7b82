"""Đề xuất mô hình: what works at my unit, told once; what is like it is shown first. And its words amended later."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantoa.desk import here
from lantoa.desk.doors import door, page
from lantoa.desk.forms import practices as forms
from lantoa.desk.forms.boxes import Boxes
from lantoa.desk.http import DeskRequest
from lantoa.desk.views.spreading import found
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError
from lantoa.look import clock
from lantoa.orgs import rights
from lantoa.practices import actions, queries
from lantoa.practices.models import Practice
from lantoa.practices.queries import Alike


@require_http_methods(["GET", "HEAD", "POST"])
@door("practices.propose")
def propose(request: DeskRequest) -> HttpResponse:
    """Sent once, it shows what is like it; sent again, knowing that, it is proposed."""
    now, today = clock.now(), day_of(clock.now())
    unit = here.here(request, today).unit
    offers = forms.offered(unit, request.person, now, today)
    form = forms.form(offers, dict(request.POST.lists()), today=today)
    alike: list[Alike] = []
    if request.method == "POST":
        draft, start = forms.read(form, unit, offers), form.day("tu-ngay")
        alike = queries.similar(f"{draft.title}. {draft.summary}")
        if start and not form.wrong and (not alike or request.POST.get("da-xem")):
            try:
                made = actions.propose(
                    unit=unit, draft=draft, start=start, by=request.person, at=now
                )
            except rights.NotAllowedError:
                raise
            except LantoaError as error:
                form.refuse(error, forms.BOX_OF, "tu-ngay")
            else:
                messages.success(request, _("Đã đề xuất. Cấp trên đăng ký thì mô hình được tính."))
                return redirect("desk:practice", pk=made.pk)
    return _shown(request, form, alike, reverse("desk:practices"), _("Mô hình hay"))


@require_http_methods(["GET", "HEAD", "POST"])
@door("practices.propose")
def amend(request: DeskRequest, pk: int) -> HttpResponse:
    """The same boxes over what it says now; what it said before stays to be read."""
    practice, now, today = found(request, pk), clock.now(), day_of(clock.now())
    if not queries.keepers_among(request.person, [practice.unit_id], now, "practices.propose"):
        raise Http404
    offers = forms.offered(practice.unit, request.person, now, today, chosen=practice)
    typed = dict(request.POST.lists()) or forms.as_it_stands(practice)
    form = forms.form(offers, typed, today=today, is_amended=True)
    if request.method == "POST" and _amended(request, practice, form, offers, now):
        messages.success(request, _("Đã sửa. Bản trước vẫn còn trong lịch sử."))
        return redirect("desk:practice", pk=pk)
    there = reverse("desk:practice", args=[pk])
    return _shown(request, form, [], there, _("Mô hình"), practice=practice)


def _amended(
    request: DeskRequest, practice: Practice, form: Boxes, offers: forms.Offered, now: dt.datetime
) -> bool:
    draft = forms.read(form, practice.unit, offers)
    if form.wrong:
        return False
    try:
        actions.amend(
            practice=practice,
            draft=draft,
            seen=_version(request),
            reason=form.text("ly-do")[:300],
            by=request.person,
            at=now,
        )
    except rights.NotAllowedError:
        raise
    except LantoaError as error:
        form.refuse(error, forms.BOX_OF, "ten")
    return not form.wrong


def _version(request: DeskRequest) -> int:
    """The version that was on the screen; a request that does not say saw none."""
    said = request.POST.get("ban", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0


def _shown(
    request: DeskRequest,
    form: Boxes,
    alike: Sequence[Alike],
    back: str,
    back_name: str,
    *,
    practice: Practice | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "alike": alike,
        "seen": str(practice.version) if practice else "",
        "heading": _("Sửa mô hình") if practice else _("Đề xuất mô hình"),
        "action": _("Ghi") if practice else _("Đề xuất"),
        "back": back,
        "back_name": back_name,
    }
    return page(request, "desk/practices/propose.html", context, status=400 if form.wrong else 200)
