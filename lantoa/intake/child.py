"""What reads a workbook, in a process of its own that can do nothing else: no file, no socket, no child, little time and memory.

Run as `python -m lantoa.intake.child`, the file on its standard input; it answers in JSON on its standard output. What goes
wrong within a library ends the process, which is an answer too.

Source:
    RELIABILITY.md, D7 and A9.
"""

import codecs
import datetime as dt
import json
import os
import resource
import sys
from typing import Any

import python_calamine

from lantoa.intake import old, packages, parts
from lantoa.intake.parts import Run, Told
from lantoa.intake.refused import Refused
from lantoa.lib import legacy

CPU_SECONDS = 2
MEMORY = 256 * packages.MB
LONGEST_TEXT, MOST_TEXT = 2_000, 1_000_000  # letters, of a cell and of all
# Code pages that old workbooks and zips are written in: Python would load them from files, which nobody may later.
PAGES = ("cp437", "latin_1", "utf_16", "utf_16_le", "cp1252", "cp1258", "mac_roman", "ascii")
_LESS_URGENT = 10

Cells = dict[str, tuple[Any, list[Run]]]


def main() -> None:
    for page in PAGES:
        codecs.lookup(page)
    confine()
    content = sys.stdin.buffer.read(packages.LARGEST_FILE + 1)
    answer: dict[str, Any]
    try:
        answer = {"sheets": _told(read(content))}
    except Refused as error:
        answer = {"refused": error.word, "at": error.at}
    except MemoryError:
        answer = {"refused": "heavy", "at": ""}
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()


def confine() -> None:
    """From here on no file and no socket can be opened: there is no number left to open one under."""
    os.nice(_LESS_URGENT)
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 0),
    ):
        resource.setrlimit(what, (most, most))


def read(content: bytes) -> dict[str, Cells]:
    """By sheet and address: the value, and the pieces of a text with their fonts.

    Raises:
        Refused: it is not taken.
    """
    if len(content) > packages.LARGEST_FILE:
        raise Refused("too_large")
    if content.startswith(packages.OLE):
        return old.read(content)
    if not content.startswith(packages.ZIP):
        raise Refused("not_a_workbook")
    found = packages.opened(content)
    fonts, runs, paths = parts.fonts(found), parts.runs(found), parts.sheets(found)
    told = {name: parts.cells(found[path]) for name, path in paths.items()}
    try:
        with python_calamine.load_workbook(packages.packed(found)) as book:
            return {name: _cells(book, name, told[name], fonts, runs) for name in told}
    except python_calamine.PasswordError as error:
        raise Refused("encrypted") from error
    except python_calamine.CalamineError as error:
        raise Refused("damaged") from error


def _cells(book: Any, name: str, told: Told, fonts: list[str], runs: dict[int, list[Run]]) -> Cells:
    cells: Cells = {}
    for row, values in enumerate(book.get_sheet_by_name(name).to_python(skip_empty_area=False), 1):
        for column, value in enumerate(values, 1):
            if value == "":
                continue
            address = parts.address_of(row, column)
            cells[address] = value, _runs(address, value, told, fonts, runs)
    return cells | {address: (None, []) for address in told.unworked if address not in cells}


def _runs(
    address: str, value: Any, told: Told, fonts: list[str], runs: dict[int, list[Run]]
) -> list[Run]:
    if not isinstance(value, str):
        return []
    style = told.styles.get(address, 0)
    own = fonts[style] if style < len(fonts) else ""
    shared = runs.get(told.texts.get(address, -1), [Run("", value)])
    written = told.pieces.get(address, shared)
    return [Run(run.font or own, run.text) for run in written]


def _told(book: dict[str, Cells]) -> dict[str, Any]:
    """As JSON: a kind beside the value, for a day is no text and a formula without a value is no empty cell."""
    told: dict[str, Any] = {}
    left = MOST_TEXT
    for name, cells in book.items():
        told[name] = {}
        for address, (value, runs) in cells.items():
            kind, said = _kind(value)
            left -= len(str(said))
            if left < 0:
                raise Refused("cells")
            is_old = len(str(value)) <= LONGEST_TEXT and any(
                legacy.code_of(run.font) for run in runs
            )
            told[name][address] = [kind, said, runs if is_old else []]
    return told


def _kind(value: Any) -> tuple[str, Any]:
    match value:
        case None:
            return "unworked", ""
        case bool():
            return "truth", value
        case int() | float():
            return "number", value
        case dt.date() | dt.time() | dt.timedelta():
            return "day", str(value)
        case _:
            return "text", str(value)[:LONGEST_TEXT]


if __name__ == "__main__":
    main()
