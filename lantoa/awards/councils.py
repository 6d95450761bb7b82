"""Councils and their secret ballots: who sits, what is asked, one sheet a member, one count at the end.

No vote has a row, a time or an order: a sheet goes into a sealed box, its stub to the member's line of the roll
(docs/decisions/2026-11-25-a-vote-nobody-can-trace.md).
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.db import transaction

from lantoa.awards import boxes, law
from lantoa.awards.boxes import LEFT_OUT, NO, YES
from lantoa.awards.drafts import clean
from lantoa.awards.models import Ballot, Council, Nomination, Question, Seat, Turnout
from lantoa.awards.refusals import (
    BallotClosedError,
    BelowQuorumError,
    NotYoursToVoteError,
    VotedAlreadyError,
)
from lantoa.awards.steps import step
from lantoa.lib import text
from lantoa.lib.dates import day_of
from lantoa.lib.errors import RefusedError
from lantoa.orgs import rights
from lantoa.orgs.models import Closure, Person, Post, Unit
from lantoa.orgs.queries import valid_on

State = Nomination.State
FEWEST_MEMBERS = 3


@transaction.atomic
def seat(
    *, unit: Unit, name: str, members: Sequence[tuple[Person, str]], by: Person, at: dt.datetime
) -> Council:
    """Set up the council of a unit, in place of the one before it.

    Args:
        members: each person once, with what they sit there as.

    Raises:
        RefusedError: too few members, one twice, or one who could not enter to vote.
    """
    rights.require(by, "awards.decide", unit, at)
    people = [person for person, _title in members]
    _refuse_wrong_members(people, at)
    Council.objects.filter(unit=unit, end_date=None).update(end_date=day_of(at))
    council = Council.objects.create(unit=unit, name=clean(name), start_date=day_of(at))
    seats = [Seat(council=council, person=person, title=clean(said)) for person, said in members]
    Seat.objects.bulk_create(seats)
    return council


@transaction.atomic
def open_ballot(
    *,
    council: Council,
    nominations: Sequence[Nomination],
    closes_at: dt.datetime,
    by: Person,
    at: dt.datetime,
) -> Ballot:
    """Put appraised dossiers to a secret vote until a moment. Who belongs to a unit has no vote about it.

    Raises:
        RefusedError: nothing to vote on, something put to another unit, or the moment has passed.
        ChangedMeanwhileError: a dossier is not appraised (any more).
    """
    rights.require(by, "awards.appraise", council.unit, at)
    _refuse_wrong_ballot(council, nominations, closes_at, at)
    step(nominations, (State.APPRAISED,), {"state": State.VOTING})
    seats = list(council.seats.select_related("person").order_by("pk"))
    salt = boxes.new_salt()
    ballot = Ballot.objects.create(
        council=council,
        members=len(seats),
        opened_at=at,
        closes_at=closes_at,
        salt=salt,
        box=boxes.empty_box(salt, len(nominations)),
    )
    Question.objects.bulk_create(
        Question(ballot=ballot, nomination=each, position=place)
        for place, each in enumerate(nominations)
    )
    excluded = _excluded(council, seats, nominations, at)
    Turnout.objects.bulk_create(
        Turnout(ballot=ballot, seat=each, excluded=excluded[each.pk]) for each in seats
    )
    return ballot


@transaction.atomic
def vote(
    *,
    ballot: Ballot,
    answers: Mapping[int, bool],
    receipt: str = "",
    by: Person,
    at: dt.datetime,
) -> str:
    """Cast one's sheet, or change it with the receipt of the one cast before.

    Args:
        answers: yes or no to every question that is one's to answer, by its position.
        receipt: what `vote` gave back before. Only the voter's page holds it.

    Returns:
        The receipt of this sheet. It is kept nowhere here: whoever loses it has voted for good.

    Raises:
        NotYoursToVoteError: not a member, or an answer about one's own unit.
        BallotClosedError: it is over. VotedAlreadyError: a second sheet without the receipt of the first.
        RefusedError: a question is left open.
    """
    rights.require(by, "awards.vote", None, at)
    held = Ballot.objects.select_for_update().get(pk=ballot.pk)
    line = Turnout.objects.filter(ballot=held, seat__person=by).first()
    if line is None:
        raise _not_a_member()
    if held.closed_at or at >= held.closes_at:
        raise BallotClosedError(held.closes_at)
    salt = bytes(held.salt)
    sheet = boxes.new_sheet(_whole_sheet(held, line, answers))
    before = _sheet_before(line, salt, receipt)
    changes = {1: [sheet], -1: [before] if before else []}
    try:
        held.box = boxes.added(bytes(held.box), salt, changes)
    except boxes.BrokenBoxError as error:
        raise _broken() from error
    held.save(update_fields=["box"])
    line.has_voted, line.stub = True, boxes.stub_of(line.pk, sheet)
    line.save(update_fields=["has_voted", "stub"])
    return boxes.receipt_of(salt, line.pk, sheet)


@transaction.atomic
def extend(*, ballot: Ballot, closes_at: dt.datetime, by: Person, at: dt.datetime) -> None:
    """Give a ballot more time, also one that ended below its quorum. It is not shortened: members count on its end."""
    rights.require(by, "awards.appraise", ballot.council.unit, at)
    open_still = Ballot.objects.filter(pk=ballot.pk, closed_at=None, closes_at__lt=closes_at)
    if closes_at <= at or open_still.update(closes_at=closes_at) != 1:
        raise RefusedError(
            where="han",
            vi="Chỉ gia hạn được cuộc bỏ phiếu chưa kiểm phiếu, tới một lúc muộn hơn.",
            en="Only a ballot that has not been counted can be extended, to a later moment.",
        )


@transaction.atomic
def close(*, ballot: Ballot, by: Person, at: dt.datetime) -> Ballot:
    """Count the votes when the time is over. Enough of all members must have voted; the key is thrown away.

    Raises:
        RefusedError: it still runs, or was counted already. BelowQuorumError: too few have voted.
    """
    rights.require(by, "awards.appraise", ballot.council.unit, at)
    held = Ballot.objects.select_for_update().get(pk=ballot.pk)
    _refuse_running(held, at)
    questions = list(held.questions.select_related("nomination").order_by("position"))
    voted = held.turnout.filter(has_voted=True).count()
    rules = {form: law.form_rule(form, day_of(held.opened_at)) for form in _forms(questions)}
    if not all(rule.is_quorate(voted=voted, members=held.members) for rule in rules.values()):
        raise BelowQuorumError(voted, held.members)
    _count(held, questions, rules, at)
    return _wiped(held, at)


@transaction.atomic
def annul(*, ballot: Ballot, by: Person, at: dt.datetime) -> Ballot:
    """Give up a ballot whose time is over and that cannot be counted; its dossiers wait for another one.

    Raises:
        RefusedError: it still runs, or was counted already.
    """
    rights.require(by, "awards.appraise", ballot.council.unit, at)
    held = Ballot.objects.select_for_update().get(pk=ballot.pk)
    _refuse_running(held, at)
    asked = held.questions.select_related("nomination")
    step([each.nomination for each in asked], (State.VOTING,), {"state": State.APPRAISED})
    return _wiped(held, at)


def _wiped(ballot: Ballot, at: dt.datetime) -> Ballot:
    """Nothing is left of the key, the box or the stubs: from here on nobody can tell, whatever they hold."""
    ballot.turnout.update(stub="")
    ballot.closed_at, ballot.salt, ballot.box = at, b"", b""
    ballot.save(update_fields=["closed_at", "salt", "box"])
    return ballot


def _refuse_running(ballot: Ballot, at: dt.datetime) -> None:
    if ballot.closed_at or at < ballot.closes_at:
        raise RefusedError(
            where="phieu",
            vi="Chưa hết hạn bỏ phiếu, hoặc đã kiểm phiếu rồi.",
            en="The time is not over, or the votes have been counted already.",
        )


def _count(
    ballot: Ballot,
    questions: Sequence[Question],
    rules: Mapping[str, law.FormRule],
    at: dt.datetime,
) -> None:
    try:
        totals = boxes.counted(bytes(ballot.box), bytes(ballot.salt))
    except boxes.BrokenBoxError as error:
        raise _broken() from error
    alike: dict[tuple[int, int, bool], list[int]] = defaultdict(list)
    for each, (yes, no) in zip(questions, totals, strict=True):
        rule = rules[each.nomination.form]
        each.yes, each.no = yes, no
        each.has_passed = rule.agrees(yes=yes, members=ballot.members)
        alike[yes, no, each.has_passed].append(each.pk)
    # Most councils agree on most dossiers: a statement for each outcome, not for each dossier.
    for (yes, no, has_passed), ids in alike.items():
        Question.objects.filter(pk__in=ids).update(yes=yes, no=no, has_passed=has_passed)
    passed = [each.nomination for each in questions if each.has_passed]
    failed = [each.nomination for each in questions if not each.has_passed]
    step(passed, (State.VOTING,), {"state": State.PASSED, "noticed_date": day_of(at)})
    said = f"Hội đồng {ballot.members} thành viên không đủ phiếu đồng ý."
    step(failed, (State.VOTING,), {"state": State.REFUSED, "remark": said})


def _forms(questions: Sequence[Question]) -> set[str]:
    return {each.nomination.form for each in questions}


def _whole_sheet(ballot: Ballot, line: Turnout, answers: Mapping[int, bool]) -> list[int]:
    """An answer to each question in order; none to those that are not the member's."""
    places = range(ballot.questions.count())
    if set(answers) & set(line.excluded):
        raise NotYoursToVoteError(
            where="phieu",
            vi="Đồng chí thuộc đơn vị này nên không bỏ phiếu.",
            en="You belong to this unit, so you have no vote about it.",
        )
    if missing := [
        place for place in places if place not in answers and place not in line.excluded
    ]:
        raise RefusedError(
            where=f"cau-{missing[0]}",
            vi=f"Còn {len(missing)} hồ sơ chưa chọn. Chọn đồng ý hoặc không đồng ý với từng hồ sơ.",
            en=f"{len(missing)} dossiers are left open. Say yes or no to each.",
        )
    return [LEFT_OUT if p in line.excluded else YES if answers[p] else NO for p in places]


