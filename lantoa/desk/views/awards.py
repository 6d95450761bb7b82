"""Khen thưởng: nominations and awards found and sorted, one dossier with its steps and papers, and who is commended how much."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lantoa.awards import actions, deciding, dossiers, fairness, law, queries, sources, suggestions
from lantoa.awards.models import Form, Kind, Level, Nomination
from lantoa.awards.queries import Filter
from lantoa.awards.refusals import AlreadyAwardedError, ChangedMeanwhileError
from lantoa.desk import awarding, books, csvs, here
from lantoa.desk.doors import door, page, sentence
from lantoa.desk.forms import awards as forms
from lantoa.desk.http import DeskRequest, year_asked
from lantoa.lib import dates
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError, RefusedError
from lantoa.look import clock
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.orgs.models import Unit
from lantoa.reports import commending, word

A_PAGE, CSV, XLSX = 20, "csv", "xlsx"
DIRECT = {forms.YES: True, forms.NO: False}
NOTICE = "Số liệu minh họa"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
State = Nomination.State


@require_safe
@door("awards.read")
def awards(request: DeskRequest) -> HttpResponse:
    """Searched, filtered and sorted by what stands in the address, so that it can be shared."""
    now, asked = clock.now(), _asked(request)
    sort = request.GET.get("xep", "")
    found = queries.find(request.person, asked, now, order=sort)
    if (form := request.GET.get("tai")) in (CSV, XLSX):
        return _exported(found, form)
    part = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    context = {
        "part": part,
        "rows": awarding.rows(list(part)),
        "asked": asked,
        "sort": sort,
        "beyond": awarding.beyond(request, asked, now),
        "states": [("open", _("Đang xét")), *_choices(State), ("revoked", _("Đã thu hồi"))],
        "kinds": _choices(Kind),
        "levels": _choices(Level),
        "awards_forms": _choices(Form),
        "years": queries.years(request.person, now) or [day_of(now).year],
        "direct": request.GET.get("truc-tiep", ""),
        "is_filtered": asked != Filter(),
        "desks": [(each.pk, awarding.unit_name(each.pk, now)) for each in _desks(request, now)],
        "may": _rights(request),
        "suggested": len(_suggested(request, now)) if not part.paginator.count else 0,
    }
    return page(request, "desk/awards/list.html", context)


@require_safe
@door("awards.read")
def award(request: DeskRequest, pk: int) -> HttpResponse:
    return _dossier(request, _found(request, pk))


@require_POST
@door("awards.read")
def act(request: DeskRequest, pk: int) -> HttpResponse:
    """One step of a dossier, by the button that was pressed."""
    nomination = _found(request, pk)
    doing = STEPS.get(request.POST.get("viec", ""))
    if doing is None:
        raise RefusedError(
            where="viec",
            vi="Trang này thiếu việc cần làm. Tải lại trang rồi làm lại.",
            en="This page does not say what to do. Reload it and try again.",
        )
    try:
        said = doing(request, nomination)
    except rights.NotAllowedError:
        raise
    except LantoaError as error:
        where = getattr(error, "where", "viec")
        if isinstance(error, ChangedMeanwhileError):
            nomination = _found(request, pk)
        return _dossier(request, nomination, wrong=[(where, sentence(error))], error=error)
    messages.success(request, said)
    return redirect("desk:award", pk=pk)


@require_safe
@door("awards.read")
def paper(request: DeskRequest, pk: int, kind: str) -> HttpResponse:
    """One of the three papers, as Word."""
    nomination = _found(request, pk)
    found = next((each for each in nomination.papers.all() if each.kind == kind), None)
    if found is None:
        raise Http404
    on_it = queries.nominations_on(found)
    drawn = commending.dossier_paper(found, on_it, notice=NOTICE if settings.IS_DEMO else "")
    return _file(word.render(drawn), f"{kind}-{pk}.docx", DOCX)


@require_safe
@door("awards.read")
def balance(request: DeskRequest) -> HttpResponse:
    now = clock.now()
    years = queries.years(request.person, now) or [day_of(now).year]
    year = year_asked(request, years[0])
    seen = fairness.view(request.person, year, now)
    context = {
        "seen": seen,
        "year": year,
        "years": years,
        "sections": awarding.balance(seen, year, is_whole=request.GET.get("xem") == "het"),
        "shares": awarding.over_years(fairness.by_year(request.person, now)),
    }
    return page(request, "desk/awards/balance.html", context)


@require_safe
@door("awards.read")
def notice(request: DeskRequest) -> HttpResponse:
    """What a council agreed to and nobody has decided yet."""
    now = clock.now()
    found = list(queries.on_notice(request.person, now)[:500])
    rule = law.procedure_on(day_of(now))
    rows = [
        (row, dates.show_day(rule.notice_ends(each.noticed_date)) if each.noticed_date else "")
        for row, each in zip(awarding.rows(found), found, strict=True)
    ]
    return page(request, "desk/awards/notice.html", {"rows": rows, "days": rule.notice_days})


@require_safe
@door("awards.nominate")
def suggested(request: DeskRequest) -> HttpResponse:
    now = clock.now()
    found = _suggested(request, now)
    names = orgs.names_on(day_of(now), [each.unit_id for each in found])
    context = {
        "rows": [(each, names[each.unit_id].name) for each in found if each.unit_id in names],
        "records": suggestions.FEWEST_RECORDS,
        "months": suggestions.FEWEST_MONTHS,
    }
    return page(request, "desk/awards/suggested.html", context)


def _suggested(request: DeskRequest, now: dt.datetime) -> list[suggestions.Suggested]:
    return suggestions.suggested(request.person, now)


def _dossier(
    request: DeskRequest,
    nomination: Nomination,
    *,
    wrong: list[tuple[str, str]] | None = None,
    error: LantoaError | None = None,
) -> HttpResponse:
    now = clock.now()
    [(_each, checked)] = queries.checked([nomination])
    award = getattr(nomination, "award", None)
    before = dossiers.earlier_awards([nomination]).get(nomination.pk)
    context = {
        "it": nomination,
        "row": awarding.rows([nomination])[0],
        "unit_name": awarding.unit_name(nomination.unit_id, now),
        "lines": awarding.lines(checked),
        "met": sum(each.is_met for each in checked),
        "records": awarding.told(sources.of_merits(nomination.merits.all())),
        "papers": awarding.papers(nomination),
        "clocks": awarding.clocks(nomination, day_of(now)),
        "award": award,
        "before": error.earlier if isinstance(error, AlreadyAwardedError) else before,
        "may": _may(request, nomination),
        "own_hands": nomination.state in dossiers.OWN_HANDS,
        "is_early": nomination.state in (*dossiers.OWN_HANDS, State.SENT, State.APPRAISED),
        "mistakes": wrong or [],
        "wrong": dict(wrong or []),
        "typed": request.POST,
        "today": dates.show_day(day_of(now)),
    }
    return page(request, "desk/awards/one.html", context, status=400 if wrong else 200)


def _papers(request: DeskRequest, nomination: Nomination) -> str:
    actions.write_papers(
        nominations=[nomination], meeting=forms.meeting(request.POST), by=request.person, at=clock.now()
    )  # fmt: skip
    return _("Đã lập ba giấy tờ từ hồ sơ.")


def _confirm(request: DeskRequest, nomination: Nomination) -> str:
    actions.confirm(nominations=[nomination], by=request.person, at=clock.now())
    return _("Đã xác nhận báo cáo thành tích.")


def _send(request: DeskRequest, nomination: Nomination) -> str:
    actions.send(nominations=[nomination], by=request.person, at=clock.now())
    return _("Đã gửi cấp trên.")


def _appraise(request: DeskRequest, nomination: Nomination) -> str:
    actions.appraise(nominations=[nomination], by=request.person, at=clock.now())
    return _("Đã thẩm định: hồ sơ đủ, chuyển hội đồng.")


def _send_back(request: DeskRequest, nomination: Nomination) -> str:
    actions.send_back(
        nomination=nomination,
        seen=forms.whole(request.POST.get("ban", "")),
        remark=request.POST.get("loi-nhan", ""),
        by=request.person,
        at=clock.now(),
    )
    return _("Đã trả lại kèm lời nhắn.")


def _withdraw(request: DeskRequest, nomination: Nomination) -> str:
    actions.withdraw(
        nomination=nomination,
        seen=forms.whole(request.POST.get("ban", "")),
        reason=request.POST.get("ly-do-rut", ""),
        by=request.person,
        at=clock.now(),
    )
    return _("Đã rút đề nghị.")


def _again(request: DeskRequest, nomination: Nomination) -> str:
    reason = request.POST.get("khen-lai", "")
    actions.allow_again(nomination=nomination, reason=reason, by=request.person, at=clock.now())
    return _("Đã ghi lý do khen lại.")


def _consent(request: DeskRequest, nomination: Nomination) -> str:
    deciding.consent(
        award=_award(nomination),
        date=dates.read_day(request.POST.get("dong-y", "")[:40]),
        by=request.person,
        at=clock.now(),
    )
    return _("Đã ghi ngày người được khen đồng ý công khai.")


def _revoke(request: DeskRequest, nomination: Nomination) -> str:
    reason = request.POST.get("ly-do", "")
    deciding.revoke(award=_award(nomination), reason=reason, by=request.person, at=clock.now())
    return _("Đã thu hồi. Trang công khai không còn hiện; lịch sử giữ nguyên.")


STEPS: Mapping[str, Callable[[DeskRequest, Nomination], str]] = {
    "giay-to": _papers,
    "xac-nhan": _confirm,
    "gui": _send,
    "tham-dinh": _appraise,
    "tra-lai": _send_back,
    "rut": _withdraw,
    "khen-lai": _again,
    "dong-y": _consent,
    "thu-hoi": _revoke,
}


def _award(nomination: Nomination) -> Any:
    award = getattr(nomination, "award", None)
    if award is None:
        raise RefusedError(
            where="viec",
            vi="Đề nghị này chưa được khen.",
            en="This nomination has not been awarded.",
        )
    return award


def _found(request: DeskRequest, pk: int) -> Nomination:
    """One that may not be seen answers like one that is not there."""
    found = queries.nomination_for(request.person, pk, clock.now())
    if found is None:
        raise Http404
    return found


def _may(request: DeskRequest, nomination: Nomination) -> dict[str, bool]:
    """What somebody may do here; the actions ask again."""
    places = {
        "nominate": nomination.unit_id,
        "confirm": nomination.unit_id,
        "appraise": nomination.decider_id,
        "revoke": nomination.decider_id,
    }
    return {
        act: rights.units_among(request.person, f"awards.{act}", [unit], clock.now()).exists()
        for act, unit in places.items()
    }


def _rights(request: DeskRequest) -> dict[str, bool]:
    roles = here.here(request, day_of(clock.now())).roles
    return {
        act: bool(roles & rights.ACTS[f"awards.{act}"].roles)
        for act in ("nominate", "appraise", "decide")
    }


def _desks(request: DeskRequest, now: dt.datetime) -> list[Unit]:
    return queries.desks_of(request.person, now, here.here(request, day_of(now)).unit)


def _asked(request: DeskRequest) -> Filter:
    said = request.GET
    plain = {name: said.get(key, "") for name, key in WORDS.items()}
    choices = {
        "state": {*State.values, "open", "revoked"},
        "kind": set(Kind.values),
        "level": set(Level.values),
        "form": set(Form.values),
    }
    chosen = {name: plain[name] if plain[name] in allowed else "" for name, allowed in choices.items()}  # fmt: skip
    numbers = {name: forms.whole(said.get(key, "")) or None for name, key in NUMBERS.items()}
    numbers["year"] = year_asked(request, 0) or None
    return Filter(
        words=said.get("tim", "")[:200],
        direct=DIRECT.get(said.get("truc-tiep", "")),
        line=said.get("he-thong", "")[:50],
        state=chosen["state"],
        kind=chosen["kind"],
        level=chosen["level"],
        form=chosen["form"],
        year=numbers["year"],
        area=numbers["area"],
        times=numbers["times"],
        movement=numbers["movement"],
    )


WORDS = {"state": "tinh", "kind": "ai", "level": "cap", "form": "hinh-thuc"}
NUMBERS = {"area": "dia-ban", "times": "lan", "movement": "phong-trao"}


def _choices(kinds: Any) -> list[tuple[str, str]]:
    return [(each.value, str(each.label)[:1].upper() + str(each.label)[1:]) for each in kinds]


def _exported(found: Any, form: str) -> HttpResponse:
    head = [_("Tên"), _("Đơn vị, chức vụ"), _("Hình thức"), _("Cấp quyết định"), _("Tình trạng"), _("Quyết định")]  # fmt: skip
    rows = [
        (row.name, row.unit, row.form, row.decider, row.tag.text, row.decision)
        for row in awarding.rows(list(found))
    ]
    if form == CSV:
        return csvs.csv_file("khen-thuong.csv", head, rows)
    notes = [NOTICE] if settings.IS_DEMO else []
    return books.workbook("khen-thuong.xlsx", head, rows, title=_("Khen thưởng"), notes=notes)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
