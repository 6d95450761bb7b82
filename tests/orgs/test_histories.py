"""Any history of openings, moves, new names, mergers, splits and dissolutions: what is kept equals a slow, obvious twin."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from lantoa.lib.errors import LantoaError
from lantoa.orgs import actions, queries
from lantoa.orgs.models import Closure, Line, Placement, Succession, Unit
from tests import make
from tests.orgs.twin import DAYS, RefusedError, Twin

pytestmark = [pytest.mark.django_db, pytest.mark.both]

ANYONE = st.sampled_from(range(12))
LINES = st.sampled_from(["dia-ban", "dia-ban", "dang", "phu-nu"])
DAY = st.sampled_from(DAYS)
STEPS = st.one_of(
    st.tuples(st.just("open"), DAY, ANYONE, LINES, ANYONE),
    st.tuples(st.just("place"), DAY, ANYONE, LINES, ANYONE),
    st.tuples(st.just("move"), DAY, ANYONE, LINES, ANYONE),
    st.tuples(st.just("rename"), DAY, ANYONE),
    st.tuples(st.just("merge"), DAY, st.lists(ANYONE, min_size=1, max_size=3, unique=True), ANYONE),
    st.tuples(
        st.just("split"), DAY, ANYONE, st.lists(ANYONE, min_size=2, max_size=2, unique=True), ANYONE
    ),
    st.tuples(st.just("dissolve"), DAY, ANYONE, st.none() | ANYONE, st.none() | ANYONE),
)

# Most of what the twin refuses is passed over, or histories would be of refusals; one in eight is tried all the same.
HISTORIES = st.lists(st.tuples(STEPS, st.integers(0, 7)), min_size=10, max_size=50)
MOST_UNITS = 12


def in_order(steps):
    """As it happens in life; the others are recorded as they come to light."""
    return sorted(steps, key=lambda step: step[0][1])


class Both:
    """The structure in the database, and its twin. A step is done to both, or refused by both."""

    def __init__(self):
        self.by = make.clerk()
        self.lines = {code: make.line(code) for code in ("dia-ban", "dang", "phu-nu")}
        territory, *sectors = (line.pk for line in self.lines.values())
        self.twin = Twin(territory, tuple(sectors))
        self.units: list[Unit] = []
        self.steps = 0
        self.insists = True
        for parent in (None, 0, 0, 1, 1, 2, 3):
            self.open(DAYS[0], parent, "dia-ban", 0)
        for unit, line, parent in (
            (1, "dang", 0),
            (3, "dang", 1),
            (4, "dang", 3),
            (2, "phu-nu", 0),
            (5, "phu-nu", 2),
        ):
            self.place(DAYS[0], unit, line, parent)

    def unit(self, number):
        return None if number is None else self.units[number % len(self.units)]

    def ending(self, number):
        """Anyone but the province, so that there always is one."""
        return self.units[1 + number % (len(self.units) - 1)]

    def do(self, step, chance):
        kind, *words = step
        self.steps += 1
        self.insists = chance == 0
        getattr(self, kind)(*words)

    def both(self, action, told, **what):
        """Do it here and there; who refuses must not be alone, and nothing has changed then."""
        before = {line.version for line in Line.objects.all()}
        after = self.twin.copy()
        try:
            told(after)
            refused = after.broken()
        except RefusedError:
            refused = True
        if refused and not self.insists:
            return None
        try:
            done = action(**what, by=self.by, at=make.NOON)
        except LantoaError as error:
            if not refused:
                raise  # the twin allows it
            assert {line.version for line in Line.objects.all()} == before
            event(type(error).__name__)
            return None
        assert not refused, "the twin refuses it"
        self.twin = after
        event(action.__name__)
        return done

    def open(self, day, parent, line, above):
        if len(self.units) == MOST_UNITS:
            return
        name = f"Đơn vị {len(self.units)}"
        unit = actions.open_unit(
            kind="other", name=name, short_name="", code="", date=day, by=self.by, at=make.NOON
        )
        self.twin.open(unit.pk, day, name)
        above_it = self.unit(parent)
        self.units.append(unit)
        self._place(unit, "dia-ban", above_it, day)
        if line != "dia-ban":
            self.place(day, len(self.units) - 1, line, above)

    def place(self, day, unit, line, parent):
        """Under someone, or as a root of a sector in which nobody stands yet."""
        empty = line != "dia-ban" and not Placement.objects.filter(line__code=line).exists()
        self._place(self.unit(unit), line, None if empty else self.unit(parent), day)

    def _place(self, unit, line, parent, day):
        where = self.lines[line]
        self.both(
            actions.place,
            lambda twin: twin.place(unit.pk, where.pk, parent and parent.pk, day),
            unit=unit,
            line=where,
            parent=parent,
            date=day,
        )

    def move(self, day, unit, line, parent):
        one, above, where = self.unit(unit), self.unit(parent), self.lines[line]
        self.both(
            actions.move,
            lambda twin: twin.move(one.pk, where.pk, above.pk, day),
            unit=one,
            line=where,
            parent=above,
            date=day,
        )

    def rename(self, day, unit):
        one, name = self.unit(unit), f"Tên {self.steps}"
        self.both(
            actions.rename,
            lambda twin: twin.rename(one.pk, name, day),
            unit=one,
            name=name,
            date=day,
        )

    def merge(self, day, units, into):
        ended, heir = [self.ending(each) for each in units], self.unit(into)
        self.both(
            actions.merge,
            lambda twin: twin.end(
                "merger", [each.pk for each in ended], {heir.pk: None}, day, heir.pk
            ),
            units=ended,
            into=heir,
            date=day,
        )

    def split(self, day, unit, parts, home):
        ended, heirs, above = (
            self.ending(unit),
            [self.unit(each) for each in parts],
            self.unit(home),
        )
        shares = dict(zip((heir.pk for heir in heirs), (4_000, 6_000), strict=True))
        self.both(
            actions.split,
            lambda twin: twin.end("split", [ended.pk], shares, day, above.pk),
            unit=ended,
            into=list(zip(heirs, (4_000, 6_000), strict=True)),
            children=above,
            date=day,
        ) if len(shares) == 2 else None

    def dissolve(self, day, unit, heir, home):
        ended, after, above = self.ending(unit), self.unit(heir), self.unit(home)
        goes = above or after
        self.both(
            actions.dissolve,
            lambda twin: twin.end(
                "dissolution", [ended.pk], {after.pk: None} if after else {}, day, goes and goes.pk
            ),
            unit=ended,
            heir=after,
            children=above,
            date=day,
        )

    def compare(self):
        fates = Succession.objects.values_list("kind", "before", "date", "line", "after", "share")
        assert Counter(fates) == Counter(self.twin.fates)
        for day in DAYS:
            names = {pk: row.name for pk, row in queries.names_on(day).items()}
            alive = {pk for pk in self.twin.opened if self.twin.lives(pk, day)}
            assert names == {pk: self.twin.name(pk, day) for pk in alive}
            for line in self.lines.values():
                self.compare_line(line, day)

    def compare_line(self, line, day):
        stands = self.twin.standing(line.pk, day)
        placed = Placement.objects.filter(queries.valid_on(day), line=line)
        assert sorted(placed.values_list("unit", "parent")) == sorted(stands.items())
        below = Closure.objects.filter(queries.valid_on(day), line=line)
        above = self.twin.above(line.pk, day)
        assert Counter(below.values_list("ancestor", "unit", "depth")) == Counter(above)
        tree = queries.tree_on(line, day)
        ids = tree.unit.tolist()
        parents = {
            unit: ids[p] if p >= 0 else None for unit, p in zip(ids, tree.parent, strict=True)
        }
        assert parents == stands
        for position, unit in enumerate(ids):
            subtree = {low for high, low, _ in above if high == unit}
            assert set(ids[position : tree.end[position]]) == subtree
        if line.kind == Line.Kind.TERRITORY:
            ever = {unit for where, unit in self.twin.places if where == line.pk}
            lands = {unit: int(tree.column[unit]) for unit in ever}
            assert all(column < tree.width - 1 for column in lands.values()), (
                "someone lands outside"
            )


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(HISTORIES | HISTORIES.map(in_order))
def test_any_history_is_kept_as_the_slow_twin_keeps_it(steps):
    with transaction.atomic():
        make.start_over()
        both = Both()
        for step, chance in steps:
            both.do(step, chance)
        both.compare()
        transaction.set_rollback(True)
