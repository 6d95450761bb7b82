"""Stars given by readers: once a day each, without a cookie and without an address that is kept (UX 3.1).

A key is a keyed hash of article, address and browser with the salt of the day. The first vote of a day destroys the
salt and the keys of the day before: from then on a vote is a number in a total. Anybody may vote, as many as sit
behind one address; what comes from there beyond the limit is held until an editor has looked.
"""

import datetime as dt
import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from lantoa.articles.models import ArticlePage, Rating, RatingKey, RatingSalt
from lantoa.articles.models.ratings import FEWEST, MOST
from lantoa.articles.queries import WRITE, may_edit
from lantoa.lib import dates
from lantoa.lib.errors import RefusedError
from lantoa.orgs import rights
from lantoa.orgs.models import Person

V6_PREFIX = 64  # what one household has of the newer addresses


class Outcome(Enum):
    """What became of a vote."""

    COUNTED = "sao"
    HELD = "cho"
    AGAIN = "lan-nua"


@dataclass(frozen=True, slots=True)
class Score:
    """What an article was given: votes by stars, those brought along apart, and how many are held."""

    votes: int
    points: int
    by_stars: dict[int, int]
    held: int

    @property
    def is_shown(self) -> bool:
        return self.votes >= max(1, settings.RATING_FEWEST)


def score(article: ArticlePage) -> Score:
    return _score(article, article.ratings.all())


def _score(article: ArticlePage, rows: Iterable[Rating]) -> Score:
    by_stars = dict.fromkeys(range(FEWEST, MOST + 1), 0)
    held = 0
    for row in rows:
        if row.is_held:
            held += row.votes
        else:
            by_stars[row.stars] += row.votes
    points = sum(stars * votes for stars, votes in by_stars.items())
    return Score(
        votes=sum(by_stars.values()) + article.votes_before,
        points=points + article.points_before,
        by_stars=by_stars,
        held=held,
    )


@transaction.atomic
def rate(
    *, article: ArticlePage, stars: int | None, address: str, browser: str, at: dt.datetime
) -> Outcome:
    """Take a reader's vote. The address is used to make keys, and kept nowhere.

    Raises:
        RefusedError: no number of stars from one to five.
    """
    if stars is None or not FEWEST <= stars <= MOST:
        raise RefusedError(
            where="sao", vi="Chọn số sao trước khi gửi.", en="Choose the stars before sending."
        )
    salt = _salt_of(dates.day_of(at))
    origin = _key(salt, "origin", _network(address))
    key = _key(salt, str(article.pk), address, browser)
    is_crowd = _is_crowd(article, origin, at)
    try:
        with transaction.atomic():
            RatingKey.objects.create(article=article, key=key, origin=origin, at=at)
    except IntegrityError:
        return Outcome.AGAIN
    _count(article, stars, is_held=is_crowd, votes=1)
    return Outcome.HELD if is_crowd else Outcome.COUNTED


@transaction.atomic
def decide_held(*, article: ArticlePage, counts: bool, by: Person, at: dt.datetime) -> int:
    """Count the votes that were held, or drop them. How many they were.

    Raises:
        NotAllowedError: `by` is no editor.
    """
    if not may_edit(by, dates.day_of(at)):
        raise rights.NotAllowedError(rights.ACTS[WRITE])
    held = list(article.ratings.select_for_update().filter(is_held=True))
    for row in held:
        if counts:
            _count(article, row.stars, is_held=False, votes=row.votes)
        row.delete()
    return sum(row.votes for row in held)


def _salt_of(day: dt.date) -> bytes:
    """Today's salt. Whatever is left of an earlier day is destroyed before a new one is made."""
    found = RatingSalt.objects.filter(day=day).first()
    if found is None:
        RatingSalt.objects.exclude(day=day).delete()
        RatingKey.objects.filter(at__lt=_midnight(day)).delete()
        found, _made = RatingSalt.objects.get_or_create(
            day=day, defaults={"salt": secrets.token_bytes(32)}
        )
    return bytes(found.salt)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dates.VIETNAM)


def _key(salt: bytes, *parts: str) -> str:
    return hmac.new(salt, "\x00".join(parts).encode(), hashlib.sha256).hexdigest()


def _network(address: str) -> str:
    """An address; of the newer kind its network, for one household has more of them than there are votes."""
    try:
        one = ipaddress.ip_address(address)
    except ValueError:
        return address
    if one.version == 4:
        return address
    return str(ipaddress.ip_network(f"{address}/{V6_PREFIX}", strict=False))


def _is_crowd(article: ArticlePage, origin: str, at: dt.datetime) -> bool:
    """Whether as many as count at once have come from there already."""
    today = RatingKey.objects.filter(origin=origin)
    if today.filter(article=article).count() >= settings.RATING_FROM_ADDRESS:
        return True
    lately = today.filter(at__gt=at - dt.timedelta(hours=1)).count()
    return bool(lately >= settings.RATING_IN_AN_HOUR)


def _count(article: ArticlePage, stars: int, *, is_held: bool, votes: int) -> None:
    Rating.objects.get_or_create(article=article, stars=stars, is_held=is_held)
    Rating.objects.filter(article=article, stars=stars, is_held=is_held).update(
        votes=F("votes") + votes
    )
