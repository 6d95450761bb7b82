"""What every machine's door does: let in who may, answer in JSON, say in words what was wrong, never a page."""

import functools
import random
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lantoa.lib.errors import LantoaError
from lantoa.look import clock
from lantoa.orgs import rights
from lantoa.orgs.models import Account, Person

View = Callable[..., JsonResponse]
# Seconds after which a phone may try again: not all at once.
BUSY = (20, 60)


class IntakeRequest(HttpRequest):
    """A request of somebody who has entered."""

    user: Account
    person: Person


class Answered(LantoaError):
    """Nothing more to read: this is the answer."""

    def __init__(self, status: int, state: str, *, vi: str = "", en: str = "") -> None:
        super().__init__(vi=vi, en=en)
        self.status, self.state = status, state


def intake(act: str) -> Callable[[View], Callable[..., JsonResponse]]:
    """A door for those whom a post gives the right to `act`; the action asks again, at the unit."""

    def declared(view: View) -> Callable[..., JsonResponse]:
        @require_POST
        @never_cache
        @functools.wraps(view)
        def opened(request: IntakeRequest, *args: Any, **named: Any) -> JsonResponse:
            if not request.user.is_authenticated:
                return answer(401, "enter", login=reverse(settings.LOGIN_URL))
            request.person = request.user.person
            with translation.override(request.user.language):
                return _answered(view, request, act, *args, **named)

        opened.needs = act  # type: ignore[attr-defined]
        return opened

    return declared


def _answered(
    view: View, request: IntakeRequest, act: str, *args: Any, **named: Any
) -> JsonResponse:
    try:
        rights.require(request.person, act, None, clock.now())
        return view(request, *args, **named)
    except Answered as said:
        return answer(said.status, said.state, sentence=sentence(said))
    except rights.NotAllowedError as error:
        return answer(403, "not_allowed", sentence=sentence(error))
    except LantoaError as error:
        return answer(422, "refused", wrong=[{"where": "", "sentence": sentence(error)}])
    except OperationalError:
        busy = answer(503, "busy")
        busy["Retry-After"] = str(random.randint(*BUSY))  # noqa: S311 - no secret
        return busy


def answer(status: int, state: str, **more: Any) -> JsonResponse:
    return JsonResponse({"state": state, **more}, status=status)


def sentence(error: LantoaError) -> str:
    return error.en if (translation.get_language() or "vi").startswith("en") else error.vi
