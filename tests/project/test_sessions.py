"""A login that cannot be kept because the database is busy is not a login that has ended."""

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError

from lantoa.project.sessions import SessionStore


def saying(context):
    def save(_self, must_create=False):
        try:
            if context:
                raise context
        except OperationalError:
            raise UpdateError  # noqa: B904 - as Django does
        raise UpdateError

    return save


def test_a_busy_database_says_that_it_is_busy(monkeypatch):
    monkeypatch.setattr(db.SessionStore, "save", saying(OperationalError("database is locked")))

    with pytest.raises(OperationalError, match="locked"):
        SessionStore("x").save()


def test_a_login_that_has_ended_meanwhile_says_so(monkeypatch):
    monkeypatch.setattr(db.SessionStore, "save", saying(None))

    with pytest.raises(UpdateError):
        SessionStore("x").save()


@pytest.mark.django_db
def test_a_login_is_kept_and_read_again():
    kept = SessionStore()
    kept["here"] = "1-2"
    kept.save()

    assert SessionStore(kept.session_key)["here"] == "1-2"
