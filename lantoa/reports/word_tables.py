"""The appendix of a Word document: the tables of figures, and where each figure comes from."""

from collections.abc import Iterator
from itertools import groupby

from lantoa.reports import ooxml
from lantoa.reports.layout import Layout
from lantoa.reports.ooxml import Element
from lantoa.reports.paper import Column, Listing, Paper, Row, Table
from lantoa.reports.wording import (
    ORDINAL,
    SOURCE_HEADS,
    SOURCE_SHARES,
    SOURCES_TITLE,
    answers_lines,
    appendix_name,
    column_mark,
    note_head,
    row_head,
    seal_lines,
    source_texts,
    sources_intro,
)

_ORDINAL_WIDTH = 10.0
_LABEL_WIDTH = 54.0
_NOTES_WIDTH, _WHY_WIDTH = 30.0, 90.0
# With more columns than these their heads are printed smaller, or words would break inside.
_MANY = 9
_SHADE = "EDEBE3"


def appendix(paper: Paper, look: Layout, *, width: float) -> list[Element]:
    """Every table on a page of its own, then the annex of sources, then the seal."""
    elements: list[Element] = []
    for place, table in enumerate(paper.tables):
        elements += _headed(appendix_name(table, paper), table.title, look, is_first=place == 0)
        elements.append(_figures(table, look, width))
        if table.note:
            elements.append(_small(table.note, look))
    elements += _headed("", SOURCES_TITLE, look, is_first=not paper.tables)
    # The seal above the table: below it, it would now and then stand on a page alone.
    said = (sources_intro(paper), *answers_lines(paper), *seal_lines(paper))
    elements += [_small(line, look) for line in said if line]
    if paper.sources:
        elements += [ooxml.paragraph(exact=6), _sources(paper, look, width)]
    return elements


def listed(paper: Paper, look: Layout, *, width: float) -> list[Element]:
    """Every list under its title, one after the other."""
    elements: list[Element] = []
    for each in paper.lists:
        title = ooxml.run(each.title.upper(), size=look.body_size, bold=True)
        under = ooxml.run(each.under, size=look.body_size, italic=True)
        elements += [
            ooxml.paragraph(title, style="Heading1", align="center", before=6, keep=True),
            ooxml.paragraph(under, align="center", after=8, keep=True),
            _list(each, look, width),
            ooxml.paragraph(exact=12),
        ]
    return elements


def _list(listing: Listing, look: Layout, width: float) -> Element:
    widths = [width * share / sum(listing.shares) for share in listing.shares]
    heads = zip(listing.heads, widths, strict=True)
    rows = [ooxml.row(*(_head(text, wide, look.small_size) for text, wide in heads), is_head=True)]
    for texts in listing.rows:
        cells = []
        for place, (text, wide) in enumerate(zip(texts, widths, strict=True)):
            words = ooxml.run(text, size=look.small_size)
            align = "left" if place else "center"
            cells.append(
                ooxml.cell(ooxml.paragraph(words, align=align, before=2, after=2), width=wide)
            )
        rows.append(ooxml.row(*cells))
    return ooxml.table(widths, *rows, has_borders=True, align="center")


def _headed(name: str, title: str, look: Layout, *, is_first: bool) -> list[Element]:
    lines = [(name, False), (title.upper(), True)] if name else [(title.upper(), True)]
    made = []
    for place, (text, is_title) in enumerate(lines):
        words = ooxml.run(text, size=look.body_size, bold=True)
        made.append(
            ooxml.paragraph(
                words,
                style="Heading1" if is_title else "",
                align="center",
                after=6 if is_title else 0,
                keep=True,
                new_page=place == 0 and not is_first,
            )
        )
    return made


def _small(text: str, look: Layout) -> Element:
    return ooxml.paragraph(
        ooxml.run(text, size=look.small_size, italic=True), align="both", before=4
    )


