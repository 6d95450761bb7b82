"""Where the facts of a unit count when the unit does not stand on the day.

A unit closed by then lands on what became of it: the one successor, its shares of a split, or the
nearest common parent of the parts of a split without shares; without successors, on its last parent.
A unit not yet open lands on what it came from: the one predecessor, or the nearest common parent of
several; without any, on its first parent. Whoever it lands on may itself be closed or not yet open:
then the same again. A successor or predecessor that cannot hold anything in this line is stood in
for by that last or first parent.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from lantoa.lib.errors import LantoaError
from lantoa.rollup.tables import NONE, WHOLE, Placements, SmallInts, Succession

Parts = dict[int, int]  # unit that stands, or NONE -> its share; the shares add up to WHOLE


class SuccessionLoopError(LantoaError):
    """A chain of mergers, splits or dissolutions that comes back to where it began."""

    def __init__(self, unit: int) -> None:
        super().__init__(
            vi=f"Chuỗi kế thừa của đơn vị {unit} quay lại chính nó. Hãy sửa việc sáp nhập, chia tách.",
            en=f"The successions of unit {unit} lead back to it. Mend the mergers and splits.",
        )


class SharesError(LantoaError):
    """A split in which some shares are missing, or which do not add up to the whole."""

    def __init__(self, unit: int) -> None:
        super().__init__(
            vi=f"Tỷ lệ chia tách của đơn vị {unit} phải đủ cho mọi phần và cộng lại bằng 10.000.",
            en=f"The shares of the split of unit {unit} must cover every part and add up to 10,000.",
        )


@dataclass(frozen=True)
class Known:
    """All that landing asks about: who stands under whom, where the absent stood, what became of them."""

    day: int
    parent: dict[int, int]  # of every unit that stands
    stood: dict[int, list[tuple[int, int, int]]]  # absent unit -> (start, end, parent), by start
    heirs: dict[int, list[Succession]]
    origins: dict[int, list[Succession]]
    found: dict[int, Parts] = field(default_factory=dict)
    asked: set[int] = field(default_factory=set)


def landings(
    placements: Placements, successions: Iterable[Succession], day: int, parent: dict[int, int]
) -> dict[int, Parts]:
    """Where every unit lands that stood in the line at some time, but not on this day.

    Args:
        parent: unit -> parent or NONE, of the units that do stand.

    Raises:
        SuccessionLoopError, SharesError: the successions make no sense.
    """
    stood = _stood(placements, np.fromiter(parent, np.int32, len(parent)))
    heirs, origins = defaultdict(list), defaultdict(list)
    for row in sorted(successions, key=lambda row: (row.day, row.after)):
        if NONE != row.after != row.before:
            heirs[row.before].append(row)
            origins[row.after].append(row)
    known = Known(day, parent, stood, heirs, origins)
    return {unit: _landing(unit, known) for unit in stood}


def nearest_common(units: Iterable[int], parent: dict[int, int]) -> int:
    """The lowest unit at or above all of these; NONE if there is none."""
    paths = [_path(unit, parent) for unit in units]
    shared = set(paths[0]).intersection(*paths[1:])
    return next((unit for unit in paths[0] if unit in shared), NONE)


def _landing(unit: int, known: Known) -> Parts:
    if unit in known.parent:
        return {unit: WHOLE}
    if unit not in known.found:
        if unit in known.asked:
            raise SuccessionLoopError(unit)
        known.asked.add(unit)
        known.found[unit] = (_forward if _is_closed(unit, known) else _back)(unit, known)
    return known.found[unit]


def _forward(unit: int, known: Known) -> Parts:
    """What became of a closed unit."""
    _, closed, last_parent = [row for row in known.stood[unit] if row[1] <= known.day][-1]
    rows = [row for row in known.heirs[unit] if closed <= row.day <= known.day]
    rows = [row for row in rows if row.day == rows[0].day]
    if not rows:
        return _under(last_parent, known)
    if any(row.share for row in rows):
        if not all(row.share for row in rows) or sum(row.share for row in rows) != WHOLE:
            raise SharesError(unit)
        return _shared([(_heir(row.after, last_parent, known), row.share) for row in rows])
    return _together([_heir(row.after, last_parent, known) for row in rows], known)


def _back(unit: int, known: Known) -> Parts:
    """What a unit came from that is not yet open."""
    opens, _, first_parent = known.stood[unit][0]
    rows = [row for row in known.origins[unit] if row.day <= opens]
    if not rows:
        return _under(first_parent, known)
    origins = [
        _landing(row.before, known)
        if _is_in_line(row.before, known)
        else _under(first_parent, known)
        for row in rows
    ]
    return _together(origins, known)


def _heir(unit: int, last_parent: int, known: Known) -> Parts:
    # An heir that opens only later would send us back to where we come from.
    if unit in known.parent or (unit in known.stood and _is_closed(unit, known)):
        return _landing(unit, known)
    return _under(last_parent, known)


def _under(parent: int, known: Known) -> Parts:
    return _landing(parent, known) if _is_in_line(parent, known) else {NONE: WHOLE}


def _together(landed: Sequence[Parts], known: Known) -> Parts:
    """One landing as it is; of several, what lies above all of them."""
    if len(landed) == 1:
        return landed[0]
    return {nearest_common({unit for parts in landed for unit in parts}, known.parent): WHOLE}


def _shared(landed: Sequence[tuple[Parts, int]]) -> Parts:
    """Shares of shares, cut at whole ten-thousandths so that they still add up to WHOLE."""
    whole: Parts = defaultdict(int)
    for parts, share in landed:
        taken = 0
        for unit, part in parts.items():
            whole[unit] += share * (taken + part) // WHOLE - share * taken // WHOLE
            taken += part
    return {unit: share for unit, share in whole.items() if share}


def _path(unit: int, parent: dict[int, int]) -> list[int]:
    path = []
    while unit != NONE:
        path.append(unit)
        unit = parent[unit]
    return path


def _is_closed(unit: int, known: Known) -> bool:
    return known.stood[unit][0][1] <= known.day


def _is_in_line(unit: int, known: Known) -> bool:
    return unit in known.parent or unit in known.stood


def _stood(placements: Placements, standing: SmallInts) -> dict[int, list[tuple[int, int, int]]]:
    absent = ~np.isin(placements.unit, standing)
    stood = defaultdict(list)
    columns = (placements.unit, placements.start, placements.end, placements.parent)
    for unit, *row in zip(*(column[absent].tolist() for column in columns), strict=True):
        stood[unit].append(tuple(row))
    return {unit: sorted(rows) for unit, rows in stood.items()}
