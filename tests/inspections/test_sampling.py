"""A sample that anybody can draw again, and the factor that it gives. No database."""

import hashlib
import random
import statistics
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa.inspections import sampling
from lantoa.inspections.sampling import Pair

NUMBERS = [uuid.uuid5(uuid.NAMESPACE_OID, str(number)) for number in range(200)]


def test_the_sample_can_be_drawn_with_a_pocket_calculator():
    """The rule in one line, as the page prints it; a change of it would change every sample ever drawn."""
    by_hand = sorted(NUMBERS, key=lambda n: hashlib.sha256(f"260311/{n}".encode()).hexdigest())

    assert sampling.drawn("260311", NUMBERS, 20) == by_hand[:20]
    assert str(sampling.drawn("260311", NUMBERS, 1)[0]) == "2f8a61ec-824c-511b-abbf-68e3c9bbee6f"


@given(st.text(min_size=1, max_size=12), st.randoms(), st.integers(0, 200), st.integers(0, 200))
def test_the_order_of_the_records_is_immaterial_and_a_larger_sample_holds_the_smaller(
    seed, chance, one, other
):
    shuffled = chance.sample(NUMBERS, len(NUMBERS))
    small, large = sorted((one, other))

    drawn = sampling.drawn(seed, shuffled, large)

    assert drawn == sampling.drawn(seed, NUMBERS, large)
    assert drawn[:small] == sampling.drawn(seed, NUMBERS, small)
    assert len(set(drawn)) == large


def test_every_record_is_as_likely_as_any_other():
    """1.000 seeds, 20 of 200: each record about 100 times. Six standard deviations either way."""
    counts = dict.fromkeys(NUMBERS, 0)
    for seed in range(1_000):
        for number in sampling.drawn(str(seed), NUMBERS, 20):
            counts[number] += 1

    assert all(43 <= count <= 157 for count in counts.values())


def test_the_factor_is_two_totals_divided_once():
    told = sampling.factor([Pair(30, 24), Pair(10, 10), Pair(60, 56)], records=100)

    assert (told.found, told.reported) == (24 + 10 + 56, 30 + 10 + 60)
    assert (told.checked, told.records, told.right) == (3, 100, 1)


def test_all_records_looked_at_leave_nothing_open():
    told = sampling.factor([Pair(30, 24), Pair(10, 10)], records=2)

    assert told.is_whole
    assert (told.low, told.high) == (8_500, 8_500)
    assert (told.right_low, told.right_high) == (5_000, 5_000)


def test_a_sample_without_a_fault_claims_no_certainty():
    """Ten right records of a thousand: Wilson says 72 per cent at least, and the factor has no interval."""
    told = sampling.factor([Pair(30, 30)] * 10, records=1_000)

    assert (told.low, told.high) == (None, None)
    assert 7_200 <= told.right_low <= 7_230
    assert told.right_high == 10_000


def test_nothing_looked_at_or_nothing_reported_has_no_factor():
    assert sampling.factor([], records=9) is None
    assert sampling.factor([Pair(0, 4)], records=9) is None


@pytest.mark.parametrize(
    ("right", "count", "low", "high"),
    [(8, 10, 4_902, 9_433), (0, 10, 0, 2_775), (50, 100, 4_038, 5_962)],
)
def test_wilsons_interval_is_the_one_of_the_books(right, count, low, high):
    """Values of R's prop.test(correct = FALSE), which is Wilson's interval; the records are so many that few are known."""
    pairs = [Pair(5, 5)] * right + [Pair(5, 4)] * (count - right)

    told = sampling.factor(pairs, records=10**9)

    assert told.right_low == pytest.approx(low, abs=1)
    assert told.right_high == pytest.approx(high, abs=1)


def test_the_interval_of_the_factor_holds_the_truth_about_nineteen_times_of_twenty():
    """2.000 samples of 20 from 300 records of which the truth is known."""
    chance = random.Random(7)
    reported = [chance.randint(10, 60) for _ in range(300)]
    whole = [Pair(each, max(0, each - chance.choice([0, 0, 0, 2, 5, 9]))) for each in reported]
    truth = sum(each.found for each in whole) / sum(each.reported for each in whole)
    held = []
    for _ in range(2_000):
        told = sampling.factor(chance.sample(whole, 20), records=300)
        held.append(told.low <= truth * 10_000 <= told.high)

    assert 0.90 <= statistics.mean(held) <= 0.98
