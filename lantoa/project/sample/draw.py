"""Chance that is the same every time: numbers drawn from a seed and the words that say what for."""

import datetime as dt
from collections.abc import Iterable, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")

SUNDAY = 6


def stream(seed: int, *words: object) -> Random:
    """A stream of its own for every purpose, so that drawing more of one thing changes nothing else."""
    return Random("/".join(str(word) for word in (seed, *words)))  # noqa: S311 nothing secret


def spread(total: int, weights: Sequence[int], *, least: int = 0) -> list[int]:
    """`total` in whole parts, as near to the weights as can be, each at least `least`; they add up exactly."""
    free = total - least * len(weights)
    if free < 0:
        raise ValueError(f"{total} is not enough for {len(weights)} parts of at least {least}")
    whole = sum(weights)
    parts = [free * weight // whole for weight in weights]
    lost = [(-(free * weight % whole), place) for place, weight in enumerate(weights)]
    for _, place in sorted(lost)[: free - sum(parts)]:
        parts[place] += 1
    return [part + least for part in parts]


def weights(chance: Random, bases: Iterable[int]) -> list[int]:
    """Each base, more or less two fifths, in hundredths."""
    return [base * chance.randint(60, 140) for base in bases]


def some(chance: Random, items: Sequence[T], count: int) -> list[T]:
    """`count` of them in a drawn order, starting over when they run out."""
    order = list(items)
    chance.shuffle(order)
    return [order[place % len(order)] for place in range(count)]


def day(chance: Random, start: dt.date, end: dt.date) -> dt.date:
    """A day in the span (end exclusive) that is no Sunday."""
    span = (end - start).days
    drawn = start + dt.timedelta(days=chance.randrange(span))
    if drawn.weekday() != SUNDAY:
        return drawn
    step = -1 if drawn > start else 1
    return drawn + dt.timedelta(days=step)
