"""Việc của tôi: what I must do, in order, with why. And the page of oneself: places, posts, language, leaving."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lantoa.desk import here, places
from lantoa.desk.doors import door, page
from lantoa.desk.http import DeskRequest
from lantoa.lib import dates


@require_safe
@door("desk.enter")
def mine(request: DeskRequest) -> HttpResponse:
    return page(request, "desk/mine.html", {})


@require_http_methods(["GET", "HEAD", "POST"])
@door("desk.enter")
def me(request: DeskRequest) -> HttpResponse:
    found = here.places(request, dates.day_of(timezone.now()))
    if request.method == "POST":
        chosen = request.POST.get("noi", "")
        if any(each.key == chosen for each in found):
            request.session[here.CHOSEN] = chosen
        return redirect("desk:mine")
    now = here.here(request, dates.day_of(timezone.now()))
    roles = [(each, each.key == now.key) for each in found]
    others = places.for_roles(now.roles, request.path)
    return page(request, "desk/me.html", {"found": roles, "others": others})
