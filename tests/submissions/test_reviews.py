"""What happens to what was sent: approved as it was shown, returned with a question, adjusted in the open."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection, transaction

from lantoa.ledger import queries as ledger
from lantoa.lib.errors import RefusedError
from lantoa.orgs.models import Post
from lantoa.orgs.rights import NotAllowedError
from lantoa.submissions import actions, queries, reviews
from lantoa.submissions.models import Review, Submission, Version, VersionValue
from lantoa.submissions.refusals import ChangedMeanwhileError
from lantoa.submissions.reviews import NotTheirsError, Shown, TooLateError
from tests import make
from tests.submissions.world import holder, typed

pytestmark = pytest.mark.django_db
Role = Post.Role
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def sender(unit):
    return holder(unit, Role.RECORDER)


@pytest.fixture
def above(top, communes):
    return holder(top, Role.REVIEWER)


@pytest.fixture
def answer(sheet, unit, sender):
    def answer(*, seen=0, reason="", unit=unit, by=None, at=make.NOON, period="2023", **boxes):
        return actions.answer(
            sheet=sheet,
            unit=unit,
            period=period,
            typed=typed(**boxes),
            seen=seen,
            reason=reason,
            by=by or sender,
            at=at,
        )

    return answer


@pytest.fixture
def approve(above):
    def approve(submission, *, version=1, by=above, at=make.NOON):
        shown = Shown(version, ledger.position())
        return reviews.approve(submission=submission, shown=shown, by=by, at=at)

    return approve


@pytest.fixture
def send_back(above):
    def send_back(submission, question="27 hay 37 người?", *, version=1, by=above, at=make.NOON):
        shown = Shown(version, ledger.position())
        return reviews.send_back(
            submission=submission, shown=shown, question=question, by=by, at=at
        )

    return send_back


def values(submission, number=1):
    found = VersionValue.objects.filter(version__submission=submission, version__number=number)
    return {each.measure.code: each.value for each in found}


def test_what_is_sent_is_filled_from_records_and_waits_for_the_unit_above(answer, record, above):
    record(30)

    submission = answer()

    assert submission.state == "sent"
    assert values(submission) == {"luot-nguoi": 30, "dang-vien": None}
    assert queries.waiting_for(above, make.NOON) == [submission]


def test_a_typed_total_becomes_a_statement_of_the_difference(answer, record, heads, unit):
    record(30)

    submission = answer(luot_nguoi=37)

    assert values(submission)["luot-nguoi"] == 37
    assert submission.statements.get().total == 37
    assert sum(ledger.said_by("statement", submission.statements.get().pk).values()) == 37 - 30


def test_a_differing_total_says_why(answer, record):
    record(30)

    with pytest.raises(RefusedError, match="vì sao"):
        answer(luot_nguoi=37, why=" ")


def test_an_emptied_box_is_no_value_and_somebody_has_to_mean_it(answer, record):
    record(30)
    with pytest.raises(RefusedError, match="Còn trống: luot-nguoi, dang-vien") as asked:
        answer(luot_nguoi=None, empty=False)
    assert asked.value.where == "luot-nguoi"

    submission = answer(luot_nguoi=None)

    assert values(submission) == {"luot-nguoi": None, "dang-vien": None}


def test_zero_where_nothing_was_recorded_is_a_value_and_no_statement(answer):
    submission = answer(luot_nguoi=0)

    assert values(submission)["luot-nguoi"] == 0
    assert not submission.statements.exists()


def test_what_stands_below_is_part_of_the_answer_and_never_stated_away(answer, heads, unit, sheet):
    cell = make.unit(kind="party_cell", under=unit)
    from lantoa.work import actions as work

    work.record(
        kind=make.kind(needed=[heads]),
        unit=cell,
        date=dt.date(2023, 3, 1),
        values={"luot-nguoi": 20},
        by=make.clerk(),
        at=make.NOON,
    )

    submission = answer(luot_nguoi=25)

    assert values(submission)["luot-nguoi"] == 20 + 5
    assert submission.statements.get().total == 5
    with pytest.raises(RefusedError, match="bên dưới đã ghi 20"):
        answer(luot_nguoi=19, seen=1)


def test_nil_is_refused_where_anything_below_was_recorded(answer, record):
    record(30)

    with pytest.raises(RefusedError, match="đã có hồ sơ"):
        answer(nil=True)


def test_approving_locks_the_version_that_was_shown(answer, approve, above):
    submission = answer(luot_nguoi=30)

    review = approve(submission)

    submission.refresh_from_db()
    assert (submission.state, submission.approved_version) == ("approved", 1)
    assert (review.version.number, review.by) == (1, above)
    assert review.position >= review.version.position


def test_a_newer_version_is_not_approved_by_looking_at_the_old_one(answer, approve):
    submission = answer(luot_nguoi=30)
    answer(luot_nguoi=31, seen=1)

    with pytest.raises(ChangedMeanwhileError, match="nay là bản 2"):
        approve(submission, version=1)

    assert Submission.objects.get().state == "sent"
    assert not Review.objects.exists()


def test_the_same_form_sent_again_after_its_answer_was_lost_is_one_version(answer):
    first = answer(luot_nguoi=30)

    again = answer(luot_nguoi=30, seen=0)

    assert (again.pk, again.version) == (first.pk, 1)
    assert Version.objects.count() == 1


def test_another_form_filled_from_an_older_version_is_not_taken(answer, top):
    answer(luot_nguoi=30)

    with pytest.raises(ChangedMeanwhileError):
        answer(luot_nguoi=31, seen=0)
    with pytest.raises(ChangedMeanwhileError):
        answer(luot_nguoi=30, seen=0, by=holder(top, Role.REVIEWER))

    assert Version.objects.get().values.get(value__isnull=False).value == 30


def test_a_return_asks_something_and_the_unit_sends_anew(answer, send_back, approve):
    submission = answer(luot_nguoi=37)
    with pytest.raises(RefusedError, match="phải hỏi"):
        send_back(submission, "  ")

    send_back(submission)
    with pytest.raises(ChangedMeanwhileError):
        approve(submission)
    again = answer(luot_nguoi=27, seen=1)

    assert (again.state, again.version) == ("sent", 2)
    assert [each.number for each in queries.versions_of(submission)] == [2, 1]


def test_a_returned_report_may_be_sent_again_as_it_was(answer, send_back):
    submission = answer(luot_nguoi=37)
    send_back(submission)

    assert answer(luot_nguoi=37, seen=1).version == 2


def test_after_approval_a_change_is_an_adjustment_that_says_why_and_is_seen_above(
    answer, approve, unit
):
    submission = answer(luot_nguoi=30)
    approve(submission)
    with pytest.raises(RefusedError, match="đã khóa"):
        answer(luot_nguoi=31, seen=1)

    adjusted = answer(luot_nguoi=31, seen=1, reason="sót một buổi")

    assert (adjusted.state, adjusted.version, adjusted.approved_version) == ("sent", 2, 1)
    seen_above = queries.adjustments([unit.pk], make.NOON)
    assert [each.reason for each in seen_above] == ["sót một buổi"]


def test_the_same_again_after_approval_changes_nothing(answer, approve):
    submission = answer(luot_nguoi=30)
    approve(submission)

    assert answer(luot_nguoi=30, seen=1).state == "approved"


def test_nobody_approves_their_own(answer, approve, unit, top, sender, above):
    submission = answer(luot_nguoi=30)
    Post.objects.create(
        person=sender, unit=top, line=make.line(), role=Role.REVIEWER, start_date=make.START
    )

    with pytest.raises(NotTheirsError):
        approve(submission, by=sender)
    assert queries.waiting_for(sender, make.NOON) == []


def test_nobody_approves_the_report_of_a_unit_where_they_hold_a_post(answer, approve, unit, top):
    both = holder(top, Role.REVIEWER)
    Post.objects.create(
        person=both, unit=unit, line=make.line(), role=Role.LEADER, start_date=make.START
    )
    submission = answer(luot_nguoi=30)

    with pytest.raises(NotTheirsError):
        approve(submission, by=both)


def test_a_post_given_up_after_the_sending_is_still_ones_own(answer, approve, unit, top):
    moved = holder(unit, Role.RECORDER, until=dt.date(2026, 11, 25))
    Post.objects.create(
        person=moved, unit=top, line=make.line(), role=Role.REVIEWER, start_date=make.START
    )
    submission = answer(luot_nguoi=30)
    later = make.NOON + dt.timedelta(days=7)

    with pytest.raises(NotTheirsError):
        approve(submission, by=moved, at=later)
    Post.objects.filter(person=moved, unit=unit).update(end_date=dt.date(2026, 11, 1))
    assert approve(submission, by=moved, at=later)


@pytest.mark.parametrize("role", [Role.RECORDER, Role.LEADER, Role.INSPECTOR, Role.ANSWERER])
def test_who_may_not_review_is_refused(answer, approve, top, role):
    submission = answer(luot_nguoi=30)

    with pytest.raises(NotAllowedError):
        approve(submission, by=holder(top, role))


def test_only_the_direct_superior_in_the_sheets_line_reviews(answer, approve, top, unit, communes):
    submission = answer(luot_nguoi=30)
    far = make.unit("Trung ương", start=dt.date(2019, 1, 1))
    beside = holder(communes[1], Role.REVIEWER)
    other_line = holder(top, Role.REVIEWER, on=make.line("phu-nu"))

    for stranger in (holder(far, Role.REVIEWER), beside, other_line, holder(unit, Role.APPROVER)):
        with pytest.raises(NotTheirsError):
            approve(submission, by=stranger)


def test_undo_within_its_seconds_and_by_the_same_person_only(answer, approve, above, top):
    submission = answer(luot_nguoi=30)
    review = approve(submission)
    other = holder(top, Role.REVIEWER)
    with pytest.raises(TooLateError):
        reviews.undo(reviews=[review.pk], by=other, at=make.NOON + SECOND)
    with pytest.raises(TooLateError):
        reviews.undo(reviews=[review.pk], by=above, at=make.NOON + reviews.UNDO_WITHIN)

    reviews.undo(reviews=[review.pk], by=above, at=make.NOON + 9 * SECOND)

    submission.refresh_from_db()
    assert (submission.state, submission.approved_version) == ("sent", None)
    with pytest.raises(TooLateError):
        reviews.undo(reviews=[review.pk], by=above, at=make.NOON + 9 * SECOND)


def test_undoing_an_approved_adjustment_leaves_the_first_approval(answer, approve, above):
    submission = answer(luot_nguoi=30)
    approve(submission)
    answer(luot_nguoi=31, seen=1, reason="sót")
    second = approve(submission, version=2)

    reviews.undo(reviews=[second.pk], by=above, at=make.NOON + SECOND)

    submission.refresh_from_db()
    assert (submission.state, submission.approved_version) == ("sent", 1)


def test_a_return_that_the_unit_has_answered_is_not_undone(answer, send_back, above):
    submission = answer(luot_nguoi=37)
    review = send_back(submission)
    answer(luot_nguoi=27, seen=1)

    with pytest.raises(TooLateError):
        reviews.undo(reviews=[review.pk], by=above, at=make.NOON + SECOND)


def test_many_are_approved_at_once_but_for_what_has_changed(answer, above, communes, sheet):
    shown = {}
    for commune in communes:
        sent = answer(unit=commune, by=make.clerk(), luot_nguoi=5)
        shown[sent.pk] = Shown(1, ledger.position())
    answer(unit=communes[2], by=make.clerk(), seen=1, luot_nguoi=6)

    done, left = reviews.approve_many(shown=shown, by=above, at=make.NOON)

    assert {each.version.submission.unit for each in done} == set(communes[:2])
    assert [each.unit for each in left] == [communes[2]]


def test_the_database_itself_locks_what_is_approved_and_freezes_versions(answer, approve):
    submission = answer(luot_nguoi=30)
    approve(submission)

    for change in (
        lambda: Submission.objects.update(state="returned"),
        lambda: Submission.objects.update(is_nil=True),
        lambda: Submission.objects.update(version=0),
        lambda: Version.objects.update(is_nil=True),
        lambda: VersionValue.objects.update(value=99),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_draft_keeps_what_was_typed_and_another_tab_is_not_overwritten(sheet, unit, sender):
    told = {"sheet": sheet, "unit": unit, "period": "2023", "by": sender}
    kept = actions.save_draft(
        **told, draft={"so-luot-nguoi": "1.1O"}, seen=0, seen_draft=None, at=make.NOON
    )

    assert kept.state == "draft"
    assert kept.draft == {"so-luot-nguoi": "1.1O"}
    assert queries.reported(sheet, "2023") == set()
    with pytest.raises(ChangedMeanwhileError):
        actions.save_draft(**told, draft={}, seen=0, seen_draft=None, at=make.NOON + SECOND)


def test_sending_takes_the_place_of_the_draft(sheet, unit, sender, answer):
    actions.save_draft(
        sheet=sheet, unit=unit, period="2023", draft={"a": "1"}, seen=0, seen_draft=None,
        by=sender, at=make.NOON,
    )  # fmt: skip

    assert answer(luot_nguoi=3).draft is None


@pytest.fixture
def race():
    """Run things at once, each with a connection of its own; what each gave or raised."""

    def race(*calls):
        gate = threading.Barrier(len(calls))

        def run(call):
            gate.wait()
            try:
                return call()
            except (ChangedMeanwhileError, IntegrityError) as error:
                return error
            finally:
                connection.close()

        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(run, calls))

    return race


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_reviewers_at_once_decide_once(answer, top, race):
    submission = answer(luot_nguoi=30)
    one, other = holder(top, Role.REVIEWER), holder(top, Role.APPROVER)
    shown = Shown(1, ledger.position())

    told = race(
        lambda: reviews.approve(
            submission=Submission.objects.get(), shown=shown, by=one, at=make.NOON
        ),
        lambda: reviews.send_back(
            submission=Submission.objects.get(),
            shown=shown,
            question="27?",
            by=other,
            at=make.NOON,
        ),
    )

    decided = Review.objects.get()
    assert sum(isinstance(each, ChangedMeanwhileError) for each in told) == 1
    submission.refresh_from_db()
    assert submission.state == decided.decision


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_sending_while_approving_never_approves_what_was_not_shown(
    answer, above, sheet, unit, sender, race
):
    submission = answer(luot_nguoi=30)
    shown = Shown(1, ledger.position())

    approved, sent = race(
        lambda: reviews.approve(
            submission=Submission.objects.get(), shown=shown, by=above, at=make.NOON
        ),
        lambda: actions.send(
            sheet=sheet,
            unit=unit,
            period="2023",
            is_nil=True,
            reason="nhầm",
            by=sender,
            at=make.NOON,
        ),
    )

    submission.refresh_from_db()
    assert submission.version == sent.version == 2
    assert submission.state == "sent"
    if isinstance(approved, ChangedMeanwhileError):
        assert submission.approved_version is None
    else:
        assert (submission.approved_version, approved.version.number) == (1, 1)
