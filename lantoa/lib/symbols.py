"""Number and symbol of a document, as people write it: `Chỉ thị số 05-CT/TW, ngày 15/5/2016`, `Số 12-BC/ĐU`, `15/QĐ-UBND`.

The Party sets a hyphen after the number and a slash before the issuer, the state the other way round.

Source:
    DOMAIN.md, sections 5.1 (Decree 30/2020/NĐ-CP, Annex I, and Annex III for the abbreviations) and 5.2 (36-HD/VPTW, 05-HD/VPTW).
"""

import datetime as dt
import re
from typing import NamedTuple

from lantoa.lib import dates
from lantoa.lib.errors import LantoaError
from lantoa.lib.text import nfc

PARTY, STATE = "party", "state"
LARGEST_NUMBER = 99_999
FIRST_YEAR, LAST_YEAR = 1945, 2100

# What an abbreviation may stand for, the likelier first. A letter of the state (công văn) has none.
MARKS = {
    "CT": ("instruction",),
    "NQ": ("resolution",),
    "KL": ("conclusion",),
    "QĐ": ("decision", "regulation"),
    "QyĐ": ("regulation",),
    "QC": ("rules",),
    "HD": ("guidance",),
    "CTr": ("programme",),
    "KH": ("plan",),
    "ĐA": ("scheme",),
    "TT": ("circular",),
    "TB": ("notice",),
    "BC": ("report",),
    "TTr": ("proposal",),
    "BB": ("minutes",),
    "CV": ("letter",),
    "NĐ": ("decree",),
}
WORDS = {
    "chỉ thị": "instruction",
    "nghị quyết": "resolution",
    "kết luận": "conclusion",
    "quyết định": "decision",
    "quy định": "regulation",
    "quy chế": "rules",
    "hướng dẫn": "guidance",
    "chương trình": "programme",
    "kế hoạch": "plan",
    "đề án": "scheme",
    "thông tri": "circular",
    "thông báo": "notice",
    "báo cáo": "report",
    "tờ trình": "proposal",
    "biên bản": "minutes",
    "công văn": "letter",
    "luật": "law",
    "nghị định": "decree",
}
# Written with small letters; everything else in a symbol is in capitals.
_MIXED = {each.upper(): each for each in (*MARKS, "TTg", "ThU")}
_QUOTED_LENGTH = 60

_DATE = re.compile(r",?\s*(?:ngày\s+)(.+)$", re.IGNORECASE)
_WORD = re.compile(r"(?:(?P<word>" + "|".join(WORDS) + r")\s+)?(?:số\s*:?\s*)?", re.IGNORECASE)
_LETTERS = r"[^\W\d_]+[0-9]*"
_PARTS = rf"{_LETTERS}(?:[-/]{_LETTERS})*"
_PARTY = re.compile(rf"([0-9]+)-({_LETTERS})/({_PARTS})")
_STATE = re.compile(rf"([0-9]+)/(?:([0-9]{{4}})/)?({_LETTERS})((?:-{_LETTERS})*)")
_LAW = re.compile(r"QH[0-9]+")


class SymbolError(LantoaError):
    """What was typed is no number and symbol of a document, or may be another one."""


class Symbol(NamedTuple):
    """`05-CT/TW` is number 5, mark CT, symbol CT/TW, issued by TW; a year only where the state writes one.

    Attributes:
        style: PARTY or STATE.
        mark: the abbreviation of the kind; "" for a letter of the state.
        symbol: all that follows the number.
        issuer: what stands for the issuer, with its office: `TW`, `UBND`, `UBND-VX`.
    """

    number: int
    style: str
    mark: str
    symbol: str
    issuer: str
    year: int | None = None

    @property
    def code(self) -> str:
        """As it is printed, below ten with a zero before it: `05-CT/TW`, `19/2025/QĐ-TTg`."""
        if self.style == PARTY:
            return f"{self.number:02}-{self.symbol}"
        year = f"{self.year}/" if self.year else ""
        return f"{self.number:02}/{year}{self.symbol}"

    @property
    def kinds(self) -> tuple[str, ...]:
        """What it may be; anything but what has an abbreviation of its own, for a letter of the state."""
        if _LAW.fullmatch(self.symbol):
            return ("law",)
        return MARKS.get(self.mark, ("letter",))


class Cited(NamedTuple):
    """A document as a sentence names it: its symbol, and the kind and the day if they were written with it."""

    symbol: Symbol
    kind: str
    date: dt.date | None


