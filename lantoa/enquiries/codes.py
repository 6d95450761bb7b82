"""The code of an enquiry, and the key of the link by which whoever asked follows it.

The code says when it came and which it was (`DH-2611-0213`); officials speak of it by that. It opens nothing: numbers in a
row can be counted through. The link carries eight drawn letters more, some 39 bits, of which only a keyed digest is kept.
"""

import datetime as dt
import re
import secrets

from lantoa.enquiries import sealing
from lantoa.enquiries.models import Enquiry
from lantoa.lib.dates import VIETNAM

# Without the letters and digits that are read for one another.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
KEY_LENGTH, GROUP = 8, 4
_CODE = re.compile(r"DH(\d{4})(\d{4,6})")


def next_code(at: dt.datetime) -> str:
    """The next of its month. Two at once may draw the same: the database keeps one, and the other draws again."""
    head = f"DH-{at.astimezone(VIETNAM):%y%m}-"
    last = Enquiry.objects.filter(code__startswith=head).order_by("-pk").first()
    return f"{head}{int(last.code[len(head) :]) + 1 if last else 1:04}"


def new_key() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(KEY_LENGTH))


def digest(key: str) -> str:
    return sealing.fingerprint(key, "key")


def whole(code: str, key: str) -> str:
    """`DH-2611-0213-7KQM-X4TP`: what the citizen keeps, in groups that can be read aloud."""
    return "-".join([code, key[:GROUP], key[GROUP:]])


def parted(typed: str) -> tuple[str, str] | None:
    """The code and the key of what was typed, however it was spaced; None if it is no whole code."""
    bare = _bare(typed)
    found, key = _CODE.fullmatch(bare[:-KEY_LENGTH]), bare[-KEY_LENGTH:]
    if found is None or not set(key) <= set(LETTERS):
        return None
    return f"DH-{found[1]}-{found[2]}", key


def is_code_alone(typed: str) -> bool:
    """Whether the key is missing: the commonest slip, which has a sentence of its own."""
    return _CODE.fullmatch(_bare(typed)) is not None


def _bare(typed: str) -> str:
    return "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())
