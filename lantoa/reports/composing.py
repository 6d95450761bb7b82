"""A template and what was read, put together: paragraphs, charts, tables, and the list of figures to explain."""

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lantoa.lib import numbers
from lantoa.orgs.models import Unit, UnitName
from lantoa.reports import corrections, layout, prose, reading, template, tiles
from lantoa.reports.corrections import Noted
from lantoa.reports.layout import Layout
from lantoa.reports.paper import (
    Block,
    Cell,
    Chart,
    Column,
    Completeness,
    Key,
    Marks,
    Paragraph,
    Point,
    Row,
    Run,
    Table,
)
from lantoa.reports.reading import Readings
from lantoa.reports.template import Asked, asked

UNWRITTEN = "[Phần này do người soạn viết.]"
REST = "Đơn vị trực thuộc khác và cấp trực tiếp"
EMPTY = "Không in {count} đơn vị không phải gửi biểu và không có số liệu."
TOTAL = "Tổng số"
NO_ANSWER = "chưa gửi"
DASHES = "Dấu –: chưa có số liệu."
CLOSED = "đến hết {day}"
# More names than these stand in the annex alone.
MOST_NAMES = 12


@dataclass(eq=False)
class Writing:
    """What is being written: what was read, the words to put in, and the figures numbered so far."""

    readings: Readings
    look: Layout
    words: Mapping[str, str]
    named: Mapping[int, UnitName]
    prose: Mapping[str, str]
    completeness: Completeness
    below: tuple[int, ...]
    noted: Noted | None = None
    numbered: dict[str, tuple[Asked, Cell]] = field(default_factory=dict)

    def cell(self, asked_for: Asked) -> Cell:
        """A figure with its place in the annex; the same figure has one place."""
        found = reading.cell(self.readings, asked_for)
        if not found.key:
            return found
        if found.key not in self.numbered:
            numbered = dataclasses.replace(found, number=len(self.numbered) + 1)
            self.numbered[found.key] = (asked_for, numbered)
        return self.numbered[found.key][1]


def rows_below(
    readings: Readings, named: Mapping[int, UnitName], body: Mapping[str, Any]
) -> tuple[int, ...]:
    """The units that get a row: all below the scope but those folded there, by official code, then by kind and name."""
    folded = body.get("fold", {}).get(readings.frame.scope.kind, [])
    units = [unit for unit in readings.below if named[unit].unit.kind not in folded]
    order = {kind: place for place, kind in enumerate(Unit.Kind.values)}
    return tuple(
        sorted(
            units,
            key=lambda unit: (
                not named[unit].code,
                named[unit].code,
                order[named[unit].unit.kind],
                named[unit].sort_key,
            ),
        )
    )


def blocks(writing: Writing, body: Mapping[str, Any]) -> tuple[Block, ...]:
    """The body: parts and headings numbered, texts filled, charts drawn up."""
    made: list[Block] = []
    part = heading = charts = 0
    for block in body["block"]:
        if not template.holds_for(block, writing.readings.frame.period.last_day):
            continue
        if "part" in block:
            part, heading = part + 1, 0
            made.append(_plain("part", layout.show_part(part, block["part"], writing.look)))
        elif "heading" in block:
            heading += 1
            made.append(_plain("heading", f"{heading}. {block['heading']}"))
        elif "chart" in block:
            drawn = _chart(writing, block, charts + 1)
            charts += drawn is not None
            made += [drawn] if drawn else []
        else:
            made += _paragraphs(writing, block)
    return tuple(made)


def _plain(kind: str, text: str) -> Paragraph:
    return Paragraph(kind, (Run(text),))


def _paragraphs(writing: Writing, block: Mapping[str, Any]) -> list[Paragraph]:
    if "answers" in block:
        return _answers(writing.completeness, writing.words["sheet"])
    if "corrections" in block:
        return _corrections(writing)
    if "write" in block:
        written = writing.prose.get(block["write"], UNWRITTEN)
        return [_plain("body", each) for each in written.split("\n") if each.strip()]
    text = block["text"]
    if not all(
        reading.cell(writing.readings, asked(each)).value for each in block.get("needs", [])
    ):
        text = block.get("otherwise", "")
    filled = prose.fill(text, cell_of=lambda said: writing.cell(asked(said)), words=writing.words)
    return [Paragraph("body", filled)] if filled else []


def _corrections(writing: Writing) -> list[Paragraph]:
    """What the records say now of the report before this one (DOMAIN.md, A4.4)."""
    if writing.noted is None:
        return []
    return [corrections.paragraph(writing.noted, writing.words["corrections"])]


