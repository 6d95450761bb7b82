"""Hỏi – Đáp: ask in three answers without an account, follow one's question by the code of its link."""

import re
import uuid
from collections.abc import Sequence
from typing import Any

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.enquiries import asking, codes, forgetting, publishing, queries
from lantoa.enquiries.models import Enquiry, PublicAnswer
from lantoa.enquiries.queries import Said
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError
from lantoa.look import clock
from lantoa.portal.doors import page, sentence
from lantoa.portal.posting import form_door

# The boxes of the form, and what is kept of what was typed when it comes back.
BOXES = ("cau-hoi", "noi", "cach", "dien-thoai")
TYPED_MOST = 20_000
FIGURE_PAGE = re.compile(r"(/en)?/so-lieu/[a-z0-9-]+/(ho-so/)?(\?[A-Za-z0-9=&.-]*)?")


def _not_from_here(request: HttpRequest) -> HttpResponse:
    return _ask_page(request, [("cau-hoi", _("Mẫu này không gửi từ trang của chúng tôi. Hãy gửi lại từ đây."))], 403)  # fmt: skip


@form_door(_not_from_here)
def ask(request: HttpRequest) -> HttpResponse:
    """Three answers; what is wrong is said at its box, and what was written stays."""
    if request.method != "POST":
        return _ask_page(request, [])
    if not ratelimit.consume(request, action="ask"):
        wrong = _("Nơi này vừa gửi nhiều câu hỏi liền nhau. Chờ ít phút rồi gửi lại; chữ đã viết còn nguyên ở đây.")  # fmt: skip
        return _ask_page(request, [("cau-hoi", wrong)], 429)
    at, sent = clock.now(), request.POST
    known = [] if sent.get("da-xem") else publishing.alike(sent.get("cau-hoi", "")[:TYPED_MOST])
    if known:
        return _ask_page(request, [], known=known)
    try:
        asked = asking.ask(
            text=sent.get("cau-hoi", "")[:TYPED_MOST],
            place=queries.commune(_number(sent.get("noi", "")), day_of(at)),
            way=sent.get("cach", ""),
            phone=sent.get("dien-thoai", "")[:40],
            form=_form_number(sent.get("so", "")),
            at=at,
        )
    except LantoaError as error:
        where = getattr(error, "where", "cau-hoi")
        return _ask_page(request, [(where, sentence(error))], 400)
    there = reverse("portal:follow-question", args=[asked.whole_code])
    response = redirect(f"{there}?moi=1")
    response.status_code = 303
    return response


def _ask_page(
    request: HttpRequest,
    mistakes: Sequence[tuple[str, str]],
    status: int = 200,
    known: Sequence[PublicAnswer] = (),
) -> HttpResponse:
    typed = {box: request.POST.get(box, "")[:TYPED_MOST] for box in BOXES}
    if request.method != "POST":
        typed |= {"cau-hoi": _about(request), "noi": request.GET.get("noi", "")}
    context = {
        "section": "questions",
        "communes": queries.communes(day_of(clock.now())),
        "ways": [(each.value, each.label) for each in (Enquiry.Way.WEB, Enquiry.Way.PHONE)],
        "known": known,
        "has_looked": bool(known or request.POST.get("da-xem")),
        "question": typed["cau-hoi"],
        "place": _number(typed["noi"]),
        "way": typed["cach"] or Enquiry.Way.WEB,
        "phone": typed["dien-thoai"][:40],
        "mistakes": mistakes,
        "wrong": dict(mistakes),
        "number": _form_number(request.POST.get("so", "")),
    }
    response = page(request, "portal/enquiries/ask.html", context)
    response.status_code = status
    return response


def _about(request: HttpRequest) -> str:
    """How the question begins of somebody who holds a figure to be wrong: with the figure's page, and no other words."""
    asked = FIGURE_PAGE.fullmatch(request.GET.get("ve", ""))
    if not asked:
        return ""
    return _("Về con số ở %(page)s: ") % {"page": request.build_absolute_uri(asked[0])}


@form_door(lambda request: _find_page(request, ""))
def find(request: HttpRequest) -> HttpResponse:
    """Type the code that one kept. It is posted: an address with half a code is in nobody's history."""
    if request.method != "POST":
        return _find_page(request, "")
    typed = request.POST.get("ma", "")[:60]
    found = queries.followed(typed) if ratelimit.consume(request, action="follow") else None
    if found is None:
        return _find_page(request, typed)
    parts = codes.parted(typed)
    assert parts is not None  # noqa: S101 - a question was found by them
    return redirect("portal:follow-question", codes.whole(*parts))


