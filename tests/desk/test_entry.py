"""Entering the work area, and what a door asks of whoever comes."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver, reverse

from lantoa.orgs import rights
from lantoa.orgs.models import Account, Person
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


def test_nobody_signs_up():
    assert not [address for address, _view in routes() if "signup" in address]


def test_an_account_without_a_post_is_told_whom_to_ask(entered, world):
    client = entered(world["A1.cb"])
    client.person.posts.all().delete()

    answer = client.get(reverse("desk:mine"))

    assert answer.status_code == 403
    assert "người quản trị" in answer.content.decode()
