"""Every page that allauth can show: in our look, in both languages, and nothing of its own English in Vietnamese."""

import gettext
import html
import re
from pathlib import Path

import allauth
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.urls import get_resolver, reverse

from lantoa.desk import entry
from lantoa.orgs.models import Account
from tests import make
from tests.desk.conftest import PASSWORD

pytestmark = pytest.mark.django_db
VIETNAMESE = re.compile(
    r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)


def english_of_allauth():
    """Its sentences, of two words at least: read from the catalogue of a translation that it ships."""
    file = Path(allauth.__file__).parent / "locale/fr/LC_MESSAGES/django.mo"
    with file.open("rb") as opened:
        said = gettext.GNUTranslations(opened)._catalog
    msgids = {key[0] if isinstance(key, tuple) else key for key in said}
    return {text for text in msgids if " " in text and "%" not in text}


ENGLISH = english_of_allauth()


def words(answer):
    """What a reader sees and hears of a page, and of its fields; not what is in Vietnamese on purpose."""
    page = answer.content.decode()
    page = re.sub(r"<(script|style).*?</\1>", " ", page, flags=re.DOTALL)
    page = re.sub(r'<(?!html)(\w+)[^>]* lang="vi"[^>]*>.*?</\1>', " ", page, flags=re.DOTALL)
    said = re.findall(r'(?:alt|aria-label|placeholder|title)="([^"]*)"', page)
    return html.unescape(" ".join([re.sub(r"<[^>]+>", " ", page), *said]))


def totp_code(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


@pytest.fixture(params=["vi", "en"])
def language(request):
    return request.param


@pytest.fixture
def account(entered, language):
    return entered(make.unit(), language=language).person.account


@pytest.fixture
def inside(account):
    client = Client()
    client.force_login(account)
    prove(client)
    return client


def prove(client):
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


@pytest.fixture
def outside(language):
    client = Client()
    client.get(reverse("account_login"), {"lang": language})
    return client


def strange(language, answer):
    """The words of the other language on a page; names stay as they are."""
    said = words(answer)
    assert len(said.split()) > 20, "nothing was read"
    if language == "vi":
        return [text for text in ENGLISH if text in said]
    for name in (settings.SITE_TITLE, "Báo Cao Bằng"):
        said = said.replace(name, "")
    return [word for word in said.split() if VIETNAMESE.search(word)]


def test_there_is_english_to_look_for():
    assert len(ENGLISH) > 100
    assert "Too many failed login attempts. Try again later." in ENGLISH


PAGES = [
    ("account_logout", {}),
    ("account_change_password", {"oldpassword": "x", "password1": "12", "password2": "21"}),
    ("account_reauthenticate", {"password": "sai"}),
    ("mfa_index", None),
    ("mfa_activate_totp", {"code": "000000"}),
    ("mfa_list_webauthn", None),
    ("mfa_add_webauthn", {"name": "", "credential": "{}"}),
    ("socialaccount_connections", None),
]


@pytest.mark.parametrize(("name", "wrong"), PAGES, ids=[name for name, _wrong in PAGES])
def test_a_page_of_ones_account_speaks_one_language_also_when_something_is_wrong(
    inside, language, name, wrong
):
    answers = [inside.get(reverse(name))]
    if wrong and name != "account_logout":
        answers.append(inside.post(reverse(name), wrong))

    for answer in answers:
        assert answer.status_code == 200
        assert strange(language, answer) == []
        assert f'<html lang="{language}">' in answer.content.decode()
        assert 'class="bar"' in answer.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_inactive",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
    ],
)
def test_a_page_before_entering_speaks_the_language_chosen_there(outside, language, name):
    answer = outside.get(reverse(name))

    assert strange(language, answer) == []
    assert 'class="bar"' in answer.content.decode()


@pytest.mark.parametrize(
    "typed", [{"login": "ai-do", "password": "sai"}, {"login": "", "password": ""}]
)
def test_a_wrong_login_is_said_in_ones_language(outside, language, typed):
    answer = outside.post(reverse("account_login"), typed)

    assert strange(language, answer) == []
    assert answer.content.decode().count("notice--err") == 1


def test_two_factors_from_switching_on_to_switching_off(inside, account, language):
    """Switch on, read the codes, leave, enter with both factors, with a recovery code too, rename nothing, switch off."""
    page = inside.get(reverse("mfa_activate_totp"))
    secret = re.search(r'id="authenticator_secret" value="(\w+)"', page.content.decode())[1]
    seen = [
        page,
        inside.post(reverse("mfa_activate_totp"), {"code": totp_code(secret)}, follow=True),
    ]
    assert seen[-1].redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    codes = re.findall(r"\b[\da-f]{8}\b", words(seen[-1]))
    assert len(codes) == 10, words(seen[-1])
    seen += [
        inside.get(reverse("mfa_index")),
        inside.get(reverse("mfa_generate_recovery_codes")),
        inside.get(reverse("mfa_deactivate_totp")),
        inside.get(reverse("mfa_reauthenticate")),
        inside.post(reverse("mfa_reauthenticate"), {"code": "000000"}),
    ]
    cache.clear()

    fresh = Client()
    fresh.get(reverse("account_login"), {"lang": language})
    asked = fresh.post(reverse("account_login"), {"login": account.username, "password": PASSWORD})
    assert asked["Location"] == reverse("mfa_authenticate")
    assert fresh.get(reverse("desk:mine")).status_code == 302
    seen += [
        fresh.get(reverse("mfa_authenticate")),
        fresh.post(reverse("mfa_authenticate"), {"code": "000000"}),
    ]
    fresh.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert fresh.get(reverse("desk:mine")).status_code == 200

    again = inside.post(reverse("mfa_deactivate_totp"), follow=True)
    seen.append(again)
    assert not Authenticator.objects.filter(user=account).exists()
    for answer in seen:
        assert answer.status_code == 200
        assert strange(language, answer) == []


