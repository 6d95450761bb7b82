"""Zalo knocks a hundred thousand times: repeated, shuffled, forged, with the house shut in the middle (RELIABILITY G10).

Each citizen's words must be there once, in the order in which they were said; nothing that was forged may be there. The
schedule of Zalo's retries runs in short: what is not answered with 200 comes again later in the line.
"""

import argparse
import asyncio
import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from harness.house import ROOT, House
from tests.zalo.fake import APP, OA, SECRET

CONNECTIONS = 16
REPEATED_IN_100, FORGED_IN_100 = 30, 10
LIMIT = 2.0  # seconds after which Zalo gives up on an answer
TRIES = 6
SETTINGS = {"LANTOA_ZALO_APP": APP, "LANTOA_ZALO_SECRET": SECRET, "LANTOA_ZALO_OA": OA}


@dataclass
class Tally:
    """What was sent, and what was answered."""

    accepted: set[str] = field(default_factory=set)
    forged_accepted: int = 0
    answers: Counter = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    given_up: int = 0


@dataclass(frozen=True)
class Knock:
    number: str
    body: bytes
    mac: str
    is_forged: bool = False


def knocks(count: int, chance: random.Random) -> tuple[list[Knock], dict[str, list[str]]]:
    """What comes to the door, in its order; and of each citizen what they said, in theirs."""
    said: dict[str, list[str]] = defaultdict(list)
    sent, forged = [], count * FORGED_IN_100 // 100
    own = (count - forged) * 100 // (100 + REPEATED_IN_100)
    start = int(time.time() * 1000) - 3_600_000
    for number in range(own):
        who = str(246845883529197922 + chance.randrange(max(own // 8, 1)))
        text = f"Lời {number}"
        said[who].append(text)
        sent.append(_knock(f"{number:016x}", who, text, start + number))
    again = [chance.choice(sent) for _ in range(count - forged - own)]
    return _shuffled([*sent, *again, *(_forged(each, chance) for each in chance.choices(sent, k=forged))], chance), said  # fmt: skip


def _knock(number: str, who: str, text: str, at: int) -> Knock:
    told = {
        "app_id": APP, "sender": {"id": who}, "recipient": {"id": OA}, "event_name": "user_send_text",
        "message": {"text": text, "msg_id": number}, "timestamp": str(at),
    }  # fmt: skip
    body = json.dumps(told).encode()
    mac = hashlib.sha256(APP.encode() + body + str(at).encode() + SECRET.encode()).hexdigest()
    return Knock(number, body, f"mac={mac}")


def _forged(own: Knock, chance: random.Random) -> Knock:
    """Other words under a right signature, a wrong signature, or none."""
    match chance.randrange(3):
        case 0:
            return Knock("", own.body.replace(b'"text": "', b'"text": "x'), own.mac, is_forged=True)
        case 1:
            return Knock("", own.body, f"mac={chance.randbytes(32).hex()}", is_forged=True)
        case _:
            return Knock("", own.body, "", is_forged=True)


def _shuffled(sent: list[Knock], chance: random.Random) -> list[Knock]:
    chance.shuffle(sent)
    return sent


async def deliver(port: int, line: asyncio.Queue, tally: Tally) -> None:
    """One connection after another; what fails goes to the end of the line, so often as Zalo tries."""
    while True:
        knock, tried = await line.get()
        began = time.monotonic()
        try:
            status = await asyncio.wait_for(_post(port, knock), LIMIT)
        except (TimeoutError, OSError, asyncio.IncompleteReadError, ValueError):
            status = 0
        tally.answers[status] += 1
        tally.seconds.append(time.monotonic() - began)
        if knock.is_forged:
            tally.forged_accepted += status == 200
        elif status == 200:
            tally.accepted.add(knock.number)
        elif tried + 1 < TRIES:
            await asyncio.sleep(0.05 * 2**tried)
            line.put_nowait((knock, tried + 1))
        else:
            tally.given_up += 1
        line.task_done()


async def _post(port: int, knock: Knock) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        head = (
            f"POST /nhan/zalo/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
            f"X-ZEvent-Signature: {knock.mac}\r\nContent-Length: {len(knock.body)}\r\nConnection: close\r\n\r\n"
        )
        writer.write(head.encode() + knock.body)
        await writer.drain()
        told = (await reader.readline()).split()
        if len(told) < 2:
            raise ConnectionError("the line was cut before an answer came")
        return int(told[1])
    finally:
        writer.close()


async def _trial(house: House, sent: list[Knock], tally: Tally, *, shut: float) -> None:
    line: asyncio.Queue = asyncio.Queue()
    for each in sent:
        line.put_nowait((each, 0))
    async with asyncio.TaskGroup() as group:
        working = [group.create_task(deliver(house.port, line, tally)) for _ in range(CONNECTIONS)]
        if shut:
            await asyncio.sleep(shut)
            await asyncio.to_thread(house.kill)
            await asyncio.to_thread(house.open)
        await line.join()
        for each in working:
            each.cancel()


def wrongs(tally: Tally, sent: list[Knock], said: dict[str, list[str]], there: dict) -> list[str]:
    """What is not as it must be."""
    found = []
    wanted = {each.number for each in sent if not each.is_forged}
    if lost := wanted - tally.accepted:
        found.append(f"{len(lost)} deliveries were never accepted")
    if tally.forged_accepted:
        found.append(f"{tally.forged_accepted} forged deliveries were accepted")
    off = [who for who in said if there["said"].get(who) != said[who]]
    if off:
        found.append(f"the words of {len(off)} people are lost, doubled or out of order")
    if set(there["said"]) - set(said):
        found.append("there are words of people who said nothing")
    if there["stuck"]:
        found.append(f"{there['stuck']} deliveries could not be understood")
    return found


def run(*, deliveries: int, seed: int, database: str, shut: float = 2.0) -> list[str]:
    """Drive one trial and print its figures. Returns what is wrong."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="webhook") as folder:
        house = House(Path(folder), database)
        house.environment |= SETTINGS
        house.world(1)
        sent, said = knocks(deliveries, chance)
        house.open()
        tally = Tally()
        try:
            asyncio.run(_trial(house, sent, tally, shut=shut))
        finally:
            house.close()
        there = understood(house)
        print(f"{deliveries} deliveries, seed {seed}: {dict(tally.answers)}; {_times(tally)}")
        return wrongs(tally, sent, said, there)


def understood(house: House) -> dict:
    """What the inbox says after the worker has done its rounds."""
    said = subprocess.run(
        [sys.executable, "-m", "harness.inbox"],
        cwd=ROOT, env=os.environ | house.environment, check=True, capture_output=True, text=True,
    )  # fmt: skip
    found: dict = json.loads(said.stdout.splitlines()[-1])
    return found


def _times(tally: Tally) -> str:
    took = sorted(tally.seconds)
    return f"median {took[len(took) // 2] * 1000:.0f} ms, 99 of 100 within {took[len(took) * 99 // 100] * 1000:.0f} ms"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deliveries", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--database", default="", help="a database URL; a file of its own without one"
    )
    wrong = run(**vars(parser.parse_args()))
    print("; ".join(wrong) or "0 lost, 0 double, 0 forged accepted")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
