"""The sample in the books: read through the ledger, before and after the reform. Loaded once for all tests."""

import datetime as dt

import pytest
from django.db import transaction

from lantoa.ledger.models import Measure
from lantoa.lib.periods import period
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Line, Unit, UnitName
from lantoa.project.sample import load
from lantoa.submissions import queries as submissions
from lantoa.submissions.models import Sheet
from lantoa.warehouse import figures, store
from tests.sample.test_rows import ARTICLE

pytestmark = pytest.mark.django_db
Y2023 = period("2023")
OLD, NEW = dt.date(2024, 1, 18), dt.date(2026, 1, 18)


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker):
    """A smaller province with the same figures: what adds up does so at any size."""
    with django_db_blocker.unblock():
        store.forget()
        with transaction.atomic():
            for _step in load.load(seed=2024, units=2_600):
                pass
            yield
            transaction.set_rollback(True)
        store.forget()


def read(code, *, line="dia-ban", structure=None, unit="04", day=OLD):
    return figures.figure(
        measure=Measure.objects.get(code=code),
        unit=orgs.unit_on(unit, day),
        line=Line.objects.get(code=line),
        period=Y2023,
        structure=structure,
    ).top


@pytest.mark.parametrize("structure", [None, OLD, NEW])
def test_the_article_comes_out_of_the_ledger_on_every_structure(sample, structure):
    assert {code: read(code, structure=structure) for code in ARTICLE} == ARTICLE
    assert read("chi-hoi-co-mo-hinh", structure=structure) == 499
    assert read("nguoi-tham-gia-mo-hinh", structure=structure) == 20_000
    assert read("mo-hinh", structure=structure) == 71
    given = [read(f"khen-{level}", structure=structure) for level in LEVELS]
    assert (given[0] + given[1], given[2] + given[3]) == (27, 1_428)


LEVELS = ("tinh-tap-the", "tinh-ca-nhan", "co-so-tap-the", "co-so-ca-nhan")


def test_ten_districts_then_none_and_161_communes_then_56(sample):
    territory = Line.objects.get(code="dia-ban")
    kinds = dict(Unit.objects.values_list("pk", "kind"))

    def count(kind, day):
        tree = orgs.tree_on(territory, day)
        return sum(kinds[unit] == kind for unit in tree.unit.tolist())

    assert (count("district", OLD), count("commune", OLD)) == (10, 161)
    assert (count("district", NEW), count("commune", NEW)) == (0, 56)


def test_the_communes_of_a_day_add_up_with_what_no_commune_accounts_for(sample):
    measure = Measure.objects.get(code="luot-nguoi-truc-tiep")
    territory = Line.objects.get(code="dia-ban")
    communes = Unit.objects.filter(kind="commune", closed_date=None)

    read_now = figures.among(
        measures=[measure],
        units=communes,
        line=territory,
        periods=[Y2023],
        structure=NEW,
    )
    parts = sum(read_now.figure(measure, unit.pk).top for unit in communes)
    rest = read_now.outside(measure)

    assert 0 < parts < 35_992
    assert parts + rest == 35_992


def test_every_code_of_2024_leads_to_a_unit_of_2025(sample):
    tree = orgs.tree_on(Line.objects.get(code="dia-ban"), NEW)
    old = UnitName.objects.filter(unit__kind="commune", unit__closed_date=dt.date(2025, 7, 1))

    landed = {tree.unit[tree.column[row.unit_id]] for row in old}

    assert old.count() == 161
    assert set(Unit.objects.filter(pk__in=landed).values_list("kind", flat=True)) == {"commune"}
    assert len(landed) == 56


def test_all_communes_answered_for_2023_and_two_are_missing_in_the_third_quarter_of_2026(sample):
    sheet = Sheet.objects.get(code="hoc-tap-chuyen-de")

    first, last = submissions.answers(sheet, "2023"), submissions.answers(sheet, "2026-Q3")

    assert (len(first.reported), len(first.expected), len(first.nil)) == (161, 161, 2)
    assert (len(last.reported), len(last.expected), len(last.nil)) == (54, 56, 1)


def test_a_figure_of_the_province_opens_to_records_that_add_up(sample):
    found = figures.figure(
        measure=Measure.objects.get(code="luot-nguoi-truc-tiep"),
        unit=orgs.unit_on("04", OLD),
        line=Line.objects.get(code="dia-ban"),
        period=Y2023,
    )

    assert sum(row.value for row in figures.entries_behind(found)) == 35_992
