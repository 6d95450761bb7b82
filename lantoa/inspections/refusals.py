"""What cannot be taken as it was told, in words: what, where, what to do."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from lantoa.inspections import findings as finding_queries
from lantoa.inspections import queries
from lantoa.inspections.models import Finding, Inspection, InspectionPlan, Topic
from lantoa.lib.dates import show_day
from lantoa.lib.errors import LantoaError, RefusedError
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Line, Person, Unit

TITLE, SENTENCE, NOTE, TEXT = 200, 300, 500, 4000
State = Inspection.State


class ChangedMeanwhileError(LantoaError):
    """It is no longer as it was shown."""

    def __init__(self) -> None:
        super().__init__(
            vi="Việc này vừa được người khác cập nhật. Hãy tải lại trang rồi làm tiếp.",
            en="Somebody has just changed this. Reload the page and go on.",
        )


@dataclass(frozen=True)
class Draft:
    """An inspection as told, before it is one. `start` and `end` are days, both in."""

    kind: Inspection.Kind
    unit: Unit
    line: Line
    topic: Topic
    title: str
    start: dt.date
    end: dt.date
    subjects: Sequence[Unit]
    team: Sequence[Person]
    plan: InspectionPlan | None = None


def wrong_with(draft: Draft) -> Iterator[RefusedError]:
    """Everything that is wrong with an inspection as it is planned."""
    yield from wrong_words(draft.title, "title", TITLE)
    if draft.end < draft.start:
        yield RefusedError(
            where="end",
            vi=f"Ngày kết thúc {show_day(draft.end)} trước ngày bắt đầu {show_day(draft.start)}. Hãy xem lại.",
            en=f"The last day {show_day(draft.end)} is before the first, {show_day(draft.start)}. Please check.",
        )
    if draft.plan and (draft.plan.unit_id, draft.plan.year) != (draft.unit.pk, draft.start.year):
        yield RefusedError(
            where="start",
            vi=f"Kế hoạch là của năm {draft.plan.year}, cuộc này bắt đầu năm {draft.start.year}. Hãy chọn lại ngày.",
            en=f"The plan is of {draft.plan.year}, this begins in {draft.start.year}. Choose another day.",
        )
    yield from _wrong_subjects(draft)
    yield from wrong_team(draft.team, draft.unit, draft.subjects, draft.start)


def _wrong_subjects(draft: Draft) -> Iterator[RefusedError]:
    if not draft.subjects:
        yield RefusedError(
            where="subjects",
            vi="Chưa chọn đơn vị được kiểm tra. Hãy chọn ít nhất một.",
            en="No unit to be inspected was chosen. Choose one at least.",
        )
    below = queries.below_of(draft.unit, draft.line, draft.subjects, draft.start)
    outside = [unit for unit in draft.subjects if unit.pk not in below]
    if outside:
        name = orgs.name_near(outside[0].pk, draft.start)
        yield RefusedError(
            where="subjects",
            vi=f"{name} không trực thuộc đơn vị kiểm tra vào ngày {show_day(draft.start)}. Hãy bỏ khỏi danh sách.",
            en=f"{name} did not stand below the inspecting unit on {show_day(draft.start)}. Take it off the list.",
        )


def wrong_team(
    team: Sequence[Person], unit: Unit, subjects: Sequence[Unit], day: dt.date
) -> Iterator[RefusedError]:
    """Inspectors of the unit alone, and nobody who holds a post at a unit that is looked at, or below it."""
    if not team:
        yield RefusedError(
            where="team",
            vi="Chưa chọn thành viên đoàn. Hãy chọn ít nhất một người.",
            en="The team is empty. Choose one person at least.",
        )
    able = set(queries.inspectors_for(unit, day).values_list("pk", flat=True))
    for person in team:
        if person.pk not in able:
            yield RefusedError(
                where="team",
                vi=f"{person.name} chưa được giao vai trò kiểm tra ở đơn vị này vào ngày {show_day(day)}. "
                "Hãy chọn người khác hoặc nhờ người quản trị giao vai trò.",
                en=f"{person.name} was no inspector of this unit on {show_day(day)}. "
                "Choose somebody else, or have the role given.",
            )
    for person, own in queries.ties(team, subjects, day):
        name = orgs.name_near(own, day)
        yield RefusedError(
            where="team",
            vi=f"{person.name} giữ chức vụ ở {name} nên không kiểm tra đơn vị này. Hãy chọn người khác.",
            en=f"{person.name} holds a post at {name} and cannot inspect it. Choose somebody else.",
        )


def wrong_words(said: str, where: str, longest: int) -> Iterator[RefusedError]:
    """Something must be said, and not too much."""
    if not said.strip():
        yield RefusedError(
            where=where,
            vi="Ô này còn trống. Hãy ghi một câu.",
            en="This box is empty. Write a sentence.",
        )
    elif len(said) > longest:
        yield RefusedError(
            where=where,
            vi=f"Ô này dài quá {longest} ký tự. Hãy viết ngắn lại.",
            en=f"This box holds more than {longest} characters. Please shorten it.",
        )


def refuse_day(day: dt.date, first: dt.date, today: dt.date) -> None:
    """
    Raises:
        RefusedError: the day has not come, or lies before what it follows.
    """
    if day > today:
        raise RefusedError(
            where="date",
            vi=f"Ngày {show_day(day)} chưa tới. Chọn hôm nay hoặc trước đó.",
            en=f"{show_day(day)} is in the future. Choose today or earlier.",
        )
    if day < first:
        raise RefusedError(
            where="date",
            vi=f"Ngày {show_day(day)} trước ngày bắt đầu {show_day(first)}. Hãy xem lại.",
            en=f"{show_day(day)} is before the beginning, {show_day(first)}. Please check.",
        )


def refuse_state(inspection: Inspection, *states: State) -> None:
    """
    Raises:
        RefusedError: it stands elsewhere than in one of the states.
    """
    if inspection.state in states:
        return
    raise RefusedError(
        where="state",
        vi=f"Cuộc này {inspection.get_state_display()} nên không làm được việc này.",
        en=f"This inspection is {State(inspection.state).value}, so this cannot be done.",
    )


def refuse_strangers(inspections: Collection[Inspection], by: Person, *, reason: str = "") -> None:
    """Of a team alone: an inspector of the unit who is not in it has not been there.

    Raises:
        RefusedError: somebody is not in the team of one of the inspections.
    """
    if queries.teams_with(by, inspections) != {each.pk for each in inspections}:
        raise RefusedError(
            where="team",
            vi=reason or "Chỉ thành viên đoàn ghi được phần này. Hãy nhờ người trong đoàn.",
            en="Only members of the team may do this. Ask one of them.",
        )


def refuse_due(due: dt.date, first: dt.date) -> None:
    """
    Raises:
        RefusedError: something would have to be mended before it was found.
    """
    if due < first:
        raise RefusedError(
            where="due",
            vi=f"Hạn {show_day(due)} trước ngày phát hiện {show_day(first)}. Hãy chọn hạn muộn hơn.",
            en=f"The due day {show_day(due)} is before the finding, {show_day(first)}. Choose a later day.",
        )


def refuse_past(due: dt.date, today: dt.date) -> None:
    """
    Raises:
        RefusedError: what is opened again would have to be mended already.
    """
    if due < today:
        raise RefusedError(
            where="due",
            vi=f"Hạn mới {show_day(due)} đã qua. Hãy chọn từ hôm nay trở đi.",
            en=f"The new due day {show_day(due)} has passed. Choose today or later.",
        )


def refuse_fixer(findings: Sequence[Finding], by: Person) -> None:
    """
    Raises:
        RefusedError: whoever mended it, at whatever try, does not say that it is mended.
    """
    if finding_queries.mended_by(by, findings):
        raise RefusedError(
            where="by",
            vi="Cần một người khác kiểm lại.",
            en="Another person must look again.",
        )
