"""The sealed box of a ballot: totals that only grow under a key which is not in the database, and stubs of sheets.

Whoever reads the database while a ballot is open sees a box of the same length that changes as a whole with every vote,
and after it has closed sees totals. Who holds the site's secret *and* copies of the database from between two votes
could tell; nobody else can.

Source:
    docs/decisions/2026-11-25-a-vote-nobody-can-trace.md
"""

import hashlib
import secrets
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.crypto import salted_hmac

SALT_BYTES = NONCE_BYTES = 32
_GCM_NONCE = 12
# Yes and no of one question: two unsigned numbers of 32 bits, always as long.
_TOTALS = struct.Struct(">II")
LEFT_OUT, YES, NO = 0, 1, 2


class BrokenBoxError(Exception):
    """The box does not open: the site's secret has changed since, or somebody wrote into the table."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """How one member votes: an answer to each question in order, and 256 bits that nobody can guess."""

    answers: tuple[int, ...]
    nonce: bytes


def new_salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def empty_box(salt: bytes, questions: int) -> bytes:
    return _sealed(salt, _TOTALS.pack(0, 0) * questions)


def added(box: bytes, salt: bytes, sheets: Mapping[int, Sequence[Sheet]]) -> bytes:
    """The box after some sheets went in (key 1) and others came out (key -1).

    Raises:
        BrokenBoxError
    """
    totals = [list(pair) for pair in counted(box, salt)]
    for sign, many in sheets.items():
        for sheet in many:
            for place, answer in enumerate(sheet.answers):
                if answer != LEFT_OUT:
                    totals[place][answer - YES] += sign
    return _sealed(salt, b"".join(_TOTALS.pack(*pair) for pair in totals))


def counted(box: bytes, salt: bytes) -> list[tuple[int, int]]:
    """Yes and no of every question.

    Raises:
        BrokenBoxError
    """
    return [(yes, no) for yes, no in _TOTALS.iter_unpack(_opened(salt, box))]


def new_sheet(answers: Sequence[int]) -> Sheet:
    return Sheet(tuple(answers), secrets.token_bytes(NONCE_BYTES))


def stub_of(turnout_id: int, sheet: Sheet) -> str:
    """What the database keeps of a sheet: it cannot be turned back, and another sheet has another."""
    said = str(turnout_id).encode() + bytes(sheet.answers) + sheet.nonce
    return hashlib.sha256(said).hexdigest()


def receipt_of(salt: bytes, turnout_id: int, sheet: Sheet) -> str:
    """What the voter's page keeps, and shows to nobody: the sheet, sealed for this member of this ballot."""
    return _sealed(salt, bytes(sheet.answers) + sheet.nonce, str(turnout_id).encode()).hex()


def sheet_in(salt: bytes, turnout_id: int, receipt: str) -> Sheet | None:
    """The sheet of a receipt; None if it is not one of this member for this ballot."""
    try:
        said = _opened(salt, bytes.fromhex(receipt), str(turnout_id).encode())
    except (ValueError, BrokenBoxError):
        return None
    return Sheet(tuple(said[:-NONCE_BYTES]), said[-NONCE_BYTES:])


def _sealed(salt: bytes, said: bytes, context: bytes = b"") -> bytes:
    nonce = secrets.token_bytes(_GCM_NONCE)
    return nonce + AESGCM(_key(salt)).encrypt(nonce, said, context)


def _opened(salt: bytes, sealed: bytes, context: bytes = b"") -> bytes:
    try:
        return AESGCM(_key(salt)).decrypt(sealed[:_GCM_NONCE], sealed[_GCM_NONCE:], context)
    except (InvalidTag, ValueError) as error:
        raise BrokenBoxError from error


def _key(salt: bytes) -> bytes:
    """256 bits of the salt in the row and the site's secret, which lies outside the database."""
    return salted_hmac("lantoa.awards.ballot", salt.hex(), algorithm="sha256").digest()
