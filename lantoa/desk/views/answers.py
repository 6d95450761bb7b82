"""What stands around an answer: publishing it, the files that came with the question, words used often, who answers what."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lantoa.desk import here
from lantoa.desk.doors import door, page, sentence
from lantoa.desk.http import DeskRequest
from lantoa.enquiries import actions, attachments, publishing, queries
from lantoa.enquiries.models import Enquiry, Topic
from lantoa.lib.dates import day_of
from lantoa.lib.errors import LantoaError
from lantoa.look import clock

TYPED_MOST = 20_000


@require_http_methods(["GET", "HEAD", "POST"])
@door("enquiries.answer")
def publish(request: DeskRequest, pk: int) -> HttpResponse:
    """What the machine has masked, in two boxes, to be read and mended; published when somebody says they have read it."""
    found, mistakes = _found(request, pk), []
    draft = publishing.draft(found)
    typed = {"cau-hoi-cong-khai": draft.question, "tra-loi-cong-khai": draft.answer}
    if request.method == "POST":
        typed = {box: request.POST.get(box, "")[:TYPED_MOST] for box in typed}
        try:
            _publish(request, found, typed)
        except LantoaError as error:
            mistakes = [(getattr(error, "where", "cau-hoi-cong-khai"), sentence(error))]
        else:
            return redirect("desk:enquiry", pk)
    context = {
        "enquiry": found,
        "typed": typed,
        "mistakes": mistakes,
        "wrong": dict(mistakes),
        "public": queries.public_of(found),
    }
    return page(request, "desk/enquiries/publish.html", context, status=400 if mistakes else 200)


def _publish(request: DeskRequest, found: Enquiry, typed: dict[str, str]) -> None:
    by, at = request.person, clock.now()
    if request.POST.get("viec") == "go":
        publishing.withdraw(enquiry=found, by=by, at=at)
        messages.success(request, _("Đã gỡ khỏi trang công khai."))
        return
    publishing.publish(
        enquiry=found,
        question=typed["cau-hoi-cong-khai"],
        answer=typed["tra-loi-cong-khai"],
        is_read=bool(request.POST.get("da-doc")),
        by=by,
        at=at,
    )
    messages.success(request, _("Đã công khai, không nêu tên ai."))


@require_safe
@door("enquiries.answer")
def file(request: DeskRequest, pk: int, place: int) -> HttpResponse:
    """A file that a citizen sent, opened for those who answer: always as a download, never in the page."""
    found = queries.attachment(_found(request, pk), place)
    content = attachments.content_of(found) if found else None
    if found is None or content is None:
        raise Http404
    answer = HttpResponse(content, content_type=found.media_type)
    ending = found.media_type.rpartition("/")[2].rpartition(".")[2]
    answer["Content-Disposition"] = f'attachment; filename="tep-{pk}-{place}.{ending}"'
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@door("enquiries.answer")
def templates(request: DeskRequest) -> HttpResponse:
    """Words that are used often, for my unit and all below it."""
    at, mistakes = clock.now(), []
    unit = here.here(request, day_of(at)).unit
    typed = {box: request.POST.get(box, "")[:TYPED_MOST] for box in ("ten-mau", "loi-mau")}
    if request.method == "POST":
        try:
            actions.keep_template(
                unit=unit, name=typed["ten-mau"], text=typed["loi-mau"], by=request.person, at=at
            )
        except LantoaError as error:
            mistakes = [(getattr(error, "where", "ten-mau"), sentence(error))]
        else:
            messages.success(request, _("Đã giữ mẫu câu."))
            return redirect("desk:answer-templates")
    context = {
        "templates": queries.templates_at(unit, day_of(at)),
        "typed": typed,
        "mistakes": mistakes,
        "wrong": dict(mistakes),
    }
    return page(request, "desk/enquiries/templates.html", context, status=400 if mistakes else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@door("enquiries.route")
def routing(request: DeskRequest) -> HttpResponse:
    """Which unit answers which topic, where."""
    at = clock.now()
    day, wrong = day_of(at), ""
    if request.method == "POST":
        try:
            unit = queries.unit(request.POST.get("don-vi", ""), day)
            place = queries.commune(_number(request.POST.get("noi", "")), day)
            topic = request.POST.get("linh-vuc", "")
            actions.route(topic=topic, place=place, unit=unit, by=request.person, at=at)
        except LantoaError as error:
            wrong = sentence(error)
        else:
            messages.success(request, _("Đã phân công."))
            return redirect("desk:enquiry-routing")
    context = {
        "rows": queries.routings(request.person, at),
        "topics": Topic.choices,
        "communes": queries.communes(day),
        "typed": request.POST.get("don-vi", "")[:200],
        "mistakes": [("don-vi", wrong)] if wrong else [],
        "wrong": {"don-vi": wrong},
    }
    return page(request, "desk/enquiries/routing.html", context, status=400 if wrong else 200)


def _found(request: DeskRequest, pk: int) -> Enquiry:
    found = queries.one(request.person, pk, clock.now())
    if found is None:
        raise Http404
    return found


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 13 else 0
