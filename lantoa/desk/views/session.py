"""How long one stays entered, how to stay, and what was typed when the login ended under it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lantoa.desk import staying, typed
from lantoa.desk.doors import door, page
from lantoa.desk.http import DeskRequest


@require_safe
@never_cache
def stay(request: HttpRequest) -> HttpResponse:
    """The seconds left, and whose login it is. To ask is not to be active; and nobody is sent to the login page."""
    return _said(request)


@require_POST
@never_cache
def keep(request: HttpRequest) -> HttpResponse:
    """They are still there."""
    if not request.user.is_authenticated:
        return JsonResponse({"left": 0, "who": ""}, status=401)
    if not request.session.get(staying.LAPSED):
        staying.note(request.session, timezone.now(), at_once=True)
    return _said(request) if typed.wants_json(request) else redirect("desk:mine")


stay.needs = keep.needs = "public"  # type: ignore[attr-defined]


def _said(request: HttpRequest) -> JsonResponse:
    if not request.user.is_authenticated:
        return JsonResponse({"left": 0, "who": ""})
    found = staying.stay(request.session, timezone.now())
    return JsonResponse({"left": found.left, "who": request.user.get_username()})


@require_http_methods(["GET", "HEAD", "POST"])
@door("desk.enter")
def typed_before(request: DeskRequest) -> HttpResponse:
    """What was typed before the login ended: to send after all, or to drop."""
    found = typed.kept(request)
    if request.method == "POST" or not found:
        typed.drop(request)
        return redirect("desk:mine")
    return page(request, "desk/session/typed.html", {"typed": found})
