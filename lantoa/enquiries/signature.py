"""What Zalo knocks with: a body, and a digest of it that only Zalo and we can make.

`X-ZEvent-Signature: mac=<hex>`, where hex is SHA-256 over the app id, the raw body, the body's own timestamp and the
account's secret, one after the other; a plain hash, not an HMAC. It is compared in constant time. (DOMAIN 8)
"""

import datetime as dt
import hashlib
import hmac
import json
from typing import Any, NamedTuple

from django.conf import settings

# Zalo sends again for some two hours; what is older is a replay, and what lies ahead was never sent.
OLDEST, AHEAD = dt.timedelta(days=7), dt.timedelta(minutes=10)
# A text of 20.000 letters, each written as an escape, is 120 KB.
LARGEST = 256 * 1024


class ForgedError(Exception):
    """Not from Zalo, or not as Zalo sent it. Whoever sent it is told nothing more."""


class Event(NamedTuple):
    """An event whose signature is right."""

    told: dict[str, Any]
    key: str
    sent_at: dt.datetime


def read(body: bytes, header: str, at: dt.datetime) -> Event:
    """
    Raises:
        ForgedError: no signature, a wrong one, another app, or a time that cannot be.
    """
    if len(body) > LARGEST:
        raise ForgedError
    try:
        told = json.loads(body)
        timestamp = told["timestamp"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ForgedError from error
    given = header.removeprefix("mac=").strip().lower()
    if not settings.ZALO_SECRET or not isinstance(timestamp, str):
        raise ForgedError
    if not hmac.compare_digest(mac(body, timestamp).encode(), given.encode()):
        raise ForgedError
    if str(told.get("app_id", "")) != settings.ZALO_APP:
        raise ForgedError
    return Event(told, key_of(told, timestamp), _moment(timestamp, at))


def mac(body: bytes, timestamp: str) -> str:
    said = settings.ZALO_APP.encode() + body + timestamp.encode() + settings.ZALO_SECRET.encode()
    return hashlib.sha256(said).hexdigest()


def key_of(told: dict[str, Any], timestamp: str) -> str:
    """What an event is known by for ever: the number of a citizen's message; else its name, its time and whom it is about."""
    name = str(told.get("event_name", ""))
    message = told.get("message")
    number = str(message.get("msg_id", "")) if isinstance(message, dict) else ""
    if number and "_send_" in name and not name.startswith("oa_"):
        return f"message:{number}"
    return f"{name}:{timestamp}:{_id(told, 'sender')}:{_id(told, 'follower')}:{number}"


def _id(told: dict[str, Any], who: str) -> str:
    found = told.get(who)
    return str(found.get("id", "")) if isinstance(found, dict) else ""


def _moment(timestamp: str, at: dt.datetime) -> dt.datetime:
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 15):
        raise ForgedError
    sent_at = dt.datetime.fromtimestamp(int(timestamp) / 1000, dt.UTC)
    if not at - OLDEST <= sent_at <= at + AHEAD:
        raise ForgedError
    return sent_at
