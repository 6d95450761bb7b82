"""Việc của tôi: what I must do, in order, with why."""

from django.http import HttpResponse

from lantoa.desk.doors import DeskRequest, door, page


@door("desk.enter")
def mine(request: DeskRequest) -> HttpResponse:
    return page(request, "desk/mine.html", {})
