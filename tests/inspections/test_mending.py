"""A finding is mended by one and closed by another; what is late climbs; a merger loses nothing that must be mended."""

import datetime as dt
import uuid

import pytest

from lantoa.inspections import findings
from lantoa.inspections.models import Finding, FixFile
from lantoa.inspections.refusals import ChangedMeanwhileError
from lantoa.lib.errors import RefusedError
from lantoa.orgs.models import Unit
from lantoa.orgs.rights import NotAllowedError
from lantoa.work.evidence import Sent
from tests import make
from tests.inspections.life import PAPER, TODAY, a_day_later, holder, told
from tests.work.photos import photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def finding(life):
    return life.concluded("N.du").findings.get()


@pytest.mark.both
def test_what_was_mended_and_seen_to_be_counts_with_its_conclusion(life, finding):
    life.recheck(life.fix(finding))

    finding.refresh_from_db()
    assert (finding.state, finding.closed_date) == ("closed", TODAY + dt.timedelta(days=1))
    assert told()["da-khac-phuc", life.world["TU"].pk, TODAY] == 1


@pytest.mark.both
def test_the_fixer_does_not_close_what_they_mended(life, finding):
    fixed = life.fix(finding, by=make.clerk())  # an administrator may do both, but not both here

    with pytest.raises(RefusedError) as wrong:
        life.recheck(fixed, by=make.clerk())

    assert str(wrong.value) == "Cần một người khác kiểm lại."
    finding.refresh_from_db()
    assert finding.state == "fixed"


def test_nor_does_whoever_mended_it_at_an_earlier_try(life, finding):
    first = life.fix(finding, by=make.clerk())
    life.recheck(first, is_mended=False, note="Mới có một biên bản")
    second = life.fix(finding)

    with pytest.raises(RefusedError, match="Cần một người khác kiểm lại"):
        life.recheck(second, by=make.clerk())


def test_what_is_not_mended_is_open_again_and_says_what_is_missing(life, finding):
    fixed = life.fix(finding)

    with pytest.raises(RefusedError) as wrong:
        life.recheck(fixed, is_mended=False)
    assert wrong.value.where == "note"
    life.recheck(fixed, is_mended=False, note="Mới có một biên bản")

    finding.refresh_from_db()
    assert finding.state == "open"
    assert ("da-khac-phuc", life.world["TU"].pk, TODAY) not in told()


@pytest.fixture
def closed(life, finding):
    life.recheck(life.fix(finding))
    finding.refresh_from_db()
    return finding


@pytest.mark.both
def test_what_was_confirmed_is_opened_again_with_a_reason_and_counts_as_mended_no_more(
    life, closed
):
    before = closed.due_date
    said = life.reopen(closed, due=10)

    closed.refresh_from_db()
    assert (closed.state, closed.closed_date) == ("open", None)
    assert closed.due_date == TODAY + dt.timedelta(days=10)
    assert (said.reason, said.due_before) == ("Sổ tháng 3 vẫn thiếu", before)
    assert ("da-khac-phuc", life.world["TU"].pk, TODAY) not in told()
    assert list(findings.to_mend(life.world["N.du"], TODAY)) == [closed]
    assert list(findings.verified_findings(units=[life.world["N.du"].pk])) == []


def test_all_that_was_said_before_stays_and_it_can_be_mended_and_closed_once_more(life, closed):
    life.reopen(closed)
    life.recheck(life.fix(closed, at=a_day_later(3)), at=a_day_later(4))
    closed.refresh_from_db()
    life.reopen(closed, reason="Lại thiếu", at=a_day_later(5))

    seen = findings.finding_for(life.inspector, closed.pk, make.NOON)
    assert [fix.recheck.is_mended for fix in seen.fixes.all()] == [True, True]
    assert [fix.recheck.reopening.reason for fix in seen.fixes.all()] == [
        "Sổ tháng 3 vẫn thiếu",
        "Lại thiếu",
    ]


