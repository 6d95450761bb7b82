"""What a record serves besides a task: the directive that it carries out, the movement that it belongs to."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lantoa.desk import telling
from lantoa.desk.doors import door, page, sentence
from lantoa.desk.forms import boxes
from lantoa.desk.forms.boxes import Box, Boxes
from lantoa.desk.http import DeskRequest
from lantoa.lib.errors import LantoaError
from lantoa.look import clock
from lantoa.orgs import rights
from lantoa.plans.queries import directives, movements
from lantoa.work import actions, queries, serving
from lantoa.work.models import Activity
from lantoa.work.serving import Serves


@require_http_methods(["GET", "HEAD", "POST"])
@door("work.correct")
def serve(request: DeskRequest, pk: int) -> HttpResponse:
    """Say which directive and which movement a record serves; a correction like any other."""
    found = _found(request, pk)
    form = _form(request, found)
    if request.method == "POST":
        told = _read(request, form, found)
        if told and _kept(request, form, found, told):
            messages.success(request, _("Đã ghi việc này phục vụ gì."))
            return redirect("desk:one-record", pk=pk)
    context = {
        "form": form,
        "heading": _("Việc này phục vụ gì?"),
        "note": telling.line(found),
        "action": _("Ghi"),
        "back": reverse("desk:one-record", args=[pk]),
        "back_name": _("Việc đã ghi"),
    }
    return page(request, "desk/boxes.html", context, status=400 if form.wrong else 200)


def _found(request: DeskRequest, pk: int) -> Activity:
    found = queries.record_for(request.person, pk, clock.now())
    if found is None or found.withdrawn_at is not None:
        raise Http404
    if not rights.units_among(request.person, "work.correct", [found.unit_id], clock.now()):
        raise Http404
    return found


def _form(request: DeskRequest, found: Activity) -> Boxes:
    seen = movements.search(movements.seen_by(request.person, clock.now()), running=found.date)
    options = [(str(each.pk), each.name) for each in seen.order_by("folded")]
    typed = dict(request.POST.lists()) or {
        "van-ban": [found.directive.code if found.directive else ""],
        "phong-trao": [str(found.movement_id or "")],
    }
    return boxes.of(
        [
            Box("van-ban", _("Thực hiện văn bản"), is_needed=False, hint=_("Số và ký hiệu của văn bản đã vào sổ.")),
            Box("phong-trao", _("Thuộc phong trào"), "choice", options, is_needed=False),
        ],
        typed,
    )  # fmt: skip


def _read(request: DeskRequest, form: Boxes, found: Activity) -> Serves | None:
    now, typed, number = clock.now(), form.text("van-ban"), form.choice("phong-trao")
    directive = (
        directives.by_code(directives.seen_by(request.person, now), typed) if typed else None
    )
    if typed and directive is None:
        form.wrong["van-ban"] = _("Không thấy văn bản này trong sổ. Vào sổ văn bản đó trước, hoặc bỏ trống.")  # fmt: skip
    seen = movements.seen_by(request.person, now)
    movement = seen.filter(pk=int(number)).first() if number else None
    if form.wrong:
        return None
    return replace(serving.served_by(found), directive=directive, movement=movement)


def _kept(request: DeskRequest, form: Boxes, found: Activity, told: Serves) -> bool:
    try:
        actions.correct(
            activity=found, seen=found.version, serves=told, by=request.person, at=clock.now(),
            values={each.measure.code: each.value for each in found.values.all()},
        )  # fmt: skip
    except rights.NotAllowedError:
        raise
    except LantoaError as error:
        form.wrong["van-ban"] = sentence(error)
    return not form.wrong
