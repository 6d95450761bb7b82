"""How long the server takes to filter lists of 5.000 rows: the register of directives and the movements.

    python -m bench.lists

Fills an empty database of its own, asks each page some times and prints the median and the slowest, in milliseconds.
"""

import datetime as dt
import os
import statistics
import tempfile
import time
from pathlib import Path

ROWS, TIMES = 5_000, 7
OPENED = dt.date(2020, 1, 1)
NOW = dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC)
ASKED = (
    ("van-ban/", {}),
    ("van-ban/", {"tim": "ke hoach chuyen de 47"}),
    ("van-ban/", {"loai": "plan", "nam": "2025", "xep": "so"}),
    ("van-ban/", {"nguoi-ky": "pho bi thu", "trang": "80"}),
    ("phong-trao/", {"tim": "phong trao 499"}),
    ("phong-trao/", {"xem": "dang", "xep": "ten"}),
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"LANTOA_VAR": folder, "DJANGO_SETTINGS_MODULE": "lantoa.project.settings"}
        import django

        django.setup()
        client = filled()
        for path, query in ASKED:
            taken = sorted(asked(client, f"/lam-viec/{path}", query) for _ in range(TIMES))
            print(f"{path} {query}: {statistics.median(taken):.0f} ms, at most {taken[-1]:.0f} ms")


def asked(client, path, query):
    began = time.perf_counter()
    answer = client.get(path, query, headers={"host": "localhost"})
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return (time.perf_counter() - began) * 1000


def filled():
    """A province whose register and movements have 5.000 rows each, and somebody who has entered."""
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
    fill(orgs.load(units=units, date=OPENED, **told)["P"], line, **told)
    client = Client()
    client.force_login(Account.objects.create_user(username="do", person=by))
    return client


def fill(unit, line, **told):
    from django.db import transaction

    from lantoa.lib import symbols
    from lantoa.plans.actions import directives, movements
    from lantoa.plans.drafts import DirectiveDraft

    drafts = []
    for number in range(ROWS):
        symbol = symbols.read(f"{number + 1}/{('KH', 'QĐ', 'BC')[number % 3]}-UBND")
        date = dt.date(2023 + number % 3, 1 + number % 12, 1)
        extract = f"Về chuyên đề năm, phần {number}"
        drafts.append(
            DirectiveDraft(unit, symbol, symbol.kinds[0], date, extract, line, signer="Phó Bí thư")
        )
    with transaction.atomic():
        directives.file_many(drafts=drafts, **told)
        for number in range(ROWS):
            movements.launch(
                kind="movement", name=f"Phong trào {number}", unit=unit, line=line,
                start_date=dt.date(2023, 1, 1), **told,
            )  # fmt: skip


if __name__ == "__main__":
    main()