@pytest.mark.parametrize(
    ("more", "where"), [({"reason": " "}, "reason"), ({"reason": "x" * 501}, "reason"), ({"due": 0}, "due")]
)  # fmt: skip
def test_nothing_is_opened_again_without_a_reason_or_by_a_day_that_has_passed(
    life, closed, more, where
):
    with pytest.raises(RefusedError) as wrong:
        life.reopen(closed, **more)

    assert wrong.value.where == where
    closed.refresh_from_db()
    assert closed.state == "closed"


def test_only_who_inspects_there_opens_again(life, closed, world):
    for person in (life.recorder, holder(world["N.du"], "inspector", world.party)):
        with pytest.raises(NotAllowedError):
            life.reopen(closed, by=person)


@pytest.mark.both
def test_what_is_not_closed_is_not_opened_and_nothing_is_opened_twice(life, finding):
    with pytest.raises(ChangedMeanwhileError):
        life.reopen(finding)
    life.recheck(life.fix(finding))
    seen = Finding.objects.get(pk=finding.pk)
    life.reopen(seen)

    with pytest.raises(ChangedMeanwhileError):
        life.reopen(seen)


def test_somebody_must_show_it(life, finding):
    with pytest.raises(RefusedError) as wrong:
        life.fix(finding, sent=[])

    assert wrong.value.where == "evidence"


def test_a_record_of_the_unit_shows_it_and_one_of_another_does_not(life, finding, record_at):
    with pytest.raises(RefusedError, match="không phải của đơn vị phải sửa"):
        life.fix(finding, sent=[], activity=record_at("M.du"))

    fixed = life.fix(finding, sent=[], activity=record_at("N.du"))
    assert fixed.activity.unit == life.world["N.du"]


@pytest.fixture
def record_at(life, conference_kind):
    from lantoa.work import actions

    def record(unit):
        return actions.record(
            kind=conference_kind,
            unit=life.world[unit],
            date=TODAY,
            values={"luot": 30},
            by=make.clerk(),
            at=make.NOON,
        )

    return record


@pytest.fixture
def conference_kind():
    return make.kind("hoi-nghi", one=make.measure("hoi-nghi"), needed=[make.measure("luot")])


def test_a_photo_is_kept_without_place_and_device(life, finding):
    shot = photo(seed=3)
    fixed = life.fix(finding, sent=[Sent("../anh.jpg", shot, uuid.uuid4())])

    kept = FixFile.objects.get(fix=fixed)
    assert (kept.is_photo, kept.name) == (True, "anh.jpg")
    assert findings.file_for(life.recorder, kept.uuid, make.NOON) == kept
    assert findings.file_for(make.person(), kept.uuid, make.NOON) is None


def test_a_file_that_is_neither_photo_nor_pdf_is_refused_and_nothing_is_mended(life, finding):
    with pytest.raises(RefusedError, match="ảnh"):
        life.fix(finding, sent=[Sent("a.exe", b"MZ", uuid.uuid4())])

    finding.refresh_from_db()
    assert finding.state == "open"


@pytest.mark.both
def test_of_two_who_mend_at_once_the_second_is_told(life, finding):
    seen = Finding.objects.get(pk=finding.pk)
    life.fix(finding)

    with pytest.raises(ChangedMeanwhileError):
        life.fix(seen)


def test_only_who_records_for_the_owner_mends(life, finding, world):
    for person in (life.inspector, holder(world["M.du"], "recorder", world.party)):
        with pytest.raises(NotAllowedError):
            life.fix(finding, by=person)


def test_only_who_inspects_there_closes(life, finding, world):
    fixed = life.fix(finding)

    with pytest.raises(NotAllowedError):
        life.recheck(fixed, by=holder(world["N.du"], "inspector", world.party))


def test_before_the_conclusion_there_is_nothing_to_mend(life):
    early = life.find(life.started())

    with pytest.raises(RefusedError, match="đang tiến hành"):
        life.fix(early)


