"""Entering the work area, and what a door asks of whoever comes."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import get_resolver, reverse

from lantoa.desk.accounts import ByInvitationOnly
from lantoa.orgs import rights
from lantoa.orgs.models import Account, Person, Post
from lantoa.project.sample import people
from tests import make
from tests.desk.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def routes(patterns=None, prefix=""):
    """Every route of the site: its address as written, and its view."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        address = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, address)
        else:
            yield address, pattern.callback


def test_every_route_declares_what_it_needs():
    undeclared = [address for address, view in routes() if not hasattr(view, "needs")]

    assert undeclared == []


def test_what_a_route_needs_is_an_act_or_a_known_word():
    needs = {view.needs for _address, view in routes()}

    assert needs <= set(rights.ACTS) | {"public", "account"}


def test_whoever_has_not_entered_is_asked_to_and_comes_back():
    answer = Client().get(reverse("desk:mine"))

    assert answer.status_code == 302
    assert answer["Location"] == f"{reverse('account_login')}?next={reverse('desk:mine')}"


def test_a_recorder_enters_with_a_password_and_sees_the_unit(world, entered):
    client = entered(world["A1.cb"], line=world.party)
    account = client.person.account
    fresh = Client()

    page = fresh.post(
        reverse("account_login"), {"login": account.username, "password": PASSWORD}, follow=True
    )

    assert page.redirect_chain[-1][0] == settings.WORK_PATH
    assert "Chi bộ 1, Xã A1" in page.content.decode()


def test_cookies_are_sent_to_the_work_area_only(world, entered):
    account = entered(world["A1.cb"]).person.account
    fresh = Client()

    fresh.post(reverse("account_login"), {"login": account.username, "password": PASSWORD})

    assert {cookie["path"] for cookie in fresh.cookies.values()} == {settings.WORK_PATH}


def test_a_sample_account_enters_the_sample_alone(settings):
    person = Person.objects.create(name="Mẫu")
    Account.objects.create_user(username="mau", password=PASSWORD, person=person, is_sample=True)
    settings.IS_DEMO = False

    client = Client()
    client.post(reverse("account_login"), {"login": "mau", "password": PASSWORD})

    assert client.get(reverse("desk:mine")).status_code == 302


def test_an_open_session_of_a_sample_account_ends_where_the_sample_ends(settings):
    person = Person.objects.create(name="Mẫu")
    Post.objects.create(person=person, role="administrator", start_date=make.START)
    made = Account.objects.create_user("mau", password=PASSWORD, person=person, is_sample=True)
    client = Client()
    client.force_login(made)
    make.unit()
    assert client.get(reverse("desk:roles")).status_code == 200

    settings.IS_DEMO = False

    assert client.get(reverse("desk:roles")).status_code == 302


def test_no_key_of_a_sample_account_opens_what_is_not_the_sample(settings, rf):
    """Whatever comes before it, a password, a passkey or a single sign-on: all pass here."""
    person = Person.objects.create(name="Mẫu")
    made = Account.objects.create_user("mau", person=person, is_sample=True)
    settings.IS_DEMO = False

    answer = ByInvitationOnly().pre_login(rf.post("/"), made)

    assert answer["Location"] == reverse("account_inactive")


def test_there_is_one_sample_account_for_each_role():
    assert sorted(role for _name, role, *_rest in people.KEYS) == sorted(Post.Role)
    assert len({name for name, *_rest in people.KEYS}) == len(Post.Role)


def test_nobody_signs_up():
    assert not [address for address, _view in routes() if "signup" in address]


def test_an_account_without_a_post_is_told_whom_to_ask(entered, world):
    client = entered(world["A1.cb"])
    client.person.posts.all().delete()

    answer = client.get(reverse("desk:mine"))

    assert answer.status_code == 403
    assert "người quản trị" in answer.content.decode()


# Guessing


def attempt(account, password, *, client=None, network="10.0.0.1"):
    """Try to enter; True if it worked."""
    client = client or Client()
    sent = {"login": account.username, "password": password}
    client.post(reverse("account_login"), sent, REMOTE_ADDR=network)
    return client.get(reverse("desk:mine")).status_code == 200