def _find_page(request: HttpRequest, typed: str) -> HttpResponse:
    wrong = ""
    if request.method == "POST" or typed:
        wrong = (
            _("Mã này còn thiếu tám chữ cuối. Chép đủ cả dòng mã đã nhận khi gửi.")
            if codes.is_code_alone(typed)
            else _("Không thấy mã này. Kiểm tra lại từng nhóm bốn chữ, nhất là bốn chữ cuối.")
        )
    context = {"section": "questions", "typed": typed, "wrong": wrong}
    response = page(request, "portal/enquiries/find.html", context)
    response.status_code = 404 if wrong else 200
    return response


@form_door(lambda request: _find_page(request, ""))
def follow(request: HttpRequest, whole: str) -> HttpResponse:
    """One's own question: how it stands, all that was said, and what one may still say."""
    found = queries.followed(whole) if ratelimit.consume(request, action="follow") else None
    if found is None:
        return _find_page(request, whole[:60])
    mistakes: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            _said(request, found)
        except LantoaError as error:
            mistakes = [(getattr(error, "where", "them"), sentence(error))]
        else:
            response = redirect("portal:follow-question", whole)
            response.status_code = 303
            return response
    return _follow_page(request, found, whole, mistakes)


def _said(request: HttpRequest, enquiry: Enquiry) -> None:
    """What its asker did on the page: more words, or whether the answer solved it."""
    sent, at = request.POST, clock.now()
    form = f"web:{_form_number(sent.get('so', ''))}"
    what = sent.get("viec", "")
    if what == "xoa":
        forgetting.forget(enquiry=enquiry, at=at)
    elif what in ("co", "chua"):
        asking.judge(
            enquiry=enquiry,
            is_solved=what == "co",
            text=sent.get("con-gi", "")[:TYPED_MOST],
            source=form,
            at=at,
        )
    else:
        words = sent.get("them", "")[:TYPED_MOST]
        asking.add(enquiry=enquiry, text=words, source=form, at=at)


def _follow_page(
    request: HttpRequest, enquiry: Enquiry, whole: str, mistakes: list[tuple[str, str]]
) -> HttpResponse:
    at = clock.now()
    said = queries.conversation(enquiry, for_citizen=True)
    units = queries.names([enquiry], at) | queries.unit_names(said, at)
    context: dict[str, Any] = {
        "section": "questions",
        "enquiry": enquiry,
        "whole": whole,
        "groups": whole.split("-"),
        "is_new": bool(request.GET.get("moi")),
        "unit": units.get(enquiry.unit_id, ""),
        "place": units.get(enquiry.place_id or 0, ""),
        "said": [_line(each, units) for each in said],
        "steps": _steps(enquiry),
        "may_say": enquiry.state in ("received", "working", "waiting"),
        "may_judge": enquiry.state == "answered" and enquiry.is_solved is None,
        "days": queries.days_taken(enquiry),
        "mistakes": mistakes,
        "wrong": dict(mistakes),
        "typed": {box: request.POST.get(box, "")[:TYPED_MOST] for box in ("them", "con-gi")},
        "number": uuid.uuid4(),
    }
    response = page(request, "portal/enquiries/follow.html", context)
    response.status_code = 400 if mistakes else 200
    return response


def _line(said: Said, units: dict[int, str]) -> dict[str, Any]:
    who = _("Người hỏi") if said.kind == "citizen" else units.get(said.unit_id, "")
    return {"said": said, "who": who, "is_citizen": said.kind == "citizen"}


def _steps(enquiry: Enquiry) -> list[tuple[str, bool]]:
    """Đã nhận, đang xử lý, đã trả lời; the last one reached is where it stands."""
    reached = {"received": 1, "working": 2, "waiting": 2, "answered": 3, "closed": 3}
    last = _("Đã kết thúc") if enquiry.state == "closed" else _("Đã trả lời")
    names = [_("Đã nhận"), _("Đang xử lý"), last]
    return [(name, place < reached[enquiry.state]) for place, name in enumerate(names)]


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 13 else 0


def _form_number(typed: str) -> str:
    """The number of the form that was filled in, made with the page; a new one if it is none."""
    try:
        return str(uuid.UUID(typed))
    except ValueError:
        return str(uuid.uuid4())