def _sheet_before(line: Turnout, salt: bytes, receipt: str) -> boxes.Sheet | None:
    """The sheet that this one takes the place of; None for the first."""
    if not line.has_voted:
        return None
    sheet = boxes.sheet_in(salt, line.pk, receipt)
    if sheet is None or boxes.stub_of(line.pk, sheet) != line.stub:
        raise VotedAlreadyError
    return sheet


def _broken() -> RefusedError:
    return RefusedError(
        where="phieu",
        vi="Hòm phiếu không mở được: khóa của hệ thống đã đổi từ khi mở bỏ phiếu. Hủy cuộc này rồi mở cuộc khác.",
        en="The box does not open: the site's key has changed since. Give this ballot up and open another.",
    )


def _not_a_member() -> NotYoursToVoteError:
    return NotYoursToVoteError(
        where="phieu",
        vi="Chỉ thành viên hội đồng được mời bỏ phiếu.",
        en="Only members of the council are asked to vote.",
    )


def _refuse_wrong_members(people: Sequence[Person], at: dt.datetime) -> None:
    roles = rights.ACTS["awards.vote"].roles
    held = Post.objects.filter(valid_on(day_of(at)), person__in=people, role__in=roles)
    may = set(held.values_list("person", flat=True))
    if len(people) < FEWEST_MEMBERS or len({each.pk for each in people}) != len(people):
        raise RefusedError(
            where="thanh-vien",
            vi=f"Hội đồng cần ít nhất {FEWEST_MEMBERS} thành viên, mỗi người một ghế.",
            en=f"A council needs at least {FEWEST_MEMBERS} members, one seat each.",
        )
    if any(each.pk not in may for each in people):
        raise RefusedError(
            where="thanh-vien",
            vi="Có thành viên chưa giữ chức vụ nào được bỏ phiếu. Giao chức vụ trước.",
            en="A member holds no post that may vote. Appoint them first.",
        )


