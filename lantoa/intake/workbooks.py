"""Excel in: a workbook that was given out comes back filled in. Everything that is wrong in it is told at once, by cell.

Reading loads nothing: what was read is shown, and sent by the same action as the page's form once somebody agrees.
Whatever a sender's file holds is touched in a process of its own alone (`intake.child`).

Source:
    RELIABILITY.md, D7, A9, A26; DOMAIN.md, section 9.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import translation

from lantoa.intake import given, stamps
from lantoa.intake.parts import address_of, column_of
from lantoa.intake.refused import Refused
from lantoa.intake.stamps import About
from lantoa.ledger.models import Measure
from lantoa.lib import legacy, numbers, text
from lantoa.lib.errors import LantoaError
from lantoa.submissions import versions

PATIENCE = 20  # seconds of waiting, on a busy machine; of computing, the child allows itself two
_ROOT = Path(__file__).resolve().parents[2]
_QUOTED_LENGTH = 60
_NEEDED = {"code", "total", "reason"}
_AT_ONCE = threading.BoundedSemaphore(2)


class Cell(NamedTuple):
    """A cell. `runs`: the pieces of a text, each with the name of its font."""

    address: str
    kind: str
    value: str | float | bool
    runs: Sequence[tuple[str, str]] = ()


Cells = Mapping[str, Cell]


class Wrong(NamedTuple):
    """A cell that cannot be taken: where, what it says, why and what to do."""

    address: str
    says: str
    why: LantoaError


class Old(NamedTuple):
    """A text in an old code: as it stands in the file, and as it was seen there."""

    address: str
    code: str
    before: str
    after: str


@dataclass
class Read:
    """What a workbook says. By measure code: totals, reasons, reasons in an old code, addresses of both."""

    is_nil: bool = False
    answer_at: str = ""
    totals: dict[str, int | None] = field(default_factory=dict)
    reasons: dict[str, str] = field(default_factory=dict)
    old: dict[str, Old] = field(default_factory=dict)
    total_at: dict[str, str] = field(default_factory=dict)
    reason_at: dict[str, str] = field(default_factory=dict)
    wrong: list[Wrong] = field(default_factory=list)


def read(content: bytes, *, about: About, measures: Sequence[Measure]) -> Read:
    """Read a workbook that was filled in.

    Args:
        about: what it must be stamped with.

    Raises:
        Refused: it is not taken as a whole.
    """
    book = opened(content)
    stamp = book.get(given.STAMP_SHEET, {}).get("A1")
    if stamp is None:
        raise Refused("no_stamp")
    stamps.check(str(stamp.value), about)
    others = [cells for name, cells in book.items() if name != given.STAMP_SHEET]
    for cells in others:
        if columns := _columns(cells):
            return _Reader(cells, columns, {each.code: each for each in measures}).read()
    raise Refused("no_table")


def opened(content: bytes) -> dict[str, dict[str, Cell]]:
    """The cells of a file, by sheet and address.

    Raises:
        Refused: it is no workbook, or one that may harm.
    """
    if not _AT_ONCE.acquire(timeout=PATIENCE):
        raise Refused("busy")
    try:
        said = _asked_of_a_child(content)
    finally:
        _AT_ONCE.release()
    if "refused" in said:
        raise Refused(said["refused"], said["at"])
    return {
        name: {
            address: Cell(address, kind, value, [(font, piece) for font, piece in runs])
            for address, (kind, value, runs) in cells.items()
        }
        for name, cells in said["sheets"].items()
    }


def _asked_of_a_child(content: bytes) -> dict[str, Any]:
    """A child that was stopped has read for too long; one that fell over has met something broken."""
    try:
        done = subprocess.run(
            [sys.executable, "-s", "-B", "-m", "lantoa.intake.child"],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env={},
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused("heavy") from error
    if done.returncode:
        raise Refused("heavy" if done.returncode < 0 else "damaged")
    said: dict[str, Any] = json.loads(done.stdout)
    return said


class _Columns(NamedTuple):
    """The row of the heads, and the letters of each column by its word."""

    row: int
    of: Mapping[str, str]


def _columns(cells: Cells) -> _Columns | None:
    """Where the table stands: the heads may have been moved, not renamed."""
    words = _words(given.heads)
    rows: dict[int, dict[str, str]] = {}
    for cell in cells.values():
        letters, row = _place(cell.address)
        word = words.get(text.unique_key(str(cell.value)))
        if word:
            rows.setdefault(row, {})[word] = letters
    found = [row for row in sorted(rows) if rows[row].keys() >= _NEEDED]
    return _Columns(found[0], rows[found[0]]) if found else None


def _words(said: Callable[[], dict[str, str]]) -> dict[str, str]:
    """What stands in a workbook, in either language, to the word for it."""
    words = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            words.update({text.unique_key(shown): word for word, shown in said().items()})
    return words


class _Reader:
    """Walks the rows of a table that was found."""

    def __init__(self, cells: Cells, columns: _Columns, measures: Mapping[str, Measure]) -> None:
        self.cells, self.columns, self.measures = cells, columns, measures
        self.said = Read()

    def read(self) -> Read:
        rows = {_place(address)[1] for address in self.cells}
        for row in sorted(row for row in rows if row > self.columns.row):
            self._row(row)
        head = f"{self.columns.of['code']}{self.columns.row}"
        for code, measure in self.measures.items():
            if code not in self.said.total_at:
                self._wrong(head, code, _missing(measure))
        self._answer()
        return self.said

    def _row(self, row: int) -> None:
        code_cell, total, reason = (self._cell(word, row) for word in ("code", "total", "reason"))
        code = _plain(code_cell)
        if not code and not _plain(total) and not _plain(reason):
            return
        measure = self.measures.get(code)
        if measure is None or code in self.said.total_at or not self._is_named(row, measure):
            self._wrong(code_cell.address, code, _unknown_row())
            return
        self.said.total_at[code], self.said.reason_at[code] = total.address, reason.address
        try:
            self.said.totals[code] = _total(total)
        except LantoaError as error:
            self._wrong(total.address, _plain(total), error)
        self.said.reasons[code] = versions.clean(_plain(reason))
        self._old(code, reason)

    def _is_named(self, row: int, measure: Measure) -> bool:
        """A code beside another measure's name: rows were moved apart, and no number is sure any more."""
        if "label" not in self.columns.of:
            return True
        name = text.unique_key(_plain(self._cell("label", row)))
        return name in {text.unique_key(each) for each in (measure.name_vi, measure.name_en)}

    def _old(self, code: str, cell: Cell) -> None:
        codes = [each for font, _piece in cell.runs if (each := legacy.code_of(font))]
        if not codes:
            return
        after = versions.clean("".join(legacy.to_unicode(piece, font) for font, piece in cell.runs))
        if after != self.said.reasons[code]:
            before = self.said.reasons[code]
            self.said.old[code] = Old(cell.address, str(codes[0]), before, after)

    def _answer(self) -> None:
        """Nothing to report, or figures: said right of its label, above the table."""
        words = _words(given.answers)
        for cell in self.cells.values():
            letters, row = _place(cell.address)
            if row < self.columns.row and words.get(text.unique_key(_plain(cell))) == "label":
                answer = self._at(address_of(row, column_of(letters) + 1))
                word = words.get(text.unique_key(_plain(answer)), "")
                if word not in ("figures", "nil"):
                    self._wrong(answer.address, _plain(answer), _no_answer())
                self.said.is_nil, self.said.answer_at = word == "nil", answer.address
                if self.said.is_nil and any(self.said.totals.values()):
                    self._wrong(answer.address, _plain(answer), _nil_with_totals())

    def _cell(self, word: str, row: int) -> Cell:
        return self._at(f"{self.columns.of[word]}{row}")

    def _at(self, address: str) -> Cell:
        return self.cells.get(address, Cell(address, "text", ""))

    def _wrong(self, address: str, says: str, why: LantoaError) -> None:
        self.said.wrong.append(Wrong(address, _quoted(says), why))


