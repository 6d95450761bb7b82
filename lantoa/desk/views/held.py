"""Stars that came in a crowd from one place: an editor looks, and counts or drops them. Inside Wagtail's pages."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from lantoa.articles import queries, rating
from lantoa.desk.http import DeskRequest
from lantoa.look import clock


def held(request: DeskRequest) -> HttpResponse:
    """The articles with votes that wait; POST decides about those of one of them."""
    if request.method == "POST":
        return _decide(request)
    found = [(article, rating.score(article)) for article in queries.with_held_votes()]
    return render(request, "desk/held.html", {"found": found})


def _decide(request: DeskRequest) -> HttpResponse:
    article = queries.with_held_votes().filter(slug=request.POST.get("bai", "")).first()
    if article is None:
        raise Http404
    counts = request.POST.get("viec") == "tinh"
    many = rating.decide_held(article=article, counts=counts, by=request.person, at=clock.now())
    said = _("Đã tính %(n)s phiếu.") if counts else _("Đã bỏ %(n)s phiếu.")
    messages.success(request, said % {"n": many})
    return redirect("held-ratings")
