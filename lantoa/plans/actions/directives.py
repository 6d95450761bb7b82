"""What one may do about directives: file them, keep their file, take back what was filed by mistake."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from lantoa.keeping import files, papers
from lantoa.ledger import actions as ledger
from lantoa.ledger.actions import Fact, Posting
from lantoa.ledger.models import Measure
from lantoa.lib import secrecy, text
from lantoa.lib.dates import day_of, show_day
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Placement
from lantoa.plans import issuing, said
from lantoa.plans.drafts import DirectiveDraft, folded, refusals
from lantoa.plans.models import Directive, DirectiveDuty, DirectiveRelation, DirectiveVersion
from lantoa.plans.queries import trees
from lantoa.plans.refusals import (
    REASON_LENGTH,
    ChangedMeanwhileError,
    RefusedError,
    needed_reason,
)

SOURCE = "directive"
MEASURE = "van-ban-ban-hanh"
IDS_A_QUERY = 500
NAME_LENGTH = 120
# What a correction may change. Its unit stays: it is that unit's register.
CORRECTED = (
    "issuer", "kind", "style", "number", "symbol", "code", "series", "date", "extract", "signer", "line", "folded", "is_public",
)  # fmt: skip


def file(*, draft: DirectiveDraft, by: Person, at: dt.datetime) -> Directive:
    """Put a directive into the register of its unit, with what it relates to and what it asks.

    Raises:
        RefusedError: something in it is wrong, or its number is taken.
        SecretError: it is marked secret.
    """
    return file_many(drafts=[draft], by=by, at=at)[0]


@transaction.atomic
def file_many(*, drafts: Sequence[DirectiveDraft], by: Person, at: dt.datetime) -> list[Directive]:
    """`file` for many, all or none. Raises the first thing that is wrong."""
    rights.require_all(by, "plans.file", {draft.unit.pk for draft in drafts}, at)
    stands = _stands(drafts)
    for draft in drafts:
        for wrong in refusals(draft, stands, day_of(at)):
            raise wrong
    made = [_row(draft, by, at) for draft in drafts]
    try:
        with transaction.atomic():
            Directive.objects.bulk_create(made)
    except IntegrityError:
        raise _taken(made) from None
    _relate(list(zip(made, drafts, strict=True)))
    _post([each for each in made if not each.issuer], by=by, at=at)
    return made


@transaction.atomic
def file_with(
    *, draft: DirectiveDraft, document: tuple[str, bytes] | None, by: Person, at: dt.datetime
) -> Directive:
    """`file` together with its document, by name and content: both or neither."""
    made = file(draft=draft, by=by, at=at)
    if document:
        name, content = document
        attach(directive=made, name=name, content=content, by=by, at=at)
    return made


@transaction.atomic
def correct(
    *,
    directive: Directive,
    seen: int,
    draft: DirectiveDraft,
    reason: str,
    by: Person,
    at: dt.datetime,
) -> Directive:
    """Say anew what the register says of a directive, and why. What it said before stays beside it.

    Args:
        seen: the version that was on the screen.

    Raises:
        RefusedError: no reason, something in it is wrong, its number is taken, or what rests on it would come before it.
        SecretError: it is marked secret.
        ChangedMeanwhileError: another corrected or withdrew it first.
    """
    rights.require(by, "plans.file", directive.unit, at)
    why = text.one_line(reason)
    needed_reason(why, vi="Sửa văn bản đã vào sổ", en="Correcting a filed document")
    for wrong in refusals(draft, _stands([draft]), day_of(at)):
        raise wrong
    _refuse_turned_round(directive, draft)
    before = said.told_directive(directive)
    _become(directive, seen, _row(draft, by, at))
    DirectiveRelation.objects.filter(directive=directive).delete()
    DirectiveDuty.objects.filter(directive=directive).delete()
    _relate([(directive, draft)])
    _remember(directive, before, why, by=by, at=at)
    ledger.post(
        source_kind=SOURCE,
        source_id=directive.pk,
        facts=_facts(directive),
        by=by,
        at=at,
        reason=why,
    )
    return directive


@transaction.atomic
def attach(
    *, directive: Directive, name: str, content: bytes, by: Person, at: dt.datetime
) -> Directive:
    """Keep the document itself. One that was there before gives way.

    Raises:
        NotAPaperError: it is neither PDF nor Word, too heavy, or damaged.
        SecretError: its name or its head is marked secret.
    """
    rights.require(by, "plans.file", directive.unit, at)
    secrecy.refuse(name)
    paper = papers.told(content)
    secrecy.refuse(paper.head)
    plain = "".join(sign for sign in text.nfc(name).replace("\\", "/") if sign.isprintable())
    before, directive.file = directive.file, files.keep(content, paper.suffix)
    directive.file_name = plain.rsplit("/", 1)[-1][-NAME_LENGTH:]
    directive.file_size = len(content)
    directive.file_digest = hashlib.sha256(content).hexdigest()
    directive.save(update_fields=["file", "file_name", "file_size", "file_digest"])
    if before:
        transaction.on_commit(lambda: files.forget(before))
    return directive


@transaction.atomic
def withdraw(*, directive: Directive, reason: str, by: Person, at: dt.datetime) -> None:
    """Take out of the register what was filed by mistake, and say why. It stays to be read; its number is free again.

    Raises:
        RefusedError: no reason, or other directives rest on it.
    """
    rights.require(by, "plans.file", directive.unit, at)
    reason = text.one_line(reason)
    needed_reason(reason, vi="Rút văn bản", en="Withdrawing a document")
    resting = DirectiveRelation.objects.filter(
        other=directive, directive__withdrawn_at=None
    ).select_related("directive")
    if first := resting.order_by("pk").first():
        raise RefusedError(
            where="reason",
            vi=f"{first.directive.code} đang dựa vào văn bản này. Hãy rút văn bản đó trước.",
            en=f"{first.directive.code} rests on this document. Withdraw that one first.",
        )
    found = Directive.objects.filter(pk=directive.pk, withdrawn_at=None)
    if found.update(withdrawn_at=at, withdrawn_reason=reason) != 1:
        raise RefusedError(
            where="reason",
            vi="Văn bản này đã rút trước đó. Hãy tải lại trang.",
            en="This document was withdrawn before. Reload the page.",
        )
    directive.refresh_from_db()
    ledger.post(
        source_kind=SOURCE, source_id=directive.pk, facts=[], by=by, at=at,
        reason=reason[:REASON_LENGTH],
    )  # fmt: skip


def _stands(drafts: Sequence[DirectiveDraft]) -> set[tuple[int, int]]:
    units = sorted({draft.unit.pk for draft in drafts})
    found: set[tuple[int, int]] = set()
    for start in range(0, len(units), IDS_A_QUERY):
        some = Placement.objects.filter(unit__in=units[start : start + IDS_A_QUERY])
        found.update(some.values_list("unit_id", "line_id"))
    return found


def _row(draft: DirectiveDraft, by: Person, at: dt.datetime) -> Directive:
    made = Directive(
        unit=draft.unit,
        issuer=text.one_line(draft.issuer),
        kind=draft.kind,
        style=draft.symbol.style,
        number=draft.symbol.number,
        symbol=draft.symbol.symbol,
        code=draft.symbol.code,
        series=issuing.series_of(draft.symbol, draft.date),
        date=draft.date,
        extract=text.one_line(draft.extract),
        signer=text.one_line(draft.signer),
        line=draft.line,
        is_public=draft.is_public,
        recorded_at=at,
        recorded_by=by,
    )
    made.folded = folded(made)
    return made


def _relate(told: Sequence[tuple[Directive, DirectiveDraft]]) -> None:
    DirectiveRelation.objects.bulk_create(
        DirectiveRelation(directive=each, other=related.other, kind=related.kind)
        for each, draft in told
        for related in draft.related
    )
    DirectiveDuty.objects.bulk_create(
        DirectiveDuty(directive=each, **(asked._asdict() | {"unit_kinds": list(asked.unit_kinds)}))
        for each, draft in told
        for asked in draft.asked
    )


def _become(directive: Directive, seen: int, now: Directive) -> None:
    """One guarded UPDATE that must touch one row."""
    now.pk = directive.pk
    asked = Directive.objects.filter(pk=directive.pk, version=seen, withdrawn_at=None)
    told = {name: getattr(now, name) for name in CORRECTED}
    try:
        with transaction.atomic():
            touched = asked.update(**told, version=F("version") + 1)
    except IntegrityError:
        raise _taken([now]) from None
    if touched != 1:
        raise ChangedMeanwhileError
    directive.refresh_from_db()


def _remember(
    directive: Directive, before: dict[str, Any], reason: str, *, by: Person, at: dt.datetime
) -> None:
    """The version that was corrected, if it is the first, and the one that it became."""
    if directive.version == 2:
        first = {"at": directive.recorded_at, "by": directive.recorded_by}
        DirectiveVersion.objects.create(directive=directive, number=1, told=before, **first)
    DirectiveVersion.objects.create(
        directive=directive, number=directive.version, told=said.told_directive(directive),
        reason=reason, at=at, by=by,
    )  # fmt: skip


def _refuse_turned_round(directive: Directive, draft: DirectiveDraft) -> None:
    """What rests on it must stay later than it, and may not become what it rests on."""
    below = DirectiveRelation.objects.filter(other=directive, directive__withdrawn_at=None)
    early = below.filter(directive__date__lt=draft.date).select_related("directive")
    if first := early.order_by("directive__date").first():
        raise RefusedError(
            where="date",
            vi=f"{first.directive.code} căn cứ văn bản này mà ban hành trước, ngày {show_day(first.directive.date)}. Hãy xem lại ngày.",
            en=f"{first.directive.code} rests on this document and is earlier, of {show_day(first.directive.date)}. Check the date.",
        )
    ways: dict[int, list[int]] = {}
    for under, above in DirectiveRelation.objects.values_list("directive_id", "other_id"):
        ways.setdefault(above, []).append(under)
    back = trees.reached(directive.pk, ways)
    for each in draft.related:
        if each.other.pk in back:
            raise RefusedError(
                where="related",
                vi=f"{each.other.code} là chính văn bản này hoặc đang dựa vào nó, nên không thể là căn cứ. Hãy chọn văn bản khác.",
                en=f"{each.other.code} is this document or rests on it, so it cannot be its ground. Choose another.",
            )


def _taken(made: Sequence[Directive]) -> RefusedError:
    """Which of them has a number that is taken: by one that is there, or by another of these."""
    for each in made:
        same = Directive.objects.exclude(pk=each.pk).filter(
            kind=each.kind, series=each.series, number=each.number, issuer=each.issuer,
            withdrawn_at=None,
        )  # fmt: skip
        before = (same if each.issuer else same.filter(unit=each.unit_id)).first()
        if before:
            return RefusedError(
                where="symbol",
                vi=f"Số {each.number:02} đã vào sổ: {before.code}, ngày {show_day(before.date)}. Hãy xem lại số, hoặc mở văn bản đã có.",
                en=f"Number {each.number:02} is filed already: {before.code} of {show_day(before.date)}. Check the number, or open that one.",
            )
    return RefusedError(
        where="symbol",
        vi="Hai văn bản cùng một số. Hãy xem lại số của từng văn bản.",
        en="Two documents have one number. Check the number of each.",
    )


def _post(issued: Sequence[Directive], *, by: Person, at: dt.datetime) -> None:
    measure = Measure.objects.get(code=MEASURE)
    postings = [
        Posting(SOURCE, each.pk, [Fact(measure.pk, each.unit_id, each.date, 1)]) for each in issued
    ]
    ledger.post_many(postings=postings, by=by, at=at)


def _facts(directive: Directive) -> list[Fact]:
    """What it means now: one document of its unit; nothing where it came from outside."""
    if directive.issuer:
        return []
    measure = Measure.objects.get(code=MEASURE)
    return [Fact(measure.pk, directive.unit_id, directive.date, 1)]
