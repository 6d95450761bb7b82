"""Ask something several times and tell what it took: the middle, the slowest, the processor's own time."""

import argparse
import gc
import statistics
import time
from collections.abc import Callable, Iterable

from bench import page

HEADS = ["", "ms", "slowest", "CPU ms", "goal ms"]


def options(name: str, about: str | None) -> argparse.Namespace:
    asks = argparse.ArgumentParser(prog=f"script/bench {name}", description=about)
    asks.add_argument("--page", action="store_true", help="put the table into docs/bench.md")
    return asks.parse_args()


def row(words: str, goal: int, act: Callable[[], None], times: int) -> list[str]:
    """One row: the act once unseen, then so often. An exclamation mark where the middle is over the goal."""
    act()
    walls, cpus = [], []
    for _ in range(times):
        cpu, began = time.process_time(), time.perf_counter()
        act()
        walls.append((time.perf_counter() - began) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    middle = statistics.median(walls)
    told = page.number(middle) + ("!" if middle >= goal else "")
    return [words, told, page.number(max(walls)), page.number(statistics.median(cpus)), f"< {goal}"]


def tell(name: str, rows: Iterable[list[str]], *, is_for_page: bool) -> None:
    # As the served product does (`project/wsgi.py`): what stands now is no rubbish.
    gc.collect()
    gc.freeze()
    busy = page.load()
    kept = []
    for each in rows:
        print(" | ".join(each), flush=True)
        kept.append(each)
    told = f"Load of the machine before and after: {busy}, {page.load()}."
    said = "\n".join([page.machine("django"), told, "", page.table(HEADS, kept)])
    print(said)
    if is_for_page:
        page.put(name, said)
