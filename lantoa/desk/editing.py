"""Wagtail's own pages, where articles are written: in the work area, behind its door, for editors alone.

Each of its routes stands behind the same gate, the ones that Wagtail itself leaves open as well: a side door that
forgets to ask (nine of its twelve holes in 2026 were such) is still behind ours.
"""

import functools
from collections.abc import Callable
from typing import Any

from csp.decorators import csp_replace
from django.http.response import HttpResponseBase
from wagtail.admin import urls as pages
from wagtail.utils.urlpatterns import decorate_urlpatterns

from lantoa.articles import actions
from lantoa.desk.doors import door
from lantoa.desk.http import DeskRequest
from lantoa.look import clock

# Wagtail's pages hold a script or two of their own, styles in attributes, and show a draft in a frame.
LOOSER = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
    "media-src": ["'self'"],
}


def gate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For editors of the public site, asked at every step; what they may do there is theirs for as long."""

    def entered(request: DeskRequest, *args: Any, **named: Any) -> HttpResponseBase:
        actions.enter(person=request.person, at=clock.now())
        return view(request, *args, **named)

    opened = door("articles.write")(functools.wraps(view)(entered))
    looser: Callable[..., HttpResponseBase] = csp_replace(LOOSER)(opened)
    looser.needs = "articles.write"  # type: ignore[attr-defined]
    return looser


urlpatterns = decorate_urlpatterns(pages.urlpatterns, gate)