def test_what_waits_to_be_seen_again_is_not_shown_to_who_mended_it(life, finding):
    life.fix(finding, by=make.clerk())

    assert list(findings.to_recheck(life.inspector, make.NOON)) == [finding]
    assert list(findings.to_recheck(make.clerk(), make.NOON)) == []
    assert list(findings.to_mend(life.world["N.du"], TODAY)) == []


def test_verified_findings_are_those_that_somebody_else_confirmed(life, finding, world):
    other = life.concluded("M.du").findings.get()
    life.fix(other, by=make.clerk())
    life.recheck(life.fix(finding))

    assert list(findings.verified_findings(units=[world["N.du"].pk, world["M.du"].pk])) == [finding]
    assert list(findings.verified_findings(units=[world["M.du"].pk])) == []
    assert list(findings.verified_findings(tasks=[])) == []


@pytest.mark.both
def test_what_is_late_climbs_to_every_unit_above(life, finding, world):
    late = finding.due_date + dt.timedelta(days=1)

    def overdue(unit, day):
        return findings.standing(world[unit], world.party, day).overdue

    assert [overdue(unit, late) for unit in ("N.du", "TU", "M.du")] == [1, 1, 0]
    assert overdue("TU", finding.due_date) == 0
    life.fix(finding)
    assert overdue("TU", late) == 0


def test_what_a_merged_unit_had_to_mend_is_counted_where_it_went(life, world):
    made = life.concluded("N.du")
    made.findings.update(owner=world["A2.du"])  # closed on 01/07/2025, went into N.du

    assert findings.standing(world["N.du"], world.party, TODAY).open == 1
    assert findings.standing(world["M.du"], world.party, TODAY).open == 0


def test_counting_asks_two_questions_however_many_units(life, world, django_assert_num_queries):
    life.concluded("N.du", "M.du")
    findings.standing(world["TU"], world.party, TODAY)

    with django_assert_num_queries(2):
        findings.standing(world["TU"], world.party, TODAY)


def test_pdf_bytes_are_kept_as_they_came(life, finding, settings):
    life.fix(finding)

    kept = FixFile.objects.get()
    assert (settings.MEDIA / kept.file).read_bytes() == PAPER
    assert Unit.objects.get(pk=finding.owner_id) == life.world["N.du"]


def left_by(life, world, key="A1.du"):
    """A finding of before the reform, at a committee that has closed since."""
    day = dt.date(2025, 3, 3)
    made = life.started(key, start=day, end=day + dt.timedelta(days=4))
    finding = life.find(made, key)
    life.conclude(made)
    return finding


def test_what_a_closed_unit_had_to_mend_has_come_to_its_heir(life, world):
    finding = left_by(life, world)

    assert list(findings.to_mend(world["N.du"], TODAY)) == [finding]
    assert list(findings.to_mend(world["M.du"], TODAY)) == []
    assert list(findings.to_mend(world["N.du"], dt.date(2025, 6, 30))) == []
    assert findings.finding_for(life.recorder, finding.pk, make.NOON) == finding
    assert findings.standing(world["N.du"], world.party, TODAY).open == 1


def test_the_heir_mends_it_and_shows_a_record_of_its_own(life, world, record_at):
    finding = left_by(life, world)
    stranger = holder(world["M.du"], "recorder", world.party)
    with pytest.raises(NotAllowedError):
        life.fix(finding, by=stranger)

    life.fix(finding, activity=record_at("N.du"), sent=[])

    finding.refresh_from_db()
    assert finding.state == "fixed"


def test_what_has_come_from_closed_units_opens_to_as_many_rows_as_are_counted(life, world):
    left_by(life, world)
    left_by(life, world, "A2.du")
    life.concluded("N.du")
    leader = holder(world["N.du"], "leader", world.party)

    seen = findings.concluded(findings.findings_seen_by(leader, make.NOON))
    behind = seen.filter(owner__in=findings.owners_below(world["N.du"].pk, world.party, TODAY))

    assert behind.count() == findings.standing(world["N.du"], world.party, TODAY).open == 3