def _answers(found: Completeness, sheet: str) -> list[Paragraph]:
    """How complete the figures are: who answered, who had nothing, who is missing."""
    if not found.expected:
        return []
    pieces: list[Run | Cell] = [
        Run("Số liệu tổng hợp từ "),
        _count(found.reported),
        Run("/"),
        _count(found.expected),
        Run(f" đơn vị phải gửi biểu “{sheet}”"),
    ]
    if found.nil:
        pieces += [Run("; trong đó "), _count(len(found.nil)), Run(" đơn vị báo không phát sinh")]
        pieces.append(Run(_named(found.nil)))
    missing = found.expected - found.reported
    if missing:
        pieces += [Run("; "), _count(missing), Run(" đơn vị chưa gửi"), Run(_named(found.missing))]
    return [Paragraph("body", (*pieces, Run(".")))]


def _named(units: tuple[str, ...]) -> str:
    if not units:
        return ""
    return f": {', '.join(units)}" if len(units) <= MOST_NAMES else " (danh sách ở cuối phụ lục)"


def _count(number: int) -> Cell:
    return Cell(value=number, text=numbers.show(number))


def _chart(writing: Writing, block: Mapping[str, Any], number: int) -> Chart | None:
    wanted = asked(block["figure"])
    draw = {"bars": _bars, "trend": _trend, "tiles": _map}[block["chart"]]
    points = draw(writing, wanted)
    if not any(point.cell.value for point in points):
        return None
    measure = writing.readings.measures[wanted.measures[0]]
    said = "; ".join(f"{point.label}: {point.cell.text}" for point in points)
    return Chart(
        kind=block["chart"],
        title=f"Biểu đồ {number}. {block['title']}, {writing.words['period']}",
        unit=measure.unit_vi,
        alt=f"{block['title']}, đơn vị tính: {measure.unit_vi}. {said}.",
        points=points,
        note=block.get("note", ""),
    )


def _bars(writing: Writing, wanted: Asked) -> tuple[Point, ...]:
    return tuple(
        Point(writing.named[unit].short_name, reading.cell(writing.readings, wanted, unit))
        for unit in writing.below
    )


def _map(writing: Writing, wanted: Asked) -> tuple[Point, ...]:
    """The units below that have a place on the map; none, if none has."""
    spots = tiles.positions(writing.readings.frame.day)
    return tuple(
        dataclasses.replace(point, row=spots[code][0], column=spots[code][1])
        for point, code in zip(
            _bars(writing, wanted),
            (writing.named[unit].code for unit in writing.below),
            strict=True,
        )
        if code in spots
    )


def _trend(writing: Writing, wanted: Asked) -> tuple[Point, ...]:
    frame = writing.readings.frame
    measures = [writing.readings.measures[code] for code in wanted.measures]
    table, months = reading.by_month(frame, measures)
    day = frame.structure.isoformat() if frame.structure else ""
    points = []
    for month in months:
        found = [table.figure(measure, frame.scope.pk, month) for measure in measures]
        key = Key(wanted.measures, (frame.scope.pk,), frame.line.code, month.code, month.rule, day)
        points.append(Point(f"T{int(month.code[5:])}", reading.drawn(found, key=key)))
    return tuple(points)


def tables(writing: Writing, body: Mapping[str, Any]) -> tuple[Table, ...]:
    """The appendix: a row a unit below the scope, what they do not account for, the total; then the corrections."""
    asked_for = [_of_its_time(writing, told) for told in body.get("table", [])]
    made = [_table(writing, told, number) for number, told in enumerate(asked_for, start=1)]
    if writing.noted and writing.noted.found:
        made.append(corrections.table(writing.noted, len(made) + 1))
    return tuple(made)


def _of_its_time(writing: Writing, told: Mapping[str, Any]) -> Mapping[str, Any]:
    """A table without the columns of what had ended before the period began."""
    start = writing.readings.frame.period.start.isoformat()
    standing = [each for each in told["columns"] if start < each.get("until", "9999")]
    return {**told, "columns": standing}


def _table(writing: Writing, told: Mapping[str, Any], number: int) -> Table:
    wanted = [asked(column["figure"]) for column in told["columns"]]
    totals = tuple(writing.cell(each) for each in wanted)
    columns = tuple(
        Column(column["title"], column.get("group", ""), total.number)
        for column, total in zip(told["columns"], totals, strict=True)
    )
    rows = [_unit_row(writing, told, wanted, unit) for unit in writing.below]
    rest = tuple(
        _rest(writing, each, [row.cells[at] for row in rows], total)
        for at, (each, total) in enumerate(zip(wanted, totals, strict=True))
    )
    printed = [row for row in rows if row.note or any(cell.value for cell in row.cells)]
    note = _table_note(writing, told, wanted)
    if len(printed) < len(rows):
        note += " " + EMPTY.format(count=len(rows) - len(printed))
    if any(cell.value for cell in rest):
        printed.append(Row(REST, rest, kind="rest"))
    printed.append(Row(TOTAL, totals, kind="total"))
    note = " ".join([note, *_about_signs(printed)])
    return Table(number, told["title"], columns, tuple(printed), note)


def above_whole(rows: Iterable[Row]) -> list[tuple[str, Cell]]:
    """Shares above a hundred, with the name of their row."""
    return [
        (row.label, cell)
        for row in rows
        for cell in row.cells
        if cell.suffix == "%" and (cell.value or 0) > 100 * 10**cell.places
    ]


