"""TCVN3 and VNI to Unicode: the pairs of the trade, every letter both ways, and nothing without a font that says so."""

import csv
import unicodedata

import pytest

from lantoa.lib import legacy
from lantoa.lib.legacy import Code, code_of, to_unicode

VOWELS = "aăâeêioôơuưy"
TONES = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
LETTERS = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | {"đ"}


@pytest.mark.parametrize(
    ("typed", "font", "meant"),
    [
        ("Uû ban nh©n d©n huyÖn Hµ Qu¶ng", ".VnTime", "Uỷ ban nhân dân huyện Hà Quảng"),
        ("B¶o Th¾ng", ".VnTime", "Bảo Thắng"),
        ("tr\u00adêng häc", ".VnArial", "trường học"),
        ("§¶ng bé tØnh", ".vntime", "Đảng bộ tỉnh"),
        ("§¶ng bé tØnh", ".VnTimeH", "ĐẢNG BỘ TỈNH"),
        ("Tieáng Vieät", "VNI-Times", "Tiếng Việt"),
        ("TIEÁNG VIEÄT", "vni-helve", "TIẾNG VIỆT"),
        ("kyû nieäm, myõ thuaät, KYÛ NIEÄM", "VNI-Times", "kỷ niệm, mỹ thuật, KỶ NIỆM"),
        ("Ñaûng boä", "VNI-Times", "Đảng bộ"),
        ("Ví dụ à, Ð", "Times New Roman", "Ví dụ à, Ð"),
    ],
)
def test_old_text_reads_as_it_was_seen(typed, font, meant):
    assert to_unicode(typed, font) == meant


@pytest.mark.parametrize(
    ("font", "code"),
    [
        (".VnTime", Code.TCVN3),
        (".VNTIMEH", Code.TCVN3),
        ("VNI-Times", Code.VNI),
        ("Times New Roman", None),
        ("VnTimes", None),
        ("", None),
    ],
)
def test_the_name_of_the_font_says_the_code(font, code):
    assert code_of(font) is code


def table():
    lines = legacy._TABLE.read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def test_the_table_has_every_marked_letter_of_the_alphabet_once():
    plain = set("aeiouy")

    letters = [row["letter"] for row in table()]

    assert sorted(letters) == sorted(LETTERS - plain)


@pytest.mark.parametrize("code", list(Code))
def test_no_two_letters_share_a_code_and_no_code_is_plain_text(code):
    letters = legacy._letters(code)
    small = [signs for signs, letter in letters.items() if letter in LETTERS]

    assert len(small) == 67
    assert {letters[signs] for signs in small} == LETTERS - set("aeiouy")
    assert [signs for signs in letters if signs.isascii()] == []


@pytest.mark.parametrize("row", table(), ids=lambda row: row["letter"])
def test_every_letter_comes_back_small_and_as_a_capital(row):
    letter = row["letter"]
    vni = legacy._signs(row["vni"])

    assert to_unicode(legacy._signs(row["tcvn3"]), ".VnTime") == letter
    assert to_unicode(legacy._signs(row["tcvn3"]), ".VnTimeH") == letter.upper()
    assert to_unicode(vni, "VNI-Times") == letter
    assert to_unicode(vni.upper(), "VNI-Times") == letter.upper()


def test_text_whose_marks_stand_apart_is_composed_before_it_is_read():
    apart = unicodedata.normalize("NFD", "huyÖn Hµ Qu¶ng")

    assert to_unicode(apart, ".VnTime") == "huyện Hà Quảng"
