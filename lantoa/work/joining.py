"""Two units recorded one event: it stays once, at its host, with the other beside it."""

import datetime as dt

from django.db import transaction

from lantoa.lib.dates import show_day
from lantoa.lib.errors import LantoaError
from lantoa.orgs import queries as orgs
from lantoa.orgs import rights
from lantoa.orgs.models import Person
from lantoa.work import actions
from lantoa.work.models import Activity


class DifferentEventsError(LantoaError):
    """Not of one kind and day, or not of two units: it cannot have been one event."""

    def __init__(self) -> None:
        super().__init__(
            vi="Chỉ gộp được hai hồ sơ cùng việc, cùng ngày, của hai đơn vị khác nhau.",
            en="Only two records of one kind, on one day, of two units can be joined.",
        )


@transaction.atomic
def join(*, host: Activity, guest: Activity, by: Person, at: dt.datetime) -> Activity:
    """Keep the host's record, with the guest among its co-organisers; withdraw the guest's.

    It counted twice; now it counts once, at the host. Both histories say so.

    Raises:
        DifferentEventsError: they cannot be one event.
        actions.ChangedMeanwhileError: one of them has just been changed.
    """
    rights.require_all(by, "work.correct", {host.unit_id, guest.unit_id}, at)
    is_one = (host.kind_id, host.date) == (guest.kind_id, guest.date)
    if not is_one or host.unit_id == guest.unit_id or host.withdrawn_at or guest.withdrawn_at:
        raise DifferentEventsError
    name = orgs.name_near(host.unit_id, host.date)
    actions.withdraw(
        activity=guest,
        seen=guest.version,
        reason=f"Gộp vào hồ sơ của {name}, ngày {show_day(host.date)}",
        by=by,
        at=at,
    )
    beside = {unit.pk: unit for unit in (*host.co_organisers.all(), *guest.co_organisers.all())}
    beside[guest.unit_id] = guest.unit
    beside.pop(host.unit_id, None)
    return actions.correct(
        activity=host,
        seen=host.version,
        values={each.measure.code: each.value for each in host.values.select_related("measure")},
        co_organisers=list(beside.values()),
        reason=f"Gộp hồ sơ của {orgs.name_near(guest.unit_id, guest.date)}",
        by=by,
        at=at,
    )