def _figures(table: Table, look: Layout, width: float) -> Element:
    notes = (_WHY_WIDTH if table.note_head else _NOTES_WIDTH) if table.has_notes else 0.0
    is_crowded = len(table.columns) > _MANY
    label = _LABEL_WIDTH - 8 if is_crowded else _LABEL_WIDTH
    each = (width - _ORDINAL_WIDTH - label - notes) / len(table.columns)
    widths = [
        _ORDINAL_WIDTH,
        label,
        *[each] * len(table.columns),
        *[notes] * table.has_notes,
    ]
    ordinal = 0
    rows = list(_head_rows(table, widths, look.small_size - 2 * is_crowded))
    for line in table.rows:
        ordinal += line.kind == "unit"
        rows.append(_row(line, ordinal, widths, look, has_notes=table.has_notes))
    return ooxml.table(widths, *rows, has_borders=True, align="center")


def _head_rows(table: Table, widths: list[float], size: int) -> Iterator[Element]:
    """Two head rows where columns have groups: ungrouped heads reach down over both."""
    has_groups = any(column.group for column in table.columns)
    fixed = [(ORDINAL, widths[0]), (row_head(table), widths[1])]
    last = [(note_head(table), widths[-1])] if table.has_notes else []
    each = widths[2]
    if not has_groups:
        heads = [_head(text, wide, size) for text, wide in fixed]
        heads += [_head(_title(column), each, size) for column in table.columns]
        yield ooxml.row(*heads, *(_head(text, wide, size) for text, wide in last), is_head=True)
        return
    top = [_head(text, wide, size, merge="restart") for text, wide in fixed]
    for group, within in groupby(table.columns, key=lambda column: column.group):
        columns = list(within)
        if group:
            top.append(_head(group, each * len(columns), size, span=len(columns)))
        else:
            top += [_head(_title(column), each, size, merge="restart") for column in columns]
    top += [_head(text, wide, size, merge="restart") for text, wide in last]
    yield ooxml.row(*top, is_head=True)
    low = [ooxml.cell(width=wide, merge="continue") for _, wide in fixed]
    for column in table.columns:
        low.append(
            _head(_title(column), each, size)
            if column.group
            else ooxml.cell(width=each, merge="continue")
        )
    low += [ooxml.cell(width=wide, merge="continue") for _, wide in last]
    yield ooxml.row(*low, is_head=True)


def _title(column: Column) -> str:
    return f"{column.title} {column_mark(column)}".rstrip()


def _head(text: str, width: float, size: float, *, span: int = 1, merge: str = "") -> Element:
    """A head cell; the small number of its column is raised."""
    words, bracket, number = text.partition(" [")
    runs = [ooxml.run(words, size=size, bold=True)]
    if bracket:
        runs.append(ooxml.run(f"[{number}", size=size, raised=True))
    content = ooxml.paragraph(*runs, align="center")
    return ooxml.cell(content, width=width, span=span, merge=merge, shade=_SHADE)


def _row(line: Row, ordinal: int, widths: list[float], look: Layout, *, has_notes: bool) -> Element:
    is_total = line.kind == "total"
    texts = [(str(ordinal) if line.kind == "unit" else "", "center"), (line.label, "left")]
    texts += [(cell.text, "right") for cell in line.cells]
    if has_notes:
        texts.append((line.note, "left"))
    cells = []
    for (text, align), width in zip(texts, widths, strict=True):
        words = ooxml.run(text, size=look.small_size, bold=is_total, italic=line.kind == "rest")
        cells.append(
            ooxml.cell(ooxml.paragraph(words, align=align, before=1, after=1), width=width)
        )
    return ooxml.row(*cells)


def _sources(paper: Paper, look: Layout, width: float) -> Element:
    widths = [width * share / sum(SOURCE_SHARES) for share in SOURCE_SHARES]
    size = look.small_size - 1
    heads = [_head(text, wide, size) for text, wide in zip(SOURCE_HEADS, widths, strict=True)]
    rows = [ooxml.row(*heads, is_head=True)]
    for source in paper.sources:
        cells = []
        for place, (text, wide) in enumerate(zip(source_texts(source, paper), widths, strict=True)):
            align = "center" if place == 0 else "right" if place == 1 else "left"
            words = ooxml.run(text, size=size, bold=place == 1)
            cells.append(ooxml.cell(ooxml.paragraph(words, align=align), width=wide, valign="top"))
        rows.append(ooxml.row(*cells))
    return ooxml.table(widths, *rows, has_borders=True, align="center")
