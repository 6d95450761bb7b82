"""What must be true of a structure on every day. Plain rows in, problems out; no database.

1. In one line a unit stands in one place at a time.
2. A unit stands in at most one line of kind sector at a time (A2.1).
3. A unit stands only while it lives: from its opening day until before its closing day.
4. A unit that stands anywhere stands in the territory on every day of its life, from the first to the
   last, without a gap (A2.1: exactly one territorial parent at any date; a root's is "none"). So it
   takes its first territorial place on its opening day, and loses the last one only by closing.
   In a sector line it may come later, leave earlier, and be away for a time.
5. Whoever it stands under stands in the same line itself, on each of those days.
6. Nobody stands below itself on any day. (Found by the closure, not here.)
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from lantoa.lib.dates import show_day
from lantoa.lib.errors import LantoaError

FOREVER = dt.date.max


class Stay(NamedTuple):
    """A placement as a plain row; `end` is exclusive, FOREVER while it lasts."""

    line: int
    unit: int
    parent: int | None
    start: dt.date
    end: dt.date


class Life(NamedTuple):
    """The days of a unit, the end exclusive, FOREVER while it lives."""

    start: dt.date
    end: dt.date


class Problem(NamedTuple):
    """What is wrong with a unit's place in a line, from which day on."""

    error: type["StructureError"]
    unit: int
    line: int
    day: dt.date
    other: int | None = None  # the parent, where it has a part in it


class StructureError(LantoaError):
    """The structure would not hold on some day. Nothing has been changed."""

    says_vi = ""
    says_en = ""

    @classmethod
    def of(
        cls, problem: Problem, names: Mapping[int, str], lines: Mapping[int, str]
    ) -> "StructureError":
        words = {
            "unit": names.get(problem.unit, ""),
            "line": lines.get(problem.line, ""),
            "day": show_day(problem.day),
            "other": names.get(problem.other or 0, ""),
        }
        return cls(vi=cls.says_vi.format(**words), en=cls.says_en.format(**words))


class OverlapError(StructureError):
    says_vi = (
        "{unit} đứng ở hai chỗ trong hệ thống {line} vào ngày {day}. "
        "Hãy dùng “chuyển” để đổi cấp trên, hoặc chọn ngày khác."
    )
    says_en = (
        "{unit} stands in two places in the line {line} on {day}. "
        "Use a move to change its parent, or choose another day."
    )


class TwoSectorsError(StructureError):
    says_vi = (
        "{unit} đã thuộc một ngành dọc khác vào ngày {day}; mỗi đơn vị chỉ thuộc một ngành dọc. "
        "Hãy cho rời ngành kia trước khi đặt vào hệ thống {line}."
    )
    says_en = (
        "{unit} stands in another sector line on {day}; a unit stands in one sector at most. "
        "Let it leave the other before it is placed in the line {line}."
    )


class OutsideItsLifeError(StructureError):
    says_vi = (
        "{unit} không hoạt động vào ngày {day} nên không thể đứng trong hệ thống {line}. "
        "Hãy chọn ngày từ khi thành lập đến trước khi kết thúc."
    )
    says_en = (
        "{unit} does not live on {day}, so it cannot stand in the line {line}. "
        "Choose a day from its opening until before its closing."
    )


class GapError(StructureError):
    says_vi = (
        "{unit} không có cấp trên theo địa bàn từ ngày {day}. Đơn vị phải đứng trong địa bàn mọi ngày, "
        "từ ngày thành lập: hãy đặt vào địa bàn từ ngày đó."
    )
    says_en = (
        "{unit} has no place in the territory from {day}. A unit stands in the territory on every day, "
        "from its opening on: place it there from that day."
    )


class ParentNotStandingError(StructureError):
    says_vi = (
        "{unit} không thể trực thuộc {other} trong hệ thống {line}: vào ngày {day} {other} không đứng "
        "trong hệ thống này. Hãy chọn cấp trên khác, hoặc đặt {other} vào đó trước."
    )
    says_en = (
        "{unit} cannot stand under {other} in the line {line}: on {day} {other} does not stand there. "
        "Choose another parent, or place {other} there first."
    )


class CycleError(StructureError):
    says_vi = (
        "{unit} sẽ trực thuộc chính cấp dưới của mình trong hệ thống {line} vào ngày {day}. "
        "Hãy chọn cấp trên không nằm dưới đơn vị này."
    )
    says_en = (
        "{unit} would stand below itself in the line {line} on {day}. "
        "Choose a parent that does not stand below it."
    )


def problems(
    stays: Iterable[Stay],
    lives: Mapping[int, Life],
    *,
    territory: int | None,
    sectors: Collection[int],
    about: Collection[int],
) -> Iterator[Problem]:
    """Find what breaks rules 1 to 5 for some units.

    Args:
        stays: all stays of these units, of the units under them, and of the units above both.
        lives: of all units in `stays`.
        territory, sectors: lines, by kind.
        about: the units asked about; whoever stands under one of them is looked at too.
    """
    places: dict[tuple[int, int], list[Stay]] = defaultdict(list)
    whole: dict[int, list[Stay]] = defaultdict(list)
    for stay in sorted(stays, key=lambda stay: stay.start):
        places[stay.line, stay.unit].append(stay)
        whole[stay.unit].append(stay)
    for unit in about:
        own = whole.get(unit, [])
        yield from _clashes(own, sectors)
        yield from _strangers(own, lives[unit])
        if own and territory is not None:
            yield from _gaps(places.get((territory, unit), []), lives[unit], unit, territory)
    chosen = set(about)
    for stay in (stay for own in whole.values() for stay in own):
        if stay.parent is not None and (stay.unit in chosen or stay.parent in chosen):
            yield from _missing_parents(stay, places.get((stay.line, stay.parent), []))


def _clashes(own: Sequence[Stay], sectors: Collection[int]) -> Iterator[Problem]:
    """Stays of one unit, by start, that share a day in one line or in two sectors."""
    for number, stay in enumerate(own):
        for later in own[number + 1 :]:
            if later.start >= stay.end:
                continue
            if later.line == stay.line:
                yield Problem(OverlapError, stay.unit, stay.line, later.start)
            elif later.line in sectors and stay.line in sectors:
                yield Problem(TwoSectorsError, stay.unit, later.line, later.start)


def _strangers(own: Sequence[Stay], life: Life) -> Iterator[Problem]:
    for stay in own:
        if stay.start < life.start:
            yield Problem(OutsideItsLifeError, stay.unit, stay.line, stay.start)
        elif stay.end > life.end:
            yield Problem(OutsideItsLifeError, stay.unit, stay.line, max(life.end, stay.start))


def _gaps(own: Sequence[Stay], life: Life, unit: int, line: int) -> Iterator[Problem]:
    day = uncovered(own, life.start, life.end)
    if day is not None:
        yield Problem(GapError, unit, line, day)


def _missing_parents(stay: Stay, above: Sequence[Stay]) -> Iterator[Problem]:
    day = uncovered(above, stay.start, stay.end)
    if day is not None:
        yield Problem(ParentNotStandingError, stay.unit, stay.line, day, stay.parent)


def uncovered(stays: Sequence[Stay], start: dt.date, end: dt.date) -> dt.date | None:
    """The first day from `start` until before `end` that no stay covers; stays by start."""
    day = start
    for stay in stays:
        if stay.start <= day < stay.end:
            day = stay.end
    return day if day < end else None