def _refuse_wrong_ballot(
    council: Council, nominations: Sequence[Nomination], closes_at: dt.datetime, at: dt.datetime
) -> None:
    if not nominations or any(each.decider_id != council.unit_id for each in nominations):
        raise RefusedError(
            where="ho-so",
            vi="Chọn ít nhất một hồ sơ đã thẩm định, gửi chính đơn vị này.",
            en="Choose at least one appraised dossier that was sent to this very unit.",
        )
    if closes_at <= at:
        raise RefusedError(
            where="han",
            vi="Hạn bỏ phiếu đã qua. Chọn một lúc sau bây giờ.",
            en="The end of the vote has passed. Choose a later moment.",
        )


def _excluded(
    council: Council, seats: Sequence[Seat], nominations: Sequence[Nomination], at: dt.datetime
) -> dict[int, list[int]]:
    """By seat, the places of the questions about a unit to which the member belongs, or about themselves.

    Everybody there belongs to the council's own unit: it excludes nobody but whoever is nominated.
    """
    day = day_of(at)
    posts = Post.objects.filter(valid_on(day), person__in=[each.person_id for each in seats])
    units: dict[int, set[int]] = defaultdict(set)
    for person, unit in posts.exclude(unit=None).values_list("person", "unit"):
        units[person].add(unit)
    within = {unit for many in units.values() for unit in many}
    recipients = {each.recipient_id for each in nominations} - {council.unit_id}
    rows = Closure.objects.filter(valid_on(day), unit__in=within)
    pairs = {pair for pair in rows.values_list("ancestor", "unit") if pair[0] in recipients}
    names = [text.unique_key(each.name) for each in nominations]
    own = {each.pk: text.unique_key(each.person.name) for each in seats}
    return {
        each.pk: [
            place
            for place, (asked, name) in enumerate(zip(nominations, names, strict=True))
            if any((asked.recipient_id, unit) in pairs for unit in units[each.person_id])
            or (name and name == own[each.pk])
        ]
        for each in seats
    }
