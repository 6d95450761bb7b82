"""Every route of the site, and what it needs: what `lantoa urls` prints and the permission matrix is made from."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver


class Route(NamedTuple):
    """An address as written, its name, and what it needs: an act of `rights.ACTS`, "account", "public", or "" (undeclared)."""

    address: str
    name: str
    needs: str


def routes() -> list[Route]:
    return list(_below(get_resolver(), "", ""))


def _below(resolver: URLResolver, address: str, space: str) -> Iterator[Route]:
    for each in resolver.url_patterns:
        there = address + str(each.pattern)
        if isinstance(each, URLPattern):
            view: Any = each.callback
            yield Route(f"/{there}", f"{space}{each.name or ''}", getattr(view, "needs", ""))
        else:
            inside = f"{each.namespace}:" if each.namespace else ""
            yield from _below(each, there, space + inside)
