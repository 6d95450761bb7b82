"""Activities from a CSV file: read everything, tell every bad cell at once, load nothing that was not asked for.

Columns, by these names or in Vietnamese: `unit` (the official code; together with the day it names the unit), `kind` (code or
name), `date`; and if there are any `title`, `co_organisers` (codes, parted by spaces), `uuid`, and one for each measure, by
its code or its name.

A row without a number of its own gets one made from what it says, and how often the file has said it before. So the same
file loaded twice counts once; a row that was edited since is another record.
"""

import datetime as dt
import re
import uuid as uuids
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from lantoa.ledger.models import Measure
from lantoa.lib import numbers, rows, text
from lantoa.lib.dates import day_of, read_day
from lantoa.lib.errors import LantoaError
from lantoa.lib.rows import Problem, Row, Table
from lantoa.orgs.models import Person
from lantoa.work import actions, codes, queries
from lantoa.work.drafts import Draft, refusals
from lantoa.work.models import Activity, ActivityKind, KindMeasure

NEEDED = ("unit", "kind", "date")
HEADINGS = {
    "unit": "unit", "ma-don-vi": "unit", "don-vi": "unit",
    "kind": "kind", "hinh-thuc": "kind",
    "date": "date", "ngay": "date",
    "title": "title", "noi-dung": "title",
    "co-organisers": "co_organisers", "don-vi-phoi-hop": "co_organisers", "phoi-hop": "co_organisers",
    "uuid": "uuid", "ma-ho-so": "uuid",
}  # fmt: skip
# Made once, for this file format only.
NUMBERS = uuids.UUID("0d9b2c1e-6a3f-4f0e-9f0b-3a1c5d7e9b24")
_LIKE_A_FLOAT = re.compile(r"[0-9]{1,3}\.[0-9]{3}")

T = TypeVar("T")


class NoSuchKindError(LantoaError):
    """No form of activity has that code or name."""


class NoNumberError(LantoaError):
    """It is not a UUID, or it stands for another record."""


@dataclass(frozen=True)
class Reading:
    """What a file says: the records that can be loaded, with their lines, all that is wrong, and what else to tell."""

    drafts: list[Draft]
    lines: list[int]
    problems: list[Problem]
    notes: list[Problem]


@dataclass(frozen=True)
class Known:
    """What the rows are read against: the kinds, what each takes, and whose codes are whose."""

    kinds: dict[str, ActivityKind]
    takes: dict[int, list[KindMeasure]]
    units: codes.Holders
    measures: tuple[str, ...]
    today: dt.date
    does_the_dot_group: bool


def read(content: bytes, *, at: dt.datetime) -> Reading:
    """Read a file and check every cell. Nothing is written.

    Raises:
        rows.UnreadableFileError: the file as a whole cannot be read.
    """
    measures = {measure.code: measure for measure in Measure.objects.exclude(nature="ratio")}
    table = rows.read_csv(content, name_of=_name_of(measures), needed=NEEDED)
    known = _known(table, measures, at)
    problems = list(table.problems)
    good: list[tuple[int, Draft]] = []
    for row in table.rows:
        told = _Cells(row, table.headings)
        draft = _draft(told, known)
        if draft is not None and not told.problems:
            told.tell(draft, known)
        problems += told.problems
        if draft is not None and not told.problems:
            good.append((row.line, draft))
    good, clashes = _numbered(good, table)
    problems = sorted([*problems, *clashes], key=lambda problem: problem.line)
    return Reading([draft for _, draft in good], [line for line, _ in good], problems, table.notes)


def load(*, reading: Reading, by: Person, at: dt.datetime) -> list[Activity]:
    """Record what can be recorded, all or none. What is there already stays as it is."""
    return actions.record_many(drafts=reading.drafts, by=by, at=at)


class _Cells:
    """One row's cells, and what is found wrong in them, by the file's own headings."""

    def __init__(self, row: Row, headings: dict[str, str]) -> None:
        self.line, self.cells, self.headings = row.line, row.cells, headings
        self.problems: list[Problem] = []

    def read(self, column: str, reader: Callable[[str], T]) -> T | None:
        try:
            return reader(self.cells.get(column, ""))
        except LantoaError as error:
            self.add(column, error)
            return None

    def add(self, column: str, error: LantoaError) -> None:
        self.problems.append(
            Problem(self.line, self.headings.get(column, column), error.vi, error.en)
        )

    def tell(self, draft: Draft, known: Known) -> None:
        for wrong in refusals(draft, known.takes[draft.kind.pk], known.today):
            self.add(wrong.where, wrong)


def _name_of(measures: dict[str, Measure]) -> Callable[[str], str | None]:
    names = HEADINGS | {text.slug(measure.name_vi): code for code, measure in measures.items()}
    names |= {code: code for code in measures}
    return lambda heading: names.get(text.slug(heading))


