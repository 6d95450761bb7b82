"""Sheets from their file. Editing and loading again is how they change."""

import datetime as dt
from pathlib import Path
from typing import Any

from lantoa.ledger.models import Measure
from lantoa.lib import tomls
from lantoa.orgs.models import Line, Unit
from lantoa.submissions.models import Sheet

WORDS = ("name", "line", "unit_kinds", "period_rule", "frequency", "days", "measures")
# Without it a sheet is sent when somebody wants it, and is never late.
OPTIONAL = ("since",)
MOST_DAYS = 60


def load(path: Path) -> None:
    """Bring the sheets in line with the file. One that it no longer names stays as it is, with its answers."""
    lines = {line.code: line for line in Line.objects.all()}
    measures = {measure.code: measure for measure in Measure.objects.all()}
    for code, table in tomls.read(path).items():
        tomls.only(code, table, needed=WORDS, optional=OPTIONAL)
        _refuse_unknown(code, table, lines, measures)
        vi, en = tomls.both_languages(code, table, "name")
        told = {
            "name_vi": vi,
            "name_en": en,
            "line": lines[table["line"]],
            "unit_kinds": table["unit_kinds"],
            "period_rule": table["period_rule"],
            "frequency": table["frequency"],
            "start_date": table.get("since"),
            "days": table["days"],
        }
        sheet, _ = Sheet.objects.update_or_create(code=code, defaults=told)
        sheet.measures.set([measures[each] for each in table["measures"]])


def _refuse_unknown(
    code: str, table: dict[str, Any], lines: dict[str, Line], measures: dict[str, Measure]
) -> None:
    stated = {each for each, measure in measures.items() if measure.nature != Measure.Nature.RATIO}
    asked = {
        "line": ([table["line"]], lines.keys()),
        "unit_kinds": (table["unit_kinds"], set(Unit.Kind.values)),
        "period_rule": ([table["period_rule"]], set(Sheet.PeriodRule.values)),
        "frequency": ([table["frequency"]], set(Sheet.Frequency.values)),
        "days": (table["days"].keys(), set(table["unit_kinds"])),
        "measures": (table["measures"], stated),
    }
    for word, (said, known) in asked.items():
        unknown = ", ".join(sorted(set(said) - known))
        if unknown or not said:
            raise tomls.wrong(
                code,
                f"có {word} lạ: {unknown or 'trống'}",
                f"has unknown {word}: {unknown or 'none'}",
            )
    _refuse_wrong_days(code, table)


def _refuse_wrong_days(code: str, table: dict[str, Any]) -> None:
    """Every kind that must send has its days; the first period has a day."""
    days = table["days"]
    if set(days) != set(table["unit_kinds"]):
        lacking = ", ".join(sorted(set(table["unit_kinds"]) - set(days)))
        raise tomls.wrong(code, f"thiếu days cho {lacking}", f"lacks days for {lacking}")
    if not all(type(each) is int and 0 < each <= MOST_DAYS for each in days.values()):
        raise tomls.wrong(
            code,
            f"có days không phải số ngày từ 1 đến {MOST_DAYS}",
            f"has days that are not 1 to {MOST_DAYS}",
        )
    since = table.get("since")
    if since is not None and type(since) is not dt.date:
        raise tomls.wrong(code, "có since không phải ngày", "has a since that is no day")
