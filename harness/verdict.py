"""What was acknowledged beside what is there: nothing lost, nothing twice, no answer that tells a lie."""

from typing import Any

from harness.clients import Tally


def wrongs(tally: Tally, there: dict[str, Any]) -> list[str]:
    """Sentences that say what is wrong; none when all is well."""
    kept = set(there["records"])
    lost = tally.received - kept
    strange = kept - tally.heads.keys()
    heads = sum(tally.heads[number] for number in kept if number in tally.heads)
    found = []
    if lost:
        found.append(f"{len(lost)} acknowledged records are lost")
    if strange:
        found.append(f"{len(strange)} records were never sent")
    if len(there["records"]) != len(kept):
        found.append(f"{len(there['records']) - len(kept)} records are there twice")
    if heads != there["heads"] or heads != there["ledger"]:
        found.append(
            f"sent {heads} heads, the records hold {there['heads']}, the ledger {there['ledger']}"
        )
    if missing := tally.sent - set(there["sent"]):
        found.append(f"{len(missing)} acknowledged sheets are lost")
    if there["versions"] != len(there["sent"]):
        found.append(f"{there['versions']} versions of {len(there['sent'])} sheets")
    if errors := tally.answers[500]:
        found.append(f"{errors} answers were 500")
    return found


def told(tally: Tally, there: dict[str, Any]) -> str:
    """The figures of a trial in a few lines."""
    answers = ", ".join(f"{status}: {count}" for status, count in sorted(tally.answers.items()))
    return (
        f"acknowledged {len(tally.received)} of {len(tally.heads)} records, "
        f"{len(tally.sent)} sheets; there are {len(there['records'])} and {len(there['sent'])}\n"
        f"answers {answers}; broken lines {tally.broken}\n"
        f"waited p50 {tally.percentile(0.5):.2f} s, p99 {tally.percentile(0.99):.2f} s, "
        f"longest {tally.percentile(1):.2f} s"
    )
