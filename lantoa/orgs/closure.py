"""The placements walked to the end, written by one recursive statement on both databases.

Source:
    docs/decisions/ — a closure is derived: it can be thrown away and rebuilt from the placements.
"""

import json
from collections.abc import Collection
from typing import Any

from django.db import connection

from lantoa.orgs.models import Closure

# No structure is that deep: a row at this depth is a cycle, which would never end.
DEEPEST = 32

_WALK = """
INSERT INTO orgs_closure (line_id, ancestor_id, unit_id, depth, start_date, end_date)
WITH RECURSIVE walk(unit, ancestor, depth, f, t) AS (
  SELECT unit_id, unit_id, 0, start_date, COALESCE(end_date, '9999-12-31')
  FROM orgs_placement WHERE line_id = %s {some}
  UNION ALL
  SELECT w.unit, p.parent_id, w.depth + 1,
         {later}(w.f, p.start_date), {sooner}(w.t, COALESCE(p.end_date, '9999-12-31'))
  FROM walk w JOIN orgs_placement p
    ON p.line_id = %s AND p.unit_id = w.ancestor
   AND p.start_date < w.t AND w.f < COALESCE(p.end_date, '9999-12-31')
  WHERE p.parent_id IS NOT NULL AND w.depth < {deepest}
)
SELECT %s, ancestor, unit, depth, f, NULLIF(t, '9999-12-31') FROM walk
"""


def rebuild(*, line_id: int, unit_ids: Collection[int] | None = None) -> None:
    """Write the closure of a line anew: of some units, or of all.

    Args:
        unit_ids: the units whose place, or whose ancestors' place, has changed; None means all.
    """
    some, chosen = ("", []) if unit_ids is None else _among(unit_ids)
    is_sqlite = connection.vendor == "sqlite"
    walk = _WALK.format(
        some=some,
        deepest=DEEPEST,
        later="max" if is_sqlite else "greatest",
        sooner="min" if is_sqlite else "least",
    )
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM orgs_closure WHERE line_id = %s {some}", [line_id, *chosen])  # noqa: S608
        cursor.execute(walk, [line_id, *chosen, line_id, line_id])


def with_all_below(unit_ids: Collection[int], *, line_id: int) -> set[int]:
    """The units, and all that ever stood below one of them in the line."""
    below = Closure.objects.filter(line_id=line_id, ancestor_id__in=unit_ids)
    return {*unit_ids, *below.values_list("unit_id", flat=True)}


def _among(unit_ids: Collection[int]) -> tuple[str, list[Any]]:
    """A condition for any number of ids: one parameter, so that no database's limit is met."""
    if connection.vendor == "sqlite":
        return "AND unit_id IN (SELECT value FROM json_each(%s))", [json.dumps(sorted(unit_ids))]
    return "AND unit_id = ANY(%s)", [sorted(unit_ids)]
