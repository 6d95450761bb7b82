"""Issued reports as pages show them: the kept paper, each figure with its door and what its records say now."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.lib import numbers
from lantoa.lib.periods import Period
from lantoa.lib.periods import period as period_of
from lantoa.look.tilemap import Tile, tile_map
from lantoa.look.trend import Series, trend
from lantoa.portal import issued
from lantoa.portal.doors import lang
from lantoa.reports import paper as papers
from lantoa.reports import wording
from lantoa.reports.models import Report
from lantoa.reports.paper import Cell, Chart, Marks, Paper, Paragraph, Row, Table

Door = Callable[[Cell], str]
Live = Mapping[str, int | None]
FILES = (
    ("docx", "Word (.docx)", "download"),
    ("xlsx", "Excel (.xlsx)", "sheet"),
    ("pdf", "PDF", "file-text"),
)
BODY = {"part": "part", "heading": "heading", "note": "note", "item": "item"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list of reports."""

    title: str
    number: str
    period: str
    period_asked: Period
    date: dt.date
    reported: int
    expected: int
    href: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of prose: words, or a figure with its door and what its records say now."""

    text: str
    style: str = ""
    is_cell: bool = False
    href: str = ""
    number: int = 0
    live: str = ""
    is_stated: bool = False


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the report; `size` is said in words, "" if it is not known."""

    form: str
    name: str
    icon: str
    size: str


@dataclass(frozen=True, slots=True)
class Group:
    """A heading over columns: either a group of them, or one column that stands alone."""

    title: str
    span: int
    column: str


def listed(reports: Iterable[Report]) -> list[Listed]:
    return [_listed(report) for report in reports]


def _listed(report: Report) -> Listed:
    head, sent = report.paper["head"], report.paper["completeness"]
    asked = period_of(report.period)
    return Listed(
        title=f"{head['kind'].capitalize()} {head['abstract']}".strip(),
        number=report.number,
        period=asked.name(lang()),
        period_asked=asked,
        date=report.date,
        reported=sent["reported"],
        expected=sent["expected"],
        href=reverse("portal:report", args=[report.pk]),
    )


def downloads(report: Report) -> list[Download]:
    return [Download(form, name, icon, _size(report, form)) for form, name, icon in FILES]


def _size(report: Report, form: str) -> str:
    size = report.sizes.get(form)
    return f"{numbers.show(-(-size // 1024), lang())} KB" if size else ""


def contents(paper: Paper) -> list[tuple[str, str]]:
    """The parts of the body, with the place in the page where each begins."""
    parts = [block for block in paper.blocks if isinstance(block, Paragraph) and _is_part(block)]
    return [(f"phan-{number}", papers.plain(part)) for number, part in enumerate(parts, start=1)]


def _is_part(block: Paragraph) -> bool:
    return block.kind == "part"


def blocks(paper: Paper, door: Door, live: Live) -> list[dict[str, Any]]:
    """The body in order: paragraphs with chips, and the charts drawn anew for the screen."""
    stated = {source.number for source in paper.sources if source.is_stated}
    drawn, part = [], 0
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            part += _is_part(block)
            drawn.append(_paragraph(block, part, stated, door, live))
        else:
            drawn.append(_chart(block, door))
    return drawn


def _paragraph(
    block: Paragraph, part: int, stated: Collection[int], door: Door, live: Live
) -> dict[str, Any]:
    return {
        "template": "portal/parts/block_paragraph.html",
        "kind": block.kind,
        "anchor": f"phan-{part}" if _is_part(block) else "",
        "pieces": [
            _piece(piece, stated, door, live)
            for piece in block.pieces
            if not isinstance(piece, Marks)
        ],
    }


def _piece(piece: Any, stated: Collection[int], door: Door, live: Live) -> Piece:
    if not isinstance(piece, Cell):
        return Piece(piece.text, piece.style)
    return Piece(
        piece.text,
        is_cell=True,
        href=door(piece),
        number=piece.number,
        live=changed(piece, live),
        is_stated=piece.number in stated,
    )


