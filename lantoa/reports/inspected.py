"""Biên bản kiểm tra: the record of an inspection as a paper, in the layout of its issuer and of the day of its conclusion.

What it says comes from `inspections`; how it looks from `layouts.toml` and `issuers.toml`, as with reports.

Source:
    DOMAIN.md, 5.1 to 5.3 (layouts).
"""

import datetime as dt
from collections.abc import Mapping, Sequence

from lantoa.inspections import findings as finding_queries
from lantoa.inspections import queries
from lantoa.inspections.models import ChecklistAnswer, Finding, Inspection
from lantoa.lib.dates import show_day
from lantoa.orgs import queries as orgs
from lantoa.reports import issuing
from lantoa.reports.commending import issuer_of
from lantoa.reports.paper import Completeness, Listing, Paper, Paragraph, Run, Signature

HEADS, SHARES = ("TT", "Điều phát hiện", "Việc phải sửa", "Đơn vị phải sửa", "Hạn"), (1, 5, 5, 4, 3)
Result = ChecklistAnswer.Result


def record_paper(inspection: Inspection, *, notice: str = "") -> Paper:
    """The record of a concluded inspection. What was mended since is not in it: it says what was found."""
    day = inspection.concluded_date or inspection.end_date
    row, kind = issuer_of(inspection.unit, day), inspection.get_kind_display()
    abstract = f"{kind} {inspection.topic.name_vi[:1].lower()}{inspection.topic.name_vi[1:]}"
    head = issuing.head_for(
        inspection.unit, row, date=day, kind="Biên bản", symbol="BB", abstract=abstract, number=0
    )
    findings = list(finding_queries.findings_of(inspection))
    names = _names(inspection, findings, day)
    return Paper(
        title=f"Biên bản {abstract}",
        head=head,
        period="",
        period_name="",
        blocks=tuple(_blocks(inspection, findings, names)),
        tables=(),
        sources=(),
        signature=Signature("collective", f"ĐOÀN {kind.upper()}", "TRƯỞNG ĐOÀN", ""),
        recipients=("Các đơn vị được kiểm tra", *row.recipients[:1]),
        archive=row.archive,
        completeness=Completeness(0, 0),
        structure="",
        notice=notice,
        lists=(_list(findings, names, day),) if findings else (),
        has_annex=False,
    )


def _names(inspection: Inspection, findings: Sequence[Finding], day: dt.date) -> dict[int, str]:
    """Each unit as it was called on the day; one that has closed, by its last name."""
    units = {each.pk for each in inspection.subjects.all()} | {each.owner_id for each in findings}
    units.add(inspection.unit_id)
    found = {unit: name.name for unit, name in orgs.names_on(day, units).items()}
    return found | {unit: orgs.name_near(unit, day) for unit in units - found.keys()}


def _blocks(
    inspection: Inspection, findings: Sequence[Finding], names: Mapping[int, str]
) -> list[Paragraph]:
    kind, units = inspection.get_kind_display(), list(inspection.subjects.all())
    first, last = inspection.started_date or inspection.start_date, inspection.concluded_date
    team = ", ".join(each.name for each in inspection.team.all())
    opening = (
        f"Từ ngày {show_day(first)} đến ngày {show_day(last or inspection.end_date)}, đoàn {kind} của "
        f"{names[inspection.unit_id]} đã {kind} tại {len(units)} đơn vị theo chuyên đề "
        f"“{inspection.topic.name_vi}”."
    )
    count = f"Có {len(findings)} việc phải sửa (danh sách kèm theo)."
    return [
        _body(opening),
        _body(f"Thành viên đoàn: {team}."),
        _heading("1. Kết quả theo bảng kiểm"),
        *_checked(inspection, names),
        _heading("2. Việc phải sửa"),
        _body(count if findings else "Không có việc phải sửa."),
        _heading("3. Kết luận"),
        *(_body(line) for line in inspection.conclusion.splitlines() if line.strip()),
    ]


def _checked(inspection: Inspection, names: Mapping[int, str]) -> list[Paragraph]:
    """A line a unit: how many items are met, and which are not."""
    asked = queries.items_of(inspection)
    told = queries.answers_of(inspection)
    lines = []
    for unit in sorted((each.pk for each in inspection.subjects.all()), key=names.__getitem__):
        at_unit = told.get(unit, {})
        met = sum(each == Result.MET for each in at_unit.values())
        lacking = [item.text_vi for item in asked if at_unit.get(item.pk) == Result.UNMET]
        said = f"{names[unit]}: đạt {met}/{len(asked)} mục"
        lines.append(f"{said}; chưa đạt: {'; '.join(lacking)}." if lacking else f"{said}.")
    return [Paragraph("item", (Run(each),)) for each in lines]


def _list(findings: Sequence[Finding], names: Mapping[int, str], day: dt.date) -> Listing:
    rows = tuple(
        (
            str(place),
            each.what,
            each.recommendation,
            names[each.owner_id],
            show_day(each.due_date),
        )
        for place, each in enumerate(findings, start=1)
    )
    under = f"(Kèm theo Biên bản ngày {show_day(day)})"
    return Listing("Danh sách việc phải sửa", under, HEADS, SHARES, rows)


def _body(said: str) -> Paragraph:
    return Paragraph("body", (Run(said),))


def _heading(said: str) -> Paragraph:
    return Paragraph("heading", (Run(said),))
