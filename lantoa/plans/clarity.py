"""How clear a task is: a gentle question, and a meter of five. Plain functions of what was typed; none refuses anything.

Source: UX.md S7 ("Câu này chưa có gì đo được", "Mức rõ n/5").
"""

import re
from typing import NamedTuple

from lantoa.lib import text
from lantoa.plans.answers import Answers

# What a plan says when it says nothing yet: without a number or a product nobody can tell whether it was done.
VAGUE = (
    "nâng cao", "tăng cường", "đẩy mạnh", "quan tâm", "chú trọng", "phát huy", "tiếp tục thực hiện", "thực hiện tốt",
    "làm tốt", "từng bước", "không ngừng", "góp phần", "chủ động", "tích cực",
)  # fmt: skip
_VAGUE = tuple(text.fold(each) for each in VAGUE)
_NUMBER = re.compile(r"\d")
ENOUGH_WORDS = 4
# So that a box just opened asks nothing.
LEAST_LETTERS = 8


class Question(NamedTuple):
    """Something to think about, in both languages. `where`: the box."""

    where: str
    vi: str
    en: str


def is_vague(said: str) -> bool:
    """Whether a sentence has a phrase that promises nothing, and no number."""
    folded = text.fold(said)
    return not _NUMBER.search(folded) and any(each in folded for each in _VAGUE)


def is_measurable(answers: Answers) -> bool:
    """Whether somebody else could tell, at the end, if it was done: a number, or a product with one."""
    has_target = answers.target_number is not None
    return has_target or bool(_NUMBER.search(answers.content) or _NUMBER.search(answers.product))


def question(answers: Answers) -> Question | None:
    """About a task without anything to measure it by."""
    if is_measurable(answers) or len(answers.content) < LEAST_LETTERS:
        return None
    if not is_vague(answers.content) and answers.product:
        return None
    return Question(
        "content",
        "Câu này chưa có gì đo được. Thêm con số hoặc sản phẩm?",
        "Nothing measurable here. Add a number or a product?",
    )


def meter(answers: Answers) -> int:
    """`Mức rõ` from 0 to 5: one for each answer that somebody else could act on."""
    return sum(
        (
            bool(answers.who and answers.responsibility),
            bool(answers.content) and not is_vague(answers.content),
            len(answers.method.split()) >= ENOUGH_WORDS and not is_vague(answers.method),
            answers.start_date is not None and answers.due_date is not None,
            bool(answers.product) and is_measurable(answers),
        )
    )
