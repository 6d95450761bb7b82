"""The parts of a page, one tag a component. Their contexts are plain values; none asks the database."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import translate_url
from django.utils.translation import get_language, gettext

from lantoa.lib import dates, numbers
from lantoa.look import descent as descents
from lantoa.look.bands import Bands
from lantoa.look.descent import Node
from lantoa.look.icons import icon
from lantoa.look.landscape import landscape as ridges
from lantoa.look.tilemap import TileMap
from lantoa.look.trend import Trend

register = template.Library()
HUNDRED = 100


def lang() -> str:
    return (get_language() or "vi")[:2]


@register.simple_tag
def settings_of_the_site() -> dict[str, object]:
    """What every page knows, also one that is drawn without a request: the page of a broken server."""
    return {"title": settings.SITE_TITLE, "is_demo": settings.IS_DEMO, "version": settings.VERSION}


@register.filter
def number(value: int | None) -> str:
    """`1.103`; a dash where nothing is known, which is not zero."""
    return numbers.NO_VALUE if value is None else numbers.show(value, lang())


@register.filter
def day(value: dt.date | None) -> str:
    return dates.show_day(value) if value else ""


@register.filter
def long_day(value: dt.date) -> str:
    return f"{dates.weekday(value, lang())}, {dates.show_day(value)}"


@register.filter
def moment(value: dt.datetime) -> str:
    """A moment by the clock and the calendar of Vietnam: `09:36 ngày 18/01/2024`."""
    return dates.show_moment(value, lang())


@register.filter
def at(told: Mapping[Any, Any], name: str | int) -> Any:
    """What stands under a name that a template cannot spell: `ly-do`, or a number."""
    return told.get(name, "")


@register.filter
def iso(value: dt.date) -> str:
    return value.isoformat()


@register.filter
def tongue(text: str) -> str:
    """Vietnamese text on an English page says so, for screen readers: the value of `lang`."""
    return "vi" if lang() != "vi" and text else ""


@register.simple_tag(takes_context=True)
def other_language(context: template.Context, code: str) -> str:
    """The address of this page in another language, with its query string."""
    request: HttpRequest = context["request"]
    path: str = translate_url(request.path, code)
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path


@register.simple_tag(takes_context=True)
def here(context: template.Context, **changes: object) -> str:
    """This page's query string with changes; None takes a name out, and the page number always starts over."""
    query: QueryDict = context["request"].GET.copy()
    query.pop("trang", None)
    for name, value in changes.items():
        name = name.replace("_", "-")
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return "?" + query.urlencode()


register.simple_tag(icon)


@register.inclusion_tag("look/parts/figure.html")
def fig(
    value: int | str | None, href: str = "", *, name: str = "", kind: str = "", n: int = 0
) -> dict[str, object]:
    """A figure that opens. `kind`: "" or big or chip; `name` is read to those who do not see the page around it."""
    text = value if isinstance(value, str) else number(value)
    return {"text": text, "href": href, "name": name, "kind": kind, "n": n}


@register.inclusion_tag("look/parts/pair.html")
def pair(said: int, done: int, name: str = "", kind: str = "") -> dict[str, object]:
    """Said and done side by side, the longer one as wide as the place."""
    widest = max(said, done, 1)
    words = gettext("Phải làm %(said)s, đã làm %(done)s, đạt %(share)s") % {
        "said": number(said),
        "done": number(done),
        "share": numbers.show_percent(done, said, 0, lang()),
    }
    return {
        "name": f"{name}: {words}" if name else words,
        "said": numbers.divide(HUNDRED * said, widest, 0),
        "done": numbers.divide(HUNDRED * done, widest, 0),
        "kind": kind,
    }


@register.inclusion_tag("look/parts/tag.html")
def tag(text: str, kind: str = "", icon: str = "") -> dict[str, str]:
    """A status in words. `kind`: "" or ok, warn, err, info, brass."""
    return {"text": text, "kind": kind, "icon": icon}


@register.inclusion_tag("look/parts/empty.html")
def empty(title: str, text: str = "", href: str = "", action: str = "") -> dict[str, str]:
    return {"title": title, "text": text, "href": href, "action": action}


@register.inclusion_tag("look/parts/landscape.html")
def landscape(seed: int) -> dict[str, object]:
    """Hills in place of a photo, always the same for the same number."""
    return {"ridges": ridges(seed), "sun": 560 + seed * 37 % 240}


@register.inclusion_tag("look/parts/tilemap.html")
def tilemap(drawn: TileMap, title: str, missing: str = "") -> dict[str, object]:
    return {"map": drawn, "title": title, "missing": missing or gettext("chưa gửi")}


@register.inclusion_tag("look/parts/trend.html")
def trend(drawn: Trend, title: str) -> dict[str, object]:
    return {"trend": drawn, "title": title}


@register.inclusion_tag("look/parts/bands.html")
def bands(drawn: Bands) -> dict[str, object]:
    return {"drawn": drawn}


@register.inclusion_tag("look/parts/descent.html")
def descent(roots: Sequence[Node], title: str, *, is_told: bool = False) -> dict[str, object]:
    """The tree of documents, drawn, and the same as a list. `is_told`: as a list only. Needs `look/descent.css`."""
    drawn = descents.descent(roots)
    return {"drawn": drawn, "roots": roots, "title": title, "is_told": is_told}


@register.inclusion_tag("look/parts/bar.html")
def bar(value: int | None, highest: int) -> dict[str, object]:
    """A bar in a table's row, as long as its share of the longest."""
    share = numbers.divide(HUNDRED * max(value or 0, 0), max(highest, 1), 0)
    return {"share": share, "is_known": value is not None}


@register.inclusion_tag("look/parts/sort.html", takes_context=True)
def sort_link(context: template.Context, title: str, key: str) -> dict[str, object]:
    """A column's heading that sorts by it; the second press turns the order."""
    now = str(context.get("sort", ""))
    turned = f"-{key}" if now == key else key
    arrow = {key: "arrow-up", f"-{key}": "arrow-down"}.get(now, "")
    return {"title": title, "href": here(context, xep=turned), "arrow": arrow}
