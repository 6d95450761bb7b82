"""Whatever happens to the sources, the ledger is what they say now, and every earlier position still reads as it did."""

import datetime as dt
from collections import defaultdict

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    rule,
    run_state_machine_as_test,
)

from lantoa.ledger import actions, queries
from lantoa.ledger.actions import Fact, Posting
from lantoa.ledger.models import Entry, Measure
from lantoa.ledger.queries import Cell
from lantoa.orgs.models import Person, Unit
from tests import make
from tests.times import times

DAYS = st.dates(dt.date(2022, 12, 1), dt.date(2023, 2, 28))
VALUES = st.integers(-(2**61), 2**61) | st.integers(0, 40)


class Histories(RuleBasedStateMachine):
    """The twin is a dictionary: what each source says now. It is what the ledger must add up to."""

    sources = Bundle("sources")

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.measures = list(Measure.objects.order_by("pk"))
        self.units = list(Unit.objects.order_by("pk"))
        self.by = Person.objects.first()
        self.says: dict[tuple[str, int], list[Fact]] = {}
        self.positions: dict[int, dict[Cell, int]] = {}
        self.start = queries.position()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def fact(self, measure: int, unit: int, day: dt.date, value: int) -> Fact:
        return Fact(self.measures[measure].pk, self.units[unit].pk, day, value)

    def say(self, source: tuple[str, int], facts: list[Fact]) -> None:
        kind, number = source
        actions.post(source_kind=kind, source_id=number, facts=facts, by=self.by, at=make.NOON)
        self.says[source] = facts

    @rule(
        target=sources,
        kind=st.sampled_from(["activity", "statement"]),
        measure=st.integers(0, 2),
        unit=st.integers(0, 2),
        day=DAYS,
        values=st.lists(VALUES, max_size=3),
    )
    def record(self, kind, measure, unit, day, values):
        source = (kind, len(self.says) + 1)
        self.say(source, [self.fact((measure + n) % 3, unit, day, v) for n, v in enumerate(values)])
        return source

    @rule(source=sources, value=VALUES)
    def edit(self, source, value):
        self.say(source, [fact._replace(value=value) for fact in self.says[source]])

    @rule(source=sources, unit=st.integers(0, 2))
    def move_to_another_unit(self, source, unit):
        here = self.units[unit].pk
        self.say(source, [fact._replace(unit_id=here) for fact in self.says[source]])

    @rule(source=sources, day=DAYS)
    def move_to_another_day(self, source, day):
        self.say(source, [fact._replace(date=day) for fact in self.says[source]])

    @rule(source=sources)
    def send_again(self, source):
        before = queries.position()

        self.say(source, self.says[source])

        assert queries.position() == before

    @rule(source=consumes(sources))
    def delete(self, source):
        self.say(source, [])

    @rule(one=sources, other=sources)
    def exchange_in_one_posting(self, one, other):
        if one == other:
            return
        self.says[one], self.says[other] = self.says[other], self.says[one]
        postings = [Posting(*source, self.says[source]) for source in (one, other)]
        actions.post_many(postings=postings, by=self.by, at=make.NOON)

    @rule()
    def take_a_position(self):
        self.positions[queries.position()] = self.now()

    def now(self) -> dict[Cell, int]:
        return added(
            (Cell(*fact[:3]), fact.value) for facts in self.says.values() for fact in facts
        )

    @invariant()
    def the_ledger_is_what_the_sources_say_now(self):
        assert self.read(queries.position()) == self.now()

    @invariant()
    def every_earlier_position_still_reads_as_it_did(self):
        for position, cells in self.positions.items():
            assert self.read(position) == cells

    def read(self, position: int) -> dict[Cell, int]:
        rows = queries.entries_as_of(position).filter(pk__gt=self.start)
        return added(
            (Cell(*row[:3]), row[3])
            for row in rows.values_list("measure_id", "unit_id", "date", "value")
        )


def added(rows) -> dict[Cell, int]:
    sums: dict[Cell, int] = defaultdict(int)
    for cell, value in rows:
        sums[cell] += value
    return {cell: value for cell, value in sums.items() if value}


@pytest.mark.both
@pytest.mark.django_db
def test_any_history_leaves_the_ledger_equal_to_what_the_sources_say():
    make.person()
    for _ in range(3):
        make.measure()
        make.unit()

    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=times(40),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert not Entry.objects.exists()
