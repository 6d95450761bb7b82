"""The permission matrix at full size (RELIABILITY G5): tests/desk/test_matrix.py with people of five places, in both languages,
by GET, HEAD and POST. A role at a time; the cells are counted where they are judged.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROLES = [
    "recorder",
    "reviewer",
    "approver",
    "leader",
    "board",
    "inspector",
    "answerer",
    "editor",
    "administrator",
]


def run(*, roles: list[str]) -> list[str]:
    """Walk the matrix for these roles and print the cells of each. Returns the roles for which a cell was wrong."""
    wrong, total = [], 0
    with tempfile.TemporaryDirectory(prefix="cells") as folder:
        counted = Path(folder) / "counted"
        for role in roles:
            began = time.monotonic()
            test = f"tests/desk/test_matrix.py::test_every_cell_of_the_matrix_is_as_the_table_says[{role}]"
            told = {"LANTOA_CELLS": "wide", "LANTOA_CELLS_COUNTED": str(counted)}
            said = subprocess.run(
                [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test],
                cwd=ROOT, env=os.environ | told, capture_output=True, text=True, check=False,
            )  # fmt: skip
            cells = int(counted.read_text("utf-8").split()[-1]) if counted.exists() else 0
            counted.unlink(missing_ok=True)
            total += cells
            print(f"{role}: {cells} cells in {time.monotonic() - began:.0f} s", flush=True)
            if said.returncode:
                wrong.append(role)
                print(said.stdout[-4000:], flush=True)
    print(f"{total} cells")
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("roles", nargs="*", default=ROLES)
    wrong = run(roles=parser.parse_args().roles)
    print(f"wrong: {', '.join(wrong)}" if wrong else "all as declared")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
