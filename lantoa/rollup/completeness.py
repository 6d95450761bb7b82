"""How many units sent of how many were expected, at every unit: the same walk up the same tree.

Who reported is known from who sent, never from whose sum is above nought: a unit that says it has
nothing to report has reported.
"""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from lantoa.rollup.arrays import climb_up
from lantoa.rollup.tables import Ints, SmallInts
from lantoa.rollup.tree import Tree, nodes_of


@dataclass(frozen=True, eq=False)
class Completeness:
    """Counts of units, one element per node of the tree, itself and all below it.

    Attributes:
        units: unit ids, as in the tree.
        expected: those that must send.
        reported: those of them that sent, nil or not.
        nil: those of the reported that said they have nothing to report.
        outside: expected units that have no place in the line, and so are in no node's count.
    """

    units: SmallInts
    expected: Ints
    reported: Ints
    nil: Ints
    outside: int


def completeness(
    tree: Tree,
    *,
    expected: Collection[int],
    reported: Collection[int],
    nil: Collection[int] = (),
) -> Completeness:
    """Count one period up the tree of its day.

    Args:
        expected, reported, nil: unit ids. Who sent without being asked is not counted, so that
            reported never exceeds expected; who sent nil reported.

    Returns:
        A unit that no longer stands counts where its facts do; one that was split counts once,
        where its pieces meet.
    """
    asked = set(expected)
    none_to_report = asked & set(nil)
    sent = (asked & set(reported)) | none_to_report
    return Completeness(
        units=tree.unit,
        expected=_counted(tree, asked)[:-1],
        reported=_counted(tree, sent)[:-1],
        nil=_counted(tree, none_to_report)[:-1],
        outside=int(_counted(tree, asked)[-1]),
    )


def _counted(tree: Tree, units: set[int]) -> Ints:
    """How many of the units are at or below each node; last, how many are outside."""
    count = np.bincount(nodes_of(tree, sorted(units)), minlength=len(tree.unit) + 1)
    climb_up(count[:-1], tree, np.add)
    return count
