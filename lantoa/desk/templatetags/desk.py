"""The parts of a work page. Their contexts are plain values; none asks the database."""

from django import template

from lantoa.look.templatetags.look import at, lang, moment
from lantoa.orgs.models import Line

register = template.Library()
register.filter("at", at)
register.filter("moment", moment)


@register.inclusion_tag("desk/parts/icon.html")
def work_icon(name: str) -> dict[str, str]:
    """An icon of the work area's sprite; never alone, except where its name is said beside it."""
    return {"name": name}


@register.filter
def line_name(line: Line) -> str:
    return str(line.name_en if lang() == "en" else line.name_vi)
