"""The last minute before a cut-off: every branch records something and sends its sheet (RELIABILITY G1).

Open loop: who wants to send comes at a moment drawn beforehand, whether or not the server keeps up.
"""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from harness import verdict
from harness.clients import Secretary, Tally, record, send
from harness.house import House

GRACE = 240  # seconds after the last arrival in which retries go on


async def everyone(
    house: House, world: dict, tally: Tally, *, seconds: float, seed: int, breaks: float
) -> None:
    began = time.monotonic()
    until = began + seconds + GRACE

    async def one(number: int, row: dict) -> None:
        chance = random.Random(f"{seed}-{number}")
        who = Secretary(house.port, row["unit"], row["session"], chance, breaks)
        await asyncio.sleep(chance.uniform(0, seconds))
        heads = await record(who, world, tally, until=until)
        if heads:
            await send(who, world, heads, tally, until=until)

    await asyncio.gather(*(one(number, row) for number, row in enumerate(world["sessions"])))


def run(*, units: int, seconds: float, seed: int, breaks: float, database: str) -> list[str]:
    """Drive one deadline and print its figures. Returns what is wrong."""
    with tempfile.TemporaryDirectory(prefix="deadline") as folder:
        house = House(Path(folder), database)
        world = house.world(units)
        house.open()
        tally = Tally()
        began = time.monotonic()
        try:
            asyncio.run(everyone(house, world, tally, seconds=seconds, seed=seed, breaks=breaks))
        finally:
            house.close()
        there = house.count()
        print(
            f"{units} units in {seconds:.0f} s, seed {seed}: all answered after {time.monotonic() - began:.0f} s"
        )
        print(verdict.told(tally, there))
        wrong = verdict.wrongs(tally, there)
        if len(tally.sent) != units:
            wrong.append(f"{units - len(tally.sent)} units never got an answer")
        return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=3000)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--breaks", type=float, default=0.05, help="share of answers lost on the way"
    )
    parser.add_argument(
        "--database", default="", help="a database URL; a file of its own without one"
    )
    wrong = run(**vars(parser.parse_args()))
    print("; ".join(wrong) or "0 lost, 0 twice, 0 x 500")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
