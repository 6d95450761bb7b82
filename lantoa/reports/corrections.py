"""What the records say now of an issued report, and what the next report notes of it by itself (DOMAIN.md, A4.4).

An issued report stays as it was. A figure of it has changed when the ledger says something else of the same period at
a later position; what lies between the two positions says why.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from lantoa.ledger import claims
from lantoa.ledger.models import Entry, Measure
from lantoa.lib import dates, numbers
from lantoa.lib.periods import Period
from lantoa.lib.periods import period as period_of
from lantoa.orgs.models import Line, Unit
from lantoa.reports import paper as papers
from lantoa.reports import reading
from lantoa.reports.models import Report, ReportTemplate
from lantoa.reports.paper import Cell, Column, Key, Paper, Paragraph, Row, Run, Source, Table
from lantoa.warehouse import figures
from lantoa.warehouse.figures import Figure

HEAD, NOTES = "Con số", "Vì sao"
COLUMNS = (Column("Đã báo cáo"), Column("Hồ sơ nay là"), Column("Chênh lệch"))
MOVED = "Đơn vị được ghi lại vị trí trong hệ thống"
# More reasons than these are read behind the figure's door.
MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Change:
    """What a figure said when it was issued, and what its records say now; both printed."""

    key: str
    then: Cell
    now: Cell
    parts: tuple[Figure, ...] = ()

    @property
    def difference(self) -> int | None:
        if self.then.value is None or self.now.value is None:
            return None
        return self.now.value - self.then.value


@dataclass(frozen=True, slots=True)
class Correction:
    """One figure of an earlier report that its records no longer say, and why."""

    name: str
    change: Change
    why: str


@dataclass(frozen=True, slots=True)
class Noted:
    """What a report notes of the one before it; no correction is worth a sentence too."""

    earlier: Report
    period: Period
    found: tuple[Correction, ...]

    @property
    def said(self) -> str:
        """`Báo cáo số 01-BC/TU, ngày 05/01/2024`."""
        number = self.earlier.number.replace("Số: ", "số ").replace("Số ", "số ")
        return f"Báo cáo {number}, ngày {dates.show_day(self.earlier.date)}"


class _Again(NamedTuple):
    cell: Cell
    parts: tuple[Figure, ...]


def live(report: Report) -> dict[str, Cell]:
    """Every figure of an issued report as its records say it now, by key; one reading for each line and structure."""
    kept = papers.figures(papers.from_json(report.paper))
    return {key: again.cell for key, again in _again(kept, None).items()}


def changes_since(report: Report) -> list[Change]:
    """The figures of an issued report that its records no longer say, in the order of the paper."""
    return _changes(papers.figures(papers.from_json(report.paper)), None)


def noted(
    *, template: ReportTemplate, scope: Unit, period: Period, date: dt.date, position: int
) -> Noted | None:
    """What is to be noted of the last report issued before, about the same scope and an earlier period.

    Args:
        position: the ledger position at which the new report is read.
    """
    earlier = _earlier(template, scope, period, date)
    if earlier is None:
        return None
    paper = papers.from_json(earlier.paper)
    sources = {each.key: each for each in _told_once(paper, earlier.period)}
    changes = _changes({key: each.cell for key, each in sources.items()}, position)
    found = tuple(
        Correction(_name(sources[each.key], paper), each, _why(each.parts, earlier.ledger_position))
        for each in changes
    )
    return Noted(earlier, period_of(earlier.period, period.rule), found)


def paragraph(told: Noted, appendix: str) -> Paragraph:
    """What the body says: which report, how many of its figures, where they stand."""
    if not told.found:
        text = f"Các con số của {told.period.name()} nêu trong {told.said} đến nay không thay đổi."
        return Paragraph("body", (Run(text),))
    count = len(told.found)
    return Paragraph(
        "body",
        (
            Run(f"Điều chỉnh số liệu kỳ trước: sau {told.said}, hồ sơ của "),
            Cell(value=count, text=numbers.show(count)),
            Run(
                f" con số {told.period.name()} được bổ sung, đính chính; số đã báo cáo, số nay "
                f"và lý do ở {appendix}."
            ),
        ),
    )


def table(told: Noted, number: int) -> Table:
    """A row a figure: what was reported, what its records say now, the difference, and why. All of them open."""
    since = told.earlier.ledger_position
    return Table(
        number,
        f"Điều chỉnh số liệu đã báo cáo {told.period.name()}",
        COLUMNS,
        tuple(_row(each, since) for each in told.found),
        f"So với {told.said}: số đã báo cáo đọc ở vị trí sổ cái {numbers.show(since)}.",
        row_head=HEAD,
        note_head=NOTES,
    )


def _earlier(template: ReportTemplate, scope: Unit, period: Period, date: dt.date) -> Report | None:
    """The report of the latest period that was over when this one began; of that period the last issued."""
    issued = Report.objects.filter(template=template, scope=scope, date__lte=date).order_by("pk")
    before = [each for each in issued if period_of(each.period, period.rule).end <= period.start]
    return max(before, key=lambda each: (period_of(each.period).end, each.pk), default=None)


def _told_once(paper: Paper, code: str) -> list[Source]:
    """The figures of the report's own period; a sum is left out where each of its parts is there too."""
    own = [each for each in paper.sources if each.key and papers.key_of(each.key).period == code]
    keys = {papers.key_of(each.key) for each in own}
    return [each for each in own if not _is_said_by_parts(papers.key_of(each.key), keys)]


