"""How decisions are numbered: one after another, the Party's through a term, the State's through a year."""

import datetime as dt

import pytest

from lantoa.awards import deciding, law
from tests.awards import world as worlds

pytestmark = pytest.mark.django_db
AGAIN = "Thành tích khác"


def test_the_party_numbers_on_through_its_term_and_has_others_in_the_term_before():
    made = worlds.awarding()
    first = worlds.decided(made, worlds.nominated(made))
    second = worlds.decided(made, worlds.nominated(made, achievement=AGAIN))

    assert (first.number, second.number) == (1, 2)
    assert deciding.next_number(made["N.du"], dt.date(2027, 1, 5)) == 3
    assert deciding.next_number(made["N.du"], dt.date(2025, 8, 1)) == 1


def test_the_state_begins_again_with_the_year():
    made = worlds.awarding(unit="N")
    bases = tuple(each.code for each in law.bases_on(worlds.DECIDED, "state"))
    first = worlds.decided(made, worlds.nominated(made, unit="N", decider="N"), bases=bases)

    assert first.number == 1
    assert deciding.next_number(made["N"], dt.date(2026, 12, 31)) == 2
    assert deciding.next_number(made["N"], dt.date(2027, 1, 1)) == 1


def test_each_unit_numbers_for_itself():
    made = worlds.awarding()
    worlds.decided(made, worlds.nominated(made))

    assert deciding.next_number(made["M.du"], worlds.DECIDED) == 1
