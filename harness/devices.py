"""Devices that go on and off the net (RELIABILITY G11): 20 of them for 30 days, half of all replies lost, clocks years off.

Each keeps its records as desk/js/outbox.js does, and speaks to the real door of the offline outbox through the real
middleware, one request after the other. Afterwards nothing typed may be missing (it stands in the record's history, or waits on
a device, or was set aside by a person who saw both), and no version may have replaced another than the one that was shown.
`--careless` claims to have seen whatever is there: then something must have been overwritten.
"""

import argparse
import datetime as dt
import itertools
import os
import random
import sys
import tempfile
import time
import uuid
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

DEVICES, DAYS, UNITS = 20, 30, 7
BEGINS = dt.datetime(2026, 10, 1, 2, tzinfo=dt.UTC)
ONLINE = 0.4  # of a device's days: there is a network
LOST_REPLY, LOST_REQUEST = 0.5, 0.1
TWO_YEARS = dt.timedelta(days=730)
RECORDS = "/lam-viec/nhan/"


@dataclass
class Item:
    """A record on a device. `shown`: the title that the version it corrects bore; "" for a new record."""

    uuid: str
    title: str
    heads: int
    date: str
    base: int = 0
    shown: str = ""
    state: str = "waiting"
    version: int = 0
    there: dict[str, Any] = field(default_factory=dict)


@dataclass
class Device:
    """A phone: who holds it, of which unit, how far off its clock is, and what it has."""

    client: Any
    unit: int
    offset: dt.timedelta
    items: dict[str, Item] = field(default_factory=dict)


@dataclass
class History:
    """What was typed in one run. `typed`: (record, title); `shown`: by title, what it was to replace."""

    typed: set[tuple[str, str]] = field(default_factory=set)
    shown: dict[str, str] = field(default_factory=dict)
    set_aside: set[str] = field(default_factory=set)
    requests: int = 0
    conflicts: int = 0


class Run:
    """One seed: devices, days, and a network that loses half of what is answered."""

    def __init__(
        self, seed: int, people: list[tuple[Any, int]], *, busy: float, careless: bool
    ) -> None:
        self.chance, self.seed = random.Random(seed), seed
        self.busy, self.careless = busy, careless
        self.devices = [Device(client, unit, self._clock()) for client, unit in people]
        self.history, self.count = History(), 0

    def _clock(self) -> dt.timedelta:
        return TWO_YEARS * self.chance.uniform(-1, 1)

    def live(self) -> History:
        for day in range(DAYS):
            now = BEGINS + dt.timedelta(days=day)
            for device in self.chance.sample(self.devices, len(self.devices)):
                if self.chance.random() < self.busy:
                    self._type(device, now)
                if self.chance.random() < ONLINE:
                    self._sync(device, now, is_lossy=True)
        end = BEGINS + dt.timedelta(days=DAYS)
        for device in self.devices * 3:  # until the last conflict is decided
            self._sync(device, end, is_lossy=False)
        return self.history

    def _type(self, device: Device, now: dt.datetime) -> None:
        """A new record; or a correction of one that has arrived, from this device or a colleague's."""
        self.count += 1
        title, heads = f"{self.seed}-{self.count}", self.chance.randint(0, 99)
        known = [each for each in self._known(device) if each.state == "received" and each.version]
        if known and self.chance.random() < 0.5:
            old = self.chance.choice(known)
            item = Item(old.uuid, title, heads, old.date, old.version, old.title)
        else:
            number = str(uuid.UUID(int=self.chance.getrandbits(128), version=4))
            item = Item(number, title, heads, f"{now + dt.timedelta(hours=7):%Y-%m-%d}")
        device.items[item.uuid] = item
        self.history.typed.add((item.uuid, title))
        self.history.shown[title] = item.shown

    def _known(self, device: Device) -> Iterator[Item]:
        """What may be corrected: of a colleague's record what this device was shown of it, which may be old by now."""
        for other in self.devices:
            if other.unit == device.unit:
                yield from (each for each in other.items.values() if other is device or each.uuid not in device.items)  # fmt: skip

    def _sync(self, device: Device, now: dt.datetime, *, is_lossy: bool) -> None:
        from django.conf import settings

        settings.NOW = now
        for item in list(device.items.values()):
            if item.state == "differs":
                self._choose(item)
            if item.state == "waiting":
                self._send(device, item, now, is_lossy=is_lossy)

    def _choose(self, item: Item) -> None:
        """Both versions stand side by side; a person chooses."""
        if item.there["withdrawn"] or self.chance.random() < 0.5:
            self.history.set_aside.add(item.title)
            item.state, item.version = "received", 0
            return
        item.base, item.shown, item.state = item.there["version"], item.there["title"], "waiting"
        self.history.shown[item.title] = item.shown

    def _send(self, device: Device, item: Item, now: dt.datetime, *, is_lossy: bool) -> None:
        if is_lossy and self.chance.random() < LOST_REQUEST:
            return
        base = _version_of(item.uuid) if self.careless else item.base
        told = {
            "v": 1, "uuid": item.uuid, "unit": device.unit, "kind": "sinh-hoat", "date": item.date,
            "values": {"so": str(item.heads)}, "title": item.title, "base": base,
            "saved_at": (now + device.offset).isoformat(),
        }  # fmt: skip
        answer = device.client.post(RECORDS, told, content_type="application/json")
        self.history.requests += 1
        if is_lossy and self.chance.random() < LOST_REPLY:
            return
        if answer.status_code == 200:
            item.state, item.version = "received", item.base + 1
        elif answer.status_code == 409:
            self.history.conflicts += 1
            item.state, item.there = "differs", answer.json()["there"]
        else:
            raise AssertionError(f"{answer.status_code}: {answer.content[:200]!r}")


