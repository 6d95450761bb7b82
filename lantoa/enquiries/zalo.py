"""Speaking to Zalo: one text to one person, and a new pair of tokens. Errors come with HTTP 200, inside the answer (DOMAIN 8)."""

from typing import Any, NamedTuple

import requests
from django.conf import settings

OK = 0
# The token is not (any longer) right: refresh it, and try once more.
STALE_TOKEN = {-216, -220}
# Too fast, or Zalo is unwell: later.
LATER = {-32, -100}
# More than seven days since the person last wrote: only the web answer is left.
TOO_LATE = {-230}
# The person cannot be written to, or the words cannot be sent: trying again helps nobody.
FOR_GOOD = {-201, -213, -217, -221, -224, -232, -240}
# Seconds to connect, and to wait for an answer.
PATIENCE = (5, 10)
LONGEST_TEXT = 2000


class UnansweredError(Exception):
    """No answer of Zalo's was had, so nobody knows whether it was done."""


class Answer(NamedTuple):
    """What Zalo said: 0 is success."""

    error: int
    data: dict[str, Any]


def send(user_id: str, text: str, access_token: str) -> Answer:
    """A consultation message. `text` is NFC and at most 2.000 letters.

    Raises:
        UnansweredError
    """
    body = {"recipient": {"user_id": user_id}, "message": {"text": text}}
    address = f"{settings.ZALO_API}/v3.0/oa/message/cs"
    return _asked(address, json=body, headers={"access_token": access_token})


def refresh(refresh_token: str) -> Answer:
    """A new pair of tokens for the one that is good once.

    Raises:
        UnansweredError
    """
    return _tokens(grant_type="refresh_token", refresh_token=refresh_token)


def exchange(code: str, verifier: str) -> Answer:
    """The first pair, for the code of a consent.

    Raises:
        UnansweredError
    """
    return _tokens(grant_type="authorization_code", code=code, code_verifier=verifier)


def _tokens(**form: str) -> Answer:
    address = f"{settings.ZALO_OAUTH}/v4/oa/access_token"
    form["app_id"] = settings.ZALO_APP
    return _asked(address, data=form, headers={"secret_key": settings.ZALO_APP_SECRET})


def _asked(address: str, **more: Any) -> Answer:
    try:
        answer = requests.post(address, **more, timeout=PATIENCE, allow_redirects=False)
        told = answer.json()
    except (requests.RequestException, ValueError) as error:
        # Without its words: an address or a body has no place in a log.
        raise UnansweredError(type(error).__name__) from None
    if not isinstance(told, dict) or answer.status_code != requests.codes.ok:
        raise UnansweredError(f"HTTP {answer.status_code}")
    error_code = told.get("error", OK)
    return Answer(error_code if isinstance(error_code, int) else -1, told)
