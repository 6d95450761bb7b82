"""What one may do about people: open an account for them, appoint them, relieve them."""

import datetime as dt

from django.db import transaction

from lantoa.lib import text
from lantoa.orgs import rights
from lantoa.orgs.models import Account, Line, Person, Post, Unit


@transaction.atomic
def open_account(
    *,
    person: Person,
    username: str,
    password: str,
    is_sample: bool = False,
    by: Person,
    at: dt.datetime,
) -> Account:
    """Give a person the key to enter. The account may do nothing by itself: posts do."""
    rights.require(by, "orgs.appoint", None, at)
    account = Account(username=username, person=person, is_sample=is_sample, date_joined=at)
    account.set_password(password)
    account.save()
    return account


@transaction.atomic
def appoint(
    *,
    person: Person,
    unit: Unit,
    line: Line,
    role: str,
    date: dt.date,
    by: Person,
    at: dt.datetime,
) -> Post:
    """From the day on the person holds the role at the unit, and so for all that stands below it."""
    rights.require(by, "orgs.appoint", unit, at)
    return Post.objects.create(person=person, unit=unit, line=line, role=role, start_date=date)


@transaction.atomic
def register(*, name: str, by: Person, at: dt.datetime) -> Person:
    """Enter a person who will act in the system. Attendance never leads here."""
    rights.require(by, "orgs.appoint", None, at)
    return Person.objects.create(name=" ".join(text.nfc(name).split()))
