"""Việc của tôi: what I must do, in order, with why. And the page of oneself: places, posts, language, leaving."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from lantoa.desk import here, todo
from lantoa.desk.doors import door, page
from lantoa.desk.http import DeskRequest
from lantoa.lib import dates
from lantoa.look import clock
from lantoa.orgs import rights


@require_safe
@door("desk.enter")
def mine(request: DeskRequest) -> HttpResponse:
    now = clock.now()
    place = here.here(request, dates.day_of(now))
    asking = todo.Asking(request.person, place, now)
    found = todo.tasks(asking)
    at_hand = [task for task in found if task.rank != todo.LATER]
    later = next((task for task in found if task.rank == todo.LATER), None)
    return page(
        request,
        "desk/mine.html",
        {
            "now": [task for task in at_hand if task.is_now],
            "this_month": [task for task in at_hand if not task.is_now],
            "count": len(at_hand),
            "summary": todo.summary(at_hand),
            "next": later,
            "next_due": todo.due_words(later) if later else "",
            "adjusted": todo.adjusted(asking),
            "may_record": bool(place.roles & rights.ACTS["work.record"].roles),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door("desk.enter")
def me(request: DeskRequest) -> HttpResponse:
    found = here.places(request, dates.day_of(clock.now()))
    if request.method == "POST":
        chosen = request.POST.get("noi", "")
        if any(each.key == chosen for each in found):
            request.session[here.CHOSEN] = chosen
        return redirect("desk:mine")
    return own_page(request, address=request.user.email, wants=request.user.wants_mail)


def own_page(request: DeskRequest, *, address: str, wants: bool, wrong: str = "") -> HttpResponse:
    """The page of oneself; with what was typed and what is wrong with it, when it comes back."""
    day = dates.day_of(clock.now())
    now = here.here(request, day)
    context = {
        "found": [(each, each.key == now.key) for each in here.places(request, day)],
        "address": address,
        "wants": wants,
        "wrong": wrong,
        "mistakes": [("thu", wrong)] if wrong else [],
    }
    return page(request, "desk/me.html", context, status=400 if wrong else 200)
