"""Citizens' words and identities, sealed field by field: AES-GCM under keys that lie outside the database (RELIABILITY D15).

The first key of the settings seals; all of them open, so that a key is changed by putting a new one before it. Each text
is bound to its column: bytes copied into another column do not open.
"""

import hashlib
import secrets
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models
from django.utils.crypto import salted_hmac

_NONCE, _MARK = 12, 4


class SealBrokenError(Exception):
    """A sealed text does not open: its key is missing from the settings, or somebody wrote into the table."""


def seal(said: bytes, context: str) -> bytes:
    """Seal with the newest key. `context`: where it lies, e.g. `message.text`."""
    key = _keys()[0]
    nonce = secrets.token_bytes(_NONCE)
    return _mark(key) + nonce + AESGCM(key).encrypt(nonce, said, context.encode())


def opened(sealed: bytes, context: str) -> bytes:
    """
    Raises:
        SealBrokenError
    """
    mark, rest = sealed[:_MARK], sealed[_MARK:]
    for key in _keys():
        if _mark(key) == mark:
            try:
                return AESGCM(key).decrypt(rest[:_NONCE], rest[_NONCE:], context.encode())
            except (InvalidTag, ValueError) as error:
                raise SealBrokenError from error
    raise SealBrokenError


def fingerprint(said: str, purpose: str) -> str:
    """A keyed digest by which a thing is known again and from which it cannot be read: a Zalo id, a key of a link."""
    return salted_hmac(f"lantoa.enquiries.{purpose}", said, algorithm="sha256").hexdigest()


def _keys() -> list[bytes]:
    texts = settings.TEXT_KEYS or [settings.SECRET_KEY]
    return [hashlib.sha256(b"lantoa.enquiries.text" + each.encode()).digest() for each in texts]


def _mark(key: bytes) -> bytes:
    """Which key sealed it, without saying anything of the key."""
    return hashlib.sha256(b"mark" + key).digest()[:_MARK]


if TYPE_CHECKING:
    _Binary = models.BinaryField[str, str]
else:
    _Binary = models.BinaryField


class SealedField(_Binary):
    """A text that is plain in Python and sealed in the database. It can be neither searched nor sorted."""

    def get_prep_value(self, value: Any) -> Any:
        return seal(str(value).encode(), self._context) if value else b""

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's
        sealed = value if prepared else self.get_prep_value(value)
        return super().get_db_prep_value(sealed, connection, prepared=True)

    def get_default(self) -> str:
        return ""

    def from_db_value(self, value: Any, _expression: object, _connection: object) -> str:
        return opened(bytes(value), self._context).decode() if value else ""

    def value_to_string(self, obj: models.Model) -> str:
        """Never into a dump of fixtures."""
        return ""

    @property
    def _context(self) -> str:
        return f"{self.model._meta.model_name}.{self.name}"
