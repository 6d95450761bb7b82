"""Hộp thư dân hỏi: what waits for an answer, one question with all its words, and what is done about it."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from lantoa.desk import answering
from lantoa.desk.doors import door, page, sentence
from lantoa.desk.http import DeskRequest
from lantoa.enquiries import actions, forgetting, outbox, publishing, queries, working
from lantoa.enquiries.models import Enquiry, Topic
from lantoa.enquiries.queries import Said
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError
from lantoa.look import clock

A_PAGE = 30
TABS = {
    queries.MINE: gettext_lazy("Của tôi"),
    queries.HANDED: gettext_lazy("Chuyển đi"),
    queries.EVERYTHING: gettext_lazy("Tất cả"),
}
COUNTED = {queries.STILL_OPEN, queries.LATE}  # what the two counts above the list open
TYPED_MOST = 20_000
BOXES = ("tra-loi", "ghi-chu", "ly-do", "don-vi", "linh-vuc")


@require_safe
@door("enquiries.answer")
def inbox(request: DeskRequest) -> HttpResponse:
    """The first due first. Words are opened only of what is shown."""
    at = clock.now()
    asked = request.GET.get("xem", "")
    which = asked if asked in TABS or asked in COUNTED else queries.MINE
    code, topic = request.GET.get("ma", "")[:40], request.GET.get("ve", "")
    topic = topic if topic in Topic.values else ""
    found: Any = (
        queries.handed_on(request.person, at)
        if which == queries.HANDED
        else queries.narrowed(queries.to_answer(request.person, which, at), code, topic)
    )
    part = Paginator(found, A_PAGE).get_page(request.GET.get("trang"))
    shown = list(part)
    if which == queries.HANDED:
        rows = answering.handed_rows(shown, queries.handed_names(shown, at), at)
    else:
        rows = answering.rows(shown, at)
    context = {
        "rows": rows,
        "part": part,
        "tabs": [(name, str(words), name == which) for name, words in TABS.items()],
        "may_narrow": which == queries.EVERYTHING or bool(code or topic),
        "code": code,
        "topics": Topic.choices,
        "topic": topic,
        "open": queries.count_open(request.person, at),
        "late": queries.count_late(request.person, at),
        "newest": queries.newest_answer(request.person, at),
        "stuck": working.stuck(at),
    }
    return page(request, "desk/enquiries/list.html", context)


@require_safe
@door("enquiries.answer")
def enquiry(request: DeskRequest, pk: int) -> HttpResponse:
    return _one(request, _found(request, pk))


@require_POST
@door("enquiries.answer")
def act(request: DeskRequest, pk: int) -> HttpResponse:
    """What the pressed button says. What was typed stays when it is refused."""
    found = _found(request, pk)
    what = request.POST.get("viec", "")
    if what not in DEEDS:
        raise _nothing_chosen()
    deed, said = DEEDS[what]
    try:
        deed(request, found)
    except LantoaError as error:
        return _one(request, found, error)
    messages.success(request, str(said))
    if what == PUBLISHES:
        return redirect("desk:publish-answer", pk)
    return redirect("desk:enquiries") if what in LEAVES else redirect("desk:enquiry", pk)


def _answer(request: DeskRequest, found: Enquiry) -> None:
    text, seen = _typed(request, "tra-loi"), _seen(request)
    actions.answer(enquiry=found, text=text, seen=seen, by=request.person, at=clock.now())
    if used := _number(request.POST.get("dung", "")):
        publishing.ask_too(used)


def _ask_back(request: DeskRequest, found: Enquiry) -> None:
    text, seen = _typed(request, "tra-loi"), _seen(request)
    actions.ask_back(enquiry=found, text=text, seen=seen, by=request.person, at=clock.now())


def _take(request: DeskRequest, found: Enquiry) -> None:
    actions.take(enquiry=found, seen=_seen(request), by=request.person, at=clock.now())


def _note(request: DeskRequest, found: Enquiry) -> None:
    actions.note(enquiry=found, text=_typed(request, "ghi-chu"), by=request.person, at=clock.now())


def _hand_over(request: DeskRequest, found: Enquiry) -> None:
    at = clock.now()
    unit = queries.answering_unit(_number(request.POST.get("don-vi", "")), day_of(at))
    actions.hand_over(
        enquiry=found,
        unit=unit or found.unit,
        reason=_typed(request, "ly-do"),
        seen=_seen(request),
        by=request.person,
        at=at,
    )


def _sort(request: DeskRequest, found: Enquiry) -> None:
    actions.sort(
        enquiry=found,
        topic=request.POST.get("linh-vuc", ""),
        is_private=bool(request.POST.get("rieng")),
        seen=_seen(request),
        by=request.person,
        at=clock.now(),
    )


def _forget(request: DeskRequest, found: Enquiry) -> None:
    forgetting.forget_on_request(enquiry=found, by=request.person, at=clock.now())


def _close(request: DeskRequest, found: Enquiry) -> None:
    reason, seen = _typed(request, "ly-do"), _seen(request)
    actions.close(enquiry=found, reason=reason, seen=seen, by=request.person, at=clock.now())


Deed = Callable[[DeskRequest, Enquiry], None]
# By the value of the button: what it does, and what is said when it is done.
DEEDS: dict[str, tuple[Deed, Promise]] = {
    "tra-loi": (_answer, gettext_lazy("Đã trả lời. Người hỏi xem được ngay trên trang theo dõi.")),
    "tra-loi-cong-khai": (
        _answer,
        gettext_lazy("Đã trả lời. Đọc lại hai ô dưới đây trước khi công khai."),
    ),
    "hoi-lai": (_ask_back, gettext_lazy("Đã hỏi lại. Đồng hồ dừng tới khi người hỏi trả lời.")),
    "nhan": (_take, gettext_lazy("Đã nhận câu này.")),
    "ghi-chu": (_note, gettext_lazy("Đã ghi chú.")),
    "chuyen": (_hand_over, gettext_lazy("Đã chuyển, kèm lý do.")),
    "xep": (_sort, gettext_lazy("Đã xếp lại.")),
    "xoa": (_forget, gettext_lazy("Đã xóa lời và người hỏi. Số đếm vẫn còn.")),
    "ket-thuc": (_close, gettext_lazy("Đã kết thúc, không tính là đã trả lời.")),
}
LEAVES = {"chuyen", "ket-thuc"}
PUBLISHES = "tra-loi-cong-khai"


def _one(request: DeskRequest, found: Enquiry, error: LantoaError | None = None) -> HttpResponse:
    at = clock.now()
    said = queries.conversation(found, for_citizen=False)
    names = queries.names([found], at) | queries.unit_names(said, at)
    where = getattr(error, "where", "tra-loi")
    context = {
        "enquiry": found,
        "tag": answering.standing(found, at),
        "unit": names.get(found.unit_id, ""),
        "place": names.get(found.place_id or 0, ""),
        "lines": answering.lines(said, names),
        "templates": queries.templates_at(found.unit, day_of(at)),
        "units": [u for u in queries.answering_units(day_of(at)) if u.unit_id != found.unit_id],
        "topics": Topic.choices,
        "typed": {box: request.POST.get(box, "")[:TYPED_MOST] for box in BOXES},
        "mistakes": [(where, sentence(error))] if error else [],
        "wrong": {where: sentence(error)} if error else {},
        "is_open": found.state in ("received", "working", "waiting"),
        "files": queries.attached(found),
        "sendings": queries.sendings(found),
        "window": outbox.window(found.asker, at) if found.way == "zalo" and found.asker else "",
        "public": queries.public_of(found),
        **_help(request, found, said, at),
    }
    return page(request, "desk/enquiries/one.html", context, status=400 if error else 200)


def _help(request: DeskRequest, found: Enquiry, said: Sequence[Said], at: dt.datetime) -> dict[str, Any]:  # fmt: skip
    """What helps to answer: published answers and other questions that are like it, and words chosen to begin with."""
    first = next((each.text for each in said if each.kind == "citizen"), "")
    used = publishing.one(_number(request.GET.get("dung", "")))
    kept = queries.templates_at(found.unit, day_of(at))
    chosen = _number(request.GET.get("mau", ""))
    words = used.answer if used else next((t.text for t in kept if t.pk == chosen), "")
    return {
        "begin": words,
        "used": used.pk if used else 0,
        "known": publishing.alike(first) if first else [],
        "like": answering.rows(queries.like(found, first, request.person, at), at) if first else [],
    }


def _found(request: DeskRequest, pk: int) -> Enquiry:
    """One that may not be seen answers like one that is not there."""
    found = queries.one(request.person, pk, clock.now())
    if found is None:
        raise Http404
    return found


def _typed(request: DeskRequest, box: str) -> str:
    return request.POST.get(box, "")[:TYPED_MOST]


def _seen(request: DeskRequest) -> int:
    return _number(request.POST.get("ban", ""))


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 13 else 0


def _nothing_chosen() -> LantoaError:
    return LantoaError(
        vi="Chưa chọn làm gì. Hãy chọn lại trên trang câu hỏi.",
        en="Nothing was chosen. Choose it on the question's page.",
    )