def _version_of(number: str) -> int:
    from lantoa.work.models import Activity

    return Activity.objects.filter(uuid=number).values_list("version", flat=True).first() or 0


def wrongs(run: Run) -> list[str]:
    """What was lost or overwritten in silence; nothing when all is well."""
    told = titles({number for number, _title in run.history.typed})
    waiting = {(each.uuid, each.title) for device in run.devices for each in device.items.values() if each.state != "received"}  # fmt: skip
    found = []
    for number, title in sorted(run.history.typed - waiting):
        if title not in told.get(number, []) and title not in run.history.set_aside:
            found.append(f"seed {run.seed}: “{title}” of {number} is lost")
    for number, chain in told.items():
        for before, after in itertools.pairwise(chain):
            if run.history.shown[after] != before:
                found.append(f"seed {run.seed}: “{after}” of {number} replaced “{before}”, unseen")
    return found


def titles(numbers: set[str]) -> dict[str, list[str]]:
    """Every title that a record has borne, in order."""
    from lantoa.work.models import Activity, ActivityVersion

    found = Activity.objects.filter(uuid__in=numbers)
    chains: dict[str, list[str]] = {}
    for number, _version, told in ActivityVersion.objects.filter(activity__in=found).order_by("activity", "number").values_list("activity__uuid", "number", "told"):  # fmt: skip
        chains.setdefault(str(number), []).append(told["title"])
    return {str(each.uuid): chains.get(str(each.uuid), [each.title]) for each in found}


def counted() -> tuple[int, int]:
    """What the records say together, and the ledger."""
    from django.db.models import Sum

    from lantoa.ledger.models import Entry
    from lantoa.work.models import ActivityValue

    said = ActivityValue.objects.filter(activity__withdrawn_at=None).aggregate(all=Sum("value"))
    return said["all"] or 0, Entry.objects.aggregate(all=Sum("value"))["all"] or 0


def people() -> list[tuple[Any, int]]:
    """Twenty recorders of seven branches, each with a phone that has entered."""
    from django.conf import settings
    from django.test import Client

    from harness import world

    made = world.build(UNITS)
    rows = [made["sessions"][number % UNITS] for number in range(DEVICES)]
    found = []
    for row in rows:
        client = Client(raise_request_exception=True)
        client.cookies[settings.SESSION_COOKIE_NAME] = row["session"]
        found.append((client, row["unit"]))
    return found


def run(*, seeds: int, first: int, busy: float, careless: bool) -> list[str]:
    """Live through so many seeds in a database of their own and print their figures. Returns what is wrong."""
    began, wrong, requests, typed, conflicts = time.monotonic(), [], 0, 0, 0
    everyone = people()
    for seed in range(first, first + seeds):
        life = Run(seed, everyone, busy=busy, careless=careless)
        history = life.live()
        wrong += wrongs(life)
        requests += history.requests
        typed += len(history.typed)
        conflicts += history.conflicts
    said, posted = counted()
    if said != posted:
        wrong.append(f"the records say {said}, the ledger {posted}")
    print(
        f"seeds {first} to {first + seeds - 1}, {DEVICES} devices, {DAYS} days: {typed} things typed, {requests} requests, "
        f"{conflicts} conflicts shown, in {time.monotonic() - began:.0f} s"
    )
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument(
        "--busy", type=float, default=0.05, help="of a device's days: something is typed"
    )
    parser.add_argument("--careless", action="store_true", help="the negative control")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="devices") as folder:
        os.environ |= {"LANTOA_VAR": folder, "LANTOA_SECRET_KEY": ""}
        os.environ |= {"LANTOA_HOSTS": "testserver,localhost"}
        # Nothing is cut off here (harness.power does that), so nothing need wait for the disk.
        os.environ |= {"DJANGO_SETTINGS_MODULE": "harness.careless", "LANTOA_HARNESS_SYNCHRONOUS": "OFF"}  # fmt: skip
        os.environ.pop("LANTOA_DATABASE_URL", None)
        import django

        django.setup()
        warnings.filterwarnings("ignore", "No directory at")
        wrong = run(**vars(given))
    for each in wrong[:20]:
        print(f"WRONG: {each}", file=sys.stderr)
    print(f"{len(wrong)} lost or overwritten in silence")
    sys.exit(bool(wrong) is not given.careless)


if __name__ == "__main__":
    main()
