"""Secretaries as a machine: HTTP over asyncio, a retry under the same number until there is an answer that counts."""

import asyncio
import json
import random
import re
import time
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

TOKEN = "a" * 32
FINAL = (200, 302)
RECORDS, RESENT = "/lam-viec/nhan/", 0.3
BETWEEN = (0.2, 1.5)  # seconds before somebody tries again
RETRY_AFTER = re.compile(rb"retry-after: (\d+)", re.IGNORECASE)


@dataclass
class Tally:
    """What was answered. `heads`: by record number, what was typed; `moments`: when a record, or the sheet of a unit, was
    first acknowledged, in seconds since 1970."""

    answers: Counter[int] = field(default_factory=Counter)
    received: set[str] = field(default_factory=set)
    sent: set[int] = field(default_factory=set)
    heads: dict[str, int] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)
    broken: int = 0
    moments: dict[str | int, float] = field(default_factory=dict)

    def percentile(self, share: float) -> float:
        waits = sorted(self.waits)
        return waits[min(len(waits) - 1, int(share * len(waits)))] if waits else 0.0


@dataclass
class Secretary:
    """One branch: its session, and how often the line breaks before an answer is read."""

    port: int
    unit: int
    session: str
    chance: random.Random
    breaks: float = 0.0

    async def ask(self, path: str, body: bytes, kind: str) -> tuple[int, float]:
        """Send and read the status, and how many seconds to wait if asked to; an answer lost on its way raises."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(self._head(path, body, kind) + body)
            await writer.drain()
            if self.chance.random() < self.breaks:
                raise ConnectionResetError
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)
            asked = RETRY_AFTER.search(head)
            return int(head.split()[1]), float(asked[1]) if asked else 0.0
        except (IndexError, ValueError, EOFError) as error:
            raise ConnectionResetError from error
        finally:
            writer.close()

    def _head(self, path: str, body: bytes, kind: str) -> bytes:
        return (
            f"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            f"Cookie: phien={self.session}; dau={TOKEN}\r\nX-CSRFToken: {TOKEN}\r\n"
            f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode()


async def until_answered(
    who: Secretary, path: str, body: bytes, kind: str, tally: Tally, *, until: float
) -> int:
    """The same again and again until an answer counts, or the time is over. 0: never answered."""
    while time.monotonic() < until:
        began, wait = time.monotonic(), 0.0
        try:
            status, wait = await who.ask(path, body, kind)
        except (OSError, TimeoutError):
            tally.broken += 1
        else:
            tally.answers[status] += 1
            tally.waits.append(time.monotonic() - began)
            if status in FINAL or 400 <= status < 500:
                return status
        await asyncio.sleep(wait + who.chance.uniform(*BETWEEN))
    return 0


async def record(who: Secretary, world: dict[str, Any], tally: Tally, *, until: float) -> int:
    """One record under a number of its own; sometimes the same once more, as phones do. Returns its heads, 0 if lost."""
    number = str(uuid.UUID(int=who.chance.getrandbits(128), version=4))
    heads = who.chance.randint(3, 60)
    told = {
        "v": 1, "uuid": number, "unit": who.unit, "base": 0, "kind": world["kind"],
        "date": world["day"], "title": "", "values": {world["heads"]: str(heads)}, "saved_at": "",
    }  # fmt: skip
    body = json.dumps(told).encode()
    tally.heads[number] = heads
    status = 0
    for _time in range(2 if who.chance.random() < RESENT else 1):
        status = await until_answered(who, RECORDS, body, "application/json", tally, until=until)
        if status == 200:
            tally.received.add(number)
            tally.moments.setdefault(number, time.time())
    return heads if status == 200 else 0


async def send(
    who: Secretary, world: dict[str, Any], heads: int, tally: Tally, *, until: float
) -> None:
    """The sheet of the month, as the form sends it."""
    form = f"viec=gui&ban=0&so-{world['heads']}={heads}".encode()
    path = f"/lam-viec/bao-cao/{world['sheet']}/{world['period']}/"
    kind = "application/x-www-form-urlencoded"
    status = await until_answered(who, path, form, kind, tally, until=until)
    if status == 302:
        tally.sent.add(who.unit)
        tally.moments.setdefault(who.unit, time.time())
