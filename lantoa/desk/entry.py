"""The pages of allauth that we open, each declared: entering, leaving, passwords, second factors. No sign-up.

"public" may be seen by anybody, "account" by whoever has entered, whatever their posts. On a trusted phone whose
login has lapsed the pages of one's account ask again; those that ask do not.
"""

import functools
from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as oidc
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from lantoa.desk import doors, staying, typed

View = Callable[..., HttpResponseBase]


def _declared(view: View, needs: str, *, proves: bool) -> View:
    @never_cache
    @functools.wraps(view)
    def opened(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        if needs == "account" and not request.user.is_authenticated:
            return typed.ask_to_enter(request)
        if needs == "account" and not proves:
            staying.require_proof(request, needs)
        with doors.spoken(request):
            return doors.drawn(view(request, *args, **named))

    opened.needs = needs  # type: ignore[attr-defined]
    return opened


def _page(
    route: str, view: View, name: str, needs: str = "account", *, proves: bool = False
) -> URLPattern:
    return path(route, _declared(view, needs, proves=proves), name=name)


urlpatterns = [
    _page("vao/", account.login, "account_login", "public"),
    _page("ra/", account.logout, "account_logout", "public"),
    _page("mat-khau/", account.password_change, "account_change_password"),
    _page("mat-khau/dat/", account.password_set, "account_set_password"),
    _page("xac-nhan-lai/", account.reauthenticate, "account_reauthenticate", proves=True),
    _page("khong-hoat-dong/", account.account_inactive, "account_inactive", "public"),
    # the second factor
    _page("hai-lop/", mfa.index, "mfa_index"),
    _page("vao/hai-lop/", mfa.authenticate, "mfa_authenticate", "public"),
    _page("xac-nhan-lai/hai-lop/", mfa.reauthenticate, "mfa_reauthenticate", proves=True),
    _page("hai-lop/ung-dung/", totp.activate_totp, "mfa_activate_totp"),
    _page("hai-lop/ung-dung/bo/", totp.deactivate_totp, "mfa_deactivate_totp"),
    _page("hai-lop/ma-du-phong/", recovery.view_recovery_codes, "mfa_view_recovery_codes"),
    _page(
        "hai-lop/ma-du-phong/moi/", recovery.generate_recovery_codes, "mfa_generate_recovery_codes"
    ),
    _page(
        "hai-lop/ma-du-phong/tai/", recovery.download_recovery_codes, "mfa_download_recovery_codes"
    ),
    # passkeys
    _page("vao/khoa/", webauthn.login_webauthn, "mfa_login_webauthn", "public"),
    _page("hai-lop/khoa/", webauthn.list_webauthn, "mfa_list_webauthn"),
    _page("hai-lop/khoa/them/", webauthn.add_webauthn, "mfa_add_webauthn"),
    _page("hai-lop/khoa/<int:pk>/bo/", webauthn.remove_webauthn, "mfa_remove_webauthn"),
    _page("hai-lop/khoa/<int:pk>/sua/", webauthn.edit_webauthn, "mfa_edit_webauthn"),
    _page(
        "xac-nhan-lai/khoa/",
        webauthn.reauthenticate_webauthn,
        "mfa_reauthenticate_webauthn",
        proves=True,
    ),
    # single sign-on: without LANTOA_OIDC_SERVER there is no provider, and these answer 404
    _page("mot-cua/", social.connections, "socialaccount_connections"),
    _page("mot-cua/thoi/", social.login_cancelled, "socialaccount_login_cancelled", "public"),
    _page("mot-cua/loi/", social.login_error, "socialaccount_login_error", "public"),
    _page("mot-cua/<slug:provider_id>/", oidc.login, "openid_connect_login", "public"),
    _page("mot-cua/<slug:provider_id>/ve/", oidc.callback, "openid_connect_callback", "public"),
]
