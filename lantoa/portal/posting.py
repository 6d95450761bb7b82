"""Forms of the public pages. Visitors get no cookie, so no token either: the browser itself says where a form comes from.

A form is taken only from our own pages: by `Sec-Fetch-Site`, which no page can set, or else by `Origin`. A browser that
sends neither is an old one; then the address before (`Referer`) must be ours.
"""

import functools
from collections.abc import Callable
from urllib.parse import urlsplit

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lantoa.portal.doors import View, unavailable


def is_our_own(request: HttpRequest) -> bool:
    """Whether a form comes from a page of this site."""
    site = request.headers.get("Sec-Fetch-Site", "")
    if site:
        return site == "same-origin"
    from_where = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(from_where).netloc == request.get_host()


def form_door(refuse: Callable[[HttpRequest], HttpResponse]) -> Callable[[View], View]:
    """A public page with a form: its answers are kept nowhere, and a form from elsewhere changes nothing.

    Args:
        refuse: what a form from elsewhere is answered with.
    """

    def declared(view: View) -> View:
        @csrf_exempt
        @require_http_methods(["GET", "HEAD", "POST"])
        @functools.wraps(view)
        def opened(request: HttpRequest, *args: object, **named: object) -> HttpResponseBase:
            try:
                if request.method == "POST" and not is_our_own(request):
                    response: HttpResponseBase = refuse(request)
                else:
                    response = view(request, *args, **named)
            except OperationalError:
                return unavailable(request)
            response["Cache-Control"] = "no-store"
            response["X-Robots-Tag"] = "noindex"
            patch_vary_headers(response, ["Save-Data"])
            return response

        opened.needs = "public"  # type: ignore[attr-defined]
        return opened

    return declared
