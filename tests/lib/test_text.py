import re
import unicodedata
from itertools import islice, pairwise, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa.lib import text
from tests.lib.vectors import VECTORS

LETTERS = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
)
VIETNAMESE = st.text(LETTERS + LETTERS.upper() + " -019", max_size=12)
TONELESS = re.compile("[\u0300\u0309\u0303\u0301\u0323]")


COMMUNES = VECTORS["communes_as_icu_sorts_them"]


def nfd(name):
    return unicodedata.normalize("NFD", name)


def toneless(name):
    return unicodedata.normalize("NFC", TONELESS.sub("", nfd(name)))


def test_a_letter_with_its_marks_is_kept_as_one():
    assert len("ệ") == 1
    assert text.nfc("e\u0323\u0302") == "ệ"


def test_a_line_keeps_letters_and_loses_what_no_database_takes():
    assert text.one_line(" Bê\ttông\n400 m \ud800 👍 ") == "Bê tông 400 m 👍"


@pytest.mark.parametrize(("typed", "folded"), VECTORS["fold"])
def test_text_is_found_without_marks_case_or_the_place_of_the_tone(typed, folded):
    assert text.fold(typed) == folded
    assert text.fold(unicodedata.normalize("NFD", typed)) == folded


def test_what_is_typed_so_far_finds_the_whole_name():
    whole = text.fold("Quỳnh Mỹ")

    assert all(whole.startswith(text.fold("Quỳnh Mỹ"[:length])) for length in range(9))


@pytest.mark.parametrize(("one", "other"), VECTORS["same_unique_key"])
def test_two_spellings_of_a_name_have_one_key(one, other):
    assert text.unique_key(one) == text.unique_key(other)


def moved_tones(name):
    """`Hòa` becomes `Hoà`: each tone mark goes to the end of its word."""

    def moved(word):
        return TONELESS.sub("", word[0]) + "".join(TONELESS.findall(word[0]))

    return unicodedata.normalize("NFC", re.sub(r"\S+", moved, nfd(name)))


DISGUISES = st.lists(
    st.sampled_from(
        [
            str.upper,
            str.casefold,
            nfd,
            moved_tones,
            lambda name: name.replace(" ", "\u00a0 "),
            lambda name: f"\u202a{name}\u202c",
            lambda name: "\u200b".join(name),
            lambda name: name.translate(str.maketrans("aeopcxABEHKMOPCTX", "аеорсхАВЕНКМОРСТХ")),
            lambda name: name.translate(
                {code: code + 0xFEE0 for code in range(ord("A"), ord("Z") + 1)}
            ),
        ]
    ),
    min_size=1,
    max_size=4,
)


@given(st.sampled_from(COMMUNES), DISGUISES)
def test_a_disguised_name_is_still_that_name(name, disguises):
    disguised = name
    for disguise in disguises:
        disguised = disguise(disguised)

    assert text.unique_key(disguised) == text.unique_key(name)
    assert text.fold(disguised) == text.fold(name)


def test_no_two_communes_share_a_key_but_one_that_is_spelled_twice():
    keys = {text.unique_key(name): name for name in COMMUNES if name != "Đàm Thuỷ"}

    assert len(keys) == len(COMMUNES) - 1
    assert text.unique_key("Đàm Thuỷ") in keys


def test_communes_sort_as_icu_sorts_them():
    assert all(text.sort_key(one) < text.sort_key(next_) for one, next_ in pairwise(COMMUNES))


@pytest.mark.parametrize(("one", "other"), VECTORS["different_unique_key"])
def test_two_names_have_two_keys(one, other):
    assert text.unique_key(one) != text.unique_key(other)


@pytest.mark.parametrize("ordered", VECTORS["sorted"])
def test_names_sort_as_cldr_has_it(ordered):
    assert all(text.sort_key(one) < text.sort_key(next_) for one, next_ in pairwise(ordered))


@pytest.mark.parametrize("ordered", VECTORS["sorted_people"])
def test_people_sort_by_given_name_then_middle_then_family(ordered):
    keys = [text.person_sort_key(name) for name in ordered]
    assert all(one < next_ for one, next_ in pairwise(keys))


def test_a_person_without_a_name_sorts_first():
    assert text.person_sort_key("") < text.person_sort_key("An")


def test_marks_that_are_not_ours_do_not_count():
    assert text.sort_key("Ça") == text.sort_key("Ca")
    assert text.sort_key("\u0301a\u200b") == text.sort_key("a")


def test_a_sort_key_fits_its_column():
    assert len(text.sort_key("Ban Chấp hành Đảng bộ xã Đông Khê " * 6)) <= text.SORT_KEY_LENGTH
    assert len(text.sort_key("đ" * 1000)) == text.SORT_KEY_LENGTH


