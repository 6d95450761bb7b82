"""One grammar for numbers: what a Vietnamese reader means, read and printed; unclear input is asked about.

The dot groups thousands, the comma is the decimal mark: `1.103`, `99,16%`. Python's `int` and `float`
are not used on what people type: they take `1_000`, `１２` and `NaN`, and read `1.000` as one.

Units:
    Every number is a whole number of the smallest unit, in 64 bits. No float takes part in arithmetic.

Source:
    DOMAIN.md, section 9 (numbers); RELIABILITY.md, D5, E17, E19.
"""

import math
import re

from lantoa.lib.errors import LantoaError

LARGEST = 2**63 - 1
# The most that one record may say: nine thousand such fit one total, so a slip of the hand stops no page above it.
LARGEST_TYPED = 10**15
SMALLEST = -(2**63)
NO_VALUE = "–"

# Above this a double no longer holds every whole number, so a spreadsheet may have changed the last digits.
_LARGEST_EXACT_FLOAT = 2**53
_QUOTED_LENGTH = 40

_SPACES = " \u00a0\u202f"
_AROUND = _SPACES + "\t\r\n"
_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(rf"[1-9][0-9]{{0,2}}(?:(?:\.[0-9]{{3}})+|(?:[{_SPACES}][0-9]{{3}})+)")
_COMMA_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
_DOT_AS_DECIMAL = re.compile(r"0+\.[0-9]{3}")
_WRONG_GROUPS = re.compile(r"[0-9]+(?:\.[0-9]+)+")
_THREE_DECIMALS = re.compile(r"[0-9]+\.[0-9]{3}")

_MARKS = {"vi": (".", ","), "en": (",", ".")}


class NumberError(LantoaError):
    """What was typed cannot be taken as a number."""


class NotANumberError(NumberError):
    """It is no number of the kind asked for."""


class NumberTooLargeError(NotANumberError):
    """It does not fit in 64 bits, or no longer exactly in a spreadsheet's cell."""


class UnclearNumberError(NumberError):
    """It may mean two numbers: ask, never guess. `whole` is the whole number it may mean."""

    def __init__(self, *, vi: str, en: str, whole: int) -> None:
        super().__init__(vi=vi, en=en)
        self.whole = whole


class NothingToDivideByError(NumberError):
    """A ratio to nothing."""


def read(text: str) -> int:
    """Read a count: a whole number without a sign.

    Raises:
        UnclearNumberError: `1,103` may be a thousand or one and a bit.
        NotANumberError: anything else that is not a whole number, or does not fit in 64 bits.
    """
    typed = text.strip(_AROUND)
    if _is_whole(typed):
        return _fitting(_digits(typed), typed)
    if _COMMA_GROUPED.fullmatch(typed) or _DOT_AS_DECIMAL.fullmatch(typed):
        raise _unclear(typed, _fitting(_digits(typed), typed))
    raise _not_whole(typed)


def read_decimal(text: str, places: int) -> int:
    """Read a number where decimals are allowed: `12,5`.

    Returns:
        The number times ten to the power of `places`: `12,5` with two places is 1250.

    Raises:
        UnclearNumberError: `1,103` where fewer than three decimals are allowed.
        NotANumberError: no number, more decimals than allowed, or it does not fit in 64 bits.
    """
    if places == 0:
        return read(text)
    typed = text.strip(_AROUND)
    may_be_grouped = places < 3 and _COMMA_GROUPED.fullmatch(typed)
    if may_be_grouped or _DOT_AS_DECIMAL.fullmatch(typed):
        raise _unclear(typed, _fitting(_digits(typed), typed))
    whole, comma, decimals = typed.partition(",")
    has_right_decimals = not comma or (_PLAIN.fullmatch(decimals) and len(decimals) <= places)
    if not (_is_whole(whole) and has_right_decimals):
        raise _not_decimal(typed, places)
    return _fitting(_digits(whole) + decimals.ljust(places, "0"), typed)


def read_cell(value: object) -> int | None:
    """Read a count from a box or a spreadsheet's cell.

    Returns:
        None for an empty cell or an emptied box: no value, which is not zero.

    Raises:
        UnclearNumberError: a float with exactly three decimals, for an English Excel makes one of `1.103`.
        NotANumberError: a fraction, a sign, a truth, a date, or anything else that is no count.
    """
    match value:
        case None:
            return None
        case bool():
            raise _not_a_number(str(value))
        case int():
            return _counted(value)
        case float():
            return _read_float(value)
        case str():
            return read(value) if value.strip() else None
        case _:
            raise _not_a_number(str(value))


def show(number: int, lang: str = "vi") -> str:
    """Print a whole number: `1.103`, in English `1,103`."""
    return f"{number:,}".replace(",", _marks(lang)[0])


def show_decimal(scaled: int, places: int, lang: str = "vi") -> str:
    """Print a number that is kept times ten to the power of `places`: 9916 with two places is `99,16`."""
    whole, decimals = divmod(abs(scaled), 10**places)
    sign = "-" if scaled < 0 else ""
    end = f"{_marks(lang)[1]}{decimals:0{places}}" if places else ""
    return f"{sign}{show(whole, lang)}{end}"


def divide(top: int, bottom: int, places: int) -> int:
    """Divide once, at the end: the quotient times ten to the power of `places`, half away from zero.

    Raises:
        NothingToDivideByError: the bottom is zero.
    """
    if bottom == 0:
        raise NothingToDivideByError(
            vi="Chưa tính được tỉ lệ vì mẫu số bằng 0. Kiểm tra lại số ở mẫu.",
            en="The ratio cannot be worked out because its denominator is 0. Check the denominator.",
        )
    twice: int = 2 * abs(top) * 10**places
    quotient = (twice + abs(bottom)) // (2 * abs(bottom))
    return quotient if (top < 0) == (bottom < 0) else -quotient


