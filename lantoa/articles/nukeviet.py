"""The news of a NukeViet site, from its tables as CSV: read whole, everything that is wrong told at once, nothing loaded.

A table is known by the end of its file's name: `…_cat`, `…_rows`, `…_detail`, `…_sources`, `…_tags_id` (`.csv`). The columns are
NukeViet's own (module news of 4.5 and 5); those that nothing is made of are passed over. Photos are looked for below `uploads/`
in the same folder.
"""

import csv
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from lantoa.lib import text
from lantoa.lib.rows import Problem, Row, Table, UnreadableFileError, read_csv

NEEDED = {
    "cat": ("catid", "parentid", "title", "alias"),
    "rows": ("id", "catid", "status", "publtime", "title", "alias", "hometext"),
    "detail": ("id", "bodyhtml"),
}
HELPFUL = {"sources": ("sourceid", "title"), "tags_id": ("id", "keyword")}
OUT = 1  # the status of what readers see
LONGEST = 1 << 24  # letters in a cell: bodies with pictures inside run to millions
LONGEST_LEAD, LONGEST_NAME = 600, 120


class Category(NamedTuple):
    """A section of the old site; `parent` 0 stands at the top."""

    number: int
    parent: int
    slug: str
    title: str
    intro: str


class Draft(NamedTuple):
    """An article of the old site. `points` of `votes` are its readers' stars; `photo` lies below `uploads/`."""

    number: int
    category: int
    slug: str
    title: str
    lead: str
    markup: str
    dated: dt.datetime
    author: str
    source: str
    source_url: str
    tags: tuple[str, ...]
    photo: str
    photo_alt: str
    points: int
    votes: int


class Told(NamedTuple):
    """Something to tell about a file."""

    file: str
    problem: Problem


@dataclass
class Export:
    """What an export holds that can be taken over, what is wrong in it, and what is left behind on purpose."""

    categories: list[Category] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    problems: list[Told] = field(default_factory=list)
    notes: list[Told] = field(default_factory=list)


def read(folder: Path, *, at: dt.datetime) -> Export:
    """Read an export as of a moment: what was to come out later, or was taken out, is left behind and noted.

    Raises:
        UnreadableFileError: a table or a needed column is missing, or a file is not text in Unicode.
    """
    tables = _tables(folder)
    export = Export()
    for name, (file, table) in tables.items():
        export.problems += [Told(file, each) for each in table.problems]
        export.notes += [Told(file, each) for each in table.notes if name != "detail"]
    export.categories = list(_categories(*tables["cat"], export))
    reader = _Reader(tables, {each.number for each in export.categories}, at, export)
    export.drafts = [draft for row in tables["rows"][1].rows for draft in reader.draft(row)]
    return export


def _tables(folder: Path) -> dict[str, tuple[str, Table]]:
    found = {}
    with _long_cells():
        for name, needed in (NEEDED | HELPFUL).items():
            path = _file(folder, name)
            if path is not None:
                found[name] = (path.name, _table(path, needed))
    if missing := [name for name in NEEDED if name not in found]:
        files = ", ".join(f"…_{name}.csv" for name in missing)
        raise UnreadableFileError(
            vi=f"Thư mục {folder.name} thiếu bảng {files}. Hãy xuất đủ các bảng của mô-đun tin tức ra CSV.",
            en=f"The folder {folder.name} has no {files}. Export all tables of the news module as CSV.",
        )
    return found


def _file(folder: Path, name: str) -> Path | None:
    """The shortest name of that end: `…_block_cat` is another table than `…_cat`."""
    found = [each for each in folder.glob("*.csv") if f"_{each.stem}".endswith(f"_{name}")]
    return min(found, key=lambda each: (len(each.name), each.name), default=None)


def _table(path: Path, needed: tuple[str, ...]) -> Table:
    try:
        return read_csv(path.read_bytes(), name_of=lambda said: said.strip().lower(), needed=needed)
    except UnreadableFileError as error:
        raise UnreadableFileError(
            vi=f"Tệp {path.name}: {error.vi}", en=f"File {path.name}: {error.en}"
        ) from error


@contextmanager
def _long_cells() -> Iterator[None]:
    before = csv.field_size_limit(LONGEST)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _categories(file: str, table: Table, export: Export) -> Iterator[Category]:
    for row in table.rows:
        number, parent = _number(row, "catid"), _number(row, "parentid")
        title = text.one_line(_cell(row, "title"))
        if number is None or parent is None or not title:
            vi = "Chuyên mục phải có số (catid, parentid) và tên (title)."
            en = "A section needs its numbers (catid, parentid) and a name (title)."
            export.problems.append(Told(file, Problem(row.line, "catid", vi, en)))
            continue
        slug = text.slug(_cell(row, "alias")) or text.slug(title)
        yield Category(number, parent, slug, title, text.one_line(_cell(row, "description"))[:300])


