"""The form of the login page: allauth's, and whose machine this is."""

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings


class EnterForm(LoginForm):
    """`shared`: others use this machine too. Then nothing is remembered, whatever else was ticked."""

    shared = forms.BooleanField(required=False)

    @property
    def minutes(self) -> int:
        """After so many of them without activity a login on a shared machine ends."""
        return int(settings.LOGIN_SHARED.total_seconds() // 60)

    def clean(self) -> Any:
        found = super().clean()
        if self.cleaned_data.get("shared"):
            self.cleaned_data["remember"] = False
        return found
