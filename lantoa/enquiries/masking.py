"""Taking names, addresses and numbers out of words that are to be published. A person reads them afterwards: this only helps.

Numbers that identify somebody can be told by their shape, and `left_over` refuses to publish while one is there. Names cannot:
what stands after a form of address is taken out, and the rest is for the person who reads.
"""

import re

from lantoa.lib.text import nfc

_UPPER = "A-ZÀÁẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬĐÈÉẺẼẸÊẾỀỂỄỆÌÍỈĨỊÒÓỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÙÚỦŨỤƯỨỪỬỮỰỲÝỶỸỴ"
_NAME = rf"[{_UPPER}][\w]*(?:\s+[{_UPPER}][\w]*){{0,4}}"
_TITLES = (
    "ông", "bà", "anh", "chị", "em", "cháu", "cô", "chú", "bác", "thầy", "đồng chí", "đ/c", "tôi tên là", "tên tôi là",
    "tôi tên", "tên là", "tôi là", "họ tên", "con tôi là", "vợ tôi là", "chồng tôi là",
)  # fmt: skip

PHONE = re.compile(r"(?<![\d/])(?:\+?84|0)(?:[\s.\-]?\d){8,10}(?!\d)")
IDENTITY = re.compile(r"(?<!\d)(?:\d[\s.]?){11}\d(?!\d)|(?<!\d)\d{9}(?!\d)")
MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
BORN = re.compile(
    r"(?i)\bsinh\s+(?:ngày|năm)?\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\bsinh\s+năm\s+\d{4}"
)
_HOUSE = re.compile(
    r"(?i)\b(?:số nhà|nhà số|địa chỉ(?:\s+số)?|số)\s*\d+[\w/-]*|\bngõ\s+\d+[\w/-]*|\btổ\s+\d+\b"
)
_NAMED = re.compile(rf"(?P<title>(?i:\b(?:{'|'.join(map(re.escape, _TITLES))}))\b\s*:?\s+)(?P<name>{_NAME})")  # fmt: skip

# In this order: a number of twelve digits may hold one that looks like a telephone's.
_MASKS = [
    (MAIL, "[thư điện tử]"),
    (BORN, "[ngày sinh]"),
    (IDENTITY, "[số giấy tờ]"),
    (PHONE, "[số điện thoại]"),
    (_HOUSE, "[địa chỉ]"),
]
_NOT_NAMES = {"Ủy", "Xã", "Phường", "Tỉnh", "Huyện", "Công", "Đảng", "Ban", "Tổ"}


def masked(said: str) -> str:
    """The words with what may identify somebody replaced by what it was."""
    left = nfc(said)
    for mask, instead in _MASKS:
        left = mask.sub(instead, left)
    return _NAMED.sub(_without_name, left)


def left_over(said: str) -> str:
    """A number or an address that identifies somebody and is still there; "" if none is."""
    for mask in (MAIL, BORN, IDENTITY, PHONE):
        if found := mask.search(nfc(said)):
            return found[0].strip()
    return ""


def _without_name(found: re.Match[str]) -> str:
    if found["name"].split()[0] in _NOT_NAMES:
        return found[0]
    return f"{found['title']}[tên]"