def _total(cell: Cell) -> int | None:
    if cell.kind == "day":
        raise LantoaError(
            vi="Excel đã đổi số này thành ngày tháng. Hãy đặt ô về dạng Số rồi ghi lại.",
            en="Excel turned this number into a date. Set the cell to Number and write it again.",
        )
    if cell.kind == "unworked":
        raise LantoaError(
            vi="Ô này là công thức chưa tính ra số. Hãy mở bằng Excel rồi lưu lại, hoặc ghi thẳng con số.",
            en="This cell is a formula without a result. Open and save it in Excel, or write the number itself.",
        )
    return numbers.read_cell(text.nfc(cell.value) if isinstance(cell.value, str) else cell.value)


def _plain(cell: Cell) -> str:
    """What a cell shows, as text: a year typed into a place for text comes as a number."""
    if isinstance(cell.value, float):
        return f"{cell.value:.15g}"
    return text.nfc(str(cell.value)).strip()


def _quoted(said: str) -> str:
    return said if len(said) <= _QUOTED_LENGTH else said[: _QUOTED_LENGTH - 1] + "…"


def _place(address: str) -> tuple[str, int]:
    letters = address.rstrip("0123456789")
    return letters, int(address[len(letters) :])


def _missing(measure: Measure) -> LantoaError:
    return LantoaError(
        vi=f"Bảng thiếu dòng “{measure.name_vi}”. Hãy tải bảng mới, chép số sang rồi nộp.",
        en=f"The row “{measure.name_en}” is missing. Download a new workbook and copy the numbers over.",
    )


def _unknown_row() -> LantoaError:
    return LantoaError(
        vi="Mã của dòng này bị sửa, lặp lại hoặc không khớp tên chỉ tiêu. Hãy tải bảng mới, chép số sang rồi nộp.",
        en="The code of this row was altered, is there twice, or does not match its name. Download a new workbook and "
        "copy the numbers over.",
    )


def _no_answer() -> LantoaError:
    return LantoaError(
        vi="Chọn “Có số liệu” hoặc “Không phát sinh” ở ô này.",
        en="Choose “Figures” or “Nothing to report” in this cell.",
    )


def _nil_with_totals() -> LantoaError:
    return LantoaError(
        vi="Đã chọn “Không phát sinh” mà vẫn ghi số. Hãy chọn một trong hai.",
        en="“Nothing to report” and totals are both there. Choose one.",
    )
