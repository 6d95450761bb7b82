"""The five questions of a task, one a page, and what of them was typed: read into `Answers`, with all that is wrong at once."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lantoa.desk.doors import sentence
from lantoa.lib import dates, numbers
from lantoa.lib.errors import LantoaError
from lantoa.orgs.models import Post
from lantoa.plans.answers import Answers
from lantoa.plans.models import Task
from lantoa.plans.refusals import RefusedError

QUESTIONS = 5
# Beyond the five: what the task is part of; and of a pressing issue, who settles it.
PART_OF, SETTLED_BY = 6, 7
NOBODY = ""


@dataclass(frozen=True)
class Option:
    """Something to choose: its value in the form, its words, and what an answer keeps of it."""

    value: str
    words: str
    thing: Any


# What may be chosen, by the name of the box.
Options = Mapping[str, Sequence[Option]]


@dataclass(frozen=True)
class Box:
    """A box of a question: its name in the form and in `Answers`, what is asked, and a hint."""

    name: str
    answer: str
    label: str | Promise
    hint: str | Promise = ""
    kind: str = "text"  # or long, day, number, choice, many
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
            Box(
                "chi-tieu",
                "target_measure",
                gettext_lazy("Đo bằng chỉ tiêu nào (nếu có)"),
                gettext_lazy("Chọn thì máy tự cộng từ việc đã ghi có minh chứng, không phải báo."),
                kind="choice",
            ),
        ),
    ),
    PART_OF: Step(
        gettext_lazy("Nhiệm vụ này phục vụ gì?"),
        gettext_lazy("Phục vụ"),
        (
            Box("muc-tieu", "objectives", gettext_lazy("Mục tiêu nhiệm kỳ (nếu có)"), kind="many"),
            Box("phong-trao", "movement", gettext_lazy("Phong trào (nếu có)"), kind="choice"),
        ),
    ),
    SETTLED_BY: Step(
        gettext_lazy("Ai đứng ra giải quyết?"),
        gettext_lazy("Giải quyết"),
        (
            Box("don-vi-giai-quyet", "owner", gettext_lazy("Đơn vị giải quyết"), kind="choice"),
            Box(
                "chuc-vu",
                "owner_role",
                gettext_lazy("Chức vụ theo dõi (nếu có)"),
                NO_NAMES,
                kind="choice",
            ),
        ),
    ),
}


@dataclass(frozen=True)
class Shown:
    """A box as the page shows it. `chosen`: the values of a choice or of many."""

    box: Box
    value: str
    wrong: str = ""
    options: Sequence[Option] = ()
    chosen: Sequence[str] = ()


@dataclass(frozen=True)
class Form:
    shown: list[Shown]
    mistakes: list[tuple[str, str]] = field(default_factory=list)


def steps_of(kind: str) -> list[int]:
    """The questions of a task of a kind: the five, what it serves, and of a pressing issue who settles it."""
    return [step for step in STEPS if step != SETTLED_BY or kind == Task.Kind.PRESSING]


def form(number: int, answers: Answers, options: Options) -> Form:
    """A question as it was answered so far."""
    return Form(
        [
            Shown(box, text_of(answers, box), "", options.get(box.name, ()), _chosen(answers, box, options))
            for box in STEPS[number].boxes
        ]
    )  # fmt: skip


def typed(number: int, post: QueryDict, wrong: list[RefusedError], options: Options) -> Form:
    """A question as it was typed, with its mistakes."""
    sentences = {each.where: sentence(each) for each in wrong}
    boxes = STEPS[number].boxes
    shown = [
        Shown(
            box, str(post.get(box.name, "")), sentences.get(box.answer, ""), options.get(box.name, ()),
            post.getlist(box.name),
        )
        for box in boxes
    ]  # fmt: skip
    ids = {box.answer: box.name for box in boxes}
    return Form(shown, [(ids.get(where, boxes[0].name), text) for where, text in sentences.items()])


def read(
    number: int, post: QueryDict, answers: Answers, options: Options
) -> tuple[Answers, list[RefusedError]]:
    """The answers with what was typed for one question; and what cannot be read."""
    told: dict[str, Any] = {}
    wrong: list[RefusedError] = []
    for box in STEPS[number].boxes:
        try:
            if box.kind in ("choice", "many"):
                told[box.answer] = _picked(box, post.getlist(box.name), options.get(box.name, ()))
            else:
                told[box.answer] = READERS[box.kind](str(post.get(box.name, "")))
        except LantoaError as error:
            wrong.append(RefusedError(where=box.answer, vi=error.vi, en=error.en))
    return _with_unit(replace(answers, **told)), wrong


def _with_unit(answers: Answers) -> Answers:
    """A measure says itself in what it is counted."""
    if answers.target_measure is None or answers.target_unit.strip():
        return answers
    return replace(answers, target_unit=answers.target_measure.unit_vi)


def _picked(box: Box, said: Sequence[str], options: Sequence[Option]) -> object:
    """What was chosen: nothing, one thing, or several.

    Raises:
        RefusedError: it is none of what was offered.
    """
    by_value = {each.value: each.thing for each in options}
    values = [each for each in said if each != NOBODY]
    if not set(values) <= set(by_value):
        raise RefusedError(
            where=box.answer,
            vi="Mục đã chọn không còn. Hãy chọn lại.",
            en="What was chosen is no longer there. Choose again.",
        )
    if box.kind == "many":
        return tuple(by_value[each] for each in values)
    nothing = "" if box.answer == "owner_role" else None
    return by_value[values[0]] if values else nothing


def _chosen(answers: Answers, box: Box, options: Options) -> list[str]:
    kept = getattr(answers, box.answer)
    things = list(kept) if box.kind == "many" else [kept]
    return [each.value for each in options.get(box.name, ()) if each.thing in things]


def text_of(answers: Answers, box: Box) -> str:
    """An answer as its box holds it."""
    value = getattr(answers, box.answer)
    if value is None or box.kind in ("choice", "many"):
        return ""
    return dates.show_day(value) if isinstance(value, dt.date) else str(value)


def summary(answers: Answers, kind: str, owner: str = "") -> list[tuple[int, str, str]]:
    """The answers as the check shows them: question, what it is about, what was said.

    Args:
        owner: the name of the unit that settles a pressing issue.
    """
    when = [dates.show_day(each) for each in (answers.start_date, answers.due_date) if each]
    role = str(dict(Post.Role.choices).get(answers.owner_role, ""))
    parts = [each.title for each in answers.objectives]
    said = {
        1: "; ".join(each for each in (answers.who, answers.responsibility) if each),
        2: answers.content,
        3: answers.method,
        4: " – ".join(when),
        5: ", ".join(each for each in (answers.product, target_of(answers)) if each),
        PART_OF: "; ".join([*parts, answers.movement.name] if answers.movement else parts),
        SETTLED_BY: ", ".join(each for each in (owner, role) if each),
    }
    return [(number, str(STEPS[number].short), said[number]) for number in steps_of(kind)]


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
