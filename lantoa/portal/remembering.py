"""Pages kept ready, each for as long as it would be drawn the same.

A page is kept with its edition: what is out, the ratings, the ledger's position, the structure, the day. The edition is
asked for at every request, in one query, so a page is forgotten the moment anything in it could have changed, in every
process.
"""

import functools
import gzip
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import re_accepts_gzip
from django.utils.cache import patch_vary_headers

from lantoa.articles import figures, queries
from lantoa.articles.figures import Reading
from lantoa.lib import dates
from lantoa.look import clock
from lantoa.look.context import saves_data
from lantoa.warehouse import store

MOST = 300  # pages of some 60 kB, in each process
_kept: OrderedDict[tuple[object, ...], "Kept"] = OrderedDict()
_read: OrderedDict[tuple[object, ...], dict[str, Reading]] = OrderedDict()
_lock = Lock()


class Kept(NamedTuple):
    """A page as it was drawn, and the same packed, as nearly every browser asks for it."""

    edition: tuple[object, ...]
    content: bytes
    packed: bytes
    headers: dict[str, str]

    def answer(self, *, is_packed: bool) -> HttpResponse:
        if not is_packed:
            return HttpResponse(self.content, headers=self.headers)
        response = HttpResponse(self.packed, headers=self.headers | {"Content-Encoding": "gzip"})
        patch_vary_headers(response, ["Accept-Encoding"])
        return response


def forget() -> None:
    with _lock:
        _kept.clear()
        _read.clear()


def readings(request: HttpRequest, asked: set[str]) -> dict[str, Reading]:
    """What the books say to the questions of an article: read once for as long as books and structure stand as they do."""
    standing = getattr(request, "edition", ())
    key = (tuple((row.version, row.entry, row.entered) for row in standing), frozenset(asked))
    with _lock:
        found = _read.get(key)
    if found is None or not standing:
        found = figures.read(asked)
        with _lock:
            _put(_read, key, found)
    return found


def takes_gzip(request: HttpRequest) -> bool:
    return re_accepts_gzip.search(request.headers.get("Accept-Encoding", "")) is not None


def remembered(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Draw a page once an edition. Whatever is not a plain page (a redirect, something gone) is answered anew."""

    @functools.wraps(view)
    def opened(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
        key = (
            request.get_host(),
            request.is_secure(),
            request.get_full_path(),
            saves_data(request),
        )
        standing = queries.edition()
        request.edition = standing  # type: ignore[attr-defined]
        edition = (*standing, dates.day_of(clock.now()))
        with _lock:
            found = _kept.get(key)
        if found and found.edition == edition:
            return found.answer(is_packed=takes_gzip(request))
        # On PostgreSQL an entry may still come in below the newest one, which no edition would tell.
        is_settled = bool(standing) and store.is_settled()
        response = view(request, *args, **named)
        if is_settled and isinstance(response, HttpResponse) and response.status_code == 200:
            packed = gzip.compress(response.content, mtime=0)
            found = Kept(edition, response.content, packed, dict(response.items()))
            _keep(key, found)
            return found.answer(is_packed=takes_gzip(request))
        return response

    return opened


def _keep(key: tuple[object, ...], page: Kept) -> None:
    with _lock:
        _put(_kept, key, page)


def _put(held: OrderedDict[Any, Any], key: object, value: object) -> None:
    held[key] = value
    held.move_to_end(key)
    while len(held) > MOST:
        held.popitem(last=False)
