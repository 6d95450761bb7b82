"""script/bench lists: how long the server takes with lists of 5.000 rows: directives (register, tree, public pages),
movements, tasks, inspections, findings, records, exchange visits, awards, the public honours.

Fills an empty database of its own and asks each page several times, through the whole stack of middleware, in this process.
"""

import datetime as dt
import os
import tempfile
from pathlib import Path

from bench import asking

ROWS, TIMES, GOAL = 5_000, 9, 150
UNITS = 500  # that plan: ten tasks each
OPENED = dt.date(2020, 1, 1)
NOW = dt.datetime(2026, 11, 23, 5, tzinfo=dt.UTC)
ASKED = (
    ("/lam-viec/van-ban/", {}),
    ("/lam-viec/van-ban/", {"tim": "ke hoach chuyen de 47"}),
    ("/lam-viec/van-ban/", {"loai": "plan", "nam": "2025", "xep": "so"}),
    ("/lam-viec/van-ban/", {"nguoi-ky": "pho bi thu", "trang": "80"}),
    ("/lam-viec/van-ban/cay/", {}),
    ("/lam-viec/van-ban/cay/", {"xem": "rieng"}),
    ("/van-ban/", {}),
    ("/van-ban/", {"tim": "ke hoach chuyen de 47", "loai": "plan"}),
    ("/van-ban/", {"nguoi-ky": "pho bi thu", "trang": "80"}),
    ("/lam-viec/phong-trao/", {"tim": "phong trao 499"}),
    ("/lam-viec/phong-trao/", {"xem": "dang", "xep": "ten"}),
    ("/lam-viec/nhiem-vu/", {"nam": "2026"}),
    ("/lam-viec/nhiem-vu/", {"nam": "2026", "tim": "duong xom 47", "xep": "-han"}),
    ("/lam-viec/nhiem-vu/", {"nam": "2026", "tinh": "overdue", "trang": "100"}),
    ("/lam-viec/chuong-trinh/", {"nam": "2026"}),
    ("/lam-viec/kiem-tra/", {}),
    ("/lam-viec/kiem-tra/", {"tim": "chuyen de dot 47", "nam": "2025"}),
    ("/lam-viec/kiem-tra/", {"don-vi": "xa 7", "xep": "-so", "trang": "3"}),
    ("/lam-viec/kiem-tra/viec/", {}),
    ("/lam-viec/kiem-tra/viec/", {"tinh": "overdue", "trang": "40"}),
    ("/lam-viec/kiem-tra/viec/", {"tim": "bien ban 499", "xep": "viec"}),
    ("/lam-viec/da-ghi/", {}),
    ("/lam-viec/da-ghi/", {"tim": "trao doi lan 47"}),
    ("/lam-viec/trao-doi/", {}),
    ("/lam-viec/trao-doi/", {"tim": "trao doi lan 47", "nam": "2025"}),
    ("/lam-viec/khen-thuong/", {}),
    ("/lam-viec/khen-thuong/", {"tim": "xa 47", "tinh": "decided", "nam": "2025"}),
    ("/lam-viec/khen-thuong/", {"ai": "individual", "xep": "ten", "trang": "40"}),
    ("/lam-viec/khen-thuong/can-bang/", {"nam": "2025"}),
    ("/vinh-danh/", {}),
    ("/vinh-danh/", {"nam": "2025", "tim": "xa 47"}),
)


def main() -> None:
    given = asking.options("lists", __doc__)
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"LANTOA_VAR": folder, "DJANGO_SETTINGS_MODULE": "lantoa.project.settings"}
        import django

        django.setup()
        client = filled()
        rows = (
            asking.row(
                _words(path, query), GOAL, lambda p=path, q=query: asked(client, p, q), TIMES
            )
            for path, query in ASKED
        )
        asking.tell("lists", rows, is_for_page=given.page)


def _words(path, query):
    return path + (
        "?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else ""
    )


def asked(client, path, query):
    answer = client.get(path, query, headers={"host": "localhost"})
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")


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
    units += [
        NewUnit(f"X{n}", "commune", f"Xã {n}", code=f"{n:05}", places=[NewPlace(line, "P")])
        for n in range(UNITS)
    ]
    opened = orgs.load(units=units, date=OPENED, **told)
    fill(opened["P"], line, **told)
    plan([opened[f"X{n}"] for n in range(UNITS)], line, **told)
    inspect(opened, line, **told)
    visit(opened, **told)
    commend(opened, **told)
    client = Client()
    client.force_login(Account.objects.create_user(username="do", person=by))
    return client


def fill(unit, line, **told):
    from django.db import transaction

    from lantoa.lib import symbols, text
    from lantoa.plans.actions import directives
    from lantoa.plans.drafts import DirectiveDraft, Related
    from lantoa.plans.models import Movement

    first = symbols.read("01/KH-UBND")
    root = directives.file(
        draft=DirectiveDraft(unit, first, "plan", dt.date(2022, 1, 4), "Chương trình", line), **told
    )
    drafts = []
    for number in range(ROWS):
        symbol = symbols.read(f"{number + 1}/{('KH', 'QĐ', 'BC')[number % 3]}-UBND")
        date = dt.date(2023 + number % 3, 1 + number % 12, 1)
        extract = f"Về chuyên đề năm, phần {number}"
        rests = [] if number % 10 == 0 else [Related("implements", root)]
        drafts.append(
            DirectiveDraft(
                unit, symbol, symbol.kinds[0], date, extract, line, signer="Phó Bí thư", is_public=True,
                related=rests,
            )
        )  # fmt: skip
    with transaction.atomic():
        directives.file_many(drafts=drafts, **told)
    Movement.objects.bulk_create(
        Movement(
            kind="movement", name=f"Phong trào {number}", folded=text.fold(f"Phong trào {number}"), unit=unit, line=line,
            start_date=dt.date(2023, 1, 1), recorded_at=told["at"], recorded_by=told["by"],
        )
        for number in range(ROWS)
    )  # fmt: skip


