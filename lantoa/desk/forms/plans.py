"""The five questions of a task, one a page, and what of them was typed: read into `Answers`, with all that is wrong at once."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.desk.doors import sentence
from lantoa.lib import dates, numbers
from lantoa.lib.errors import LantoaError
from lantoa.plans.answers import Answers
from lantoa.plans.models import Task
from lantoa.plans.refusals import RefusedError

QUESTIONS = 5
WITH = 6  # beyond the five: what the task is part of


@dataclass(frozen=True)
class Box:
    """A box of a question: its name in the form and in `Answers`, what is asked, and a hint."""

    name: str
    answer: str
    label: str | Promise
    hint: str | Promise = ""
    kind: str = "text"  # or long, day, number, unit, role
    most: int = 300


@dataclass(frozen=True)
class Step:
    title: str | Promise
    short: str | Promise
    boxes: tuple[Box, ...]
    example: str | Promise = ""
    bad_example: str | Promise = ""


NO_NAMES = gettext_lazy("Ghi chức vụ hoặc tập thể, không ghi tên người.")
STEPS: dict[int, Step] = {
    1: Step(
        gettext_lazy("Ai làm, ai chịu trách nhiệm?"),
        gettext_lazy("Ai làm"),
        (
            Box("ai", "who", gettext_lazy("Ai làm"), NO_NAMES),
            Box(
                "trach-nhiem",
                "responsibility",
                gettext_lazy("Ai chịu trách nhiệm"),
                gettext_lazy("Ví dụ: bí thư chi bộ."),
            ),
        ),
    ),
    2: Step(
        gettext_lazy("Làm việc gì, tới mức nào?"),
        gettext_lazy("Làm gì"),
        (
            Box(
                "lam-gi",
                "content",
                gettext_lazy("Làm việc gì"),
                gettext_lazy("Có con số thì sau này dễ chấm."),
                "long",
                500,
            ),
        ),
        example=gettext_lazy("Đổ 400 m đường trước 31/10"),
        bad_example=gettext_lazy("Nâng cao chất lượng…"),
    ),
    3: Step(
        gettext_lazy("Làm thế nào?"),
        gettext_lazy("Làm thế nào"),
        (
            Box(
                "the-nao",
                "method",
                gettext_lazy("Cách làm"),
                gettext_lazy("Ví dụ: góp công thứ Bảy, xã hỗ trợ xi măng."),
                "long",
                1000,
            ),
        ),
    ),
    4: Step(
        gettext_lazy("Bắt đầu khi nào, bao giờ xong?"),
        gettext_lazy("Bao giờ xong"),
        (
            Box("bat-dau", "start_date", gettext_lazy("Bắt đầu ngày"), kind="day", most=40),
            Box("han", "due_date", gettext_lazy("Xong trước hoặc vào ngày"), kind="day", most=40),
        ),
    ),
    5: Step(
        gettext_lazy("Lấy gì cho thấy đã làm?"),
        gettext_lazy("Sản phẩm"),
        (
            Box(
                "san-pham",
                "product",
                gettext_lazy("Sản phẩm"),
                gettext_lazy("Ví dụ: 400 m đường và 10 ảnh."),
            ),
            Box(
                "con-so",
                "target_number",
                gettext_lazy("Con số phải đạt (nếu có)"),
                kind="number",
                most=30,
            ),
            Box(
                "don-vi-tinh",
                "target_unit",
                gettext_lazy("Đơn vị tính"),
                gettext_lazy("Ví dụ: m, hộ, buổi."),
                most=60,
            ),
        ),
    ),
}


@dataclass(frozen=True)
class Shown:
    """A box as the page shows it."""

    box: Box
    value: str
    wrong: str = ""


@dataclass(frozen=True)
class Form:
    shown: list[Shown]
    mistakes: list[tuple[str, str]] = field(default_factory=list)


def form(number: int, answers: Answers) -> Form:
    """A question as it was answered so far."""
    return Form([Shown(box, text_of(answers, box)) for box in STEPS[number].boxes])


def typed(number: int, post: Mapping[str, Any], wrong: list[RefusedError]) -> Form:
    """A question as it was typed, with its mistakes."""
    sentences = {each.where: sentence(each) for each in wrong}
    boxes = STEPS[number].boxes
    shown = [
        Shown(box, str(post.get(box.name, "")), sentences.get(box.answer, "")) for box in boxes
    ]
    ids = {box.answer: box.name for box in boxes}
    return Form(shown, [(ids.get(where, boxes[0].name), text) for where, text in sentences.items()])


def read(
    number: int, post: Mapping[str, Any], answers: Answers
) -> tuple[Answers, list[RefusedError]]:
    """The answers with what was typed for one question; and what cannot be read."""
    told: dict[str, Any] = {}
    wrong: list[RefusedError] = []
    for box in STEPS[number].boxes:
        try:
            told[box.answer] = READERS[box.kind](str(post.get(box.name, "")))
        except LantoaError as error:
            wrong.append(RefusedError(where=box.answer, vi=error.vi, en=error.en))
    return replace(answers, **told), wrong


def text_of(answers: Answers, box: Box) -> str:
    """An answer as its box holds it."""
    value = getattr(answers, box.answer)
    if value is None:
        return ""
    return dates.show_day(value) if isinstance(value, dt.date) else str(value)


def summary(answers: Answers) -> list[tuple[int, str, str]]:
    """The five answers as the check shows them: question, what it is about, what was said."""
    when = [dates.show_day(each) for each in (answers.start_date, answers.due_date) if each]
    said = {
        1: "; ".join(each for each in (answers.who, answers.responsibility) if each),
        2: answers.content,
        3: answers.method,
        4: " – ".join(when),
        5: ", ".join(each for each in (answers.product, target_of(answers)) if each),
    }
    return [(number, str(step.short), said[number]) for number, step in STEPS.items()]


def target_of(answers: Answers) -> str:
    """`400 m`: the number that is to be reached."""
    if answers.target_number is None:
        return ""
    return f"{numbers.show(answers.target_number)} {answers.target_unit}".strip()


def kind_of(said: str) -> str:
    """A kind of task that was named in an address; the focus task, if none was."""
    return said if said in Task.Kind.values else Task.Kind.FOCUS


def day(said: str) -> dt.date | None:
    return dates.read_day(said) if said.strip() else None


def whole(said: str) -> int | None:
    return numbers.read(said) if said.strip() else None


def meter_words(count: int) -> str:
    return _("Mức rõ %(n)s trên 5") % {"n": count}


READERS: dict[str, Callable[[str], object]] = {
    "text": str,
    "long": str,
    "day": day,
    "number": whole,
}
