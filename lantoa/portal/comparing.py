"""The same period of the year before: offered when it means the same place, refused with the reason when not (A2.5)."""

import dataclasses
import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lantoa.lib import dates, numbers
from lantoa.lib.periods import Period
from lantoa.orgs import queries as orgs
from lantoa.portal import asking, reading
from lantoa.portal.asking import Question
from lantoa.portal.doors import lang
from lantoa.portal.reading import Scene, Value
from lantoa.rollup import tables


@dataclass(frozen=True, slots=True)
class Comparison:
    """Either a refusal, or the earlier figure and what changed, in words."""

    refusal: str = ""
    words: str = ""
    text: str = ""
    href: str = ""
    name: str = ""
    change: str = ""


def with_year_before(question: Question, scene: Scene, now: Value) -> Comparison:
    """The year before on the same footing: a place that is new takes the sum of what became of it."""
    if scene.tree.position(scene.unit) == tables.NONE:
        return Comparison(refusal=_refusal(scene))
    earlier = question.period.year_before()
    structure = question.structure
    stood = orgs.tree_on(question.line, earlier.last_day).position(scene.unit) != tables.NONE
    if structure is None and not stood:
        structure = scene.day
    before = dataclasses.replace(question, period=earlier, structure=structure)
    then = reading.scene(
        line=question.line,
        unit=scene.unit,
        period=earlier,
        structure_day=structure,
        measures=[question.measure],
        sheet=reading.sheet_of(question.measure),
    )
    got = reading.value_of(then, question.measure, scene.unit)
    if got.value is None:
        return Comparison(
            words=_("Cùng kỳ, %(period)s: chưa có hồ sơ nào để so.")
            % {"period": earlier.name(lang())}
        )
    return Comparison(
        words=_words(earlier, structure if question.structure is None else None),
        text=got.text,
        href=before.address("records"),
        name=earlier.name(lang()),
        change=_change(now, got),
    )


def _words(earlier: Period, recast: dt.date | None) -> str:
    if recast is None:
        return _("Cùng kỳ, %(period)s:") % {"period": earlier.name(lang())}
    return _("Cùng kỳ, %(period)s, các đơn vị cũ cộng lại theo mốc %(day)s:") % {
        "period": earlier.name(lang()),
        "day": dates.show_day(recast),
    }


def _refusal(scene: Scene) -> str:
    closed = asking.unit(scene.unit).closed_date
    if closed is None:
        return _(
            "Không so được với cùng kỳ: cuối kỳ này %(place)s không đứng trong hệ thống. Chọn đơn vị khác."
        ) % {"place": scene.named(scene.unit)}
    return _(
        "Không so được với cùng kỳ: %(place)s kết thúc hoạt động từ %(day)s, và có đơn vị mới gồm phần của"
        " nhiều đơn vị cũ. Hãy so theo từng đơn vị mới."
    ) % {"place": scene.named(scene.unit), "day": dates.show_day(closed)}


def _change(now: Value, before: Value) -> str:
    if now.value is None or before.value is None or before.places:
        return ""
    more = now.value - before.value
    if more == 0:
        return _("Không đổi.")
    share = numbers.show_percent(abs(more), before.value, 1, lang()) if before.value > 0 else ""
    words = _("Hơn %(n)s") if more > 0 else _("Kém %(n)s")
    said = words % {"n": numbers.show(abs(more), lang())}
    return f"{said} ({share})." if share else f"{said}."
