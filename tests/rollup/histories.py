"""Random lines with a past, and facts in them: every event is made to fit what stands on its day."""

import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from hypothesis import strategies as st

from lantoa.rollup.reference import Line, Place
from lantoa.rollup.tables import NONE, OPEN, WHOLE, Fact, Period, Rule, Succession
from tests.rollup.engines import Question

STRANGER = 99  # a unit that never stood in the line
LAST_DAY = 120
RULES = [
    Rule(nature, along_time, along_units)
    for nature, times in (
        ("flow", ["sum"]),
        ("balance", ["sum", "last"]),
        ("level", ["last", "average", "min", "max"]),
    )
    for along_time in times
    for along_units in ("sum", "average", "min", "max")
    if along_time != "average" or along_units == "average"
]

Event = tuple[str, int, int, int, int]  # what, days since the last event, and three choices


@dataclass
class Story:
    """A line while it is being told: who stands under whom since when."""

    day: int = 0
    stands: dict[int, tuple[int, int]] = field(default_factory=lambda: {1: (NONE, 0)})
    left: list[int] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    successions: list[Succession] = field(default_factory=list)
    units: int = 1

    def one(self, choice: int) -> int:
        """A unit that stands, but not the root; the root where there is no other.

        Not one that took over from another today: were it to end on the same day, each would lie on the other, and
        that is refused (SuccessionLoopError).
        """
        heirs = {row.after for row in self.successions if row.day == self.day}
        others = sorted(self.stands.keys() - heirs - {1}) or [1]
        return others[choice % len(others)]

    def parent(self, choice: int, unit: int) -> int:
        """A unit that stands and is not below this one."""
        fit = [other for other in sorted(self.stands) if unit not in self.path(other)]
        return fit[choice % len(fit)]

    def path(self, unit: int) -> list[int]:
        return [unit, *self.path(self.stands[unit][0])] if unit != NONE else []

    def opened(self, parent: int) -> int:
        self.units += 1
        self.stands[self.units] = (parent, self.day)
        return self.units

    def ended(self, unit: int) -> int:
        """End the unit's place; who stood under it moves up."""
        parent, start = self.stands.pop(unit)
        if start < self.day:
            self.places.append(Place(unit, parent, start, self.day))
        for child in [child for child, (above, _) in self.stands.items() if above == unit]:
            self.ended_and_placed(child, parent)
        return parent

    def ended_and_placed(self, unit: int, parent: int) -> None:
        above, start = self.stands[unit]
        if start < self.day:
            self.places.append(Place(unit, above, start, self.day))
        self.stands[unit] = (parent, self.day)

    def became(self, kind: str, unit: int, heir: int = NONE, share: int = 0) -> None:
        self.successions.append(Succession(kind, self.day, unit, heir, share))

    def line(self) -> Line:
        lasting = [Place(unit, *stands, OPEN) for unit, stands in self.stands.items()]
        return Line([*self.places, *lasting], self.successions)


def _open(story: Story, first: int, second: int, third: int) -> None:
    story.opened(sorted(story.stands)[first % len(story.stands)])


def _move(story: Story, first: int, second: int, third: int) -> None:
    unit = story.one(first)
    if unit != 1:
        story.ended_and_placed(unit, story.parent(second, unit))
        story.became("transfer", unit)


def _merge(story: Story, first: int, second: int, third: int) -> None:
    merged = sorted({story.one(first), story.one(second)} - {1})
    if not merged:
        return
    into = story.parent(third, merged[0]) if third % 3 == 0 else 0
    parents = [story.ended(unit) for unit in merged if unit != into]
    if into not in story.stands:
        into = story.opened(next((p for p in parents if p in story.stands), 1))
    for unit in merged:
        story.became("merger", unit, into)


def _split(story: Story, first: int, second: int, third: int) -> None:
    unit = story.one(first)
    if unit == 1:
        return
    parent = story.ended(unit)
    shares = [third % 9000 + 500, 0, 0] if second % 3 else [0, 0]
    shares[-1] = WHOLE - sum(shares) if second % 3 else 0
    if len(shares) == 3:
        shares[1] = shares[2] // 2
        shares[2] -= shares[1]
    for number, share in enumerate(shares):
        under = parent if number else sorted(story.stands)[third % len(story.stands)]
        story.became("split", unit, story.opened(under), share)


def _dissolve(story: Story, first: int, second: int, third: int) -> None:
    unit = story.one(first)
    if unit != 1:
        story.ended(unit)
        story.became(
            "dissolution",
            unit,
            sorted(story.stands)[third % len(story.stands)] if second % 2 else NONE,
        )


def _leave(story: Story, first: int, second: int, third: int) -> None:
    unit = story.one(first)
    if unit != 1:
        story.ended(unit)
        story.left.append(unit)


def _come_back(story: Story, first: int, second: int, third: int) -> None:
    if story.left:
        unit = story.left.pop(first % len(story.left))
        story.stands[unit] = (sorted(story.stands)[second % len(story.stands)], story.day)


EVENTS: dict[str, Callable[[Story, int, int, int], None]] = {
    "open": _open,
    "move": _move,
    "merge": _merge,
    "split": _split,
    "dissolve": _dissolve,
    "leave": _leave,
    "come back": _come_back,
}


def told(events: Iterable[Event]) -> Story:
    story = Story()
    for what, days, *choices in [("open", 0, 0, 0, 0)] * 4 + list(events):
        story.day += days
        EVENTS[what](story, *choices)
    return story


_choice = st.integers(0, 20_000)
_events = st.lists(
    st.tuples(
        st.sampled_from([*sorted(EVENTS), "split"]), st.integers(0, 15), _choice, _choice, _choice
    ),
    min_size=6,
    max_size=16,
)
_days = st.integers(-5, LAST_DAY)
_periods = st.lists(
    st.tuples(_days, st.integers(1, 60)).map(lambda p: Period(p[0], p[0] + p[1])),
    min_size=1,
    max_size=3,
)


@st.composite
def questions(draw: st.DrawFn, rules: list[Rule] = RULES) -> Question:
    story = told(draw(_events))
    unit = st.one_of(st.integers(1, story.units), st.just(STRANGER))
    fact = st.builds(Fact, st.integers(1, 2), unit, _days, st.integers(-50, 100))
    return Question(
        line=story.line(),
        facts=draw(st.lists(fact, min_size=20, max_size=50)),
        periods=draw(_periods),
        rule=draw(st.sampled_from(rules)),
        measures=(1, 2),
        day=draw(st.one_of(st.none(), _days)),
        climb=draw(st.booleans()),
    )


def long_history(seed: int, *, events: int, facts: int) -> tuple[Line, list[Fact]]:
    """The same kind of history, longer, from a seed; days from 0."""
    chance = random.Random(seed)
    kinds = ["open"] * events + ["move", "merge", "split", "dissolve"] * (events // 8)
    told_events = [
        (
            chance.choice(kinds),
            chance.choice([0, 0, 0, 7]),
            *(chance.randrange(20_000) for _ in "123"),
        )
        for _ in range(events)
    ]
    story = told(told_events)
    drawn = [
        Fact(
            chance.randint(1, 3),
            chance.randint(1, story.units),
            chance.randrange(story.day),
            chance.randint(-9, 99),
        )
        for _ in range(facts)
    ]
    return story.line(), drawn
