"""How people enter: what allauth asks of us. Accounts are opened by invitation; nobody signs up by themselves."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class EnterByPassword(AuthenticationBackend):
    """A sample account, whose password everybody knows, enters nowhere but in the sample."""

    def user_can_authenticate(self, user: Any) -> bool:
        if user.is_sample and not settings.IS_DEMO:
            return False
        return bool(super().user_can_authenticate(user))


class ByInvitationOnly(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False


class KnownPeopleOnly(DefaultSocialAccountAdapter):
    """A single sign-on lets in whoever has an account here already; it opens none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False
