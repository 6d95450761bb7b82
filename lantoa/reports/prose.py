"""Prose with its figures: placeholders filled, small numbers set, and typed numbers found.

A number stands in prose only because a figure put it there (DOMAIN.md, A4.7). Numbers of documents, dates and
annexes are names, not figures.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from lantoa.reports.paper import Cell, Marks, Paper, Paragraph, Piece, Run
from lantoa.reports.template import PLACEHOLDER, WORDS

# A clause ends here, and its small numbers stand before this sign. A comma inside a list of words ends none: only one
# right before the next figure does.
_CLAUSE_END = re.compile(r"[;:.!?)]|,(?= $)")
_NUMBER = re.compile(r"(?<![\w/-])[0-9][0-9.,]*%?")
# What looks like a number and is a name: documents, days, years and spans of years, annexes, ordinals of a heading.
_NAMES = re.compile(
    r"""
    (?:số|Số)\s+[0-9]+[-/][\w/-]+ | [0-9]+-[A-ZĐa-z]+/[\w-]+ | [0-9]+/[0-9]{4}/[\w-]+
    | [0-9]{1,2}/[0-9]{1,2}/[0-9]{4} | ngày\s+[0-9]{1,2}(?:/[0-9]{1,2})?(?![0-9/]) | tháng\s+[0-9]+(?:/[0-9]{4})? | quý\s+[IVX]+/[0-9]{4}
    | (?:năm|nhiệm\ kỳ|giai\ đoạn)\s+[0-9]{4}(?:\s*[-–]\s*[0-9]{4})?
    | [0-9]+\s+tháng\s+(?:đầu\ |cuối\ )?năm\s+[0-9]{4} | [0-9]{4}\s*[-–]\s*[0-9]{4}
    | (?:Phụ\ lục|Bảng|Biểu|Điều|khoản)\s+[0-9]+ | ^[0-9]+\.\s
    """,
    re.VERBOSE,
)


def fill(
    text: str, *, cell_of: Callable[[str], Cell], words: Mapping[str, str]
) -> tuple[Piece, ...]:
    """Put figures and words into a text, and after each clause the small numbers of its figures.

    Args:
        cell_of: the figure for a placeholder's words.
        words: what `{period}`, `{scope}` … stand for.
    """
    pieces: list[Piece] = []
    waiting: list[int] = []
    for place, part in enumerate(PLACEHOLDER.split(text)):
        if place % 2 == 0 or part in WORDS:
            said = words[part] if place % 2 else part
            pieces += _run(said, waiting, is_ours=place % 2 == 0)
        else:
            cell = cell_of(part)
            pieces.append(cell)
            if cell.number and cell.number not in waiting:
                waiting.append(cell.number)
    if waiting:
        pieces.append(Marks(tuple(waiting)))
    return tuple(_joined(pieces))


def _run(said: str, waiting: list[int], *, is_ours: bool) -> list[Piece]:
    end = _CLAUSE_END.search(said) if waiting and is_ours else None
    if not end:
        return [Run(said)] if said else []
    marks = Marks(tuple(waiting))
    waiting.clear()
    before, after = said[: end.start()], said[end.start() :]
    return [*([Run(before)] if before else []), marks, Run(after)]


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Runs side by side in one look as one, so that a sentence is one stretch of text."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if isinstance(piece, Run) and isinstance(last, Run) and piece.style == last.style:
            joined[-1] = Run(last.text + piece.text, piece.style)
        else:
            joined.append(piece)
    return joined


def typed_numbers(paper: Paper) -> tuple[str, ...]:
    """Numbers in prose that no figure put there, each with the words around it."""
    found = []
    for block in paper.blocks:
        if not isinstance(block, Paragraph):
            continue
        for piece in block.pieces:
            if isinstance(piece, Run):
                found += _typed(piece.text)
    return tuple(found)


def _typed(text: str) -> list[str]:
    hidden = _NAMES.sub(lambda name: " " * len(name[0]), text)
    return [
        text[max(0, number.start() - 30) : number.end() + 30].strip()
        for number in _NUMBER.finditer(hidden)
    ]