def show_percent(top: int, bottom: int, places: int = 2, lang: str = "vi") -> str:
    """Print a share of a hundred: `99,16%`; a dash where there is nothing to divide by."""
    if bottom == 0:
        return NO_VALUE
    return show_decimal(divide(100 * top, bottom, places), places, lang) + "%"


def show_ratio(top: int, bottom: int, places: int = 1, lang: str = "vi") -> str:
    """Print a ratio: `2,4`; a dash where there is nothing to divide by."""
    if bottom == 0:
        return NO_VALUE
    return show_decimal(divide(top, bottom, places), places, lang)


def _marks(lang: str) -> tuple[str, str]:
    return _MARKS.get(lang[:2], _MARKS["vi"])


def _digits(typed: str) -> str:
    return re.sub(r"[^0-9]", "", typed)


def _fitting(digits: str, typed: str) -> int:
    # Counted first, for Python refuses to convert thousands of digits.
    significant = digits.lstrip("0") or "0"
    if len(significant) > len(str(LARGEST)) or int(significant) > LARGEST:
        raise _too_large(typed)
    return int(significant)


def _is_whole(typed: str) -> bool:
    return bool(_PLAIN.fullmatch(typed) or _GROUPED.fullmatch(typed))


def _counted(value: int) -> int:
    if value < 0:
        raise _signed(str(value))
    if value > LARGEST:
        raise _too_large(str(value))
    return value


def _read_float(value: float) -> int:
    if not math.isfinite(value):
        raise _not_a_number(str(value))
    if value < 0:
        raise _signed(str(value))
    if value >= _LARGEST_EXACT_FLOAT:
        raise _too_large(str(value))
    if value.is_integer():
        return int(value)
    if _THREE_DECIMALS.fullmatch(repr(value)):
        raise _unclear(str(value), _fitting(_digits(repr(value)), str(value)))
    raise _not_whole(str(value))


def _quoted(typed: str) -> str:
    shown = "".join(letter if letter.isprintable() else " " for letter in typed)
    return shown if len(shown) <= _QUOTED_LENGTH else shown[: _QUOTED_LENGTH - 1] + "…"


def _not_whole(typed: str) -> NotANumberError:
    if typed[:1] in {"-", "+", "−"}:
        return _signed(typed)
    quoted = _quoted(typed)
    if re.fullmatch(r"[0-9.]+,[0-9]+", typed) or re.fullmatch(r"[0-9]+\.[0-9]{1,2}", typed):
        return NotANumberError(
            vi=f"“{quoted}” không phải số nguyên. Chỗ này chỉ đếm số nguyên; dấu chấm tách từng nhóm "
            "ba chữ số, ví dụ 1.103.",
            en=f"“{quoted}” is not a whole number. Only whole numbers are counted here; a dot parts groups "
            "of three digits, as in 1.103.",
        )
    if _WRONG_GROUPS.fullmatch(typed):
        return NotANumberError(
            vi=f"“{quoted}” tách nhóm chưa đúng. Dấu chấm tách từng nhóm ba chữ số, ví dụ 1.103; "
            "hoặc ghi liền 1103.",
            en=f"“{quoted}” is not grouped rightly. A dot parts groups of three digits, as in 1.103; "
            "or write 1103.",
        )
    return _not_a_number(typed)


def _not_a_number(typed: str) -> NotANumberError:
    quoted = _quoted(typed)
    return NotANumberError(
        vi=f"“{quoted}” không phải số. Ghi bằng chữ số 0–9, ví dụ 1103 hoặc 1.103.",
        en=f"“{quoted}” is not a number. Write digits 0–9, for example 1103 or 1.103.",
    )


def _not_decimal(typed: str, places: int) -> NotANumberError:
    if typed[:1] in {"-", "+", "−"}:
        return _signed(typed)
    quoted = _quoted(typed)
    return NotANumberError(
        vi=f"“{quoted}” chưa đọc được. Phần lẻ ghi sau dấu phẩy, nhiều nhất {places} chữ số, ví dụ 12,5.",
        en=f"“{quoted}” cannot be read. Decimals follow a comma, at most {places} digits, for example 12,5.",
    )


def _signed(typed: str) -> NotANumberError:
    quoted = _quoted(typed)
    return NotANumberError(
        vi=f"“{quoted}” có dấu cộng hoặc trừ. Số đếm không mang dấu; muốn bớt thì sửa bản ghi cũ.",
        en=f"“{quoted}” carries a sign. A count has none; to take away, correct the earlier record.",
    )


def _too_large(typed: str) -> NumberTooLargeError:
    quoted = _quoted(typed)
    return NumberTooLargeError(
        vi=f"“{quoted}” quá lớn nên không giữ được chính xác. Kiểm tra lại số chữ số.",
        en=f"“{quoted}” is too large to be kept exactly. Check the number of digits.",
    )


def _unclear(typed: str, whole: int) -> UnclearNumberError:
    quoted = _quoted(typed)
    return UnclearNumberError(
        vi=f"“{quoted}” chưa rõ là {show(whole)} hay là số lẻ. Nếu là {show(whole)} thì ghi {whole}.",
        en=f"“{quoted}” may be {show(whole, 'en')} or a fraction. If it is {show(whole, 'en')}, write {whole}.",
        whole=whole,
    )
