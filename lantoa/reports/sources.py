"""Where each figure of a paper comes from: what was counted, by how many units, from how many records."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping

from django.db.models import Sum

from lantoa.lib import dates, numbers
from lantoa.orgs.models import UnitName
from lantoa.reports import reading
from lantoa.reports.paper import Cell, Source
from lantoa.reports.reading import Readings
from lantoa.reports.template import Asked
from lantoa.reports.wording import STATED
from lantoa.warehouse import figures
from lantoa.warehouse.figures import Figure

STATEMENT = "statement"


def sources(
    readings: Readings,
    numbered: Iterable[tuple[Asked, Cell]],
    named: Mapping[int, UnitName],
    sums: Mapping[str, str],
) -> tuple[Source, ...]:
    """One line of the annex for each numbered figure.

    Args:
        sums: what the template calls its sums of measures.
    """
    return tuple(_source(readings, asked, cell, named, sums) for asked, cell in numbered)


def structure_words(structure: dt.date | None) -> str:
    if structure is None:
        return "theo tổ chức của từng thời điểm"
    return f"theo tổ chức {dates.show_long(structure)}"


def _source(
    readings: Readings,
    asked: Asked,
    cell: Cell,
    named: Mapping[int, UnitName],
    sums: Mapping[str, str],
) -> Source:
    chosen = reading.selection(readings, asked)
    name = sums.get(" + ".join(asked.measures), "")
    found = reading.parts(chosen, readings, asked, chosen.units)
    measures = [readings.measures[code] for code in asked.measures]
    kinds = _records(found)
    units = ", ".join(named[unit].name for unit in chosen.units if unit in named)
    definitions = dict.fromkeys(measure.definition_vi for measure in measures)
    return Source(
        number=cell.number,
        key=cell.key,
        cell=cell,
        name=name or " + ".join(measure.name_vi for measure in measures),
        definition=" ".join(definition for definition in definitions if definition),
        scope=f"{units}, hệ thống {chosen.table.line.name_vi}",
        period=chosen.table.periods[0].name(),
        counted=_counted(cell),
        records=_said(kinds),
        structure=structure_words(readings.frame.structure),
        is_stated=bool(kinds[STATEMENT]),
        door=cell.door,
    )


def _counted(cell: Cell) -> str:
    if not cell.expected:
        return "không thu biểu"
    return f"{numbers.show(cell.reported)}/{numbers.show(cell.expected)}"


def _records(found: Iterable[Figure]) -> Counter[str]:
    """How many sources stand behind the figures, by kind; one that adds up to nothing is not counted."""
    kinds: Counter[str] = Counter()
    for figure in found:
        if figure.top is None:
            continue
        said = figures.entries_behind(figure).order_by()
        standing = said.values_list("source_kind", "source_id").annotate(sum=Sum("value"))
        kinds.update(kind for kind, _, value in standing if value)
    return kinds


def _said(kinds: Mapping[str, int]) -> str:
    stated = kinds.get(STATEMENT, 0)
    records = sum(kinds.values()) - stated
    said = [f"{numbers.show(records)} hồ sơ"] if records else []
    said += [f"{numbers.show(stated)} {STATED}"] if stated else []
    return "; ".join(said) or "chưa có"
