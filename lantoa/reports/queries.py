"""What one may ask about reports: the paper a template makes, the next number."""

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Mapping

from lantoa.lib import dates
from lantoa.lib.periods import Period
from lantoa.lib.terms import numbering_span
from lantoa.orgs.models import Line, Unit
from lantoa.reports import (
    composing,
    corrections,
    excel,
    issuing,
    layout,
    pdf,
    reading,
    sources,
    word,
)
from lantoa.reports import template as templates
from lantoa.reports.composing import Writing
from lantoa.reports.issuing import Issuer
from lantoa.reports.layout import Layout
from lantoa.reports.models import Report, ReportTemplate
from lantoa.reports.paper import Completeness, Head, Paper, Seal
from lantoa.reports.prose import typed_numbers
from lantoa.reports.reading import Frame, Readings
from lantoa.submissions import queries as submissions
from lantoa.submissions.models import Sheet
from lantoa.warehouse import store

DRAW: Mapping[str, Callable[[Paper], bytes]] = {
    "docx": word.render,
    "xlsx": excel.render,
    "pdf": pdf.render,
}


def paper_for(
    *,
    template: ReportTemplate,
    unit: Unit,
    scope: Unit,
    period: Period,
    date: dt.date,
    line: Line | None = None,
    structure: dt.date | None = None,
    position: int | None = None,
    number: int = 0,
    seal: Seal | None = None,
    prose: Mapping[str, str] | None = None,
    notice: str = "",
) -> Paper:
    """Write a report from what the ledger says.

    Args:
        unit: who issues it; `scope`: what it is about, a unit of the line.
        date: the document's own; the layout and the names at its head follow it.
        structure: the day on whose structure it is read; None reads of its day.
        position: the ledger as it stood there; None as it stands.
        prose: passages that a person wrote, by their names in the template.

    Raises:
        NoIssuerError, NoLayoutError: no rules are known for this issuer or date.
    """
    position = store.now().position if position is None else position
    frame = Frame(scope, line or template.line, period, structure, position)
    readings = _read(frame, template)
    row = issuing.issuer_for(unit, date)
    look = layout.layout_for(family=row.family, date=date)
    writing = _writing(template, readings, look, row, unit=unit, date=date, prose=prose or {})
    head = _head(template, writing, row, unit=unit, date=date, number=number)
    return _paper(template, writing, head, row, seal=seal, notice=notice)


def _head(
    kept: ReportTemplate, writing: Writing, row: Issuer, *, unit: Unit, date: dt.date, number: int
) -> Head:
    return issuing.head_for(
        unit,
        row,
        date=date,
        kind=kept.body["kind"],
        symbol=kept.body["symbol"],
        abstract=kept.body["abstract"].format(**writing.words),
        number=number,
    )


def _read(frame: Frame, kept: ReportTemplate) -> Readings:
    asked = templates.figures_of(kept.body)
    measures = {code for each in asked for code in each.measures}
    known = Sheet.objects.prefetch_related("measures")
    sheets = known.filter(measures__code__in=measures).distinct().order_by("pk")
    named = [table["sheet"] for table in kept.body.get("table", [])]
    also = known.filter(code__in=[kept.body["sheet"], *named])
    return reading.read(frame, asked, {sheet.pk: sheet for sheet in [*sheets, *also]}.values())


def _writing(
    kept: ReportTemplate,
    readings: Readings,
    look: Layout,
    row: Issuer,
    *,
    unit: Unit,
    date: dt.date,
    prose: Mapping[str, str],
) -> Writing:
    frame = readings.frame
    ids = {
        pk for chosen in readings.selections.values() for pk in [*chosen.table.units, *chosen.units]
    }
    named = reading.names(ids, frame.day)
    words = {
        "period": frame.period.name(),
        "year": str(frame.period.year),
        "scope": named[frame.scope.pk].name,
        "whole": row.whole,
        "issuer": issuing.name_in_a_sentence(unit, row, date),
        "last-day": dates.show_long(frame.period.last_day),
        "sheet": kept.sheet.name_vi,
        "corrections": layout.show_appendix(len(kept.body.get("table", [])) + 1, look),
        **{
            f"appendix-{number}": layout.show_appendix(number, look)
            for number in range(1, len(kept.body.get("table", [])) + 1)
        },
    }
    answered = _completeness(readings, kept.sheet)
    below = composing.rows_below(readings, named, kept.body)
    noted = corrections.noted(
        template=kept, scope=frame.scope, period=frame.period, date=date, position=frame.position
    )
    return Writing(readings, look, words, named, prose, answered, below, noted)


def _paper(
    kept: ReportTemplate,
    writing: Writing,
    head: Head,
    row: Issuer,
    *,
    seal: Seal | None,
    notice: str,
) -> Paper:
    readings = writing.readings
    # Prose first: its figures take the first numbers of the annex.
    blocks = composing.blocks(writing, kept.body)
    tables = composing.tables(writing, kept.body)
    found = sources.sources(
        readings, writing.numbered.values(), writing.named, kept.body.get("sums", {})
    )
    stated = {source.number for source in found if source.is_stated}
    blocks, tables = composing.starred(blocks, tables, stated)
    made = Paper(
        title=f"{kept.name_vi}, {writing.words['period']}, {writing.words['scope']}",
        head=head,
        period=readings.frame.period.code,
        period_name=writing.words["period"],
        blocks=blocks,
        tables=tables,
        sources=found,
        signature=issuing.signature_of(row),
        recipients=tuple(row.recipients),
        archive=row.archive,
        completeness=writing.completeness,
        structure=sources.structure_words(readings.frame.structure),
        seal=seal,
        notice=notice,
    )
    return dataclasses.replace(made, flags=_flags(made))


def _flags(made: Paper) -> tuple[str, ...]:
    """What a person should look at before signing."""
    typed = [f"Số không lấy từ dữ liệu: “{words}”" for words in typed_numbers(made)]
    shares = []
    for table in made.tables:
        if above := composing.above_whole(table.rows):
            units = ", ".join(f"{label} {cell.text}" for label, cell in above)
            shares.append(f"Tỷ lệ trên 100% ở Phụ lục {table.number}: {units}; hãy hỏi lại đơn vị")
    return (*typed, *shares)


def _completeness(readings: Readings, sheet: Sheet) -> Completeness:
    """Who answered the template's sheet, within the scope; names in the order of their codes and names."""
    frame = readings.frame
    reported, expected = reading.of_sheet(readings, sheet, frame.line, [frame.scope.pk])
    answers = submissions.answers(sheet, frame.period)
    inside = reading.within(frame.line, frame.scope.pk, frame.period.last_day)
    named = reading.names((answers.nil | answers.missing) & inside, frame.day)
    ordered = sorted(named, key=lambda unit: (named[unit].code, named[unit].sort_key))
    return Completeness(
        reported,
        expected,
        nil=tuple(named[unit].name for unit in ordered if unit in answers.nil),
        missing=tuple(named[unit].name for unit in ordered if unit in answers.missing),
    )


def next_number(*, unit: Unit, symbol: str, look: Layout, date: dt.date) -> int:
    """The number after the highest that a unit has given to this type of document, this year or this term."""
    start, end = numbering_span(look.numbering, date)
    given = Report.objects.filter(unit=unit, date__gte=start, date__lt=end)
    numbers = [
        int(found[0])
        for number in given.values_list("number", flat=True)
        if symbol in re.split(r"[-/ ]", number) and (found := re.search(r"\d+", number))
    ]
    return max(numbers, default=0) + 1
