"""How long, how much CPU, how much memory. Everything is asked in turn, so that a slow moment is slow for all."""

import gc
import multiprocessing
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from bench.rivals import Rival
from bench.world import World

MIB = 2**20
Group = Callable[[World, Path, ExitStack], Iterator[Rival]]


@dataclass
class Times:
    """Seconds of each round, by the clock and of all processors."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)


def rounds(rivals: list[Rival], count: int) -> dict[str, Times]:
    """Each asked once a round; every round begins with another one, so that neighbours change."""
    times = {each.name: Times() for each in rivals}
    for number in range(count):
        first = number % len(rivals)
        for each in rivals[first:] + rivals[:first]:
            if each.before:
                each.before()
            gc.collect()
            wall, cpu = time.perf_counter(), cpu_of(each)
            each.ask()
            times[each.name].wall.append(time.perf_counter() - wall)
            times[each.name].cpu.append(cpu_of(each) - cpu)
    return times


def cpu_of(rival: Rival) -> float:
    """Seconds so far, of this process and of the server's."""
    own = time.process_time()
    if rival.server is None:
        return own
    server = psutil.Process(rival.server)
    spent = server.cpu_times()
    ended = spent.children_user + spent.children_system
    living = [each.cpu_times() for each in server.children()]
    return own + ended + sum(each.user + each.system for each in [spent, *living])


def ratios(upper: list[float], lower: list[float]) -> tuple[float, float, float]:
    """Of each round's two times: the median, and the quarter below and above."""
    each = [a / b for a, b in zip(upper, lower, strict=True)]
    if len(each) < 4:
        return statistics.median(each), min(each), max(each)
    low, middle, high = statistics.quantiles(each, n=4, method="inclusive")
    return middle, low, high


def peak(make: Callable[[], World], group: Group, name: str) -> float:
    """MiB that one question adds on top of what was prepared for it, in a process of its own."""
    here, there = multiprocessing.get_context("spawn").Pipe()
    child = multiprocessing.get_context("spawn").Process(
        target=_report_peak, args=(make, group, name, there)
    )
    child.start()
    there.close()
    try:
        return float(here.recv())
    finally:
        child.join()


def _report_peak(make: Callable[[], World], group: Group, name: str, there: Any) -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench")))
        rival = next(each for each in group(make(), folder, stack) if each.name == name)
        if rival.before:
            rival.before()
        gc.collect()
        with _sampled(rival.server) as sampled:
            before = _reset_peak()
            rival.ask()
        there.send((_peak() - before + max(sampled, default=0)) / MIB)


def _reset_peak() -> int:
    """Forget the peak so far (Linux); what is resident now."""
    Path("/proc/self/clear_refs").write_text("5")
    return psutil.Process().memory_info().rss


def _peak() -> int:
    said = Path("/proc/self/status").read_text()
    return int(said.split("VmHWM:")[1].split()[0]) * 1024


@contextmanager
def _sampled(server: int | None) -> Iterator[list[int]]:
    """What the server's processes hold for themselves, above what they held at first, every 10 ms."""
    seen: list[int] = []
    if server is None:
        yield seen
        return
    done = threading.Event()
    first = _held(server)

    def look() -> None:
        while not done.wait(0.01):
            seen.append(_held(server) - first)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()


def _held(server: int) -> int:
    held = 0
    for each in psutil.Process(server).children():
        with suppress(psutil.NoSuchProcess):
            info = each.memory_info()
            held += info.rss - info.shared
    return held
