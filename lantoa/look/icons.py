"""Icons drawn in the page itself: a sprite beside it is one request more on a weak network, for the few that a page has."""

import functools
import re
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

SPRITE = Path(__file__).parent / "static/look/icons.svg"
SYMBOL = re.compile(r'<symbol id="([\w-]+)" viewBox="([\d ]+)">(.+?)</symbol>')


@functools.cache
def _drawn() -> dict[str, SafeString]:
    """One drawing per icon of the sprite that script/icons made."""
    return {
        name: mark_safe(f'<svg class="ico" aria-hidden="true" viewBox="{box}">{lines}</svg>')  # noqa: S308 - our own file
        for name, box, lines in SYMBOL.findall(SPRITE.read_text("utf-8"))
    }


def icon(name: str) -> SafeString:
    """The icon's drawing, hidden from those who do not see it.

    Raises:
        KeyError: the sprite has none of that name.
    """
    return _drawn()[name]
