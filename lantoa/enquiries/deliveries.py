"""What Zalo sends: stored first, worked on later, once each, in any order and however often it comes.

If the database does not answer, an event is written into a folder beside it; the worker brings it in. So the door can say
200 within two seconds and still have kept what was said (A8.3).
"""

import datetime as dt
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, OperationalError, connection, transaction

from lantoa.enquiries import conversing, jobs, sealing, signature
from lantoa.enquiries.models import Delivery
from lantoa.lib.errors import LantoaError

CONTEXT = "spool"
# What may go wrong with one event; it is tried again, and then shown to a person.
_FAULTS = (LantoaError, DatabaseError, sealing.SealBrokenError, KeyError, ValueError, TypeError, AttributeError)  # fmt: skip
A_ROUND = 200
# The door answers within two seconds: it does not wait longer for the database.
PATIENCE_MS = 1000


def keep(*, body: bytes, header: str, at: dt.datetime) -> None:
    """Keep an event that Zalo sent. Anybody may knock; only what is signed is kept.

    Raises:
        signature.ForgedError
    """
    event = signature.read(body, header, at)
    digest = sealing.fingerprint(event.key, "delivery")
    try:
        with _impatient():
            _store(digest, body.decode(), event.sent_at, at)
    except (OperationalError, DatabaseError):
        _spool(digest, body, event.sent_at, at)


def work(at: dt.datetime) -> int:
    """Work on what has arrived. Gives how many events were understood."""
    _bring_in()
    waiting = Delivery.objects.filter(worked_at=None)
    done = 0
    for each in jobs.due(waiting, at).order_by("sent_at", "pk")[:A_ROUND]:
        if not jobs.claim(waiting, each, at):
            continue
        try:
            with transaction.atomic():
                if _is_mine(each, at):
                    conversing.take(json.loads(each.body), sent_at=each.sent_at, at=each.received_at)  # fmt: skip
                    done += 1
        except _FAULTS as error:
            jobs.rest(Delivery.objects.all(), each, type(error).__name__, at)
    return done


def _is_mine(delivery: Delivery, at: dt.datetime) -> bool:
    """In the same transaction as its effects: done by nobody else, and its words are no longer needed here."""
    open_still = Delivery.objects.filter(pk=delivery.pk, worked_at=None)
    return open_still.update(worked_at=at, body="", fault="") == 1


def _store(digest: str, body: str, sent_at: dt.datetime, at: dt.datetime) -> None:
    row = Delivery(digest=digest, body=body, sent_at=sent_at, received_at=at, next_at=at)
    Delivery.objects.bulk_create([row], ignore_conflicts=True)


@contextmanager
def _impatient() -> Iterator[None]:
    """Wait a second for the database at most, where it can be told so."""
    if connection.vendor != "sqlite":
        yield
        return
    patience = connection.settings_dict["OPTIONS"].get("timeout", 5)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(1000 * patience)}")


def folder() -> Path:
    return Path(settings.VAR) / "spool"


def _spool(digest: str, body: bytes, sent_at: dt.datetime, at: dt.datetime) -> None:
    """Whole or not at all, sealed, under a name that the same event always has."""
    folder().mkdir(parents=True, exist_ok=True)
    told = json.dumps([digest, body.decode(), sent_at.isoformat(), at.isoformat()]).encode()
    half = folder() / f"{digest}.{os.getpid()}.half"
    with half.open("wb") as file:
        file.write(sealing.seal(told, CONTEXT))
        file.flush()
        os.fsync(file.fileno())
    half.rename(folder() / f"{digest}.event")
    held = os.open(folder(), os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


def _bring_in() -> None:
    for path in sorted(folder().glob("*.event")):
        digest, body, sent_at, at = json.loads(sealing.opened(path.read_bytes(), CONTEXT))
        _store(digest, body, dt.datetime.fromisoformat(sent_at), dt.datetime.fromisoformat(at))
        path.unlink(missing_ok=True)
