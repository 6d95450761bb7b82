"""The power goes, hundreds of times: what was acknowledged is on the disk (RELIABILITY G3). SQLite only.

The product is served under `strace` and records and sheets are sent to it. Then, for each cut, the database's files are
made again as a disk would hold them (`harness.disk`), opened with SQLite, and compared with what had been acknowledged by
then. `--synchronous NORMAL` and `OFF` serve a product that does not wait for the disk: there something must be lost.
"""

import argparse
import asyncio
import random
import shutil
import sqlite3
import sys
import tempfile
import time
import uuid
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from harness import disk
from harness.clients import Secretary, Tally, record, send
from harness.house import House

CLIENTS, GRACE = 16, 60
TRACE = ("strace", "--seccomp-bpf", "-f", "-qq", "-y", "-ttt", "-s", "1000000", "-e", f"trace={disk.CALLS}")  # fmt: skip
FILE = "lantoa.sqlite3"
PARTS = (FILE, f"{FILE}-wal", f"{FILE}-journal")


@dataclass
class Found:
    """What the cuts came to. `lost`: acknowledged records and sheets that are missing, one number a cut."""

    cuts: int = 0
    acknowledged: int = 0
    lost: list[int] = field(default_factory=list)
    corrupt: int = 0
    half: int = 0

    @property
    def losing(self) -> int:
        """The cuts that lost something."""
        return sum(1 for each in self.lost if each)

    def told(self) -> str:
        most = max(self.lost, default=0)
        return (
            f"{self.cuts} cuts, {self.acknowledged} acknowledged in all; {self.losing} cuts lost something, "
            f"{most} at most at once; {self.corrupt} corrupt, {self.half} half written"
        )


def run(*, cuts: int, seconds: float, seed: int, synchronous: str) -> list[str]:
    """Drive one trial and print its figures. Returns what is wrong; of a careless product, that nothing was lost."""
    if not shutil.which("strace"):
        return ["strace is needed (on Debian: apt-get install strace)"]
    with tempfile.TemporaryDirectory(prefix="power") as folder:
        tape, base, tally = recorded(
            Path(folder), seconds=seconds, seed=seed, synchronous=synchronous
        )
        found = judged(tape, base, tally, cuts=cuts, seed=seed)
    print(f"synchronous={synchronous}, seed {seed}: {found.told()}")
    if synchronous != "FULL":
        return _blind(found)
    unsynced = judged(tape.without_syncs(), base, tally, cuts=cuts, seed=seed)
    print(f"the same record without its syncs: {unsynced.told()}")
    if not unsynced.losing:
        return _blind(unsynced)
    wrong = {"lost something": found.losing, "are corrupt": found.corrupt, "hold half a record": found.half}  # fmt: skip
    return [f"{count} of {cuts} cuts {what}" for what, count in wrong.items() if count]


def _blind(careless: Found) -> list[str]:
    """A product that does not wait for the disk must lose something, or these cuts prove nothing."""
    return [] if careless.losing else ["a careless product lost nothing: the trial is blind"]


def recorded(
    folder: Path, *, seconds: float, seed: int, synchronous: str
) -> tuple[disk.Tape, dict[str, bytes], Tally]:
    """Serve under the recorder while secretaries work. Returns the record, the files before it, what was answered."""
    house, log = House(folder / "var"), folder / "strace"
    world = house.world(CLIENTS)
    if synchronous != "FULL":
        house.environment |= {"DJANGO_SETTINGS_MODULE": "harness.careless", "LANTOA_HARNESS_SYNCHRONOUS": synchronous}  # fmt: skip
    files = [folder / "var" / part for part in PARTS]
    base = {str(each): each.read_bytes() for each in files if each.exists()}
    watched = [word for each in files for word in ("-P", str(each))]
    house.open(under=(*TRACE, "-o", str(log), *watched))
    tally = Tally()
    try:
        asyncio.run(_busily(house, world, tally, seconds=seconds, seed=seed))
    finally:
        house.close()
    return disk.read(log), base, tally


async def _busily(house: House, world: dict, tally: Tally, *, seconds: float, seed: int) -> None:
    until = time.monotonic() + seconds

    async def one(number: int, row: dict) -> None:
        chance = random.Random(f"{seed}-{number}")
        who = Secretary(house.port, row["unit"], row["session"], chance)
        heads = 0
        while time.monotonic() < until:
            heads += await record(who, world, tally, until=time.monotonic() + GRACE)
        await send(who, world, heads, tally, until=time.monotonic() + GRACE)

    await asyncio.gather(*(one(number, row) for number, row in enumerate(world["sessions"])))


def judged(tape: disk.Tape, base: dict[str, bytes], tally: Tally, *, cuts: int, seed: int) -> Found:
    """Cut at lines drawn from all of the record, a cut and a disk for each."""
    chance, found = random.Random(seed), Found()
    for _cut in range(cuts):
        line = chance.randrange(len(tape.moments) - 1)
        told = {key for key, at in tally.moments.items() if at < tape.moment_after(line)}
        with tempfile.TemporaryDirectory(prefix="cut") as folder:
            for name, content in disk.after_a_cut(tape, base, line, chance).items():
                (Path(folder) / Path(name).name).write_bytes(content)
            _judge(Path(folder) / FILE, told, tally, found)
    return found


def _judge(file: Path, told: set[str | int], tally: Tally, found: Found) -> None:
    found.cuts += 1
    found.acknowledged += len(told)
    try:
        with closing(sqlite3.connect(file)) as base:
            is_whole = [row[0] for row in base.execute("PRAGMA integrity_check(1)")] == ["ok"]
            kept, is_half = _kept(base, tally)
    except sqlite3.DatabaseError:
        found.corrupt += 1
        found.lost.append(len(told))
        return
    found.corrupt += not is_whole
    found.half += is_half
    found.lost.append(len(told - kept))


def _kept(base: sqlite3.Connection, tally: Tally) -> tuple[set[str | int], bool]:
    """The records and the units whose sheet is there; and whether one of them is there by half."""
    values = dict(
        base.execute(
            "SELECT a.uuid, sum(v.value) FROM work_activity a "
            "LEFT JOIN work_activityvalue v ON v.activity_id = a.id GROUP BY a.uuid"
        )
    )
    heads = {str(uuid.UUID(hex=number)): value for number, value in values.items()}
    entries = base.execute("SELECT sum(value) FROM ledger_entry WHERE source_kind = 'activity'")
    posted = entries.fetchone()[0] or 0
    is_half = any(tally.heads.get(number) != value for number, value in heads.items())
    is_half |= posted != sum(each or 0 for each in heads.values())
    sent = Counter(
        dict(
            base.execute(
                "SELECT s.unit_id, s.version - count(v.id) FROM submissions_submission s "
                "LEFT JOIN submissions_version v ON v.submission_id = s.id GROUP BY s.id"
            )
        )
    )
    is_half |= any(sent.values())
    return {*heads, *sent}, is_half


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cuts", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=20, help="how long records are sent")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--synchronous", choices=["FULL", "NORMAL", "OFF"], default="FULL")
    given = parser.parse_args()
    wrong = run(**vars(given))
    print("; ".join(wrong) or ("0 lost, 0 corrupt, 0 half" if given.synchronous == "FULL" else "lost, as it must"))  # fmt: skip
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
