"""How an official document looks, by who issues it and its date: dated data (`layouts.toml`), never constants.

Source:
    DOMAIN.md, section 5: 36-HD/VPTW, 05-HD/VPTW, Decree 30/2020/NĐ-CP Annex I; criteria A5.1 to A5.4.
"""

import dataclasses
import datetime as dt
import functools
import textwrap
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lantoa.lib import dates
from lantoa.lib.errors import LantoaError
from lantoa.reports.paper import Block, Head, Paper, Paragraph, Run, Signature

_FILE = Path(__file__).with_name("layouts.toml")
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
# Decree 30/2020, Annex I: points follow the Vietnamese alphabet.
POINTS = "abcdđeghiklmnopqrstuvxy"
# Bold Times letters of Vietnamese prose are at most so wide, mm for a point of size.
_LETTER = 0.173
BLANK_NUMBER = "      "


class NoLayoutError(LantoaError):
    """No rule about the look of documents was in force for this issuer on this day."""


@dataclass(frozen=True, slots=True)
class Motto:
    """A line of the head's right side, and how long the rule under it is, in mm (0: none)."""

    text: str
    size: int
    rule: float


@dataclass(frozen=True, slots=True)
class Layout:
    """One set of rules. Sizes in points, lengths in millimetres."""

    code: str
    family: str
    start: dt.date
    basis: str
    margins: dict[str, int]
    mottos: tuple[Motto, ...]
    head_widths: tuple[int, int]
    parent_size: int
    issuer_size: int
    under_issuer: str
    number_format: str
    number_size: int
    date_size: int
    kind_size: int
    abstract_size: int
    under_abstract: str
    body_size: int
    line_exact: int
    line_multiple: int
    first_line: float
    paragraph_gap: int
    part_format: str
    part_is_centred: bool
    part_is_capital: bool
    signature_prefixes: dict[str, str]
    position_is_bold: bool
    signature_size: int
    recipients_label: str
    recipients_label_style: str
    recipients_label_size: int
    recipients_size: int
    archive_format: str
    ending: str
    page_number_size: int
    page_number_edge: int
    appendix_restarts_pages: bool
    appendix_is_roman: bool
    small_size: int
    numbering: str
    end: dt.date | None = None


@functools.cache
def layouts() -> tuple[Layout, ...]:
    """Every set of rules, as the data file has them."""
    read = tomllib.loads(_FILE.read_text("utf-8"))
    return tuple(_layout(row) for row in read["layout"])


def layout_for(*, family: str, date: dt.date) -> Layout:
    """Choose the set in force for an issuing family on the document's own date.

    Raises:
        NoLayoutError: none was.
    """
    for each in layouts():
        if each.family == family and each.start <= date and (not each.end or date < each.end):
            return each
    raise NoLayoutError(
        vi=f"Chưa có quy định thể thức cho văn bản ghi {dates.show_long(date)}. Kiểm tra lại ngày văn bản.",
        en=f"No rules on the look of documents are known for {dates.show_long(date, 'en')}. Check the date.",
    )


def layout_of(paper: Paper) -> Layout:
    """The set a paper takes: its issuer's, on its date."""
    return layout_for(family=paper.head.family, date=paper.head.date)


def show_number(head: Head, look: Layout) -> str:
    """Number and symbol: `Số 05-BC/TU`, `Số: 05/BC-UBND`; a blank in place of a number not given yet."""
    number = f"{head.number:02}" if head.number else BLANK_NUMBER
    return look.number_format.format(number=number, symbol=head.symbol, suffix=head.suffix)


def show_place_and_date(head: Head) -> str:
    """`Cao Bằng, ngày 05 tháng 01 năm 2024`."""
    return f"{head.place}, {dates.show_long(head.date)}"


def abstract_lines(head: Head, look: Layout, *, within: float) -> list[str]:
    """The abstract parted as an official parts it: evenly, sooner after a comma, never a last line of two words.

    Args:
        within: how much room there is, mm.
    """
    room = int(within / (look.abstract_size * _LETTER))
    fewest = len(textwrap.wrap(head.abstract, width=room))
    tries = [textwrap.wrap(head.abstract, width=width) for width in range(1, room + 1)]
    ways = [lines for lines in tries if len(lines) == fewest]
    after_commas = [lines for lines in ways if all(line.endswith(",") for line in lines[:-1])]
    return (after_commas or ways or [[]])[0]


def show_authority(signature: Signature, look: Layout) -> str:
    """The line above the office: `T/M BAN THƯỜNG VỤ`, `TM. ỦY BAN NHÂN DÂN`."""
    prefix = look.signature_prefixes[signature.authority]
    return " ".join(part for part in (prefix, signature.body) if part)


def show_appendix(number: int, look: Layout) -> str:
    """`Phụ lục 1` for the Party; Decree 30 counts appendices in Roman numerals."""
    return f"Phụ lục {_ROMAN[number] if look.appendix_is_roman else number}"


def show_part(number: int, title: str, look: Layout) -> str:
    """The heading of a part: `I- CÔNG TÁC LÃNH ĐẠO` for the Party, `I. …` for the State."""
    title = title.upper() if look.part_is_capital else title
    return look.part_format.format(roman=_ROMAN[number], title=title)


def ended(blocks: tuple[Block, ...], look: Layout) -> tuple[Block, ...]:
    """The body with its last sentence ended as this family ends documents: `.` or `./.`."""
    if not blocks or not isinstance(blocks[-1], Paragraph):
        return blocks
    *pieces, last = blocks[-1].pieces
    if not isinstance(last, Run):
        return blocks
    closed = dataclasses.replace(last, text=last.text.rstrip(". /") + look.ending)
    return (*blocks[:-1], dataclasses.replace(blocks[-1], pieces=(*pieces, closed)))


def _layout(row: dict[str, Any]) -> Layout:
    mottos = tuple(Motto(**each) for each in row.pop("mottos"))
    left, right = row.pop("head_widths")
    return Layout(mottos=mottos, head_widths=(left, right), **row)
