"""What is wrong with what is told about practices, in words. Nothing here writes."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from lantoa.lib.dates import show_day
from lantoa.lib.errors import LantoaError, RefusedError
from lantoa.lib.numbers import LARGEST_TYPED
from lantoa.orgs.models import Post, Unit
from lantoa.plans.models import Movement, Objective, Task
from lantoa.practices.models import Adoption, Practice

State = Practice.State
TITLE_LENGTH, SUMMARY_LENGTH, TEXT_LENGTH = 200, 600, 300
MOST_STEPS = 12
# What may follow what. Replicated comes of itself, when three units have shown what it brought them.
AFTER = {
    State.REGISTERED: (State.PROPOSED,),
    State.APPRAISED: (State.REGISTERED,),
    State.RECOGNISED: (State.APPRAISED,),
    State.REPLICATED: (State.RECOGNISED, State.KEPT),
    State.KEPT: (State.RECOGNISED, State.REPLICATED),
    State.STOPPED: tuple(each for each in State if each != State.STOPPED),
}


class ChangedMeanwhileError(LantoaError):
    """It is no longer as it was shown."""

    def __init__(self) -> None:
        super().__init__(
            vi="Mô hình này vừa được người khác sửa. Hãy tải lại trang rồi làm tiếp.",
            en="Someone has just changed this practice. Reload the page and go on.",
        )


@dataclass(frozen=True)
class Draft:
    """A practice as told. `cost` in đồng; None where nobody has reckoned it."""

    kind: str
    field: str
    title: str
    summary: str
    steps: Sequence[str]
    contact_unit: Unit
    contact_role: str
    holder: str = Practice.Holder.COLLECTIVE
    cost: int | None = None
    needs: str = ""
    task: Task | None = None
    movement: Movement | None = None
    objectives: Sequence[Objective] = ()


def wrong_draft(draft: Draft, unit: Unit) -> Iterator[RefusedError]:
    """Everything that is wrong with a practice as told for a unit."""
    yield from _wrong_choices(draft)
    yield from _wrong_words("title", draft.title, TITLE_LENGTH, needed=True)
    yield from _wrong_words("summary", draft.summary, SUMMARY_LENGTH, needed=True)
    yield from _wrong_words("needs", draft.needs, TEXT_LENGTH)
    yield from wrong_amount("cost", draft.cost)
    if draft.task and draft.task.plan.unit_id != unit.pk:
        yield RefusedError(
            where="task",
            vi="Nhiệm vụ được chọn là của đơn vị khác. Hãy chọn nhiệm vụ của đơn vị mình.",
            en="The task chosen is another unit's. Choose one of your own unit.",
        )
    if not draft.steps:
        yield RefusedError(
            where="steps",
            vi="Chưa ghi cách làm. Hãy ghi từng bước, mỗi bước một dòng, để nơi khác làm theo được.",
            en="The how-to is missing. Write it step by step, a line each, so that others can follow.",
        )
    if len(draft.steps) > MOST_STEPS or any(len(step) > TEXT_LENGTH for step in draft.steps):
        yield RefusedError(
            where="steps",
            vi=f"Cách làm nhiều nhất {MOST_STEPS} bước, mỗi bước không quá {TEXT_LENGTH} ký tự.",
            en=f"The how-to has at most {MOST_STEPS} steps of {TEXT_LENGTH} characters each.",
        )


def _wrong_choices(draft: Draft) -> Iterator[RefusedError]:
    asked = (
        ("kind", draft.kind, Practice.Kind.values, "loại", "kind"),
        ("field", draft.field, Practice.Field.values, "lĩnh vực", "field"),
        ("holder", draft.holder, Practice.Holder.values, "của tập thể hay cá nhân", "holder"),
        ("contact", draft.contact_role, Post.Role.values, "chức vụ để hỏi", "post to ask"),
    )
    for where, chosen, offered, vi, en in asked:
        if chosen not in offered:
            yield RefusedError(where=where, vi=f"Chưa chọn {vi}.", en=f"Choose the {en}.")


def _wrong_words(
    where: str, said: str, longest: int, *, needed: bool = False
) -> Iterator[RefusedError]:
    names = {"title": ("Tên", "name"), "summary": ("Tóm tắt", "summary")}
    vi, en = names.get(where, ("Nội dung này", "text"))
    if needed and not said.strip():
        yield RefusedError(
            where=where,
            vi=f"{vi} còn trống. Hãy viết một hai câu, nói được việc gì đang làm.",
            en=f"The {en} is empty. Say in a sentence or two what is being done.",
        )
    if len(said) > longest:
        yield RefusedError(
            where=where,
            vi=f"{vi} dài quá {longest} ký tự. Hãy viết ngắn lại.",
            en=f"The {en} is longer than {longest} characters. Please shorten it.",
        )


def wrong_amount(where: str, amount: int | None) -> Iterator[RefusedError]:
    if amount is not None and not 0 <= amount <= LARGEST_TYPED:
        yield RefusedError(
            where=where,
            vi="Số này không ghi được. Chỉ ghi số từ 0 trở lên; xem lại số chữ số.",
            en="This number cannot be kept. Write a number from 0 up, and check its digits.",
        )


def no_reason(reason: str) -> Iterator[RefusedError]:
    if not reason.strip():
        yield RefusedError(
            where="reason",
            vi="Chưa ghi lý do. Nơi khác đọc lý do này để khỏi vấp lại.",
            en="The reason is missing. Others read it so as not to stumble again.",
        )
    if len(reason) > TEXT_LENGTH:
        yield RefusedError(
            where="reason",
            vi=f"Lý do dài quá {TEXT_LENGTH} ký tự. Hãy viết ngắn lại.",
            en=f"The reason is longer than {TEXT_LENGTH} characters. Please shorten it.",
        )


def wrong_step(
    practice: Practice, state: str, date: dt.date, last: dt.date, today: dt.date
) -> None:
    """Raise if a practice cannot become this, or not on that day.

    Args:
        last: the day of its newest event.
    """
    vi, en = State(practice.state).label, practice.state
    if practice.state not in AFTER[State(state)]:
        raise RefusedError(
            where="state",
            vi=f"Mô hình đang ở bước “{vi}” nên chưa chuyển sang “{State(state).label}” được.",
            en=f"The practice is “{en}” and cannot become “{state}” from there.",
        )
    if date > today:
        raise _not_yet("date", date)
    if date < last:
        raise RefusedError(
            where="date",
            vi=f"Ngày {show_day(date)} trước bước liền trước ({show_day(last)}). Hãy xem lại ngày.",
            en=f"{show_day(date)} is before the step before it ({show_day(last)}). Check the day.",
        )


def own_practice() -> RefusedError:
    return RefusedError(
        where="state",
        vi="Người đề xuất, hay người của chính đơn vị, không tự xét mô hình của mình. Hãy để cấp trên xét.",
        en="Whoever proposed it, or holds a post at that unit, does not judge it. Leave it to those above.",
    )


def wrong_start(unit: Unit, start: dt.date, source: Adoption | None, today: dt.date) -> None:
    """Raise if an adoption cannot have begun on that day."""
    refused = partial(RefusedError, where="start")
    day = show_day(start)
    if start > today:
        raise _not_yet("start", start)
    if start < unit.opened_date or (unit.closed_date and start >= unit.closed_date):
        raise refused(
            vi=f"Ngày {day} đơn vị không hoạt động. Hãy xem lại ngày hoặc đơn vị.",
            en=f"On {day} the unit was not open. Check the day or the unit.",
        )
    if source and source.start_date and start < source.start_date:
        before = show_day(source.start_date)
        raise refused(
            vi=f"Ngày {day} trước khi nơi mình học bắt đầu làm ({before}). Hãy xem lại ngày, hoặc học từ đâu.",
            en=f"{day} is before those one learned from began ({before}). Check the day, or whom from.",
        )


def wrong_source(
    practice: Practice, units: Collection[int], source: Adoption, above: Sequence[int]
) -> None:
    """Raise if a unit cannot have learned from there.

    Args:
        units: the unit, and those that were merged into it.
        above: the units from the source up to the origin, the source's own first.
    """
    refused = partial(RefusedError, where="source")
    if source.practice_id != practice.pk or source.state in (
        Adoption.State.ASKED,
        Adoption.State.DECLINED,
    ):
        raise refused(
            vi="Nơi được chọn chưa làm theo mô hình này. Hãy chọn một nơi trong cây nhân rộng.",
            en="The place chosen does not follow this practice. Choose one in the tree.",
        )
    if above[0] in units:
        raise refused(
            vi="Đơn vị không thể học mô hình từ chính mình. Hãy chọn nơi đã chỉ cho mình.",
            en="A unit cannot learn a practice from itself. Choose who showed it how.",
        )
    if not set(units).isdisjoint(above):
        raise refused(
            vi="Nơi được chọn lại học từ chính đơn vị này, thành vòng tròn. Hãy chọn nơi khác, hoặc nơi khởi đầu.",
            en="The place chosen learned from this very unit: that is a circle. Choose another, or the origin.",
        )


def twice() -> RefusedError:
    return RefusedError(
        where="unit",
        vi="Đơn vị, hoặc đơn vị cũ nhập vào đây, đã đăng ký hay đang làm theo mô hình này rồi. Hãy mở mô hình để làm tiếp.",
        en="The unit, or one merged into it, has put itself down for this practice or follows it. Open it and go on.",
    )


def not_open(practice: Practice) -> None:
    """Raise if nobody may take a practice up now."""
    if practice.registered_date is None or practice.state == State.STOPPED:
        raise RefusedError(
            where="practice",
            vi="Mô hình này chưa đăng ký hoặc đã dừng, nên chưa làm theo được.",
            en="This practice is not registered yet, or has stopped, so it cannot be taken up.",
        )


def not_in(adoption: Adoption, *states: str) -> None:
    """Raise if an adoption is in none of these states."""
    if adoption.state not in states:
        raise RefusedError(
            where="state",
            vi=f"Lượt làm theo này đang ở bước “{Adoption.State(adoption.state).label}”, không làm việc này được.",
            en=f"This adoption is “{adoption.state}”; that cannot be done now.",
        )


def outside(adoption: Adoption, date: dt.date, today: dt.date, where: str = "date") -> None:
    """Raise if a day is not one on which the adoption was alive."""
    assert adoption.start_date is not None  # noqa: S101 - it is confirmed
    if date > today:
        raise _not_yet(where, date)
    if date < adoption.start_date or (adoption.end_date and date > adoption.end_date):
        raise RefusedError(
            where=where,
            vi=f"Ngày {show_day(date)} đơn vị chưa làm theo, hoặc đã dừng. Hãy xem lại ngày.",
            en=f"On {show_day(date)} the unit did not follow the practice. Check the day.",
        )


def ends_too_soon(date: dt.date, last: dt.date | None) -> None:
    """Raise if it would have ended before its last result."""
    if last and date < last:
        raise RefusedError(
            where="date",
            vi=f"Ngày {show_day(date)} trước kết quả cuối cùng đã báo ({show_day(last)}). Hãy xem lại ngày.",
            en=f"{show_day(date)} is before the last result that was told ({show_day(last)}). Check the day.",
        )


def origin_stays(adoption: Adoption) -> None:
    """Raise if the origin would leave a practice that goes on in its name."""
    if adoption.learned_from_id is None and adoption.practice.state != State.STOPPED:
        raise RefusedError(
            where="state",
            vi="Đây là nơi khởi đầu. Muốn dừng thì dừng cả mô hình, kèm lý do.",
            en="This is where it began. To stop here, stop the practice itself, with a reason.",
        )


def says_nothing(participants: int | None, saved: int | None, told: str) -> Iterator[RefusedError]:
    if participants is None and saved is None:
        yield RefusedError(
            where="participants",
            vi="Chưa có con số nào. Hãy ghi số người tham gia, hoặc số tiền tiết kiệm được.",
            en="There is no number. Write how many take part, or how much was saved.",
        )
    yield from wrong_amount("participants", participants)
    yield from wrong_amount("saved", saved)
    if len(told) > TEXT_LENGTH:
        yield from _wrong_words("told", told, TEXT_LENGTH)


def not_its_own() -> RefusedError:
    return RefusedError(
        where="activity",
        vi="Việc này không phải của đơn vị hay của cấp dưới trong những ngày đang làm theo. Hãy chọn việc khác.",
        en="This record is not the unit's or its subordinates', in the days of the adoption. Choose another.",
    )


def _not_yet(where: str, date: dt.date) -> RefusedError:
    return RefusedError(
        where=where,
        vi=f"Ngày {show_day(date)} chưa tới. Hãy ghi ngày đã qua hoặc hôm nay.",
        en=f"{show_day(date)} has not come yet. Write today or a day before.",
    )
