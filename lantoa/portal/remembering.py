"""Pages kept ready, each for as long as it would be drawn the same.

A page is kept with its edition: what is out, the ratings, the ledger's position, the structure, the day. The edition is
asked for at every request, so a page is forgotten the moment anything in it could have changed, in every process.
"""

import functools
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from lantoa.articles import queries
from lantoa.lib import dates
from lantoa.look import clock
from lantoa.look.context import saves_data

MOST = 300  # pages of some 60 kB, in each process
_kept: OrderedDict[tuple[object, ...], "Kept"] = OrderedDict()
_lock = Lock()


class Kept(NamedTuple):
    edition: tuple[object, ...]
    content: bytes
    headers: dict[str, str]


def forget() -> None:
    with _lock:
        _kept.clear()


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
        edition = (*queries.edition(), dates.day_of(clock.now()))
        with _lock:
            found = _kept.get(key)
        if found and found.edition == edition:
            return HttpResponse(found.content, headers=found.headers)
        response = view(request, *args, **named)
        if isinstance(response, HttpResponse) and response.status_code == 200:
            _keep(key, Kept(edition, response.content, dict(response.items())))
        return response

    return opened


def _keep(key: tuple[object, ...], page: Kept) -> None:
    with _lock:
        _kept[key] = page
        _kept.move_to_end(key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
