"""What every page of the portal does: read only, say in words what was wrong, never set a cookie."""

import functools
from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from lantoa.lib import dates
from lantoa.lib.errors import LantoaError
from lantoa.look import clock

View = Callable[..., HttpResponseBase]
FRESH = "public, max-age=0, must-revalidate"


class AskError(LantoaError):
    """A name in the address that holds something else than it may."""

    def __init__(self, *, field: str, vi: str, en: str) -> None:
        super().__init__(vi=vi, en=en)
        self.field = field


class NothingYetError(LantoaError):
    """A new house: no line, no unit, no figure. Nothing is wrong, there is only nothing to show."""

    def __init__(self) -> None:
        super().__init__(
            vi="Chưa có đơn vị nào. Số liệu đầu tiên sẽ hiện sau khi lập cơ cấu tổ chức và các đơn vị ghi việc đã làm.",
            en="There are no units yet. The first figures appear once the structure is laid and units record what they do.",
        )


def lang() -> str:
    return (get_language() or "vi")[:2]


def sentence(error: LantoaError) -> str:
    return error.en if lang() == "en" else error.vi


def door(view: View) -> View:
    """A public page: GET and HEAD, fresh whenever it changed, and every mistake answered with a sentence."""

    @require_safe
    @functools.wraps(view)
    def opened(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **named)
        except NothingYetError as error:
            return nothing_yet(request, error)
        except LantoaError as error:
            return bad_question(request, error)
        except OperationalError:
            return unavailable(request)
        response.headers.setdefault("Cache-Control", FRESH)
        return response

    opened.needs = "public"  # type: ignore[attr-defined]
    return opened


def page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    context = {"today": dates.day_of(clock.now()), **context}
    response = render(request, template, context)
    # The fonts are left out for those who spare data.
    patch_vary_headers(response, ["Save-Data"])
    return response


def bad_question(request: HttpRequest, error: LantoaError) -> HttpResponse:
    """What was typed stays in its boxes, the wrong one is marked, and the sentence says what to do."""
    wrong = getattr(error, "field", "")
    typed = [(name, request.GET[name], name == wrong) for name in request.GET]
    context = {"sentence": sentence(error), "typed": typed, "wrong": wrong}
    response = render(request, "portal/bad_question.html", context, status=400)
    response["Cache-Control"] = "no-store"
    return response


def nothing_yet(request: HttpRequest, error: NothingYetError) -> HttpResponse:
    response = page(request, "portal/nothing_yet.html", {"sentence": sentence(error)})
    response["Cache-Control"] = "no-store"
    return response


def unavailable(request: HttpRequest) -> HttpResponse:
    response = render(request, "503.html", status=503)
    response["Retry-After"] = "60"
    response["Cache-Control"] = "no-store"
    return response