class _Reader:
    """Reads rows of articles beside the other tables."""

    def __init__(self, tables: dict[str, tuple[str, Table]], categories: set[int], at: dt.datetime, export: Export):  # fmt: skip
        self.file, self.categories, self.at, self.export = tables["rows"][0], categories, at, export
        self.bodies = {_number(row, "id"): _cell(row, "bodyhtml") for row in tables["detail"][1].rows}  # fmt: skip
        self.texts = {_number(row, "id"): _cell(row, "sourcetext") for row in tables["detail"][1].rows}  # fmt: skip
        sources = tables["sources"][1].rows if "sources" in tables else []
        self.sources = {_number(row, "sourceid"): row for row in sources}
        self.tags: dict[int | None, list[str]] = defaultdict(list)
        for row in tables["tags_id"][1].rows if "tags_id" in tables else []:
            self.tags[_number(row, "id")].append(text.one_line(_cell(row, "keyword")))
        self.seen: dict[int, int] = {}

    def draft(self, row: Row) -> Iterator[Draft]:
        """The article of a row, if it is in order and was out."""
        number, dated = self._in_order(row)
        if number is None or dated is None or not self._was_out(row, dated):
            return
        title = text.one_line(_cell(row, "title"))
        source, source_url = self._source(row, number)
        yield Draft(
            number=number,
            category=_number(row, "catid") or 0,
            slug=text.slug(_cell(row, "alias")) or text.slug(title),
            title=title,
            lead=_cell(row, "hometext"),
            markup=self.bodies[number],
            dated=dated,
            author=text.one_line(_cell(row, "author"))[:LONGEST_NAME],
            source=source,
            source_url=source_url,
            tags=tuple(dict.fromkeys(filter(None, self.tags[number]))),
            photo=_cell(row, "homeimgfile"),
            photo_alt=text.one_line(_cell(row, "homeimgalt"))[:300],
            points=_number(row, "total_rating") or 0,
            votes=_number(row, "click_rating") or 0,
        )

    def _in_order(self, row: Row) -> tuple[int | None, dt.datetime | None]:
        number, dated = _number(row, "id"), _moment(row)
        wrong: list[tuple[str, str, str]] = []
        if number is None:
            wrong.append(("id", "Không đọc được số của bài (id).", "The number of the article (id) cannot be read."))  # fmt: skip
        elif number in self.seen:
            first = self.seen[number]
            wrong.append(("id", f"Bài số {number} đã có ở dòng {first}.", f"Article {number} stands on line {first} already."))  # fmt: skip
        elif not self.bodies.get(number):
            wrong.append(("id", f"Bảng detail không có nội dung của bài số {number}.", f"The table detail has no body for article {number}."))  # fmt: skip
        if _number(row, "catid") not in self.categories:
            said = _cell(row, "catid")
            wrong.append(("catid", f"Không có chuyên mục số “{said}”.", f"There is no section “{said}”."))  # fmt: skip
        if dated is None:
            wrong.append(("publtime", "Giờ đăng (publtime) phải là số giây tính từ năm 1970.", "The moment (publtime) must be seconds since 1970."))  # fmt: skip
        if not _cell(row, "title"):
            wrong.append(("title", "Bài không có tên.", "The article has no title."))
        self.export.problems += [Told(self.file, Problem(row.line, *each)) for each in wrong]
        self.seen.setdefault(number or 0, row.line)
        return (None, None) if wrong else (number, dated)

    def _was_out(self, row: Row, dated: dt.datetime) -> bool:
        ends = _number(row, "exptime") or 0
        is_over = 0 < ends <= self.at.timestamp() and _number(row, "archive") != 1
        if _number(row, "status") == OUT and dated <= self.at and not is_over:
            return True
        vi = "Bỏ lại: bài chưa đăng, đã hết hạn hoặc đã ngừng."
        en = "Left behind: not out yet, past its end, or taken out."
        self.export.notes.append(Told(self.file, Problem(row.line, "status", vi, en)))
        return False

    def _source(self, row: Row, number: int) -> tuple[str, str]:
        """Whose news it is, and where the original stands."""
        known, typed = self.sources.get(_number(row, "sourceid")), self.texts.get(number, "")
        title = text.one_line(_cell(known, "title")) if known else ""
        url = _cell(known, "link") if known else ""
        if typed.startswith(("http://", "https://")):
            url = typed
        elif typed and not title:
            title = text.one_line(typed)
        return title[:200], url if url.startswith(("http://", "https://")) else ""


def _cell(row: Row | None, column: str) -> str:
    """What a cell says; exports write NULL for nothing."""
    said = row.cells.get(column, "") if row else ""
    return "" if said == "NULL" else said


def _number(row: Row, column: str) -> int | None:
    said = _cell(row, column)
    return int(said) if said.isascii() and said.lstrip("-").isdigit() and len(said) < 12 else None


def _moment(row: Row) -> dt.datetime | None:
    seconds = _number(row, "publtime")
    return dt.datetime.fromtimestamp(seconds, dt.UTC) if seconds and seconds > 0 else None
