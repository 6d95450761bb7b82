"""What one may do with reports: keep a template, issue a report."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from django.db import transaction

from lantoa.ledger.models import Measure
from lantoa.lib.errors import LantoaError
from lantoa.lib.periods import Period
from lantoa.orgs import rights
from lantoa.orgs.models import Line, Person, Unit
from lantoa.reports import issuing, layout, queries
from lantoa.reports import paper as papers
from lantoa.reports import template as templates
from lantoa.reports.models import Report, ReportTemplate
from lantoa.reports.paper import Paper, Seal
from lantoa.reports.prose import typed_numbers
from lantoa.submissions.models import Sheet
from lantoa.warehouse import segments


class NothingToReportError(LantoaError):
    """The ledger is empty: there is nothing to seal, and so nothing to print a hash of."""


class UnwrittenError(LantoaError):
    """Passages that a person should have written stand empty."""


class TypedNumberError(LantoaError):
    """Numbers stand in the prose that no figure put there."""


@transaction.atomic
def keep_template(*, path: Path, by: Person, at: dt.datetime) -> ReportTemplate:
    """Load a template's file, or load it again; reports already issued keep what they said.

    Raises:
        TemplateError: it names something unknown; every fault at once.
        NotAllowedError: `by` may not change templates.
    """
    rights.require(by, "reports.define", None, at)
    body = templates.read(path)
    templates.check(
        body,
        measures=set(Measure.objects.values_list("code", flat=True)),
        lines=set(Line.objects.values_list("code", flat=True)),
        kinds=set(Unit.Kind.values),
        sheets=set(Sheet.objects.values_list("code", flat=True)),
    )
    kept, _ = ReportTemplate.objects.update_or_create(
        code=body["code"],
        defaults={
            "name_vi": body["name"]["vi"],
            "name_en": body["name"]["en"],
            "line": Line.objects.get(code=body["line"]),
            "sheet": Sheet.objects.get(code=body["sheet"]),
            "body": body,
        },
    )
    return kept


def issue(
    *,
    template: ReportTemplate,
    unit: Unit,
    scope: Unit,
    period: Period,
    date: dt.date,
    by: Person,
    at: dt.datetime,
    structure: dt.date | None = None,
    number: int | None = None,
    prose: Mapping[str, str] | None = None,
    notice: str = "",
) -> Report:
    """Seal the ledger, read the report as it stands there, number it, and freeze it.

    Args:
        number: given by hand, when documents are numbered on paper too; else the next one.

    Raises:
        NotAllowedError: `by` may not issue reports of this unit.
        NothingToReportError: the ledger is empty.
        TypedNumberError: numbers in the prose that come from no figure.
        UnwrittenError: passages that nobody wrote.
    """
    rights.require(by, "reports.issue", unit, at)
    _refuse_unwritten(template, prose or {}, period)
    # Before reading, so that the printed hash covers everything the report says (RELIABILITY.md, D3).
    segments.seal(at=at)
    seal = _seal()
    with transaction.atomic():
        paper = queries.paper_for(
            template=template,
            unit=unit,
            scope=scope,
            period=period,
            date=date,
            structure=structure,
            position=seal.position,
            number=number or _next_number(template, unit, date),
            seal=seal,
            prose=prose,
            notice=notice,
        )
        _refuse_typed_numbers(paper)
        return _frozen(paper, seal, template=template, unit=unit, scope=scope, by=by, at=at)


def _next_number(template: ReportTemplate, unit: Unit, date: dt.date) -> int:
    # One issue at a time for a unit, or two would take one number.
    Unit.objects.select_for_update().get(pk=unit.pk)
    look = layout.layout_for(family=issuing.issuer_for(unit, date).family, date=date)
    return queries.next_number(unit=unit, symbol=template.body["symbol"], look=look, date=date)


def _frozen(
    paper: Paper,
    seal: Seal,
    *,
    template: ReportTemplate,
    unit: Unit,
    scope: Unit,
    by: Person,
    at: dt.datetime,
) -> Report:
    return Report.objects.create(
        template=template,
        unit=unit,
        scope=scope,
        period=paper.period,
        number=layout.show_number(paper.head, layout.layout_of(paper)),
        date=paper.head.date,
        paper=papers.as_json(paper),
        sizes={ending: len(draw(paper)) for ending, draw in queries.DRAW.items()},
        ledger_position=seal.position,
        chain=seal.chain,
        issued_at=at,
        issued_by=by,
    )


def _seal() -> Seal:
    newest = segments.newest()
    if newest is None:
        raise NothingToReportError(
            vi="Sổ cái chưa có bút toán nào nên chưa thể ban hành báo cáo. Hãy ghi hoạt động trước.",
            en="The ledger has no entries, so no report can be issued. Record activities first.",
        )
    return Seal(newest.last_entry, newest.chain)


def _refuse_unwritten(template: ReportTemplate, prose: Mapping[str, str], period: Period) -> None:
    if missing := templates.unwritten(template.body, prose, period.last_day):
        raise UnwrittenError(
            vi=f"Báo cáo còn mục chưa viết: {'; '.join(missing)}. Viết các mục này rồi ban hành.",
            en=f"The report still has unwritten sections: {'; '.join(missing)}. Write them, then issue it.",
        )


def _refuse_typed_numbers(paper: Paper) -> None:
    typed = typed_numbers(paper)
    if typed:
        raise TypedNumberError(
            vi="Có số trong lời văn không lấy từ dữ liệu: "
            + "; ".join(f"“{each}”" for each in typed)
            + ". Chèn con số từ dữ liệu hoặc bỏ đi.",
            en="Numbers in the prose come from no figure: "
            + "; ".join(f"“{each}”" for each in typed)
            + ". Insert the figure, or leave it out.",
        )
