"""Units from a CSV file: read everything, tell every bad cell at once, load nothing that was not asked for.

Columns, by these names or in Vietnamese: `code` (by which the file's rows name one another; with the day it names the unit),
`name`, `kind` (code or name), `opened` (a day), `parent` (code of the unit above in the territory; empty for the root); and
if there are any `short_name`, `line` and `line_parent` (a sector line, and the unit above in it; empty for its root).
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from lantoa.lib import text
from lantoa.lib.dates import read_day, show_day
from lantoa.lib.errors import LantoaError
from lantoa.lib.rows import Problem, Row, Table, read_csv
from lantoa.orgs import actions, names, queries
from lantoa.orgs.changes import NewPlace, NewUnit
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
    """What rows are read against: lines and kinds by name, the file's own codes, and who holds codes already."""

    lines: dict[str, Line]
    territory: Line
    kinds: dict[str, str]
    opened: dict[str, dt.date]
    holders: dict[str, list[UnitName]]

    def holder(self, code: str, day: dt.date) -> Unit | None:
        for row in self.holders.get(code, []):
            if row.start_date <= day and (row.end_date is None or day < row.end_date):
                return row.unit
        return None


@dataclass(frozen=True)
class Reading:
    """What a file says: the units that can be opened, with their lines, and all that is wrong."""

    units: list[NewUnit]
    lines: list[int]
    problems: list[Problem]


def read(content: bytes) -> Reading:
    """Read a file and check every cell. Nothing is written.

    Raises:
        rows.UnreadableFileError: the file as a whole cannot be read.
    """
    table = read_csv(content, name_of=lambda said: HEADINGS.get(text.slug(said)), needed=NEEDED)
    known = _known(table)
    problems, good, seen = list(table.problems), dict[str, tuple[int, NewUnit]](), set[str]()
    for row in table.rows:
        cells = _Cells(row, table.headings)
        unit = _unit(cells, known, seen)
        problems += cells.problems
        if unit is not None and not cells.problems:
            good[unit.key] = (row.line, unit)
    problems += _without_a_parent(good, table)
    chosen = list(good.values())
    return Reading([unit for _, unit in chosen], [line for line, _ in chosen], sorted(problems))


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
    return Known(
        lines=lines | {text.slug(line.name_vi): line for line in lines.values()},
        territory=territory,
        kinds=kinds | {kind.value: kind.value for kind in Unit.Kind},
        opened=opened,
        holders=queries.holders_of(asked - {""}),
    )


def _unit(cells: _Cells, known: Known, seen: set[str]) -> NewUnit | None:
    code, name = cells["code"], names.tidy(cells["name"])
    for column, value in (("code", code), ("name", name)):
        if not value:
            cells.add(column, "Ô này đang trống. Hãy ghi vào.", "This cell is empty. Fill it in.")
    if code and code in seen:
        cells.add(
            "code",
            f"Mã {code} có hai lần trong tệp. Mỗi đơn vị một mã.",
            f"The code {code} is in the file twice. One code for each unit.",
        )
    seen.add(code)
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
    places = [place for place in _places(cells, opened, known) if place is not None]
    if kind is None or cells.problems:
        return None
    return NewUnit(code, kind, name, cells["short_name"], code, opened, places=places)


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
    line = known.lines.get(cells["line"]) or known.lines.get(text.slug(cells["line"]))
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
    code = cells[column]
    if not code:
        return NewPlace(line, None)
    if (unit := known.holder(code, opened)) is not None:
        return NewPlace(line, unit)
    in_file = known.opened.get(code)
    if in_file is not None and in_file <= opened:
        return NewPlace(line, code)
    if in_file is not None:
        cells.add(
            column,
            f"Cấp trên {code} đến ngày {show_day(in_file)} mới thành lập. Hãy sửa ngày, hoặc chọn cấp trên khác.",
            f"The unit above, {code}, opens only on {show_day(in_file)}. Mend the day, or choose another.",
        )
    else:
        cells.add(
            column,
            f"Không có đơn vị nào mang mã {code} vào ngày {show_day(opened)}. Hãy sửa mã, hoặc thêm đơn vị đó vào tệp.",
            f"No unit has the code {code} on {show_day(opened)}. Mend the code, or add that unit to the file.",
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
