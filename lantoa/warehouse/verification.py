"""Find what was changed behind the ledger's back: in an entry, a segment, or the manifest.

The chain proves nothing against someone who holds the database *and* the files: they can seal all of it again. So
every issued report prints the newest hash, and `faults(anchor=…)` compares with what is printed.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from django.db import DatabaseError
from django.utils.translation import gettext as _

from lantoa.warehouse import feed, segments
from lantoa.warehouse.models import Segment

# One changed byte may spoil a whole file: the first records say enough.
RECORDS_NAMED = 20
_UNREADABLE = (pa.ArrowException, OSError, ValueError, TypeError, MemoryError, OverflowError)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: the segment, its file, the record; nothing where it does not apply."""

    says: str
    segment: int | None = None
    entry: int | None = None

    @property
    def file(self) -> str:
        return "" if self.segment is None else segments.path_of(self.segment).name

    def __str__(self) -> str:
        where = []
        if self.segment is not None:
            where.append(
                _("đoạn %(number)d (%(file)s)") % {"number": self.segment, "file": self.file}
            )
        if self.entry is not None:
            where.append(_("bút toán %(entry)d") % {"entry": self.entry})
        return f"{', '.join(where)}: {self.says}" if where else self.says


def faults(*, anchor: str | None = None) -> Iterator[Fault]:
    """Re-read files, links and manifest, and compare the segments with the ledger.

    Args:
        anchor: a hash printed in a report or on the site; it must be one of the chain.
    """
    before: Segment | None = None
    chains = set()
    for row in Segment.objects.order_by("number", "pk").values_list("pk", flat=True):
        segment = _manifest_row(row)
        if segment is None:
            says = _("dòng %(row)s của sổ niêm phong không đọc được") % {"row": row}
            yield Fault(says, before.number + 1 if before else 1)
            continue
        yield from _faults_of_link(segment, before)
        yield from _faults_of_content(segment, after=before.last_entry if before else 0)
        chains.add(segments.chain_of(segment))
        before = segment
    if anchor is not None and anchor.strip().lower() not in chains:
        yield Fault(
            _("không có mã chuỗi đã in %(anchor)s trong sổ niêm phong") % {"anchor": anchor}
        )


def _manifest_row(row: int) -> Segment | None:
    """A row of the manifest; None where SQLite, which takes any text for a number or a moment, holds no such thing."""
    try:
        segment = Segment.objects.get(pk=row)
    except (ValueError, DatabaseError):
        return None
    numbers = (segment.number, segment.first_entry, segment.last_entry, segment.rows)
    is_whole = all(type(number) is int for number in numbers)
    return segment if is_whole and segment.sealed_at is not None else None


def _faults_of_link(segment: Segment, before: Segment | None) -> Iterator[Fault]:
    expected = before.number + 1 if before else 1
    if segment.number != expected:
        yield Fault(_("thiếu đoạn số %(number)d") % {"number": expected}, segment.number)
    if segment.previous != (before.chain if before else ""):
        yield Fault(_("không nối với mã chuỗi của đoạn trước"), segment.number)
    if segment.chain != segments.chain_of(segment):
        yield Fault(_("dòng trong sổ niêm phong đã bị sửa: mã chuỗi không khớp"), segment.number)
    if segment.first_entry <= (before.last_entry if before else 0):
        yield Fault(_("chồng lên đoạn trước"), segment.number)


def _faults_of_content(segment: Segment, *, after: int) -> Iterator[Fault]:
    path = segments.path_of(segment.number)
    if not path.is_file():
        yield Fault(_("không có tệp"), segment.number)
        return
    if segments.hashed(path) != segment.sha256:
        yield Fault(_("tệp đã bị sửa: mã băm không khớp"), segment.number)
    try:
        sealed = segments.read(path).sort_by("entry")
    except _UNREADABLE as fault:
        yield Fault(_("không đọc được tệp: %(fault)s") % {"fault": fault}, segment.number)
        return
    yield from _faults_of_span(segment, sealed)
    yield from _faults_of_records(segment, sealed, after=after)