def _known(table: Table, measures: dict[str, Measure], at: dt.datetime) -> Known:
    kinds = list(ActivityKind.objects.all())
    by_name = {text.slug(kind.name_vi): kind for kind in kinds}
    asked = {row.cells["unit"] for row in table.rows}
    asked |= {code for row in table.rows for code in row.cells.get("co_organisers", "").split()}
    return Known(
        kinds=by_name | {kind.code: kind for kind in kinds},
        takes=queries.takes_of([kind.pk for kind in kinds]),
        units=codes.holders(asked),
        measures=tuple(code for code in table.headings if code in measures),
        today=day_of(at),
        # A Vietnamese spreadsheet parts cells by semicolons, for there the comma is the decimal mark. Commas are an
        # English one's, and tabs may be anybody's.
        does_the_dot_group=table.delimiter == ";",
    )


def _draft(told: _Cells, known: Known) -> Draft | None:
    kind = told.read("kind", lambda cell: _kind(cell, known))
    date = told.read("date", read_day)
    unit = told.read("unit", lambda cell: codes.unit_on(known.units, cell, date))
    others = [
        told.read("co_organisers", lambda _, code=code: codes.unit_on(known.units, code, date))  # type: ignore[misc]
        for code in told.cells.get("co_organisers", "").split()
    ]
    values = {code: told.read(code, lambda cell: _count(cell, known)) for code in known.measures}
    if kind is None or date is None or unit is None:
        return None
    return Draft(
        kind=kind,
        unit=unit,
        date=date,
        values={code: value for code, value in values.items() if value is not None},
        title=" ".join(told.cells.get("title", "").split()),
        co_organisers=[each for each in others if each is not None],
    )


def _kind(cell: str, known: Known) -> ActivityKind:
    if found := known.kinds.get(text.slug(cell)):
        return found
    raise NoSuchKindError(
        vi=f"Không có hình thức “{cell}”. Hãy ghi mã hoặc tên như trong danh mục.",
        en=f"There is no form “{cell}”. Write a code or a name from the list.",
    )


def _count(cell: str, known: Known) -> int | None:
    if not cell:
        return None
    if not known.does_the_dot_group and _LIKE_A_FLOAT.fullmatch(cell):
        whole = int(cell.replace(".", ""))
        raise numbers.UnclearNumberError(
            vi=f"“{cell}” chưa rõ là {numbers.show(whole)} hay là số lẻ: bảng tính tiếng Anh ghi số lẻ như "
            f"vậy. Nếu là {numbers.show(whole)} thì ghi {whole}.",
            en=f"“{cell}” may be {numbers.show(whole, 'en')} or a fraction, which an English spreadsheet "
            f"writes so. If it is {numbers.show(whole, 'en')}, write {whole}.",
            whole=whole,
        )
    return numbers.read(cell)


def _numbered(
    good: Sequence[tuple[int, Draft]], table: Table
) -> tuple[list[tuple[int, Draft]], list[Problem]]:
    """Each record under its number: the file's, or one made from what it says."""
    cells = {row.line: row.cells.get("uuid", "") for row in table.rows}
    heading = table.headings.get("uuid", "uuid")
    numbered, problems = [], []
    lines: dict[uuids.UUID, int] = {}
    said: Counter[str] = Counter()
    for line, draft in good:
        said[draft.digest()] += 1
        made = uuids.uuid5(NUMBERS, f"{draft.digest()} {said[draft.digest()]}")
        try:
            number = _number(cells[line]) or made
            _refuse_twice(number, lines.get(number))
        except NoNumberError as error:
            problems.append(Problem(line, heading, error.vi, error.en))
            continue
        lines[number] = line
        numbered.append((line, replace(draft, uuid=number)))
    clashing = dict(_clashes([draft for _, draft in numbered]))
    problems += [
        Problem(line, heading, clashing[draft.uuid].vi, clashing[draft.uuid].en)
        for line, draft in numbered
        if draft.uuid in clashing
    ]
    return [each for each in numbered if each[1].uuid not in clashing], problems


def _number(cell: str) -> uuids.UUID | None:
    if not cell:
        return None
    try:
        return uuids.UUID(cell)
    except ValueError:
        raise NoNumberError(
            vi=f"“{cell}” không phải mã hồ sơ. Hãy để trống, hoặc chép nguyên mã UUID.",
            en=f"“{cell}” is not a record's number. Leave it empty, or copy the whole UUID.",
        ) from None


def _refuse_twice(number: uuids.UUID, line: int | None) -> None:
    if line is not None:
        raise NoNumberError(
            vi=f"Mã hồ sơ {number} đã có ở dòng {line}. Mỗi hoạt động một mã.",
            en=f"The number {number} is in line {line} already. Each activity has its own.",
        )


def _clashes(drafts: Sequence[Draft]) -> Iterator[tuple[uuids.UUID, LantoaError]]:
    there = queries.digests_of([draft.uuid for draft in drafts])
    for draft in drafts:
        if there.get(draft.uuid, draft.digest()) != draft.digest():
            yield draft.uuid, actions.SentBeforeError(draft.uuid)
