"""Việc đã ghi: what my unit has recorded. Open one, correct it, withdraw it, read what it said before."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantoa.desk import here, telling
from lantoa.desk.doors import door, lang, page, sentence
from lantoa.desk.forms import record as forms
from lantoa.desk.http import DeskRequest
from lantoa.ledger.actions import NotPostedError
from lantoa.lib.dates import day_of
from lantoa.lib.errors import RefusedError
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.work import actions, asking, joining, queries, serving, typed
from lantoa.work.actions import ChangedMeanwhileError
from lantoa.work.drafts import Draft
from lantoa.work.models import Activity, KindMeasure

A_PAGE = 20
WITHDRAWN = "rut"


@require_safe
@door("work.read")
def records(request: DeskRequest) -> HttpResponse:
    """Searched and filtered by what stands in the address, so that it can be shared."""
    unit = here.here(request, day_of(clock.now())).unit
    words, kind = request.GET.get("tim", "")[:200], request.GET.get("viec", "")
    shows_withdrawn = request.GET.get("xem") == WITHDRAWN
    found = queries.records_of(unit, words=words, kind=kind, withdrawn=shows_withdrawn)
    part = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "part": part,
        "rows": [(each, telling.kind_name(each.kind), telling.brief(each)) for each in part],
        "words": words,
        "kind": kind,
        "kinds": [(each.code, telling.kind_name(each)) for each in queries.open_kinds()],
        "shows_withdrawn": shows_withdrawn,
        "is_filtered": bool(words or kind),
    }
    return page(request, "desk/record/list.html", context)


@require_safe
@door("work.read")
def one(request: DeskRequest, pk: int) -> HttpResponse:
    activity = _found(request, pk)
    takes = _takes(activity)
    context = {
        "activity": activity,
        "unit_name": orgs.name_near(activity.unit_id, activity.date),
        "rows": telling.of_activity(activity, takes),
        "evidence": queries.evidence_of(activity),
        "versions": [
            (each, telling.of_version(each.told, activity.kind, takes))
            for each in queries.versions_of(activity)
        ],
        "may_correct": _may(request, "work.correct", activity),
        "doubts": _asked(request, activity),
        "may_withdraw": _may(request, "work.withdraw", activity),
    }
    return page(request, "desk/record/one.html", context)


@require_POST
@door("work.correct")
def join(request: DeskRequest, pk: int, other: int) -> HttpResponse:
    """Two records of one event become one: this one's unit hosts, the other's is beside it."""
    host, guest = _found(request, pk), _found(request, other)
    joining.join(host=host, guest=guest, by=request.person, at=clock.now())
    messages.success(request, _("Đã gộp thành một việc. Hồ sơ kia vẫn đọc được trong lịch sử."))
    return redirect("desk:one-record", pk=pk)


def _asked(request: DeskRequest, activity: Activity) -> list[tuple[str, Activity | None, bool]]:
    """The questions about a record, for those who could mend it; with the other record, and whether both may be joined."""
    if not _may(request, "work.correct", activity):
        return []
    found = []
    for doubt in asking.doubts_about(activity):
        other = (
            queries.record_for(request.person, doubt.other, clock.now()) if doubt.other else None
        )
        may_join = bool(
            other
            and (other.kind_id, other.date) == (activity.kind_id, activity.date)
            and other.unit_id != activity.unit_id
            and _may(request, "work.correct", other)
        )
        found.append((doubt.en if lang() == "en" else doubt.vi, other, may_join))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@door("work.correct")
def correct(request: DeskRequest, pk: int) -> HttpResponse:
    activity = _found(request, pk)
    known = forms.known_of_one(activity, day_of(clock.now()))
    if request.method == "POST":
        return _correct(request, activity, known)
    form = forms.of(known, forms.as_it_stands(activity), is_of_one_kind=True)
    context = _correcting(activity, form, {})
    return page(request, "desk/record/correct.html", context)


def _correct(request: DeskRequest, activity: Activity, known: forms.Known) -> HttpResponse:
    told = forms.understood(request.POST, kind=activity.kind.code)
    draft, wrong = typed.read(
        told,
        unit=activity.unit,
        kinds=known.kinds,
        today=known.today,
        by=request.person,
        at=clock.now(),
    )
    try:
        if draft is not None:
            actions.correct(
                activity=activity,
                seen=_version(request),
                values=draft.values,
                date=draft.date,
                title=draft.title,
                serves=serving.amended(activity, told.serves, draft.serves),
                reason=request.POST.get("ly-do", "").strip(),
                by=request.person,
                at=clock.now(),
            )
            messages.success(request, _("Đã sửa. Bản trước vẫn còn trong lịch sử."))
            return redirect("desk:one-record", pk=activity.pk)
    except RefusedError as error:
        wrong = [error]
    except NotPostedError as error:
        wrong = [RefusedError(where="reason", vi=error.vi, en=error.en)]
    except ChangedMeanwhileError:
        assert draft is not None  # noqa: S101 - only what was read can be late
        return _changed(request, activity, draft)
    form = forms.of(known, told, wrong=wrong, is_of_one_kind=True)
    context = _correcting(activity, form, request.POST)
    return page(request, "desk/record/correct.html", context, status=400)


def _correcting(activity: Activity, form: forms.Form, typed: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "activity": activity,
        "form": form,
        "seen": typed.get("ban", activity.version),
        "reason": typed.get("ly-do", ""),
    }


def _changed(request: DeskRequest, activity: Activity, draft: Draft) -> HttpResponse:
    """Somebody was faster: both versions side by side, and the person chooses."""
    now, takes = _found(request, activity.pk), _takes(activity)
    theirs, mine = telling.of_activity(now, takes), telling.of_draft(draft, takes)
    typed = {name: request.POST[name] for name in request.POST if name != "csrfmiddlewaretoken"}
    context = {
        "activity": now,
        "why": _("Việc này vừa được sửa hoặc rút ở nơi khác. Chọn bản giữ lại."),
        "theirs": telling.beside(theirs, mine),
        "mine": telling.beside(mine, theirs),
        "action": request.path,
        "typed": list((typed | {"ban": str(now.version)}).items()),
        "may_keep_mine": now.withdrawn_at is None,
    }
    return page(request, "desk/record/differing.html", context, status=400)


@require_http_methods(["GET", "HEAD", "POST"])
@door("work.withdraw")
def withdraw(request: DeskRequest, pk: int) -> HttpResponse:
    activity = _found(request, pk)
    wrong = ""
    if request.method == "POST":
        try:
            actions.withdraw(
                activity=activity,
                seen=_version(request),
                reason=request.POST.get("ly-do", ""),
                by=request.person,
                at=clock.now(),
            )
            messages.success(request, _("Đã rút. Việc này không còn tính vào số liệu nào."))
            return redirect("desk:one-record", pk=pk)
        except (RefusedError, NotPostedError, ChangedMeanwhileError) as error:
            wrong = sentence(error)
    context = {
        "activity": activity,
        "line": telling.line(activity),
        "wrong": wrong,
        "mistakes": [("ly-do", wrong)] if wrong else [],
        "reason": request.POST.get("ly-do", ""),
    }
    return page(request, "desk/record/withdraw.html", context, status=400 if wrong else 200)


def _found(request: DeskRequest, pk: int) -> Activity:
    """One that may not be seen answers like one that is not there."""
    activity = queries.record_for(request.person, pk, clock.now())
    if activity is None:
        raise Http404
    return activity


def _takes(activity: Activity) -> list[KindMeasure]:
    return queries.takes_of([activity.kind_id])[activity.kind_id]


def _may(request: DeskRequest, act: str, activity: Activity) -> bool:
    if activity.withdrawn_at is not None:
        return False
    return rights.units_among(request.person, act, [activity.unit_id], clock.now()).exists()


def _version(request: DeskRequest) -> int:
    """The version that was on the screen; a request that does not say saw none."""
    text = request.POST.get("ban", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
