"""Marks of secrecy in words. What is secret by law has no place in this system: it is refused, with a sentence (D7.8)."""

import re

from lantoa.lib.errors import LantoaError
from lantoa.lib.text import nfc

LEVELS = ("mật", "tối mật", "tuyệt mật")

# A stamp stands alone on a line, in capitals; elsewhere the level stands in brackets or after "độ mật". "Bí mật nhà
# nước" as a subject is no mark.
_MARKS = (
    re.compile(r"^\W*((?:TỐI |TUYỆT )?MẬT)\W*$", re.MULTILINE),
    re.compile(r"[(\[]\s*((?:tối |tuyệt )?mật)\s*[)\]]", re.IGNORECASE),
    re.compile(r"\bđộ mật\s*:?\s*((?:tối |tuyệt )?mật)\b", re.IGNORECASE),
)


class SecretError(LantoaError):
    """Something marked secret was to be kept here."""

    def __init__(self, level: str) -> None:
        super().__init__(
            vi=f"Văn bản có độ mật ({level}) không được đưa lên hệ thống này. "
            "Hãy quản lý theo quy định về bảo vệ bí mật nhà nước, và chỉ vào sổ văn bản không mật.",
            en=f"A document marked secret ({level}) must not be put into this system. "
            "Handle it under the rules on state secrets, and file only what is not secret.",
        )


def level_in(text: str) -> str:
    """The level that a text is marked with, in small letters; "" for none."""
    typed = nfc(text)
    found = next((hit for mark in _MARKS if (hit := mark.search(typed))), None)
    return found[1].lower() if found else ""


def refuse(*texts: str) -> None:
    """
    Raises:
        SecretError: one of the texts is marked secret.
    """
    for each in texts:
        if level := level_in(each):
            raise SecretError(level)
