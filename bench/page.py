"""What was measured, as Markdown: printed, and with --page put into docs/bench.md."""

import os
import platform
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PAGE = Path(__file__).resolve().parents[1] / "docs/bench.md"


def put(name: str, said: str) -> None:
    """Between the comments `<!-- name -->` and `<!-- end -->` of the page."""
    text = PAGE.read_text("utf-8")
    place = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL)
    if not place.search(text):
        raise ValueError(f"{PAGE.name} has no place for {name}")
    PAGE.write_text(place.sub(lambda found: found[1] + said + "\n" + found[2], text), "utf-8")


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A Markdown table that also reads well as it is: the first column to the left, the others to the right."""
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]

    def line(row: list[str]) -> str:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        return f"| {' | '.join(cells)} |"

    return "\n".join(map(line, [heads, rule, *rows]))


def number(value: float) -> str:
    """Three figures, as far as they say something."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return f"{value:,.{digits}f}"


def machine(*packages: str) -> str:
    found = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text())
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    kinds = [f"Python {platform.python_version()}"]
    for package in packages:
        try:
            kinds.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            kinds.append(f"{package} not installed")
    return (
        f"{os.cpu_count()} processors ({found[1] if found else platform.machine()}), "
        f"{memory:.0f} GiB; {', '.join(kinds)}."
    )


def load() -> str:
    """How many processes wanted a processor in the last minute."""
    return f"{os.getloadavg()[0]:.1f}"
