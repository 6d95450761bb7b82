"""The ledger entries behind a figure, as rows a person can read."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.utils.translation import gettext as _

from lantoa.awards import queries as awards
from lantoa.enquiries import queries as enquiries
from lantoa.inspections import queries as inspections
from lantoa.ledger import queries as ledger
from lantoa.ledger.models import Entry
from lantoa.ledger.queries import SourceRow
from lantoa.lib import dates
from lantoa.lib.numbers import LARGEST
from lantoa.orgs import queries as orgs
from lantoa.plans.queries import directives, movements, plans
from lantoa.portal import asking, exports
from lantoa.portal.asking import PAGE
from lantoa.portal.doors import AskError, lang
from lantoa.practices import sources as practices
from lantoa.submissions import queries as submissions
from lantoa.work import queries as work

ORDERS = {"": "-date", "-ngay": "-date", "ngay": "date", "so": "value", "-so": "-value"}
STATEMENT = "statement"
# Each room says what its sources are.
ROWS_FOR: dict[str, Callable[[Iterable[int]], Mapping[int, SourceRow]]] = {
    "activity": work.rows_for,
    "directive": directives.rows_for,
    "joining": movements.rows_for,
    "plan": plans.plan_rows,
    "task": plans.rows_for,
    "practice": practices.practice_rows,
    "adoption": practices.adoption_rows,
    "practising": practices.practising_rows,
    "inspection": inspections.rows_for,
    "award": awards.rows_for,
    "enquiry": enquiries.rows_for,
    STATEMENT: submissions.rows_for,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: when, where, what, how many, and why if it corrected another one."""

    date: dt.date
    unit_id: int
    unit: str
    unit_href: str
    what: str
    is_stated: bool
    value: int
    reason: str


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Line]
    count: int
    pages: int
    total: int
    units: int


def page_of(entries: QuerySet[Entry], *, number: int, sort: str, only_corrections: bool) -> Page:
    """A page of the entries, and how many there are and what they add up to in all."""
    if only_corrections:
        entries = _corrections(entries)
    # All of them are counted and added apart: names are looked up for the rows of the page alone.
    all_of_them = entries.order_by().aggregate(
        count=Count("pk"), total=Sum("value"), units=Count("unit", distinct=True)
    )
    count, units = all_of_them["count"], all_of_them["units"]
    pages = max(1, -(-count // PAGE))
    if number > pages:
        raise _no_such_page(pages)
    start = (number - 1) * PAGE
    found = list(_named(entries).order_by(ORDERS[sort], "pk")[start : start + PAGE])
    return Page(_lines(found), count, pages, int(all_of_them["total"] or 0), units)


def _no_such_page(pages: int) -> AskError:
    return AskError(
        field="trang",
        vi=f"Chỉ có {pages} trang. Chọn từ 1 đến {pages}.",
        en=f"There are only {pages} pages. Choose from 1 to {pages}.",
    )


def _corrections(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """Those that changed what their own record had said before: not a record's first word."""
    said = ledger.entries_as_of(LARGEST).filter(
        source_kind=OuterRef("source_kind"),
        source_id=OuterRef("source_id"),
        measure=OuterRef("measure"),
        recorded_at__lt=OuterRef("recorded_at"),
    )
    return entries.filter(Exists(said))


def all_of(entries: QuerySet[Entry]) -> tuple[int, Iterator[exports.Row]]:
    """How many entries there are, and all of them for a file."""
    return entries.count(), _cells(entries.order_by("date", "pk"))


def _named(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    return entries.annotate(unit_name=orgs.name_on_the_day())


def _lines(entries: Sequence[Entry]) -> list[Line]:
    told = _told(entries)
    return [
        Line(
            date=entry.date,
            unit_id=entry.unit_id,
            unit=_name(entry),
            unit_href=asking.unit_address(entry.unit_id, _name(entry), ngay=entry.date.isoformat()),
            what=told.get((entry.source_kind, entry.source_id), ""),
            is_stated=entry.source_kind == STATEMENT,
            value=entry.value,
            reason=entry.reason,
        )
        for entry in entries
    ]


def _name(entry: Entry) -> str:
    return cast(Any, entry).unit_name or str(entry.unit_id)


def _told(entries: Sequence[Entry]) -> dict[tuple[str, int], str]:
    """What each source is: the kind of activity or of practice, or the sheet. Titles and reasons stay inside: they may name people."""
    english = lang() == "en"
    found = {}
    for kind, rows_for in ROWS_FOR.items():
        ids = {entry.source_id for entry in entries if entry.source_kind == kind}
        for row in rows_for(ids).values() if ids else ():
            words = row.kind_en if english else row.kind_vi
            found[kind, row.source_id] = words + (_(" (đã rút)") if row.is_withdrawn else "")
    return found


def _cells(entries: QuerySet[Entry]) -> Iterator[exports.Row]:
    batch: list[Entry] = []
    for entry in _named(entries).iterator(chunk_size=2000):
        batch.append(entry)
        if len(batch) == 2000:
            yield from _batch(batch)
            batch = []
    yield from _batch(batch)


def _batch(entries: list[Entry]) -> Iterator[exports.Row]:
    told = _told(entries)
    for entry in entries:
        yield (
            entry.pk,
            dates.show_day(entry.date),
            entry.unit_id,
            _name(entry),
            told.get((entry.source_kind, entry.source_id), ""),
            1 if entry.source_kind == STATEMENT else 0,
            entry.value,
            dates.show_moment(entry.recorded_at),
        )
