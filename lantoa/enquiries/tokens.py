"""The tokens of the Official Account. A refresh token is good once: two who use it at once lose the account (A8.4).

So whoever refreshes first takes the row by a guarded update, asks Zalo outside of any transaction, and keeps the new pair in
one; the others look at the row again. If a worker dies in between, its hold runs out; if it had asked already, the account
needs a new consent, which `lantoa zalo connect` asks for.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from lantoa.enquiries import zalo
from lantoa.enquiries.models import ZaloAccount
from lantoa.lib.errors import LantoaError

# A token is refreshed a while before it ends; a hold outlasts every wait for an answer.
EARLY, HOLD = dt.timedelta(minutes=10), dt.timedelta(seconds=60)


class NotConnectedError(LantoaError):
    """There is no account, or its consent has lapsed."""

    def __init__(self) -> None:
        super().__init__(
            vi="Chưa nối với Zalo, hoặc giấy phép đã hết. Chạy `lantoa zalo connect` với mã mới từ trang nhà phát triển.",
            en="Zalo is not connected, or the consent has lapsed. Run `lantoa zalo connect` with a new code from the developers' page.",
        )


class HeldError(Exception):
    """Somebody else is refreshing just now: come again in a moment."""


def access(at: dt.datetime) -> ZaloAccount:
    """The account with a token that is good for a while.

    Raises:
        NotConnectedError, HeldError, zalo.UnansweredError
    """
    account = ZaloAccount.objects.filter(oa_id=settings.ZALO_OA).first()
    if account is None:
        raise NotConnectedError
    return account if account.expires_at > at + EARLY else renewed(account, at)


def renewed(seen: ZaloAccount, at: dt.datetime) -> ZaloAccount:
    """A newer pair than the one that was seen: asked for once, whoever calls.

    Raises:
        NotConnectedError, HeldError, zalo.UnansweredError
    """
    accounts = ZaloAccount.objects.filter(pk=seen.pk)
    free = accounts.filter(version=seen.version).filter(Q(held_until=None) | Q(held_until__lt=at))
    if free.update(held_until=at + HOLD) != 1:
        now = accounts.get()
        if now.version == seen.version:
            raise HeldError
        return now
    try:
        answer = zalo.refresh(accounts.get().refresh_token)
    except zalo.UnansweredError:
        accounts.update(held_until=None)
        raise
    if "access_token" not in answer.data or "refresh_token" not in answer.data:
        accounts.update(held_until=None)
        raise NotConnectedError
    return _kept(answer, at)


def connect(*, code: str, verifier: str, at: dt.datetime) -> ZaloAccount:
    """Keep the first pair of tokens, for the code that the consent page gave.

    Raises:
        NotConnectedError, zalo.UnansweredError
    """
    answer = zalo.exchange(code, verifier)
    if "access_token" not in answer.data or "refresh_token" not in answer.data:
        raise NotConnectedError
    return _kept(answer, at)


@transaction.atomic
def _kept(answer: zalo.Answer, at: dt.datetime) -> ZaloAccount:
    told = answer.data
    pair = {
        "access_token": str(told["access_token"]),
        "refresh_token": str(told["refresh_token"]),
        "expires_at": at + dt.timedelta(seconds=int(told.get("expires_in", 0))),
        "held_until": None,
    }
    account, is_new = ZaloAccount.objects.get_or_create(oa_id=settings.ZALO_OA, defaults=pair)
    if not is_new:
        ZaloAccount.objects.filter(pk=account.pk).update(**pair, version=F("version") + 1)
        account.refresh_from_db()
    return account
