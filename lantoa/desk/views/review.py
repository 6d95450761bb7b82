"""Duyệt: what waits for a decision, the doubtful first; approve what was shown, or return it with a question."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lantoa.desk import looking, sent
from lantoa.desk.doors import door, page, sentence
from lantoa.desk.http import DeskRequest
from lantoa.ledger import queries as ledger
from lantoa.lib.errors import RefusedError
from lantoa.look import clock
from lantoa.submissions import queries, queue, reviews
from lantoa.submissions.models import Review, Submission
from lantoa.submissions.refusals import ChangedMeanwhileError
from lantoa.submissions.reviews import Shown, TooLateError

APPROVE, RETURN, EXCUSE = "duyet", "tra-lai", "mien"
UNDO = "hoan-tac"


@require_safe
@door("submissions.review")
def review(request: DeskRequest) -> HttpResponse:
    return _queue(request, request.GET.get("xem", ""))


@require_POST
@door("submissions.review")
def decide(request: DeskRequest, pk: int) -> HttpResponse:
    """One decision about one report, as it was shown."""
    found = queries.visible_to(request.person, clock.now()).filter(pk=pk).first()
    if found is None:
        raise Http404
    try:
        made = _decided(request, found)
    except (RefusedError, ChangedMeanwhileError) as error:
        return _queue(request, str(pk), wrong=sentence(error), typed=request.POST)
    _may_undo(request, [made])
    return redirect("desk:review")


@require_POST
@door("submissions.review")
def approve_normal(request: DeskRequest) -> HttpResponse:
    """All that were shown as normal, each in the version that was shown."""
    position = _whole(request.POST.get("so-cai", ""))
    shown = {
        pk: Shown(version, position)
        for pk, version in (_pair(said) for said in request.POST.getlist("ban"))
    }
    done, left = reviews.approve_many(shown=shown, by=request.person, at=clock.now())
    if left:
        text = ngettext(
            "%(n)s báo cáo vừa có bản mới nên chưa duyệt. Hãy xem lại.",
            "%(n)s báo cáo vừa có bản mới nên chưa duyệt. Hãy xem lại.",
            len(left),
        )
        messages.warning(request, text % {"n": len(left)})
    _may_undo(request, done)
    return redirect("desk:review")


@require_POST
@door("submissions.review")
def undo(request: DeskRequest) -> HttpResponse:
    ids = [_whole(said) for said in request.POST.getlist("quyet-dinh")]
    try:
        reviews.undo(reviews=ids, by=request.person, at=clock.now())
        messages.success(request, _("Đã hoàn tác."))
    except TooLateError as error:
        messages.warning(request, sentence(error))
    request.session.pop(UNDO, None)
    return redirect("desk:review")


def _decided(request: DeskRequest, found: Submission) -> Review:
    now, by = clock.now(), request.person
    if request.POST.get("viec") == EXCUSE:
        return reviews.excuse(submission=found, by=by, at=now)
    version, position = (_whole(request.POST.get(each, "")) for each in ("ban", "so-cai"))
    shown = Shown(version, position)
    if request.POST.get("viec") == RETURN:
        question = request.POST.get("cau-hoi", "")
        return reviews.send_back(submission=found, shown=shown, question=question, by=by, at=now)
    return reviews.approve(submission=found, shown=shown, by=by, at=now)


def _queue(
    request: DeskRequest, chosen: str, *, wrong: str = "", typed: QueryDict | None = None
) -> HttpResponse:
    now = clock.now()
    # Read first: what is shown is at least as new as this.
    position = ledger.position()
    looked = queue.looked_at(queries.waiting_for(request.person, now))
    context = looking.queue(looked, chosen, now) | {
        "position": position,
        "wrong": wrong,
        "question": typed.get("cau-hoi", "") if typed else "",
        "undo": _undo(request, now),
        "undo_seconds": reviews.UNDO_SECONDS,
        "latest": sent.latest(request.person, now),
        # Asked for by its address, the report is what one has come to read.
        "is_asked": bool(chosen) and not wrong,
    }
    return page(request, "desk/review/queue.html", context, status=400 if wrong else 200)


def _may_undo(request: DeskRequest, made: Sequence[Review]) -> None:
    decisions = [each for each in made if each.decision != Review.Decision.EXCUSED]
    if decisions:
        until = clock.now() + dt.timedelta(seconds=reviews.UNDO_SECONDS)
        request.session[UNDO] = {
            "ids": [each.pk for each in decisions],
            "until": until.isoformat(),
            "text": looking.said(decisions, clock.now()),
        }


def _undo(request: DeskRequest, now: dt.datetime) -> dict[str, Any] | None:
    """What was decided just now, while it can be taken back."""
    kept: dict[str, Any] | None = request.session.get(UNDO)
    if kept and dt.datetime.fromisoformat(kept["until"]) > now:
        return kept
    return None


def _pair(said: str) -> tuple[int, int]:
    pk, _colon, version = said.partition(":")
    return _whole(pk), _whole(version)


def _whole(said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        raise RefusedError(
            where="ban",
            vi="Trang này thiếu số bản. Hãy tải lại trang rồi làm lại.",
            en="This page lacks its version. Reload it and try again.",
        )
    return int(said)
