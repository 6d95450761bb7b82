"""What no plan may say, in words: what, where, what to do."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial

from lantoa.lib import errors
from lantoa.lib.dates import show_day
from lantoa.lib.errors import LantoaError
from lantoa.lib.numbers import LARGEST_TYPED
from lantoa.orgs.models import Unit
from lantoa.plans.answers import Answers
from lantoa.plans.models import Plan, Task

MOST_FOCUS = 2
REASON_LENGTH = 300
# The years that a plan may be of: from when the programme began to the year after this one.
FIRST_YEAR = 2016
Kind = Task.Kind
NEEDED = ("who", "responsibility", "content", "method", "start_date", "due_date", "product")
# Of a pressing issue the unit says what it is, who settles it and by when; how is found on the way.
NEEDED_OF_AN_ISSUE = ("content", "owner", "start_date", "due_date")
LENGTHS = {
    "who": 300, "responsibility": 300, "content": 500, "method": 1000, "product": 300, "target_unit": 60,
}  # fmt: skip
NAMES = {
    "who": ("ai làm", "who does it"),
    "responsibility": ("ai chịu trách nhiệm", "who answers for it"),
    "content": ("làm việc gì", "what is done"),
    "method": ("làm thế nào", "how"),
    "start_date": ("bắt đầu khi nào", "when it starts"),
    "due_date": ("bao giờ xong", "when it is due"),
    "product": ("sản phẩm", "what there will be to show"),
    "owner": ("đơn vị giải quyết", "the unit in charge"),
}


class RefusedError(errors.RefusedError):
    """Something in a plan that cannot stand as it was told. `task`: of which task, if of one."""

    def __init__(self, *, where: str, vi: str, en: str, task: int | None = None) -> None:
        super().__init__(where=where, vi=vi, en=en)
        self.task = task


class TooManyFocusError(RefusedError):
    """A third focus task."""

    def __init__(self) -> None:
        super().__init__(
            where="kind",
            vi="Chỉ chọn 1–2 việc trọng tâm. Việc khác ghi ở Kế hoạch.",
            en="Choose 1–2 focus tasks. Put others in the plan.",
        )


class ChangedMeanwhileError(LantoaError):
    """It is no longer as it was shown."""

    def __init__(self) -> None:
        super().__init__(
            vi="Kế hoạch này vừa được người khác sửa hoặc gửi. Hãy tải lại trang rồi làm tiếp.",
            en="Someone has just changed or sent this plan. Reload the page and go on.",
        )


class LockedError(RefusedError):
    """What was sent waits for a decision, and what was approved stands."""

    def __init__(self, plan: Plan) -> None:
        if plan.state == Plan.State.SENT:
            vi = "Kế hoạch đang chờ cấp trên duyệt nên chưa sửa được. Nếu cần sửa ngay, hãy nhờ cấp trên trả lại."
            en = "The plan waits for its approval. To change it now, ask for it to be returned."
        else:
            vi = "Kế hoạch đã duyệt nên đã khóa. Muốn thêm việc thì mở điều chỉnh, ghi lý do; muốn lùi hạn thì gia hạn."
            en = "The plan was approved and is locked. Open an adjustment with a reason, or extend a task's date."
        super().__init__(where="plan", vi=vi, en=en)


class NotTheirsError(LantoaError):
    """Not theirs to decide: their own, or not of a unit right below. One that does not exist answers the same."""

    def __init__(self) -> None:
        super().__init__(
            vi=(
                "Kế hoạch này không do bạn duyệt: chỉ cấp trên trực tiếp duyệt, và không ai duyệt kế hoạch "
                "của mình hay của đơn vị mình."
            ),
            en=(
                "This plan is not yours to review: only the direct superior reviews, and nobody reviews "
                "their own plan or their own unit's."
            ),
        )


def wrong_year(unit: Unit, year: int, today: dt.date) -> Iterator[RefusedError]:
    refused = partial(RefusedError, where="year")
    if not FIRST_YEAR <= year <= today.year + 1:
        yield refused(
            vi=f"Kế hoạch năm {year} không lập được: chỉ lập cho năm {FIRST_YEAR} đến {today.year + 1}.",
            en=f"No plan can be made for {year}: choose a year from {FIRST_YEAR} to {today.year + 1}.",
        )
    elif year < unit.opened_date.year:
        opened = show_day(unit.opened_date)
        yield refused(
            vi=f"Năm {year} đơn vị chưa thành lập (thành lập {opened}). Hãy chọn năm khác.",
            en=f"In {year} the unit was not open yet (it opened on {opened}). Choose another year.",
        )
    elif unit.closed_date is not None and unit.closed_date.year < year:
        closed = show_day(unit.closed_date)
        yield refused(
            vi=f"Trước năm {year} đơn vị đã kết thúc hoạt động (từ {closed}). Hãy lập cho đơn vị kế thừa.",
            en=f"Before {year} the unit had closed (on {closed}). Plan for the unit that succeeded it.",
        )


def wrong_answers(kind: str, answers: Answers, year: int) -> Iterator[RefusedError]:
    """What cannot be kept, however unfinished the task is."""
    yield from _wrong_days(answers, year)
    yield from _wrong_lengths(answers)
    target = answers.target_number
    if target is not None and not 0 < target <= LARGEST_TYPED:
        yield RefusedError(
            where="target_number",
            vi="Số phải đạt là một số từ 1 trở lên. Chưa có con số thì để trống.",
            en="The target is a number from 1 up. Leave it empty if there is none.",
        )
    if target is None and answers.target_measure is not None:
        yield RefusedError(
            where="target_number",
            vi="Đã chọn chỉ tiêu đo thì phải ghi con số phải đạt. Hãy ghi số, hoặc bỏ chỉ tiêu.",
            en="A measure needs the number to be reached. Write the number, or leave the measure out.",
        )
    if kind == Kind.PRESSING and answers.owner is None:
        yield RefusedError(
            where="owner",
            vi="Vấn đề nổi cộm phải có đơn vị đứng ra giải quyết. Hãy chọn đơn vị.",
            en="A pressing issue needs a unit that settles it. Choose one.",
        )


def _wrong_days(answers: Answers, year: int) -> Iterator[RefusedError]:
    start, due = answers.start_date, answers.due_date
    if start is not None and start.year != year:
        yield RefusedError(
            where="start_date",
            vi=f"Ngày bắt đầu {show_day(start)} ngoài năm {year} của kế hoạch. Hãy chọn một ngày trong năm {year}.",
            en=f"The start {show_day(start)} is outside the plan's year {year}. Choose a day of {year}.",
        )
    if due is not None and not year <= due.year <= year + 1:
        yield RefusedError(
            where="due_date",
            vi=f"Hạn {show_day(due)} quá xa: việc của kế hoạch năm {year} xong trước hết năm {year + 1}.",
            en=f"The date {show_day(due)} is too far: what is planned for {year} is done by the end of {year + 1}.",
        )
    elif start is not None and due is not None and due < start:
        yield RefusedError(
            where="due_date",
            vi=f"Hạn xong {show_day(due)} trước ngày bắt đầu {show_day(start)}. Hãy xem lại hai ngày này.",
            en=f"It is due on {show_day(due)}, before it starts on {show_day(start)}. Check both days.",
        )


def _wrong_lengths(answers: Answers) -> Iterator[RefusedError]:
    for name, most in LENGTHS.items():
        if len(getattr(answers, name)) > most:
            yield RefusedError(
                where=name,
                vi=f"Câu này dài quá {most} ký tự. Hãy viết gọn lại.",
                en=f"This is longer than {most} characters. Please shorten it.",
            )


def unfinished(plan: Plan, tasks: Sequence[tuple[Task, Answers]]) -> Iterator[RefusedError]:
    """What still lacks before a plan can be sent."""
    parts = (
        ("study", plan.study, "phần học tập", "the study part"),
        ("follow", plan.follow, "phần làm theo", "the following part"),
    )
    for where, said, vi, en in parts:
        if not said.strip():
            yield RefusedError(
                where=where,
                vi=f"Chưa ghi {vi}. Kế hoạch nào cũng có phần học tập và phần làm theo.",
                en=f"{en.capitalize()} is missing. Every plan has a study part and a following part.",
            )
    focus = sum(1 for task, _answers in tasks if task.kind == Kind.FOCUS)
    if focus == 0:
        yield RefusedError(
            where="tasks",
            vi="Chưa đăng ký việc trọng tâm nào. Hãy chọn 1–2 việc rồi gửi.",
            en="There is no focus task yet. Choose one or two, then send.",
        )
    for task, answers in tasks:
        yield from _unanswered(task, answers)


def _unanswered(task: Task, answers: Answers) -> Iterator[RefusedError]:
    needed = NEEDED_OF_AN_ISSUE if task.kind == Kind.PRESSING else NEEDED
    title = answers.content or task.get_kind_display()
    for name in needed:
        if not getattr(answers, name):
            vi, en = NAMES[name]
            yield RefusedError(
                where=name,
                task=task.pk,
                vi=f"“{title}”: chưa ghi {vi}.",
                en=f"“{title}”: {en} is missing.",
            )


def needed_reason(reason: str, *, vi: str, en: str) -> None:
    """Refuse what is done without saying why.

    Args:
        vi, en: what is done, as the sentence begins.
    """
    if not reason or len(reason) > REASON_LENGTH:
        raise RefusedError(
            where="reason",
            vi=f"{vi} thì phải ghi lý do, trong {REASON_LENGTH} ký tự.",
            en=f"{en} needs a reason, in {REASON_LENGTH} characters.",
        )