def _about_signs(rows: list[Row]) -> list[str]:
    """What a reader of the table may stumble over."""
    cells = [cell for row in rows for cell in row.cells]
    said = [DASHES] if any(cell.value is None for cell in cells) else []
    if above := above_whole(rows):
        units = ", ".join(f"{label} {cell.text}" for label, cell in above)
        said.append(f"Trên 100%: {units}; một người dự hai hội nghị là hai lượt.")
    if any(cell.is_estimated for cell in cells):
        said.append("Dấu ≈: ước theo tỷ lệ chia tách đơn vị.")
    return said


def _unit_row(writing: Writing, told: Mapping[str, Any], wanted: list[Asked], unit: int) -> Row:
    named = writing.named[unit]
    return Row(
        label=named.name,
        cells=tuple(reading.cell(writing.readings, each, unit) for each in wanted),
        code=named.code,
        note=_note(writing, told["sheet"], unit),
    )


def _rest(writing: Writing, asked_for: Asked, parts: list[Cell], total: Cell) -> Cell:
    """What no unit above accounts for; a ratio has no such part, and what must be said and was not is no nought."""
    if total.value is None or total.suffix or total.places:
        return Cell(value=None, text=numbers.NO_VALUE)
    value = total.value - sum(part.value or 0 for part in parts)
    if not (value or reading.is_recorded(writing.readings, asked_for)):
        return Cell(value=None, text=numbers.NO_VALUE)
    return Cell(value=value, text=numbers.show(value))


def _note(writing: Writing, sheet: str, unit: int) -> str:
    readings = writing.readings
    closed = writing.named[unit].unit.closed_date
    if closed and closed <= readings.frame.period.last_day and readings.frame.structure is None:
        return CLOSED.format(day=f"{closed:%d/%m/%Y}")
    reported, expected = _sent(writing, sheet, unit)
    # When nobody at all has sent it, the note below the table says so once.
    if reported == expected or not _sent(writing, sheet, readings.frame.scope.pk)[0]:
        return ""
    return NO_ANSWER if not reported else f"{reported}/{expected} đơn vị đã gửi"


def _table_note(writing: Writing, told: Mapping[str, Any], wanted: list[Asked]) -> str:
    """How many answered the table's sheets, what is in no figure, and what the template adds."""
    readings = writing.readings
    said = _sheets_note(writing, told, wanted)
    codes = dict.fromkeys(code for each in wanted for code in each.measures)
    for code in codes:
        measure = readings.measures[code]
        outside = readings.home.outside(measure)
        if outside:
            said.append(
                f"Chưa tính được {numbers.show(outside)} {measure.unit_vi}: đơn vị ngoài hệ thống."
            )
    return " ".join([*said, *([told["note"]] if "note" in told else [])])


def _sheets_note(writing: Writing, told: Mapping[str, Any], wanted: list[Asked]) -> list[str]:
    """The table's own sheet, then the others that ask for its columns."""
    readings, scope = writing.readings, writing.readings.frame.scope.pk
    asking = [sheet for each in wanted for sheet in reading.sheets_for(readings, each)]
    said = []
    for code in dict.fromkeys([told["sheet"], *(sheet.code for sheet in asking)]):
        reported, expected = _sent(writing, code, scope)
        counts = f"{numbers.show(reported)}/{numbers.show(expected)} đơn vị đã gửi"
        said.append(f"biểu “{readings.sheets[code].name_vi}”: {counts}")
    listed = "; ".join(said)
    sentences = [f"{listed[:1].upper()}{listed[1:]}."]
    if not _sent(writing, told["sheet"], scope)[0] and any(
        writing.cell(each).value for each in wanted
    ):
        sentences.append("Con số cộng từ hồ sơ đã ghi.")
    return sentences


def _sent(writing: Writing, sheet: str, unit: int) -> tuple[int, int]:
    """How many at a unit and below it sent a sheet, of how many."""
    readings = writing.readings
    return reading.of_sheet(readings, readings.sheets[sheet], readings.frame.line, [unit])


def starred(
    blocks: tuple[Block, ...], tables: tuple[Table, ...], stated: Collection[int]
) -> tuple[tuple[Block, ...], tuple[Table, ...]]:
    """The same with a star at the small numbers of figures that units said themselves."""
    return (
        tuple(_star(block, stated) if isinstance(block, Paragraph) else block for block in blocks),
        tuple(
            dataclasses.replace(
                table,
                columns=tuple(
                    dataclasses.replace(column, is_stated=column.number in stated)
                    for column in table.columns
                ),
            )
            for table in tables
        ),
    )


def _star(block: Paragraph, stated: Collection[int]) -> Paragraph:
    pieces = tuple(
        Marks(piece.numbers, tuple(number for number in piece.numbers if number in stated))
        if isinstance(piece, Marks)
        else piece
        for piece in block.pieces
    )
    return dataclasses.replace(block, pieces=pieces)
