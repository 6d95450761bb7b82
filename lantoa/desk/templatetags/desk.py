"""The parts of a work page. Their contexts are plain values; none asks the database."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import template

from lantoa.lib import dates
from lantoa.look.templatetags.look import lang
from lantoa.orgs.models import Line

register = template.Library()


@register.inclusion_tag("desk/parts/icon.html")
def work_icon(name: str) -> dict[str, str]:
    """An icon of the work area's sprite; never alone, except where its name is said beside it."""
    return {"name": name}


@register.filter
def moment(value: dt.datetime) -> str:
    """`09:36 ngày 18/01/2024`, as the clock in Vietnam has it."""
    return dates.show_moment(value, lang())


@register.filter
def line_name(line: Line) -> str:
    return str(line.name_en if lang() == "en" else line.name_vi)


@register.filter
def at(told: Mapping[Any, Any], name: str | int) -> Any:
    """What stands under a name that a template cannot spell: `ly-do`, or a number."""
    return told.get(name, "")
