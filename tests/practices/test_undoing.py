"""A step of a practice that was said by a wrong tap is taken back within its seconds, with all that it counted."""

import datetime as dt

import pytest

from lantoa.ledger.models import Entry
from lantoa.practices import published, undoing
from lantoa.practices.models import Adoption, Practice
from tests import make
from tests.practices.telling import adopted, proposed, recognised, shown, step, told

pytestmark = pytest.mark.django_db
SOON = make.NOON + dt.timedelta(seconds=9)
DAYS = {
    "register": dt.date(2023, 1, 31),
    "appraise": dt.date(2023, 3, 1),
    "recognise": dt.date(2023, 6, 1),
    "keep": dt.date(2023, 9, 1),
    "stop": dt.date(2024, 3, 1),
}


def undo(practice, *, by=None, at=SOON):
    last = practice.events.filter(undone_at=None).exclude(state="replicated").latest("pk")
    return undoing.undo(event=last.pk, by=by or make.clerk(), at=at)


def sums():
    """What the ledger adds up to, cell by cell, noughts left out."""
    found = {}
    for *cell, value in Entry.objects.values_list("measure__code", "unit", "date", "value"):
        found[tuple(cell)] = found.get(tuple(cell), 0) + value
    return {cell: value for cell, value in found.items() if value}


def stands(practice):
    """All that a step may change."""
    fresh = Practice.objects.get(pk=practice.pk)
    own = practice.adoptions.get(learned_from=None)
    return (
        fresh.state,
        fresh.registered_date,
        (own.state, own.end_date, own.reason),
        sums(),
    )


@pytest.mark.both
@pytest.mark.parametrize("name", DAYS)
def test_every_step_is_taken_back_as_if_it_had_not_been_and_stays_to_be_read(world, name):
    practice = proposed(world["A1.pn"])
    for each, day in DAYS.items():
        before = stands(practice)
        reason = {"reason": "Hết vốn"} if each == "stop" else {}
        step(each, practice, day, **reason)
        if each == name:
            break
    assert stands(practice) != before

    undo(practice)

    assert stands(practice) == before
    taken = practice.events.exclude(undone_at=None).get()
    assert (taken.state, taken.undone_at) == (practice_state(name), SOON)
    practice.refresh_from_db()
    step(name, practice, DAYS[name], **reason)  # and may be said again
    assert Practice.objects.get(pk=practice.pk).state == practice_state(name)


def practice_state(name):
    return {
        "register": "registered", "appraise": "appraised", "recognise": "recognised", "keep": "kept", "stop": "stopped",
    }[name]  # fmt: skip


def test_that_it_was_replicated_goes_with_the_recognition_it_followed_from(practice, world):
    step("appraise", practice, DAYS["appraise"])
    for key in ("A2.pn", "A3.pn", "B1.pn"):
        follower = adopted(practice, world[key])
        told(follower, people=3)
        shown(follower)
    before = stands(practice)
    step("recognise", practice, DAYS["recognise"])
    assert practice.state == "replicated"

    undo(practice)

    assert stands(practice) == before


@pytest.mark.parametrize("late", [undoing.UNDO_WITHIN, dt.timedelta(days=1)])
def test_after_its_seconds_nothing_is_taken_back(practice, late):
    before = stands(practice)

    with pytest.raises(undoing.TooLateError):
        undo(practice, at=make.NOON + late)

    assert stands(practice) == before


def test_nobody_takes_back_what_another_said(practice, world):
    with pytest.raises(undoing.TooLateError):
        undo(practice, by=make.recorder(world["P"]))


def test_a_step_is_not_taken_back_from_under_another_nor_twice(practice):
    first = practice.events.latest("pk")
    step("appraise", practice, DAYS["appraise"])
    with pytest.raises(undoing.TooLateError):
        undoing.undo(event=first.pk, by=make.clerk(), at=SOON)
    second = practice.events.latest("pk")
    undo(practice)

    with pytest.raises(undoing.TooLateError):
        undoing.undo(event=second.pk, by=make.clerk(), at=SOON)


def test_a_proposal_is_not_undone_here(world):
    practice = proposed(world["A1.pn"], by=make.clerk())

    with pytest.raises(undoing.TooLateError):
        undo(practice)


def test_a_recognition_that_was_taken_back_is_not_public_after_a_stop(practice):
    recognised(practice)
    undo(practice)
    practice.refresh_from_db()
    step("stop", practice, DAYS["stop"], reason="Hết vốn")

    assert published.practice(practice.pk) is None
    assert Adoption.objects.get().state == "ended"