def changed(cell: Cell, live: Live) -> str:
    """`hồ sơ nay là 433 (+2)`; nothing when the records say the same as on the day of issue."""
    if not cell.key or cell.key not in live:
        return ""
    now = live[cell.key]
    if now is None or cell.value is None or now == cell.value:
        return ""
    difference = now - cell.value
    sign = "+" if difference > 0 else "−"
    shown = numbers.show_decimal(now, cell.places) + cell.suffix
    more = numbers.show_decimal(abs(difference), cell.places)
    return _("hồ sơ nay là %(now)s (%(more)s)") % {"now": shown, "more": sign + more}


def _chart(chart: Chart, door: Door) -> dict[str, Any]:
    said: dict[str, Any] = {
        "title": f"{chart.title} ({chart.unit})" if chart.unit else chart.title,
        "alt": chart.alt,
        "note": chart.note,
        "template": f"portal/parts/block_{chart.kind}.html",
    }
    if chart.kind == "tiles":
        said["map"] = tile_map(
            [
                Tile(
                    p.label,
                    p.cell.value,
                    p.cell.text,
                    door(p.cell) or "#dau",
                    p.column + 1,
                    p.row + 1,
                    p.label,
                )
                for p in chart.points
            ]
        )
    elif chart.kind == "trend":
        values = tuple(point.cell.value for point in chart.points)
        labels = [point.label for point in chart.points]
        said["trend"] = trend(labels, Series("", values))
    else:
        said["rows"] = [
            {"label": p.label, "value": p.cell.value, "text": p.cell.text, "href": door(p.cell)}
            for p in chart.points
        ]
        said["highest"] = max((point.cell.value or 0 for point in chart.points), default=1)
    return said


def table(paper: Paper, number: int, door: Door, live: Live) -> dict[str, Any]:
    """One appendix, by its number."""
    return next(_table(each, paper, door, live) for each in paper.tables if each.number == number)


def _table(table: Table, paper: Paper, door: Door, live: Live) -> dict[str, Any]:
    groups = [
        Group(title, len(columns), columns[0].title)
        for title, found in groupby(table.columns, key=lambda column: column.group)
        for columns in _apart(title, list(found))
    ]
    return {
        "number": table.number,
        "name": wording.appendix_name(table, paper),
        "title": table.title,
        "note": table.note,
        "row_head": wording.row_head(table),
        "note_head": wording.note_head(table),
        "has_notes": table.has_notes,
        "is_wide": table.is_wide,
        "titles": [column.title for column in table.columns],
        "groups": groups if any(group.title for group in groups) else [],
        "grouped": [column.title for column in table.columns if column.group],
        "rows": [_row(row, door, live) for row in table.rows if row.kind != "total"],
        "totals": [_row(row, door, live) for row in table.rows if row.kind == "total"],
    }


def _apart(title: str, columns: list[Any]) -> list[list[Any]]:
    """Columns without a group stand alone, each under its own heading."""
    return [columns] if title else [[column] for column in columns]


def _row(row: Row, door: Door, live: Live) -> dict[str, Any]:
    cells = [
        {"text": cell.text, "door": door(cell), "live": changed(cell, live)} for cell in row.cells
    ]
    return {"label": row.label, "cells": cells, "note": row.note}


def sources(paper: Paper, door: Door, live: Live) -> list[dict[str, Any]]:
    return [
        {
            "number": source.number,
            "text": source.cell.text,
            "href": door(source.cell),
            "live": changed(source.cell, live),
            "name": wording.source_texts(source, paper)[2],
            "counted": source.counted,
            "definition": source.definition,
            "records": source.records,
            "is_stated": source.is_stated,
            "parts": issued.parts_of(source.cell),
        }
        for source in paper.sources
    ]
