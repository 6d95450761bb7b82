"""How to read a figure, and how to check it."""

from django.http import HttpRequest, HttpResponse

from lantoa.portal.doors import door, page
from lantoa.warehouse import segments


@door
def about(request: HttpRequest) -> HttpResponse:
    return page(request, "portal/about.html", {"section": "about", "segment": segments.newest()})
