"""A phone of a recorder: what it saves, and how it sends it."""

import datetime as dt
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from lantoa.orgs.models import Account
from tests import make
from tests.desk import recording

NOON = make.NOON


@pytest.fixture(autouse=True)
def _place_and_time(settings, tmp_path):
    settings.MEDIA, settings.NOW = tmp_path / "media", NOON


@pytest.fixture
def kinds():
    return recording.kinds()


@pytest.fixture
def unit():
    return make.unit("Chi bộ Lũng Ri")


def enter(person):
    client = Client()
    client.force_login(
        Account.objects.create_user(username=f"may-{person.pk}", password=None, person=person)
    )
    return client


@pytest.fixture
def phone(unit, kinds):
    return enter(make.recorder(unit))


@pytest.fixture
def saved(unit):
    """What a phone has saved; what is not named is good."""

    def saved(**more):
        item = {
            "v": 1,
            "uuid": str(uuid.uuid4()),
            "unit": unit.pk,
            "kind": "lao-dong",
            "date": "2026-11-23",
            "values": {"so": "27"},
            "title": "",
            "base": 0,
            "saved_at": dt.datetime(2026, 11, 23, 3, tzinfo=dt.UTC).isoformat(),
        }
        return item | more

    return saved


@pytest.fixture
def send(phone):
    def send(item, client=phone):
        return client.post(reverse("intake:record"), item, content_type="application/json")

    return send
