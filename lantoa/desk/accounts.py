"""How people enter: what allauth asks of us. Accounts are opened by invitation; nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest


def _is_out_of_its_sample(user: Any) -> bool:
    """A sample account, whose password everybody knows, enters nowhere but in the sample."""
    return bool(user.is_sample and not settings.IS_DEMO)


class EnterByPassword(AuthenticationBackend):
    def user_can_authenticate(self, user: Any) -> bool:
        """Asked at every request: an open session ends with the right to it."""
        return bool(super().user_can_authenticate(user)) and not _is_out_of_its_sample(user)


class ByInvitationOnly(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Any, **named: Any) -> Any:
        """Whatever the key was, a password or a passkey."""
        if _is_out_of_its_sample(user):
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **named)


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    """A single sign-on lets in whoever has an account here already; it opens none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
