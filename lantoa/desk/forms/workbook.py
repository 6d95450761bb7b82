"""A sheet as a workbook: what it is given out with, and what came back, kept signed on the page until somebody agrees."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from string import ascii_uppercase
from typing import Any, NamedTuple

from django.core import signing
from django.http import QueryDict

from lantoa.desk import sent
from lantoa.desk.doors import lang
from lantoa.desk.forms import sheets as forms
from lantoa.desk.forms.sheets import Known
from lantoa.intake import stamps
from lantoa.intake.given import Given, Line
from lantoa.intake.stamps import About
from lantoa.intake.workbooks import Read
from lantoa.ledger.models import Measure
from lantoa.lib import numbers
from lantoa.lib.errors import LantoaError, RefusedError
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Person
from lantoa.submissions.filling import NOTHING
from lantoa.submissions.versions import Typed

KEPT, CONVERT = "ket-qua", "chuyen-"
_SALT = "lantoa.desk.forms.workbook"
_A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Kept:
    """What a workbook said, whole and without a bad cell. By measure code.

    Attributes:
        old: of reasons in an old code: where, which code, before and after.
        drafted: the moment of the draft that stood when it was read, "" for none.
    """

    is_nil: bool
    totals: Mapping[str, int | None]
    reasons: Mapping[str, str]
    old: Mapping[str, tuple[str, str, str, str]]
    at: Mapping[str, str]
    drafted: str

    @property
    def seen_draft(self) -> dt.datetime | None:
        return dt.datetime.fromisoformat(self.drafted) if self.drafted else None


class Row(NamedTuple):
    """A measure as it would be sent. `value` is None where nothing is; `now`: what the records say, where that differs."""

    label: str
    unit: str
    at: str
    value: int | None
    now: str
    reason: str
    is_wrong: bool = False


class OldText(NamedTuple):
    """A reason in an old code, before and after."""

    name: str
    at: str
    code: str
    before: str
    after: str
    is_chosen: bool


def about(known: Known) -> About:
    version = known.submission.version if known.submission else 0
    codes = [each.code for each in known.measures]
    return About(known.unit.pk, known.sheet.code, known.span.code, version, codes)


def given_of(known: Known, due_line: str) -> Given:
    """Filled as the page's form would be: the draft, or what was sent, or what the records say."""
    boxes = forms.blank(known).boxes
    lines = [_line(known, *each) for each in zip(known.measures, boxes, strict=True)]
    return Given(
        title=forms.title(known.span),
        subtitle=f"{sent.name(known.sheet)} · {known.span.span()}",
        unit=orgs.name_near(known.unit.pk, known.span.last_day),
        due=due_line,
        is_nil=bool(known.submission and known.submission.is_nil),
        lines=lines,
        stamp=stamps.made(about(known)),
    )


def _line(known: Known, measure: Measure, box: forms.Box) -> Line:
    value: int | str | None
    try:
        value = numbers.read_cell(box.value)
    except LantoaError:
        value = box.value  # a draft as it was typed
    recorded = known.filled.get(measure.pk, NOTHING).recorded
    return Line(box.code, box.label, box.unit, recorded, value, box.reason)


def kept_of(known: Known, read: Read) -> Kept:
    submission = known.submission
    drafted = submission.drafted_at if submission else None
    return Kept(
        is_nil=read.is_nil,
        totals=dict(read.totals),
        reasons=dict(read.reasons),
        old=dict(read.old),
        at=dict(read.total_at),
        drafted=drafted.isoformat() if drafted else "",
    )


def signed(kept: Kept, known: Known, by: Person) -> str:
    whose = [by.pk, *about(known)[:4]]
    return signing.dumps({"of": whose, "kept": asdict(kept)}, salt=_SALT, compress=True)


def unsigned(said: str, known: Known, by: Person) -> Kept:
    """
    Raises:
        RefusedError: it is not what this person was shown about this report, or they were shown it too long ago.
    """
    try:
        found: dict[str, Any] = signing.loads(said, salt=_SALT, max_age=_A_DAY)
    except signing.BadSignature:
        raise _gone() from None
    if found["of"] != [by.pk, *about(known)[:4]]:
        raise _gone()
    return Kept(**found["kept"])


def rows(known: Known, kept: Kept, wrong: Iterable[str]) -> list[Row]:
    """What would be sent, beside what the records say. `wrong`: the addresses of bad cells."""
    lines = {_line_of(address) for address in wrong}
    return [_row(known, kept, measure, lines) for measure in known.measures]


def _line_of(address: str) -> str:
    """`8` of `E8`."""
    return address.lstrip(ascii_uppercase)


def _row(known: Known, kept: Kept, measure: Measure, wrong: Collection[str]) -> Row:
    in_english = lang() == "en"
    value = kept.totals.get(measure.code)
    recorded = known.filled.get(measure.pk, NOTHING).recorded
    is_same = value == recorded
    old = kept.old.get(measure.code)
    reason = old[3] if old else kept.reasons.get(measure.code, "")
    return Row(
        label=measure.name_en if in_english else measure.name_vi,
        unit=measure.unit_en if in_english else measure.unit_vi,
        at=kept.at.get(measure.code, ""),
        value=value,
        now="" if is_same or recorded is None else numbers.show(recorded, lang()),
        reason="" if is_same else reason,
        is_wrong=_line_of(kept.at.get(measure.code, "")) in wrong,
    )


def old_texts(kept: Kept, post: QueryDict | None = None) -> list[OldText]:
    """Converted unless somebody says no: they see both."""
    return [
        OldText(CONVERT + code, *old, is_chosen=post is None or CONVERT + code in post)
        for code, old in kept.old.items()
    ]


def typed_of(kept: Kept, post: QueryDict) -> Typed:
    """What is sent, as the page's form would say it."""
    reasons = {
        code: kept.old[code][3] if code in kept.old and CONVERT + code in post else reason
        for code, reason in kept.reasons.items()
    }
    if kept.is_nil:
        return Typed({}, {}, is_nil=True)
    return Typed(kept.totals, reasons, is_empty_meant=bool(post.get(forms.MEANT)))


def draft_of(kept: Kept, post: QueryDict) -> dict[str, str]:
    """The boxes as text, for a draft of the page's form."""
    typed = typed_of(kept, post)
    boxes = {
        forms.NUMBER + code: numbers.show(total)
        for code, total in typed.totals.items()
        if total is not None
    }
    boxes |= {forms.REASON + code: reason for code, reason in typed.reasons.items() if reason}
    said = {name: post.get(name, "") for name in (forms.WHY, forms.MEANT)}
    return boxes | {name: text for name, text in said.items() if text}


def has_empty(kept: Kept) -> bool:
    return not kept.is_nil and None in kept.totals.values()


def _gone() -> RefusedError:
    return RefusedError(
        where="period",
        vi="Báo cáo đã đổi, hoặc trang này đã cũ. Hãy tải bảng mới, chép số sang rồi nộp lại.",
        en="The report has changed, or this page is too old. Download a new workbook, copy the numbers over and send it again.",
    )
