"""Who reaches the pages where articles are written: an editor at the head of a line, and nobody else, by no door."""

import itertools
import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from lantoa.articles import actions
from lantoa.orgs.models import Post
from lantoa.project.routes import routes
from tests import make

pytestmark = pytest.mark.django_db
THERE = "/lam-viec/bien-tap/"
ROUTES = [route for route in routes() if route.address.startswith(THERE)]


def address(route):
    """A route with something in every place of its address."""
    filled = re.sub(r"\(\?P<\w+>[^)]*\)|\(\\d\+\)|\(\[[^)]*\)", "1", route.address)
    filled = re.sub(r"<(?:int|slug|str|path|uuid)?:?\w+>", "1", filled)
    return re.sub(r"[\^$\\]|\.\*", "", filled).replace("//", "/")


@pytest.fixture
def site(world, settings, tmp_path):
    settings.MEDIA_ROOT, settings.NOW = tmp_path, make.NOON
    return actions.lay_out(by=make.clerk(), at=make.NOON)


def test_every_one_of_its_routes_asks_for_an_editor():
    assert len(ROUTES) > 150
    assert {route.needs for route in ROUTES} == {"articles.write"}


@pytest.mark.parametrize("role", [role for role in Post.Role if role != Post.Role.EDITOR])
def test_nobody_but_an_editor_gets_in_anywhere(role, site, world, entered):
    """All routes for the one who may do everything else; for the others the same gate is knocked at here and there."""
    client = entered(world["P"], role, line=world.territory)
    let_in = []
    some = ROUTES if role == Post.Role.ADMINISTRATOR else ROUTES[::20]
    for route, method in itertools.product(some, ("get", "post")):
        with transaction.atomic():
            answer = getattr(client, method)(address(route))
            transaction.set_rollback(True)
        if answer.status_code != 403:
            let_in.append((route.address, method, answer.status_code))

    assert let_in == []


def test_a_stranger_is_asked_who_they_are(site):
    wrong = []
    for route in ROUTES:
        answer = Client().get(address(route))
        if answer.status_code != 302 or "/vao/" not in answer["Location"]:
            wrong.append((route.address, answer.status_code))

    assert wrong == []


def test_an_editor_of_a_commune_is_no_editor_of_the_site(site, world, entered):
    client = entered(world["N"], Post.Role.EDITOR, line=world.territory)

    assert client.get(THERE).status_code == 403


def test_an_editor_at_the_head_of_a_line_writes_publishes_and_sees_it(site, world, entered):
    client = entered(world["P"], Post.Role.EDITOR, line=world.territory)

    page = client.get(THERE)

    assert page.status_code == 200
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert client.get(reverse("wagtailadmin_explore_root"), follow=True).status_code == 200


def test_whoever_is_no_editor_any_more_is_out_at_once(site, world, entered):
    client = entered(world["P"], Post.Role.EDITOR, line=world.territory)
    client.get(THERE)
    Post.objects.filter(person=client.person).update(end_date=make.NOON.date())

    assert client.get(THERE).status_code == 403