def test_a_recovery_code_works_once(account):
    TOTP.activate(account, generate_totp_secret())
    codes = RecoveryCodes.activate(account).get_unused_codes()
    entered_with = []
    for code in (codes[0], codes[0], codes[1]):
        cache.clear()
        client = Client()
        client.post(reverse("account_login"), {"login": account.username, "password": PASSWORD})
        client.post(reverse("mfa_authenticate"), {"code": code})
        entered_with.append(client.get(reverse("desk:mine")).status_code == 200)

    assert entered_with == [True, False, True]


def test_a_key_is_renamed_and_removed_in_ones_language(inside, account, language):
    key = Authenticator.objects.create(
        user=account, type=Authenticator.Type.WEBAUTHN, data={"name": "K1", "credential": {}}
    )
    seen = [
        inside.get(reverse("mfa_list_webauthn")),
        inside.get(reverse("mfa_edit_webauthn", args=[key.pk])),
        inside.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": ""}),
        inside.get(reverse("mfa_remove_webauthn", args=[key.pk])),
        inside.post(reverse("mfa_remove_webauthn", args=[key.pk]), follow=True),
    ]

    for answer in seen:
        assert answer.status_code == 200
        assert strange(language, answer) == []


def test_a_key_of_somebody_else_is_not_there(inside, entered):
    other = entered(make.unit()).person.account
    key = Authenticator.objects.create(
        user=other, type=Authenticator.Type.WEBAUTHN, data={"name": "K1", "credential": {}}
    )

    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        foreign, missing = (inside.get(reverse(name, args=[pk])) for pk in (key.pk, 10**9))
        assert foreign.status_code == missing.status_code == 404
        assert words(foreign) == words(missing)


def test_messages_after_a_deed_are_in_ones_language(inside, account, language):
    fresh = "mot-cau-khac-han"
    sent = {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh}
    answer = inside.post(reverse("account_change_password"), sent, follow=True)

    assert strange(language, answer) == []
    assert 'class="said said--success"' in answer.content.decode()
    left = inside.post(reverse("account_logout"), follow=True)
    assert left.redirect_chain[-1][0] == reverse("account_login")


def test_an_account_without_a_password_sets_one(account, language):
    account.set_unusable_password()
    account.save()
    client = Client()
    client.force_login(account)

    asked = client.get(reverse("account_change_password"))
    assert asked["Location"] == reverse("account_set_password")
    page = client.get(asked["Location"])
    assert strange(language, page) == []
    client.post(asked["Location"], {"password1": PASSWORD, "password2": PASSWORD})

    assert Account.objects.get(pk=account.pk).check_password(PASSWORD)


def test_no_page_of_allauth_is_open_that_is_not_looked_at_here():
    """A new route in `entry` must find its way into these tests."""
    looked_at = {name for name, _wrong in PAGES} | {
        "account_login", "account_inactive", "account_set_password",
        "socialaccount_login_cancelled", "socialaccount_login_error",
        "mfa_authenticate", "mfa_reauthenticate", "mfa_deactivate_totp",
        "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_edit_webauthn", "mfa_remove_webauthn",
        "mfa_download_recovery_codes",  # codes and nothing else
        "mfa_login_webauthn", "mfa_reauthenticate_webauthn",  # tests/browser/test_session.py
        "openid_connect_login", "openid_connect_callback",  # tests/desk/test_single_sign_on.py
    }  # fmt: skip

    assert {pattern.name for pattern in entry.urlpatterns} == looked_at


def test_scripts_are_files_and_nothing_is_written_into_a_page(inside):
    """The policy of content lets scripts come from files alone; a block of JSON is data, not a script."""
    for name, _wrong in PAGES:
        page = inside.get(reverse(name)).content.decode()
        loose = [
            tag for tag in re.findall(r"<script[^>]*>", page)
            if " src=" not in tag and 'type="application/json"' not in tag
        ]  # fmt: skip
        assert loose == []
        assert not re.search(r"\son\w+=|\sstyle=|javascript:", page)


def test_the_resolver_has_no_page_of_allauth_besides():
    names = {
        key for key in get_resolver().reverse_dict
        if isinstance(key, str) and key.startswith(("account_", "mfa_", "socialaccount_", "openid"))
    }  # fmt: skip

    assert names == {pattern.name for pattern in entry.urlpatterns}
