"""Any history of inspections: states, counts and the ledger equal a slow, obvious twin."""

import datetime as dt
from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lantoa.inspections import actions, findings
from lantoa.lib.errors import LantoaError
from tests import make
from tests.inspections.life import TODAY, told
from tests.times import times

pytestmark = [pytest.mark.django_db, pytest.mark.both]

UNITS = ("N.du", "M.du")
STEP = st.one_of(
    st.tuples(st.just("begin"), st.just(0), st.just("")),
    st.tuples(st.just("find"), st.integers(0, 3), st.sampled_from(UNITS)),
    st.tuples(st.just("conclude"), st.integers(0, 3), st.just("")),
    st.tuples(st.just("withdraw"), st.integers(0, 3), st.just("")),
    st.tuples(st.just("fix"), st.integers(0, 5), st.sampled_from(["clerk", "recorder"])),
    st.tuples(st.just("close"), st.integers(0, 5), st.sampled_from(["clerk", "inspector"])),
    st.tuples(st.just("not yet"), st.integers(0, 5), st.sampled_from(["clerk", "inspector"])),
    st.tuples(st.just("reopen"), st.integers(0, 5), st.sampled_from(["recorder", "inspector"])),
)  # fmt: skip
HISTORIES = st.lists(STEP, min_size=8, max_size=40)


class Twin:
    """Plain rows and the rules in words. Raises nothing: says whether a step may be done."""

    def __init__(self):
        self.inspections = []  # state
        self.findings = []  # of which inspection, where, state, who mended it so far

    def may(self, step, number, who):
        if step == "begin":
            return len(self.inspections) < 4
        rows = self.inspections if step in ("find", "conclude", "withdraw") else self.findings
        if number >= len(rows):
            return False
        row = rows[number]
        if step in ("find", "conclude"):
            return row == "started"
        if step == "withdraw":
            return row != "withdrawn"
        running = self.inspections[row["of"]] == "concluded"
        if step == "fix":
            mine = who == "clerk" or row["unit"] == "N.du"
            return running and mine and row["state"] == "open"
        if step == "reopen":
            return running and row["state"] == "closed" and who == "inspector"
        return row["state"] == "fixed" and who not in row["fixers"]

    def do(self, step, number, who):
        if step == "begin":
            self.inspections.append("started")
        elif step == "find":
            self.findings.append({"of": number, "unit": who, "state": "open", "fixers": set()})
        elif step in ("conclude", "withdraw"):
            self.inspections[number] = {"conclude": "concluded", "withdraw": "withdrawn"}[step]
        else:
            after = {"fix": "fixed", "close": "closed", "not yet": "open", "reopen": "open"}[step]
            self.findings[number]["state"] = after
            if step == "fix":
                self.findings[number]["fixers"].add(who)

    def counts(self, unit):
        return Counter(
            row["state"]
            for row in self.findings
            if row["unit"] in unit and self.inspections[row["of"]] == "concluded"
        )

    def ledger(self, top):
        sums = Counter()
        for number, state in enumerate(self.inspections):
            if state == "concluded":
                mine = [row for row in self.findings if row["of"] == number]
                sums["kiem-tra"] += 1
                sums["to-chuc-duoc-kiem-tra"] += len(UNITS)
                sums["kien-nghi"] += len(mine)
                sums["da-khac-phuc"] += sum(row["state"] == "closed" for row in mine)
        return {(code, top, TODAY): value for code, value in sums.items() if value}


def act(life, rows, step, number, who):
    people = {
        "clerk": make.clerk(),
        "recorder": life.recorder,
        "inspector": life.inspector,
        "": life.inspector,
    }
    inspections, findings = rows
    if step == "begin":
        inspections.append(life.started())
    elif step == "find":
        findings.append(life.find(inspections[number], who, due=0))
    elif step == "conclude":
        life.conclude(inspections[number])
    elif step == "withdraw":
        actions.withdraw(
            inspection=inspections[number], reason="nhầm", by=life.inspector, at=make.NOON
        )
    else:
        finding = findings[number]
        finding.refresh_from_db()
        if step == "fix":
            life.fix(finding, by=people[who])
        elif step == "reopen":
            life.reopen(finding, due=0, by=people[who], at=make.NOON)
        else:
            last = finding.fixes.order_by("pk").last()
            life.recheck(last, is_mended=step == "close", note="đã xem", by=people[who])


@settings(
    max_examples=times(40),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=HISTORIES)
def test_any_history_stands_where_the_twin_stands(steps, world, life):
    with transaction.atomic():
        twin, rows = Twin(), ([], [])
        for step in steps:
            may = twin.may(*step)
            if (
                not may
                and step[0] != "begin"
                and step[1] >= len(rows[step[0] not in ("find", "conclude", "withdraw")])
            ):
                continue
            if step[0] == "begin" and not may:
                continue
            try:
                with transaction.atomic():
                    act(life, rows, *step)
                done = True
            except (LantoaError, AttributeError):
                done = False
            assert done == may, step
            if may:
                twin.do(*step)
        top = world["TU"].pk
        assert told() == twin.ledger(top)
        for unit, whose in (("TU", UNITS), ("N.du", ("N.du",)), ("M.du", ("M.du",))):
            counts = findings.standing(world[unit], world.party, TODAY + dt.timedelta(days=1))
            expected = twin.counts(whose)
            assert (counts.open, counts.fixed, counts.closed) == tuple(
                expected[state] for state in ("open", "fixed", "closed")
            )
            assert counts.overdue == counts.open  # all were due on the day
        transaction.set_rollback(True)
