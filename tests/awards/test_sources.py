"""Merits point at records of every room; what is wrong about pointing is refused; who fulfils the rule is suggested."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lantoa.awards import actions, sources, suggestions
from lantoa.inspections.models import Finding, Inspection, Topic
from lantoa.lib.errors import RefusedError
from lantoa.plans.models import Plan, Task
from lantoa.practices.models import Adoption, Practice
from lantoa.work import actions as work
from tests import make
from tests.awards import world as worlds

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)


@pytest.fixture
def made():
    return worlds.awarding()


def practice(made):
    return Practice.objects.create(
        unit=made["A1.cb"], kind="mo-hinh", field="kinh-te", title="Nuôi lợn nhựa", registered_date=DAY, state="registered", contact_unit=made["A1.cb"]
    )  # fmt: skip


def task(made):
    plan = Plan.objects.create(
        unit=made["A1.cb"], year=2026, line=made.world.party, recorded_at=worlds.RECORDED, recorded_by=made.by
    )  # fmt: skip
    return Task.objects.create(
        plan=plan, kind="focus", content="Làm 2 km đường", start_date=DAY, said_in=1
    )


def finding(made):
    looked = Inspection.objects.create(
        unit=made["N.du"],
        line=made.world.party,
        topic=Topic.objects.create(code="chu-de", name_vi="Chủ đề", name_en="Topic"),
        kind="kiem-tra",
        title="Kiểm tra",
        start_date=DAY,
        end_date=DAY,
        concluded_date=DAY,
        state="concluded",
        recorded_at=worlds.RECORDED,
        recorded_by=made.by,
    )
    return Finding.objects.create(
        inspection=looked,
        unit=made["A1.cb"],
        what="Thiếu sổ",
        recommendation="Lập đủ sổ",
        owner=made["A1.cb"],
        due_date=DAY,
        state="closed",
        closed_date=DAY,
        recorded_at=worlds.RECORDED,
        recorded_by=made.by,
    )


@pytest.mark.parametrize(
    ("kind", "record", "said"),
    [
        ("practice", practice, "Nuôi lợn nhựa"),
        ("task", task, "Làm 2 km đường"),
        ("finding", finding, "Lập đủ sổ"),
    ],
)
def test_records_of_every_room_are_offered_and_can_be_pointed_at(made, kind, record, said):
    it = record(made)

    offered = {each.key: each.title for each in sources.offered(made["A1.cb"], until=worlds.TODAY)}
    nomination = worlds.nominated(made, merits=((kind, it.pk),))

    assert said in offered[f"{kind}-{it.pk}"]
    [shown] = sources.of_merits(nomination.merits.all())
    assert (shown.source_kind, shown.unit_id) == (kind, made["A1.cb"].pk)


def test_a_record_of_another_unit_one_withdrawn_and_one_that_is_not_there_are_refused(made):
    other = worlds.record(made, unit="M.du")
    gone = worlds.record(made)
    work.withdraw(activity=gone, seen=1, reason="Ghi nhầm", by=made.by, at=worlds.RECORDED)

    for number in (other.pk, gone.pk, 10**9):
        with pytest.raises(RefusedError) as refused:
            worlds.nominated(made, merits=(("activity", number),))
        assert refused.value.where == "ho-so"


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"decider": "A1.cb"}, "hinh-thuc"),
        ({"decider": "M.du"}, "cap"),
        ({"recipient": "M.du"}, "don-vi"),
        ({"form": "bang-khen"}, "hinh-thuc"),
        ({"achievement": " "}, "thanh-tich"),
        ({"post": "Trưởng xóm"}, "ho-ten"),
    ],
)
def test_what_cannot_be_nominated_is_refused_with_its_box(made, changed, where):
    with pytest.raises(RefusedError) as refused:
        worlds.nominated(made, **changed)

    assert refused.value.where == where


def test_a_dossier_that_is_corrected_needs_its_papers_again(made):
    nomination = worlds.nominated(made)
    actions.write_papers(
        nominations=[nomination], meeting=worlds.MEETING, by=made.by, at=worlds.SENT
    )
    changed = worlds.draft(made, achievement="Thành tích khác")

    actions.correct(nomination=nomination, seen=1, draft=changed, by=made.by, at=worlds.SENT)

    nomination.refresh_from_db()
    assert (nomination.achievement, nomination.version) == ("Thành tích khác", 2)
    assert not nomination.papers.exists()
    with pytest.raises(actions.ChangedMeanwhileError):
        actions.correct(nomination=nomination, seen=1, draft=changed, by=made.by, at=worlds.SENT)


def test_a_season_is_nominated_and_sent_in_a_fixed_number_of_questions(made):
    record = worlds.record(made)
    counts = []
    for many in (2, 30):
        drafts = [
            worlds.draft(made, name=f"Cá nhân số {many}-{n}", merits=(("activity", record.pk),))
            for n in range(many)
        ]
        with CaptureQueriesContext(connection) as asked:
            found = actions.nominate_many(drafts=drafts, by=made.by, at=worlds.RECORDED)
            worlds.sent(made, *found)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def held(made, months, times):
    kind = make.kind(one=make.measure())
    for month in months:
        for day in range(1, times + 1):
            work.record(
                kind=kind,
                unit=made["A1.cb"],
                date=dt.date(2026, month, day),
                values={},
                by=made.by,
                at=worlds.NOW,
            )


def test_a_unit_that_records_steadily_is_suggested_until_it_is_nominated(made):
    recorder = make.recorder(made["N"])
    held(made, range(1, 6), 3)
    assert suggestions.suggested(recorder, worlds.NOW) == []

    held(made, [6], 1)
    [one] = suggestions.suggested(recorder, worlds.NOW)
    assert (one.unit_id, one.records, one.months) == (made["A1.cb"].pk, 16, 6)

    worlds.nominated(made)
    assert suggestions.suggested(recorder, worlds.NOW) == []


def test_an_adoption_is_read_at_its_practice(made):
    origin = practice(made)
    taken = Adoption.objects.create(
        practice=origin,
        unit=made["A1.cb"],
        start_date=DAY,
        asked_at=worlds.RECORDED,
        asked_by=made.by,
    )

    found = sources.shown([("adoption", taken.pk), ("practice", origin.pk)])

    assert {each.home_id for each in found.values()} == {origin.pk}
