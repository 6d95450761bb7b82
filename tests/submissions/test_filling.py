"""What fills the boxes: a unit's part, and never a wider period's typed total."""

import datetime as dt

import pytest

from lantoa.ledger.models import Entry
from lantoa.lib.periods import period
from lantoa.submissions import filling, queries
from lantoa.submissions.models import Sheet
from lantoa.work import actions as work
from tests import make
from tests.orgs import world as worlds
from tests.submissions.conftest import WHY

pytestmark = pytest.mark.django_db
YEAR = period("2025")


@pytest.fixture
def heads():
    return make.measure("luot-nguoi")


@pytest.fixture
def world():
    return worlds.small_province()


@pytest.fixture
def record(heads):
    kind = make.kind("hop", needed=[heads])

    def record(unit, value, day=dt.date(2025, 3, 1)):
        return work.record(
            kind=kind, unit=unit, date=day, values={"luot-nguoi": value}, by=make.clerk(), at=make.NOON
        )  # fmt: skip

    return record


def sheet_of(world, heads, kinds):
    made = Sheet.objects.create(
        code="hoc-tap", name_vi="Học tập", name_en="Study", line=world.party, unit_kinds=kinds,
        period_rule="calendar",
    )  # fmt: skip
    made.measures.set([heads])
    return made


def read(sheet, heads, span=YEAR):
    must = queries.expected(sheet, span)
    found = filling.filled(sheet, [heads], span, must, must)
    return {unit: boxes[heads.pk].recorded for unit, boxes in found.items()}


def test_a_committee_answers_for_its_cells(world, heads, record):
    sheet = sheet_of(world, heads, ["party_commune"])
    record(world["A1.cb"], 20)
    record(world["A1.du"], 3)

    # After the reform of 01/07/2025 the new commune N holds A1, A2 and B1.
    assert read(sheet, heads) == {world["N.du"].pk: 20 + 3}


def test_the_parts_of_all_who_answer_never_overlap_and_make_the_whole(world, heads, record):
    sheet = sheet_of(world, heads, ["party_province", "party_commune"])
    drawn = {"A1.cb": 20, "A1.du": 3, "B2.cb": 7, "TU": 11, "N.du": 2, "A3.cb": 5}
    for key, value in drawn.items():
        record(world[key], value, dt.date(2025, 8, 1) if key == "N.du" else dt.date(2025, 3, 1))

    found = read(sheet, heads)

    assert found == {
        world["TU"].pk: 11,
        world["N.du"].pk: 20 + 3 + 2,
        world["M.du"].pk: 7 + 5,
    }
    assert sum(found.values()) == sum(each.value for each in Entry.objects.all())


def test_a_years_typed_total_does_not_fill_its_last_quarter(sheet, send, record_of, heads, unit):
    record_of(30)
    send((heads, 100))

    quarter = period("2023-Q4")
    found = filling.filled(sheet, [heads], quarter, [unit.pk], {unit.pk})
    year = filling.filled(sheet, [heads], period("2023"), [unit.pk], {unit.pk})

    assert found == {}
    assert year[unit.pk][heads.pk] == (30, 0, 100)


def test_a_quarters_typed_total_fills_the_year(sheet, send, record_of, heads, unit):
    record_of(30)
    send((heads, 10, dt.date(2023, 12, 31), WHY), period="2023-Q4")

    year = filling.filled(sheet, [heads], period("2023"), [unit.pk], {unit.pk})

    assert year[unit.pk][heads.pk].recorded == 30 + 10


def test_a_balance_is_filled_with_what_stood_at_the_periods_end(sheet, send, members, unit):
    send((members, 57))
    send((members, 63, dt.date(2024, 12, 31), WHY), period="2024")

    def read(code):
        found = filling.filled(sheet, [members], period(code), [unit.pk], {unit.pk})
        return found[unit.pk][members.pk]

    assert (read("2023").recorded, read("2023").total) == (None, 57)
    assert (read("2024").recorded, read("2024").total) == (57, 63)
    assert read("2025").recorded == 63


@pytest.fixture
def record_of(heads, unit, record):
    return lambda value: record(unit, value, dt.date(2023, 3, 1))


def test_a_level_is_read_off_by_a_person(sheet, unit):
    level = make.measure(nature="level", along_time="last")

    assert not filling.is_filled(level)
    assert filling.filled(sheet, [level], YEAR, [unit.pk], {unit.pk}) == {}


def test_how_many_units_does_not_matter_to_the_queries(
    world, heads, record, django_assert_num_queries
):
    sheet = sheet_of(world, heads, ["party_province", "party_commune"])
    for key in ("A1.cb", "B2.cb", "TU"):
        record(world[key], 1)
    must = queries.expected(sheet, YEAR)
    filling.filled(sheet, [heads], YEAR, must, must)

    with django_assert_num_queries(5):
        filling.filled(sheet, [heads], YEAR, must, must)
