"""How people enter: what allauth asks of us. Accounts are opened by invitation; nobody signs up by themselves.

Guessing is slowed for the account and for the network it comes from, and locks nobody out: a browser that has
entered an account before is counted apart, so its owner enters while others guess. An account that is not there
is counted, and answered, like one that is.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.internal import ratelimit
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from lantoa.desk import staying
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Account

BROWSER = "may"  # the cookie of a browser that has entered an account before
REMEMBERED = 400 * 24 * 3600  # seconds; browsers keep no cookie for longer


def _is_out_of_its_sample(user: Any) -> bool:
    """A sample account, whose password everybody knows, enters nowhere but in the sample."""
    return bool(user.is_sample and not settings.IS_DEMO)


class EnterByPassword(AuthenticationBackend):
    def user_can_authenticate(self, user: Any) -> bool:
        """Asked at every request: an open session ends with the right to it."""
        return bool(super().user_can_authenticate(user)) and not _is_out_of_its_sample(user)

    def get_user(self, user_id: int) -> Account | None:
        """Asked at every request, and so is the person behind the account."""
        found = orgs.account(user_id)
        return found if found and self.user_can_authenticate(found) else None


class ByInvitationOnly(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Before a password is looked at: few guesses from one network, and not many from all of them together."""
        name = _name(credentials)
        if not _knows(request, name) and not ratelimit.consume(
            request, app="allauth.account", action="login_failed_anywhere", key=name
        ):
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        name = _name(credentials)
        return f"{name}:{BROWSER if _knows(request, name) else ratelimit.get_ip(request)}"

    def pre_login(self, request: HttpRequest, user: Any, **named: Any) -> Any:
        """Whatever the key was, a password or a passkey."""
        if _is_out_of_its_sample(user):
            return self.respond_user_inactive(request, user)
        if request.POST.get(staying.SHARED):
            staying.share(request)
        return super().pre_login(request, user, **named)

    def post_login(self, request: HttpRequest, user: Any, **named: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **named)
        if request.session.get(staying.SHARED):
            return response
        response.set_cookie(
            BROWSER,
            signing.dumps(user.username.lower(), salt=BROWSER),
            max_age=REMEMBERED,
            path=settings.WORK_PATH,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    """A single sign-on lets in whoever has an account here already; it opens none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


def _name(credentials: dict[str, Any]) -> str:
    return str(credentials.get("username", "")).lower()


def _knows(request: HttpRequest, name: str) -> bool:
    """Whether this browser has entered this very account before."""
    try:
        known: str = signing.loads(
            request.COOKIES.get(BROWSER, ""), salt=BROWSER, max_age=REMEMBERED
        )
    except signing.BadSignature:
        return False
    return known == name
