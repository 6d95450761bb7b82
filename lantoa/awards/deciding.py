"""Decisions: what a council agreed to becomes an award, numbered and counted; published with consent; revoked with a reason."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max, Q

from lantoa.awards import law, refusals
from lantoa.awards.actions import refuse_awarded
from lantoa.awards.drafts import clean
from lantoa.awards.models import Award, Decision, Kind, Level, Nomination
from lantoa.awards.refusals import LEAST_REASON
from lantoa.awards.steps import refuse_elsewhere, step
from lantoa.ledger import actions as ledger
from lantoa.ledger.models import Measure
from lantoa.ledger.postings import Fact, Posting
from lantoa.lib import terms
from lantoa.lib.dates import day_of, show_day
from lantoa.lib.errors import RefusedError
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Unit

SOURCE = "award"
State = Nomination.State
# Of each award one of these, by whose award it is; and of a direct worker's one more.
MEASURES = {
    (Level.PROVINCE, Kind.COLLECTIVE): ("khen-tinh-tap-the",),
    (Level.PROVINCE, Kind.INDIVIDUAL): ("khen-tinh-ca-nhan",),
    (Level.DISTRICT, Kind.COLLECTIVE): ("khen-co-so-tap-the", "khen-cap-huyen"),
    (Level.DISTRICT, Kind.INDIVIDUAL): ("khen-co-so-ca-nhan", "khen-cap-huyen"),
    (Level.COMMUNE, Kind.COLLECTIVE): ("khen-co-so-tap-the", "khen-cap-xa"),
    (Level.COMMUNE, Kind.INDIVIDUAL): ("khen-co-so-ca-nhan", "khen-cap-xa"),
}
DIRECT = "khen-truc-tiep-lao-dong"


@dataclass(frozen=True, kw_only=True)
class Text:
    """What a decision says besides its list.

    Attributes:
        bases: codes of what it cites.
        number: given by hand, where decisions are numbered on paper too; else the next one.
    """

    date: dt.date
    achievement: str
    bases: tuple[str, ...]
    signer_post: str
    signer_name: str = ""
    number: int | None = None


@transaction.atomic
def decide(
    *, nominations: Sequence[Nomination], text: Text, by: Person, at: dt.datetime
) -> Decision:
    """Issue a decision on what a council agreed to. From here on it counts.

    Raises:
        AlreadyAwardedError: one achievement is not awarded twice (A6.1).
        RefusedError: a text that it cites was not in force (A6.6); the notice is not over; the number is taken; the
            dossiers are of several units or forms, or nobody here gives that form.
    """
    rights.require_all(by, "awards.decide", {each.decider_id for each in nominations}, at)
    refuse_elsewhere(nominations, (State.PASSED,))
    unit, form = _one_list(nominations)
    _refuse_wrong_text(text, unit, form, day_of(at))
    _refuse_before_notice_ends(nominations, text.date)
    refuse_awarded(nominations)
    decision = _numbered(unit, form, text, by, at)
    step(nominations, (State.PASSED,), {"state": State.DECIDED})
    listed = sorted(nominations, key=lambda each: (each.kind != Kind.COLLECTIVE, each.pk))
    awards = Award.objects.bulk_create(
        Award(nomination=each, decision=decision, position=place)
        for place, each in enumerate(listed, start=1)
    )
    _post(awards, by, at)
    return decision


@transaction.atomic
def publish(*, decision: Decision, by: Person, at: dt.datetime) -> int:
    """Let the public see a decision's awards: collectives, and individuals who have agreed.

    Returns:
        How many individuals are held back for want of their consent.
    """
    rights.require(by, "awards.decide", decision.unit, at)
    awards = Award.objects.filter(decision=decision, revoked_at=None)
    agreed = Q(nomination__kind=Kind.COLLECTIVE) | Q(nomination__consent_date__isnull=False)
    awards.filter(agreed, published_at=None).update(published_at=at)
    return awards.exclude(agreed).count()


@transaction.atomic
def consent(*, award: Award, date: dt.date, by: Person, at: dt.datetime) -> None:
    """Write down that an individual has agreed to be published, on which day."""
    rights.require(by, "awards.nominate", award.nomination.unit, at)
    if date > day_of(at):
        raise RefusedError(
            where="dong-y",
            vi=f"Ngày {show_day(date)} chưa tới. Ghi ngày người được khen đã đồng ý.",
            en=f"{show_day(date)} is in the future. Enter the day on which they agreed.",
        )
    Nomination.objects.filter(pk=award.nomination_id).update(consent_date=date)


@transaction.atomic
def revoke(*, award: Award, reason: str, by: Person, at: dt.datetime) -> Award:
    """Take an award back: hidden from the public at once, no longer counted, its history kept.

    Raises:
        RefusedError: no reason, or it was revoked before.
    """
    rights.require(by, "awards.revoke", award.decision.unit, at)
    said = clean(reason)
    refusals.wrong_reason("ly-do", said, least=LEAST_REASON)
    standing = Award.objects.filter(pk=award.pk, revoked_at=None)
    if standing.update(revoked_at=at, revoked_by=by, revoked_reason=said) != 1:
        raise RefusedError(
            where="ly-do",
            vi="Khen thưởng này đã thu hồi rồi.",
            en="This award has been revoked already.",
        )
    award.refresh_from_db()
    # The public reads why an entry was taken back; the board's own words may name somebody, and stay inside.
    number, day = award.decision.said_number, show_day(award.decision.date)
    why = f"Thu hồi một khen thưởng theo Quyết định số {number} ngày {day}"
    ledger.post(source_kind=SOURCE, source_id=award.pk, facts=(), by=by, at=at, reason=why)
    return award


def next_number(unit: Unit, date: dt.date) -> int:
    """The number after the highest of the year or term."""
    series, _end = terms.numbering_span(law.numbering_of(unit), date)
    last = Decision.objects.filter(unit=unit, series_date=series).aggregate(last=Max("number"))
    return int(last["last"] or 0) + 1


def _one_list(nominations: Sequence[Nomination]) -> tuple[Unit, str]:
    if not nominations or len({(each.decider_id, each.form) for each in nominations}) > 1:
        raise RefusedError(
            where="ho-so",
            vi="Một quyết định chỉ gồm hồ sơ gửi một cấp, khen bằng một hình thức. Chọn lại.",
            en="One decision holds dossiers sent to one level, for one form of award. Choose again.",
        )
    return nominations[0].decider, nominations[0].form


def _refuse_wrong_text(text: Text, unit: Unit, form: str, today: dt.date) -> None:
    level = law.level_of(unit)
    if level not in law.form_rule(form, text.date).levels:
        raise RefusedError(
            where="hinh-thuc",
            vi="Hình thức này do cấp khác quyết định: gửi hồ sơ lên cấp ấy.",
            en="Another level decides this form of award: send the dossier up.",
        )
    if text.date > today:
        raise RefusedError(
            where="ngay",
            vi=f"Ngày {show_day(text.date)} chưa tới. Chọn hôm nay hoặc trước đó.",
            en=f"{show_day(text.date)} is in the future. Choose today or earlier.",
        )
    if not text.bases:
        raise RefusedError(
            where="can-cu",
            vi="Chọn ít nhất một căn cứ pháp lý.",
            en="Choose at least one legal basis.",
        )
    if gone := law.not_in_force(text.bases, text.date):
        raise refusals.repealed(gone, text.date)
    if not clean(text.achievement) or not clean(text.signer_post):
        raise RefusedError(
            where="noi-dung",
            vi="Ghi thành tích chung và chức vụ người ký.",
            en="Enter the achievement of all and the post of the one who signs.",
        )


def _refuse_before_notice_ends(nominations: Sequence[Nomination], date: dt.date) -> None:
    rule = law.procedure_on(date)
    days = rule.notice_days
    first = rule.notice_ends(max(each.noticed_date for each in nominations if each.noticed_date))
    if date < first:
        raise RefusedError(
            where="ngay",
            vi=f"Phải công khai {days} ngày rồi mới quyết định. Chọn ngày từ {show_day(first)}.",
            en=f"A decision comes {days} days after the notice. Choose a day from {show_day(first)}.",
        )


def _numbered(unit: Unit, form: str, text: Text, by: Person, at: dt.datetime) -> Decision:
    # One decision at a time for a unit, or two would take one number.
    Unit.objects.select_for_update().get(pk=unit.pk)
    series, _end = terms.numbering_span(law.numbering_of(unit), text.date)
    number = text.number or next_number(unit, text.date)
    taken = Decision.objects.filter(unit=unit, series_date=series, number=number).first()
    if taken:
        raise refusals.number_taken(taken)
    return Decision.objects.create(
        unit=unit,
        number=number,
        date=text.date,
        series_date=series,
        form=form,
        achievement=clean(text.achievement),
        bases=list(text.bases),
        signer_post=clean(text.signer_post),
        signer_name=clean(text.signer_name),
        issued_at=at,
        issued_by=by,
    )


def _post(awards: Sequence[Award], by: Person, at: dt.datetime) -> None:
    codes = {code for many in MEASURES.values() for code in many} | {DIRECT}
    ids = dict(Measure.objects.filter(code__in=codes).values_list("code", "pk"))
    postings = [Posting(SOURCE, each.pk, _facts(each, ids)) for each in awards]
    ledger.post_many(postings=postings, by=by, at=at)


def _facts(award: Award, ids: dict[str, int]) -> list[Fact]:
    """What an award means: one, at the level that commends, on the day of the decision."""
    nomination, decision = award.nomination, award.decision
    counted = list(MEASURES[Level(nomination.level), Kind(nomination.kind)])
    counted += [DIRECT] if nomination.is_direct_worker else []
    return [Fact(ids[code], decision.unit_id, decision.date, 1) for code in counted]
