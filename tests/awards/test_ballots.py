"""The secret ballot: what is refused, what is counted, and that no row, order or record of the work says who voted how."""

import datetime as dt
import io
import itertools
import logging
import re

import pytest
from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, transaction

from lantoa.awards import boxes, councils, law
from lantoa.awards.models import Ballot, Question, Turnout
from lantoa.awards.refusals import (
    BallotClosedError,
    BelowQuorumError,
    NotYoursToVoteError,
    VotedAlreadyError,
)
from lantoa.lib.errors import RefusedError
from lantoa.orgs.models import Post
from lantoa.orgs.rights import NotAllowedError
from tests import make
from tests.awards import world as worlds

# What a row, its place on the disk and its log say hangs on the database: all of it is asked of both.
pytestmark = [pytest.mark.both, pytest.mark.django_db]
LATER = worlds.CLOSES + dt.timedelta(days=2)


@pytest.fixture
def made():
    return worlds.awarding()


def open_one(made, **changed):
    nomination = worlds.nominated(made, **changed)
    return worlds.opened(made, nomination), nomination


def dump():
    """Every row of every table of ours, as text."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("lantoa.")]
    said = io.StringIO()
    for model in ours:
        serializers.serialize("json", model.objects.order_by("pk"), stream=said)
    return said.getvalue()


def start_numbers_over():
    """PostgreSQL does not take back the numbers that a world gave out before it was undone."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("lantoa.")]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), ours):
            cursor.execute(statement)


def on_disk():
    """The rows of a vote in the order in which they lie in their files."""
    place = "ctid" if connection.vendor == "postgresql" else "rowid"
    found = []
    with connection.cursor() as cursor:
        for model, words in ((Turnout, "id, seat_id, has_voted"), (Question, "id, position, yes, no")):  # fmt: skip
            cursor.execute(f"SELECT {words} FROM {model._meta.db_table} ORDER BY {place}")  # noqa: S608
            found.append(cursor.fetchall())
    return str(found)


def test_a_vote_is_counted_and_a_second_sheet_is_refused(made):
    ballot, nomination = open_one(made)
    for each in made.members[:4]:
        worlds.vote(ballot, each, True)

    with pytest.raises(VotedAlreadyError, match="ở trong hòm"):
        worlds.vote(ballot, made.members[0], False)
    worlds.vote(ballot, made.members[4], False)
    councils.close(ballot=ballot, by=made.by, at=worlds.CLOSED)

    question = Question.objects.get()
    assert (question.yes, question.no, question.has_passed) == (4, 1, True)
    nomination.refresh_from_db()
    assert (nomination.state, nomination.noticed_date) == ("passed", worlds.CLOSED.date())


def test_a_vote_can_be_changed_until_the_end_with_what_the_page_holds(made):
    ballot, _ = open_one(made)
    voter = made.members[0]
    first = worlds.vote(ballot, voter, True)
    second = worlds.vote(ballot, voter, False, receipt=first)

    with pytest.raises(VotedAlreadyError):
        worlds.vote(ballot, voter, True, receipt=first)
    worlds.vote(ballot, voter, False, receipt=second)

    ballot.refresh_from_db()
    assert boxes.counted(bytes(ballot.box), bytes(ballot.salt)) == [(0, 1)]


def test_another_members_receipt_changes_nothing(made):
    ballot, _ = open_one(made)
    theirs = worlds.vote(ballot, made.members[0], True)
    worlds.vote(ballot, made.members[1], True)

    for receipt in (theirs, "", "la", "00" * 80):
        with pytest.raises(VotedAlreadyError):
            worlds.vote(ballot, made.members[1], False, receipt=receipt)


def test_a_vote_after_the_end_is_refused_with_the_time(made):
    ballot, _ = open_one(made)

    with pytest.raises(BallotClosedError, match="Đã hết hạn bỏ phiếu lúc 17:00"):
        worlds.vote(ballot, made.members[0], True, at=worlds.CLOSES)