@pytest.mark.parametrize(("typed", "made"), VECTORS["slug"])
def test_an_address_has_small_letters_digits_and_hyphens(typed, made):
    assert text.slug(typed) == made


@given(st.text() | VIETNAMESE)
def test_folding_twice_is_folding_once(typed):
    assert text.fold(text.fold(typed)) == text.fold(typed)


@given(st.text() | VIETNAMESE)
def test_both_forms_of_unicode_fold_alike(typed):
    composed, decomposed = (unicodedata.normalize(form, typed) for form in ("NFC", "NFD"))

    assert text.fold(composed) == text.fold(decomposed)
    assert text.unique_key(composed) == text.unique_key(decomposed)
    assert text.sort_key(composed) == text.sort_key(decomposed)


@given(st.text() | VIETNAMESE)
def test_a_unique_key_is_its_own_key(typed):
    assert text.unique_key(text.unique_key(typed)) == text.unique_key(typed)


@given(VIETNAMESE, VIETNAMESE)
def test_names_with_one_key_are_found_by_one_word(one, other):
    if text.unique_key(one) == text.unique_key(other):
        assert text.fold(one) == text.fold(other)


@given(VIETNAMESE, VIETNAMESE)
def test_letters_decide_before_any_tone(one, other):
    bare_one, bare_other = toneless(one).lower(), toneless(other).lower()

    if text.sort_key(bare_one) != text.sort_key(bare_other):
        assert (text.sort_key(one) < text.sort_key(other)) == (
            text.sort_key(bare_one) < text.sort_key(bare_other)
        )


@given(VIETNAMESE, VIETNAMESE)
def test_two_different_names_never_share_a_place(one, other):
    if " ".join(one.split()) != " ".join(other.split()):
        assert text.sort_key(one) != text.sort_key(other)


@given(st.text(max_size=60))
def test_a_sort_key_has_only_what_every_collation_sorts_alike(typed):
    assert re.fullmatch("[0-9a-z]*", text.sort_key(typed))


def test_no_letters_symbols_begin_anothers():
    symbols = text._SYMBOLS.values()

    assert len(set(symbols)) == len(symbols)
    assert not any(two.startswith(one) for one, two in permutations([*symbols, "zz", "0"], 2))


# RELIABILITY A22: five thousand disguised pairs are one name, five thousand different names are not.

SYLLABLES = [
    first + rest
    for first in ("", "b", "ch", "đ", "d", "h", "kh", "l", "m", "ng", "nh", "ph", "th", "tr", "v", "x")
    for rest in ("an", "ăn", "ân", "àn", "ãn", "ạn", "oa", "oà", "oạ", "uy", "uỷ", "ương", "ường", "iên", "iện", "ôi", "ơi", "ói", "ong", "ông")
]  # fmt: skip
# Each syllable with its tone mark where `moved_tones` puts it, so that no two of the names differ by that alone.
SAID = [syllable for syllable in SYLLABLES if moved_tones(syllable) == syllable]
NAMES = [f"Xã {one} {two}".title() for one, two in islice(product(SAID, SAID), 5_000)]
DISGUISED = [
    str.upper,
    nfd,
    moved_tones,
    lambda name: f" {name.replace(' ', '  ')}\u00a0",
    lambda name: "\u200b".join(name),
    lambda name: f"\u202e{name}\u2066",
    lambda name: name.replace("o", "о").replace("a", "а").replace("X", "Х").replace("c", "с"),
    lambda name: "".join(chr(ord(s) + 0xFEE0) if "!" <= s <= "~" else s for s in name),
]


def test_five_thousand_disguised_names_are_still_those_names():
    pairs = [(name, DISGUISED[place % len(DISGUISED)](name)) for place, name in enumerate(NAMES)]

    assert len(pairs) == 5_000
    assert [pair for pair in pairs if text.unique_key(pair[0]) != text.unique_key(pair[1])] == []


def test_five_thousand_different_names_stay_apart():
    assert len(set(NAMES)) == 5_000
    assert len({text.unique_key(name) for name in NAMES}) == 5_000


@given(st.text(max_size=200), st.text(max_size=200))
def test_being_alike_goes_both_ways(one, other):
    assert text.is_alike(one, other) == text.is_alike(other, one)


def test_a_word_more_leaves_a_long_text_alike_and_a_short_one_is_like_nothing():
    said = "Đổ bê tông bốn trăm mét đường xóm trước mùa mưa, góp công mỗi hộ hai ngày thứ Bảy"

    assert text.is_alike(said, said.upper() + " này")
    assert not text.is_alike(
        said, "Nạo vét kênh mương nội đồng, mỗi hộ góp một ngày công trong tháng Ba"
    )
    assert not text.is_alike("Sinh hoạt chi bộ thường kỳ", "Sinh hoạt chi bộ thường kỳ")
