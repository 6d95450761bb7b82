"""How units write the symbols of their documents, and what they may not issue: dated data (`issuing.toml`)."""

import datetime as dt
import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

from lantoa.lib import terms
from lantoa.lib.symbols import PARTY, Symbol

_FILE = Path(__file__).with_name("issuing.toml")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the file.

    Attributes:
        suffixes: how the issuer stands in its symbols; an office of it may follow after a hyphen.
        never: kinds of document that it does not issue.
    """

    kind: str
    style: str
    suffixes: tuple[str, ...]
    never: frozenset[str] = frozenset()
    start: dt.date = dt.date.min
    end: dt.date = dt.date.max


def rule_for(kind: str, date: dt.date) -> Rule | None:
    """The row for units of a kind on a document's date; None where they may write as they are used to."""
    return next((row for row in _rules() if row.kind == kind and row.start <= date < row.end), None)


def series_of(symbol: Symbol, date: dt.date) -> str:
    """Within what the number counts: `2024` for the state, `nk2020` (the term that began then) for the Party."""
    if symbol.style != PARTY:
        return str(date.year)
    start, _end = terms.numbering_span("term", date)
    return f"nk{start.year}"


@functools.cache
def _rules() -> tuple[Rule, ...]:
    rows = tomllib.loads(_FILE.read_text("utf-8"))["rule"]
    return tuple(
        Rule(**row | {"suffixes": tuple(row["suffixes"]), "never": frozenset(row.get("never", ()))})
        for row in rows
    )
