"""The last answer, when something failed before or behind the doors."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views.defaults import server_error


def answer(request: HttpRequest) -> HttpResponse:
    """A database that is busy or gone is no mistake of the program: come back later (RELIABILITY D1). All else is a 500."""
    if not isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return server_error(request)
    headers = {"Retry-After": "60", "Cache-Control": "no-store"}
    return HttpResponse(loader.render_to_string("503.html"), status=503, headers=headers)
