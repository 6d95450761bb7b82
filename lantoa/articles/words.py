"""The words of a body: as plain text, and how long they take to read."""

import datetime as dt
import re
from html import unescape
from typing import Any

SYLLABLES_A_MINUTE = 220
# Published twice within it, an article was not changed: somebody mended a slip at once.
A_WHILE = dt.timedelta(minutes=5)
_TAG = re.compile(r"<[^>]*>")


def plain(body: Any) -> str:
    """What is read in a body, without marks of layout. Takes a StreamValue."""
    return " ".join(each for block in body or [] for each in _of(block)).strip()


def prose(body: Any) -> list[str]:
    """The rich texts of a body, as they are kept."""
    return [block.value.source for block in body or [] if block.block_type == "text"]


def stripped(markup: str) -> str:
    return " ".join(unescape(_TAG.sub(" ", markup)).split())


def minutes(said: str) -> int:
    return max(1, round(len(said.split()) / SYLLABLES_A_MINUTE))


def _of(block: Any) -> list[str]:
    if block.block_type == "text":
        return [stripped(block.value.source)]
    if block.block_type == "photo":
        return [block.value["caption"] or ""]
    return [block.value["text"], block.value["who"] or ""]
