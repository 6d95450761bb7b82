"""An activity as it was told, before it is one; and what may be wrong with it.

Nothing here writes. The form, the file and the offline outbox say the same draft and get the same sentences.
"""

import datetime as dt
import hashlib
import json
import uuid as uuids
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from lantoa.lib.dates import show_day
from lantoa.lib.errors import RefusedError
from lantoa.lib.numbers import LARGEST_TYPED, show
from lantoa.orgs.models import Unit
from lantoa.work import serving
from lantoa.work.models import ActivityKind, KindMeasure
from lantoa.work.serving import NOTHING, Serves

TITLE_LENGTH = 300
Takes = KindMeasure.Takes


@dataclass(frozen=True)
class Draft:
    """An activity as told: `values` by measure code; None, or not named, is no value."""

    kind: ActivityKind
    unit: Unit
    date: dt.date
    values: Mapping[str, int | None]
    title: str = ""
    co_organisers: Sequence[Unit] = ()
    uuid: uuids.UUID = field(default_factory=uuids.uuid4)
    claimed_at: dt.datetime | None = None
    serves: Serves = NOTHING

    def typed(self) -> dict[str, int]:
        return {code: value for code, value in self.values.items() if value is not None}

    def digest(self) -> str:
        """What was told, as one number: the same again gives the same, whatever the order it was told in."""
        told = [
            self.kind.pk,
            self.unit.pk,
            self.date.isoformat(),
            sorted(self.typed().items()),
            self.title,
            sorted(unit.pk for unit in self.co_organisers),
            *([self.serves.told()] if self.serves.told() else []),
        ]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def refusals(draft: Draft, takes: Sequence[KindMeasure], today: dt.date) -> Iterator[RefusedError]:
    """Everything that is wrong with a draft; nothing when it can be recorded.

    Args:
        takes: of its kind, each with its measures.
        today: in Vietnam.
    """
    yield from _wrong_day(draft, today)
    yield from _wrong_words(draft)
    yield from _wrong_co_organisers(draft)
    yield from _wrong_service(draft)
    yield from _wrong_values(draft, takes)


def _wrong_day(draft: Draft, today: dt.date) -> Iterator[RefusedError]:
    refused = partial(RefusedError, where="date")
    day, unit = show_day(draft.date), draft.unit
    if draft.date > today:
        yield refused(
            vi=f"Ngày {day} chưa tới. Chọn hôm nay hoặc trước đó.",
            en=f"{day} is in the future. Choose today or earlier.",
        )
    elif draft.date < unit.opened_date:
        opened = show_day(unit.opened_date)
        yield refused(
            vi=f"Ngày {day} đơn vị chưa thành lập (thành lập {opened}). Hãy xem lại ngày hoặc đơn vị.",
            en=f"On {day} the unit was not open yet (it opened on {opened}). Check the day or the unit.",
        )
    elif not _is_open(unit, draft.date):
        closed = show_day(unit.closed_date) if unit.closed_date else ""
        yield refused(
            vi=f"Ngày {day} đơn vị đã kết thúc hoạt động (từ {closed}). Hãy ghi cho đơn vị kế thừa.",
            en=f"On {day} the unit had closed (on {closed}). Record it for the unit that succeeded it.",
        )


def _is_open(unit: Unit, day: dt.date) -> bool:
    return unit.opened_date <= day and (unit.closed_date is None or day < unit.closed_date)


def _wrong_words(draft: Draft) -> Iterator[RefusedError]:
    if not draft.kind.is_open:
        yield RefusedError(
            where="kind",
            vi=f"Hình thức “{draft.kind.name_vi}” không còn dùng. Hãy chọn hình thức khác.",
            en=f"The form “{draft.kind.name_en}” is no longer used. Choose another.",
        )
    if len(draft.title) > TITLE_LENGTH:
        yield RefusedError(
            where="title",
            vi=f"Nội dung dài quá {TITLE_LENGTH} ký tự. Hãy viết ngắn lại.",
            en=f"The title is longer than {TITLE_LENGTH} characters. Please shorten it.",
        )


