"""The outbox of a phone: records saved without a signal, sent when there is one. Once and only once (UX 8, RELIABILITY D2).

A record comes as JSON of at most 3 KB, its photos after it, one by one. The number made on the phone decides: the same
again gets the same receipt, whatever was said since; other content under it gets 409 with the version that is here, and
the phone keeps its own. A receipt is given only after the database has committed: no view here runs inside a transaction.
"""

import datetime as dt
import json
import uuid as uuids
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import JsonResponse, RawPostDataException
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.intake.doors import Answered, IntakeRequest, answer, intake, sentence
from lantoa.lib import dates, text
from lantoa.lib.errors import RefusedError
from lantoa.look import clock
from lantoa.orgs import rights
from lantoa.orgs.models import Unit
from lantoa.work import actions, evidence, queries, serving, typed, versions
from lantoa.work.actions import ChangedMeanwhileError, SentBeforeError
from lantoa.work.drafts import Draft
from lantoa.work.evidence import OtherFileError, Sent
from lantoa.work.models import Activity
from lantoa.work.typed import Typed

LARGEST = 16 * 1024
FORM = 1  # the version of what a phone sends; older ones stay readable (RELIABILITY F23)


@dataclass(frozen=True)
class Item:
    """A record as a phone sends it. `base`: the version that it corrects, 0 for a new record."""

    typed: Typed
    unit_id: int
    base: int


@intake("work.record")
def record(request: IntakeRequest) -> JsonResponse:
    item = _item(_told(request))
    unit = _unit(request, item.unit_id)
    kinds = {kind.code: kind for kind in queries.open_kinds()}
    today = dates.day_of(clock.now())
    draft, wrong = typed.read(
        item.typed, unit=unit, kinds=kinds, today=today, by=request.person, at=clock.now()
    )
    try:
        if draft is None:
            return _refused_unless_here(request, item, wrong)
        return _receipt(_recorded(request, draft, item))
    except RefusedError as error:
        return _refused([error])
    except (SentBeforeError, ChangedMeanwhileError) as error:
        assert draft is not None  # noqa: S101 - only what was read was sent
        return _differing(request, draft, sentence(error))


@intake("work.record")
def photo(request: IntakeRequest, number: uuids.UUID, own: uuids.UUID) -> JsonResponse:
    """A photo of a record that has arrived: its bytes are the body."""
    activity = queries.record_by_uuid(request.person, number, clock.now())
    if activity is None:
        raise Answered(
            409, "no_record", vi="Việc này chưa tới máy chủ.", en="This record has not arrived."
        )
    try:
        sent = Sent(request.GET.get("ten", ""), request.body, own)
        evidence.attach(activity=activity, sent=[sent], by=request.person, at=clock.now())
    except (RefusedError, OtherFileError) as error:
        return _refused([RefusedError(where="photos", vi=error.vi, en=error.en)])
    except (RequestDataTooBig, RawPostDataException):
        raise _too_heavy() from None
    return answer(200, "received", uuid=str(own))


@intake("work.withdraw")
def undo(request: IntakeRequest) -> JsonResponse:
    """Take back what was saved just now. What is not here, or was taken back before, is taken back."""
    number = _number(_told(request).get("uuid"))
    activity = queries.record_by_uuid(request.person, number, clock.now())
    if activity and activity.withdrawn_at is None:
        actions.withdraw(
            activity=activity,
            reason=_("Hoàn tác ngay sau khi ghi"),
            by=request.person,
            at=clock.now(),
        )
    return answer(200, "received", uuid=str(number))


def _recorded(request: IntakeRequest, draft: Draft, item: Item) -> Activity:
    if item.base == 0:
        return actions.record_many(drafts=[draft], by=request.person, at=clock.now())[0]
    activity = queries.record_by_uuid(request.person, draft.uuid, clock.now())
    if activity is None:
        raise rights.NotAllowedError(rights.ACTS["work.correct"])
    draft = replace(draft, serves=serving.amended(activity, item.typed.serves, draft.serves))
    if _says(activity) == _means(draft) or versions.was(activity, item.base + 1, _told_by(draft)):
        return activity  # the answer to the first sending was lost on its way; others may have seen it and gone on
    return actions.correct(
        activity=activity,
        seen=item.base,
        values=draft.values,
        date=draft.date,
        title=draft.title,
        serves=draft.serves,
        by=request.person,
        at=clock.now(),
    )


def _says(activity: Activity) -> tuple[Any, ...]:
    values = {each.measure.code: each.value for each in activity.values.all()}
    serves = serving.told(activity)
    return activity.date, values, activity.title, serves, activity.withdrawn_at is None


def _means(draft: Draft) -> tuple[Any, ...]:
    return draft.date, draft.typed(), text.one_line(draft.title), draft.serves.told(), True


