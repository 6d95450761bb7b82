"""What a question seems to be about, by its words: a first guess, which whoever answers may change."""

import re
import unicodedata
from collections.abc import Sequence

from lantoa.enquiries.models import Topic
from lantoa.lib import text
from lantoa.orgs.models import UnitName

# Folded. Words of public order first: they are the more pressing.
WORDS = {
    Topic.ORDER: (
        "an ninh", "trat tu", "mat trom", "trom", "cuop", "danh nhau", "danh bac", "ma tuy", "lua dao", "bao luc",
        "gay roi", "cong an", "giao thong", "toc do", "tai nan", "phao no", "de doa",
    ),
    Topic.PROCEDURES: (
        "thu tuc", "ho so", "giay to", "giay khai sinh", "khai sinh", "ket hon", "can cuoc", "ho khau", "cu tru",
        "tam tru", "dang ky", "cap lai", "cap doi", "xac nhan", "chung thuc", "so do", "giay phep", "dich vu cong", "le phi",
        "nop o dau", "bao hiem", "tro cap",
    ),
}  # fmt: skip
_DENOUNCES = re.compile(
    r"\b(to cao|to giac|don to|bao luc gia dinh|bi hanh hung|nhan hoi lo|an hoi lo)\b"
)
# The commonest small words of Vietnamese without marks; some of them in any sentence that is long enough to judge.
_SMALL = {
    "la", "va", "cua", "co", "khong", "toi", "cho", "duoc", "thi", "o", "nay", "do", "ve", "voi", "den", "tu",
    "lam", "nhung", "mot", "cac", "nguoi", "xin", "hoi", "nha", "xa", "em", "chi", "anh", "ong", "ba", "minh", "gi",
    "bao", "nao", "sao", "phai", "can", "da", "chua", "roi", "dang", "se", "khi", "neu", "de", "tai", "vi", "con",
}  # fmt: skip
_LEAST_WORDS, _SHARE = 5, 10


def topic(said: str) -> Topic:
    """The topic with the most of its words in what was said; otherwise `OTHER`."""
    folded = f" {text.fold(said)} "
    counts = {
        each: sum(1 for word in words if re.search(rf"\b{word}\b", folded))
        for each, words in WORDS.items()
    }
    best = max(counts, key=lambda each: counts[each])
    return best if counts[best] else Topic.OTHER


def place(said: str, communes: Sequence[UnitName]) -> int:
    """The one commune that is named in what was said, by its id; 0 for none, and for more than one."""
    folded = f" {text.fold(said)} "
    found = {
        each.unit_id
        for each in communes
        if f" {text.fold(each.name)} " in re.sub(r"[,.;:!?]", " ", folded)
    }
    return found.pop() if len(found) == 1 else 0


def is_denunciation(said: str) -> bool:
    """Whether it may denounce somebody or tell of violence: it is kept from the public until a person has looked."""
    return _DENOUNCES.search(text.fold(said)) is not None


def is_foreign(said: str) -> bool:
    """Whether it seems not to be Vietnamese: other letters, or a sentence without any of the small words."""
    letters = [sign for sign in said if sign.isalpha()]
    if not letters:
        return False
    latin = sum(1 for sign in letters if "LATIN" in unicodedata.name(sign, ""))
    if 2 * latin < len(letters):
        return True
    words = re.findall(r"[^\W\d_]+", text.fold(said))
    known = sum(1 for word in words if word in _SMALL)
    return len(words) >= _LEAST_WORDS and _SHARE * known < len(words)
