"""A sheet filled from records: a box a measure, what the records say beside it, and why a number differs.

A form that was sent badly comes back as it was typed, each box with its sentence.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.desk.doors import lang, sentence
from lantoa.ledger.models import Measure
from lantoa.lib import numbers
from lantoa.lib.errors import LantoaError, RefusedError
from lantoa.lib.periods import Period
from lantoa.orgs.models import Unit
from lantoa.submissions.filling import NOTHING, Filled
from lantoa.submissions.models import Sheet, Submission, VersionValue
from lantoa.submissions.versions import Typed

NUMBER, REASON = "so-", "ly-do-"
MEANT, WHY, SEEN, SEEN_DRAFT = "co-y", "dieu-chinh", "ban", "nhap"
UNIT = "don-vi"  # of which the form is
SAVED = "luu-luc"  # said by a device that could not send at once
# Where a mistake of the whole form is shown.
PLACES = {"reason": "dieu-chinh", "is_nil": "khong", "period": "gui", "unit": "gui"}


@dataclass(frozen=True)
class Box:
    """A measure of the sheet. `recorded` is what the records say, "" if nothing; `href` opens them."""

    code: str
    label: str
    unit: str
    value: str
    recorded: str
    href: str
    reason: str = ""
    wrong: str = ""

    @property
    def name(self) -> str:
        return NUMBER + self.code

    @property
    def reason_name(self) -> str:
        return REASON + self.code

    @property
    def is_open(self) -> bool:
        """Whether the place for the reason stands open."""
        return bool(self.reason or self.wrong)


@dataclass(frozen=True)
class Form:
    """All that the page shows of the form.

    Attributes:
        seen, seen_draft: the version, and the moment of the draft, that this form was filled from.
    """

    boxes: Sequence[Box]
    seen: int
    seen_draft: str
    adjusts: bool
    why: str = ""
    is_empty_meant: bool = False
    mistakes: Sequence[tuple[str, str]] = field(default_factory=list)

    @property
    def filled(self) -> int:
        return sum(1 for box in self.boxes if box.recorded)


@dataclass(frozen=True)
class Known:
    """What the form is made of, read once."""

    sheet: Sheet
    unit: Unit
    span: Period
    measures: Sequence[Measure]
    filled: Mapping[int, Filled]
    submission: Submission | None
    sent: Sequence[VersionValue]


def blank(known: Known) -> Form:
    """As it opens: the draft, or what was sent, or what the records say."""
    draft = known.submission.draft if known.submission else None
    if draft is not None:
        return _as_typed(known, draft)
    sent = {each.measure_id: each for each in known.sent}
    typed = {}
    for measure in known.measures:
        value, reason = _first_value(known, measure, sent.get(measure.pk))
        typed[NUMBER + measure.code] = "" if value is None else numbers.show(value)
        typed[REASON + measure.code] = reason
    return _as_typed(known, typed)


def of(known: Known, post: Mapping[str, str], wrong: Sequence[LantoaError]) -> Form:
    """As it was typed, with what is wrong."""
    form = _as_typed(known, post)
    at = {each.where: sentence(each) for each in wrong if isinstance(each, RefusedError)}
    boxes = [replace(box, wrong=at.get(box.code, "")) for box in form.boxes]
    codes = {box.code for box in boxes}
    mistakes = [
        (NUMBER + code if code in codes else PLACES.get(code, "gui"), text)
        for code, text in at.items()
    ]
    mistakes += [("gui", sentence(each)) for each in wrong if not isinstance(each, RefusedError)]
    return replace(form, boxes=boxes, mistakes=mistakes)


def understood(
    measures: Sequence[Measure], post: QueryDict, *, is_nil: bool
) -> tuple[Typed, list[RefusedError]]:
    """The numbers of a request. What is no number comes back with its box."""
    totals: dict[str, int | None] = {}
    wrong = []
    for measure in measures:
        text = post.get(NUMBER + measure.code, "").strip()
        try:
            totals[measure.code] = numbers.read(text) if text else None
        except LantoaError as error:
            wrong.append(RefusedError(where=measure.code, vi=error.vi, en=error.en))
    reasons = {each.code: post.get(REASON + each.code, "") for each in measures}
    meant = bool(post.get(MEANT))
    return Typed(totals, reasons, is_nil=is_nil, is_empty_meant=meant), [] if is_nil else wrong


def typed_boxes(measures: Sequence[Measure], post: QueryDict) -> dict[str, str]:
    """The boxes as text, for a draft."""
    names = [prefix + each.code for each in measures for prefix in (NUMBER, REASON)]
    return {name: post.get(name, "") for name in [*names, WHY, MEANT] if post.get(name)}


def seen_draft(post: QueryDict) -> dt.datetime | None:
    """The moment of the draft that the form was filled from.

    Raises:
        RefusedError: it is no moment: the form was not made here.
    """
    said = post.get(SEEN_DRAFT, "")
    try:
        return dt.datetime.fromisoformat(said) if said else None
    except ValueError:
        raise _not_ours() from None


def seen(post: QueryDict) -> int:
    said = post.get(SEEN, "")
    if not (said.isascii() and said.isdigit() and len(said) < 10):
        raise _not_ours()
    return int(said)


def saved_at(post: QueryDict) -> dt.datetime | None:
    """When the device says that it was saved, where it could not be sent at once; nothing is decided by it alone."""
    try:
        said = dt.datetime.fromisoformat(post.get(SAVED, ""))
        return said.astimezone(dt.UTC) if said.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _not_ours() -> RefusedError:
    return RefusedError(
        where="period",
        vi="Trang này thiếu số bản. Hãy tải lại trang rồi gửi lại.",
        en="This page lacks its version. Reload it and send again.",
    )


def _first_value(
    known: Known, measure: Measure, sent: VersionValue | None
) -> tuple[int | None, str]:
    """What was typed stays typed; what was filled from records follows them."""
    recorded = known.filled.get(measure.pk, NOTHING).recorded
    if sent is None or sent.value == sent.recorded:
        return recorded, ""
    return sent.value, sent.reason


def _as_typed(known: Known, typed: Mapping[str, str]) -> Form:
    submission = known.submission
    return Form(
        boxes=[_box(known, measure, typed) for measure in known.measures],
        seen=submission.version if submission else 0,
        seen_draft=submission.drafted_at.isoformat()
        if submission and submission.drafted_at
        else "",
        adjusts=bool(submission and submission.approved_version is not None),
        why=typed.get(WHY, ""),
        is_empty_meant=bool(typed.get(MEANT)),
    )


def _box(known: Known, measure: Measure, typed: Mapping[str, str]) -> Box:
    recorded = known.filled.get(measure.pk, NOTHING).recorded
    in_english = lang() == "en"
    return Box(
        code=measure.code,
        label=measure.name_en if in_english else measure.name_vi,
        unit=measure.unit_en if in_english else measure.unit_vi,
        value=typed.get(NUMBER + measure.code, ""),
        recorded="" if recorded is None else numbers.show(recorded, lang()),
        href=records_of(measure, known.sheet, known.span, known.unit.pk),
        reason=typed.get(REASON + measure.code, ""),
    )


def records_of(measure: Measure, sheet: Sheet, span: Period, unit: int) -> str:
    """The page that lists the records of a figure."""
    asked = QueryDict(mutable=True)
    asked.update({"ky": span.code, "he": sheet.line.code, "don-vi": str(unit)})
    if span.rule != "calendar":
        asked["chot"] = span.rule
    return f"{reverse('portal:records', args=[measure.code])}?{asked.urlencode()}"


def title(span: Period) -> str:
    """Short enough for a phone: `Báo cáo quý IV/2026`."""
    return _("Báo cáo %(period)s") % {"period": span.name(lang())}