def _told_by(draft: Draft) -> dict[str, Any]:
    date, values, title, serves, _stands = _means(draft)
    return {
        "date": date.isoformat(), "values": values, "title": title, "withdrawn": False, **serves,
    }  # fmt: skip


def _receipt(activity: Activity) -> JsonResponse:
    """The same for every sending of the same: who has it lost may ask for it again."""
    return answer(
        200,
        "received",
        uuid=str(activity.uuid),
        at=activity.recorded_at.isoformat(),
        href=reverse("desk:one-record", args=[activity.pk]),
    )


def _refused_unless_here(
    request: IntakeRequest, item: Item, wrong: list[RefusedError]
) -> JsonResponse:
    """What was recorded once is not refused when it comes again after the rules have changed."""
    there = queries.record_by_uuid(request.person, item.typed.uuid, clock.now())
    return _receipt(there) if there and item.base == 0 else _refused(wrong)


def _refused(wrong: list[RefusedError]) -> JsonResponse:
    return answer(
        422, "refused", wrong=[{"where": each.where, "sentence": sentence(each)} for each in wrong]
    )


def _differing(request: IntakeRequest, draft: Draft, why: str) -> JsonResponse:
    there = queries.record_by_uuid(request.person, draft.uuid, clock.now())
    if there is None:  # somebody else's number
        raise rights.NotAllowedError(rights.ACTS["work.record"])
    values = {each.measure.code: str(each.value) for each in there.values.all()}
    said = {
        "version": there.version,
        "date": there.date.isoformat(),
        "title": there.title,
        "values": values,
        "kind": there.kind.code,
        "withdrawn": there.withdrawn_at is not None,
        "href": reverse("desk:one-record", args=[there.pk]),
    }
    return answer(409, "differs", there=said, sentence=why)


def _too_heavy() -> Answered:
    return Answered(
        413,
        "too_large",
        vi="Ảnh này nặng hơn mức điện thoại được gửi. Hãy chụp lại ở cỡ nhỏ hơn, hoặc mở việc này trên trang rồi thêm ảnh.",
        en="This photo is heavier than a phone may send. Take it again at a smaller size, or open the record on its page "
        "and add the photo there.",
    )


def _told(request: IntakeRequest) -> dict[str, Any]:
    """The body as a JSON object.

    Raises:
        Answered: too long, or no such thing.
    """
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        raise Answered(
            413,
            "too_large",
            vi="Bản ghi này quá dài. Hãy viết gọn lại, hoặc ghi thành hai việc.",
            en="This record is too long. Shorten it, or make two records of it.",
        )
    try:
        told = json.loads(request.body)
    except ValueError:
        raise _unreadable() from None
    if not isinstance(told, dict):
        raise _unreadable()
    return told


def _item(told: dict[str, Any]) -> Item:
    """What a phone sends; a box that the old form did not have is not there, an emptied one is null."""
    values = told.get("values", {})
    if told.get("v") != FORM or not isinstance(values, dict):
        raise _unreadable()
    unit, base = told.get("unit"), told.get("base", 0)
    if type(unit) is not int or type(base) is not int or not 0 < unit < 2**63 or base < 0:
        raise _unreadable()
    return Item(
        Typed(
            kind=_text(told.get("kind")),
            date=_text(told.get("date")),
            values={str(name): _text(value) for name, value in values.items()},
            title=_text(told.get("title")),
            uuid=_number(told.get("uuid")),
            claimed_at=_moment(_text(told.get("saved_at"))),
            serves=_serves(told.get("serves")),
        ),
        unit,
        base,
    )


def _serves(said: object) -> dict[str, str] | None:
    """What the form asked for; None from a form of before. What it did not ask for stays as it was."""
    if said is None:
        return None
    if not isinstance(said, dict):
        raise _unreadable()
    return {name: _text(said[name]) for name in serving.SAID if name in said}


def _text(value: object) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _unreadable()
    return value


def _number(value: object) -> uuids.UUID:
    try:
        return uuids.UUID(_text(value))
    except ValueError:
        raise _unreadable() from None


def _moment(text: str) -> dt.datetime | None:
    """The phone's own clock, which may be years off: kept if it can be read, and nothing is decided by it."""
    try:
        said = dt.datetime.fromisoformat(text)
        return said.astimezone(dt.UTC) if said.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _unit(request: IntakeRequest, unit_id: int) -> Unit:
    """A unit where this person may record; one that is not there answers like one where they may not."""
    found = rights.units_among(request.person, "work.record", [unit_id], clock.now()).first()
    if found is None:
        raise rights.NotAllowedError(rights.ACTS["work.record"])
    return found


def _unreadable() -> Answered:
    return Answered(
        400,
        "unreadable",
        vi="Máy chủ không đọc được bản ghi này. Hãy cập nhật trang rồi gửi lại; bản ghi vẫn còn trong máy.",
        en="The server cannot read this record. Reload the page and send it again; it is still on this device.",
    )
