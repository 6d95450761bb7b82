"""Every table and column the arithmetic takes and gives, once. Days are whole numbers since 1970-01-01.

A *fact* says: this measure, at this unit, on this day, changed by this value. A *cell* is one
measure in one period. The same words and columns serve all three engines.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from lantoa.lib.errors import LantoaError

Ints = npt.NDArray[np.int64]
SmallInts = npt.NDArray[np.int32]
Truths = npt.NDArray[np.bool_]

EPOCH = dt.date(1970, 1, 1)
FIRST = -(2**31)  # a span that begins here has no beginning
OPEN = 2**31 - 1  # a span that ends here has no end
NONE = -1  # no parent, no successor; as a node: outside the line
WHOLE = 10_000  # shares are in ten-thousandths
LIMIT = 2**63  # a total fits when -LIMIT <= total < LIMIT


class TotalTooLargeError(LantoaError):
    """A total that does not fit 64 bits. It is never cut or wrapped."""

    def __init__(self) -> None:
        super().__init__(
            vi="Tổng vượt quá 64 bit nên không thể tính đúng. Hãy kiểm tra lại các số đã ghi.",
            en="The total does not fit 64 bits and cannot be exact. Check the recorded values.",
        )


class UnknownRuleError(LantoaError):
    """A nature and rules that do not go together."""

    def __init__(self, rule: "Rule") -> None:
        said = f"{rule.nature} / {rule.along_time} / {rule.along_units}"
        super().__init__(
            vi=f"Không có cách cộng nào như vậy: {said}. Hãy sửa lại định nghĩa của chỉ tiêu.",
            en=f"There is no such way of adding up: {said}. Mend the measure's definition.",
        )


class Period(NamedTuple):
    """The days with `start <= day < end`."""

    start: int
    end: int


class Rule(NamedTuple):
    """How a measure adds up: the words are those of `ledger.Measure`.

    A flow or a balance is added along time. A level takes the last, the average, the least or the
    greatest of its days; an average of days stays an average along units (a ratio of sums).
    """

    nature: str
    along_time: str = "sum"
    along_units: str = "sum"

    def checked(self) -> "Rule":
        """This rule, or UnknownRuleError."""
        times = TIMES.get(self.nature, ())
        units = ("average",) if self.along_time == "average" else ("sum", "average", "min", "max")
        if self.along_time not in times or self.along_units not in units:
            raise UnknownRuleError(self)
        return self

    @property
    def is_linear(self) -> bool:
        """Whether the whole reading is one sum of facts."""
        return self.nature != "level" and self.along_units == "sum"


TIMES = {
    "flow": ("sum",),
    "balance": ("sum", "last"),
    "level": ("last", "average", "min", "max"),
}
FLOW = Rule("flow")
BALANCE = Rule("balance")


class Fact(NamedTuple):
    """One row of facts. Any number of rows per (measure, unit, day): they add up."""

    measure: int
    unit: int
    day: int
    value: int


@dataclass(frozen=True)
class Placements:
    """One line's placements as columns of one length: a unit under a parent from start until end."""

    unit: SmallInts
    parent: SmallInts  # NONE for a root
    start: SmallInts
    end: SmallInts  # exclusive; OPEN while it lasts

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> "Placements":
        """From rows (unit, parent or NONE, start day, end day or OPEN)."""
        return cls(*_columns(rows, 4))


class Succession(NamedTuple):
    """What became of a unit on a day. One row per successor."""

    kind: str  # merger, split, renaming, transfer, dissolution
    day: int
    before: int
    after: int = NONE
    share: int = 0  # ten-thousandths of a split; 0 where none is given


@dataclass(frozen=True)
class Totals:
    """One reading of many cells.

    Attributes:
        units: unit ids, one per column of the arrays below.
        value: [measure, period, unit]; with an average, the top of the ratio.
        count: [measure, period, unit]; how many own values stand behind each value (days, for an
            average along time). An average is value / count, divided by whoever prints it; where
            the count is 0 there is no value. None for sums of flows and balances: they always are.
        is_estimated: [measure, period, unit]; a split unit's shares are in the value.
        outside: [measure, period]; the same of all units that have no place in the line.
        outside_count: [measure, period]; the count of `outside`, None where `count` is.
    """

    units: SmallInts
    value: Ints
    count: Ints | None
    is_estimated: Truths
    outside: Ints
    outside_count: Ints | None


def day_of(date: dt.date) -> int:
    """The day's number: 0 is 1970-01-01."""
    return (date - EPOCH).days


def date_of(day: int) -> dt.date:
    return EPOCH + dt.timedelta(days=day)


def period_of(start: dt.date, end: dt.date | None) -> Period:
    """The days from `start` until before `end`; open without one."""
    return Period(day_of(start), OPEN if end is None else day_of(end))


def _columns(rows: Iterable[Sequence[int]], width: int) -> tuple[Any, ...]:
    table = np.array(list(rows), dtype=np.int32).reshape(-1, width)
    return tuple(np.ascontiguousarray(column) for column in table.T)
