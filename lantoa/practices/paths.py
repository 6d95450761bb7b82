"""Who learned from whom, upwards: to find that a circle would be made before it is."""

from collections.abc import Iterable

from lantoa.orgs.models import Unit
from lantoa.practices import whereabouts
from lantoa.practices.models import Adoption


class Paths:
    """Who learned from whom, in the practices of some adoptions, and who was merged into whom. A tree of a practice is small."""

    def __init__(self, sources: Iterable[Adoption]) -> None:
        rows = Adoption.objects.filter(practice__in={each.practice_id for each in sources})
        self.rows: dict[int, tuple[int, int | None]] = {
            pk: (unit, above)
            for pk, unit, above in rows.values_list("pk", "unit_id", "learned_from_id")
        }

        self.merged = whereabouts.mergers()

    def add(self, adoption: Adoption) -> None:
        self.rows[adoption.pk] = (adoption.unit_id, adoption.learned_from_id)

    def ours(self, unit: Unit) -> set[int]:
        """The unit, and those that were merged into it."""
        return whereabouts.lineage(unit.pk, self.merged)

    def units(self, source: Adoption) -> list[int]:
        """The units from a source up to the origin."""
        units: list[int] = []
        at: int | None = source.pk
        while at is not None:
            unit, at = self.rows[at]
            units.append(unit)
        return units
