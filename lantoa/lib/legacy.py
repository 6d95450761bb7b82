"""Text in the two old codes, TCVN3 and VNI, to Unicode. Which code it is, the name of its font says; nothing is guessed.

Both codes put Vietnamese letters in the place of Western ones, so that the bytes are plain text in a wrong script:
`Hµ Qu¶ng` in .VnTime reads Hà Quảng. Callers show what becomes of a text before they keep it.

Source:
    DOMAIN.md, section 9 (legacy files); `legacy.csv`.
"""

import csv
import re
from enum import StrEnum
from functools import cache
from pathlib import Path

from lantoa.lib import text

_TABLE = Path(__file__).with_name("legacy.csv")


class Code(StrEnum):
    """An old code of letters."""

    TCVN3 = "TCVN3"
    VNI = "VNI"


def code_of(font: str) -> Code | None:
    """The code in which text under this font is written; None for a font of Unicode."""
    name = font.strip().casefold()
    if name.startswith(".vn"):
        return Code.TCVN3
    return Code.VNI if name.startswith("vni-") else None


def to_unicode(typed: str, font: str) -> str:
    """What a reader saw under this font. Text under a font of Unicode comes back as it is, in NFC.

    TCVN3 has no capitals with tone marks: under a font named `.Vn…H` every letter is drawn as its capital.
    """
    composed = text.nfc(typed)  # ư is U+00AD in TCVN3: nothing may strip it before
    code = code_of(font)
    if code is None:
        return composed
    letters = _letters(code)
    found = _pattern(code).sub(lambda match: letters[match[0]], composed)
    is_capital = code is Code.TCVN3 and font.strip().endswith("H")
    return found.upper() if is_capital else found


@cache
def _letters(code: Code) -> dict[str, str]:
    """By what stands in the text, a sign or two: the letter."""
    rows = csv.DictReader(
        line for line in _TABLE.read_text("utf-8").splitlines() if not line.startswith("#")
    )
    letters: dict[str, str] = {}
    for row in rows:
        small = row["letter"]
        if code is Code.TCVN3:
            letters[_signs(row["tcvn3"])] = small
            if row["tcvn3_capital"]:
                letters[_signs(row["tcvn3_capital"])] = small.upper()
        else:
            signs = _signs(row["vni"])
            letters[signs] = small
            # A hurried hand leaves the mark of a capital small.
            letters[signs[0].upper() + signs[1:]] = small.upper()
            letters[signs.upper()] = small.upper()
    return letters


@cache
def _pattern(code: Code) -> re.Pattern[str]:
    longest_first = sorted(_letters(code), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)))


def _signs(points: str) -> str:
    """`U+0061 U+00F8` as the signs themselves."""
    return "".join(chr(int(point.removeprefix("U+"), 16)) for point in points.split())
