"""The pages of allauth that we open, each declared: entering, leaving, passwords, second factors. No sign-up."""

from collections.abc import Callable
from typing import Any

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import URLPattern, path

View = Callable[..., Any]


def _declared(view: View, needs: str) -> View:
    view.needs = needs  # type: ignore[attr-defined]
    return view


def _page(route: str, view: View, name: str, needs: str = "account") -> URLPattern:
    return path(route, _declared(view, needs), name=name)


urlpatterns = [
    _page("vao/", account.login, "account_login", "public"),
    _page("ra/", account.logout, "account_logout", "public"),
    _page("mat-khau/", account.password_change, "account_change_password"),
    _page("xac-nhan-lai/", account.reauthenticate, "account_reauthenticate"),
    _page("khong-hoat-dong/", account.account_inactive, "account_inactive", "public"),
    # the second factor
    _page("hai-lop/", mfa.index, "mfa_index"),
    _page("vao/hai-lop/", mfa.authenticate, "mfa_authenticate", "public"),
    _page("xac-nhan-lai/hai-lop/", mfa.reauthenticate, "mfa_reauthenticate"),
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
    _page("xac-nhan-lai/khoa/", webauthn.reauthenticate_webauthn, "mfa_reauthenticate_webauthn"),
]
