"""What a disk holds after a power cut: what was synced for certain, what came later there or not, whole or torn.

The record is what `strace` says a served product did to its database's files. Whatever was written before a sync of the
same file began is certain once that sync has ended; of all else each sector of 512 or of 4096 bytes is there or not, by a
seed. Directory entries are taken to be kept (RELIABILITY 8), and the index of the write-ahead log is made anew by SQLite.
"""

import bisect
import codecs
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

CALLS = "pwrite64,fsync,fdatasync,ftruncate,unlink"
SECTORS = (512, 4096)
LINE = re.compile(r"^(\d+) +(\d+\.\d+) (.*)$")
RESUMED = re.compile(r"^<\.\.\. \w+ resumed>(.*)$")
UNFINISHED = " <unfinished ...>"
WRITE = re.compile(r'^pwrite64\(\d+<(.+?)>, "(.*)", \d+, (\d+)\) += (\d+)')
SIZE = re.compile(r"^ftruncate\(\d+<(.+?)>, (\d+)\) += 0")
SYNC = re.compile(r"^f(?:data)?sync\(\d+<(.+?)>\) += 0")
GONE = re.compile(r'^unlink\("(.+?)"\) += 0')


@dataclass(frozen=True)
class Deed:
    """Something done to a file, from one line of the record to another. `data` is what was written at `place`."""

    file: str
    what: str  # write, size, sync, gone
    begun: int
    ended: int
    place: int = 0
    data: bytes = b""


@dataclass
class Tape:
    """All deeds in the order in which they ended, and the moment of every line (seconds since 1970)."""

    deeds: list[Deed] = field(default_factory=list)
    moments: list[float] = field(default_factory=list)

    def without_syncs(self) -> "Tape":
        """As if nobody had ever waited for the disk."""
        return Tape([each for each in self.deeds if each.what != "sync"], self.moments)

    def done_by(self, line: int) -> list[Deed]:
        """Those that had ended when the record stood at a line."""
        return self.deeds[: bisect.bisect_right(self.deeds, line, key=lambda each: each.ended)]

    def moment_after(self, line: int) -> float:
        """When the next line began: what somebody was told before it was told before the cut."""
        return self.moments[line + 1]


def read(path: Path) -> Tape:
    with path.open(encoding="utf-8", errors="surrogateescape") as lines:
        return of_lines(lines)


def of_lines(lines: Iterable[str]) -> Tape:
    tape = Tape()
    for begun, ended, text in _calls(lines, tape.moments):
        if deed := _deed(text, begun, ended):
            tape.deeds.append(deed)
    return tape


def _calls(lines: Iterable[str], moments: list[float]) -> Iterator[tuple[int, int, str]]:
    """Every call as one text, though another one came in between; with the lines of its beginning and its end."""
    waiting: dict[str, tuple[int, str]] = {}
    for line in lines:
        found = LINE.match(line.rstrip("\n"))
        if not found:
            continue
        pid, moment, text = found.groups()
        moments.append(float(moment))
        now = begun = len(moments) - 1
        if text.endswith(UNFINISHED):
            waiting[pid] = (now, text.removesuffix(UNFINISHED))
            continue
        if (rest := RESUMED.match(text)) and pid in waiting:
            begun, before = waiting.pop(pid)
            text = before + rest[1]
        yield begun, now, text


def _deed(text: str, begun: int, ended: int) -> Deed | None:
    if found := WRITE.match(text):
        file, said, place, size = found.groups()
        data = codecs.escape_decode(said.encode("latin-1"))[0]
        assert len(data) >= int(size), "strace was told to write too little of a string"
        return Deed(file, "write", begun, ended, int(place), data[: int(size)])
    if found := SIZE.match(text):
        return Deed(found[1], "size", begun, ended, int(found[2]))
    if found := SYNC.match(text):
        return Deed(found[1], "sync", begun, ended)
    if found := GONE.match(text):
        return Deed(found[1], "gone", begun, ended)
    return None


def after_a_cut(tape: Tape, base: dict[str, bytes], line: int, chance: random.Random) -> dict[str, bytes]:  # fmt: skip
    """The files as the disk holds them when the power goes after a line of the record.

    Args:
        base: what was on the disk before the record began.
        chance: how much of what is not certain is there is drawn from it too: from nothing to all.
    """
    done = tape.done_by(line)
    files = {name: bytearray(content) for name, content in base.items()}
    certain = _certain(done)
    share = chance.choice((0.0, chance.random(), 1.0))
    for number, each in enumerate(done):
        if each.what == "gone":
            files.pop(each.file, None)
        elif each.what != "sync":
            there = files.setdefault(each.file, bytearray())
            _apply(there, each, 1.0 if number in certain else share, chance)
    return {name: bytes(content) for name, content in files.items()}


def _certain(done: list[Deed]) -> set[int]:
    """Which of the deeds, by place in the list, had ended when a sync of their file began that has ended too."""
    found: set[int] = set()
    open_ones: dict[str, list[int]] = {}
    for number, each in enumerate(done):
        waiting = open_ones.setdefault(each.file, [])
        if each.what == "gone":
            waiting.clear()
        elif each.what == "sync":
            kept = [earlier for earlier in waiting if done[earlier].ended < each.begun]
            found.update(kept)
            open_ones[each.file] = [earlier for earlier in waiting if earlier not in found]
        else:
            waiting.append(number)
    return found


def _apply(file: bytearray, deed: Deed, share: float, chance: random.Random) -> None:
    if deed.what == "size":
        if share == 1.0 or chance.random() < share:
            del file[deed.place :]
            file.extend(bytes(deed.place - len(file)))
        return
    sector = chance.choice(SECTORS) if share < 1.0 else len(deed.data)
    place = deed.place
    while place < (end := deed.place + len(deed.data)):
        # Sectors lie where the disk has them, wherever a write begins.
        upto = end if share == 1.0 else min(end, (place // sector + 1) * sector)
        if share == 1.0 or chance.random() < share:
            file.extend(bytes(max(0, upto - len(file))))
            file[place:upto] = deed.data[place - deed.place : upto - deed.place]
        place = upto
