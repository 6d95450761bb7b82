"""Logins kept in the database, as Django keeps them; a busy database is not mistaken for a login that has ended."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError


class SessionStore(db.SessionStore):
    """One row a login, as `django.contrib.sessions` keeps them."""

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - as Django calls it
        """
        Raises:
            OperationalError: the database is busy or gone. Django says `UpdateError` then, as if somebody had logged
                out meanwhile, and answers 400: a phone would take that for a refusal of what has just been kept.
        """
        try:
            super().save(must_create)
        except UpdateError as error:
            if isinstance(error.__context__, OperationalError):
                raise error.__context__ from None
            raise
