"""Units from a CSV file: read everything, tell every bad cell at once, load nothing that was not asked for.

Columns, by these names or in Vietnamese: `code` (by which the file's rows name one another; with the day it names the unit),
`name`, `kind` (code or name), `opened` (a day), `parent` (code of the unit above in the territory; empty for the root); and
if there are any `short_name`, `line` and `line_parent` (a sector line, and the unit above in it; empty for its root).
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from lantoa.lib import text
from lantoa.lib.dates import read_day, show_day
from lantoa.lib.errors import LantoaError
from lantoa.lib.rows import Problem, Row, Table, read_csv
from lantoa.orgs import actions, checks, edit, names, queries
from lantoa.orgs.changes import NewPlace, NewUnit
from lantoa.orgs.checks import FOREVER, Stay
from lantoa.orgs.models import Line, Person, Unit, UnitName

NEEDED = ("code", "name", "kind", "opened", "parent")
HEADINGS = {
    "code": "code", "ma": "code", "ma-don-vi": "code",
    "name": "name", "ten": "name", "ten-don-vi": "name",
    "short-name": "short_name", "ten-ngan": "short_name",
    "kind": "kind", "loai": "kind", "loai-don-vi": "kind",
    "opened": "opened", "ngay-thanh-lap": "opened", "tu-ngay": "opened",
    "parent": "parent", "cap-tren": "parent", "ma-cap-tren": "parent",
    "line": "line", "he-thong": "line", "nganh-doc": "line",
    "line-parent": "line_parent", "cap-tren-nganh-doc": "line_parent",
}  # fmt: skip

T = TypeVar("T")


class CellError(LantoaError):
    """What is wrong in one cell."""


@dataclass(frozen=True)
class Known:
    """What rows are read against: lines and kinds by name, the file's own codes, who holds codes already, and where.

    Attributes:
        opened: by code: the day on which the file opens the unit.
        joined: by code: the sector line into which the file puts it.
        stays: by line and unit: where those stand that the file may name; under None: every root of the line.
        roots: by code of a line: the line of the file that may be its topmost unit.
        rows: filled while reading: by what must not come twice, the line of the file that has it.
    """

    lines: dict[str, Line]
    territory: Line
    kinds: dict[str, str]
    opened: dict[str, dt.date]
    joined: dict[str, str]
    holders: dict[str, list[UnitName]]
    stays: dict[tuple[int, int | None], list[Stay]]
    roots: dict[str, int] = field(default_factory=dict)
    rows: dict[tuple[str, ...], int] = field(default_factory=dict)

    def line_named(self, said: str) -> Line | None:
        return self.lines.get(said) or self.lines.get(text.slug(said))

    def holder(self, code: str, day: dt.date) -> UnitName | None:
        for row in self.holders.get(code, []):
            if row.start_date <= day and (row.end_date is None or day < row.end_date):
                return row
        return None


@dataclass(frozen=True)
class Reading:
    """What a file says: the units that can be opened, with their lines, all that is wrong, and what else to tell."""

    units: list[NewUnit]
    lines: list[int]
    problems: list[Problem]
    notes: list[Problem] = field(default_factory=list)


def read(content: bytes) -> Reading:
    """Read a file and check every cell. Nothing is written.

    Raises:
        rows.UnreadableFileError: the file as a whole cannot be read.
    """
    table = read_csv(content, name_of=lambda said: HEADINGS.get(text.slug(said)), needed=NEEDED)
    known = _known(table)
    problems, good = list(table.problems), dict[str, tuple[int, NewUnit]]()
    for row in table.rows:
        cells = _Cells(row, table.headings)
        unit = _unit(cells, known)
        problems += cells.problems
        if unit is not None and not cells.problems:
            good[unit.key] = (row.line, unit)
    problems += _without_a_parent(good, table)
    chosen = list(good.values())
    units, lines = [unit for _, unit in chosen], [line for line, _ in chosen]
    return Reading(units, lines, sorted(problems), table.notes)


def load(*, reading: Reading, by: Person, at: dt.datetime) -> dict[str, Unit]:
    """Open the units that can be opened, all or none.

    Raises:
        LantoaError: a rule of the structure that only the whole shows.
    """
    first = min((unit.opened_date for unit in reading.units if unit.opened_date), default=at.date())
    return actions.load(units=reading.units, date=first, by=by, at=at)


class _Cells:
    """One row's cells, and what is found wrong in them, by the file's own headings."""

    def __init__(self, row: Row, headings: dict[str, str]) -> None:
        self.line, self.cells, self.headings = row.line, row.cells, headings
        self.problems: list[Problem] = []

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def read(self, column: str, reader: Callable[[str], T]) -> T | None:
        try:
            return reader(self[column])
        except LantoaError as error:
            self.add(column, error.vi, error.en)
            return None

    def add(self, column: str, vi: str, en: str) -> None:
        self.problems.append(Problem(self.line, self.headings.get(column, column), vi, en))


def _known(table: Table) -> Known:
    lines = {line.code: line for line in Line.objects.all()}
    territory = next((line for line in lines.values() if line.kind == Line.Kind.TERRITORY), None)
    if territory is None:
        raise CellError(
            vi="Chưa có hệ thống theo địa bàn. Hãy lập hệ thống trước khi nạp đơn vị.",
            en="There is no territory line yet. Make the lines before loading units.",
        )
    kinds = {text.slug(str(kind.label)): kind.value for kind in Unit.Kind}
    opened: dict[str, dt.date] = {}
    for row in table.rows:
        try:
            opened.setdefault(row.cells["code"], read_day(row.cells["opened"]))
        except LantoaError:
            continue  # told when the row itself is read
    asked = {
        row.cells.get(column, "")
        for row in table.rows
        for column in ("code", "parent", "line_parent")
    }
    holders = queries.holders_of(asked - {""})
    known = Known(
        lines=lines | {text.slug(line.name_vi): line for line in lines.values()},
        territory=territory,
        kinds=kinds | {kind.value: kind.value for kind in Unit.Kind},
        opened=opened,
        joined={row.cells["code"]: row.cells.get("line", "") for row in table.rows},
        holders=holders,
        stays=edit.stays_of(row.unit_id for rows in holders.values() for row in rows),
    )
    _find_roots(table, known)
    return known


def _find_roots(table: Table, known: Known) -> None:
    """Of the rows without a unit above, the first under which others stand, or else the first."""
    for column in ("parent", "line_parent"):
        named = {row.cells.get(column) for row in table.rows}
        empty = [row for row in table.rows if not row.cells.get(column)]
        for row in sorted(empty, key=lambda row: row.cells["code"] not in named):
            is_sector = column == "line_parent"
            line = known.line_named(row.cells.get("line", "")) if is_sector else known.territory
            if line is not None:
                known.roots.setdefault(line.code, row.line)


def _unit(cells: _Cells, known: Known) -> NewUnit | None:
    code, name, short = (names.tidy(cells[column]) for column in ("code", "name", "short_name"))
    for column, value, most in (
        ("code", code, names.LONGEST_CODE),
        ("name", name, names.LONGEST_NAME),
        ("short_name", short, names.LONGEST_SHORT_NAME),
    ):
        _refuse_unfit(cells, column, value, most)
    if code and known.rows.setdefault((code,), cells.line) != cells.line:
        cells.add(
            "code",
            f"Mã {code} có hai lần trong tệp. Mỗi đơn vị một mã.",
            f"The code {code} is in the file twice. One code for each unit.",
        )
    kind = known.kinds.get(cells["kind"]) or known.kinds.get(text.slug(cells["kind"]))
    if kind is None:
        cells.add(
            "kind",
            f"Không có loại đơn vị “{cells['kind']}”. Các loại: {', '.join(Unit.Kind.values)}.",
            f"There is no kind of unit “{cells['kind']}”. The kinds: {', '.join(Unit.Kind.values)}.",
        )
    opened = cells.read("opened", read_day)
    if opened is None:
        return None
    _refuse_taken(cells, code, opened, known)
    _refuse_alike(cells, name, known)
    places = [place for place in _places(cells, opened, known) if place is not None]
    if kind is None or cells.problems:
        return None
    return NewUnit(code, kind, name, short, code, opened, places=places)


def _refuse_unfit(cells: _Cells, column: str, value: str, most: int) -> None:
    if not value and column != "short_name":
        cells.add(column, "Ô này đang trống. Hãy ghi vào.", "This cell is empty. Fill it in.")
    if len(value) > most:
        cells.add(
            column,
            f"“{value[:40]}…” dài quá {most} chữ. Hãy rút ngắn lại.",
            f"“{value[:40]}…” is longer than {most} characters. Make it shorter.",
        )


def _refuse_alike(cells: _Cells, name: str, known: Known) -> None:
    """Neighbours within the file; those who are there already are looked at by the action."""
    first = known.rows.setdefault(("name", cells["parent"], text.unique_key(name)), cells.line)
    if name and first != cells.line:
        cells.add(
            "name",
            f"“{name}” dễ nhầm với đơn vị ở dòng {first}, cùng cấp trên. Hãy thêm chữ hoặc số để phân biệt.",
            f"“{name}” looks like the unit on line {first}, under the same parent. Add a word to tell them apart.",
        )


def _refuse_taken(cells: _Cells, code: str, opened: dt.date, known: Known) -> None:
    for row in known.holders.get(code, []):
        if row.end_date is None or row.end_date > opened:
            day = show_day(max(opened, row.start_date))
            cells.add(
                "code",
                f"Mã {code} vào ngày {day} là của {row.name}. Hãy chọn mã hoặc ngày khác.",
                f"The code {code} is that of {row.name} on {day}. Choose another code or day.",
            )
            return


def _places(cells: _Cells, opened: dt.date, known: Known) -> Iterator[NewPlace | None]:
    yield _place(cells, "parent", known.territory, opened, known)
    if not cells["line"]:
        return
    line = known.line_named(cells["line"])
    if line is None or line.kind == Line.Kind.TERRITORY:
        codes = ", ".join(
            sorted({each.code for each in known.lines.values()} - {known.territory.code})
        )
        cells.add(
            "line",
            f"Không có ngành dọc “{cells['line']}”. Các ngành: {codes}.",
            f"There is no sector line “{cells['line']}”. The lines: {codes}.",
        )
        return
    yield _place(cells, "line_parent", line, opened, known)


def _place(
    cells: _Cells, column: str, line: Line, opened: dt.date, known: Known
) -> NewPlace | None:
    code = names.tidy(cells[column])
    if not code:
        return _root(cells, column, line, opened, known)
    above = known.holder(code, opened)
    if above is not None:
        return _under(cells, column, line, above, opened, known)
    in_file = known.opened.get(code)
    if in_file is None:
        cells.add(
            column,
            f"Không có đơn vị nào mang mã {code} vào ngày {show_day(opened)}. Hãy sửa mã, hoặc thêm đơn vị đó vào tệp.",
            f"No unit has the code {code} on {show_day(opened)}. Mend the code, or add that unit to the file.",
        )
    elif in_file > opened:
        cells.add(
            column,
            f"Cấp trên {code} đến ngày {show_day(in_file)} mới thành lập. Hãy sửa ngày, hoặc chọn cấp trên khác.",
            f"The unit above, {code}, opens only on {show_day(in_file)}. Mend the day, or choose another.",
        )
    elif line != known.territory and known.line_named(known.joined[code]) != line:
        cells.add(
            column,
            f"Cấp trên {code} trong tệp không thuộc hệ thống {line.name_vi}. Hãy ghi hệ thống cho dòng đó, hoặc chọn cấp trên khác.",
            f"The unit above, {code}, does not stand in the line {line.name_en} in this file. Say its line, or choose another.",
        )
    else:
        return NewPlace(line, code)
    return None


def _root(cells: _Cells, column: str, line: Line, opened: dt.date, known: Known) -> NewPlace | None:
    """An empty cell makes a root: once in a line, or a cell that was forgotten would become one."""
    stands = any(stay.end > opened for stay in known.stays.get((line.pk, None), []))
    if known.roots.get(line.code) == cells.line and not stands:
        return NewPlace(line, None)
    cells.add(
        column,
        f"Ô này đang trống, mà hệ thống {line.name_vi} đã có đơn vị cao nhất. Hãy ghi mã cấp trên.",
        f"This cell is empty, but the line {line.name_en} has its topmost unit already. Write the code of the unit above.",
    )
    return None


def _under(
    cells: _Cells, column: str, line: Line, above: UnitName, opened: dt.date, known: Known
) -> NewPlace | None:
    """Under a unit that is there already, if it stands in the line for good."""
    stays = known.stays.get((line.pk, above.unit_id), [])
    missing = checks.uncovered(stays, opened, FOREVER)
    if missing is None:
        return NewPlace(line, above.unit)
    name = above.name
    cells.add(
        column,
        f"{name} không đứng trong hệ thống {line.name_vi} vào ngày {show_day(missing)}. Hãy chọn cấp trên khác.",
        f"{name} does not stand in the line {line.name_en} on {show_day(missing)}. Choose another unit above.",
    )
    return None


def _without_a_parent(good: dict[str, tuple[int, NewUnit]], table: Table) -> list[Problem]:
    """Take out rows that stand under a row that is wrong, or in a ring, until none is left."""
    lines = {row.cells["code"]: row.line for row in table.rows}
    problems = []
    rooted: set[str] = set()
    while True:
        more = {
            key
            for key, (_, unit) in good.items()
            if key not in rooted
            and all(not isinstance(p.parent, str) or p.parent in rooted for p in unit.places)
        }
        if not more:
            break
        rooted |= more
    for key in [key for key in good if key not in rooted]:
        line, unit = good.pop(key)
        above = next(
            str(p.parent)
            for p in unit.places
            if isinstance(p.parent, str) and p.parent not in rooted
        )
        problems.append(
            Problem(
                line,
                table.headings["parent"],
                f"Cấp trên {above} ở dòng {lines.get(above, 0)} có lỗi, hoặc đơn vị đứng dưới chính mình. Hãy sửa dòng đó trước.",
                f"The unit above, {above}, on line {lines.get(above, 0)} is wrong, or stands below itself. Mend that line first.",
            )
        )
    return problems
