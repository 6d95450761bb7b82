"""Fetching what an address points at, when a stranger has written the address (RELIABILITY A8).

Only by https, only from hosts that are named in the settings; the name is resolved once, every address of it must lie in
the public network, and the connection goes to that very address while the certificate is still asked for by name. No
redirect is followed. What comes is counted while it comes, and must be, by its content, a picture, a PDF or a Word file.
"""

import ipaddress
import socket
import time
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

import certifi
import urllib3
from django.conf import settings

from lantoa.keeping import papers

MB = 1024 * 1024
LARGEST = 10 * MB
# Seconds for the whole of it: a slow trickle ends too.
LONGEST = 20
_CHUNK = 64 * 1024
PICTURES = {b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"GIF8": "image/gif"}
HTTPS_PORT = 443

Resolve = Callable[[str, int], list[str]]


class RefusedAddressError(Exception):
    """An address that is not fetched, or a file that is not kept. `str()` is one word, for the row."""


class BrokenOffError(Exception):
    """The other side did not answer this time."""


class Fetched(NamedTuple):
    content: bytes
    media_type: str


def resolve(host: str, port: int) -> list[str]:
    """All addresses of a name."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return sorted({str(each[4][0]) for each in found})


def fetch(address: str, resolve: Resolve = resolve) -> Fetched:
    """
    Raises:
        RefusedAddressError: it leads inside, elsewhere, or to something that is not kept here.
        BrokenOffError: it may be tried again.
    """
    parts, port = _allowed(address)
    host = str(parts.hostname)
    inside = f"{host}:{port}" in settings.ZALO_INSIDE
    where = _one_outside(host, port, inside, resolve)
    pool = _pool(parts.scheme, where, port, host)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    try:
        answer = pool.request("GET", path or "/", headers={"Host": parts.netloc}, redirect=False, preload_content=False)  # fmt: skip
        content = _read(answer)
    except urllib3.exceptions.HTTPError as error:
        raise BrokenOffError(type(error).__name__) from None
    finally:
        pool.close()
    return Fetched(content, media_type(content))


def media_type(content: bytes) -> str:
    """What a file is by its content.

    Raises:
        RefusedAddressError: none of what is kept.
    """
    for head, kind in PICTURES.items():
        if content.startswith(head):
            return kind
    try:
        return papers.told(content).media_type
    except papers.NotAPaperError:
        raise RefusedAddressError("kind") from None


def _allowed(address: str) -> tuple[SplitResult, int]:
    """The parts of an address whose host is named in the settings."""
    try:
        parts = urlsplit(address)
        port = parts.port or HTTPS_PORT
    except ValueError:
        raise RefusedAddressError("address") from None
    host = (parts.hostname or "").lower()
    if f"{host}:{port}" in settings.ZALO_INSIDE:
        return parts, port
    if parts.scheme != "https" or port != HTTPS_PORT or parts.username or parts.password:
        raise RefusedAddressError("address")
    if not any(host == each or host.endswith(f".{each}") for each in settings.ZALO_FILE_HOSTS):
        raise RefusedAddressError("host")
    return parts, port


def _one_outside(host: str, port: int, is_inside: bool, resolve: Resolve) -> str:  # noqa: FBT001
    """One address of the host; all of them must lie in the public network."""
    try:
        found = resolve(host, port)
    except OSError:
        raise BrokenOffError("name") from None
    if not found or not (is_inside or all(_is_public(each) for each in found)):
        raise RefusedAddressError("inside")
    return found[0]


def _is_public(address: str) -> bool:
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = read.ipv4_mapped if isinstance(read, ipaddress.IPv6Address) else None
    return (mapped or read).is_global and not (mapped or read).is_multicast


def _pool(scheme: str, where: str, port: int, host: str) -> urllib3.HTTPConnectionPool:
    """Connections to that very address; by https the certificate must be the name's."""
    patience = urllib3.Timeout(connect=5, read=5)
    if scheme == "http":
        return urllib3.HTTPConnectionPool(where, port, timeout=patience, retries=False)
    return urllib3.HTTPSConnectionPool(
        where,
        port,
        timeout=patience,
        retries=False,
        server_hostname=host,
        assert_hostname=host,
        cert_reqs="CERT_REQUIRED",
        ca_certs=certifi.where(),
    )


def _read(answer: urllib3.BaseHTTPResponse) -> bytes:
    """The body, counted while it comes."""
    if answer.status >= 500:
        raise BrokenOffError(str(answer.status))
    if answer.status != 200:
        raise RefusedAddressError(f"HTTP {answer.status}")
    until, content = time.monotonic() + LONGEST, bytearray()
    for chunk in answer.stream(_CHUNK, decode_content=False):
        content += chunk
        if len(content) > LARGEST:
            raise RefusedAddressError("size")
        if time.monotonic() > until:
            raise RefusedAddressError("slow")
    return bytes(content)
