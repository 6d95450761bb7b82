"""The desk of a council: what lies there, the secret ballot, the decision with its papers."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantoa.awards import actions, councils, deciding, law, queries, sittings
from lantoa.awards.models import Award, Ballot, Decision, Kind, Nomination
from lantoa.awards.refusals import VotedAlreadyError
from lantoa.desk import awarding, books
from lantoa.desk.doors import door, page, sentence
from lantoa.desk.forms import awards as forms
from lantoa.desk.http import DeskRequest
from lantoa.desk.views.awards import DOCX, NOTICE, _file
from lantoa.lib import dates
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError, RefusedError
from lantoa.look import clock
from lantoa.orgs import rights
from lantoa.orgs.models import Unit
from lantoa.reports import certificates, commending, word

State = Nomination.State
VOTE_DAYS = 5


@require_safe
@door("awards.read")
def council(request: DeskRequest, pk: int) -> HttpResponse:
    return _desk(request, _unit(request, pk))


@require_POST
@door("awards.appraise")
def put(request: DeskRequest, pk: int) -> HttpResponse:
    """Appraise what was ticked, or put it to a vote."""
    unit, now = _unit(request, pk), clock.now()
    chosen = {forms.whole(each) for each in request.POST.getlist("ho-so")}
    found = [each for each in queries.on_the_desk(request.person, now, unit) if each.pk in chosen]
    try:
        if request.POST.get("viec") == "tham-dinh":
            actions.appraise(nominations=found, by=request.person, at=now)
            messages.success(request, _("Đã thẩm định các hồ sơ được chọn."))
        else:
            _open(request, unit, found)
            messages.success(request, _("Đã mở cuộc bỏ phiếu kín."))
    except rights.NotAllowedError:
        raise
    except LantoaError as error:
        return _desk(request, unit, error)
    return redirect("desk:council", pk=pk)


def _open(request: DeskRequest, unit: Unit, found: list[Nomination]) -> None:
    sitting = queries.council_of(unit)
    if sitting is None:
        raise RefusedError(
            where="hoi-dong",
            vi="Đơn vị này chưa lập hội đồng. Lập hội đồng trước.",
            en="This unit has no council yet. Set it up first.",
        )
    councils.open_ballot(
        council=sitting,
        nominations=found,
        closes_at=forms.moment(request.POST),
        by=request.person,
        at=clock.now(),
    )


@require_POST
@door("awards.decide")
def seat(request: DeskRequest, pk: int) -> HttpResponse:
    """Set up the council from those who hold a post at the unit."""
    unit, now = _unit(request, pk), clock.now()
    chosen = {forms.whole(each) for each in request.POST.getlist("thanh-vien")}
    people = [each for each in sittings.may_sit(unit, now) if each.pk in chosen]
    members = [
        (each, request.POST.get(f"tu-cach-{each.pk}", "")[:120].strip() or _("Ủy viên"))
        for each in people
    ]
    name = _("Hội đồng thi đua – khen thưởng")
    try:
        councils.seat(unit=unit, name=name, members=members, by=request.person, at=now)
    except RefusedError as error:
        return _desk(request, unit, error)
    messages.success(request, _("Đã lập hội đồng."))
    return redirect("desk:council", pk=pk)


def _desk(request: DeskRequest, unit: Unit, error: LantoaError | None = None) -> HttpResponse:
    """Where something was refused: with its sentence, and what was ticked and typed."""
    now = clock.now()
    found = list(queries.on_the_desk(request.person, now, unit)[:300])
    sitting = queries.council_of(unit)
    rows, typed = awarding.on_desk(found, now), request.POST
    titles = {} if sitting is None else sittings.titles_of(sitting)
    context = {
        "unit": unit,
        "unit_name": awarding.unit_name(unit.pk, now),
        "council": sitting,
        "direct": sum(bool(each.is_direct_worker) for each in found),
        "individuals": sum(each.kind == Kind.INDIVIDUAL for each in found),
        "target": law.procedure_on(day_of(now)).direct_workers,
        "seats": sittings.seats_of(sitting) if sitting else [],
        "people": forms.seats(typed, sittings.may_sit(unit, now), titles),
        "chosen": {forms.whole(each) for each in typed.getlist("ho-so")} if error else None,
        "sent": [row for row in rows if row["state"] == State.SENT],
        "appraised": [row for row in rows if row["state"] == State.APPRAISED],
        "passed": [row for row in rows if row["state"] == State.PASSED],
        "rolls": _rolls(sittings.rolls_of(sitting), now) if sitting else [],
        "closes": typed.get("han") or dates.show_day(day_of(now) + dt.timedelta(VOTE_DAYS)),
        "may": {
            act: rights.units_among(request.person, f"awards.{act}", [unit.pk], now).exists()
            for act in ("appraise", "decide")
        },
        "mistakes": [(_box(error), sentence(error))] if error else [],
    }
    return page(request, "desk/awards/council.html", context, status=400 if error else 200)


def _box(error: LantoaError) -> str:
    """What the sentence about a mistake leads to: a box of this page, or the page itself."""
    where = getattr(error, "where", "")
    return where if where in ("han", "thanh-vien") else "ban"


def _rolls(found: list[sittings.Roll], now: dt.datetime) -> list[dict[str, Any]]:
    return [
        {
            "pk": roll.ballot.pk,
            "questions": roll.questions,
            "voted": roll.voted,
            "members": roll.ballot.members,
            "closes_at": roll.ballot.closes_at,
            "is_over": roll.is_over(now),
        }
        for roll in found
    ]


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@door("awards.vote")
def ballot(request: DeskRequest, pk: int) -> HttpResponse:
    """One's own sheet: a choice for each dossier, one confirmation, changed until the end on this very device."""
    found = _ballot(request, pk)
    if request.method != "POST":
        return _sheet(request, found)
    answers = {
        int(name.removeprefix("cau-")): value == "co"
        for name, value in request.POST.items()
        if name.startswith("cau-") and name[4:].isdecimal() and value in ("co", "khong")
    }
    try:
        receipt = councils.vote(
            ballot=found,
            answers=answers,
            receipt=request.COOKIES.get(_cookie(pk), ""),
            by=request.person,
            at=clock.now(),
        )
    except RefusedError as error:
        return _sheet(request, found, error)
    messages.success(request, _("Phiếu đã vào hòm. Đổi được trên máy này tới khi hết hạn."))
    response = redirect("desk:ballot", pk=pk)
    response.set_cookie(
        _cookie(pk),
        receipt,
        expires=found.closes_at,
        path=request.path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


# A form that came after the login had ended is kept for later; a vote never (docs/decisions).
ballot.is_secret = True  # type: ignore[attr-defined]


def _sheet(request: DeskRequest, found: Ballot, error: RefusedError | None = None) -> HttpResponse:
    now = clock.now()
    line, roll = sittings.line_of(request.person, found), sittings.roll_of(found)
    asked = sittings.questions_of(found)
    rows = awarding.rows([each.nomination for each in asked])
    wrong = [(error.where, sentence(error))] if error else []
    context = {
        "ballot": found,
        "unit_name": awarding.unit_name(found.council.unit_id, now),
        "line": line,
        "questions": [
            {"place": each.position, "row": row, "is_mine": not line or each.position not in line.excluded}
            for each, row in zip(asked, rows, strict=True)
        ],
        "voted": roll.voted,
        "is_over": roll.is_over(now),
        "may_change": bool(line and line.has_voted and request.COOKIES.get(_cookie(found.pk)))
        and not isinstance(error, VotedAlreadyError),
        "mistakes": wrong,
    }  # fmt: skip
    return page(request, "desk/awards/ballot.html", context, status=400 if error else 200)


def _cookie(pk: int) -> str:
    return f"phieu-{pk}"


@require_POST
@door("awards.appraise")
def count(request: DeskRequest, pk: int) -> HttpResponse:
    """Count the votes, give more time, or give the ballot up."""
    found, now = _ballot(request, pk), clock.now()
    unit = found.council.unit
    try:
        if request.POST.get("viec") == "gia-han":
            until = forms.moment(request.POST)
            councils.extend(ballot=found, closes_at=until, by=request.person, at=now)
            messages.success(request, _("Đã gia hạn bỏ phiếu."))
        elif request.POST.get("viec") == "huy":
            councils.annul(ballot=found, by=request.person, at=now)
            messages.success(request, _("Đã hủy cuộc bỏ phiếu. Hồ sơ chờ cuộc khác."))
        else:
            councils.close(ballot=found, by=request.person, at=now)
            messages.success(
                request, _("Đã kiểm phiếu. Không còn gì cho biết ai bỏ phiếu thế nào.")
            )
    except rights.NotAllowedError:
        raise
    except LantoaError as error:
        return _desk(request, unit, error)
    return redirect("desk:council", pk=unit.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@door("awards.decide")
def decide(request: DeskRequest, pk: int) -> HttpResponse:
    """A decision on what the council agreed to: those ticked, one form of award."""
    unit = _unit(request, pk)
    if request.method != "POST":
        return _deciding(request, unit)
    date, wrong = forms.day(request.POST.get("ngay", ""))
    if date is None:
        return _deciding(request, unit, ("ngay", wrong))
    now = clock.now()
    chosen = {forms.whole(each) for each in request.POST.getlist("ho-so")}
    found = [each for each in queries.to_decide(request.person, unit, now) if each.pk in chosen]
    text = deciding.Text(
        date=date,
        achievement=request.POST.get("noi-dung", "")[:300],
        bases=tuple(each[:40] for each in request.POST.getlist("can-cu")[:20]),
        signer_post=request.POST.get("chuc-vu", "")[:120],
        signer_name=request.POST.get("nguoi-ky", "")[:120],
        number=forms.whole(request.POST.get("so", "")) or None,
    )
    try:
        made = deciding.decide(nominations=found, text=text, by=request.person, at=now)
    except RefusedError as error:
        return _deciding(request, unit, (error.where, sentence(error)))
    messages.success(request, _("Đã ban hành quyết định."))
    return redirect("desk:award-decision", pk=made.pk)


def _deciding(
    request: DeskRequest, unit: Unit, wrong: tuple[str, str] | None = None
) -> HttpResponse:
    now, typed = clock.now(), request.POST
    day = forms.day(typed.get("ngay", ""))[0] or day_of(now)
    waiting = queries.to_decide(request.person, unit, now)
    row = commending.issuer_of(unit, day)
    context = {
        "unit": unit,
        "unit_name": awarding.unit_name(unit.pk, now),
        "rows": list(zip(awarding.rows(waiting), waiting, strict=True)),
        "bases": law.bases_on(day, law.family_of(unit)),
        "number": typed.get("so", "") or deciding.next_number(unit, day),
        "day": typed.get("ngay", "") or dates.show_day(day),
        "achievement": typed.get("noi-dung", "") or (waiting[0].achievement if waiting else ""),
        "post": typed.get("chuc-vu", "") or row.position,
        "signer": typed.get("nguoi-ky", ""),
        "notice_days": law.procedure_on(day).notice_days,
        "mistakes": [wrong] if wrong else [],
    }
    return page(request, "desk/awards/decide.html", context, status=400 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door("awards.read")
def decision(request: DeskRequest, pk: int) -> HttpResponse:
    """A decision with its list and its files; a POST publishes it."""
    found = _decision(request, pk)
    if request.method == "POST":
        held = deciding.publish(decision=found, by=request.person, at=clock.now())
        messages.success(request, _("Đã công khai."))
        if held:
            said = ngettext("%(n)s người chưa ghi đồng ý nên chưa công khai.", "%(n)s người chưa ghi đồng ý nên chưa công khai.", held)  # fmt: skip
            messages.warning(request, said % {"n": held})
        return redirect("desk:award-decision", pk=pk)
    awards = queries.awards_of(found)
    nominations = [each.nomination for each in awards]
    context = {
        "it": found,
        "number": commending.number_of(found),
        "unit_name": found.authority or awarding.unit_name(found.unit_id, clock.now()),
        "rows": list(zip(awarding.rows(nominations), awards, strict=True)),
        "is_own": not found.authority,
        "bases": [law.bases()[code].title for code in found.bases],
        "standing": sum(each.revoked_at is None for each in awards),
        "public": sum(bool(each.published_at and not each.revoked_at) for each in awards),
        "may_publish": rights.units_among(
            request.person, "awards.decide", [found.unit_id], clock.now()
        ).exists(),
    }
    return page(request, "desk/awards/decision.html", context)


@require_safe
@door("awards.read")
def decision_file(request: DeskRequest, pk: int, what: str) -> HttpResponse:
    """The decision with its list as Word, or its certificates as one PDF."""
    found, notice = _decision(request, pk), NOTICE if settings.IS_DEMO else ""
    awards = queries.awards_of(found)
    if found.authority and what != "danh-sach.xlsx":
        # The paper of a higher authority is theirs: none is made up here.
        raise Http404
    if what == "giay-khen.pdf":
        drawn = certificates.render(found, awards, notice=notice)
        return _file(drawn, f"{found.form}-{found.number}.pdf", "application/pdf")
    if what == "danh-sach.xlsx":
        return _as_book(found, awards, notice)
    if what != "quyet-dinh.docx":
        raise Http404
    drawn = word.render(commending.decision_paper(found, awards, notice=notice))
    return _file(drawn, f"quyet-dinh-{found.number}.docx", DOCX)


def _as_book(found: Decision, awards: list[Award], notice: str) -> HttpResponse:
    """The list of a decision, with what is behind each line of it."""
    number = commending.number_of(found)
    head = [_("TT"), _("Tên"), _("Đơn vị, chức vụ"), _("Tập thể hay cá nhân"), _("Trực tiếp lao động"),
            _("Thành tích"), _("Tình trạng")]  # fmt: skip
    rows = awarding.rows([each.nomination for each in awards])
    title = _("Danh sách kèm Quyết định %(number)s, ngày %(day)s") % {
        "number": number,
        "day": dates.show_day(found.date),
    }
    workers = {True: _("Có"), False: _("Không"), None: ""}
    listed = [
        (
            each.position,
            row.name,
            row.unit,
            str(each.nomination.get_kind_display()),
            workers[each.nomination.is_direct_worker],
            each.nomination.achievement,
            row.tag.text,
        )
        for each, row in zip(awards, rows, strict=True)
    ]
    notes = [notice] if notice else []
    return books.workbook(f"danh-sach-{found.number}.xlsx", head, listed, title=title, notes=notes)


def _unit(request: DeskRequest, pk: int) -> Unit:
    found = sittings.unit_for(request.person, pk, clock.now())
    if found is None:
        raise Http404
    return found


def _ballot(request: DeskRequest, pk: int) -> Ballot:
    found = sittings.ballot_for(request.person, pk, clock.now())
    if found is None:
        raise Http404
    return found


def _decision(request: DeskRequest, pk: int) -> Decision:
    found = queries.decision_for(request.person, pk, clock.now())
    if found is None:
        raise Http404
    return found