def test_who_belongs_to_the_unit_has_no_vote_about_it(made):
    insider = made.members[0]
    Post.objects.create(
        person=insider,
        unit=made["A1.cb"],
        line=made.world.party,
        role="leader",
        start_date=make.START,
    )
    ballot, _ = open_one(made)

    assert Turnout.objects.get(seat__person=insider).excluded == [0]
    with pytest.raises(NotYoursToVoteError, match="Đồng chí thuộc đơn vị này nên không bỏ phiếu"):
        worlds.vote(ballot, insider, True)
    worlds.vote(ballot, insider)
    worlds.vote(ballot, made.members[1], True)
    ballot.refresh_from_db()
    assert boxes.counted(bytes(ballot.box), bytes(ballot.salt)) == [(1, 0)]


def test_nobody_votes_about_themselves(made):
    made.members[0].name = "Cá nhân số 7"
    made.members[0].save()
    ballot, _ = open_one(made, name="cá nhân số 7")

    assert [t.excluded for t in ballot.turnout.order_by("pk")] == [[0], [], [], [], []]


def test_a_stranger_and_a_member_without_a_post_have_no_vote(made):
    ballot, _ = open_one(made)
    with pytest.raises(NotYoursToVoteError, match="Chỉ thành viên"):
        worlds.vote(ballot, made.by, True)
    Post.objects.filter(person=made.members[0]).update(end_date=worlds.OPENED.date())

    with pytest.raises(NotAllowedError):
        worlds.vote(ballot, made.members[0], True)


def test_below_the_quorum_nothing_is_counted_until_more_have_voted(made):
    ballot, nomination = open_one(made)
    for each in made.members[:3]:
        worlds.vote(ballot, each, True)

    with pytest.raises(BelowQuorumError, match="3/5"):
        councils.close(ballot=ballot, by=made.by, at=worlds.CLOSED)
    nomination.refresh_from_db()
    assert (nomination.state, Question.objects.get().yes) == ("voting", None)

    councils.extend(ballot=ballot, closes_at=LATER, by=made.by, at=worlds.CLOSED)
    worlds.vote(ballot, made.members[3], True, at=worlds.CLOSED)
    councils.close(ballot=ballot, by=made.by, at=LATER)
    assert Question.objects.get().yes == 4


def test_it_is_neither_counted_early_nor_twice_nor_shortened(made):
    ballot, _ = open_one(made)
    for each in made.members:
        worlds.vote(ballot, each, True)

    for at in (worlds.OPENED, worlds.CLOSES - dt.timedelta(seconds=1)):
        with pytest.raises(RefusedError, match="Chưa hết hạn"):
            councils.close(ballot=ballot, by=made.by, at=at)
    with pytest.raises(RefusedError, match="gia hạn"):
        councils.extend(ballot=ballot, closes_at=worlds.CLOSES, by=made.by, at=worlds.OPENED)
    councils.close(ballot=ballot, by=made.by, at=worlds.CLOSED)
    with pytest.raises(RefusedError, match="kiểm phiếu rồi"):
        councils.close(ballot=ballot, by=made.by, at=worlds.CLOSED)


@pytest.mark.parametrize(
    ("form", "members", "yes", "passes"),
    [
        ("giay-khen", 10, 6, True),
        ("giay-khen", 10, 5, False),
        ("bang-khen-thu-tuong", 10, 8, True),
        ("bang-khen-thu-tuong", 10, 7, False),
        ("bang-khen-thu-tuong", 16, 13, True),
        ("bang-khen-thu-tuong", 16, 12, False),
    ],
)
def test_how_many_must_agree_is_counted_of_all_members(form, members, yes, passes):
    rule = law.form_rule(form, worlds.DECIDED)

    assert rule.agrees(yes=yes, members=members) is passes


def test_the_prime_ministers_needs_four_fifths_to_vote_at_all():
    rule = law.form_rule("bang-khen-thu-tuong", worlds.DECIDED)

    assert [rule.is_quorate(voted=n, members=10) for n in (7, 8)] == [False, True]


