"""The parts of a work page. Their contexts are plain values; none asks the database."""

from django import template

register = template.Library()


@register.inclusion_tag("desk/parts/icon.html")
def work_icon(name: str) -> dict[str, str]:
    """An icon of the work area's sprite; never alone, except where its name is said beside it."""
    return {"name": name}