def read_cited(text: str) -> Cited:
    """Read a document with what stands around its number: `Chỉ thị số 05-CT/TW, ngày 15/5/2016`.

    Raises:
        SymbolError: no number and symbol in it, or a kind that they contradict.
        DayError: the day is none.
    """
    typed, date = nfc(" ".join(text.split())), None
    if found := _DATE.search(typed):
        date = dates.read_day(_as_a_day(found[1]))
        typed = typed[: found.start()]
    head = _WORD.match(typed)
    word = (head["word"] or "").lower() if head else ""
    symbol = read(typed[head.end() :] if head else typed)
    kind = WORDS.get(word, "")
    if kind and kind not in symbol.kinds:
        raise SymbolError(
            vi=f"“{symbol.code}” không phải số của {word}: {symbol.mark or 'công văn'} là loại khác. Xem lại loại hoặc ký hiệu.",
            en=f"“{symbol.code}” is not the number of such a document: {symbol.mark or 'a letter'} is another kind. Check kind or symbol.",
        )
    return Cited(symbol, kind or (symbol.kinds[0] if len(symbol.kinds) == 1 else ""), date)


def read(text: str) -> Symbol:
    """Read number and symbol alone: `05-CT/TW`, `15/QĐ-UBND`, `12/UBND-VX`, `30/2020/NĐ-CP`, `91/2025/QH15`.

    Raises:
        SymbolError: it is none, with how one is written.
    """
    typed = re.sub(r"\s*([-–—/])\s*", r"\1", nfc(" ".join(text.split()))).strip(" .,;")
    typed = re.sub("[–—]", "-", typed)
    if found := _PARTY.fullmatch(typed):
        return _of_the_party(typed, *found.groups())
    if found := _STATE.fullmatch(typed):
        return _of_the_state(typed, *found.groups())
    raise _not_a_symbol(typed)


def _of_the_party(typed: str, number: str, mark: str, issuer: str) -> Symbol:
    mark, issuer = _capitals(mark), "-".join(_capitals(part) for part in issuer.split("-"))
    if mark not in MARKS:
        raise SymbolError(
            vi=f"“{mark}” trong “{typed}” không phải chữ viết tắt của loại văn bản nào. Ví dụ đúng: CT, NQ, KL, HD, KH, BC.",
            en=f"“{mark}” in “{typed}” stands for no kind of document. Right are, for example, CT, NQ, KL, HD, KH, BC.",
        )
    return Symbol(_number(number, typed), PARTY, mark, f"{mark}/{issuer}", issuer)


def _of_the_state(typed: str, number: str, year: str | None, first: str, rest: str) -> Symbol:
    parts = [_capitals(first), *(_capitals(part) for part in rest.split("-") if part)]
    mark = parts[0] if parts[0] in MARKS else ""
    if not mark and len(parts) == 1 and not _LAW.fullmatch(parts[0]):
        raise _not_a_symbol(typed)
    issuer = "-".join(parts[1:] if mark else parts)
    if not issuer:
        raise _not_a_symbol(typed)
    return Symbol(_number(number, typed), STATE, mark, "-".join(parts), issuer, _year(year, typed))


def _capitals(letters: str) -> str:
    return _MIXED.get(letters.upper(), letters.upper())


def _number(digits: str, typed: str) -> int:
    number = int(digits) if len(digits) < 10 else LARGEST_NUMBER + 1
    if 1 <= number <= LARGEST_NUMBER:
        return number
    raise SymbolError(
        vi=f"Số {digits[:_QUOTED_LENGTH]} trong “{typed[:_QUOTED_LENGTH]}” không thể là số văn bản. Số bắt đầu từ 01.",
        en=f"{digits[:_QUOTED_LENGTH]} in “{typed[:_QUOTED_LENGTH]}” cannot be the number of a document. Numbers begin at 01.",
    )


def _year(digits: str | None, typed: str) -> int | None:
    if digits is None:
        return None
    if FIRST_YEAR <= int(digits) <= LAST_YEAR:
        return int(digits)
    raise SymbolError(
        vi=f"Năm {digits} trong “{typed}” không đúng. Xem lại số và ký hiệu.",
        en=f"The year {digits} in “{typed}” is not right. Check number and symbol.",
    )


def _as_a_day(typed: str) -> str:
    """`15 tháng 5 năm 2016` is what stands after "ngày"; the reader of days wants that word before it."""
    return f"ngày {typed}" if "tháng" in typed else typed


def _not_a_symbol(typed: str) -> SymbolError:
    shown = "".join(sign if sign.isprintable() else " " for sign in typed)[:_QUOTED_LENGTH]
    return SymbolError(
        vi=f"“{shown}” chưa phải số và ký hiệu văn bản. Của Đảng ghi như 05-CT/TW (gạch nối sau số), "
        "của Nhà nước ghi như 15/QĐ-UBND (gạch chéo sau số).",
        en=f"“{shown}” is not a number and symbol yet. The Party writes 05-CT/TW (a hyphen after the number), "
        "the state 15/QĐ-UBND (a slash after the number).",
    )
