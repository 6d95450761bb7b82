"""kill -9 in mid-load, again and again: what was acknowledged is there, once (RELIABILITY G2)."""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from harness import verdict
from harness.clients import Secretary, Tally, record
from harness.house import House

CLIENTS = 32
BUSY = (0.3, 1.2)  # seconds of work between two kills
GRACE = 120


async def busily(house: House, world: dict, tally: Tally, *, kills: int, seed: int) -> None:
    chance = random.Random(seed)
    is_over = asyncio.Event()

    async def one(number: int, row: dict) -> None:
        own = random.Random(f"{seed}-{number}")
        who = Secretary(house.port, row["unit"], row["session"], own)
        while not is_over.is_set():
            await record(who, world, tally, until=time.monotonic() + GRACE)

    working = [
        asyncio.create_task(one(number, row)) for number, row in enumerate(world["sessions"])
    ]
    for _kill in range(kills):
        await asyncio.sleep(chance.uniform(*BUSY))
        await asyncio.to_thread(house.kill)
        await asyncio.to_thread(house.open)
    is_over.set()
    await asyncio.gather(*working)


def run(*, kills: int, seed: int, database: str) -> list[str]:
    """Drive one trial and print its figures. Returns what is wrong."""
    with tempfile.TemporaryDirectory(prefix="kill") as folder:
        house = House(Path(folder), database)
        world = house.world(CLIENTS)
        house.open()
        tally = Tally()
        try:
            asyncio.run(busily(house, world, tally, kills=kills, seed=seed))
        finally:
            with suppress(ProcessLookupError):
                house.close()
        there = house.count()
        print(f"{kills} kills, seed {seed}")
        print(verdict.told(tally, there))
        return verdict.wrongs(tally, there)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--database", default="", help="a database URL; a file of its own without one"
    )
    wrong = run(**vars(parser.parse_args()))
    print("; ".join(wrong) or "0 lost, 0 twice, 0 x 500")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
