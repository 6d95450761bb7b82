"""Which task an activity most likely serves: a plain function of words. It is preselected and can be changed."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lantoa.lib import text

# Words that say nothing of what a task is about.
COMMON = frozenset(
    text.fold(
        "và của các cho với theo trong về tại là có đến từ năm ngày tháng quý buổi việc làm tổ chức chi bộ đơn vị"
        " thực hiện công tác nhân dân đảng viên người"
    ).split()
)
ENOUGH, A_MEASURE = 2, 3
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True)
class Offered:
    """A task as it is offered: what it says, and the measure of its target by code."""

    pk: int
    said: str
    measure: str = ""


def guess(tasks: Sequence[Offered], *, about: str, measures: Collection[str] = ()) -> int | None:
    """The task that fits best; None where none fits well enough.

    Args:
        tasks: in the order in which they are preferred.
        about: the kind of activity by its name, and what was typed.
        measures: the codes that the kind takes.
    """
    words = _words(about)
    scored = [
        (len(words & _words(each.said)) + A_MEASURE * (each.measure in measures), -place, each.pk)
        for place, each in enumerate(tasks)
    ]
    best = max(scored, default=(0, 0, None))
    return best[2] if best[0] >= ENOUGH else None


def _words(said: str) -> set[str]:
    return {word for word in _WORD.findall(text.fold(said)) if len(word) > 1} - COMMON
