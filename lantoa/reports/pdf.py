"""A paper as PDF, through typst: our data goes in as JSON, never as markup; fonts come from our folder."""

import datetime as dt
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typst

from lantoa.lib import dates
from lantoa.reports import charts, layout
from lantoa.reports.layout import Layout
from lantoa.reports.paper import Cell, Chart, Marks, Paper, Paragraph, Run, Table
from lantoa.reports.wording import (
    ORDINAL,
    SOURCE_HEADS,
    SOURCE_SHARES,
    SOURCES_TITLE,
    answers_lines,
    appendix_name,
    column_mark,
    foot,
    marks,
    note_head,
    row_head,
    seal_lines,
    source_texts,
    sources_intro,
)

_DRAWING = Path(__file__).with_name("paper.typ")


def render(paper: Paper) -> bytes:
    """Draw a paper as PDF, the same bytes for the same paper.

    Raises:
        NoLayoutError: no rules on documents are known for its date.
    """
    made: bytes = typst.compile(
        str(_DRAWING),
        root=str(_DRAWING.parent),
        font_paths=[str(charts.FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(_drawn(paper), ensure_ascii=False)},
        timestamp=int(dt.datetime.combine(paper.head.date, dt.time(), dates.VIETNAM).timestamp()),
    )
    return made


def _drawn(paper: Paper) -> dict[str, Any]:
    """Everything the drawing needs, as JSON: words and lengths, no decision left to it."""
    look = layout.layout_of(paper)
    return {
        "title": paper.title,
        "foot": list(foot(paper)),
        "look": _look(look),
        "head": {
            "parent": paper.head.parent,
            "issuer": list(paper.head.issuer),
            "number": layout.show_number(paper.head, look),
            "dated": layout.show_place_and_date(paper.head),
            "kind": paper.head.kind.upper(),
            "abstract": layout.abstract_lines(paper.head, look, within=_text_width(look)),
            "addressee": paper.head.addressee,
        },
        "blocks": [_block(block) for block in layout.ended(paper.blocks, look)],
        "recipients": _recipients(paper, look),
        "signature": _signature(paper, look),
        "tables": [_table(table, paper) for table in paper.tables],
        "sources": {
            "title": SOURCES_TITLE.upper(),
            "heads": list(SOURCE_HEADS),
            "rows": [list(source_texts(source, paper)) for source in paper.sources],
            "shares": list(SOURCE_SHARES),
            "intro": [
                line
                for line in (sources_intro(paper), *answers_lines(paper), *seal_lines(paper))
                if line
            ],
        },
    }


def _text_width(look: Layout) -> int:
    return 210 - look.margins["left"] - look.margins["right"]


def _look(look: Layout) -> dict[str, Any]:
    return {
        **{name: value for name, value in asdict(look).items() if name not in ("start", "end")},
        "mottos": [asdict(motto) for motto in look.mottos],
    }


def _block(block: Paragraph | Chart) -> dict[str, Any]:
    if isinstance(block, Chart):
        return {
            "kind": "chart",
            "title": block.title,
            "note": block.note,
            "alt": block.alt,
            "width": charts.width_of(block),
            "svg": charts.svg(block),
        }
    return {"kind": block.kind, "pieces": [_piece(piece) for piece in block.pieces]}


def _piece(piece: Run | Cell | Marks) -> dict[str, str]:
    match piece:
        case Marks():
            return {"text": marks(piece), "style": "raised"}
        case Run():
            return {"text": piece.text, "style": piece.style}
        case _:
            return {"text": piece.text, "style": ""}


def _recipients(paper: Paper, look: Layout) -> list[str]:
    end = "," if look.family == "party" else ";"
    lines = [f"- {name}{end}" for name in paper.recipients]
    return [*lines, "- " + look.archive_format.format(archive=paper.archive)]


def _signature(paper: Paper, look: Layout) -> dict[str, str]:
    return {
        "top": layout.show_authority(paper.signature, look),
        "position": paper.signature.position,
        "name": paper.signature.name,
    }


def _table(table: Table, paper: Paper) -> dict[str, Any]:
    ordinal, rows = 0, []
    for line in table.rows:
        ordinal += line.kind == "unit"
        texts = [str(ordinal) if line.kind == "unit" else "", line.label]
        texts += [cell.text for cell in line.cells]
        rows.append({"kind": line.kind, "texts": texts + [line.note] * table.has_notes})
    return {
        "name": appendix_name(table, paper),
        "title": table.title.upper(),
        "fixed": [ORDINAL, row_head(table)],
        "last": [note_head(table)] if table.has_notes else [],
        "last-width": 90 if table.note_head else 30,
        "columns": [
            {"title": column.title, "group": column.group, "mark": column_mark(column)}
            for column in table.columns
        ],
        "rows": rows,
        "note": table.note,
    }