@pytest.fixture
def looked_at(monkeypatch):
    """The passwords that were compared with the account's: the guesses that counted."""
    seen = []
    compare = Account.check_password

    def watched(self, raw):
        seen.append(raw)
        return compare(self, raw)

    monkeypatch.setattr(Account, "check_password", watched)
    return seen


@pytest.fixture
def account(entered):
    return entered(make.unit()).person.account


def test_one_network_gets_five_guesses_at_an_account_in_five_minutes(account, looked_at):
    for number in range(60):
        attempt(account, f"doan-{number}")

    assert looked_at == [f"doan-{number}" for number in range(5)]


def test_many_networks_together_get_fifty_guesses_at_an_account_in_an_hour(account, looked_at):
    for number in range(80):
        attempt(account, f"doan-{number}", network=f"10.1.{number}.1")

    assert len(looked_at) == 50


def test_the_owner_enters_while_others_guess(account):
    """From another network while one is guessing; from a browser that knows the account while all the world is."""
    own = Client()
    assert attempt(account, PASSWORD, client=own, network="10.2.0.1")
    own.post(reverse("account_logout"))

    for number in range(30):
        attempt(account, f"doan-{number}")
    assert attempt(account, PASSWORD, network="10.2.0.2")
    for number in range(60):
        attempt(account, f"doan-{number}", network=f"10.3.{number}.1")

    assert not attempt(account, PASSWORD, network="10.2.0.3")
    assert attempt(account, PASSWORD, client=own, network="10.2.0.4")


def test_a_browser_that_knows_one_account_does_not_know_another(account, entered, looked_at):
    own = Client()
    attempt(account, PASSWORD, client=own)
    victim = entered(make.unit()).person.account
    own.post(reverse("account_logout"))
    looked_at.clear()

    for number in range(60):
        attempt(victim, f"doan-{number}", client=own, network=f"10.4.{number}.1")

    assert len(looked_at) == 50


def test_a_second_factor_is_guessed_five_times_at_most(account):
    TOTP.activate(account, generate_totp_secret())
    answers = []
    for number in range(12):
        client = Client()
        client.post(reverse("account_login"), {"login": account.username, "password": PASSWORD})
        page = client.post(reverse("mfa_authenticate"), {"code": f"{number:06}"})
        answers.append("Thử quá nhiều lần" in page.content.decode())

    assert answers == [False] * 5 + [True] * 7


def test_guesses_are_counted_in_one_place_for_all_processes():
    """A cache in the memory of a process would give every process its own five guesses."""
    backend = settings.CACHES["default"]["BACKEND"]

    assert backend == "django.core.cache.backends.db.DatabaseCache"


def test_an_account_that_is_not_there_answers_like_one_that_is(account):
    """The same words and the same status, tried once or too often."""
    answers = {}
    for name in (account.username, "khong-co-ai"):
        for _number in range(7):
            client = Client()
            page = client.post(
                reverse("account_login"), {"login": name, "password": "sai"}, REMOTE_ADDR="10.5.0.1"
            )
            text = page.content.decode().replace(name, "AI")
            text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
            answers.setdefault(name, []).append((page.status_code, text))

    assert answers[account.username] == answers["khong-co-ai"]
    assert answers["khong-co-ai"][0] != answers["khong-co-ai"][-1]


def test_an_account_that_is_not_there_costs_the_same_work(account, monkeypatch):
    """A password is hashed once, whoever is named."""
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda self, *a: hashed.append(1) or encode(self, *a)
    )
    counts = []
    for name in (account.username, "khong-co-ai"):
        hashed.clear()
        Client().post(reverse("account_login"), {"login": name, "password": "sai"})
        counts.append(len(hashed))

    assert counts == [1, 1]


def test_nobody_is_sent_elsewhere_after_entering(account):
    for there in (
        "https://xau.example/",
        "//xau.example/",
        "javascript:alert(1)",
        "/\\xau.example",
    ):
        client = Client()
        answer = client.post(
            reverse("account_login"),
            {"login": account.username, "password": PASSWORD, "next": there},
        )
        assert answer["Location"] == settings.WORK_PATH


@pytest.mark.parametrize("host", ["xau.example", "localhost.xau.example"])
def test_a_strange_host_is_not_answered(host):
    assert Client().get(reverse("account_login"), HTTP_HOST=host).status_code == 400
