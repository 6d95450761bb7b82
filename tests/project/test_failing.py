"""What fails before a door is reached: a busy database asks for patience, a mistake of the program is a 500."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import InterfaceError, OperationalError


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError, 503), (InterfaceError, 503), (RuntimeError, 500)]
)
def test_a_database_that_is_gone_asks_for_patience(client, monkeypatch, error, status):
    def fails(_session):
        raise error

    monkeypatch.setattr(SessionStore, "load", fails)
    client.raise_request_exception = False
    client.cookies["phien"] = "a" * 32

    answer = client.get("/lam-viec/")

    assert answer.status_code == status
    assert answer.headers.get("Retry-After") == ("60" if status == 503 else None)
