"""A request as the views of the work area read it."""

from django.http import HttpRequest

from lantoa.orgs.models import Account, Person


class DeskRequest(HttpRequest):
    """A request of somebody who has entered."""

    user: Account
    person: Person
