"""How long somebody stays entered (UX 9). The server alone decides, at every request; a page only asks.

Two spans run: since the last thing they did (`LOGIN_IDLE`), and since they last proved who they are (`LOGIN_LONGEST`).
When either has passed, the login is over. On a trusted phone it lives on for `LOGIN_TRUSTED`, but for recording
alone: for everything else it has lapsed, until they prove themselves again. On a machine that others use too it ends
sooner (`LOGIN_SHARED`), trusts nothing, and the pages leave nothing behind on it.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from allauth.account.signals import authentication_step_completed
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.backends.base import SessionBase
from django.dispatch import receiver
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from lantoa.orgs import rights

BEGAN, PROVEN, SEEN, LAPSED = "began", "proven", "seen", "lapsed"  # seconds since 1970; a flag
SHARED = "shared"  # a flag: said at login that others use this machine too


@dataclass(frozen=True, slots=True)
class Stay:
    """What a page may know of the login behind it: the seconds left, of which it warns, and between two signs of life."""

    left: int
    warning: int
    noted: int
    is_trusted: bool
    is_shared: bool


@receiver(user_logged_in)
def _begin(request: HttpRequest, **_named: Any) -> None:
    now = _seconds(timezone.now())
    request.session.update({BEGAN: now, PROVEN: now, SEEN: now, LAPSED: False})
    if getattr(request, SHARED, False):
        request.session[SHARED] = True


def share(request: HttpRequest) -> None:
    """Whoever is entering has said that others use this machine too. A second step may follow before they are in."""
    setattr(request, SHARED, True)
    request.session[SHARED] = True


@receiver(authentication_step_completed)
def _prove(request: HttpRequest, *, reauthenticated: bool = False, **_named: Any) -> None:
    if reauthenticated:
        now = _seconds(timezone.now())
        request.session.update({PROVEN: now, SEEN: now, LAPSED: False})


class Stays:
    """Middleware, after the one that knows who is there: ends what is over, notes who was active."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.stay = request.ended = None  # type: ignore[attr-defined]
        if request.path.startswith(settings.WORK_PATH) and request.user.is_authenticated:
            self.judge(request, timezone.now())
        return self.answer(request)

    def judge(self, request: HttpRequest, at: dt.datetime) -> None:
        session = request.session
        left = seconds_left(session, at)
        if left <= 0 and not is_trusted(session, at):
            request.ended = request.user.pk  # type: ignore[attr-defined]
            logout(request)
            return
        if left <= 0 and not session.get(LAPSED):
            session[LAPSED] = True
        if request.path != reverse("desk:stay") and not session.get(LAPSED):
            note(session, at)
        request.stay = stay(session, at)  # type: ignore[attr-defined]


def note(session: SessionBase, at: dt.datetime, *, at_once: bool = False) -> None:
    """Somebody did something. Written at most once a minute, or at once when they say so."""
    now = _seconds(at)
    if at_once or now - session.get(SEEN, 0) >= settings.LOGIN_NOTED.total_seconds():
        session[SEEN] = now


def stay(session: SessionBase, at: dt.datetime) -> Stay:
    return Stay(
        left=seconds_left(session, at),
        warning=int(settings.LOGIN_WARNING.total_seconds()),
        noted=int(settings.LOGIN_NOTED.total_seconds()),
        is_trusted=is_trusted(session, at),
        is_shared=bool(session.get(SHARED)),
    )


def seconds_left(session: SessionBase, at: dt.datetime) -> int:
    """Until the login is over; on a trusted phone, until all but recording asks again. 0 when it has come."""
    if session.get(LAPSED):
        return 0
    span = settings.LOGIN_SHARED if session.get(SHARED) else settings.LOGIN_IDLE
    idle = session.get(SEEN, 0) + span.total_seconds()
    longest = session.get(PROVEN, 0) + settings.LOGIN_LONGEST.total_seconds()
    return max(0, int(min(idle, longest)) - _seconds(at))


def is_trusted(session: SessionBase, at: dt.datetime) -> bool:
    """Whether they said at login that this is a phone of their own, and its days are not over."""
    is_own = not session.get(SHARED) and not session.get_expire_at_browser_close()
    until = session.get(BEGAN, 0) + settings.LOGIN_TRUSTED.total_seconds()
    return is_own and _seconds(at) < until


def require_proof(request: HttpRequest, needs: str) -> None:
    """On a trusted phone whose login has lapsed, let pass what records, and ask for all else who is there.

    Raises:
        ReauthenticationRequired: allauth's middleware answers, keeps what was sent, and goes on with it afterwards.
    """
    if request.session.get(LAPSED) and needs not in rights.ON_A_TRUSTED_PHONE:
        raise ReauthenticationRequired


def _seconds(at: dt.datetime) -> int:
    return int(at.timestamp())
