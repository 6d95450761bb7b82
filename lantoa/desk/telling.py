"""A record in words: one line of it, or all that it says, row by row, so that two versions can stand side by side."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from lantoa.desk.doors import lang
from lantoa.ledger.models import Measure
from lantoa.lib import dates, numbers
from lantoa.work.drafts import Draft
from lantoa.work.models import Activity, ActivityKind, KindMeasure
from lantoa.work.typed import HEADS


class Row(NamedTuple):
    label: str
    text: str
    is_other: bool = False


def kind_name(kind: ActivityKind) -> str:
    return kind.name_en if lang() == "en" else kind.name_vi


def measure_name(measure: Measure) -> str:
    return measure.name_en if lang() == "en" else measure.name_vi


def counted(measure: Measure, value: int) -> str:
    """`27 người`: of one event the heads are people; attendances come of adding events up."""
    if measure.unit_vi == HEADS:
        return f"{numbers.show(value, lang())} {_('người')}"
    unit = measure.unit_en if lang() == "en" else measure.unit_vi
    return f"{numbers.show(value, lang())} {unit}"


def line(activity: Activity) -> str:
    """`Lao động vì cộng đồng, 23/11/2026, 27 người`."""
    said = [kind_name(activity.kind), dates.show_day(activity.date)]
    said += [counted(each.measure, each.value) for each in list(activity.values.all())[:1]]
    return ", ".join(said)


def brief(activity: Activity) -> str:
    """`23/11/2026 · 27 người`: beside the name of the kind."""
    return line(activity).removeprefix(f"{kind_name(activity.kind)}, ").replace(", ", " · ")


def rows(
    takes: Sequence[KindMeasure],
    *,
    kind: ActivityKind,
    date: dt.date,
    values: Mapping[str, int],
    title: str,
) -> list[Row]:
    """All that a version says; a number that was not given is a dash, which is not zero."""
    told = [Row(_("Việc"), kind_name(kind)), Row(_("Ngày"), dates.show_day(date))]
    for take in takes:
        measure = take.measure
        if take.takes == KindMeasure.Takes.NEEDED or measure.code in values:
            value = values.get(measure.code)
            text = numbers.NO_VALUE if value is None else counted(measure, value)
            if take.takes != KindMeasure.Takes.ONE:
                told.append(Row(measure_name(measure), text))
    return [*told, Row(_("Kết quả"), title or numbers.NO_VALUE)]


def of_activity(activity: Activity, takes: Sequence[KindMeasure]) -> list[Row]:
    values = {each.measure.code: each.value for each in activity.values.all()}
    return rows(takes, kind=activity.kind, date=activity.date, values=values, title=activity.title)


def of_draft(draft: Draft, takes: Sequence[KindMeasure]) -> list[Row]:
    return rows(takes, kind=draft.kind, date=draft.date, values=draft.typed(), title=draft.title)


def of_version(
    told: Mapping[str, Any], kind: ActivityKind, takes: Sequence[KindMeasure]
) -> list[Row]:
    """What `ActivityVersion.told` holds."""
    day = dt.date.fromisoformat(told["date"])
    return rows(takes, kind=kind, date=day, values=told["values"], title=told["title"])


def beside(rows: Sequence[Row], others: Sequence[Row]) -> list[Row]:
    """The rows, those marked that the other version says otherwise or not at all."""
    said = {(row.label, row.text) for row in others}
    return [row._replace(is_other=(row.label, row.text) not in said) for row in rows]
