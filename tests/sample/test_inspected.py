"""Inspections of the sample: what counts is what stands behind it, and nobody closes what they mended."""

import datetime as dt

import pytest
from django.db.models import F

from lantoa.inspections.models import Finding, FixFile, Inspection, Recheck, Reopening, Verification
from lantoa.ledger.models import Entry
from lantoa.practices.models import Lesson
from lantoa.project.sample import inspecting, structure
from lantoa.project.sample.records import TODAY
from lantoa.project.sample.structure import REFORM
from lantoa.work.models import Activity

pytestmark = pytest.mark.django_db
Standing = Finding.State


@pytest.mark.parametrize(("kind", "count"), [("kiem-tra", 44), ("giam-sat", 28)])
def test_each_inspection_of_2023_counts_once(sample, kind, count):
    entries = Entry.objects.filter(measure__code=kind, date__year=2023)

    assert sum(entries.values_list("value", flat=True)) == count
    assert {each.source_kind for each in entries} == {"inspection"}


def test_none_is_recorded_as_an_activity_as_well(sample):
    assert not Activity.objects.filter(kind__code__in=Inspection.Kind.values).exists()


def test_nobody_closes_what_they_mended(sample):
    assert Recheck.objects.exists()
    assert not Recheck.objects.filter(by=F("fix__by")).exists()


def test_what_was_found_before_the_reform_was_mended_by_heirs(sample):
    left = Finding.objects.filter(owner__closed_date=REFORM, fixes__at__date__gte=REFORM)

    shown = [each.fixes.filter(at__date__gte=REFORM)[0].activity for each in left.distinct()]

    assert any(shown)
    for each, record in zip(left.distinct(), shown, strict=True):
        assert record is None or record.unit_id != each.owner_id or record.date < REFORM


def test_something_of_every_standing_is_on_the_desks(sample):
    found = Finding.objects.filter(inspection__state="concluded")

    assert {each.state for each in found} == set(Standing.values)
    assert found.filter(state=Standing.OPEN, due_date__lt=TODAY).exists()
    assert {each.state for each in Inspection.objects.all()} == set(Inspection.State.values)
    assert {bool(each.finished_at) for each in Verification.objects.all()} == {True, False}


def test_what_is_late_is_late_by_months_and_some_that_was_closed_is_open_again(sample):
    late = Finding.objects.filter(state=Standing.OPEN, due_date__lt=TODAY)

    assert 0 < late.count() < Finding.objects.count() // 5
    assert min(late.values_list("due_date", flat=True)) >= dt.date(TODAY.year, 1, 1)
    assert Reopening.objects.exists()
    assert FixFile.objects.exists()


def test_the_same_seed_tells_the_same_inspections():
    built = structure.build(seed=7, units=2_600)

    assert inspecting.told(built, seed=7) == inspecting.told(built, seed=7)
    assert inspecting.told(built, seed=7) != inspecting.told(built, seed=8)
    assert all(each.start < dt.date(2026, 11, 1) for each in inspecting.told(built, seed=7))


def test_guests_say_what_they_learned_and_only_where_they_were(sample):
    told = Lesson.objects.all()

    assert told.exists()
    for each in told.select_related("activity"):
        assert each.unit_id in {unit.pk for unit in each.activity.co_organisers.all()}
