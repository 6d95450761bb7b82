"""Vietnamese text: one form to keep, one to find by, one to tell names apart by, one to sort by.

No library that brings ICU along: these are a few tables of a small alphabet.

Source:
    DOMAIN.md, section 9 (collation: CLDR `vi`; search; normalisation); RELIABILITY.md, D14, E20.
"""

import re
import unicodedata
from collections.abc import Callable

# The five tone marks in the order of CLDR's `vi`: `&̀<<̉<<̃<<́<<̣`. No mark comes before all of them.
_TONES = "\u0300\u0309\u0303\u0301\u0323"
# Breve, circumflex and horn make another letter, not another tone.
_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
_VOWELS = frozenset("aeiouy")

# Letters of other alphabets that print like ours, most of them as capitals; and the three crossed ds.
_LOOK_ALIKES = str.maketrans(
    "авекмнорстухіјѕһԁԛԝ" + "αβεζηικμνορτυχ" + "ıðɖ",
    "abekmhopctyxijshdqw" + "abezhikmnoptyx" + "iđđ",
)
# Between a first consonant and the end, i and y are one sound with two spellings: Mỹ, Mĩ; Quý, Quí.
_Y_FOR_I = re.compile(r"\b(h|k|l|m|s|t|v|qu)y")

# One or two symbols for each letter, digits and lower-case letters only: these sort alike under every
# collation a database may have. A letter before its variants (`&a<ă<â`), and none the beginning of another.
_LETTER_SYMBOLS = {
    **{letter: letter for letter in "bcfghijklmnpqrstvwxy"},
    "a": "aa", "a" + _BREVE: "ab", "a" + _CIRCUMFLEX: "ac",
    "d": "da", "đ": "db",
    "e": "ea", "e" + _CIRCUMFLEX: "eb",
    "o": "oa", "o" + _CIRCUMFLEX: "ob", "o" + _HORN: "oc",
    "u": "ua", "u" + _HORN: "ub",
    "z": "za",
}  # fmt: skip
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
# Spaces, then punctuation and signs in CLDR's order, then digits, then letters, then every other sign.
_SIGNS = "_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$"
_SYMBOLS = (
    {" ": "1"}
    | {sign: "2" + _DIGITS[place] for place, sign in enumerate(_SIGNS)}
    | {digit: "3" + digit for digit in "0123456789"}
    | _LETTER_SYMBOLS
)
_LEVEL_END = "0"

SORT_KEY_LENGTH = 400

# Texts shorter than this are alike by nature: "Sinh hoạt chi bộ thường kỳ" is said every month.
LEAST_WORDS, SHINGLE, ALIKE_IN_100 = 8, 3, 80


def nfc(text: str) -> str:
    """Compose letters and their marks: the one form in which text is kept."""
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """What was typed, as it is kept on one line: composed, single spaces, without what no database keeps.

    Control characters and halves of a letter go; an emoji is a letter like any other.
    """
    kept = (" " if unicodedata.category(sign) in ("Cc", "Cs") else sign for sign in text)
    return " ".join(nfc("".join(kept)).split())


def unique_key(text: str) -> str:
    """Make the key by which two names are the same name, though their spelling or bytes differ.

    Case, invisible characters, full-width and look-alike letters, spaces, and the place of the tone mark
    (`Hoà`, `Hòa`) are immaterial; every mark counts, so `Hạ Lang` and `Hà Lang` stay apart.
    """
    return nfc(_tones_last(_cleaned(text)))


def fold(text: str) -> str:
    """Make the form to search by: no marks, no case, `đ` as `d`, `Mỹ` as `Mĩ`, single spaces.

    Fold both sides. `folded` columns keep it; it is never shown.
    """
    return _Y_FOR_I.sub(r"\1i", _bare(text))


def slug(text: str) -> str:
    """Make the part of an address: `Hà Quảng` is `ha-quang`. Empty when no letter or digit is left."""
    return re.sub(r"[^a-z0-9]+", "-", _bare(text)).strip("-")


def sort_key(text: str) -> str:
    """Make a key whose plain order is CLDR's `vi`: letters first, then tones, then small before capital.

    Returns:
        Digits and lower-case letters, at most `SORT_KEY_LENGTH`, so that SQLite and PostgreSQL, whatever
        its collation, sort it alike.
    """
    letters, tones, cases = [], [], []
    for letter, marks, is_capital in _clusters(text):
        symbol, is_vowel = _symbol(letter, marks)
        letters.append(symbol)
        cases.append(int(is_capital))
        if is_vowel:
            tones.append(max((_TONES.find(mark) + 1 for mark in marks), default=0))
    key = "".join(letters) + _LEVEL_END + _packed(tones, 6, 2) + _packed(cases, 2, 5)
    return key[:SORT_KEY_LENGTH]