def test_a_dossier_without_the_votes_is_not_commended(made):
    ballot, nomination = open_one(made)
    for each, said in zip(made.members, (True, True, False, False, False), strict=True):
        worlds.vote(ballot, each, said)

    councils.close(ballot=ballot, by=made.by, at=worlds.CLOSED)

    nomination.refresh_from_db()
    assert nomination.state == "refused"


def test_every_question_needs_an_answer(made):
    both = [worlds.nominated(made), worlds.nominated(made, name="Cá nhân số 4")]
    ballot = worlds.opened(made, *both)

    with pytest.raises(RefusedError, match="Còn 1 hồ sơ chưa chọn") as refused:
        worlds.vote(ballot, made.members[0], True)
    assert refused.value.where == "cau-1"


# That nobody can tell. What follows looks at the whole database as an administrator would.


def fixed(monkeypatch):
    """The same 'random' bytes in the same order, so that only what was voted can make a difference."""
    counter = itertools.count()

    def bytes_of(size):
        return next(counter).to_bytes(size, "big")

    monkeypatch.setattr(boxes.secrets, "token_bytes", bytes_of)


@pytest.mark.parametrize("closes", [True, False], ids=["counted", "still open"])
def test_whoever_said_no_the_database_is_the_same(made, monkeypatch, closes):
    """Four say yes and one says no: five worlds, one for each who may have been the one, told apart by no row.

    While the ballot is open two things differ, the box and the stubs: ciphertext, and hashes of 256 random bits.
    """
    nomination = worlds.nominated(made)
    worlds.sent(made, nomination)
    ends = set()
    for dissenter in range(5):
        fixed(monkeypatch)
        start_numbers_over()
        nomination.refresh_from_db()
        point = transaction.savepoint()
        ballot = worlds.opened(made, nomination)
        for number, member in enumerate(made.members):
            worlds.vote(ballot, member, number != dissenter)
        if closes:
            councils.close(ballot=ballot, by=made.by, at=worlds.CLOSED)
        ends.add(dump() if closes else re.sub(r'"(box|stub)": "[^"]*"', "", dump()))
        transaction.savepoint_rollback(point)

    assert len(ends) == 1


@pytest.mark.parametrize("closes", [True, False], ids=["counted", "still open"])
def test_whoever_said_no_the_rows_lie_in_the_same_order(made, closes):
    """Members come in an order of their own; who of them says no changes nothing about where their rows lie."""
    nomination = worlds.nominated(made)
    worlds.sent(made, nomination)
    ends = set()
    for dissenter in range(5):
        start_numbers_over()
        nomination.refresh_from_db()
        point = transaction.savepoint()
        ballot = worlds.opened(made, nomination)
        for number in (3, 0, 4, 1, 2):
            worlds.vote(ballot, made.members[number], number != dissenter)
        if closes:
            councils.close(ballot=ballot, by=made.by, at=worlds.CLOSED)
        ends.add(on_disk())
        transaction.savepoint_rollback(point)

    assert len(ends) == 1


def test_a_changed_vote_leaves_no_row_and_no_count_behind(made):
    """Yes, then no, then yes: the totals are those of one who only ever said yes, and the roll has one line a member."""
    ballot, _ = open_one(made)
    receipt = ""
    for said in (True, False, True):
        receipt = worlds.vote(ballot, made.members[0], said, receipt=receipt)
    for each in made.members[1:]:
        worlds.vote(ballot, each, True)
    councils.close(ballot=ballot, by=made.by, at=worlds.CLOSED)

    assert list(Question.objects.values_list("yes", "no")) == [(5, 0)]
    assert Turnout.objects.count() == 5


