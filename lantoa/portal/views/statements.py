"""What the house says about itself: how it can be used by everyone, what it knows of people, what there is."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from lantoa.articles import queries
from lantoa.portal import asking
from lantoa.portal.doors import NothingYetError, door, page


@door
def access(request: HttpRequest) -> HttpResponse:
    return page(request, "portal/access.html", {"section": "about"})


@door
def privacy(request: HttpRequest) -> HttpResponse:
    context = {"section": "about", "kept": settings.ENQUIRY_KEPT.days}
    return page(request, "portal/privacy.html", context)


@door
def contents(request: HttpRequest) -> HttpResponse:
    """The site map for people: every kind of page, the sections, the lines."""
    try:
        lines = [(each.code, asking.line_name(each)) for each in asking.lines()]
    except NothingYetError:
        lines = []
    context = {"section": "about", "sections": queries.sections(), "lines": lines}
    return page(request, "portal/contents.html", context)