def person_sort_key(name: str) -> str:
    """Make the key of a person's name: by given name, which is the last word, then middle, then family."""
    family, *others = name.split() or [""]
    given = others.pop() if others else ""
    return "".join(sort_key(part) for part in (given or family, " ".join(others), given and family))


def is_alike(one: str, other: str) -> bool:
    """Whether two texts are nearly the same: four fifths of their runs of three words, marks and capitals aside."""
    ours, theirs = shingles(one), shingles(other)
    if not ours or not theirs:
        return False
    return 100 * len(ours & theirs) >= ALIKE_IN_100 * len(ours | theirs)


def shingles(text: str) -> set[tuple[str, ...]]:
    """The runs of three words of a text; nothing of a short one."""
    words = fold(text).split()
    if len(words) < LEAST_WORDS:
        return set()
    return {tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}


class _Signs(dict[int, int | None]):
    """What becomes of each sign, found when it is first met: a list of thousands is folded letter by letter."""

    def __init__(self, becomes: Callable[[str], str]) -> None:
        super().__init__()
        self._becomes = becomes

    def __missing__(self, code: int) -> int | None:
        told = self._becomes(chr(code))
        self[code] = ord(told) if told else None
        return self[code]


def _seen(sign: str) -> str:
    """Nothing of an invisible sign; of a look-alike, what it looks like."""
    if unicodedata.category(sign) in {"Cf", "Cc"} and not sign.isspace():
        return ""
    return sign.translate(_LOOK_ALIKES)


def _unmarked(sign: str) -> str:
    """Of what is seen, the letter alone; nothing of a mark."""
    seen = _seen(sign)
    return "" if unicodedata.category(sign) == "Mn" else "d" if seen == "đ" else seen


_SEEN, _UNMARKED = _Signs(_seen), _Signs(_unmarked)


def _small(text: str) -> str:
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())


def _cleaned(text: str) -> str:
    """Decomposed, small, without invisible characters, look-alikes replaced, single spaces."""
    return " ".join(_small(text).translate(_SEEN).split())


def _bare(text: str) -> str:
    """The same without any mark, and `đ` as `d`."""
    return " ".join(_small(text).translate(_UNMARKED).split())


def _tones_last(text: str) -> str:
    """Move each word's tone mark behind its last letter: a syllable has one, wherever it is written."""
    moved, waiting = [], ""
    for sign in text + " ":
        if sign in _TONES:
            waiting += sign
        elif sign.isalpha() or unicodedata.category(sign) == "Mn":
            moved.append(sign)
        else:
            moved.append(waiting + sign)
            waiting = ""
    return "".join(moved)[:-1]


def _clusters(text: str) -> list[tuple[str, str, bool]]:
    """Split into signs: the sign as a small one, its marks, and whether it was a capital."""
    found: list[tuple[str, str, bool]] = []
    for sign in " ".join(unicodedata.normalize("NFKD", text).split()):
        category = unicodedata.category(sign)
        if category == "Mn" and found:
            letter, marks, is_capital = found[-1]
            found[-1] = (letter, marks + sign, is_capital)
        elif category not in {"Mn", "Cf", "Cc"}:
            found.append((sign.lower(), "", sign.isupper()))
    return found


def _symbol(letter: str, marks: str) -> tuple[str, bool]:
    for mark in marks:
        if letter + mark in _LETTER_SYMBOLS:
            return _LETTER_SYMBOLS[letter + mark], True
    return _SYMBOLS.get(letter) or "zz" + _in_base_36(letter), letter in _VOWELS


def _in_base_36(letter: str) -> str:
    number, digits = ord(letter[0]), ""
    for _ in range(4):
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits


def _packed(values: list[int], base: int, count: int) -> str:
    """Write `count` values below `base` as one symbol, so that a key fits its column; order is kept."""
    padded = values + [0] * (-len(values) % count)
    symbols = []
    for start in range(0, len(padded), count):
        number = 0
        for value in padded[start : start + count]:
            number = number * base + value
        symbols.append(_DIGITS[number])
    return "".join(symbols)
