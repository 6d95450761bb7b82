"""From one state to the next: guarded, for many dossiers at once (RELIABILITY D10)."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from lantoa.awards import dossiers, refusals
from lantoa.awards.models import Nomination
from lantoa.awards.refusals import ChangedMeanwhileError


def step(
    nominations: Sequence[Nomination],
    states: Sequence[str],
    became: dict[str, Any],
    *,
    seen: int | None = None,
) -> None:
    """One guarded UPDATE for every 500 dossiers, each of which must touch every row.

    Args:
        states: those from which one may come here.
        seen: the version that was on the screen; without one, the version in hand.

    Raises:
        ChangedMeanwhileError: one of them is no longer as it was.
    """
    by_version: dict[int, list[int]] = defaultdict(list)
    for each in nominations:
        by_version[each.version if seen is None else seen].append(each.pk)
    for version, ids in by_version.items():
        for some in chunks(ids):
            asked = Nomination.objects.filter(pk__in=some, version=version, state__in=states)
            if asked.update(version=version + 1, **became) != len(some):
                raise ChangedMeanwhileError(Nomination.objects.filter(pk__in=some).first())
    for each in nominations:
        each.version = (each.version if seen is None else seen) + 1
        for word, now in became.items():
            setattr(each, word, now)


def refuse_elsewhere(nominations: Sequence[Nomination], states: Sequence[str]) -> None:
    """Refuse if one of them, as it is in hand, stands at another step."""
    for each in nominations:
        if each.state not in states:
            raise refusals.wrong_state(each)


def chunks(ids: Sequence[int]) -> list[Sequence[int]]:
    size = dossiers.IDS_A_QUERY
    return [ids[start : start + size] for start in range(0, len(ids), size)]
