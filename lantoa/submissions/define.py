"""Sheets from their file. Editing and loading again is how they change."""

from pathlib import Path
from typing import Any

from lantoa.ledger.models import Measure
from lantoa.lib import tomls
from lantoa.orgs.models import Line, Unit
from lantoa.submissions.models import Sheet

WORDS = ("name", "line", "unit_kinds", "period_rule", "measures")


def load(path: Path) -> None:
    """Bring the sheets in line with the file. One that it no longer names stays as it is, with its answers."""
    lines = {line.code: line for line in Line.objects.all()}
    measures = {measure.code: measure for measure in Measure.objects.all()}
    for code, table in tomls.read(path).items():
        tomls.only(code, table, needed=WORDS, optional=())
        _refuse_unknown(code, table, lines, measures)
        vi, en = tomls.both_languages(code, table, "name")
        told = {
            "name_vi": vi,
            "name_en": en,
            "line": lines[table["line"]],
            "unit_kinds": table["unit_kinds"],
            "period_rule": table["period_rule"],
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
