"""A whole season of commendation through the actions that the pages call: forty councils, 1.455 awards (issue 4).

Counts afterwards what it left behind, and opens every decision as Word and every certificate as a page.
"""

import argparse
import io
import os
import re
import sys
import tempfile
import time
from typing import Any

SECONDS = 60
COUNCILS, OF_PROVINCE, OF_OTHERS = 40, 27, 1_428


def run(*, units: int, seed: int) -> list[str]:
    """Hold the season of 2023 in a database of its own and print its figures. Returns what is wrong."""
    with tempfile.TemporaryDirectory(prefix="season") as folder:
        os.environ |= {"LANTOA_VAR": folder, "DJANGO_SETTINGS_MODULE": "lantoa.project.settings"}
        os.environ.pop("LANTOA_DATABASE_URL", None)
        import django

        django.setup()
        taken = _held(units=units, seed=seed)
        wrong = _wrongs()
        if taken > SECONDS:
            wrong.append(f"it took {taken:.0f} s, more than {SECONDS}")
        print(f"{units} units, seed {seed}: the season of 2023 in {taken:.1f} s")
        return wrong


def _held(*, units: int, seed: int) -> float:
    """The seconds from the first dossier of 2023 to its last published decision."""
    from lantoa.project import demo
    from lantoa.project.sample import load

    demo.migrate()
    began = 0.0
    for step in load.load(seed=seed, units=units):
        if step.part == "awards":
            began = began or time.monotonic()
            if step.done >= OF_PROVINCE + OF_OTHERS:
                break
    return time.monotonic() - began


def listed(decision: Any, awards: Any) -> int:
    """How many rows the lists of a decision have, opened as Word has it."""
    import docx

    from lantoa.reports import commending, word

    file = docx.Document(io.BytesIO(word.render(commending.decision_paper(decision, awards))))
    return sum(len(table.rows) - 1 for table in file.tables[2:])


def _wrongs() -> list[str]:
    from lantoa.awards import queries
    from lantoa.awards.models import Award, Ballot, Decision, Question
    from lantoa.reports import certificates

    wrong, pages, began = [], 0, time.monotonic()
    levels = [Award.objects.filter(nomination__level="province").count(), Award.objects.count()]
    if levels != [OF_PROVINCE, OF_PROVINCE + OF_OTHERS]:
        wrong.append(f"awards of the province, and in all: {levels}")
    if Ballot.objects.count() != COUNCILS or Question.objects.filter(yes=None).exists():
        wrong.append("a council has not voted to the end")
    for decision in Decision.objects.select_related("unit"):
        awards = queries.awards_of(decision)
        if (found := listed(decision, awards)) != len(awards):
            wrong.append(f"decision {decision.pk} lists {found} of {len(awards)}")
        made = certificates.render(decision, awards)
        pages += max(int(count) for count in re.findall(rb"/Count\s+(\d+)", made))
    if pages != Award.objects.count():
        wrong.append(f"{pages} certificates")
    print(f"{Decision.objects.count()} decisions as Word, {pages} certificates as PDF in {time.monotonic() - began:.1f} s")  # fmt: skip
    return wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=2024)
    given = parser.parse_args()
    wrong = run(units=given.units, seed=given.seed)
    for each in wrong:
        print(f"WRONG: {each}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
