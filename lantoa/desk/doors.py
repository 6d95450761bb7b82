"""What every page of the work area does: let in who may, in their language; say in words what was wrong; leave no copy.

Every route declares what it needs: a key of `rights.ACTS`, or "public". An undeclared route fails the tests.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Concatenate

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache

from lantoa.desk import here, places, staying, typed
from lantoa.desk.http import DeskRequest
from lantoa.lib import dates
from lantoa.lib.errors import LantoaError
from lantoa.look import clock
from lantoa.orgs import rights

LANGUAGE = "vi"
View = Callable[Concatenate[DeskRequest, ...], HttpResponseBase]


def door(act: str) -> Callable[[View], Callable[..., HttpResponseBase]]:
    """A page for those whom a post, anywhere, gives the right to `act`. The action asks again, at the unit."""

    def declared(view: View) -> Callable[..., HttpResponseBase]:
        @never_cache
        @functools.wraps(view)
        def opened(request: DeskRequest, *args: Any, **named: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return typed.ask_to_enter(request)
            staying.require_proof(request, act)
            typed.drop_if_sent(request)
            request.person = request.user.person
            with spoken(request):
                try:
                    rights.require(request.person, act, None, clock.now())
                    return drawn(view(request, *args, **named))
                except rights.NotAllowedError as error:
                    return refused(request, error, status=403)
                except LantoaError as error:
                    return refused(request, error, status=400)
                except OperationalError:
                    return unavailable(request)

        opened.needs = act  # type: ignore[attr-defined]
        return opened

    return declared


@contextmanager
def spoken(request: HttpRequest) -> Iterator[None]:
    """In the language of the account; before anybody has entered, in the one chosen at the login page."""
    language = LANGUAGE
    if request.user.is_authenticated:
        language = request.user.language
    else:
        chosen = request.GET.get("lang", "")
        if chosen in dict(settings.LANGUAGES):
            request.session["lang"] = chosen
        language = request.session.get("lang", language)
    with translation.override(language):
        request.LANGUAGE_CODE = language
        yield


def drawn(response: HttpResponseBase) -> HttpResponseBase:
    """A template is drawn here, while the reader's language is set."""
    draw = getattr(response, "render", None)
    return draw() if draw else response


def lang() -> str:
    return (translation.get_language() or "vi")[:2]


def sentence(error: LantoaError) -> str:
    return error.en if lang() == "en" else error.vi


def page(
    request: DeskRequest, template: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page with the bar and the places around it.

    Raises:
        ValueError: the page brings something of the frame's name, which would then be drawn in its place.
    """
    now = here.here(request, dates.day_of(clock.now()))
    frame = {"here": now, "places": places.for_roles(now.roles, request.path)}
    if clash := frame.keys() & context.keys():
        raise ValueError(clash)
    return render(request, template, frame | context, status=status)


def refused(request: HttpRequest, error: LantoaError, *, status: int) -> HttpResponse:
    return render(request, "desk/refused.html", {"sentence": sentence(error)}, status=status)


def unavailable(request: HttpRequest) -> HttpResponse:
    response = render(request, "503.html", status=503)
    response["Retry-After"] = "60"
    return response
