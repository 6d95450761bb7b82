"""People of the small province with accounts, and a browser for each of them."""

import pytest
from django.test import Client

from lantoa.orgs.models import Account, Person, Post
from tests import make
from tests.orgs import world as worlds

PASSWORD = "mot-cau-du-dai"  # noqa: S105


@pytest.fixture(autouse=True)
def _apart(settings, tmp_path):
    settings.SEGMENTS = tmp_path / "segments"


@pytest.fixture
def world():
    return worlds.small_province()


@pytest.fixture
def entered():
    """Somebody with a role at a unit in a line, who has entered: `client.person` is theirs."""

    def enter(unit, role=Post.Role.RECORDER, *, line=None, language="vi"):
        person = Person.objects.create(name="Người dùng")
        Post.objects.create(
            person=person, unit=unit, line=line or make.line(), role=role, start_date=make.START
        )
        account = Account.objects.create_user(
            username=f"tai-khoan-{person.pk}", password=PASSWORD, person=person, language=language
        )
        client = Client()
        client.force_login(account)
        client.person = person
        return client

    return enter