def _wrong_co_organisers(draft: Draft) -> Iterator[RefusedError]:
    refused = partial(RefusedError, where="co_organisers")
    ids = [unit.pk for unit in draft.co_organisers]
    if draft.unit.pk in ids:
        yield refused(
            vi="Đơn vị chủ trì không thể đồng thời là đơn vị phối hợp. Hãy bỏ khỏi phần phối hợp.",
            en="The host cannot be its own co-organiser. Take it out of the co-organisers.",
        )
    if len(set(ids)) != len(ids):
        yield refused(
            vi="Một đơn vị phối hợp được ghi hai lần. Hãy bỏ bớt.",
            en="A co-organiser is named twice. Take one out.",
        )
    if any(not _is_open(unit, draft.date) for unit in draft.co_organisers):
        yield refused(
            vi=f"Có đơn vị phối hợp không hoạt động vào ngày {show_day(draft.date)}. Hãy xem lại.",
            en=f"A co-organiser was not open on {show_day(draft.date)}. Please check.",
        )


def _wrong_service(draft: Draft) -> Iterator[RefusedError]:
    hosts = [draft.unit, *draft.co_organisers]
    for where, vi, en in serving.wrong(draft.serves, hosts, draft.date):
        yield RefusedError(where=where, vi=vi, en=en)


def _wrong_values(draft: Draft, takes: Sequence[KindMeasure]) -> Iterator[RefusedError]:
    typed = draft.typed()
    asked = {take.measure.code: take for take in takes if take.takes != Takes.ONE}
    for code in sorted(typed.keys() - asked.keys()):
        yield RefusedError(
            where=code,
            vi=f"Hình thức “{draft.kind.name_vi}” không ghi chỉ tiêu {code}. Hãy bỏ số này.",
            en=f"The form “{draft.kind.name_en}” does not take {code}. Leave it empty.",
        )
    for code, take in asked.items():
        refused = partial(RefusedError, where=code)
        if code in typed:
            yield from _wrong_value(typed[code], take, typed, refused)
        elif take.takes == Takes.NEEDED:
            yield refused(
                vi=f"Chưa ghi “{take.measure.name_vi}”. Nếu không có ai thì ghi 0.",
                en=f"“{take.measure.name_en}” is missing. If there were none, write 0.",
            )


def _wrong_value(
    value: int, take: KindMeasure, typed: Mapping[str, int], refused: Callable[..., RefusedError]
) -> Iterator[RefusedError]:
    vi, en = take.measure.name_vi, take.measure.name_en
    if type(value) is not int:
        raise TypeError(f"a value is a whole number, not {value!r}")
    if value < 0:
        yield refused(
            vi=f"“{vi}” là số âm ({value}). Chỉ ghi số từ 0 trở lên.",
            en=f"“{en}” is negative ({value}). Write a number from 0 up.",
        )
    if value > LARGEST_TYPED:
        yield refused(
            vi=f"“{vi}” quá lớn, hệ thống không ghi được. Hãy xem lại số chữ số.",
            en=f"“{en}” is too large to be kept. Check the number of digits.",
        )
    if take.part_of is None:
        return
    whole = typed.get(take.part_of.code)
    if whole is None:
        yield refused(
            vi=f"Đã ghi “{vi}” mà chưa ghi “{take.part_of.name_vi}”. Hãy ghi cả hai.",
            en=f"“{en}” is written but “{take.part_of.name_en}” is not. Write both.",
        )
    elif value > whole:
        yield refused(
            vi=f"“{vi}” là {show(value)}, nhiều hơn “{take.part_of.name_vi}” là {show(whole)}. Hãy xem lại.",
            en=f"“{en}” is {value}, more than “{take.part_of.name_en}”, {whole}. Please check.",
        )
