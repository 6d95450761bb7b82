"""A source says what it means now; the ledger posts the difference."""

import datetime as dt

import pytest

from lantoa.ledger import actions, queries
from lantoa.ledger.actions import Fact, Posting
from lantoa.ledger.models import Entry
from lantoa.ledger.queries import Cell
from tests import make

DAY, NEXT_DAY = dt.date(2023, 3, 1), dt.date(2023, 3, 2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def heads() -> int:
    return make.measure("luot-nguoi").pk


@pytest.fixture
def unit() -> int:
    return make.unit().pk


def say(*facts: Fact, source: int = 1, reason: str = "") -> list[int]:
    posted = actions.post(
        source_kind="activity",
        source_id=source,
        facts=facts,
        by=make.clerk(),
        at=make.NOON,
        reason=reason,
    )
    return [entry.value for entry in posted]


def test_what_is_said_first_is_posted_whole(heads, unit):
    assert say(Fact(heads, unit, DAY, 30)) == [30]


def test_editing_thirty_people_to_thirty_five_posts_five(heads, unit):
    say(Fact(heads, unit, DAY, 30))

    assert say(Fact(heads, unit, DAY, 35)) == [35 - 30]


def test_saying_the_same_twice_posts_once(heads, unit):
    say(Fact(heads, unit, DAY, 30))

    assert say(Fact(heads, unit, DAY, 30)) == []


def test_moving_to_another_day_takes_back_there_and_posts_here(heads, unit):
    say(Fact(heads, unit, DAY, 35))

    assert say(Fact(heads, unit, NEXT_DAY, 35)) == [-35, 35]
    assert queries.said_by("activity", 1) == {Cell(heads, unit, NEXT_DAY): 35}


def test_moving_to_another_unit_takes_back_there_and_posts_here(heads, unit):
    other = make.unit().pk
    say(Fact(heads, unit, DAY, 35))

    say(Fact(heads, other, DAY, 35))

    assert queries.said_by("activity", 1) == {Cell(heads, other, DAY): 35}


def test_saying_nothing_any_more_posts_the_negation(heads, unit):
    say(Fact(heads, unit, DAY, 30))
    say(Fact(heads, unit, DAY, 35))

    assert say() == [-(30 + 5)]
    assert queries.said_by("activity", 1) == {}


def test_facts_on_one_cell_are_added(heads, unit):
    assert say(Fact(heads, unit, DAY, 30), Fact(heads, unit, DAY, 5)) == [30 + 5]


def test_a_fact_of_nothing_posts_nothing(heads, unit):
    assert say(Fact(heads, unit, DAY, 0)) == []


def test_sources_of_one_number_but_two_kinds_are_two_sources(heads, unit):
    say(Fact(heads, unit, DAY, 30))
    actions.post(
        source_kind="statement",
        source_id=1,
        facts=[Fact(heads, unit, DAY, 4)],
        by=make.clerk(),
        at=make.NOON,
    )

    assert queries.said_by("activity", 1) == {Cell(heads, unit, DAY): 30}
    assert queries.said_by("statement", 1) == {Cell(heads, unit, DAY): 4}


def test_an_entry_says_who_when_and_why(heads, unit):
    say(Fact(heads, unit, DAY, 30), reason="nhập muộn")

    entry = Entry.objects.get()
    assert (entry.recorded_by, entry.recorded_at) == (make.clerk(), make.NOON)
    assert entry.reason == "nhập muộn"


def test_earlier_positions_read_as_they_did(heads, unit):
    say(Fact(heads, unit, DAY, 30))
    before = queries.position()
    say(Fact(heads, unit, DAY, 35))

    assert [entry.value for entry in queries.entries_as_of(before)] == [30]


def test_an_empty_ledger_stands_at_nothing():
    assert queries.position() == 0
    assert list(queries.facts_after(0)) == []


def test_the_largest_whole_number_is_posted_and_taken_back(heads, unit):
    assert say(Fact(heads, unit, DAY, actions.MOST)) == [actions.MOST]
    assert say() == [-actions.MOST]


def test_a_value_that_does_not_fit_is_refused_with_a_sentence(heads, unit):
    with pytest.raises(actions.TooLargeError, match="quá lớn") as caught:
        say(Fact(heads, unit, DAY, actions.MOST), Fact(heads, unit, DAY, 1))

    assert "too large" in caught.value.en
    assert not Entry.objects.exists()


def test_a_difference_that_does_not_fit_is_refused_and_nothing_changes(heads, unit):
    say(Fact(heads, unit, DAY, actions.MOST))

    with pytest.raises(actions.TooLargeError):
        say(Fact(heads, unit, DAY, -2))

    assert queries.said_by("activity", 1) == {Cell(heads, unit, DAY): actions.MOST}


@pytest.mark.both
def test_a_source_that_went_up_and_down_past_64_bits_is_still_added_exactly(heads, unit):
    for value in (actions.MOST, 1, actions.MOST, 0, actions.LEAST + 1):
        say(Fact(heads, unit, DAY, value))

    assert queries.said_by("activity", 1) == {Cell(heads, unit, DAY): actions.LEAST + 1}


@pytest.mark.parametrize("value", [30.0, True, "30"])
def test_only_whole_numbers_are_values(heads, unit, value):
    with pytest.raises(TypeError):
        say(Fact(heads, unit, DAY, value))


def test_a_ratio_is_worked_out_and_never_posted(heads, unit):
    top, bottom = make.measure(), make.measure()
    ratio = make.measure("ty-le", nature="ratio", top=top, bottom=bottom)

    with pytest.raises(actions.NotPostedError, match="tỷ lệ"):
        say(Fact(ratio.pk, unit, DAY, 99))


def test_a_reason_that_no_column_holds_is_refused(heads, unit):
    with pytest.raises(actions.NotPostedError, match="300"):
        say(Fact(heads, unit, DAY, 1), reason="x" * 301)


def test_a_source_speaks_once_in_a_posting(heads, unit):
    twice = [Posting("activity", 1, [Fact(heads, unit, DAY, 1)])] * 2

    with pytest.raises(ValueError, match="once"):
        actions.post_many(postings=twice, by=make.clerk(), at=make.NOON)


@pytest.mark.both
def test_many_sources_are_posted_as_one_by_one(heads, unit):
    say(Fact(heads, unit, DAY, 7), source=3)

    posted = actions.post_many(
        postings=[
            Posting("activity", each, [Fact(heads, unit, DAY, each)]) for each in range(1, 1201)
        ],
        by=make.clerk(),
        at=make.NOON,
    )

    assert sum(entry.value for entry in posted) == sum(range(1, 1201)) - 7
    assert queries.said_by("activity", 3) == {Cell(heads, unit, DAY): 3}


def test_posting_takes_few_queries_however_many_sources(heads, unit, django_assert_max_num_queries):
    clerk = make.clerk()
    postings = [Posting("activity", each, [Fact(heads, unit, DAY, 1)]) for each in range(1, 91)]

    # a savepoint and its release, the ratios, what was said, the entries, the claims
    with django_assert_max_num_queries(6):
        actions.post_many(postings=postings, by=clerk, at=make.NOON)


@pytest.mark.both
def test_facts_come_as_plain_rows_in_batches(heads, unit):
    for source, value in enumerate([5, 6, 7, 8], start=1):
        say(Fact(heads, unit, dt.date(1970, 1, 2), value), source=source)
    first, *_, last = Entry.objects.order_by("pk").values_list("pk", flat=True)

    batches = list(queries.facts_after(first, up_to=last - 1, batch=1))

    assert batches == [[(heads, unit, 1, 6)], [(heads, unit, 1, 7)]]


@pytest.mark.both
@pytest.mark.parametrize("day", [dt.date(1945, 9, 2), dt.date(1969, 12, 31), dt.date(2024, 2, 29)])
def test_days_are_counted_from_1970(heads, unit, day):
    say(Fact(heads, unit, day, 1))

    assert list(queries.facts_after(0)) == [[(heads, unit, (day - dt.date(1970, 1, 1)).days, 1)]]


def test_the_sources_behind_entries_are_each_named_once(heads, unit):
    say(Fact(heads, unit, DAY, 5), Fact(heads, unit, NEXT_DAY, 5), source=2)
    say(Fact(heads, unit, DAY, 6), source=1)

    assert queries.sources_of(Entry.objects.all()) == {"activity": [1, 2]}