def test_while_it_is_open_the_box_is_sealed_and_changes_as_a_whole(made):
    ballot, _ = open_one(made)
    boxes_seen = [bytes(ballot.box)]
    for each, said in zip(made.members, (True, False, True, True, False), strict=True):
        worlds.vote(ballot, each, said)
        ballot.refresh_from_db()
        boxes_seen.append(bytes(ballot.box))

    assert len({len(box) for box in boxes_seen}) == 1
    for before, after in itertools.pairwise(boxes_seen):
        same = sum(a == b for a, b in zip(before, after, strict=True))
        assert same < len(before) // 3
    assert [(q.yes, q.no) for q in Question.objects.all()] == [(None, None)]


def test_the_key_is_not_in_the_database(made, settings):
    ballot, _ = open_one(made)
    worlds.vote(ballot, made.members[0], True)
    ballot.refresh_from_db()
    settings.SECRET_KEY = "a reader of the database has another"  # noqa: S105

    with pytest.raises(boxes.BrokenBoxError):
        boxes.counted(bytes(ballot.box), bytes(ballot.salt))


def test_a_ballot_whose_key_was_changed_is_given_up_and_held_again(made, settings):
    ballot, nomination = open_one(made)
    for each in made.members:
        worlds.vote(ballot, each, True)
    settings.SECRET_KEY = "somebody changed it in the middle of a vote"  # noqa: S105

    with pytest.raises(RefusedError, match="khóa của hệ thống đã đổi"):
        councils.close(ballot=ballot, by=made.by, at=worlds.CLOSED)
    councils.annul(ballot=ballot, by=made.by, at=worlds.CLOSED)

    nomination.refresh_from_db()
    assert nomination.state == "appraised"
    assert set(Turnout.objects.values_list("stub", flat=True)) == {""}
    again = councils.open_ballot(
        council=made.council, nominations=[nomination], closes_at=LATER, by=made.by, at=worlds.CLOSED
    )  # fmt: skip
    assert again.pk != ballot.pk


def test_a_stub_does_not_say_which_sheet_it_is_of(made):
    """The same sheet of the same member has another stub each time: guessing yes and no and comparing leads nowhere."""
    ballot, _ = open_one(made)
    voter, stubs, receipt = made.members[0], set(), ""
    for _ in range(4):
        receipt = worlds.vote(ballot, voter, True, receipt=receipt)
        stubs.add(Turnout.objects.get(seat__person=voter).stub)

    line = Turnout.objects.get(seat__person=voter)
    guesses = {boxes.stub_of(line.pk, boxes.Sheet((said,), b"")) for said in (0, 1, 2)}
    assert len(stubs) == 4
    assert not guesses & stubs


def test_the_roll_keeps_neither_time_nor_order_nor_choice(made):
    fields = {field.name for field in Turnout._meta.get_fields()}
    assert fields == {"id", "ballot", "seat", "excluded", "has_voted", "stub"}

    ballot, _ = open_one(made)
    before = list(Turnout.objects.order_by("pk").values_list("pk", "seat"))
    for each in reversed(made.members):
        worlds.vote(ballot, each, True)
    assert list(Turnout.objects.order_by("pk").values_list("pk", "seat")) == before

    councils.close(ballot=ballot, by=made.by, at=worlds.CLOSED)
    ballot = Ballot.objects.get()
    assert (bytes(ballot.box), bytes(ballot.salt)) == (b"", b"")
    assert set(Turnout.objects.values_list("stub", flat=True)) == {""}


def test_nothing_is_written_to_a_log(made, caplog):
    caplog.set_level(logging.DEBUG)
    ballot, _ = open_one(made)
    receipt = worlds.vote(ballot, made.members[0], True)
    worlds.vote(ballot, made.members[0], False, receipt=receipt)

    ours = [r for r in caplog.records if r.name.startswith("lantoa")]
    assert ours == []
    assert receipt not in caplog.text


def test_a_council_needs_three_who_may_vote_each_once(made):
    stranger = make.person()
    for people in (made.members[:2], [*made.members, made.members[0]], [*made.members, stranger]):
        with pytest.raises(RefusedError):
            councils.seat(
                unit=made["N.du"],
                name="Hội đồng",
                members=[(each, "Ủy viên") for each in people],
                by=made.by,
                at=worlds.NOW,
            )
