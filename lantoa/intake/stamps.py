"""The stamp inside a workbook: for which unit, sheet, period and version it was made, signed.

The unit never comes from the file: whoever sends it works at one, and the stamp must say the same (RELIABILITY A26).
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.core import signing

from lantoa.intake.refused import Refused

_SALT = "lantoa.intake.stamps"


class About(NamedTuple):
    """What a workbook is about. `version`: the newest that was sent when it was made; `codes`: the measures asked then."""

    unit: int
    sheet: str
    period: str
    version: int
    codes: Sequence[str]


def made(about: About) -> str:
    return signing.dumps([*about[:4], list(about.codes)], salt=_SALT)


def check(stamp: str, about: About) -> None:
    """Hold a stamp against what is asked now.

    Raises:
        Refused: not ours, of something else, or of an earlier version.
    """
    try:
        unit, sheet, period, version, codes = signing.loads(stamp, salt=_SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Refused("no_stamp") from error
    if unit != about.unit:
        raise Refused("other_unit")
    if sheet != about.sheet:
        raise Refused("other_sheet")
    if period != about.period:
        raise Refused("other_period")
    if version != about.version or codes != list(about.codes):
        raise Refused("outdated")
