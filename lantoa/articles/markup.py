"""The rich text of an article: which marks it may hold, and how it is drawn with its figures in it."""

from collections.abc import Callable

from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text import expand_db_html
from wagtail.whitelist import Whitelister, allow_without_attributes, attribute_rule, check_url

from lantoa.articles import figures

_PLAIN = ("[document]", "p", "h2", "h3", "b", "strong", "i", "em", "ol", "ul", "li", "br")
_LINK = {"href": check_url, "linktype": True, "id": True, "question": True}


class _Allowed(Whitelister):
    """A link, and plain marks without attributes. Whatever else somebody pasted or imported keeps only its words."""

    element_rules = dict.fromkeys(_PLAIN, allow_without_attributes) | {"a": attribute_rule(_LINK)}


def clean(markup: str) -> str:
    """What may stay of a markup: for what comes from elsewhere, and once more for what is shown."""
    cleaned: str = _Allowed().clean(markup)
    return cleaned


def draw(markup: str, chip: Callable[[str, str], str]) -> SafeString:
    """The rich text as HTML. `chip` is given the question of a figure and its words, and gives HTML."""
    parts = []
    at = 0
    kept = clean(markup)
    for found in figures.QUOTED.finditer(kept):
        parts.append(expand_db_html(kept[at : found.start()]))
        parts.append(chip(found[1].replace("&amp;", "&"), found[2]))
        at = found.end()
    parts.append(expand_db_html(kept[at:]))
    # Cleaned above, and every chip escapes what it is given.
    return mark_safe("".join(parts))  # noqa: S308