def _faults_of_span(segment: Segment, sealed: pa.Table) -> Iterator[Fault]:
    entries = _numbers(sealed["entry"])
    said = (segment.rows, segment.first_entry, segment.last_entry)
    found = (len(entries), *((int(entries[0]), int(entries[-1])) if len(entries) else (0, 0)))
    if said != found:
        yield Fault(
            _("sổ niêm phong nói %(said)s dòng, tệp có %(found)s")
            % {"said": "{} ({}–{})".format(*said), "found": "{} ({}–{})".format(*found)},
            segment.number,
        )


def _faults_of_records(segment: Segment, sealed: pa.Table, *, after: int) -> Iterator[Fault]:
    found = _differences(sealed, number=segment.number, after=after, upto=segment.last_entry)
    yield from itertools.islice(found, RECORDS_NAMED)
    if next(found, None):
        yield Fault(_("và những bút toán khác nữa"), segment.number)


def _differences(sealed: pa.Table, *, number: int, after: int, upto: int) -> Iterator[Fault]:
    entries = _numbers(sealed["entry"])
    start = int(np.searchsorted(entries, after, side="right"))
    for rows in feed.pages(after=after, upto=upto):
        end = int(np.searchsorted(entries, rows[-1][0], side="right"))
        yield from _differences_of_page(sealed.slice(start, end - start), rows, number)
        start = end
    for entry in entries[start:]:
        yield Fault(_("có trong đoạn, không có trong sổ cái"), number, int(entry))


def _differences_of_page(
    sealed: pa.Table, rows: Sequence[tuple[Any, ...]], number: int
) -> Iterator[Fault]:
    try:
        ledger = feed.table(rows)
    except feed.UnreadableEntryError as fault:
        yield Fault(_("trong sổ cái không còn là một bút toán"), number, fault.entry)
        good = [row for row in rows if row[0] != fault.entry]
        kept = sealed.filter(pc.not_equal(sealed["entry"], fault.entry))
        yield from _differences_of_page(kept, good, number)
        return
    if not sealed.equals(ledger):
        yield from _differences_of_tables(sealed, ledger, number)


def _differences_of_tables(sealed: pa.Table, ledger: pa.Table, number: int) -> Iterator[Fault]:
    ours, theirs = _numbers(sealed["entry"]), _numbers(ledger["entry"])
    changed = _changed(sealed, ledger)
    lost = set(np.setdiff1d(ours, theirs).tolist())
    added = set(np.setdiff1d(theirs, ours).tolist())
    for entry in sorted(lost | added | changed.keys()):
        if entry in lost:
            yield Fault(_("có trong đoạn, không có trong sổ cái"), number, entry)
        elif entry in added:
            yield Fault(_("có trong sổ cái, không có trong đoạn"), number, entry)
        else:
            names = ", ".join(changed[entry])
            yield Fault(_("sổ cái và đoạn khác nhau ở %(names)s") % {"names": names}, number, entry)


def _changed(sealed: pa.Table, ledger: pa.Table) -> dict[int, list[str]]:
    """The columns in which the two differ, by entry, for the entries that both have."""
    both, ours, theirs = np.intersect1d(
        _numbers(sealed["entry"]), _numbers(ledger["entry"]), return_indices=True
    )
    sealed, ledger = sealed.take(pa.array(ours)), ledger.take(pa.array(theirs))
    changed: dict[int, list[str]] = {}
    for name in sealed.column_names:
        unlike = pc.not_equal(sealed[name], ledger[name]).to_numpy()
        for entry in both[unlike].tolist():
            changed.setdefault(entry, []).append(name)
    return changed


def _numbers(column: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    return np.asarray(column.to_numpy(), dtype=np.int64)
