"""The facts of the sample as rows: districts, communes before and after 01/07/2025. Sources: data/README.md."""

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "data"


class District(NamedTuple):
    """A district-level unit until 30/06/2025. `form` is "huyện" or "thành phố"."""

    code: str
    form: str
    name: str
    tile: tuple[int, int]


class Commune(NamedTuple):
    """A commune-level unit: of one district and merged whole into one successor until 30/06/2025, of none after."""

    code: str
    form: str
    name: str
    district: str = ""
    merged_into: str = ""
    tile: tuple[int, int] | None = None


def rows(file: str) -> list[dict[str, str]]:
    """A data file as rows; every value is text."""
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def districts() -> tuple[District, ...]:
    return tuple(
        District(row["code"], row["form"], row["name"], _tile(row)) for row in rows("districts.csv")
    )


@cache
def old_communes() -> tuple[Commune, ...]:
    """The 161 of 30/06/2025."""
    return tuple(
        Commune(row["code"], row["form"], row["name"], row["district"], row["merged_into"])
        for row in rows("communes_until_2025.csv")
    )


@cache
def new_communes() -> tuple[Commune, ...]:
    """The 56 of 01/07/2025."""
    return tuple(
        Commune(row["code"], row["form"], row["name"], tile=_tile(row))
        for row in rows("communes_from_2025.csv")
    )


def _tile(row: dict[str, str]) -> tuple[int, int]:
    return int(row["tile_column"]), int(row["tile_row"])


def printed(measures: str) -> int:
    """The article's total of these measures."""
    return next(
        int(row["value"]) for row in rows("seed_figures.csv") if row["measures"] == measures
    )
