"""The long trials, made short: the product is killed and crowded for a moment; and a verdict that can be red."""

import os
import shutil

import pytest

from harness import deadline, kill, power, verdict, webhook
from harness.clients import Tally


@pytest.fixture
def house_is_ours(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))


def test_a_killed_server_has_lost_nothing_that_it_acknowledged(house_is_ours):
    assert kill.run(kills=1, seed=7, database="") == []


def test_a_small_deadline_loses_nothing_and_counts_nothing_twice(house_is_ours):
    assert deadline.run(units=12, seconds=2, seed=7, breaks=0.0, database="") == []


@pytest.fixture
def recorder():
    if shutil.which("strace"):
        return
    if os.environ.get("LANTOA_NO_SKIPS") == "1":
        pytest.fail("strace is needed")
    pytest.skip("needs strace: apt-get install strace")


def test_the_power_goes_and_nothing_acknowledged_is_lost(recorder, house_is_ours, tmp_path):
    """And the same record without its syncs must lose something, or the cuts would prove nothing."""
    tape, base, tally = power.recorded(tmp_path, seconds=3, seed=7, synchronous="FULL")

    found = power.judged(tape, base, tally, cuts=30, seed=7)
    careless = power.judged(tape.without_syncs(), base, tally, cuts=30, seed=7)

    assert found.acknowledged > 0
    assert (found.losing, found.corrupt, found.half) == (0, 0, 0)
    assert careless.losing > 0


def there(**changes):
    return {
        "records": ["a", "b"],
        "heads": 30 + 5,
        "ledger": 30 + 5,
        "sent": [1],
        "versions": 1,
    } | changes


def tally():
    return Tally(received={"a", "b"}, sent={1}, heads={"a": 30, "b": 5, "never answered": 9})


def test_all_that_was_acknowledged_and_nothing_else_is_well():
    assert verdict.wrongs(tally(), there()) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"records": ["a"], "heads": 30, "ledger": 30}, "1 acknowledged records are lost"),
        ({"records": ["a", "b", "b"]}, "1 records are there twice"),
        ({"records": ["a", "b", "x"]}, "1 records were never sent"),
        ({"ledger": 30}, "sent 35 heads, the records hold 35, the ledger 30"),
        ({"sent": [], "versions": 0}, "1 acknowledged sheets are lost"),
        ({"versions": 2}, "2 versions of 1 sheets"),
    ],
)
def test_what_is_lost_or_there_twice_is_said(changes, said):
    assert said in verdict.wrongs(tally(), there(**changes))


def test_an_answer_of_500_is_never_well():
    crowded = tally()
    crowded.answers[500] += 3

    assert verdict.wrongs(crowded, there()) == ["3 answers were 500"]


def test_a_small_storm_at_the_webhook_keeps_each_word_once(house_is_ours):
    assert webhook.run(deliveries=60, seed=7, database="", shut=0) == []


def knocked():
    sent = [webhook.Knock("a", b"", ""), webhook.Knock("", b"", "", is_forged=True)]
    return webhook.Tally(accepted={"a"}), sent, {"minh": ["một", "hai"]}


@pytest.mark.parametrize(
    ("changes", "kept", "said"),
    [
        ({"accepted": set()}, {"minh": ["một", "hai"]}, "1 deliveries were never accepted"),
        ({"forged_accepted": 1}, {"minh": ["một", "hai"]}, "1 forged deliveries were accepted"),
        ({}, {"minh": ["hai", "một"]}, "the words of 1 people are lost, doubled or out of order"),
        ({}, {"minh": ["một", "một", "hai"]}, "the words of 1 people are lost, doubled or out of order"),
        ({}, {"minh": ["một", "hai"], "x": ["y"]}, "there are words of people who said nothing"),
    ],
)  # fmt: skip
def test_what_a_storm_has_lost_or_doubled_is_said(changes, kept, said):
    tally, sent, spoken = knocked()
    there = {"said": kept, "stuck": 0}

    assert webhook.wrongs(tally, sent, spoken, {"said": spoken, "stuck": 0}) == []
    for name, value in changes.items():
        setattr(tally, name, value)
    assert webhook.wrongs(tally, sent, spoken, there) == [said]