def _is_said_by_parts(key: Key, keys: set[Key]) -> bool:
    parts = {key._replace(measures=(each,)) for each in key.measures}
    return len(key.measures) > 1 and parts <= keys


def _name(source: Source, paper: Paper) -> str:
    scopes = [each.scope for each in paper.sources]
    usual = max(scopes, key=scopes.count)
    return source.name if source.scope == usual else f"{source.name} ({source.scope})"


def _row(each: Correction, since: int) -> Row:
    then, now, difference = each.change.then, each.change.now, each.change.difference
    said = numbers.NO_VALUE
    if difference is not None:
        sign = "+" if difference > 0 else "−"
        points = f" điểm {now.suffix}" if now.suffix else ""
        said = sign + numbers.show_decimal(abs(difference), now.places) + points
    between = "" if now.places or now.suffix else _at(now.door, "sau", since)
    cells = (
        Cell(
            then.value,
            then.text,
            door=_at(then.door, "vi-tri", since),
            places=then.places,
            suffix=then.suffix,
        ),
        now,
        Cell(difference, said, door=between, places=now.places, suffix=now.suffix),
    )
    return Row(each.name, cells, note=each.why)


def _at(door: str, word: str, position: int) -> str:
    return f"{door}&{word}={position}" if door else ""


def _why(parts: Iterable[Figure], since: int) -> str:
    """What was posted after a position: how many records came, how many were mended, and the reasons given."""
    was_there: dict[tuple[str, int], bool] = {}
    reasons: dict[str, None] = {}
    for figure in parts:
        before = Entry.objects.filter(
            source_kind=OuterRef("source_kind"),
            source_id=OuterRef("source_id"),
            measure=OuterRef("measure"),
            pk__lte=since,
        )
        rows = figures.entries_behind(figure).filter(pk__gt=since).order_by("pk")
        for kind, number, reason, was in rows.annotate(was=Exists(before)).values_list(
            "source_kind", "source_id", "reason", "was"
        ):
            was_there[kind, number] = was or was_there.get((kind, number), False)
            if reason and was:
                reasons[reason] = None
    return _words(was_there, list(reasons)) if was_there else MOVED


def _words(was_there: Mapping[tuple[str, int], bool], reasons: list[str]) -> str:
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for (kind, _), was in was_there.items():
        counts["sửa" if was else "thêm", "số tự khai" if kind == claims.STATED else "hồ sơ"] += 1
    said = "; ".join(
        f"{verb} {numbers.show(count)} {noun}" for (verb, noun), count in sorted(counts.items())
    )
    said = said[:1].upper() + said[1:]
    quoted = "; ".join(f"“{each}”" for each in reasons[:MOST_REASONS])
    more = "; …" if len(reasons) > MOST_REASONS else ""
    return f"{said}: {quoted}{more}" if quoted else said


def _changes(kept: Mapping[str, Cell], position: int | None) -> list[Change]:
    again = _again(kept, position)
    return [
        Change(key, then, again[key].cell, again[key].parts)
        for key, then in kept.items()
        if again[key].cell.value != then.value
    ]


def _again(kept: Mapping[str, Cell], position: int | None) -> dict[str, _Again]:
    """Figures read again by their keys, at a position or as the ledger stands."""
    together: dict[tuple[str, str], dict[Key, Cell]] = defaultdict(dict)
    for each, cell in kept.items():
        key = papers.key_of(each)
        together[key.line, key.structure][key] = cell
    found: dict[str, _Again] = {}
    for (line, structure), keys in together.items():
        found |= _along(line, structure, keys, position)
    return found


def _along(
    line_code: str, structure: str, keys: Mapping[Key, Cell], position: int | None
) -> dict[str, _Again]:
    line = Line.objects.get(code=line_code)
    codes = {code for key in keys for code in key.measures}
    measures = {
        measure.code: measure
        for measure in Measure.objects.filter(code__in=codes).select_related("top", "bottom")
    }
    found: dict[str, _Again] = {}
    for rule in sorted({key.rule for key in keys}):
        of_rule = [key for key in keys if key.rule == rule]
        periods = {code: period_of(code, rule) for code in sorted({key.period for key in of_rule})}
        # All periods at once: a chart by month would else read twelve times.
        read = figures.among(
            measures=list(measures.values()),
            units={unit for key in of_rule for unit in key.units},
            line=line,
            periods=list(periods.values()),
            structure=dt.date.fromisoformat(structure) if structure else None,
            position=position,
        )
        for key in of_rule:
            parts = tuple(
                read.figure(measures[each], unit, periods[key.period])
                for each in key.measures
                for unit in key.units
            )
            found[str(key)] = _Again(_drawn(parts, key, keys[key]), parts)
    return found


def _drawn(parts: tuple[Figure, ...], key: Key, then: Cell) -> Cell:
    return reading.drawn(
        parts,
        key=key,
        reported=then.reported,
        expected=then.expected,
        is_said=then.value is not None,
    )
