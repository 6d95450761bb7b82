"""A request as the views of the work area read it."""

from django.http import HttpRequest

from lantoa.orgs.models import Account, Person


class DeskRequest(HttpRequest):
    """A request of somebody who has entered."""

    user: Account
    person: Person


def year_asked(request: HttpRequest, otherwise: int) -> int:
    """The year in the address (`nam`); what is none, or out of all reach, counts as `otherwise`."""
    said = request.GET.get("nam", "")
    is_year = len(said) == 4 and said.isascii() and said.isdigit() and "1900" <= said < "2200"
    return int(said) if is_year else otherwise