def plan(units, line, **told):
    """Plans of a year, sent up: two focus tasks and eight breakthroughs each."""
    from django.db import transaction

    from lantoa.plans.actions import plans, tasks
    from lantoa.plans.answers import Answers

    for place, unit in enumerate(units):
        with transaction.atomic():
            made = plans.start(unit=unit, line=line, year=2026, study="Học", follow="Làm", **told)
            for number in range(ROWS // UNITS):
                answers = Answers(
                    who="Chi bộ", responsibility="Bí thư", content=f"Đổ {place} m đường xóm {number}", method="Góp công",
                    start_date=dt.date(2026, 2, 1), due_date=dt.date(2026, 2 + number, 28), product="Đường",
                )  # fmt: skip
                kind = "focus" if number < 2 else "breakthrough"
                tasks.add(plan=made, kind=kind, answers=answers, **told)
            made.refresh_from_db()
            plans.send(plan=made, seen=made.edit, **told)


def inspect(opened, line, **told):
    """Concluded inspections of the communes, with a thing to mend each; rows alone, for a conclusion also posts."""
    from lantoa.inspections.models import Finding, Inspection, Topic

    topic = Topic.objects.create(code="hoc", name_vi="Học chuyên đề", name_en="Study")
    by, at = told["by"], told["at"]
    made = Inspection.objects.bulk_create(
        Inspection(
            kind="kiem-tra", unit=opened["P"], line=line, topic=topic, title=f"Kiểm tra chuyên đề, đợt {number}",
            start_date=dt.date(2023 + number % 3, 1 + number % 12, 1), end_date=dt.date(2026, 1, 1),
            state="concluded", started_date=dt.date(2023, 1, 1), concluded_date=dt.date(2026, 1, 1),
            recorded_at=at, recorded_by=by,
        )
        for number in range(ROWS)
    )  # fmt: skip
    where = [opened[f"X{number % UNITS}"].pk for number in range(ROWS)]
    subjects = Inspection.subjects.through
    subjects.objects.bulk_create(
        subjects(inspection=each, unit_id=unit) for each, unit in zip(made, where, strict=True)
    )
    Finding.objects.bulk_create(
        Finding(
            inspection=each, unit_id=unit, owner_id=unit, what=f"Thiếu biên bản {number}",
            recommendation=f"Bổ sung biên bản {number}", due_date=dt.date(2026, 6 + number % 7, 1),
            recorded_at=at, recorded_by=by,
        )
        for number, (each, unit) in enumerate(zip(made, where, strict=True))
    )  # fmt: skip


def visit(opened, **told):
    """Exchange visits that communes hosted; rows alone, for each would post."""
    from lantoa.work.models import Activity, ActivityKind

    kind = ActivityKind.objects.create(
        code="trao-doi", name_vi="Trao đổi kinh nghiệm", name_en="Exchange visit"
    )
    made = Activity.objects.bulk_create(
        Activity(
            kind=kind, unit=opened[f"X{number % UNITS}"], date=dt.date(2023 + number % 3, 1 + number % 12, 1),
            title=f"Trao đổi kinh nghiệm, lần {number}", recorded_at=told["at"], recorded_by=told["by"],
        )
        for number in range(ROWS)
    )  # fmt: skip
    guests = Activity.co_organisers.through
    guests.objects.bulk_create(
        guests(activity=each, unit=opened[f"X{(number + 7) % UNITS}"])
        for number, each in enumerate(made)
    )


def commend(opened, **told):
    """Decisions with fifty awards each, published; rows alone, for each would post."""
    from lantoa.awards.models import Award, Decision, Nomination
    from lantoa.lib import text

    by, at, top = told["by"], told["at"], opened["P"]
    days = [dt.date(2023 + number % 3, 1 + number % 12, 2) for number in range(ROWS // 50)]
    decisions = Decision.objects.bulk_create(
        Decision(
            unit=top, number=number + 1, date=day, series_date=day.replace(month=1, day=1), form="bang-khen",
            achievement=f"Học và làm theo Bác, đợt {number}", signer_post="Chủ tịch", issued_at=at, issued_by=by,
        )
        for number, day in enumerate(days)
    )  # fmt: skip
    rows = []
    for number in range(ROWS):
        unit, is_one = opened[f"X{number % UNITS}"], number % 3
        called = f"Cá nhân số {number}" if is_one else f"Xã {number % UNITS}"
        rows.append(
            Nomination(
                unit=unit, decider=top, level="province", kind="individual" if is_one else "collective", form="bang-khen",
                recipient=unit, name=called if is_one else "", is_direct_worker=bool(number % 2) if is_one else None,
                achievement="Học và làm theo Bác", state="decided", consent_date=dt.date(2023, 1, 1) if is_one else None,
                called=called, folded=text.fold(f"{called} học và làm theo bác"), recorded_at=at, recorded_by=by,
            )
        )  # fmt: skip
    made = Nomination.objects.bulk_create(rows, batch_size=500)
    Award.objects.bulk_create(
        Award(nomination=each, decision=decisions[number // 50], position=1 + number % 50, published_at=at)
        for number, each in enumerate(made)
    )  # fmt: skip


if __name__ == "__main__":
    main()
