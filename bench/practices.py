"""script/bench practices: how long the server takes over practices: a library of 5.000, the tree of 200 adoptions, likeness
over 10.000.

Fills an empty database of its own and asks each several times, pages through the whole stack of middleware, in this process.
"""

import datetime as dt
import os
import random
import tempfile
from pathlib import Path

from bench import asking

OF_LISTS, OF_THE_TREE, OF_LIKENESS = 150, 300, 200
DESK, PUBLIC = "/lam-viec/mo-hinh/", "/mo-hinh/"
LISTED, ALIKE, FOLLOWERS, TIMES = 5_000, 10_000, 200, 9
OPENED, BEGUN = dt.date(2020, 1, 1), dt.date(2021, 3, 1)
NOW = dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC)
WORDS = [
    "nuôi",
    "lợn",
    "nhựa",
    "tiết",
    "kiệm",
    "đường",
    "hoa",
    "thay",
    "rác",
    "tổ",
    "tự",
    "quản",
    "biên",
    "giới",
    "camera",
    "an",
    "ninh",
    "chợ",
    "phiên",
    "học",
    "nhóm",
    "giúp",
    "nhau",
    "mùa",
    "cấy",
    "gặt",
    "ngày",
    "thứ",
    "Bảy",
    "xanh",
    "tiếng",
    "kẻng",
    "sách",
    "nhà",
    "văn",
    "hoá",
    "vay",
    "vốn",
    "xoay",
    "vòng",
    "trồng",
    "dẻ",
    "hồi",
    "dưới",
    "tán",
    "rừng",
]
ASKED = (
    (DESK, {}),
    (DESK, {"tim": "lon nhua bien gioi"}),
    (DESK, {"linh-vuc": "kinh-te", "loai": "mo-hinh", "xep": "re"}),
    (DESK, {"lan-toa": "1", "chi-phi": "1000000", "trang": "9"}),
    (DESK, {"noi": "04", "xep": "ten"}),
    (PUBLIC, {}),
    (PUBLIC, {"tim": "lon nhua bien gioi", "linh-vuc": "kinh-te"}),
)


def main() -> None:
    given = asking.options("practices", __doc__)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"LANTOA_VAR": folder, "DJANGO_SETTINGS_MODULE": "lantoa.project.settings"}
        import django

        django.setup()
        client, followed = filled()
        asking.tell("practices", rows(client, followed), is_for_page=given.page)


def rows(client, followed):
    for path, query in ASKED:
        words = "&".join(f"{key}={value}" for key, value in query.items()) or "all"
        yield asking.row(f"library of {LISTED}, {path}: {words}", OF_LISTS, lambda p=path, q=query: asked(client, p, q), TIMES)  # fmt: skip
    for path, words in (("", "the tree"), ("lan-toa/", "map and curve"), ("noi-lam-theo/", "the list")):  # fmt: skip
        there = f"{DESK}{followed}/{path}"
        yield asking.row(f"{FOLLOWERS} adoptions, {words}", OF_THE_TREE, lambda p=there: asked(client, p, {}), TIMES)  # fmt: skip
    fill(ALIKE - LISTED)
    yield asking.row(f"likeness over {ALIKE}", OF_LIKENESS, alike, TIMES)


def asked(client, path, query) -> None:
    answer = client.get(path, query, headers={"host": "localhost"})
    if answer.status_code != 200:
        raise RuntimeError(f"{path} {query} answered {answer.status_code}")


def alike() -> None:
    from lantoa.practices import queries

    if not queries.similar("Nuôi lợn nhựa tiết kiệm giúp nhau mùa cấy, gặt ở chợ phiên"):
        raise RuntimeError("nothing is like it")


def filled():
    """A province with a library and one practice that has spread, and somebody who has entered."""
    from django.core.management import call_command
    from django.test import Client

    from lantoa import ledger
    from lantoa.ledger import actions as ledger_actions
    from lantoa.orgs import actions as orgs
    from lantoa.orgs.changes import NewPlace, NewUnit
    from lantoa.orgs.models import Account

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    by = orgs.found(name="Người quản trị", date=OPENED)
    told = {"by": by, "at": NOW}
    line = orgs.open_line(
        code="dia-ban", kind="territory", name_vi="Địa bàn", name_en="Territory", position=0, **told
    )
    ledger_actions.load_measures(path=Path(ledger.__path__[0]) / "measures.toml", **told)
    units = [NewUnit("P", "province", "Tỉnh", code="04", places=[NewPlace(line, None)])]
    units += [
        NewUnit(f"c{at}", "women_chapter", f"Chi hội {at}", places=[NewPlace(line, "P")])
        for at in range(FOLLOWERS + 1)
    ]
    orgs.load(units=units, date=OPENED, **told)
    followed = spread(fill(LISTED)[0], **told)
    client = Client()
    client.force_login(Account.objects.create_user(username="do", person=by))
    return client, followed


def fill(count):
    """So many registered practices, written straight into the table: thousands of proposals take too long."""
    from lantoa.lib import text
    from lantoa.orgs.models import Unit
    from lantoa.practices import likeness
    from lantoa.practices.models import Practice

    chance, units = random.Random(7), list(Unit.objects.order_by("pk"))
    rows = []
    for number in range(count):
        title, summary = (" ".join(chance.choices(WORDS, k=size)) for size in (6, 20))
        unit = chance.choice(units)
        rows.append(
            Practice(
                unit=unit, contact_unit=unit, contact_role="leader", state="recognised",
                kind=chance.choice(Practice.Kind.values), field=chance.choice(Practice.Field.values),
                title=f"{title} {number}", summary=summary, steps=["Một", "Hai"],
                cost=chance.choice((None, 0, 500_000, 5_000_000)), registered_date=BEGUN,
                folded=text.fold(f"{title} {number}. {summary}"),
                sketch=likeness.sketch(f"{title}. {summary}"),
            )
        )  # fmt: skip
    return Practice.objects.bulk_create(rows, batch_size=500)


def spread(practice, *, by, at) -> int:
    """Its origin and followers, each learned from one before, by the actions."""
    from lantoa.orgs.models import Unit
    from lantoa.practices import register
    from lantoa.practices.models import Adoption
    from lantoa.practices.register import Life

    chance = random.Random(11)
    others = list(Unit.objects.exclude(pk=practice.unit_id).order_by("pk"))[:FOLLOWERS]
    origin = Adoption.objects.create(
        practice=practice, unit=practice.unit, state="confirmed", start_date=BEGUN,
        asked_at=at, asked_by=by, confirmed_at=at, confirmed_by=by,
    )  # fmt: skip
    lives = []
    for number, unit in enumerate(others):
        source = chance.choice([origin, *lives[-12:]])
        lives.append(Life(practice, unit, source, BEGUN + dt.timedelta(days=9 * number)))
    register.adopt_many(lives=lives, by=by, at=at)
    return practice.pk


if __name__ == "__main__":
    main()
