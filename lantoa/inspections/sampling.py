"""A sample that anybody can draw again, and what it says about a figure. Pure: no database, no clock, no chance.

The seed and a record's own number (its UUID) give a digest; the records with the smallest digests are the sample. So the
same seed gives the same records on every machine and in every database, a larger sample holds the smaller one, and nobody
who does not know the seed beforehand can know which records will be looked at. It is simple random sampling without
replacement, with the digest as the record's random number.

The verification factor is what was found over what was reported: two totals, divided once (WHO, Routine Data Quality
Assessment). Its interval is that of a ratio estimator with the correction for a finite population (Cochran, Sampling
Techniques, 3rd edition, 1977, sections 6.3 and 6.4), with Student's t for few records. Where every record was right it
would shrink to a point, which is more than a sample can know; there the share of right records speaks: Wilson's interval
(1927), which holds at small numbers and at the ends (Brown, Cai and DasGupta, Statistical Science 16, 2001).
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import NamedTuple
from uuid import UUID

# Student's t, 97,5 per cent, for 1 to 30 degrees of freedom; beyond them 2 is on the safe side.
T = (
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228,
    2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
)  # fmt: skip
BEYOND = 2.0
Z = 1.959964
TEN_THOUSAND = 10_000


class Pair(NamedTuple):
    """What a record said, and what was found."""

    reported: int
    found: int


@dataclass(frozen=True, slots=True)
class Factor:
    """What was found over what was reported, in `checked` records of `records`.

    Attributes:
        right: the records in which both were the same.
        low, high: of the factor, with 95 per cent certainty, in ten-thousandths; None where nothing can be said.
        right_low, right_high: the same for the share of right records among all.
    """

    found: int
    reported: int
    checked: int
    records: int
    right: int
    low: int | None
    high: int | None
    right_low: int
    right_high: int

    @property
    def is_whole(self) -> bool:
        """Every record was looked at: the factor is exact."""
        return self.checked == self.records


def drawn(seed: str, numbers: Iterable[UUID], size: int) -> list[UUID]:
    """The sample, in the order in which it was drawn; the order of `numbers` is immaterial."""
    return sorted(set(numbers), key=lambda number: _lot(seed, number))[:size]


def _lot(seed: str, number: UUID) -> bytes:
    return hashlib.sha256(f"{seed}/{number}".encode()).digest()


def factor(pairs: Sequence[Pair], records: int) -> Factor | None:
    """None where nothing was looked at, or nothing was reported to compare with."""
    reported, found = sum(each.reported for each in pairs), sum(each.found for each in pairs)
    if not reported:
        return None
    right = sum(each.reported == each.found for each in pairs)
    low, high = _of_ratio(pairs, found, reported, records)
    right_low, right_high = _of_share(right, len(pairs), records)
    return Factor(found, reported, len(pairs), records, right, low, high, right_low, right_high)


def _of_ratio(
    pairs: Sequence[Pair], found: int, reported: int, records: int
) -> tuple[int | None, int | None]:
    count = len(pairs)
    if count >= records:
        exact = _rounded(found / reported)
        return exact, exact
    ratio = found / reported
    squares = sum((each.found - ratio * each.reported) ** 2 for each in pairs)
    if count < 2 or not squares:
        return None, None
    error = sqrt((1 - count / records) / count * squares / (count - 1)) / (reported / count)
    reach = error * (T[count - 2] if count - 2 < len(T) else BEYOND)
    return _rounded(max(0.0, ratio - reach)), _rounded(ratio + reach)


def _of_share(right: int, count: int, records: int) -> tuple[int, int]:
    share = right / count
    if count >= records:
        return _rounded(share), _rounded(share)
    spread = Z * Z / count
    middle = (share + spread / 2) / (1 + spread)
    reach = Z * sqrt(share * (1 - share) / count + spread / 4 / count) / (1 + spread)
    # What was seen is known: neither fewer nor more than that can be right among all.
    least, most = right / records, (records - count + right) / records
    return _rounded(max(least, middle - reach)), _rounded(min(most, middle + reach))


def _rounded(share: float) -> int:
    return round(share * TEN_THOUSAND)
