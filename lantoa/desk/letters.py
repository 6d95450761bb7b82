"""The letter of a day: what a person must do now at each place where they stand, why, and where. None when all is well."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.template import loader
from django.urls import reverse
from django.utils import translation

from lantoa.desk import here, todo
from lantoa.desk.rows import Task
from lantoa.lib.dates import day_of, show_day
from lantoa.orgs import people
from lantoa.orgs.models import Account
from lantoa.submissions import letters


@dataclass(frozen=True)
class Letter:
    """What is sent to an account: the same as plain text and as simple HTML."""

    account: Account
    subject: str
    body: str
    html: str


def to_send(address: str, at: dt.datetime) -> Iterator[Letter]:
    """A letter for everybody who wants one and has something to do now.

    Args:
        address: of the site, without a stroke at its end.
    """
    for account in people.who_enter():
        if letters.written_to(account) and (found := of(account, address, at)):
            yield found


def of(account: Account, address: str, at: dt.datetime) -> Letter | None:
    """What there is to do now: returned, overdue, or due within a week. In the language of the account."""
    with translation.override(account.language):
        found = _parts(account, at)
        if not found:
            return None
        tasks = [task for _place, held in found for task in held]
        told = {
            "account": account,
            "parts": found,
            "address": address,
            "today": show_day(day_of(at)),
            "list": address + reverse("desk:mine"),
            "mine": address + reverse("desk:me"),
        }
        return Letter(
            account,
            todo.summary(tasks),
            loader.render_to_string("desk/letter/letter.txt", told),
            loader.render_to_string("desk/letter/letter.html", told),
        )


def _parts(account: Account, at: dt.datetime) -> list[tuple[str, list[Task]]]:
    places = here.places_of(account.person, day_of(at))
    asked = [(each.name, todo.tasks(todo.Asking(account.person, each, at))) for each in places]
    now = [(name, [task for task in found if task.is_now]) for name, found in asked]
    return [(name, found) for name, found in now if found]
