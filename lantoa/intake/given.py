"""The workbook that a unit is given to fill in: what the records say beside what it sends, open only where it may write.

It comes back through `intake.workbooks`, which finds its columns by their heads and its rows by their codes.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, NamedTuple

import xlsxwriter
from django.utils.translation import gettext as _

from lantoa.lib import numbers
from lantoa.lib.numbers import LARGEST_TYPED
from lantoa.lib.text import nfc

FONT = "Times New Roman"
STAMP_SHEET = "lan-toa"
REASON_LENGTH = 300
_A4 = 9
_SHADE, _OPEN = "#EDEBE3", "#FFF9E5"
_WIDTHS = (18, 38, 13, 13, 15, 38)
_HEAD_ROW = 6
_LINE = 19  # points; letters are narrower than the digits by which columns are measured
_PROSE = 1.1
_TOTAL, _REASON = 4, 5
_MAY = {"format_cells": True, "format_columns": True, "format_rows": True}


class Line(NamedTuple):
    """A measure. `recorded`: what the records say, None if nothing; `value`: a number, or what was typed as it was typed."""

    code: str
    label: str
    unit: str
    recorded: int | None
    value: int | str | None
    reason: str


@dataclass(frozen=True)
class Given:
    """What goes into the workbook."""

    title: str
    subtitle: str
    unit: str
    due: str
    is_nil: bool
    lines: Sequence[Line]
    stamp: str


def heads() -> dict[str, str]:
    """The heads of the columns, in order, in the language of the moment."""
    return {
        "code": _("Mã"),
        "label": _("Chỉ tiêu"),
        "unit": _("Đơn vị tính"),
        "recorded": _("Hồ sơ ghi"),
        "total": _("Số gửi"),
        "reason": _("Vì sao khác hồ sơ"),
    }


def answers() -> dict[str, str]:
    """The two ways to answer, and what the place for it is called."""
    return {
        "label": _("Trả lời"),
        "figures": _("Có số liệu"),
        "nil": _("Không phát sinh"),
    }


def draw(given: Given) -> bytes:
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(
        saved, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": given.title, "author": given.unit})
    looks = _looks(book)
    sheet = book.add_worksheet(_("Biểu"))
    _top(sheet, given, looks)
    for place, head in enumerate(heads().values()):
        sheet.write_string(_HEAD_ROW, place, head, looks["head"])
    for place, line in enumerate(given.lines):
        _line(sheet, _HEAD_ROW + 1 + place, line, looks)
    _rules(sheet, _HEAD_ROW + len(given.lines))
    _paper(sheet)
    hidden = book.add_worksheet(STAMP_SHEET)
    hidden.write_string(0, 0, given.stamp, looks["text"])
    hidden.protect()
    hidden.very_hidden()
    book.close()
    return saved.getvalue()


def _looks(book: Any) -> dict[str, Any]:
    plain = {"font_name": FONT, "font_size": 12, "valign": "vcenter"}
    text = {**plain, "quote_prefix": True, "num_format": "@", "text_wrap": True}
    boxed = {**text, "border": 1}
    number = {**plain, "border": 1, "num_format": "#,##0", "align": "right", "indent": 1}
    may_write = {"locked": False, "bg_color": _OPEN}
    made = {
        "title": {**text, "bold": True, "font_size": 14, "text_wrap": False},
        "said": {**text, "text_wrap": False},
        "hint": {**text, "italic": True, "text_wrap": False},
        "text": boxed,
        "head": {**boxed, "bold": True, "align": "center", "bg_color": _SHADE},
        "number": number,
        "open-number": {**number, **may_write},
        "open-text": {**boxed, **may_write},
        "nothing": {**boxed, "align": "right", "indent": 1},
    }
    return {name: book.add_format(look) for name, look in made.items()}


def _top(sheet: Any, given: Given, looks: dict[str, Any]) -> None:
    hint = _("Chỉ ghi vào các ô nền vàng. Ô trống là không có số liệu, không phải số 0.")
    sheet.write_string(0, 0, nfc(given.title), looks["title"])
    sheet.write_string(1, 0, nfc(f"{given.unit} · {given.subtitle}"), looks["said"])
    sheet.write_string(2, 0, nfc(given.due), looks["said"])
    sheet.write_string(3, 0, hint, looks["hint"])
    said = answers()
    sheet.write_string(4, 0, said["label"], looks["text"])
    sheet.write_string(4, 1, said["nil" if given.is_nil else "figures"], looks["open-text"])
    sheet.data_validation(
        4,
        1,
        4,
        1,
        {
            "validate": "list",
            "source": [said["figures"], said["nil"]],
            "error_title": said["label"],
            "error_message": _("Chọn một trong hai câu của danh sách."),
        },
    )


def _line(sheet: Any, at: int, line: Line, looks: dict[str, Any]) -> None:
    sheet.set_row(at, _LINE * max(1, len(wrap(line.label, int(_WIDTHS[1] * _PROSE)))))
    for place, text in enumerate((line.code, line.label, line.unit)):
        sheet.write_string(at, place, nfc(text), looks["text"])
    if line.recorded is None:
        sheet.write_string(at, 3, numbers.NO_VALUE, looks["nothing"])
    else:
        sheet.write_number(at, 3, line.recorded, looks["number"])
    if line.value is None:
        sheet.write_blank(at, _TOTAL, None, looks["open-number"])
    elif isinstance(line.value, int):
        sheet.write_number(at, _TOTAL, line.value, looks["open-number"])
    else:
        sheet.write_string(at, _TOTAL, nfc(line.value), looks["open-number"])
    if line.reason:
        sheet.write_string(at, _REASON, nfc(line.reason), looks["open-text"])
    else:
        sheet.write_blank(at, _REASON, None, looks["open-text"])


def _rules(sheet: Any, last: int) -> None:
    """Whole numbers from nought, and reasons no longer than they are kept."""
    first = _HEAD_ROW + 1
    if last < first:
        return
    whole = {
        "validate": "integer",
        "criteria": "between",
        "minimum": 0,
        "maximum": LARGEST_TYPED,
        "error_title": _("Số gửi"),
        "error_message": _(
            "Chỗ này chỉ ghi số nguyên từ 0 trở lên. Để trống nếu không có số liệu."
        ),
    }
    short = {
        "validate": "length",
        "criteria": "<=",
        "value": REASON_LENGTH,
        "error_title": _("Vì sao khác hồ sơ"),
        "error_message": _("Lý do dài quá 300 ký tự. Hãy viết gọn lại."),
    }
    sheet.data_validation(first, _TOTAL, last, _TOTAL, whole)
    sheet.data_validation(first, _REASON, last, _REASON, short)


def _paper(sheet: Any) -> None:
    """A4 across, as wide as the page, the head on every page and always in sight; locked but for the open cells."""
    for place, width in enumerate(_WIDTHS):
        sheet.set_column(place, place, width)
    for row in range(_HEAD_ROW):
        sheet.set_row(row, _LINE)
    sheet.set_row(_HEAD_ROW, 2 * _LINE)
    sheet.freeze_panes(_HEAD_ROW + 1, 2)
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.8, right=0.6, top=0.8, bottom=0.8)
    sheet.repeat_rows(_HEAD_ROW)
    sheet.set_footer('&C&"Times New Roman"&10&P/&N')
    sheet.protect("", _MAY)
