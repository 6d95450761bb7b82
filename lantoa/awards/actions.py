"""What one may do with a nomination: put together, write its papers, confirm, send upward, appraise, return, withdraw.

Votes are in `councils`, decisions in `deciding`. Every action that a person presses for many takes many.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction

from lantoa.awards import dossiers, drafts, queries, refusals, sources
from lantoa.awards.drafts import Draft, clean
from lantoa.awards.models import DossierPaper, Merit, Nomination
from lantoa.awards.refusals import LEAST_REASON, AlreadyAwardedError, ChangedMeanwhileError
from lantoa.awards.steps import chunks, refuse_elsewhere, step
from lantoa.lib.dates import day_of
from lantoa.lib.errors import RefusedError
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Unit

__all__ = ["ChangedMeanwhileError", "Draft", "Meeting", "RefusedError"]

State = Nomination.State
MOST_MEMBERS = 99


@dataclass(frozen=True)
class Meeting:
    """Where the proposing level looked at its nominations: heads, never names."""

    date: dt.date
    members: int
    present: int
    in_favour: int


def nominate(*, draft: Draft, by: Person, at: dt.datetime) -> Nomination:
    """Put a collective or an individual forward, made of records that are there already.

    Raises:
        RefusedError: something in it is wrong; `where` says what.
    """
    return nominate_many(drafts=[draft], by=by, at=at)[0]


@transaction.atomic
def nominate_many(*, drafts: Sequence[Draft], by: Person, at: dt.datetime) -> list[Nomination]:
    """`nominate` for many at once, all or none."""
    rights.require_all(by, "awards.nominate", {each.unit.pk for each in drafts}, at)
    made = _filled([Nomination(recorded_at=at, recorded_by=by) for _ in drafts], drafts, at)
    Nomination.objects.bulk_create(made)
    Merit.objects.bulk_create(_merits(made, drafts))
    return made


@transaction.atomic
def correct(
    *, nomination: Nomination, seen: int, draft: Draft, by: Person, at: dt.datetime
) -> Nomination:
    """Change a dossier that has not gone upward, or came back. Its papers must be written again: they said something else.

    Raises:
        RefusedError: something in it is wrong, or it lies elsewhere.
        ChangedMeanwhileError: somebody else was faster.
    """
    rights.require(by, "awards.nominate", nomination.unit, at)
    if draft.unit.pk != nomination.unit_id:
        raise RefusedError(
            where="don-vi",
            vi="Hồ sơ này của đơn vị khác lập, không chuyển được.",
            en="Another unit made this dossier; it cannot be moved.",
        )
    step([nomination], dossiers.OWN_HANDS, {}, seen=seen)
    [changed] = _filled([nomination], [draft], at)
    changed.save()
    nomination.merits.all().delete()
    Merit.objects.bulk_create(_merits([changed], [draft]))
    _drop_papers([nomination])
    return changed


@transaction.atomic
def write_papers(
    *, nominations: Sequence[Nomination], meeting: Meeting, by: Person, at: dt.datetime
) -> list[DossierPaper]:
    """Write the three papers from what the dossiers say: one submission and one minutes for all, a report for each.

    Raises:
        RefusedError: the meeting is impossible; the dossiers are of several units, or lie elsewhere.
    """
    rights.require_all(by, "awards.nominate", {each.unit_id for each in nominations}, at)
    _refuse_wrong_meeting(meeting, day_of(at))
    unit = _one_unit(nominations)
    refuse_elsewhere(nominations, dossiers.OWN_HANDS)
    _drop_papers(nominations)
    made: dict[str, Any] = {"unit": unit, "made_by": by, "made_at": at}
    list_said = {"names": [each.called for each in nominations]}
    minutes_said = list_said | {k: v for k, v in asdict(meeting).items() if k != "date"}
    Kind = DossierPaper.Kind
    shared = [
        DossierPaper(kind=Kind.SUBMISSION, date=day_of(at), said=list_said, **made),
        DossierPaper(kind=Kind.MINUTES, date=meeting.date, said=minutes_said, **made),
    ]
    reports = [
        DossierPaper(kind=Kind.REPORT, date=day_of(at), said=said, **made)
        for said in _reports(nominations)
    ]
    papers = DossierPaper.objects.bulk_create([*shared, *reports])
    _hang(papers, nominations)
    return papers


@transaction.atomic
def confirm(*, nominations: Sequence[Nomination], by: Person, at: dt.datetime) -> None:
    """Confirm the reports of merit, as the level that proposes must.

    Raises:
        RefusedError: a dossier lies elsewhere, or has no report yet.
    """
    rights.require_all(by, "awards.confirm", {each.unit_id for each in nominations}, at)
    refuse_elsewhere(nominations, dossiers.OWN_HANDS)
    ids = [each.pk for each in nominations]
    confirmed = 0
    for some in chunks(ids):
        reports = DossierPaper.objects.filter(kind=DossierPaper.Kind.REPORT, nominations__in=some)
        found = list(reports.values_list("pk", flat=True))
        confirmed += DossierPaper.objects.filter(pk__in=found).update(
            confirmed_by=by, confirmed_at=at
        )
    if confirmed != len(ids):
        raise RefusedError(
            where="giay-to",
            vi="Có hồ sơ chưa có báo cáo thành tích. Lập giấy tờ trước rồi xác nhận.",
            en="A dossier has no report of merit yet. Write the papers first, then confirm.",
        )


@transaction.atomic
def send(*, nominations: Sequence[Nomination], by: Person, at: dt.datetime) -> None:
    """Send dossiers upward. Without the three papers, or for what was awarded before, none goes (A6.1, A6.4).

    Raises:
        AlreadyAwardedError: one achievement is not awarded twice; the earlier award is in it.
        RefusedError: a dossier lacks something; ChangedMeanwhileError: it lies elsewhere by now.
    """
    rights.require_all(by, "awards.nominate", {each.unit_id for each in nominations}, at)
    refuse_awarded(nominations)
    # Whoever still stands was not awarded before, or may be again.
    for each, lines in queries.checked(nominations, earlier={}):
        if missing := [(line.where, line.vi, line.en) for line in lines if not line.is_met]:
            raise refusals.lacks(each, missing)
    became = {"state": State.SENT, "sent_date": day_of(at), "remark": ""}
    step(nominations, dossiers.OWN_HANDS, became)


@transaction.atomic
def appraise(*, nominations: Sequence[Nomination], by: Person, at: dt.datetime) -> None:
    """Hold dossiers to be complete and right: a council may vote on them now."""
    rights.require_all(by, "awards.appraise", {each.decider_id for each in nominations}, at)
    step(nominations, (State.SENT,), {"state": State.APPRAISED})


@transaction.atomic
def send_back(
    *, nomination: Nomination, seen: int, remark: str, by: Person, at: dt.datetime
) -> None:
    """Say what a dossier lacks; it goes back to whoever nominated, who reads it word for word."""
    rights.require(by, "awards.appraise", nomination.decider, at)
    said = clean(remark)
    refusals.wrong_reason("loi-nhan", said, least=LEAST_REASON)
    became = {"state": State.INCOMPLETE, "remark": said}
    step([nomination], (State.SENT, State.APPRAISED), became, seen=seen)


@transaction.atomic
def withdraw(
    *, nomination: Nomination, seen: int, reason: str, by: Person, at: dt.datetime
) -> None:
    """Take a nomination back before it is voted on. It stays readable."""
    rights.require(by, "awards.nominate", nomination.unit, at)
    said = clean(reason)
    refusals.wrong_reason("ly-do", said)
    became = {"state": State.WITHDRAWN, "remark": said}
    before_the_vote = (*dossiers.OWN_HANDS, State.SENT, State.APPRAISED)
    step([nomination], before_the_vote, became, seen=seen)


@transaction.atomic
def allow_again(*, nomination: Nomination, reason: str, by: Person, at: dt.datetime) -> None:
    """Let an achievement be awarded again: the board writes down why, and its name stands under it (A6.1)."""
    rights.require(by, "awards.appraise", nomination.decider, at)
    said = clean(reason)
    refusals.wrong_reason("khen-lai", said, least=LEAST_REASON)
    Nomination.objects.filter(pk=nomination.pk).update(again_reason=said, again_by=by)
    nomination.refresh_from_db()


def refuse_awarded(nominations: Sequence[Nomination]) -> None:
    """Refuse if one of them was awarded for this achievement already, and the board has not written why again."""
    before = dossiers.earlier_awards([each for each in nominations if not each.again_reason])
    for each in nominations:
        if each.pk in before:
            raise AlreadyAwardedError(each, before[each.pk])


def _filled(
    nominations: list[Nomination], typed: Sequence[Draft], at: dt.datetime
) -> list[Nomination]:
    day = day_of(at)
    drafts.refuse_wrong(typed, day)
    names = drafts.names_for(typed, day)
    pairs = zip(nominations, typed, strict=True)
    return [drafts.fill(each, draft, names, day) for each, draft in pairs]


def _merits(nominations: Sequence[Nomination], typed: Sequence[Draft]) -> list[Merit]:
    pairs = zip(nominations, typed, strict=True)
    return [merit for each, draft in pairs for merit in drafts.merits_of(each, draft)]


def _one_unit(nominations: Sequence[Nomination]) -> Unit:
    if not nominations or len({(each.unit_id, each.decider_id) for each in nominations}) > 1:
        raise RefusedError(
            where="giay-to",
            vi="Một tờ trình chỉ gồm hồ sơ của một đơn vị, gửi một cấp. Chọn lại.",
            en="One submission holds dossiers of one unit, sent to one level. Choose again.",
        )
    return nominations[0].unit


def _refuse_wrong_meeting(meeting: Meeting, today: dt.date) -> None:
    heads = (1, meeting.present, meeting.members, MOST_MEMBERS)
    is_possible = list(heads) == sorted(heads) and 0 <= meeting.in_favour <= meeting.present
    if not is_possible or meeting.date > today:
        raise RefusedError(
            where="cuoc-hop",
            vi="Số thành viên, số có mặt, số đồng ý hoặc ngày họp chưa đúng. Xem lại biên bản.",
            en="Members, those present, those in favour or the day of the meeting cannot be. Look at the minutes.",
        )


def _reports(nominations: Sequence[Nomination]) -> list[dict[str, Any]]:
    """What each report says: the records, as they read on this day. They may be mended later, the report not."""
    found = sources.of_many([each.pk for each in nominations])
    return [
        {
            "records": [
                {"date": each.date.isoformat(), "what": each.what_vi, "title": each.title}
                for each in found[nomination.pk]
            ]
        }
        for nomination in nominations
    ]


def _hang(papers: Sequence[DossierPaper], nominations: Sequence[Nomination]) -> None:
    """Papers and dossiers know each other: the first two all, the others one each."""
    through = DossierPaper.nominations.through
    submission, minutes, *reports = papers
    links = [
        through(dossierpaper_id=paper.pk, nomination_id=each.pk)
        for each, report in zip(nominations, reports, strict=True)
        for paper in (submission, minutes, report)
    ]
    through.objects.bulk_create(links)


def _drop_papers(nominations: Sequence[Nomination]) -> None:
    """Papers that said something else go; one that also names others stays with them."""
    for some in chunks([each.pk for each in nominations]):
        DossierPaper.nominations.through.objects.filter(nomination__in=some).delete()
    units = {each.unit_id for each in nominations}
    DossierPaper.objects.filter(unit__in=units, nominations=None).delete()
